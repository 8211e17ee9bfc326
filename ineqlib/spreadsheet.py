"""Tables as CSV that a spreadsheet reads as what they are."""

import csv
import io
from collections.abc import Iterable, Mapping
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
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(zip(*map(without_formulas, columns.values()), strict=True))
    return file.getvalue()


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
    texts = {cell for cell in cells if isinstance(cell, str)}
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
