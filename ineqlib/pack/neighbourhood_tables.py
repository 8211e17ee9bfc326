"""What a pack knows of each neighbourhood besides its shape, wherever in the pack that stands."""

import pandas as pd

from ineqlib.pack.pack import Pack

INDICATORS = "small_area_indicators_"
"""Begins the name of a table with what an index of deprivation was made from; its id follows."""
THEMES = {
    "decile": "Deprivation as a whole",
    "income_decile": "Income",
    "employment_decile": "Employment",
    "education_decile": "Education, skills and training",
    "health_decile": "Health and disability",
    "crime_decile": "Crime",
    "barriers_decile": "Barriers to housing and services",
    "environment_decile": "Living environment",
    "children_and_young_people_decile": "Children and young people's education",
    "adult_skills_decile": "Adult skills",
    "geographical_barriers_decile": "Distance to services",
    "wider_barriers_decile": "Access to housing",
    "indoors_decile": "Homes (indoors)",
    "outdoors_decile": "Air and roads (outdoors)",
}
"""Column with the national tenth of a neighbourhood, 1 the most deprived -> what it is of: the
index, its domains, its sub-domains."""


def indices_with_indicators(pack: Pack) -> list[str]:
    """Return the ids of the indices of deprivation that a pack has such a table of."""
    return [
        name.removeprefix(INDICATORS) for name in pack.meta.tables if name.startswith(INDICATORS)
    ]


def themes(pack: Pack, area_code: str, index: str) -> pd.DataFrame:
    """Return an area's neighbourhoods with their national tenth of every theme the pack has.

    As `with_themes` returns them.
    """
    return with_themes(pack, pack.small_areas(area_code, index), index)


def with_themes(pack: Pack, rows: pd.DataFrame, index: str) -> pd.DataFrame:
    """Return neighbourhoods, given as rows of one index, with their tenth of every theme.

    Sub-domains stand in where the pack has no domains: a map offers eight themes at most.

    Returns
    -------
    DataFrame
        small_area_code, small_area_name, locality (empty where unknown), rank, population, and of
        locality_code and `THEMES` the columns there are.
    """
    rows = rows.drop_duplicates("small_area_code")
    if "locality" not in rows:
        rows = rows.assign(locality="")
    further = f"small_area_subdomains_{index}"
    if pack.has(further) and "income_decile" not in rows:
        codes = set(rows["small_area_code"])
        table = pack.shared(_subdomains, further)
        rows = rows.merge(table[table["small_area_code"].isin(codes)], how="left")
    wanted = ["small_area_code", "small_area_name", "locality", "rank", "population"]
    return rows[[*wanted, *(name for name in ("locality_code", *THEMES) if name in rows)]]


def _subdomains(pack: Pack, table: str) -> pd.DataFrame:
    frame = pack.table(table)
    return frame[["small_area_code", *(name for name in THEMES if name in frame)]]
