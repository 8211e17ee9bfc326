"""Shapes for maps of many areas, and for what lies around one."""

from collections.abc import Collection

import geopandas as gpd

from ineqlib.pack.pack import Pack

LEVELS = ("lad", "utla", "region", "own")
"""Those whose areas a map of many can show, the finest first."""


def outlines(pack: Pack, codes: Collection[str]) -> gpd.GeoDataFrame:
    """Read the shapes of some areas, of the level that holds most of them; may be empty."""
    best = gpd.GeoDataFrame({"code": []}, geometry=[])
    for level in LEVELS:
        if len(best) < len(codes) and pack.has(f"boundaries_{level}"):
            best = max(best, pack.boundaries(level, codes), key=len)
    return best


def surroundings(pack: Pack) -> gpd.GeoDataFrame:
    """Return name and shape of every district, for what lies around a map; may be empty."""
    if not pack.has("boundaries_lad"):
        return gpd.GeoDataFrame({"name": []}, geometry=[])
    return pack.shared(_districts)


def _districts(pack: Pack) -> gpd.GeoDataFrame:
    return pack.boundaries("lad")[["name", "geometry"]]
