"""Published indicators that somebody else has extracted and put into a layout of their own."""

import re
from collections.abc import Callable

import pandas as pd

from ineqlib.observations import NO_PUBLISHER, Dimension, group_label
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.deprivation_groups import (
    GroupWords,
    group_columns,
    order_of,
    stated_index,
)
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.texts import changed, looked_up, numbered, spread, whole_numbers
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="extracts",
    title="Extract of published indicators",
    publisher=NO_PUBLISHER,
    licence="Open Government Licence v3.0",
    attribution=(
        "Published indicators in an extract made by others, which names no publisher. Contains "
        "public sector information licensed under the Open Government Licence v3.0."
    ),
)

FINGERTIPS_IDS = {
    "Life expectancy at birth": "90366",
    "Healthy life expectancy at birth": "90362",
    "Inequality in life expectancy at birth": "92901",
    "Under 75 mortality rate from causes considered preventable (per 100,000 population)": "93721",
    "Smoking Prevalence in adults (aged 18 and over) - current smokers (APS)": "92443",
    "Smoking prevalence in adults in routine and manual occupations (aged 18 to 64) - current "
    "smokers (APS)": "92445",
    "Overweight (including obesity) prevalence in adults, (using adjusted self-reported height "
    "and weight)": "93088",
    "Percentage of physically active adults": "93014",
    "Percentage of physically inactive adults": "93015",
    "Percentage of physically active children and young people": "93570",
    "Depression: QOF prevalence": "848",
    "People receiving an NHS Health Check": "91112",
    "Percentage of 5 year olds with experience of visually obvious dental decay": "93563",
    "Reception prevalence of obesity (including severe obesity)": "90319",
    "Reception prevalence of obesity (including severe obesity), 5 years data combined": "92026",
    "Reception prevalence of obesity (including severe obesity), 3 years data combined": "93105",
    "Year 6 prevalence of obesity (including severe obesity)": "90323",
    "Year 6 prevalence of obesity (including severe obesity), 5 years data combined": "92033",
    "Year 6 prevalence of obesity (including severe obesity), 3 years data combined": "93107",
    "School readiness: percentage of children achieving a good level of development at the end "
    "of Reception": "90631",
    "Fuel poverty (low income, low energy efficiency methodology)": "93759",
}
"""Names that are, to the letter, those of one Fingertips indicator, and its id."""

_THEMES = ["area_code", "area_name", "period", "indicator", "measure", "unit", "value"]
_UNITS = {"Percentage": "%", "Cumulative percentage from eligible": "%"}
_WITHOUT_INDEX = (
    "grouped by deprivation, without saying by which index: state it, for example "
    "`index: imd2019`, with `ineq build --describe FILE.yml`"
)
_PER = re.compile(r"\bper [\d,]+\b")
_SEXES = ("Male", "Female")

_NEIGHBOURS = {
    "ID": "publisher_id",
    "Name": "indicator_name",
    "Unit": "unit",
    "Timeperiod": "period",
    "Area_code": "area_code",
    "Area_name": "area_name",
    "Value": "value",
    "Lower_CI": "lower_ci",
    "Upper_CI": "upper_ci",
    "Numerator": "count",
    "Denominator": "denominator",
    "data_available": "note",
}
_SEX_IN_NAME = re.compile(r"^(Male|Female)\b|\b(male|female)s$")
_NEIGHBOUR_UNITS = {"proportion": "%", "life expectancy in years": "years"}


def _is_themes(head: Head) -> bool:
    return {"area_code", "indicator", "measure"} <= set(head.columns)


def _parse_themes(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, _THEMES, "an extract with area_code, indicator and measure")
    table = table.reindex(columns=[*_THEMES, "inequality", "compared_to_England"], fill_value="")
    name, group = table["indicator"], table["inequality"]
    raw = table[["area_code", "area_name", "period", "value"]].assign(
        publisher=changed(name, lambda text: "fingertips" if text in FINGERTIPS_IDS else "extract"),
        publisher_id=changed(name, FINGERTIPS_IDS),
        indicator_name=name,
        unit=_of_each(_themes_unit, table["measure"], table["unit"], name),
        sex=_of_each(_themes_sex, group, table["unit"]),
        comparison=table["compared_to_England"],
        group=changed(group, dict.fromkeys(["NA", *_SEXES], "")),
    )
    left_out = []
    if "index" not in described and (by_deprivation := _by_deprivation(raw)).any():
        left_out.append(set_aside_rows(raw[by_deprivation], _WITHOUT_INDEX, "group"))
        raw = raw[~by_deprivation]
    index = stated_index(described, "imd2019") if "index" in described else ""
    groups = group_columns(raw["group"], lambda label: _group(label, index))
    kind = described.get("period_kind", "")
    return tidy(raw.join(groups), stated(SOURCE, described), set_aside=left_out, period_kind=kind)


def _of_each(words: Callable[..., str], *columns: pd.Series) -> pd.Series:
    """Return what some columns together say of each row."""
    number, different = numbered(*columns)
    return spread(number, [words(*cells) for cells in different], columns[0])


def _themes_unit(measure: str, unit: str, indicator: str) -> str:
    """The unit is in `measure`, in `unit` (years) or in the indicator's name (per 100,000)."""
    if measure in _UNITS:
        return _UNITS[measure]
    if unit == "Years":
        return "years"
    per = _PER.search(indicator)
    return per[0] if per else measure.lower()


def _themes_sex(inequality: str, unit: str) -> str:
    """Sex is in `inequality` in some of these files and in `unit` in others."""
    return next((text for text in (inequality, unit) if text in _SEXES), "Persons")


def _by_deprivation(raw: pd.DataFrame) -> pd.Series:
    """Tell which rows are of one deprivation group."""
    return looked_up(raw["group"], lambda label: order_of(label) is not None)


def _group(label: str, index: str) -> GroupWords:
    place = order_of(label)
    if place is None:
        return ("inequality" if label else ""), label, None
    order, groups = place
    return str(Dimension.of_deprivation("local", groups, index)), group_label(order, groups), order


def _is_neighbours(head: Head) -> bool:
    return {"Area_code", "Timeperiod", "data_available"} <= set(head.columns)


def _parse_neighbours(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, _NEIGHBOURS, "an extract with Area_code and data_available")
    raw = table[list(_NEIGHBOURS)].rename(columns=_NEIGHBOURS)
    no_data = raw["note"] == "No data"
    # The layout writes 0 for what is missing: a value marked "No data", and limits of 0 and 0.
    raw["value"] = raw["value"].mask(no_data, "")
    limits = raw[["lower_ci", "upper_ci"]]
    without = limits.isin(["0", "0.0"]).all(axis=1)
    raw[["lower_ci", "upper_ci"]] = limits.mask(without, "")
    raw["publisher_id"] = whole_numbers(raw["publisher_id"])
    own_id = raw["publisher_id"].str.startswith("0")
    sex = changed(raw["indicator_name"], _sex_in_name)
    raw = raw.assign(
        publisher=own_id.map({True: "extract", False: "fingertips"}),
        unit=raw["unit"].replace(_NEIGHBOUR_UNITS),
        sex=sex,
        note=raw["note"].where(no_data, ""),
    )
    return tidy(raw, stated(SOURCE, described), period_kind=described.get("period_kind", ""))


def _sex_in_name(name: str) -> str:
    match = _SEX_IN_NAME.search(name)
    return match[match.lastindex or 0].capitalize() if match else "Persons"


LAYOUTS = (
    Layout("extract by theme", _is_themes, _parse_themes),
    Layout("extract of statistical neighbours", _is_neighbours, _parse_neighbours),
)
