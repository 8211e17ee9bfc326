"""Small files about places rather than figures of authorities, with invented numbers."""

import random
from collections.abc import Iterator

from ineqlib.sources.layouts.people_by_age import BANDS

from .numbers import PLACES
from .table import Roles, Seed

IMD = "Index of Multiple Deprivation (IMD)"


def seeds_of_places(rng: random.Random) -> Iterator[Seed]:
    """Indices of Deprivation, lookups, histories of codes, neighbours and boundaries."""
    areas = [(f"E010000{n:02}", f"Marsh {n:03}A") for n in range(1, 21)]
    columns = (
        *("LSOA code (2011)", "LSOA name (2011)", "Local Authority District code (2019)"),
        *(f"{IMD} Score", f"{IMD} Rank (where 1 is most deprived)"),
        *(f"{IMD} Decile (where 1 is most deprived 10% of LSOAs)",),
        *("Income Score (rate)", "Total population: mid 2015 (excluding prisoners)"),
    )
    rows = [
        (
            *(code, name, PLACES[n % 6][0], f"{70 - 3.1 * n:.3f}", str(n + 1), str(n // 2 + 1)),
            *(f"{0.5 - n / 50:.2f}", str(rng.randint(1200, 2900))),
        )
        for n, (code, name) in enumerate(areas)
    ]
    roles = Roles(columns[3], code=columns[0], name=columns[1], group=columns[5], order=columns[4])
    layout = "Indices of Deprivation, small areas (File 7)"
    yield Seed("File 7", layout, columns, tuple(rows), roles, range=(0, 100))
    yield Seed("File 7, workbook", layout, columns, tuple(rows), roles, form="xlsx")
    columns = ("ltla24_code", "ltla24_name", "imd_average_rank", "imd_average_score")
    columns += ("imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally",)
    rows = [
        (code, name, f"{22000 - 3000 * n}.5", f"{12 + 5 * n}.25", f"{0.05 * n:.4f}")
        for n, (code, name) in enumerate(PLACES)
    ]
    roles = Roles(columns[3], code=columns[0], name=columns[1], second=columns[4])
    layout = "Indices of Deprivation, summary of authorities"
    yield Seed("summary of Indices", layout, columns, tuple(rows), roles)
    columns = ("lsoa21_code", "adult_skills_rank", "wider_barriers_score")
    rows = [(code, str(n + 1), f"{rng.uniform(5, 60):.2f}") for n, (code, _) in enumerate(areas)]
    layout = "Indices of Deprivation, table of small areas"
    roles = Roles(columns[2], code=columns[0])
    yield Seed("sub-domains", layout, columns, tuple(rows), roles, range=(-9e9, 9e9))
    rows = [(*place, "E10000015", "Hertfordshire") for place in PLACES]
    columns = ("LAD23CD", "LAD23NM", "CTYUA23CD", "CTYUA23NM")
    yield Seed("lookup", "ONS lookup", columns, tuple(rows), Roles(code="LAD23CD", name="LAD23NM"))
    rows = [(code, name, code[:-2] + "99", name) for code, name in PLACES]
    columns = ("LAD22CD", "LAD22NM", "LAD23CD", "LAD23NM")
    yield Seed("history of codes", "ONS history of authority codes", columns, tuple(rows))
    rows = [(code, *(other for other, _ in PLACES if other != code)) for code, _ in PLACES]
    columns, method = ("AREACD", "1", "2", "3", "4", "5"), {"method": "ONS neighbours"}
    layout = "ONS nearest neighbours"
    yield Seed("neighbours", layout, columns, tuple(rows), described=method)
    yield from _known(areas, rng)


def _known(areas: list[tuple[str, str]], rng: random.Random) -> Iterator[Seed]:
    """Files of which a build says what they are, and takes codes and populations at the most."""
    columns = ("LSOA11CD", "LSOA11NM", "CHGIND", "LSOA21CD", "LSOA21NM")
    rows = [(*area, "U", *area) for area in areas]
    layout = "ONS change of LSOAs 2011 to 2021"
    roles = Roles(code="LSOA11CD", name="LSOA11NM")
    yield Seed(layout, layout, columns, tuple(rows), roles, is_used=False)
    columns = ("GEOGCD", "GEOGNM", "OPER_DATE", "GEOGCD_P", "GEOGNM_P", "YEAR")
    rows = [
        (f"E0600009{n}", name, f"01/04/{2017 + n}", code, name, str(2017 + n))
        for n, (code, name) in enumerate(PLACES)
    ]
    layout = "ONS Code History Database"
    roles = Roles(period="OPER_DATE", code="GEOGCD", name="GEOGNM")
    yield Seed(layout, layout, columns, tuple(rows), roles)
    columns = ("AREACD", "AREANM", "Global", "Economic", "Demographic")
    rows = [(*place, "B", "A", "C") for place in PLACES]
    roles = Roles(code="AREACD", name="AREANM")
    yield Seed("ONS clusters", "ONS clusters", columns, tuple(rows), roles, is_used=False)
    columns = ("ltla21_code", "ltla21_name", "ethnic_group", "value")
    rows = [
        (*place, group, str(rng.randint(100, 9000)))
        for place in PLACES
        for group in ("Asian", "White")
    ]
    layout = "ONS census counts"
    yield Seed(layout, layout, columns, tuple(rows), Roles("value"), is_used=False)
    columns = ("LSOA11CD", "LSOA11NM", "total_population", "0", "1-4")
    rows = [(*area, str(rng.randint(1200, 2900)), "20", "80") for area in areas]
    layout, roles = "ONS population estimates", Roles("total_population", code="LSOA11CD")
    yield Seed(layout, layout, columns, tuple(rows), roles, is_used=False)
    columns = ("ltla23_code", "Score", "Proportion", "Extent", "Income_Extent")
    rows = [(code, f"{12 + 5 * n}.25", "0.4", "0.5", "0.1") for n, (code, _) in enumerate(PLACES)]
    layout = "Indices of Deprivation, recalculated summary"
    roles = Roles("Score", code="ltla23_code")
    yield Seed(layout, layout, columns, tuple(rows), roles, is_used=False)
    yield from _by_age()


def _by_age() -> Iterator[Seed]:
    """Deaths by age of one's own, and the people a pull fetches for them: used only together."""
    code, name = PLACES[-1]
    bands = [(sex, n, band) for sex in ("Male", "Female") for n, band in enumerate(BANDS)]
    rows = [(code, "2024", sex, band, str(3 * n)) for sex, n, band in bands]
    columns = ("area_code", "period", "sex", "age_band", "deaths")
    roles = Roles("deaths", period="period", code="area_code", sex="sex", group="age_band")
    layout = "your own deaths by age"
    yield Seed(layout, layout, columns, tuple(rows), roles, is_used=False)
    rows = [(code, name, "2024", sex, band, str(2900 - 100 * n)) for sex, n, band in bands]
    columns = ("area_code", "area_name", "year", "sex", "age_band", "population")
    roles = Roles("population", period="year", code="area_code", name="area_name", sex="sex")
    yield Seed("people by age", "people by age", columns, tuple(rows), roles, is_used=False)
