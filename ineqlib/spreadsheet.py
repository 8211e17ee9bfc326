"""Tables as CSV that a spreadsheet reads as what they are; no other module writes any."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with, in some spreadsheets as wide as an East Asian letter."""


def csv_text(columns: Mapping[str, list[Any]]) -> str:
    """Write columns of equal length, by name, as CSV with a heading.

    Examples
    --------
    >>> csv_text({"place": ["=1", "Ash"], "value": [-0.5, None]})
    "place,value\\r\\n'=1,-0.5\\r\\nAsh,\\r\\n"
    """
    heading = without_formulas(columns)
    rows = zip(*map(without_formulas, columns.values()), strict=True)
    return "".join(csv_lines_as_they_are([heading, *rows]))


def csv_of_rows(rows: Iterable[Sequence[Any]]) -> str:
    """Write rows, the heading among them, as CSV; each ends in a line feed.

    Examples
    --------
    >>> csv_of_rows([("place", "value"), ("=1", -0.5)])
    "place,value\\n'=1,-0.5\\n"
    """
    return "".join(csv_lines_as_they_are(map(without_formulas, rows), end="\n"))


def csv_of_frame(frame: Any) -> str:
    """Write a `DataFrame` as CSV, without its index.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_of_frame(pd.DataFrame({"=place": ["=1"], "value": [-0.5]}))
    "'=place,value\\n'=1,-0.5\\n"
    """
    cells = {name: without_formulas(frame[name]) for name in frame.select_dtypes(exclude="number")}
    guarded = frame.assign(**cells)
    guarded.columns = without_formulas(frame.columns)
    text: str = guarded.to_csv(index=False, lineterminator="\n")
    return text


def csv_lines_as_they_are(rows: Iterable[Iterable[Any]], end: str = "\r\n") -> list[str]:
    """Write rows that hold no formula, such as those read from a CSV of ours, line by line."""
    lines: list[str] = []
    csv.writer(SimpleNamespace(write=lines.append), lineterminator=end).writerows(rows)
    return lines


def without_formulas(column: Iterable[Any]) -> list[Any]:
    """Return the cells of a column for a table that a spreadsheet opens.

    A text that begins like a formula would be run as one, whoever wrote it: an apostrophe stands
    before it.

    Examples
    --------
    >>> without_formulas(["Falls", '=HYPERLINK("x")', -2.5])
    ['Falls', '\\'=HYPERLINK("x")', -2.5]
    """
    cells = list(column)
    kinds = set(map(type, cells))
    texts = set(cells) if kinds == {str} else {cell for cell in cells if isinstance(cell, str)}
    guarded = {text: f"'{text}" for text in texts if begins_like_formula(text)}
    return [guarded.get(cell, cell) for cell in cells] if guarded else cells


def begins_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would run a text as a formula.

    Examples
    --------
    >>> begins_like_formula("=1+1"), begins_like_formula("Falls")
    (True, False)
    """
    return text.startswith(_FORMULA)


def as_it_was(text: str) -> str:
    """Return a text as it was before it went through `without_formulas`."""
    return text[1:] if text.startswith("'") and begins_like_formula(text[1:]) else text
