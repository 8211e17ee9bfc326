"""Small files about places rather than figures of authorities, with invented numbers."""

import json
import random
from collections.abc import Iterator

from .table import Roles, Seed

PLACES = (
    ("E06000055", "Bedford"),
    ("E07000095", "Broxbourne"),
    ("E07000098", "Hertsmere"),
    ("E07000102", "Three Rivers"),
    ("E07000103", "Watford"),
    ("E07000243", "Stevenage"),
)
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
    yield Seed("File 7, workbook", layout, columns, tuple(rows), roles, is_workbook=True)
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
    features = [
        {
            "type": "Feature",
            "properties": {"LAD24CD": code, "LAD24NM": name},
            "geometry": {"type": "Polygon", "coordinates": [_square(-0.2 + n / 10)]},
        }
        for n, (code, name) in enumerate(PLACES)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    yield Seed("boundaries", "boundaries", text=text)


def _square(west: float) -> list[list[float]]:
    east = round(west + 0.1, 2)
    west = round(west, 2)
    return [[west, 51.8], [east, 51.8], [east, 51.9], [west, 51.9], [west, 51.8]]
