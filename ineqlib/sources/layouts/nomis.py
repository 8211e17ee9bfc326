"""The long CSV of Nomis, one row a cell (`OBS_VALUE`)."""

import re

import numpy as np
import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.period_grammar import readings
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source, stated_by_user
from ineqlib.sources.csv_text import read_csv_text, require_columns
from ineqlib.sources.layouts.cross_tables import unit_in
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.texts import numbered
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="nomis",
    title="Nomis",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    attribution=(
        "Office for National Statistics, Nomis. Contains public sector information licensed under "
        "the Open Government Licence v3.0."
    ),
)

GUEST_CELLS = 25_000
"""Rows after which Nomis cuts what a guest asks for, and says nothing."""

_REQUIRED = ["GEOGRAPHY_CODE", "OBS_VALUE"]
_OTHERS = re.compile(
    r"(?:DATE|TIME|GEOGRAPHY|SEX|C_SEX|GENDER|AGE|C_AGE|MEASURES|OBS_STATUS|OBS_CONF)_NAME"
)
_SEX = ("SEX_NAME", "C_SEX_NAME", "GENDER_NAME")
_AGE = ("AGE_NAME", "C_AGE_NAME")
_CAUSE = "CAUSE_OF_DEATH_NAME"
_INDICATOR = (_CAUSE, "VARIABLE_NAME", "CELL_NAME", "ITEM_NAME", "MEASURE_NAME", "STATISTICS_NAME")
_FEW = "fewer than 5 deaths, or none: Nomis writes 0 for both"
EVERYBODY = re.compile(r"(?:total|all categories|all usual residents)\b.*|all", re.IGNORECASE)
_BESIDE = {"numerator": "count", "denominator": "denominator", "confidence": "half"}
"""What further rows of one figure are, in the surveys."""
_PLAIN = ("", "value", "variable", "number")
"""Measures that are the figure itself, and no percentage or change of it."""
_NO_FIGURE = (
    "of which no row has the figure with the same date, area and classifications: leave out "
    "columns that are not Nomis's, or download the file again"
)


def _matches(head: Head) -> bool:
    return set(_REQUIRED) <= {name.upper() for name in head.columns}


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    whole = read_csv_text(content, (), "a CSV of Nomis")
    whole.columns = whole.columns.str.upper()
    require_columns(whole.columns, _REQUIRED, "a CSV of Nomis")
    _refuse_cut(whole)
    table, aside = _one_row_each(whole)
    names = [name for name in table if name.endswith("_NAME") and not _OTHERS.fullmatch(name)]
    if not any(name in names for name in _INDICATOR) and "indicator" not in described:
        stated_by_user(described, "indicator", "Resident population")
    measure = table.get("MEASURES_NAME", pd.Series("", table.index))
    indicator = _with_measures(_indicator(table, names, described), measure)
    raw = pd.DataFrame(
        {
            "area_code": table["GEOGRAPHY_CODE"],
            "area_name": table.get("GEOGRAPHY_NAME", ""),
            "publisher": "nomis",
            "publisher_id": indicator.str.lower(),
            "indicator_name": indicator,
            "period": _dates(table, described),
            "sex": _first(table, _SEX),
            "age": _first(table, _AGE),
            "unit": described.get("unit") or _units(table, measure, indicator),
            "note": _notes(table),
            "value": table["OBS_VALUE"],
            **{name: table[name] for name in ("count", "denominator") if name in table},
        }
    ).join(_groups(table, names))
    if _CAUSE in table:
        raw = _without_false_zeros(raw)
    if "half" in table:
        raw = raw.join(_limits(table["OBS_VALUE"], table["half"]))
    raw.attrs = whole.attrs
    kind = described.get("period_kind", "")
    return tidy(
        raw,
        stated(SOURCE, described),
        set_aside=aside,
        remark=_contradicted_dates(table),
        period_kind=kind,
    )


def _refuse_cut(table: pd.DataFrame) -> None:
    """Refuse a download that is known, or likely, to be only the first part of what was asked."""
    if "RECORD_COUNT" in table:
        wanted = pd.to_numeric(table["RECORD_COUNT"], errors="coerce").max()
        if wanted > len(table):
            raise InputError(
                f"Nomis cut this file: {len(table):,} of {int(wanted):,} rows are here "
                "(RECORD_COUNT). Ask for fewer areas or years at a time, or the rest with "
                "RecordOffset, and put the parts into one file."
            )
    elif len(table) == GUEST_CELLS:
        raise InputError(
            f"The file has exactly {GUEST_CELLS:,} rows, after which Nomis cuts what a guest asks "
            "for and says nothing. Download it again with the column RECORD_COUNT, or in parts."
        )


def _one_row_each(table: pd.DataFrame) -> tuple[pd.DataFrame, list[SetAside]]:
    """Put numerator, denominator and confidence, which are rows of their own, beside their figure.

    Nomis's confidence is half of the width of a 95% interval.
    """
    if "MEASURES_NAME" not in table:
        return table, []
    kind = table["MEASURES_NAME"].str.casefold().map(_BESIDE)
    if kind.isna().all():
        return table, []
    figure = [
        name
        for name in table
        if not name.startswith(("MEASURES", "OBS_", "RECORD_", "URN")) and name in table
    ]
    rows = table[kind.isna()]
    for name in _BESIDE.values():
        beside = table[kind == name].drop_duplicates(figure).set_index(figure)["OBS_VALUE"]
        if len(beside):
            rows = rows.join(beside.rename(name), on=figure)
            rows[name] = rows[name].astype("object").fillna("").astype("str")
    figures = pd.MultiIndex.from_frame(rows[figure])
    alone = kind.notna() & ~pd.MultiIndex.from_frame(table[figure]).isin(figures)
    what = "numerator, denominator or confidence"
    return rows, [
        set_aside_rows(table[these], f"{what}, {why}", "MEASURES_NAME")
        for these, why in (
            (kind.notna() & ~alone, "which stands in the row of its figure"),
            (alone, _NO_FIGURE),
        )
        if these.any()
    ]


def _without_false_zeros(raw: pd.DataFrame) -> pd.DataFrame:
    """Withhold the zeros of a table of deaths: summed, they have lost half of a county's suicides.

    Nomis writes 0 for every cell under 5 of deaths by cause.
    """
    zero = pd.to_numeric(raw["value"], errors="coerce") == 0
    both = (zero & (raw["note"] != "")).map({True: "; ", False: ""})
    return raw.assign(
        value=raw["value"].mask(zero, ""),
        status=zero.map({True: "c", False: ""}),
        note=raw["note"] + both + zero.map({True: _FEW, False: ""}),
    )


def _limits(value: pd.Series, half: pd.Series) -> pd.DataFrame:
    centre, spread = (pd.to_numeric(column, errors="coerce") for column in (value, half))
    return pd.DataFrame({"lower_ci": centre - spread, "upper_ci": centre + spread})


def _first(table: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    column = next((table[name] for name in names if name in table), pd.Series("", table.index))
    return column.mask(column.str.fullmatch(EVERYBODY.pattern, case=False), "")


def _indicator(table: pd.DataFrame, names: list[str], described: dict[str, str]) -> pd.Series:
    """Name the indicator after what is measured, and of what all rows are if nobody states it."""
    parts = [table[name] for name in _INDICATOR if name in names]
    if "indicator" not in described:
        parts += [
            table[name] for name in names if _is_of_all(table[name]) and name not in _INDICATOR
        ]
    text = pd.Series(described.get("indicator", ""), table.index)
    for words in parts:
        part = words.mask(words.str.casefold().isin(["value", "total"]), "")
        both = (text != "") & (part != "")
        text = text + both.map({True: ": ", False: ""}) + part
    return text.mask(text == "", "Total")


def _is_of_all(column: pd.Series) -> bool:
    """Tell whether a classification has one class in all rows, which is not its total."""
    text = str(column.iloc[0])
    is_total = text[:4].casefold() == "all " or EVERYBODY.fullmatch(text)
    return column.nunique() == 1 and text != "" and not is_total


def _with_measures(indicator: pd.Series, measure: pd.Series) -> pd.Series:
    """Tell the percentage of an indicator from its number, where the file has both.

    Examples
    --------
    >>> _with_measures(pd.Series(["Good health"] * 2), pd.Series(["Value", "Percent"])).tolist()
    ['Good health', 'Good health (percent)']
    """
    kinds = measure.str.casefold()
    several = kinds.groupby(indicator).transform("nunique").gt(1) & ~kinds.isin(_PLAIN)
    return indicator.mask(several, indicator + " (" + kinds + ")")


def _groups(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return what people are grouped by: every further classification that is not its total."""
    dimension = pd.Series("", table.index)
    subgroup = pd.Series("", table.index)
    for name in names:
        if name in _INDICATOR or table[name].nunique() == 1:
            continue
        some = ~table[name].str.fullmatch(EVERYBODY.pattern, case=False)
        words = re.sub(r"^C(?:20\d\d)?_|_NAME$|_\d+(?=_NAME$)", "", name).replace("_", " ").lower()
        both = (some & (dimension != "")).map({True: " and ", False: ""})
        dimension = dimension + both + some.map({True: words, False: ""})
        commas = both.str.replace(" and ", ", ")
        subgroup = subgroup + commas + table[name].where(some, "")
    return pd.DataFrame({"dimension": dimension, "subgroup": subgroup})


def _dates(table: pd.DataFrame, described: dict[str, str]) -> pd.Series:
    """Return the periods in words: the date of a rolling year is that of its last month alone."""
    if "DATE_NAME" in table:
        return table["DATE_NAME"]
    dates = table.get("DATE", table.get("TIME"))
    if dates is None:
        return pd.Series(stated_by_user(described, "period", "2024"), table.index)
    if dates.str.fullmatch(r"\d{4}-\d\d").any():
        stated_by_user(described, "period_kind", "month")
    return dates


def _contradicted_dates(table: pd.DataFrame) -> str:
    """Remark on rows whose date is not the last month, or the year, of the period that is named."""
    if not {"DATE", "DATE_NAME"} <= set(table):
        return ""
    number, pairs = numbered(table["DATE"], table["DATE_NAME"])
    wrong = [place for place, pair in enumerate(pairs) if _lies_outside(*pair)]
    rows = np.flatnonzero(np.isin(number, wrong))
    if not len(rows):
        return ""
    shown = listed(" and ".join(pairs[place]) for place in wrong[:3])
    return (
        f"Kept, but look at it: {len(rows):,} row(s) have a DATE that is not the end of the "
        f"period in their DATE_NAME ({shown}). Download the file again."
    )


def _lies_outside(date: str, name: str) -> bool:
    dates, periods = readings(date), readings(name)
    return bool(dates and periods) and not any(
        day.end == period.end or (day.months > 1 and day.start <= period.end <= day.end)
        for day in dates
        for period in periods
    )


def _units(table: pd.DataFrame, measure: pd.Series, indicator: pd.Series) -> pd.Series:
    percent = measure.str.casefold().isin(["percent", "percentage", "%"])
    if {"count", "denominator"} <= set(table):
        # The variable of a survey is the one as a percentage of the other.
        percent |= (table["count"] != "") & (table["denominator"] != "")
    return indicator.map(unit_in).mask(percent, "%")


def _notes(table: pd.DataFrame) -> pd.Series:
    note = table.get("OBS_STATUS_NAME", pd.Series("", table.index))
    return note.mask(note.str.casefold().str.startswith("normal"), "")


LAYOUTS = (Layout("Nomis", _matches, _parse),)
