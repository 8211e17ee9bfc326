"""A row of a file, and which of the first rows is the heading."""

from collections.abc import Iterable, Iterator
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
    # Most texts are ASCII, of which every sign is seen: translating takes longer than the rest.
    return " ".join((text if text.isascii() else text.translate(_UNSEEN)).split())


def heading_of(rows: Iterable[Row]) -> int | None:
    """Return the place of the heading among the first rows of a file; None where all are empty.

    The first row that is filled nearly as far as the fullest is the heading, so that titles, notes
    and statements above it (``Date :``, ``2021``, or pairs below ``Filters:``) are passed over.

    Examples
    --------
    >>> heading_of([Row(1, ["Table 1"], 1), Row(2, ["code", "value"], 2), Row(3, ["E1", "4"], 3)])
    1
    """
    rows = list(rows)
    filled = [0 if _states(row) else _filled(row) for row in rows]
    without_pairs = [
        0 if is_pair else number
        for is_pair, number in zip(_pairs_below_a_colon(rows), filled, strict=True)
    ]
    filled = without_pairs if max(without_pairs, default=0) > 1 else filled
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


def _filled(row: Row) -> int:
    return sum(map(bool, map(str.strip, row.cells)))


def _pairs_below_a_colon(rows: Iterable[Row]) -> Iterator[bool]:
    """Tell of each row whether it is one of the pairs that follow a line such as ``Filters:``."""
    is_below, before = False, 0
    for row in rows:
        number = _filled(row)
        is_below &= number > 0 and row.number == before + 1
        yield is_below and number == 2
        before = row.number
        if number == 1:
            is_below = next(filter(str.strip, row.cells)).rstrip().endswith(":")
