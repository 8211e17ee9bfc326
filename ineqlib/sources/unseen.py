"""Signs that no screen shows, in what a file says: they go no further than this."""

from dataclasses import replace

import pandas as pd

from ineqlib.errors import listed
from ineqlib.sources.base import Parsed
from ineqlib.sources.texts import changed as changed_texts
from ineqlib.sources.texts import has_byte, is_categories
from ineqlib.text import plural, visible


def unseen_in(column: pd.Series) -> dict[str, str]:
    """Return the texts of a column that hold control characters, and how they are written."""
    is_text = column.dtype == "object" or isinstance(column.dtype, pd.StringDtype)
    if not is_text and not is_categories(column):
        return {}
    is_known = column.dtype != "object"
    if is_known and not has_byte(column, lambda byte: (byte < ord(" ")) | (byte > ord("~"))):
        return {}
    texts = [text for text in column.unique().tolist() if isinstance(text, str)]
    together = "".join(texts)  # hundreds of times as fast as one by one
    if visible(together) == together:
        return {}
    return {text: visible(text) for text in texts if visible(text) != text}


def with_visible_text(parsed: Parsed) -> Parsed:
    """Return what a file holds with control characters in its texts written as codes.

    A drawing program ends at one, and a terminal may obey it. A remark tells which there were.
    """
    columns: dict[str, pd.Series] = {}
    changed: dict[str, str] = {}
    for name, column in parsed.frame.items():
        if coded := unseen_in(column):
            columns[str(name)] = (
                changed_texts(column, coded) if is_categories(column) else column.replace(coded)
            )
            changed |= coded
    if not columns:
        return parsed
    remark = (
        f"{plural(len(changed), 'text')} with signs that no screen shows, which were written as "
        f"codes: {listed(repr(text) for text in changed.values())}."
    )
    frame = parsed.frame.assign(**columns)
    return replace(parsed, frame=frame, remarks=(*parsed.remarks, remark))
