"""Tables as CSV that a spreadsheet reads as what they are."""

import csv
import io
from collections.abc import Mapping
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    writer.writerows(zip(*map(guarded, columns.values()), strict=True))
    return file.getvalue()


def guarded(column: list[Any]) -> list[Any]:
    """Keep a spreadsheet from reading a text that begins like a formula as one."""
    texts = {value for value in column if isinstance(value, str)}
    if any(text.startswith(_FORMULA) for text in texts):
        guards = {text: f"'{text}" for text in texts if text.startswith(_FORMULA)}
        return [guards.get(value, value) for value in column]
    return column


def unguarded(text: str) -> str:
    """Return a text as it was before it was `guarded`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
