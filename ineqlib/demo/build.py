"""Making the demonstration pack: draw the country, fill it with people, publish its figures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from ineqlib.areas import area_type
from ineqlib.catalogue import load_catalogue
from ineqlib.demo import extras
from ineqlib.demo.extras import neighbourhood_figures
from ineqlib.demo.geography import make_neighbourhoods, merge_areas
from ineqlib.demo.groups import Groups, make_groups
from ineqlib.demo.indicators import DemoIndicator, load_indicators, rows_of
from ineqlib.demo.mortality import mortality_observations
from ineqlib.demo.parameters import Parameters, load_parameters
from ineqlib.demo.people import Country, populate
from ineqlib.demo.withheld import withhold_further
from ineqlib.observations import conform
from ineqlib.pack import PackMeta, write_pack

TITLE = "Demonstration county (fictional)"
SEED = 2024
NO_HEALTHY_LIFE_EXPECTANCY = "X06000013"
"""A single-tier authority too small for its survey, as some real ones are."""


def make_country(seed: int = SEED, parameters: Parameters | None = None) -> Country:
    """Draw and populate the demonstration country; the same seed gives the same country."""
    parameters = parameters or load_parameters()
    return populate(parameters, make_neighbourhoods(parameters, seed), seed)


def make_demo_pack(out: str | Path, *, seed: int = SEED) -> Path:
    """Make the pack of a fictional two-tier county in a fictional country.

    Parameters
    ----------
    out
        Folder of the pack; an earlier pack there is replaced.
    seed
        The same seed gives the same tables.

    Returns
    -------
    Path
        The folder.
    """
    country = make_country(seed)
    groups = make_groups(country)
    observed = observations_of(country, groups, load_indicators())
    observed = withhold_further(observed, areas_of(country.parameters))
    return write_fictional(out, TITLE, country, make_tables(country, groups, observed))


def write_fictional(
    out: str | Path, title: str, country: Country, tables: Mapping[str, pd.DataFrame]
) -> Path:
    """Write a pack of a simulated country, which says that it is one and from which seed."""
    vintage = f"{country.parameters.years[-1]}, made from seed {country.seed}"
    write_pack(out, tables, PackMeta(title=title, fictional=True, vintage=vintage))
    return Path(out)


def make_tables(
    country: Country, groups: Groups, observed: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return every table of a demonstration pack."""
    areas = areas_of(country.parameters)
    deaths, populations = extras.deaths_and_populations(country, groups)
    return {
        "observations": observed,
        "indicators": _indicators(observed),
        "areas": areas,
        "area_changes": extras.area_changes(country.parameters),
        "neighbours": extras.neighbours(country, groups),
        "small_areas": extras.small_areas(country),
        f"small_area_indicators_{country.parameters.index}": neighbourhood_figures(country),
        "area_deprivation": extras.area_deprivation(country, groups),
        "sources": _sources(country.seed),
        "deaths": deaths,
        "populations": populations,
        "spending": extras.spending(country),
        "unit_costs": extras.unit_costs(),
        **_boundaries(country),
    }


def observations_of(
    country: Country, groups: Groups, indicators: Sequence[DemoIndicator]
) -> pd.DataFrame:
    """Return the observations of length of life, early death and some indicators."""
    parts = [
        mortality_observations(country, groups),
        *(part for indicator in indicators for part in rows_of(country, groups, indicator)),
    ]
    observed = conform(pd.concat(parts, ignore_index=True))
    withheld = (observed["indicator_id"] == "healthy_life_expectancy") & (
        observed["area_code"] == NO_HEALTHY_LIFE_EXPECTANCY
    )
    observed.loc[withheld, ["value", "lower_ci", "upper_ci", "count"]] = float("nan")
    observed.loc[withheld, "status"] = "not_available"
    observed.loc[withheld, "note"] = "Too few people were asked in this area"
    return observed


def _indicators(observed: pd.DataFrame) -> pd.DataFrame:
    described = {known.id: known.described for known in load_indicators() if known.described}
    rows = []
    for indicator in observed["indicator_id"].unique():
        if indicator in described:
            about = described[indicator]
            rows.append((indicator, about["name"], about["unit"], 1, "demo", False))
        else:
            known = load_catalogue()[indicator]
            rows.append((indicator, known.name, known.unit, known.decimals, "demo", True))
    columns = ["indicator_id", "name", "unit", "decimals", "source", "catalogued"]
    return pd.DataFrame(rows, columns=columns)


def areas_of(parameters: Parameters) -> pd.DataFrame:
    """Return the current areas, and the ended ones with what became of them."""
    country = parameters.country["code"]
    region_of = {
        code: region.code
        for region in parameters.regions
        for code in (*region.counties, *(place.code for place in parameters.of_region(region)))
    }
    renamed = {
        change["new_code"]: change["old_code"]
        for change in parameters.changes
        if change["kind"] == "renamed"
    }
    current = [
        *((place.code, place.name, place.county) for place in parameters.places),
        *((code, name, "") for code, name in parameters.counties.items()),
        *((region.code, region.name, "") for region in parameters.regions),
        (country, parameters.country["name"], ""),
    ]
    rows = [
        {
            "area_code": code,
            "area_name": name,
            "area_type": area_type(code),
            "parent_code": parent,
            "region_code": region_of.get(code, ""),
            "country_code": "" if code == country else country,
            "ended": False,
            "successors": "",
            "renamed_from": renamed.get(code, ""),
        }
        for code, name, parent in current
    ]
    return pd.DataFrame([*rows, *_ended_areas(parameters, region_of)])


def _ended_areas(parameters: Parameters, region_of: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "area_code": change["old_code"],
            "area_name": change["old_name"],
            "area_type": area_type(change["old_code"]),
            "parent_code": "",
            "region_code": region_of[change["new_code"]],
            "country_code": parameters.country["code"],
            "ended": True,
            "successors": change["new_code"],
            "renamed_from": "",
        }
        for change in parameters.changes
        if change["kind"] != "renamed"
    ]


def _boundaries(country: Country) -> dict[str, gpd.GeoDataFrame]:
    parameters = country.parameters
    drawn = country.neighbourhoods[["code", "name", "area_code", "geometry"]]
    places = {place.code: (place.code, place.name) for place in parameters.places}
    upper = {
        place.code: (place.county, parameters.counties[place.county])
        if place.county
        else (place.code, place.name)
        for place in parameters.places
    }
    regions = {
        place.code: (region.code, region.name)
        for region in parameters.regions
        for place in parameters.of_region(region)
    }
    return {
        "boundaries_lad": merge_areas(drawn, places),
        "boundaries_utla": merge_areas(drawn, upper),
        "boundaries_region": merge_areas(drawn, regions),
        "boundaries_small_area": drawn.assign(index=parameters.index),
    }


def _sources(seed: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "source_id": "demo",
                "title": f"Fictional demonstration data, made by ineqlib from seed {seed}: "
                "not real places or people",
                "publisher": "ineqlib (fictional data)",
                "licence": "Made up; free of any rights (CC0 1.0)",
                "attribution": "Fictional data: no real place, person or event is described.",
            }
        ]
    )
