"""What a check is given, what it answers, and how the answer is told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pandas as pd

from ineqlib.errors import listed
from ineqlib.sources.rows import FILE_ROW
from ineqlib.sources.texts import looked_up
from ineqlib.sources.units import is_number

if TYPE_CHECKING:
    from ineqlib.sources.plausible.places import Names

Action = Literal["refuse", "set aside", "warn"]
"""What becomes of the rows: the file is refused, they are set aside, or they stay."""

_SHOWN = 5


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
    """

    name: str
    find: Callable[[pd.DataFrame, Context], Iterator[Doubt]]
    cells: tuple[str, ...]
    remedy: str
    published: Action = "set aside"
    own: Action = "refuse"
    across: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Finding:
    """One doubt about rows of a file, as the report and `pack.json` keep it.

    Parameters
    ----------
    check
        Name of the check; a description that lists it under ``accept`` overrules it.
    action
        What became of the rows; ``accepted`` where the description overruled the check.
    sheet
        Of a workbook, if it has names.
    rows
        How many.
    cells
        The first of them: row number and what stands there.
    expected, remedy
        In words.
    indicators
        Ids of the indicators they are of.
    """

    check: str
    action: Action | Literal["accepted"]
    sheet: str
    rows: int
    cells: tuple[str, ...]
    expected: str
    remedy: str
    indicators: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What was expected, for a count of rows that were set aside."""
        return f"{self.check}: expected {self.expected}"

    def as_text(self) -> str:
        """Say it whole: how many rows, which, what was expected, what to do."""
        place = f" of sheet '{self.sheet}'" if self.sheet else ""
        more = f" and {self.rows - len(self.cells):,} more" if self.rows > len(self.cells) else ""
        shown = listed(self.cells, most=_SHOWN)
        return (
            f"{self.rows:,} row(s){place}: expected {self.expected} ({shown}{more}). "
            f"{self.remedy} [{self.check}]"
        )


def counts_of(rows: pd.DataFrame) -> pd.Series:
    """Return what each row counts: its count, or its value where that is a number of people."""
    if rows["count"].notna().all():
        return rows["count"]
    return rows["count"].fillna(rows["value"].where(looked_up(rows["unit"], is_number).eq(True)))


def quoted(rows: pd.DataFrame, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Write the first rows with the cells that matter, as ``row 12: value 1.8, count 156``."""
    return tuple(
        f"row {row[FILE_ROW]}: " + ", ".join(f"{name} {_cell(row[name])}" for name in columns)
        for row in rows.head(_SHOWN).to_dict("records")
    )


def _cell(value: Any) -> str:
    if pd.isna(value) or value == "":
        return "empty"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
