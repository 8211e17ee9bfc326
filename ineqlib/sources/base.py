"""What every parser takes and returns.

A parser is pure: the bytes of one file in, tidy frames out. What it leaves out it counts, with the
reason; nothing is dropped in silence.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from ineqlib.errors import InputError

Kind = Literal[
    "observations",
    "small_areas",
    "small_area_table",
    "area_deprivation",
    "boundaries",
    "area_lookup",
    "area_changes",
    "neighbours",
    "population",
    "reference",
]


DESCRIBED = (
    *("period", "period_kind", "index", "method", "accessed"),
    *("source", "publisher", "licence", "attribution"),
)
"""What a user may state about a file because its layout leaves it out; `docs/packs.md` explains."""


def stated_by_user(described: dict[str, str], key: str, example: str) -> str:
    """Return what the user states about a file because its layout does not say it.

    Raises
    ------
    InputError
        It is not stated; the message says how to.
    """
    if key not in described:
        raise InputError(
            f"The layout does not say its {key}. State it, for example `{key}: {example}`, under "
            "the name of this file in a YAML file, and build with `ineq build --describe FILE.yml`."
        )
    return described[key]


@dataclass(frozen=True)
class SetAside:
    """Rows a parser did not keep, and why."""

    reason: str
    rows: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Who published a file, and the words its licence asks for."""

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Parsed:
    """The outcome of parsing one file."""

    kind: Kind
    frame: pd.DataFrame
    source: Source
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    """What holds for the whole table, such as ``{"level": "lsoa", "vintage": "2021"}``."""


@dataclass(frozen=True)
class Head:
    """The beginning of a file: enough to recognise it by content, never by name."""

    columns: tuple[str, ...] = ()
    json_type: str = ""
    properties: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Layout:
    """One publisher's layout: how to recognise it and how to read it."""

    name: str
    matches: Callable[[Head], bool]
    parse: Callable[[bytes, dict[str, str]], Parsed]
    """``parse(content, described)``; `described` holds what the user stated about the file
    because the layout leaves it out (period, source), see ``ineq build --describe``."""
