"""What is to be fetched, in parts: of whom, how much, and what a pack lacks without. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from ineqlib.errors import FetchError, listed
from ineqlib.sources.fetch import Download, Outlook
from ineqlib.sources.interfaces.open_geography import Layer
from ineqlib.sources.interfaces.query import MEGABYTE, Query
from ineqlib.sources.proof import NotWhole
from ineqlib.text import plural

PAGES_EACH = 5
"""Pages of a layer that make one file."""


class File(NamedTuple):
    """One file for the folder of downloads."""

    content: bytes | None
    """What is in it; None for the one answer as it came."""
    suffix: str
    made_from: Sequence[Download]
    described: Mapping[str, str] = {}
    """What its layout leaves out, as `ineq build --describe` takes it."""


Files = Callable[[Sequence[Download]], list[File]]


@dataclass(frozen=True)
class Part:
    """Some requests that belong together, and the files that their answers make."""

    what: str
    queries: tuple[Query, ...]
    files: Files
    size: int
    """Bytes, about."""
    is_announced: bool = False
    """Whether the publisher told the size."""
    lack: str = ""
    """What a pack without it lacks; empty where without it there is none."""


@dataclass(frozen=True)
class Plan:
    """All that is to be fetched for one pack."""

    name: str
    around: str
    """What is fetched besides, in words."""
    parts: tuple[Part, ...]
    ready: tuple[File, ...]
    """Files of what had to be asked to make the plan."""
    asked: tuple[Download, ...]
    """All answers to that."""
    remarks: tuple[str, ...] = field(default=())
    """What the pack will lack, and why."""

    @property
    def queries(self) -> list[Query]:
        """All requests of its parts, in their order."""
        return [query for part in self.parts for query in part.queries]

    def text(self, outlook: Mapping[str, Outlook]) -> str:
        """Say what would be fetched, from whom and how big.

        `outlook` has what `Fetcher.outlook` says of each address.
        """
        alike: dict[str, list[Part]] = {}
        for part in self.parts:
            alike.setdefault(part.what, []).append(part)
        lines = [_line(parts, outlook) for parts in alike.values()]
        wanted = [
            (query, part.size / len(part.queries))
            for part in self.parts
            for query in part.queries
            if outlook[query.url] != "use"
        ]
        total = "Nothing has to be fetched: copies that are kept will do."
        if wanted:
            publishers = dict.fromkeys(query.source.publisher for query, _ in wanted)
            size = _size(sum(size for _, size in wanted))
            total = f"To be fetched: {plural(len(wanted), 'request')}, {size} at most, from "
            total += f"{listed(publishers, most=9)}."
        head = f"{self.name}, with {self.around}:"
        return "\n".join([head, *lines, *self.remarks, total])


def _line(parts: Sequence[Part], outlook: Mapping[str, Outlook]) -> str:
    """Say in one line what parts that are of the same are."""
    queries = [query for part in parts for query in part.queries]
    outlooks = [outlook[query.url] for query in queries]
    kept = {
        "use": "answered by the copy that is kept",
        "ask": "asked only whether it has changed",
    }
    from_copies = [
        f"{outlooks.count(state)} {words}" if outlooks.count(state) < len(outlooks) else words
        for state, words in kept.items()
        if state in outlooks
    ]
    size = _size(sum(part.size for part in parts))
    if all(part.is_announced for part in parts):
        size = size.removeprefix("about ")
    publisher = queries[0].what.partition(",")[0]
    words = [publisher, plural(len(queries), "request"), size, *from_copies]
    words += ["goes on without if need be"] if all(part.lack for part in parts) else []
    return f"  {parts[0].what}: {', '.join(words)}"


def _size(size: float) -> str:
    return f"about {max(size / MEGABYTE, 0.1):,.1f} MB"


def as_they_came(answers: Sequence[Download], suffix: str = ".csv") -> list[File]:
    """Make a file of each answer."""
    return [File(None, suffix, [answer]) for answer in answers]


def put_together(join: Callable[[Sequence[bytes]], bytes], suffix: str) -> Files:
    """Make one file of all answers."""

    def files(answers: Sequence[Download]) -> list[File]:
        with naming(answers):
            joined = join([answer.content() for answer in answers])
        return [File(joined if len(answers) > 1 else None, suffix, answers)]

    return files


def in_files(layer: Layer, count: Download, suffix: str) -> Files:
    """Make files of the pages of a layer, each of so many as are read without much memory."""

    def files(pages: Sequence[Download]) -> list[File]:
        answers = [count, *pages]
        with naming(answers):
            joined = layer.in_files([answer.content() for answer in answers], PAGES_EACH)
        return [
            File(content, suffix, [count, *pages[at * PAGES_EACH : (at + 1) * PAGES_EACH]])
            for at, content in enumerate(joined)
        ]

    return files


@contextmanager
def naming(answers: Sequence[Download]) -> Iterator[None]:
    """Say of which answers they are not together what was asked."""
    try:
        yield
    except NotWhole as error:
        raise FetchError(
            f"{answers[-1].what}: the pages cannot be put together: {error}. The publisher may "
            "have changed it between two of them; ask for all again with --refresh."
        ) from error
