"""A row of a file, and which of the first rows is the heading."""

from collections.abc import Iterable
from typing import NamedTuple

BEGINNING = 60
"""Rows looked at to find the heading: titles above it are fewer."""

HEADING_SHARE = 0.6
"""A heading has at least this share of the cells of the fullest row: titles have one or two."""

TWO_IN_ONE = 1.5
"""A row that alone is fuller than all others by this factor is two rows run together."""


class Row(NamedTuple):
    """One row of a file, as a spreadsheet numbers it."""

    number: int
    cells: list[str]
    line: int
    """Line of a text file that it begins on; the number, for a sheet."""


_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
"""Characters that take no room: web pages and documents leave them in what is copied."""


def tidy_text(text: str) -> str:
    """Reduce every run of white space, line ends among it, to one space; leave out what is unseen.

    Examples
    --------
    >>> tidy_text("Indicator\\n Name ")
    'Indicator Name'
    """
    return " ".join(text.translate(_UNSEEN).split())


def heading_of(rows: Iterable[Row]) -> int | None:
    """Return the place of the heading among the first rows of a file; None where all are empty.

    The first row that is filled nearly as far as the fullest is the heading, so that titles, notes
    and statements above it (``Date :``, ``2021``) are passed over.

    Examples
    --------
    >>> heading_of([Row(1, ["Table 1"], 1), Row(2, ["code", "value"], 2), Row(3, ["E1", "4"], 3)])
    1
    """
    filled = [0 if _states(row) else sum(map(bool, map(str.strip, row.cells))) for row in rows]
    if not any(filled):
        return None
    second, most = sorted([0, *filled])[-2:]
    if second and most > TWO_IN_ONE * second:
        most = second
    least = max(min(2, most), HEADING_SHARE * most)
    return next(place for place, number in enumerate(filled) if number >= least)


def _states(row: Row) -> bool:
    """Tell whether a row says what holds for the whole table, as two cells."""
    return len(row.cells) > 1 and row.cells[0].rstrip().endswith(":")
