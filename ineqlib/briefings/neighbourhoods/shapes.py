"""Where the places lie: their shapes, made of neighbourhoods where they are wards or MSOAs."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import shapely

from ineqlib.areas import LSOA_NAME
from ineqlib.briefings.neighbourhoods.figures import Figures, Place
from ineqlib.catalogue import load_indices
from ineqlib.pack import Pack
from ineqlib.pack.neighbourhood_tables import themes


def shapes_of(pack: Pack, area_code: str, figures: Figures) -> gpd.GeoDataFrame:
    """Return `code`, `name` and `geometry` of the places that have a shape; may be empty.

    A ward or MSOA is the neighbourhoods that the pack puts into it, so that its border is that of
    whole neighbourhoods.
    """
    if not pack.has("boundaries_small_area") or not pack.has("small_areas"):
        return _shapes([], [], [])
    best = _shapes([], [], [])
    for index in _indices(pack, area_code, figures.index):
        shapes_of_index = _of_index(pack, area_code, index, figures)
        best = max(best, shapes_of_index, key=len)
    return best


def _indices(pack: Pack, area_code: str, index: str) -> list[str]:
    """Return the index that the figures come with, else those of the area, the newest first."""
    if index:
        return [index]
    years = {known.id: known.year for known in load_indices().values()}
    named = pack.small_areas(area_code)["index"].unique().tolist()
    return sorted(named, key=lambda name: -years.get(name, 0))


def _of_index(pack: Pack, area_code: str, index: str, figures: Figures) -> gpd.GeoDataFrame:
    drawn = pack.boundaries("small_area", area_code=area_code, index=index)
    drawn = drawn.drop_duplicates("code")
    if drawn.empty:
        return drawn[["code", "name", "geometry"]]
    about = themes(pack, area_code, index).set_index("small_area_code").reindex(drawn["code"])
    place_of = _key(figures.unit, about, figures.places)
    members = pd.Series(drawn["geometry"].to_numpy()).groupby(place_of.to_numpy()).agg(list)
    known = [place for place in figures.places if place.code in members.index]
    return _shapes(
        [place.code for place in known],
        [place.name for place in known],
        [shapely.union_all(members[place.code]) for place in known],
        drawn.crs,
    )


def _key(unit: str, about: pd.DataFrame, places: Sequence[Place]) -> pd.Series:
    """Return the code of the place that each neighbourhood is in; None where nothing tells it."""
    if unit == "lsoa":
        return about.index.to_series()
    if unit == "ward" and "locality_code" in about and about["locality_code"].any():
        return about["locality_code"]
    # Of two places of one name nothing tells which is meant.
    names = pd.Series([place.code for place in places], [place.name for place in places])
    names = names[~names.index.duplicated(keep=False)]
    own = about["small_area_name"]
    known_by = own.str.extract(LSOA_NAME, expand=False).fillna(own) if unit == "msoa" else None
    return (about["locality"] if known_by is None else known_by).map(names)


def _shapes(codes: list, names: list, geometry: list, crs: object = None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"code": codes, "name": names}, geometry=geometry, crs=crs)
