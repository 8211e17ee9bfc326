"""Damage to the text or the bytes of a file."""

import json
import random
from typing import Any

from .mutation import Change, Mutation
from .table import Seed, number, written


def _separator(separator: str) -> Change:
    return lambda seed, _: written(seed, separator) if seed.is_plain else None


def _decimal_commas(seed: Seed, rng: random.Random) -> bytes | None:
    if not seed.is_plain:
        return None
    rows = [[c.replace(".", ",") if number(c) == number(c) else c for c in r] for r in seed.rows]
    return written(seed.with_rows(rows), ";")


def _encoding(name: str, mark: bytes = b"") -> Change:
    def change(seed: Seed, rng: random.Random) -> bytes | None:
        return None if seed.is_binary else mark + seed.content.decode().encode(name)

    return change


def _byte_flipped(seed: Seed, rng: random.Random) -> bytes:
    content = bytearray(seed.content)
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return bytes(content)


def _digit_changed(seed: Seed, rng: random.Random) -> bytes | None:
    if seed.is_binary:
        return None
    content = bytearray(seed.content)
    digits = [place for place, byte in enumerate(content) if byte in b"0123456789"]
    content[rng.choice(digits)] = rng.choice(b"0123456789")
    return bytes(content)


def _bytes_replaced(seed: Seed, rng: random.Random) -> bytes:
    content = bytearray(seed.content)
    start = rng.randrange(len(content))
    length = rng.randint(1, 40)
    content[start : start + length] = rng.randbytes(rng.randint(0, 40))
    return bytes(content)


def _cut_short(seed: Seed, rng: random.Random) -> bytes:
    return seed.content[: rng.randrange(1, len(seed.content))]


def _quote_put_in(seed: Seed, rng: random.Random) -> bytes | None:
    return None if seed.is_binary else _put_in(seed, rng, b'"')


def _put_in(seed: Seed, rng: random.Random, what: bytes) -> bytes:
    place = rng.randrange(len(seed.content))
    return seed.content[:place] + what + seed.content[place:]


def _stray_put_in(seed: Seed, rng: random.Random) -> bytes | None:
    strays = (b"\0", b"\xe9", b"\xa0", b"\r", b"\n", b",", b"\xef\xbb\xbf", b"\xe2\x80\x8b", b"\t")
    return None if seed.is_binary else _put_in(seed, rng, rng.choice(strays))


def _page_in_it(seed: Seed, rng: random.Random) -> bytes | None:
    if seed.is_binary:
        return None
    lines = seed.content.splitlines(keepends=True)
    place = rng.randrange(len(lines) + 1)
    page = rng.choice(
        [b"<html><body>502 Bad Gateway</body></html>\n", b'{"error": {"code": 500}}\n']
    )
    return b"".join([*lines[:place], page, *lines[place:]])


def _json_value(seed: Seed, rng: random.Random) -> bytes | None:
    """Any value of a map, at any depth, becomes one of another kind."""
    if not seed.text.startswith(b"{"):
        return None
    content = json.loads(seed.text)
    places: list[tuple[Any, Any]] = []
    nodes = [content]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict | list):
            keys = list(node) if isinstance(node, dict) else range(len(node))
            places += [(node, key) for key in keys]
            nodes += [node[key] for key in keys]
    node, key = rng.choice(places)
    node[key] = rng.choice([None, True, -1, 1e300, "text", "", [], {}, [[None]], {"type": "Point"}])
    return json.dumps(content).encode()


def _title_above(seed: Seed, rng: random.Random) -> bytes | None:
    if not seed.is_plain:
        return None
    return b"Table 3: figures of areas\n\n" + seed.content + b"\nNote: provisional\n"


MUTATIONS = (
    Mutation("semicolons between cells", _separator(";")),
    Mutation("tabs between cells", _separator("\t")),
    Mutation("bars between cells", _separator("|")),
    Mutation("decimal commas", _decimal_commas),
    Mutation("a title above and a note below", _title_above),
    Mutation("UTF-8 with a mark", _encoding("utf-8", b"\xef\xbb\xbf"), of_tables=False),
    Mutation("UTF-16", _encoding("utf-16"), of_tables=False),
    Mutation("UTF-16 without a mark", _encoding("utf-16-le"), of_tables=False),
    Mutation("UTF-32", _encoding("utf-32"), of_tables=False),
    Mutation("EBCDIC", _encoding("cp500"), of_tables=False),
    Mutation("a bit flipped", _byte_flipped, of_tables=False),
    Mutation("a digit changed", _digit_changed, of_tables=False),
    Mutation("bytes replaced", _bytes_replaced, of_tables=False),
    Mutation("cut short", _cut_short, of_tables=False),
    Mutation("a quote put in", _quote_put_in, of_tables=False),
    Mutation("a stray byte put in", _stray_put_in, of_tables=False),
    Mutation("an error page in it", _page_in_it, of_tables=False),
    Mutation("a value of JSON replaced", _json_value, of_tables=False),
)
