"""Shapes for maps of many areas, and which neighbourhoods have one."""

from collections.abc import Collection

import geopandas as gpd

from ineqlib.pack.pack import Pack

LEVELS = ("lad", "utla", "region")
"""Those whose areas a map of many can show, the finest first."""


def outlines(pack: Pack, codes: Collection[str]) -> gpd.GeoDataFrame:
    """Read the shapes of some areas, of the level that holds most of them; may be empty."""
    best = gpd.GeoDataFrame({"code": []}, geometry=[])
    for level in LEVELS:
        if len(best) < len(codes) and pack.has(f"boundaries_{level}"):
            best = max(best, pack.boundaries(level, codes), key=len)
    return best


def mapped_small_areas(pack: Pack, district: str, index: str) -> dict[str, str]:
    """Return code and name of a district's neighbourhoods that have a shape, not the shapes."""
    filters = [("area_code", "==", district), ("index", "==", index)]
    rows = pack.table("boundaries_small_area", filters, ["code", "name"])
    return dict(zip(rows["code"], rows["name"], strict=True))
