"""One small file of every layout that is tried, with invented numbers."""

import random
from collections.abc import Iterator
from functools import cache

from .answer_seeds import seeds_of_answers
from .download_seeds import seeds_of_downloads
from .evidence import LIVES
from .map_seeds import seeds_of_maps
from .numbers import PLACES, share, years
from .place_seeds import seeds_of_places
from .table import Form, Roles, Seed

SEXES = ("Persons", "Male", "Female")
ENDS = ("Most deprived", "Second most deprived", "Third more deprived", "Fourth more deprived")
TENTHS = (
    *(*ENDS, "Fifth more deprived", "Fifth less deprived"),
    *("Fourth less deprived", "Third less deprived", "Second least deprived", "Least deprived"),
)
_FINGERTIPS = (
    *("Indicator ID", "Indicator Name", "Area Code", "Area Name", "Area Type", "Sex", "Age"),
    *("Category Type", "Category", "Time period", "Value", "Lower CI 95.0 limit"),
    *("Upper CI 95.0 limit", "Count", "Denominator", "Value note", "Recent Trend"),
)
_FINGERTIPS_ROLES = Roles(
    *("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator"),
    *("Time period", "Area Code", "Area Name", "Sex", "Category"),
)
_OWN = (
    *("area_code", "area_name", "indicator", "period", "sex", "value", "lower_ci", "upper_ci"),
    *("count", "denominator", "unit", "dimension", "subgroup", "subgroup_order"),
)
_OWN_ROLES = Roles(
    *("value", "lower_ci", "upper_ci", "count", "denominator", "period", "area_code", "area_name"),
    *("sex", "subgroup", "subgroup_order"),
)


@cache
def seeds() -> tuple[Seed, ...]:
    """Return every seed; the same each time."""
    rng = random.Random(10)
    tables = (*_downloads(rng), *_others(rng), *_own(rng), *seeds_of_places(rng))
    return (*tables, *seeds_of_downloads(rng), *seeds_of_answers(rng), *seeds_of_maps())


def _downloads(rng: random.Random) -> Iterator[Seed]:
    smoking = [
        (
            *("92443", "Smoking", code, name, "District", "Persons", "18+ yrs", "", "", str(year)),
            *(*share(rng, 14, 8000), "", ""),
        )
        for code, name in PLACES
        for year in range(2018, 2024)
    ]
    download = {"layout": "Fingertips download", "columns": _FINGERTIPS, "roles": _FINGERTIPS_ROLES}
    percent = {"multiplier": 100.0, "range": (0.0, 100.0)}
    yield Seed("Fingertips, shares", rows=tuple(smoking), **download, **percent)
    yield Seed("Fingertips, workbook", rows=tuple(smoking[:12]), form="xlsx", **download, **percent)
    grouped = [
        (
            *("90319", "Obesity", "E07000243", "Stevenage", "District", "Persons", "4-5 yrs"),
            *(
                "LSOA21 deprivation deciles within area (IMD2019)",
                f"{words} decile (IMD2019)",
                period,
            ),
            *(*share(rng, 10, 4000), "", ""),
        )
        for period in ("2021/22", "2022/23")
        for words in TENTHS
    ]
    yield Seed("Fingertips, tenths", rows=tuple(grouped), **download, **percent)
    lives = [
        (
            *("90366", "Life expectancy at birth", code, name, "District", sex, "All ages", "", ""),
            *(f"{year} - {year - 1998}", *years(rng, usual), "", "", "", ""),
        )
        for code, name in PLACES
        for sex, usual in (("Male", 79), ("Female", 83))
        for year in range(2018, 2021)
    ]
    yield Seed("Fingertips, lives", rows=tuple(lives), **download, range=LIVES)
    columns = (
        *("areacd", "areanm", "geography", "indicator", "period", "observation", "measure"),
        *("unit", "lci_95", "uci_95", "status", "notes"),
    )
    smokers = [
        (
            *(code, name, "LA", "Cigarette smokers", f"{year}-01-01/P5Y", value, "Percentage", "%"),
            *(lower, upper, "", ""),
        )
        for code, name in PLACES
        for year in range(2012, 2018)
        for value, lower, upper, *_ in [share(rng, 13, 3000)]
    ]
    roles = Roles(
        *("observation", "lci_95", "uci_95", "", "", "period", "areacd", "areanm"),
    )
    yield Seed(
        *("Explore Local Statistics", "Explore Local Statistics", columns, tuple(smokers), roles),
        range=(0.0, 100.0),
    )


def _others(rng: random.Random) -> Iterator[Seed]:
    columns = (
        *("area_code", "area_name", "area_type", "period", "indicator", "measure", "unit"),
        *("value", "compared_to_England", "inequality"),
    )
    rows = [
        (
            *(code, name, "District", f"{year}/{year - 1999}", "Depression: QOF prevalence"),
            *("Percentage", "Persons", share(rng, 12, 9000)[0], "Similar", "NA"),
        )
        for code, name in PLACES
        for year in range(2015, 2021)
    ]
    roles = Roles("value", period="period", code="area_code", name="area_name")
    percent = (0.0, 100.0)
    yield Seed("extract by theme", "extract by theme", columns, tuple(rows), roles, range=percent)
    columns = (
        *("ID", "Name", "Unit", "Timeperiod", "Polarity", "Area_code", "Area_name", "Value"),
        *("Lower_CI", "Upper_CI", "Numerator", "Denominator", "data_available"),
    )
    rows = [
        (
            *("92443", "Smoking", "proportion", str(year), "Low", code, name),
            *(*share(rng, 14, 8000), "Yes"),
        )
        for code, name in PLACES
        for year in range(2017, 2022)
    ]
    roles = Roles(*columns[7:12], "Timeperiod", "Area_code", "Area_name")
    layout = "extract of statistical neighbours"
    yield Seed(layout, layout, columns, tuple(rows), roles, 100.0, percent)
    columns = ("Sex", "GeoCode", "Decile", "Pop", "Deaths", "LifeExp", "SE")
    rows = [
        (
            *(sex, code, str(tenth), str(rng.randint(4000, 9000)), str(rng.randint(80, 200))),
            *(f"{74 + tenth + int(sex) * 3 + rng.uniform(-0.4, 0.4):.2f}", "0.70"),
        )
        for code in ("England", "E07000243")
        for sex in "12"
        for tenth in range(1, 11)
    ]
    layout = "life expectancy by area, tenth and sex"
    roles = Roles(
        "LifeExp", count="Deaths", denominator="Pop", code="GeoCode", sex="Sex", group="Decile"
    )
    tenths = {"index": "imd2015"}
    stated = {"period": "2014 - 16", **tenths}
    yield Seed(layout, layout, columns, tuple(rows), roles, range=LIVES, described=stated)
    columns = ("period", "imd_decile", "sex", "le", "hle")
    rows = [
        (
            *(period, str(tenth), sex, f"{usual + tenth + rng.uniform(-0.4, 0.4):.1f}"),
            *(f"{51 + 1.8 * tenth + rng.uniform(-0.4, 0.4):.1f}",),
        )
        for period in ("2017 to 2019", "2018 to 2020")
        for sex, usual in (("Male", 74), ("Female", 77))
        for tenth in range(1, 11)
    ]
    roles = Roles("le", period="period", sex="sex", group="imd_decile", second="hle")
    layout = "life expectancy by tenth, England"
    yield Seed(layout, layout, columns, tuple(rows), roles, range=LIVES, described=tenths)
    columns = ("Period", "SchoolYear", "AreaCode", "Decile", "Measured", "Count", "Rate")
    rows = [
        (period, year, "E92000001", str(tenth), denominator, count, value, lower, upper)
        for period in ("1516", "1617")
        for year in "R6"
        for tenth in range(1, 11)
        for value, lower, upper, count, denominator in [share(rng, 12, 30_000)]
    ]
    roles = Roles("Rate", "LCL", "UCL", "Count", "Measured", "Period", group="Decile")
    columns, layout = (*columns, "LCL", "UCL"), "child obesity by tenth"
    yield Seed(layout, layout, columns, tuple(rows), roles, 100.0, percent, tenths)
    columns = ("lad_code", "lad_name_le", "sex", "le_value", "period", "imd_avg_score")
    rows = [
        (code, name, sex, years(rng, usual)[0], "2020 to 2022", f"{rng.uniform(8, 40):.1f}")
        for code, name in PLACES
        for sex, usual in (("Male", 79), ("Female", 83))
    ]
    roles = Roles("le_value", period="period", code="lad_code", name="lad_name_le", sex="sex")
    layout = "life expectancy by district"
    yield Seed(layout, layout, columns, tuple(rows), roles, range=LIVES)


def _own(rng: random.Random) -> Iterator[Seed]:
    layout, percent = "your own figures", {"multiplier": 100.0, "range": (0.0, 100.0)}
    own = {"layout": layout, "columns": _OWN, "roles": _OWN_ROLES}
    shares = [
        (
            *(code, name, "Warm homes", f"{year}/{year - 1999}", "Persons", *share(rng, 20, 3000)),
            *("%", "", "", ""),
        )
        for code, name in PLACES
        for year in range(2017, 2023)
    ]
    yield Seed("own, shares", rows=tuple(shares), **own, **percent)
    forms: dict[str, Form] = {
        **{"own, workbook": "xlsx", "own, ODS workbook": "ods"},
        **{"own, old workbook": "xls", "own, archive": "zip"},
    }
    for name, form in forms.items():
        yield Seed(name, rows=tuple(shares[:12]), form=form, **own, **percent)
    fifths = ("Most deprived", "Second most deprived", "Middle", "Second least deprived")
    groups = [
        (
            *(
                "E07000243",
                "Stevenage",
                "Falls",
                period,
                "Persons",
                *share(rng, 900, 9000, 100_000),
            ),
            *("per 100,000", "local_deprivation_quintile:imd2019", f"{words} fifth", str(order)),
        )
        for period in ("2021/22", "2022/23", "2023/24")
        for order, words in enumerate((*fifths, "Least deprived"), start=1)
    ]
    yield Seed("own, fifths", rows=tuple(groups), multiplier=100_000.0, **own)
    sexes = []
    for code, name in PLACES:
        parts = [share(rng, 30, 2000) for _ in SEXES[1:]]
        count, people = (sum(int(part[place]) for part in parts) for place in (3, 4))
        for sex, cells in zip(SEXES[1:], parts, strict=True):
            sexes.append((code, name, "Visits", "2023/24", sex, *cells, "%", "", "", ""))
        around = 196 * (count * (1 - count / people)) ** 0.5 / people
        value = 100 * count / people
        limits = (f"{value - around:.1f}", f"{value + around:.1f}", str(count), str(people))
        sexes.append(
            (code, name, "Visits", "2023/24", "Persons", f"{value:.1f}", *limits, "%", "", "", "")
        )
    yield Seed("own, by sex", rows=tuple(sexes), **own, **percent)
    bare = tuple((*row[:2], "Cycle lanes", *row[3:6]) for row in shares)
    yield Seed("own, values alone", layout, _OWN[:6], bare, _OWN_ROLES)
