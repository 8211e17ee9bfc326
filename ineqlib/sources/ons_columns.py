"""How the Office for National Statistics heads columns of area codes and names."""

import re
from collections.abc import Callable, Iterable

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import InputError, listed
from ineqlib.sources.content import read_table

LEVELS = {
    "LSOA": "lsoa",
    "MSOA": "msoa",
    "WD": "ward",
    "LAD": "lad",
    "LTLA": "lad",
    "SICBL": "sicbl",
    "CTYUA": "utla",
    "UTLA": "utla",
    "CTY": "utla",
    "ICB": "icb",
    "CAUTH": "cauth",
    "RGN": "region",
    "NHSER": "nhser",
    "CTRY": "country",
}
"""How the Office for National Statistics begins a code column -> level, finest first."""

_ONS_COLUMN = re.compile(
    rf"({'|'.join(LEVELS)})[ ._-]?(?:20)?(\d\d)[ ._-]?(CD|NM|code|name)", re.IGNORECASE
)


def standard_name(column: str) -> str:
    """Return a column of codes or names as the ONS heads it, any other as it is.

    Examples
    --------
    >>> standard_name("lad24nm"), standard_name("ltla21_code"), standard_name("CTY.2023.CD")
    ('LAD24NM', 'LTLA21CD', 'CTY23CD')
    """
    match = _ONS_COLUMN.fullmatch(column)
    if not match:
        return column
    kind = {"code": "CD", "name": "NM"}.get(match[3].lower(), match[3])
    return f"{match[1]}{match[2]}{kind}".upper()


def code_columns(columns: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return the code columns of a table, finest level first: standard name -> (level, year)."""
    matches = [_ONS_COLUMN.fullmatch(standard_name(name)) for name in columns]
    codes = [match for match in matches if match and match[3] == "CD"]
    matched = {match[0]: (LEVELS[match[1]], 2000 + int(match[2])) for match in codes}
    order = list(LEVELS.values())
    return dict(sorted(matched.items(), key=lambda item: order.index(item[1][0])))


def name_column(code_column: str) -> str:
    """Return the heading of the names beside a column of codes."""
    return code_column.removesuffix("CD") + "NM"


def read_ons_table(content: bytes, heading: Callable[[str], str] = standard_name) -> pd.DataFrame:
    """Read a table and head its columns as the ONS does, or as `heading` says; codes in capitals.

    Raises
    ------
    InputError
        Two columns then have one heading.
    """
    table = read_table(content)
    table.columns = [heading(name) for name in table.columns]
    if twice := list(table.columns[table.columns.duplicated()]):
        raise InputError(f"{len(twice)} column(s) are there twice: {listed(twice)}. Keep one each.")
    for name in code_columns(table.columns):
        table[name] = table[name].str.upper()
    return table


def require_codes(codes: pd.Series) -> None:
    """Refuse a table of areas in which a code is none, or is there again.

    Raises
    ------
    InputError
        The message counts them and quotes the first.
    """
    for what, wrong in (
        (
            "no GSS code (a letter and eight digits)",
            ~codes.str.fullmatch(CODE.pattern).astype(bool),
        ),
        ("there more than once", codes.duplicated()),
    ):
        if wrong.any():
            first = listed(f"'{code}' in row {row + 2}" for row, code in codes[wrong].items())
            raise InputError(
                f"{int(wrong.sum()):,} code(s) in {codes.name} are {what}: {first}. Expected each "
                "area once, by its code. Was the file edited?"
            )
