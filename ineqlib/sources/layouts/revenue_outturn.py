"""What councils spent: the time series of Revenue Outturn, one column a line of a form.

Of its 2,475 columns, named ``<FORM>_<line>_<measure>``, the net expenditure of services is read.
"""

import re

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.csv_text import read_csv_text, require_columns
from ineqlib.sources.reading.regular import read_regular
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.tidy import stated

SOURCE = Source(
    id="revenue_outturn",
    title="Local authority revenue expenditure and financing England: revenue outturn",
    publisher="Ministry of Housing, Communities and Local Government",
    licence="Open Government Licence v3.0",
    attribution=(
        "Ministry of Housing, Communities and Local Government, Revenue Outturn. Contains public "
        "sector information licensed under the Open Government Licence v3.0."
    ),
)

_WHO = {
    "ONS_code": "area_code",
    "LA_name": "area_name",
    "LA_class": "authority_class",
    "year_ending": "year",
}
_NET = re.compile(r"(RS_[a-z0-9]+)_net_exp|(RO3_[a-z0-9_]+)_net_cur_exp")
"""The summary of all services, and the lines of social care and public health."""
_LAYOUT = "the time series of Revenue Outturn"
_BLANK = ("", "..", "NA", "Not set", "[x]", "[z]")
_CLASS = "a total of a class of authorities, with no code of an area"


def _matches(head: Head) -> bool:
    return set(_WHO) <= set(head.columns) and any(map(_NET.fullmatch, head.columns))


def parse_spending(content: bytes, described: dict[str, str]) -> Parsed:
    """Read what each authority spent on each line of service.

    Returns
    -------
    Parsed
        `frame` has one row per authority, year and line: area_code, area_name, authority_class,
        year (financial, such as ``2024/25``), line (such as ``RS_phs``, public health) and
        net_expenditure (thousands of pounds). Of England's total the code is E92000001.

    Raises
    ------
    InputError
        A year or an amount cannot be read, or an authority has two amounts for a line and year.
    """
    table = read_regular(content, _kind)
    if table is None:
        table = read_csv_text(content, (), _LAYOUT)
    require_columns(table.columns, _WHO, _LAYOUT)
    lines = [name for name in table if _NET.fullmatch(name)]
    table = table[[*_WHO, *lines]].rename(columns=_WHO).astype("str")
    is_area = table["area_code"].str.fullmatch(CODE.pattern)
    aside = () if is_area.all() else (set_aside_rows(table[~is_area], _CLASS, "area_code"),)
    areas = table[is_area]
    areas = areas.assign(year=areas["year"].map(_financial_year))
    keys = list(_WHO.values())
    if areas.duplicated(["area_code", "year"]).any():
        twice = areas.loc[areas.duplicated(["area_code", "year"]), "area_code"].unique()
        raise InputError(f"{len(twice)} authorities are there twice in a year: {listed(twice)}.")
    long = areas.melt(keys, lines, var_name="line", value_name="net_expenditure")
    long = long.assign(
        line=long["line"].str.replace(r"_net(?:_cur)?_exp$", "", regex=True),
        net_expenditure=_amounts(long["net_expenditure"]),
    )
    return Parsed(
        "reference",
        long.dropna(subset="net_expenditure").reset_index(drop=True),
        stated(SOURCE, described),
        set_aside=aside,
        remarks=(f"{len(lines)} lines of net expenditure read, in thousands of pounds",),
    )


def _kind(heading: str) -> str:
    return "text" if heading in _WHO or _NET.fullmatch(heading) else ""


def _financial_year(text: str) -> str:
    """Write the year that ends in a month, such as ``202503``, as ``2024/25``."""
    if not re.fullmatch(r"20\d\d03", text):
        raise InputError(f"'{text}' is no financial year: expected its last month, as 202503.")
    last = int(text[:4])
    return f"{last - 1}/{last % 100:02}"


def _amounts(column: pd.Series) -> pd.Series:
    amounts = column.str.replace(",", "").mask(column.isin(_BLANK))
    numbers = pd.to_numeric(amounts, errors="coerce")
    wrong = column[numbers.isna() & amounts.notna()]
    if len(wrong):
        raise InputError(f"{len(wrong):,} amounts are no numbers: {listed(wrong.unique()[:5])}.")
    return numbers


LAYOUTS = (Layout("Revenue Outturn", _matches, parse_spending),)
