"""Machine-readable files of NHS England and NHS Digital: place, breakdown, measure and value.

Their columns differ from one collection to the next; each of the forms below is known by several
of its columns. Places of the NHS without a code of the ONS are set aside.
"""

import re
from typing import NamedTuple

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, Source, stated_by_user
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.cross_tables import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    WITHHELD,
    in_shorthand,
    unit_in,
)
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="nhs_england",
    title="Statistics of NHS England",
    publisher="NHS England",
    licence="Open Government Licence v3.0",
    attribution=(
        "NHS England. Contains public sector information licensed under the Open Government "
        "Licence v3.0."
    ),
)


_LAYOUT = "a machine-readable file of NHS England"


class _Form(NamedTuple):
    """Columns, in plain words, by which a form is known; and where it has what."""

    known_by: tuple[str, ...]
    area: tuple[str, ...]
    area_name: tuple[str, ...]
    measure: tuple[str, ...]
    value: tuple[str, ...]


_FORMS = (
    _Form(
        ("breakdown", "primary_level", "measure_value"),
        ("primary_level",),
        ("primary_level_description",),
        ("measure_name", "measure_desc", "measure_id"),
        ("measure_value",),
    ),
    _Form(
        ("breakdown", "primary_level", "metric_value"),
        ("primary_level",),
        ("primary_level_description",),
        ("metric_name", "metric"),
        ("metric_value",),
    ),
    _Form(
        ("breakdown", "level", "indicator_value"),
        ("ons_code", "level"),
        ("level_description",),
        ("indicator", "indicator_name", "indicator_title"),
        ("indicator_value",),
    ),
    _Form(
        ("ons_code", "indicator_value"),
        ("ons_code",),
        ("area_name", "org_title", "level_description"),
        ("indicator", "indicator_name", "indicator_title"),
        ("indicator_value",),
    ),
    _Form(
        ("geographical_code", "measure_value"),
        ("ons_area_code", "geographical_code"),
        ("geographical_description",),
        ("measure_group_description", "measure_name", "ascof_measure_code"),
        ("measure_value",),
    ),
    _Form(
        ("org_code", "measure", "value"),
        ("ons_code", "ons_org_code", "org_code"),
        ("org_name",),
        ("measure",),
        ("value",),
    ),
)

_STARTS = ("reporting_period_start", "reporting_period_start_date", "period_start")
_ENDS = ("reporting_period_end", "reporting_period_end_date", "period_end")
_PERIODS = (
    "period_of_coverage",
    "reporting_period",
    "financial_year",
    "fiscal_year",
    "collection_year",
    "year",
    "period",
    "date",
)
_FINANCIAL = ("financial_year", "fiscal_year")
_LIMITS = {
    "lower_ci": ("ci_lower", "lower_ci", "lower_confidence_limit", "lower_95_ci"),
    "upper_ci": ("ci_upper", "upper_ci", "upper_confidence_limit", "upper_95_ci"),
    "count": ("numerator", "observed"),
    "denominator": ("denominator", "population"),
}
_SEX = ("gender", "sex")
_AGE = ("age", "age_group", "age_band")
_OTHER_GROUPS = ("disaggregation_level", "secondary_level_description", "secondary_level")
_ENGLAND = ("england", "eng", "national", "all submissions")
_SIGNS = {
    "*": WITHHELD,
    "c": WITHHELD,
    "suppressed": WITHHELD,
    "-": NOT_AVAILABLE,
    ":": NOT_AVAILABLE,
    "..": NOT_AVAILABLE,
    "x": NOT_AVAILABLE,
    "n/a": NOT_AVAILABLE,
    "not applicable": NOT_APPLICABLE,
    "z": NOT_APPLICABLE,
}
_SEX_CODES = {"1": "Male", "2": "Female", "m": "Male", "f": "Female"}
_EVERYBODY = re.compile(r"(?:total|all|none|persons?|n/a)\b.*|", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})")


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_")


def _form(columns: tuple[str, ...]) -> _Form | None:
    plain = {_plain(name) for name in columns}
    return next((form for form in _FORMS if plain.issuperset(form.known_by)), None)


def _matches(head: Head) -> bool:
    return _form(head.columns) is not None


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    table = read_csv_text(content, (), _LAYOUT)
    form = _form(tuple(table.columns))
    if form is None:
        raise InputError(f"Expected {_LAYOUT}. Found: {listed(table.columns, most=30)}.")
    attrs = table.attrs
    table = table.rename(columns=_plain)
    measure = _first(table, form.measure)
    if "indicator" in described or measure is None:
        name = stated_by_user(described, "indicator", "Emergency admissions")
        measure = pd.Series(name, table.index)
    area = _first(table, form.area)
    england = area.str.casefold().isin(_ENGLAND)
    raw = pd.DataFrame(
        {
            "area_code": area.mask(england, "E92000001"),
            "area_name": _first(table, form.area_name, ""),
            "publisher": "nhs_england",
            "publisher_id": measure.str.casefold(),
            "indicator_name": measure,
            "period": _periods(table, described),
            "unit": described.get("unit") or measure.map(unit_in),
            **{name: _first(table, columns, "") for name, columns in _LIMITS.items()},
        }
    )
    raw = raw.join(in_shorthand(_first(table, form.value), _SIGNS)).join(_who(table))
    raw.attrs = attrs
    return tidy(raw, stated(SOURCE, described), period_kind=_period_kind(table, described))


def _first(table: pd.DataFrame, names: tuple[str, ...], otherwise: str | None = None) -> pd.Series:
    """Return the first of several columns that is there, or a column of one text."""
    for name in names:
        if name in table:
            return table[name]
    return None if otherwise is None else pd.Series(otherwise, table.index, dtype="str")


def _periods(table: pd.DataFrame, described: dict[str, str]) -> pd.Series:
    start, end = _first(table, _STARTS, ""), _first(table, _ENDS, "")
    text = _first(table, _PERIODS, "")
    both = (start != "") & (end != "")
    text = text.mask(both, start.map(_iso) + "/" + end.map(_iso))
    if (text == "").all():
        return pd.Series(stated_by_user(described, "period", "2023/24"), table.index)
    return text


def _period_kind(table: pd.DataFrame, described: dict[str, str]) -> str:
    """Return what periods such as 2023-24 are: the heading says so where the user does not."""
    column = next((name for name in _PERIODS if name in table), "")
    by_heading = "financial_year" if column in _FINANCIAL else ""
    return described.get("period_kind") or by_heading


def _iso(day: str) -> str:
    """Write a day as ISO 8601 has it; NHS files have the day before the month."""
    match = _DAY_FIRST.fullmatch(day[:10])
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else day[:10]


def _who(table: pd.DataFrame) -> pd.DataFrame:
    """Return sex, age, dimension and subgroup, of columns of their own or of the breakdown.

    A breakdown such as ``England; Gender`` names the place first, then what the second level is.
    """
    sex, age = _first(table, _SEX, ""), _first(table, _AGE, "")
    breakdown = _first(table, ("breakdown",), "").str.partition(";")[2].str.strip()
    group = _first(table, _OTHER_GROUPS, "")
    if "disaggregation_level" in table:
        breakdown = group.mask(group.str.fullmatch(_EVERYBODY.pattern, case=False), "")
        breakdown = breakdown.mask(breakdown != "", "Disaggregation")
    group = group.mask(breakdown == "", "")
    kind = breakdown.str.casefold()
    by_sex, by_age = kind.isin(_SEX), kind.str.fullmatch(r"age(?: (?:group|band))?")
    sex = sex.mask(by_sex, group)
    sex = sex.map(lambda text: _SEX_CODES.get(text.casefold(), text))
    age = age.mask(by_age, group)
    alone = by_sex | by_age | (group == "")
    return pd.DataFrame(
        {
            "sex": sex.mask(sex.str.fullmatch(_EVERYBODY.pattern, case=False), ""),
            "age": age,
            "dimension": breakdown.mask(alone, ""),
            "subgroup": group.mask(alone, ""),
        }
    )


LAYOUTS = (Layout("NHS England", _matches, _parse),)
