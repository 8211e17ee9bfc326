"""What Fingertips (Public Health Profiles) offers for download, old and new headings.

Also as the clients for R and Python save it (in R headings have no spaces, or dots for them, and
empty cells are ``NA``), and as a workbook.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.observations import group_label
from ineqlib.period_grammar import readings
from ineqlib.periods import period_label
from ineqlib.sources import texts
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source
from ineqlib.sources.csv_text import read_csv_text, require_columns
from ineqlib.sources.headings import plain_heading
from ineqlib.sources.layouts.deprivation_groups import (
    GroupWords,
    dimension_of,
    group_columns,
    order_of,
)
from ineqlib.sources.period_dates import MONTH_OF_SPREADSHEET
from ineqlib.sources.reading.regular import read_regular
from ineqlib.sources.rows import NUMBERS, set_aside_rows
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="fingertips",
    title="Public Health Profiles (Fingertips)",
    publisher="Office for Health Improvement and Disparities",
    licence="Open Government Licence v3.0",
    attribution=(
        "© Crown copyright. Office for Health Improvement and Disparities. Public Health "
        "Profiles, https://fingertips.phe.org.uk. Contains public sector information licensed "
        "under the Open Government Licence v3.0."
    ),
)

_COLUMNS = {
    "Indicator ID": "publisher_id",
    "Indicator Name": "indicator_name",
    "Area Code": "area_code",
    "Area Name": "area_name",
    "Sex": "sex",
    "Age": "age",
    "Time period": "period",
    "Value": "value",
    "Category Type": "category_type",
    "Category": "category",
    "Lower CI 95.0 limit": "lower_ci",
    "Upper CI 95.0 limit": "upper_ci",
    "Count": "count",
    "Denominator": "denominator",
    "Compared to England value or percentiles": "comparison",
    "Recent Trend": "trend",
    "Value note": "note",
    "Time period Sortable": "sortable",
    "Time period range": "range",
}
_OPTIONAL = (
    *("Compared to England value or percentiles", "Recent Trend", "Value note"),
    *("Time period Sortable", "Time period range"),
)
_OLD_HEADINGS = {"lowercilimit": "Lower CI 95.0 limit", "uppercilimit": "Upper CI 95.0 limit"}
"""As the limits were headed when there were none of 99.8% beside them."""
_NONE = {"-1": "", "-1.0": ""}
"""What stands for no count."""
_OLDER = "deprivation groups of LSOA11s, told again on LSOA21s"
_NO_ID = "Indicator ID is not a whole number: download the file again"
_TWO_INDICES = (
    "Category Type and Category name two editions of the index of deprivation: download again"
)
_MADE_MONTH = (
    "Time period is a month, and Time period Sortable is of years: a spreadsheet made Dec-10 of "
    "2010-12; download the file again"
)
_EDITION = re.compile(r"\b(?:imd|iod) ?(\d{4})", re.IGNORECASE)
_REQUIRED = [name for name in _COLUMNS if name not in _OPTIONAL]


_LAYOUT = "a Fingertips download"
_TELLING = {"indicatorid", "areacode", "timeperiod"}
"""Columns that no other layout has together."""


_HEADINGS = _OLD_HEADINGS | {plain_heading(name): name for name in _COLUMNS}


def _matches(head: Head) -> bool:
    columns = {plain_heading(name) for name in head.columns}
    return {"Indicator ID", "Area Code"} <= set(head.columns) or columns >= _TELLING


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_regular(content, _kind)
    if table is None:
        table = read_csv_text(content, (), _LAYOUT)
    table = table.rename(columns=_known_headings(table.columns))
    require_columns(table.columns, _REQUIRED, _LAYOUT)
    raw = table.rename(columns=_COLUMNS)
    raw["publisher_id"] = texts.changed(raw["publisher_id"], _plain_id)
    raw = _named_once(raw)
    if "range" in raw and "period_kind" not in described:
        raw["period"] = _periods(raw["period"], raw["range"])
    raw["publisher"] = texts.like(raw["publisher_id"], "fingertips")
    for name in ("count", "denominator"):
        is_number = pd.api.types.is_numeric_dtype(raw[name])
        raw[name] = (
            raw[name].mask(raw[name] == -1) if is_number else texts.changed(raw[name], _NONE)
        )
    raw = raw.assign(**groups_of(raw["category_type"], raw["category"]))
    raw, left_out = _without_wrong_rows(raw)
    return tidy(
        raw,
        stated(_source(described), described),
        set_aside=left_out,
        remark=_contradicted_periods(raw),
        # Fingertips writes a dash between calendar years put together, never for another year.
        period_kind=described.get("period_kind", "calendar_years"),
    )


def _without_wrong_rows(raw: pd.DataFrame) -> tuple[pd.DataFrame, list[SetAside]]:
    """Leave out rows that are of nothing, told again, or damaged; each is told of once."""
    left_out = []
    ids = raw["publisher_id"]
    is_id = ids.isin([text for text in ids.unique() if text.isdecimal()])
    kept = pd.Series(True, raw.index)
    for wrong, reason, shown in (
        (~is_id, _NO_ID, "publisher_id"),
        (~_on_newest_small_areas(raw), _OLDER, "category_type"),
        (_of_two_indices(raw), _TWO_INDICES, "category"),
        (_made_months(raw), _MADE_MONTH, "period"),
    ):
        if (kept & wrong).any():
            left_out.append(set_aside_rows(raw[kept & wrong], reason, shown))
            kept &= ~wrong
    return (raw[kept] if left_out else raw), left_out


def _known_headings(columns: Iterable[str]) -> dict[str, str]:
    """Return which column is which of the download; one that is headed as there stands first.

    Raises
    ------
    InputError
        Two columns may be the same one, and neither is headed as in the download.
    """
    known: dict[str, str] = {}
    written = list(columns)
    for name in written:
        heading = _HEADINGS.get(plain_heading(name), "")
        if not heading or (heading != name and heading in written):
            continue
        if heading in known.values():
            same = [other for other in written if _HEADINGS.get(plain_heading(other)) == heading]
            raise InputError(
                f"{len(same)} columns may be the download's {heading}: {listed(same)}. Keep one."
            )
        known[name] = heading
    return known


def _plain_id(text: str) -> str:
    """Write the number of an indicator as the publisher does, not as programs that count with it.

    Examples
    --------
    >>> _plain_id("92443.0"), _plain_id("92,443"), _plain_id("9.24E+04")
    ('92443', '92443', '9.24E+04')
    """
    plain = text.removesuffix(".0")
    return plain.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})*", plain) else plain


def _periods(period: pd.Series, length: pd.Series) -> pd.Series:
    if not any(_in_years_stated(text, "1y") != text for text in period.unique().tolist()):
        return period
    number, pairs = texts.numbered(period, length)
    return texts.spread(number, [_in_years_stated(*pair) for pair in pairs], period)


def _in_years_stated(period: str, length: str) -> str:
    """Write a period that can be one year or two as the column beside it says how long it is.

    Examples
    --------
    >>> _in_years_stated("2023-24", "1y"), _in_years_stated("2023-24", "2y")
    ('2023/24', '2023-24')
    """
    ways = {way.kind: way for way in readings(period)}
    if length != "1y" or not {"financial_year", "calendar_years"} <= set(ways):
        return period
    return period_label(ways["financial_year"].start, ways["financial_year"].end)


def _made_months(raw: pd.DataFrame) -> "pd.Series[bool]":
    """Tell the rows whose years a spreadsheet has made a month: Fingertips writes Jan 2019."""
    if "sortable" not in raw:
        return pd.Series(False, raw.index)
    number, pairs = texts.numbered(raw["period"], raw["sortable"])
    made = [
        bool(MONTH_OF_SPREADSHEET.fullmatch(period) and re.fullmatch(r"\d{6}00", sortable))
        for period, sortable in pairs
    ]
    return pd.Series(np.array(made, dtype=bool)[number], raw.index)


def _contradicted_periods(raw: pd.DataFrame) -> str:
    """Say of which rows the period is not the one that the file sorts by, or as long as it says."""
    if "sortable" not in raw:
        return ""
    lengths = raw["range"] if "range" in raw else texts.changed(raw["sortable"], lambda _: "")
    number, written = texts.numbered(raw["period"], raw["sortable"], lengths)
    wrong = [place for place, words in enumerate(written) if not _is_one_period(*words)]
    rows = raw.index[np.isin(number, wrong)]
    if not len(rows):
        return ""
    shown = [
        f"row {raw.index[number == place][0] + 2}: {', '.join(written[place])}"
        for place in wrong[:3]
    ]
    return (
        f"Kept, but look at it: {len(rows):,} row(s) have another Time period than Time period "
        f"Sortable or Time period range say ({listed(shown)}). Download the file again."
    )


def _of_two_indices(raw: pd.DataFrame) -> "pd.Series[bool]":
    """Tell the rows whose group is of one edition of the index, and whose groups of another."""
    number, pairs = texts.numbered(raw["category_type"], raw["category"])
    named = [[_EDITION.search(text) for text in pair] for pair in pairs]
    differ = [bool(first and last and first[1] != last[1]) for first, last in named]
    return pd.Series(np.array(differ, dtype=bool)[number], raw.index)


def _is_one_period(period: str, sortable: str, length: str) -> bool:
    """Tell whether a period begins in the year it is sorted by, and is as long as stated."""
    ways = readings(period)
    year = int(sortable[:4]) if re.fullmatch(r"\d{8}", sortable) else 0
    if period.startswith(str(year)):  # the last quarter of a financial year begins in the next
        year = 0
    months = 12 * int(length[:-1]) if re.fullmatch(r"\dy", length) else 0
    return not ways or any(
        year in (0, way.start.year) and months in (0, way.months) for way in ways
    )


def _kind(heading: str) -> str:
    """Return what a column holds, or nothing where it is not needed."""
    name = _COLUMNS.get(_HEADINGS.get(plain_heading(heading), ""), "")
    return "number" if name in NUMBERS else name and "text"


def groups_of(category_type: pd.Series, category: pd.Series) -> dict[str, pd.Series]:
    """Return dimension, subgroup and its order of each row, from Fingertips' words for them."""
    number, pairs = texts.numbered(category_type, category)
    groups = group_columns(pd.Series(pairs), _group)
    words = {
        name: texts.spread(number, groups[name].tolist(), category)
        for name in ("dimension", "subgroup")
    }
    order = groups["subgroup_order"].take(number).set_axis(category.index)
    return {**words, "subgroup_order": order}


def _named_once(raw: pd.DataFrame) -> pd.DataFrame:
    """Give a figure that is told under two names the first of them: profiles differ in names."""
    names = raw[["publisher_id", "indicator_name"]].drop_duplicates()
    if names["publisher_id"].is_unique:
        return raw
    figure = ["publisher_id", "area_code", "period", "sex", "age", "category_type", "category"]
    return raw.assign(indicator_name=raw.groupby(figure)["indicator_name"].transform("first"))


def _source(described: dict[str, str]) -> Source:
    """Return the source, with the date the user says the file was downloaded in its attribution."""
    if "accessed" not in described:
        return SOURCE
    words = SOURCE.attribution.replace("https", f"accessed {described['accessed']}, https")
    return replace(SOURCE, attribution=words)


def _group(pair: tuple[str, str]) -> GroupWords:
    category_type, category = pair
    place = order_of(category) if "deprivation" in category_type.casefold() else None
    if place is None:
        return category_type, category, None
    return dimension_of(category_type), group_label(*place), place[0]


def _on_newest_small_areas(raw: pd.DataFrame) -> pd.Series:
    """Tell which rows are not told again on newer small areas (LSOA21 beside LSOA11)."""
    keys = ["publisher_id", "area_code", "period", "sex", "age", "dimension", "subgroup"]
    groups = raw.loc[raw["dimension"].ne(""), keys]
    twice = groups.duplicated(keep=False).reindex(raw.index, fill_value=False)
    older = raw["category_type"].str.contains("LSOA11", regex=False)
    newer = raw.loc[twice & ~older, "category_type"].str.contains("LSOA21", regex=False).any()
    return ~(twice & older) if newer else pd.Series(True, index=raw.index)


LAYOUTS = (Layout("Fingertips download", _matches, _parse),)
