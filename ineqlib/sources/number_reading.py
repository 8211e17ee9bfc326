"""Numbers as publishers and analysts write them: separators, percent signs, older symbols."""

import re

import pandas as pd

from ineqlib.sources.identify import OWN
from ineqlib.sources.rows import Rows
from ineqlib.sources.status import OLD_SYMBOLS

_ASKED = ["-", "–", "—", "..", "."]
_MISSING = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", *_ASKED]
_IN_UNIT = ["value", "lower_ci", "upper_ci"]
"""Numbers in the unit of the indicator."""
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


def read_numbers(rows: Rows, name: str, unit: pd.Series) -> None:
    """Replace the text of a column by numbers; set aside what is none, saying what to write.

    ``11.9%``, which is also how a cell formatted as a percentage arrives, is 11.9 where the unit
    of the row's indicator is %.
    """
    column = rows.frame[name]
    if pd.api.types.is_numeric_dtype(column):
        return
    text = column.astype("str")
    text = text.where(~text.isin(_MISSING), "")
    _leave_out_old_symbols(rows, text, name)
    text = text[rows.frame.index]
    signed = text.str.endswith("%")
    if signed.any():
        wrong = signed & (unit[text.index].ne("%") | (name not in _IN_UNIT))
        rows.leave_out(wrong, f"{name} is written with %, but {_not_percent(name)}", name)
        text, signed = text[~wrong], signed[~wrong]
        text = text.where(~signed, text.str.removesuffix("%").str.rstrip())
    plain = text.where(~text.str.contains(",", regex=False), _without_thousands)
    read = pd.to_numeric(plain, errors="coerce").astype("float64")
    read = read.where(read.abs() != float("inf"))
    unreadable = read.isna() & (text != "")
    rows.leave_out(unreadable, f"{name} cannot be read as a number", name)
    rows.frame = rows.frame.assign(**{name: read[~unreadable]})


def _not_percent(name: str) -> str:
    if name in _IN_UNIT:
        return "the unit is not %: say `%` in the column unit, or convert the values"
    return "it is a number of people or events: format the cells as numbers"


def _leave_out_old_symbols(rows: Rows, text: pd.Series, name: str) -> None:
    """Set aside what older tables write for a figure that is not shown, and say what to write."""
    old = text.str.fullmatch(OLD_SYMBOLS.pattern, case=False)
    instead = (
        "[c] for withheld, [x] for not available, 0 for none" if name == "value" else "nothing"
    )
    reason = f"{name} is an older symbol for a figure that is not shown: write {instead}"
    # In a download these stand for no value; in your own table they can mean nought as well.
    dash = rows.frame[name].astype("str").isin(_ASKED) & rows.frame["publisher"].eq(OWN)
    dash &= name in ("value", "count")
    rows.leave_out(old & ~dash, reason, name)
    reason = f"{name} can mean none, withheld or not available: write {instead}"
    rows.leave_out(dash[rows.frame.index], reason, name)


def _without_thousands(text: pd.Series) -> pd.Series:
    return text.where(~text.str.fullmatch(_THOUSANDS.pattern), text.str.replace(",", ""))
