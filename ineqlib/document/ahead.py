"""A document built ahead of its notebook, for the first who opens the very same.

The process that is to check a page builds its document first; the notebook runs in a fork of it,
which has a copy of its own (see docs/decisions/0031).
"""

import json
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from ineqlib.document.facts_table import facts_file
from ineqlib.document.kinds import Kind, kind_named
from ineqlib.document.model import Document
from ineqlib.pack import Pack, Read, open_pack, recorded_reads
from ineqlib.pack.files import record_reads

Build = TypeVar("Build", bound=Callable[..., Document])


class _Ahead(NamedTuple):
    kind: str
    pack: Pack
    subject_code: str
    parameters: str
    document: Document
    reads: frozenset[Read]


_ahead: list[_Ahead] = []


def build_ahead(
    kind: Kind,
    pack: Pack,
    code: str,
    parameters: Mapping[str, Any],
    sections: Collection[str] | None,
) -> Document:
    """Build a document, write some of its sections, and keep it all for who opens it next.

    Parameters
    ----------
    kind
        What to build.
    pack
        As `open_pack` gives it.
    code, parameters
        Its subject and parameters, as `kind.build` takes them.
    sections
        Names of those that are likely to be shown, strange ones passed over; None = all.
    """
    with recorded_reads() as reads:
        document = kind.build(pack, code, **parameters)
    document.write_ahead(document.outline if sections is None else sections)
    if len(document.facts):
        facts_file(document.facts.csv).link  # noqa: B018 (it is kept)
    asked = _all_written(kind, parameters)
    _ahead[:] = [_Ahead(kind.name, pack, code, asked, document, frozenset(reads))]
    return document


def opens_ahead(kind: str) -> Callable[[Build], Build]:
    """Let the function that builds a kind of document give out what was built ahead, once.

    It is given out to who asks with the path of the same pack, the same code and the same
    parameters; whatever else is asked is built.
    """

    def decorated(build: Build) -> Build:
        @wraps(build)
        def opened(*asked: Any, **parameters: Any) -> Document:
            return _taken(kind, asked, parameters) or build(*asked, **parameters)

        return cast("Build", opened)

    return decorated


def _taken(kind: str, asked: tuple[Any, ...], parameters: dict[str, Any]) -> Document | None:
    if not _ahead or len(asked) != 2 or isinstance(asked[0], Pack):
        return None
    ahead = _ahead[0]
    try:
        written = _all_written(kind_named(kind), parameters)
    except (TypeError, ValueError):
        return None
    if (kind, asked[1], written) != (ahead.kind, ahead.subject_code, ahead.parameters):
        return None
    if open_pack(asked[0]).meta is not ahead.pack.meta:  # one object for one content at one place
        return None
    _ahead.clear()
    record_reads(ahead.reads)
    return ahead.document


def _all_written(kind: Kind, parameters: Mapping[str, Any]) -> str:
    """Write all parameters of a kind, those that are not given as they are by default."""
    return json.dumps({**kind.parameters, **parameters}, sort_keys=True)
