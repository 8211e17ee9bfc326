"""Rows on their way into the tidy contract; what is left out is counted, with its row numbers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.observations import COLUMNS
from ineqlib.sources import texts
from ineqlib.sources.base import SetAside

FILE_ROW = "file_row"
"""Column beside the contract's: the row of the file, as a spreadsheet numbers it."""

NAMING = ["publisher", "publisher_id", "indicator_name"]
"""Columns that stand for `indicator_id` until the catalogue has been asked."""

NUMBERS = ["value", "lower_ci", "upper_ci", "count", "denominator"]

_TEXTS = ["sex", "status", "comparison", "trend", "note", "dimension", "subgroup"]
_MAY_BE_EMPTY = ["sex", "age", "unit", "status", "note"]
_NOTHING = frozenset(("na", "n/a", "<na>", "nan", "null", "none", ".", "-"))
_EXAMPLES = 5


class Rows:
    """Rows on their way into the contract, and the count of those left out."""

    def __init__(self, raw: pd.DataFrame, set_aside: Iterable[SetAside]) -> None:
        rows = raw.reset_index(drop=True)  # a layout may take two figures from one row
        number = pd.Series(np.nan, rows.index)
        text = texts.spread(np.zeros(len(rows), np.int8), [""], rows["area_code"])
        columns = {name: rows[name] for name in [*NAMING, *COLUMNS] if name in rows}
        columns |= dict.fromkeys([name for name in NUMBERS if name not in rows], number)
        columns |= dict.fromkeys([name for name in _TEXTS if name not in rows], text)
        columns[FILE_ROW] = pd.Series(raw.index + 2)
        # One by one, setting the columns would take as long as reading a small file.
        frame = pd.DataFrame(columns, rows.index, copy=False)
        frame.attrs = raw.attrs
        self.frame = without_nothing(frame)
        self.set_aside = list(set_aside)

    def leave_out(self, where: "pd.Series | NDArray[np.bool_]", reason: str, show: str) -> None:
        """Set aside the rows where the mask holds; `show` is the column to take examples from."""
        self.leave_out_by({reason: np.asarray(where, bool)}, show)

    def leave_out_by(self, places: Mapping[str, NDArray[np.bool_]], show: str) -> None:
        """Set aside rows by reason, of which no row has two."""
        places = {reason: where for reason, where in places.items() if where.any()}
        for reason, where in places.items():
            rows = self.frame.loc[where, [show, FILE_ROW]]
            self.set_aside.append(set_aside_rows(rows, reason, show))
        if places:
            self.frame = self.frame[~np.logical_or.reduce(list(places.values()))]

    def read(self, name: str, reader: Callable[[str], Any], reason: str) -> None:
        """Replace the text of a column by what `reader` makes of it; set aside what it cannot."""
        column = self.frame[name]
        known = by_unique(column, reader)
        if unread := [text for text in column.unique().tolist() if text not in known]:
            self.leave_out(column.isin(unread), reason, name)
        self.frame = self.frame.assign(**{name: texts.changed(self.frame[name], known)})


def is_nothing(text: str) -> bool:
    """Tell whether a text is what a program writes into an empty cell.

    Examples
    --------
    >>> is_nothing("NA"), is_nothing("nan"), is_nothing("."), is_nothing("None of these")
    (True, True, True, False)
    """
    return text.casefold() in _NOTHING


def without_nothing(frame: pd.DataFrame) -> pd.DataFrame:
    """Empty the cells of words that say nothing: people are in no group because R writes ``NA``.

    A group may be called None; where what it is a group of has no name either, it is none.
    """
    plain = {
        name: texts.changed(frame[name], lambda text: "" if is_nothing(text) else text)
        for name in _MAY_BE_EMPTY
        if name in frame
    }
    frame = frame.assign(**plain)
    if not any(map(is_nothing, frame["dimension"].unique())):
        return frame
    place, pairs = texts.numbered(frame["dimension"], frame["subgroup"])
    pairs = [("", "") if all(map(is_nothing, pair)) else pair for pair in pairs]
    kinds, groups = zip(*pairs, strict=True)
    return frame.assign(
        dimension=texts.spread(place, list(kinds), frame["dimension"]),
        subgroup=texts.spread(place, list(groups), frame["subgroup"]),
    )


def set_aside_rows(rows: pd.DataFrame, reason: str, show: str) -> SetAside:
    """Count rows that are left out, with examples from the column `show`.

    Row numbers are those a spreadsheet shows: the heading is row 1.
    """
    shown = rows[~rows[show].duplicated()].head(_EXAMPLES)
    numbers = shown.get(FILE_ROW, shown.index + 2)
    pairs = zip(numbers, shown[show], strict=True)
    examples = tuple(f"row {number}: '{text}'" for number, text in pairs)
    return SetAside(reason, len(rows), examples)


def by_unique(column: pd.Series, reader: Callable[[str], Any]) -> dict[str, Any]:
    """Apply a reader once to each distinct text; what it refuses is left out of the dict."""
    read = {}
    for text in column.unique().tolist():
        try:
            read[text] = reader(text)
        except (ValueError, KeyError):
            continue
    return read
