"""What a check is given, and what it answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ineqlib.sources.base import SHOWN, Action
from ineqlib.sources.rows import FILE_ROW
from ineqlib.sources.texts import looked_up
from ineqlib.sources.units import is_number

if TYPE_CHECKING:
    from ineqlib.sources.plausible.places import Names


SLACK = 0.02
"""Share by which a whole may differ from its parts together: counts are rounded, and some people
are in no part, or in two."""

FEWEST = 15
"""People by which they may differ in any case."""


class Context(NamedTuple):
    """What a check may know besides the table.

    Parameters
    ----------
    today
        No figure can be of a later day.
    published
        Of each indicator the range of the figures in the other files, see `published_ranges`.
    names
        What all the files call areas.
    ended
        Of codes of areas that are no more when and into which areas they went.
    counties
        Of each county what its districts count together in all the files, see `county_sums`.
    """

    today: pd.Timestamp
    published: pd.DataFrame | None = None
    names: "Names | None" = None
    ended: "Mapping[str, Ending]" = MappingProxyType({})
    counties: pd.DataFrame | None = None


class Ending(NamedTuple):
    """What became of an area that is no more."""

    date: pd.Timestamp
    """The first day without it."""
    successors: tuple[str, ...]
    """Names and codes of the areas that it went into."""


class Doubt(NamedTuple):
    """Rows that a check does not believe, and what it expected of them."""

    rows: pd.Series
    """True for those rows; on the index of the table."""
    expected: str


@dataclass(frozen=True)
class Check:
    """One thing that must hold of a table.

    Parameters
    ----------
    name
        By which a description accepts it.
    find
        Takes the table (see `with_meaning`) and the context, gives the doubts.
    cells
        Columns that a message quotes.
    remedy
        What the analyst can do.
    published
        What becomes of the rows of a publisher's download.
    own
        What becomes of your own figures.
    across
        Whether it compares rows of different indicators, so that it needs the whole table.
    beside
        Whether it asks the context, so that the same rows may be doubted another time.
    on_pages
        Whether pages tell of it; none is about an area that is no more.
    """

    name: str
    find: Callable[[pd.DataFrame, Context], Iterator[Doubt]]
    cells: tuple[str, ...]
    remedy: str
    published: Action = "set aside"
    own: Action = "refuse"
    across: bool = False
    beside: bool = False
    on_pages: bool = True


def counts_of(rows: pd.DataFrame) -> pd.Series:
    """Return what each row counts: its count, or its value where that is a number of people."""
    if rows["count"].notna().all():
        return rows["count"]
    return rows["count"].fillna(rows["value"].where(looked_up(rows["unit"], is_number).eq(True)))


def quoted(rows: pd.DataFrame, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Write the first rows with the cells that matter, as ``row 12: value 1.8, count 156``."""
    return tuple(
        f"row {row[FILE_ROW]}: " + ", ".join(f"{name} {_cell(row[name])}" for name in columns)
        for row in rows.head(SHOWN).to_dict("records")
    )


def _cell(value: Any) -> str:
    if pd.isna(value) or value == "":
        return "empty"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
