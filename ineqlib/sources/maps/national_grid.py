"""Shapes in British National Grid, from the projection they state or show."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import ProjError

from ineqlib.errors import InputError

BRITISH_NATIONAL_GRID = 27700
WGS84 = 4326
EXTENT = {
    WGS84: ((-7.0, 49.0, 2.5, 56.5), (-9.0, 49.0, 2.5, 61.5)),
    BRITISH_NATIONAL_GRID: ((0, 1000, 700_000, 700_000), (-20_000, 1000, 700_000, 1_300_000)),
}
"""Where England and the United Kingdom lie: west, south, east, north in degrees and in metres."""

SEA = ((0, 160_000, 280_000, 700_000), (560_000, 400_000, 700_000, 700_000))
"""Where nothing of England lies, in metres: north of Devon and Cornwall, east of Northumberland and
Yorkshire. Places whose two numbers are swapped fall into one of them."""


def to_national_grid(areas: Any, codes: pd.Series, stated: CRS | None) -> gpd.GeoSeries:
    """Put shapes into British National Grid, from the projection they state or show."""
    geometry = gpd.GeoSeries(areas)
    if geometry.empty:
        return geometry.set_crs(BRITISH_NATIONAL_GRID)
    english = codes.str.startswith("E").to_numpy()
    crs = stated or _shown(geometry, english)
    try:
        projected = geometry.set_crs(crs).to_crs(BRITISH_NATIONAL_GRID)
        inside = _within(projected, english, BRITISH_NATIONAL_GRID)
    except (ProjError, ValueError) as error:
        raise InputError(
            "The projection the file states cannot be turned into British National Grid. Export "
            "it again as WGS84 (EPSG:4326) or British National Grid (EPSG:27700)."
        ) from error
    if not inside:
        raise InputError(
            f"The file states the projection {CRS(crs).name[:60]}, but its coordinates "
            f"({_extent(geometry)}) then lie outside England, or for other areas outside the "
            "United Kingdom. Where the two numbers of each point are swapped, put the one of "
            "west and east first. Or export it again as WGS84 longitude and latitude (EPSG:4326) "
            "or British National Grid (EPSG:27700)."
        )
    return projected


def _shown(geometry: gpd.GeoSeries, english: Any) -> int:
    """Tell the projection of a file that states none, from where its coordinates lie."""
    for epsg in EXTENT:
        if _within(geometry, english, epsg):
            return epsg
    raise InputError(
        f"The file states no projection and its coordinates ({_extent(geometry)}) are neither "
        "longitude and latitude in England nor British National Grid metres, each with the "
        "number of west and east first. Export it again as WGS84 (EPSG:4326) or British National "
        "Grid (EPSG:27700)."
    )


def _within(geometry: gpd.GeoSeries, english: Any, epsg: int) -> bool:
    """Tell whether English shapes lie in England, and all in the United Kingdom."""
    bounds = geometry.bounds.to_numpy()
    is_inside = all(
        bool((places[:, :2] >= extent[:2]).all() and (places[:, 2:] <= extent[2:]).all())
        for places, extent in zip((bounds[english], bounds), EXTENT[epsg], strict=True)
    )
    return is_inside and not (epsg == BRITISH_NATIONAL_GRID and _in_sea(bounds[english]).any())


def _in_sea(bounds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell of each shape by its bounds whether its middle lies where England does not."""
    east, north = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    within = [
        (east > left) & (east < right) & (north > bottom) & (north < top)
        for left, bottom, right, top in SEA
    ]
    return np.any(within, axis=0)


def _extent(geometry: gpd.GeoSeries) -> str:
    left, bottom, right, top = geometry.total_bounds
    return f"x {left:.6g} to {right:.6g}, y {bottom:.6g} to {top:.6g}"
