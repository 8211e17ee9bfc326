"""Numbers with a decimal comma, as much of Europe writes them."""

import re

import pandas as pd

from ineqlib.errors import InputError
from ineqlib.sources.reading.tables import columns_with

_NUMBER = re.compile(r"[-+]?[\d.,]+ ?%?")
_SURELY_COMMA = re.compile(
    r"[-+]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3})+,\d+) ?%?"
)
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3}|(?:\.\d{3})+) ?%?")
"""What has thousands where the other sign is decimal: ``1,204``, ``1.204``."""
_SURELY_POINT = re.compile(
    r"[-+]?\d*\.(?:\d{1,2}|\d{4,}) ?%?|[-+]?0?\.\d+ ?%?|[-+]?\d{1,3}(?:,\d{3})+\.\d+ ?%?"
)
_NONE = re.compile(r"<?NA>?|NaN|NULL|None|[-.:*~#]|\.\.|\[[a-z]{1,3}\]", re.IGNORECASE)
"""What stands in a column of numbers where there is none."""
_SHARE_OF_NUMBERS = 0.8


def with_decimal_points(table: pd.DataFrame, separator: str) -> tuple[pd.DataFrame, str]:
    """Write decimal points for decimal commas where a table has the latter; say so.

    A table has decimal commas where a cell cannot be read otherwise (``14,26``) and none has a
    decimal point; in it ``1.204`` is over a thousand. Where cells are separated by commas or tabs,
    ``1,204`` alone is over a thousand.

    Returns
    -------
    tuple
        The table, and the remark, or an empty one.

    Raises
    ------
    InputError
        Cells separated by semicolons hold numbers that may be read either way.
    """
    texts = _numbers_with(table, ",")
    has_commas = any(_SURELY_COMMA.fullmatch(text) for unique in texts.values() for text in unique)
    if not has_commas and separator != ";":
        return table, ""
    texts |= _numbers_with(table, ".")
    if any(_SURELY_POINT.fullmatch(text) for unique in texts.values() for text in unique):
        return table, ""  # each reader of numbers sets aside or refuses what it cannot read
    if has_commas:
        changed = {name: table[name].map(_with_points(unique)) for name, unique in texts.items()}
        names = ", ".join(map(str, changed))
        return table.assign(**changed), f"decimal commas read as points in {names}"
    unclear = next(((n, t) for n, u in texts.items() for t in u if _EITHER.fullmatch(t)), None)
    if unclear:
        name, text = unclear
        row = table.index[table[name] == text][0] + 2
        raise InputError(
            f"'{text}' in row {row:,} of the column '{name}' may be {text.replace(',', '.')} or "
            f"{re.sub('[,.]', '', text)}: the cells are separated by semicolons, as where commas "
            "are decimal. Write the numbers with decimal points and without separators of "
            "thousands, and commas between the cells."
        )
    return table, ""


def _numbers_with(table: pd.DataFrame, sign: str) -> dict[str, list[str]]:
    """Return the different cells of each column of numbers that has a sign in some cell."""
    return {
        name: unique for name in columns_with(table, sign) if (unique := _number_texts(table[name]))
    }


def _number_texts(column: pd.Series) -> list[str]:
    """Return the different cells of a column of numbers; none, of any other column."""
    unique = [text for text in column.unique().tolist() if text]
    some = [text for text in unique if not _NONE.fullmatch(text)]
    number = sum(1 for text in unique if _NUMBER.fullmatch(text))
    return unique if number >= _SHARE_OF_NUMBERS * max(len(some), 1) else []


def _with_points(texts: list[str]) -> dict[str, str]:
    return {"": ""} | {
        text: text.replace(".", "").replace(",", ".")
        if _SURELY_COMMA.fullmatch(text) or _EITHER.fullmatch(text)
        else text
        for text in texts
    }
