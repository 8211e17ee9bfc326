"""Small files as services let one download them, with invented numbers."""

import math
import random
from collections.abc import Iterator

from .numbers import PLACES, share, years
from .table import Roles, Seed

_PERCENT = (0.0, 100.0)
_ENGLAND = ("E92000001", "England", "E12000006", "East of England")
_PERIODS = ("2018/19", "2019/20", "2020/21", "2021/22", "2022/23")


def seeds_of_downloads(rng: random.Random) -> Iterator[Seed]:
    """Education, Nomis, the ONS, the NHS, LG Inform, Stat-Xplore, WHO and Scotland."""
    yield _education(rng)
    yield from _nomis(rng)
    yield _ons(rng)
    yield from _nhs(rng)
    yield from _cross_tables(rng)
    yield _who(rng)
    yield _scotland(rng)


def _education(rng: random.Random) -> Seed:
    columns = (
        *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
        *("region_code", "region_name", "lad_code", "lad_name", "sex", "ready_percent"),
    )
    rows = [
        (
            *(f"{year}{year - 1999}", "Academic year", "Local authority district", *_ENGLAND),
            *(code, name, sex, share(rng, 65, 900)[0]),
        )
        for code, name in PLACES
        for year in range(2018, 2023)
        for sex in ("Girls", "Boys")
    ]
    roles = Roles("ready_percent", "", "", "", "", "time_period", "lad_code", "lad_name", "sex")
    layout = "Explore Education Statistics"
    return Seed(layout, layout, columns, tuple(rows), roles, range=_PERCENT)


def _nomis(rng: random.Random) -> Iterator[Seed]:
    columns = (
        *("DATE_NAME", "GEOGRAPHY_NAME", "GEOGRAPHY_CODE", "SEX_NAME", "VARIABLE_NAME"),
        *("MEASURES_NAME", "OBS_VALUE", "OBS_STATUS_NAME", "RECORD_COUNT"),
    )
    roles = Roles(
        *("OBS_VALUE", "", "", "", "", "DATE_NAME", "GEOGRAPHY_CODE", "GEOGRAPHY_NAME", "SEX_NAME")
    )
    claimants = [
        (str(year), name, code, sex, "Claimants as a share of residents", "Percent", value)
        for code, name in PLACES
        for year in range(2021, 2024)
        for sex in ("Total", "Male", "Female")
        for value in [share(rng, 4, 30_000)[0]]
    ]
    survey = [
        (f"Jul {year}-Jun {year + 1}", name, code, "Total", "Employment rate", measure, cell)
        for code, name in PLACES
        for year in range(2021, 2024)
        for value, lower, _, count, people in [share(rng, 60, 900)]
        for measure, cell in (
            ("Variable", value),
            ("Numerator", count),
            ("Denominator", people),
            ("Confidence", f"{float(value) - float(lower):.1f}"),
        )
    ]
    # In the survey counts of people stand in the column of the percentages.
    for name, rows, most in (("Nomis", claimants, 100.0), ("Nomis, survey", survey, math.inf)):
        ended = [(*row, "Normal Value", str(len(rows))) for row in rows]
        yield Seed(name, "Nomis", columns, tuple(ended), roles, range=(0.0, most))
    heading = "local authority: district / unitary (as of April 2023)"
    columns = (heading, "mnemonic", *map(str, range(2018, 2024)))
    table = [
        (name, code, *(share(rng, 9, 20_000)[0] for _ in columns[2:])) for code, name in PLACES
    ]
    roles = Roles("2020", code="mnemonic", name=heading, second="2021")
    yield Seed(
        *("table of Nomis", "table of Nomis", columns, tuple(table), roles),
        range=_PERCENT,
        above='"Census of households"\n"[from Nomis on 1 May 2026]"\n\n"Measures :","Percent"\n\n',
    )


def _nhs(rng: random.Random) -> Iterator[Seed]:
    columns = (
        *("Reporting period", "Breakdown", "ONS code", "Level", "Level description", "Gender"),
        *("Age", "Indicator", "Indicator value", "CI lower", "CI upper", "Numerator"),
        "Denominator",
    )
    rows = [
        (
            *(period, "Lower-tier authority", code, "05", name, sex, "Under 75"),
            *("Deaths before 75 (%)", *share(rng, 12, 4000)),
        )
        for code, name in PLACES
        for period in _PERIODS[2:]
        for sex in ("Male", "Female")
    ]
    roles = Roles(*columns[8:], "Reporting period", "ONS code", "Level description", "Gender")
    yield Seed("NHS, outcomes", "NHS England", columns, tuple(rows), roles, 100.0, _PERCENT)
    columns = (
        *("REPORTING_PERIOD_START", "REPORTING_PERIOD_END", "STATUS", "BREAKDOWN"),
        *("PRIMARY_LEVEL", "PRIMARY_LEVEL_DESCRIPTION", "SECONDARY_LEVEL"),
        *("SECONDARY_LEVEL_DESCRIPTION", "MEASURE_ID", "MEASURE_NAME", "MEASURE_VALUE"),
    )
    people = [
        (
            *(f"01/04/{year}", f"30/04/{year}", "Final", "LAD/UTLA", code, name, "NONE", "NONE"),
            *("M1", "People in contact", str(rng.randint(900, 1600))),
        )
        for code, name in PLACES
        for year in range(2019, 2025)
    ]
    roles = Roles("MEASURE_VALUE", period=columns[0], code=columns[4], name=columns[5])
    yield Seed("NHS, services", "NHS England", columns, tuple(people), roles)


def _cross_tables(rng: random.Random) -> Iterator[Seed]:
    columns = ("Area", "Area code", "Metric type", *_PERIODS)
    rows = [
        (name, code, metric, *(share(rng, usual, 3000)[0] for _ in _PERIODS))
        for code, name in PLACES
        for metric, usual in (("Adults who walk (%)", 40), ("Adults who cycle (%)", 12))
    ]
    roles = Roles("2019/20", code="Area code", name="Area", second="2020/21")
    yield Seed("LG Inform", "LG Inform", columns, tuple(rows), roles, range=_PERCENT)
    columns = ("Year", *_PERIODS)
    rows = [(f"{c} : {n}", *(str(rng.randint(2000, 3500)) for _ in _PERIODS)) for c, n in PLACES]
    roles = Roles("2019/20", code="Year", second="2020/21")
    yield Seed(
        *("Stat-Xplore", "Stat-Xplore", columns, tuple(rows), roles),
        described={"indicator": "Children in low income"},
    )
    columns = ("National - Regional - LA - OAs", "Month", "Gender", "Age band", "People")
    long = [
        (f"{code} : {name}", f"May {year}", sex, band, str(rng.randint(400, 900)))
        for code, name in PLACES
        for year in (2023, 2024, 2025)
        for sex in ("Male", "Female")
        for band in ("16-24", "25-49")
    ]
    roles = Roles("People", period="Month", code=columns[0], sex="Gender", group="Age band")
    yield Seed(
        *("Stat-Xplore, rows", "Stat-Xplore", columns, tuple(long), roles),
        above='"Table 1"\n"Counting: People on Universal Credit"\n\n',
    )


def _ons(rng: random.Random) -> Seed:
    columns = (
        *("v4_2", "LCL", "UCL", "calendar-years", "Time", "administrative-geography", "Geography"),
        *("sex", "Sex"),
    )
    rows = [
        (value, lower, upper, str(year), str(year), code, name, sex.lower(), sex)
        for code, name in PLACES
        for year in range(2019, 2024)
        for sex in ("Male", "Female")
        for value, lower, upper, _, _ in [share(rng, 40, 900)]
    ]
    places = ("administrative-geography", "Geography")
    roles = Roles("v4_2", "LCL", "UCL", "", "", "Time", *places, "Sex")
    return Seed(
        *("ONS data set", "ONS data set", columns, tuple(rows), roles),
        range=_PERCENT,
        described={"indicator": "Adults who walk", "unit": "%"},
    )


def _who(rng: random.Random) -> Seed:
    columns = (
        *("setting", "date", "source", "indicator_abbr", "indicator_name", "dimension"),
        *("subgroup", "subgroup_order", "ordered_dimension", "estimate", "ci_lb", "ci_ub"),
        *("population", "flag", "setting_average", "indicator_scale"),
    )
    groups = ("Quintile 1 (poorest)", *(f"Quintile {n}" for n in (2, 3, 4)), "Quintile 5 (richest)")
    rows = [
        (
            *("England", str(year), "Survey", "born", "Births attended", "Wealth quintile", group),
            *(str(order), "1", value, lower, upper, people, "NA", "80", "100"),
        )
        for year in (2020, 2021, 2022)
        for order, group in enumerate(groups, start=1)
        for value, lower, upper, _, people in [share(rng, 70, 900)]
    ]
    roles = Roles(
        *("estimate", "ci_lb", "ci_ub", "", "population", "date", "", "", "", "subgroup"),
        "subgroup_order",
    )
    name = "WHO Health Inequality Data Repository"
    return Seed(name, name, columns, tuple(rows), roles, range=_PERCENT)


def _scotland(rng: random.Random) -> Seed:
    columns = (
        *("indicator", "area_name", "area_code", "area_type", "year", "period", "numerator"),
        *("measure", "lower_confidence_interval", "upper_confidence_interval"),
    )
    rows = [
        ("Deaths", "Fife", "S12000047", "Council area", str(year), f"{year} year", "5", *numbers)
        for year in range(2018, 2023)
        for numbers in [years(rng, 70)]
    ]
    roles = Roles("measure", *columns[8:], "numerator", "", "year", "area_code", "area_name")
    return Seed("ScotPHO", "ScotPHO", columns, tuple(rows), roles, is_used=False)
