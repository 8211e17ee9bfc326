"""Outcomes by deprivation: tables of life expectancy and child obesity for each tenth.

Life expectancy by district, found beside them, is read too; its figures of deprivation are not.
"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from ineqlib.observations import Dimension, group_label
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source, stated_by_user
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.deprivation_groups import stated_index
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.texts import whole_numbers
from ineqlib.sources.tidy import stated, tidy

ENGLAND = "E92000001"
_OGL = "Open Government Licence v3.0"
_Z95 = 1.959964

ONS = Source(
    id="ons_life_expectancy",
    title="Life expectancy and healthy life expectancy",
    publisher="Office for National Statistics",
    licence=_OGL,
    attribution=(
        "Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
)
LIFE_EXPECTANCY = Source(
    id="life_expectancy_by_decile",
    title="Life expectancy by deprivation tenth within areas",
    publisher="Office for Health Improvement and Disparities",
    licence=_OGL,
    attribution=(
        "© Crown copyright. Office for Health Improvement and Disparities. Contains public sector "
        "information licensed under the Open Government Licence v3.0."
    ),
)
NCMP = Source(
    id="ncmp",
    title="National Child Measurement Programme",
    publisher="NHS England",
    licence=_OGL,
    attribution=(
        "National Child Measurement Programme, NHS England. Contains public sector "
        "information licensed under the Open Government Licence v3.0."
    ),
)

_LIFE_EXPECTANCY = ["Sex", "GeoCode", "Decile", "Pop", "Deaths", "LifeExp", "SE"]
_ENGLAND = ["period", "imd_decile", "sex", "le", "hle"]
_NCMP = ["Period", "SchoolYear", "AreaCode", "Decile", "Measured", "Count", "Rate", "LCL", "UCL"]
_DISTRICTS = {
    "lad_code": "area_code",
    "lad_name_le": "area_name",
    "sex": "sex",
    "le_value": "value",
    "period": "period",
}

_BIRTH = {"publisher": "fingertips", "unit": "years", "age": "All ages"}
_LE = _BIRTH | {"publisher_id": "90366", "indicator_name": "Life expectancy at birth"}
_HLE = _BIRTH | {"publisher_id": "90362", "indicator_name": "Healthy life expectancy at birth"}
_OBESITY = {
    "R": ("90319", "Reception prevalence of obesity (including severe obesity)", "4-5 yrs"),
    "6": ("90323", "Year 6 prevalence of obesity (including severe obesity)", "10-11 yrs"),
}
_NO_ERROR = (
    "SE is half of LifeExp or more, as a confidence limit is and no standard error of it: put "
    "standard errors into the column"
)
_TENTHS = {str(order): group_label(order, 10) for order in range(1, 11)}


def _parse_life_expectancy(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, _LIFE_EXPECTANCY, "life expectancy by area, tenth and sex")
    period = stated_by_user(described, "period", "2014 - 16")
    national = table["GeoCode"] == "England"
    index = stated_index(described, "imd2015")
    lower, upper = _limits(table["LifeExp"], table["SE"])
    raw = pd.DataFrame(
        {
            "area_code": table["GeoCode"].mask(national, ENGLAND),
            "period": period,
            "sex": whole_numbers(table["Sex"]).replace({"1": "Male", "2": "Female"}),
            "tenth": table["Decile"],
            "dimension": national.map(
                {
                    True: str(Dimension.of_deprivation("national", 10, index)),
                    False: str(Dimension.of_deprivation("local", 10, index)),
                }
            ),
            "value": table["LifeExp"],
            "lower_ci": lower,
            "upper_ci": upper,
            "count": table["Deaths"],
            "denominator": table["Pop"],
            **_LE,
        }
    )
    no_error = _is_no_error(table["LifeExp"], table["SE"])
    raw, left_out = _by_tenth(raw[~no_error])
    if no_error.any():
        left_out.append(set_aside_rows(table[no_error], _NO_ERROR, "SE"))
    return tidy(raw, stated(LIFE_EXPECTANCY, described), set_aside=left_out)


def _is_no_error(value: pd.Series, se: pd.Series) -> "pd.Series[bool]":
    """Tell where a standard error is as large as a confidence limit: half the value and more."""
    centre, spread = (pd.to_numeric(column, errors="coerce") for column in (value, se))
    return spread >= centre / 2


def _limits(value: pd.Series, se: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return 95% limits as text; a standard error that is no number stays, to be set aside."""
    centre, spread = (pd.to_numeric(column, errors="coerce") for column in (value, se))
    lower, upper = (
        (centre + side * _Z95 * spread).astype("str").where(spread.notna(), se) for side in (-1, 1)
    )
    return lower, upper


def _parse_england(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, _ENGLAND, "life expectancy in England by tenth and sex")
    index = stated_index(described, "imd2019")
    shared = pd.DataFrame(
        {
            "area_code": ENGLAND,
            "area_name": "England",
            "period": table["period"],
            "sex": table["sex"],
            "tenth": table["imd_decile"],
            "dimension": str(Dimension.of_deprivation("national", 10, index)),
        }
    )
    both = [
        shared.assign(value=table[column], **names)
        for column, names in (("le", _LE), ("hle", _HLE))
    ]
    raw, left_out = _by_tenth(pd.concat(both))
    parsed = tidy(raw, stated(ONS, described), set_aside=left_out)
    return replace(parsed, rows_added=len(table))


def _parse_ncmp(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, _NCMP, "child obesity by deprivation tenth")
    index = stated_index(described, "imd2015")
    years = {name: whole_numbers(table[name]) for name in ("SchoolYear", "Period")}
    table = table.assign(**years)
    measured = table["SchoolYear"].isin(list(_OBESITY))
    left_out = []
    if not measured.all():
        reason = "school year is not R (Reception) or 6"
        left_out.append(set_aside_rows(table[~measured], reason, "SchoolYear"))
    table = table[measured]
    names = pd.DataFrame(
        [_OBESITY[year] for year in table["SchoolYear"]],
        columns=["publisher_id", "indicator_name", "age"],
        index=table.index,
    )
    raw = names.assign(
        publisher="fingertips",
        unit="%",
        area_code=table["AreaCode"],
        period=table["Period"].map(_school_year),
        sex="Persons",
        tenth=table["Decile"],
        dimension=str(Dimension.of_deprivation("national", 10, index)),
        value=table["Rate"],
        lower_ci=table["LCL"],
        upper_ci=table["UCL"],
        count=table["Count"],
        denominator=table["Measured"],
    )
    raw, wrong = _by_tenth(raw)
    return tidy(raw, stated(NCMP, described), set_aside=left_out + wrong)


def _parse_districts(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, _DISTRICTS, "life expectancy by district and sex")
    raw = table[list(_DISTRICTS)].rename(columns=_DISTRICTS).assign(**_LE)
    remark = "The deprivation figures in this file are of another vintage and are not used."
    return tidy(raw, stated(ONS, described), remark=remark)


def _by_tenth(raw: pd.DataFrame) -> tuple[pd.DataFrame, list[SetAside]]:
    """Name each row's tenth, 1 = most deprived; set aside what is not one of ten."""
    raw = raw.assign(tenth=whole_numbers(raw["tenth"]))
    known = raw["tenth"].isin(list(_TENTHS))
    left_out = []
    if not known.all():
        reason = "deprivation tenth is not a whole number from 1 to 10"
        left_out.append(set_aside_rows(raw[~known], reason, "tenth"))
    raw = raw[known]
    order = raw["tenth"].astype("Int16")
    return raw.assign(subgroup=raw["tenth"].map(_TENTHS), subgroup_order=order), left_out


def _school_year(code: str) -> str:
    """Write ``1718`` as ``2017/18``; anything else stays, to be set aside as unreadable."""
    first, last = code[:-2], code[-2:]
    if code.isdigit() and first and int(last) == int(first) + 1:
        return f"20{int(first):02d}/{last}"
    return f"code {code}"


def _has(*columns: str) -> Callable[[Head], bool]:
    def matches(head: Head) -> bool:
        return set(columns) <= set(head.columns)

    return matches


LAYOUTS = (
    Layout(
        "life expectancy by area, tenth and sex", _has("GeoCode", "LifeExp"), _parse_life_expectancy
    ),
    Layout("life expectancy by tenth, England", _has("imd_decile", "le"), _parse_england),
    Layout("child obesity by tenth", _has("SchoolYear", "Measured"), _parse_ncmp),
    Layout("life expectancy by district", _has("lad_code", "le_value"), _parse_districts),
)
