"""Numbers as publishers and analysts write them: separators, percent signs, older symbols."""

import re

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ineqlib.sources.identify import OWN
from ineqlib.sources.reading.as_numbers import as_numbers
from ineqlib.sources.rows import Rows
from ineqlib.sources.status import OLD_SYMBOLS
from ineqlib.sources.units import is_percent

_ASKED = ["-", "–", "—", "..", "."]
_NONE = ["", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None"]
_MISSING = [*_NONE, *_ASKED]
_CAN_BE_NONE = ["value", "count"]
_IN_UNIT = ["value", "lower_ci", "upper_ci"]
"""Numbers in the unit of the indicator."""
_SEPARATED = re.compile(r"[-+]?[1-9]\d{0,2}([, '’])\d{3}(?:\1\d{3})*(?:\.\d+)?")
"""A number with separators of thousands; every kind of space has become a plain one before."""
_SHORTHAND = {f"[{code}]": code for code in ("c", "u", "x", "z")}
"""What stands for a value; others, such as ``[p]``, qualify one."""
_DIGITS_LOST = re.compile(r"[-+]?\d\.\d\dE\+(?!0[012]$)\d+")
"""As a spreadsheet shows 123456 in its format for scientists: 1.23E+05."""
_DASHES = re.compile(r"[−–‐‑](?=[\d.])")
"""Before a number, a minus sign that is not the one of the keyboard."""


def read_shorthand(rows: Rows) -> None:
    """Move the shorthand of official statistics (``[c]``) from cells of values to the status."""
    value = rows.frame["value"]
    if pd.api.types.is_numeric_dtype(value):
        return
    codes = {
        text: _SHORTHAND[text.casefold()]
        for text in value.unique().tolist()
        if text[:1] == "[" and text.casefold() in _SHORTHAND
    }
    if not codes:
        return
    is_code = value.isin(list(codes)) & rows.frame["status"].eq("")
    if is_code.any():
        text = value.astype("str")
        status = rows.frame["status"].astype("str").mask(is_code, text.map(codes))
        rows.frame = rows.frame.assign(value=text.mask(is_code, ""), status=status)


def read_numbers(rows: Rows, name: str, unit: pd.Series) -> None:
    """Replace the text of a column by numbers; set aside what is none, saying what to write.

    ``1,234``, ``1 234`` and ``1'234`` are over a thousand. ``11.9%``, which is also how a cell
    formatted as a percentage arrives, is 11.9 where the unit of the row's indicator is %.
    """
    column = rows.frame[name]
    if pd.api.types.is_numeric_dtype(column):
        return
    text = column.astype("str")
    if (numbers := _plain_numbers(text)) is not None:
        rows.frame = rows.frame.assign(**{name: numbers})
        return
    # In a download these stand for no value; in your own table they can mean nought as well.
    asked = text.isin(_ASKED) & rows.frame["publisher"].eq(OWN) & (name in _CAN_BE_NONE)
    text = text.where(~text.isin(_MISSING), "")
    read = _numbers(text)
    rounded = text.str.fullmatch(_DIGITS_LOST.pattern)
    odd = text[read.isna() & (text != "")]
    if odd.empty and not asked.any() and not rounded.any():
        rows.frame = rows.frame.assign(**{name: read})
        return
    signed = odd[odd.str.endswith("%")]
    in_percent = unit[signed.index].map(is_percent).astype(bool) & (name in _IN_UNIT)
    read[signed.index] = _numbers(signed.str.removesuffix("%").str.rstrip()).where(in_percent)
    old = odd.str.fullmatch(OLD_SYMBOLS.pattern, case=False)
    advice = _to_write(name) if rows.frame["publisher"].eq(OWN).any() else ""
    instead = (
        "[c] for withheld, [x] for not available, 0 for none" if name == "value" else "nothing"
    )
    for reason, wrong in {
        f"{name} can mean none, withheld or not available: write {instead}": asked,
        f"{name} is an older symbol for a figure that is not shown: write {instead}": old,
        f"{name} is written with %, but {_not_percent(name)}": ~in_percent,
        f"{name} has lost its last digits: format the column as numbers, and save again": rounded,
        f"{name} cannot be read as a number{advice}": read.isna() & (text != ""),
    }.items():
        # Each reason is told of the rows that no earlier one has left out.
        rows.leave_out(wrong.reindex(rows.frame.index, fill_value=False), reason, name)
    rows.frame = rows.frame.assign(**{name: read[rows.frame.index]})


def _to_write(name: str) -> str:
    instead = "; [c], [x] or [z] where there is none" if name == "value" else ""
    return f": write digits and a decimal point alone, as 1234.5{instead}"


def _not_percent(name: str) -> str:
    if name in _IN_UNIT:
        return "the unit is not %: say `%` in the column unit, or convert the values"
    return "it is a number of people or events: format the cells as numbers"


def _plain_numbers(text: pd.Series) -> pd.Series | None:
    """Return a column's numbers, if its cells are empty or numbers that nobody need ask about."""
    cells = pa.array(text.array)
    none = pc.is_in(cells, pa.array(_NONE, cells.type))
    filled = pc.if_else(none, pa.scalar(None, cells.type), cells)
    try:
        numbers = pc.cast(filled, pa.float64())
    except pa.ArrowException:
        return None
    if not pc.all(pc.is_finite(numbers), min_count=0).as_py():
        return None
    if pc.any(pc.match_substring(cells, "E+")).as_py():
        return None
    return pd.Series(numbers.to_numpy(zero_copy_only=False), text.index) + 0.0  # so that -0.0 is 0


def _numbers(text: pd.Series) -> pd.Series:
    read = as_numbers(text.where(text != ""))
    odd = text[read.isna() & (text != "")]
    if not odd.empty:
        plain = odd.str.replace(_DASHES, "-", regex=True)
        separated = plain.str.fullmatch(_SEPARATED.pattern)
        plain = plain.where(~separated, plain.str.replace("[, '’]", "", regex=True))
        read[odd.index] = as_numbers(plain)
    return read.where(read.abs() != float("inf")) + 0.0  # so that -0.0 is 0
