"""The map of the demonstration country: neighbourhoods first, everything else made of them.

Shared borders are shared exactly, because every area is a union of the faces of one drawing.
"""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from ineqlib.demo.parameters import Parameters, Place, random

Points = NDArray[np.float64]
CRS = "EPSG:27700"
GRID = 10
"""Metres between possible corners; all lines of a drawing are rounded together."""


def make_neighbourhoods(parameters: Parameters, seed: int) -> gpd.GeoDataFrame:
    """Draw the neighbourhoods of the whole country, in the order of the places.

    Columns are ``code, name, area_code, town`` (inside the place's town or not), `geometry`.
    """
    rng = random(seed, "geography")
    coast = _coastline(parameters.shape, rng)
    places, centres = _settle(parameters, coast, rng)
    territories = _cells(centres, coast)
    points, towns = zip(
        *(_neighbourhood_points(p, t, rng) for p, t in zip(places, territories, strict=True)),
        strict=True,
    )
    cells = _cells(np.vstack(points), coast)
    sizes = [place.neighbourhoods for place in places]
    frame = gpd.GeoDataFrame(
        {
            "area_code": np.repeat([place.code for place in places], sizes),
            "area_name": np.repeat([place.name for place in places], sizes),
            "town": np.concatenate(towns),
        },
        geometry=list(cells),
        crs=CRS,
    )
    order = {place.code: number for number, place in enumerate(parameters.places)}
    frame = frame.sort_values("area_code", key=lambda codes: codes.map(order), kind="stable")
    frame = frame.reset_index(drop=True)
    number = frame.groupby("area_code", sort=False).cumcount() + 1
    frame["code"] = [f"X01{row:06d}" for row in range(1, len(frame) + 1)]
    frame["name"] = frame["area_name"] + " " + number.map("{:03d}".format)
    return frame[["code", "name", "area_code", "town", "geometry"]]


def merge_areas(
    neighbourhoods: gpd.GeoDataFrame, of: dict[str, tuple[str, str]]
) -> gpd.GeoDataFrame:
    """Merge neighbourhoods into areas; `of` has code and name of the one each place belongs to."""
    members = neighbourhoods[neighbourhoods["area_code"].isin(of)]
    merged = members[["geometry"]].dissolve(
        by=members["area_code"].map(lambda place: of[place][0]).rename("code"), method="coverage"
    )
    names = dict(of.values())
    merged = merged.reset_index()
    merged["name"] = merged["code"].map(names)
    return merged[["code", "name", "geometry"]]


def _coastline(shape: dict, rng: np.random.Generator) -> shapely.Polygon:
    angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    radius = np.ones_like(angle)
    for wave in range(2, 24):
        radius += (
            shape["roughness"]
            / wave
            * rng.normal()
            * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
        )
    x, y = shape["centre"]
    ring = np.column_stack(
        [
            x + 1.15 * shape["radius"] * radius * np.cos(angle),
            y + shape["radius"] * radius * np.sin(angle),
        ]
    )
    return shapely.Polygon(ring)


def _settle(
    parameters: Parameters, coast: shapely.Polygon, rng: np.random.Generator
) -> tuple[list[Place], Points]:
    """Give every place a centre: regions from west to east, each region's places from south."""
    centres = _relax(_inside(coast, len(parameters.places), rng), coast, rounds=20)
    west_to_east = centres[np.argsort(centres[:, 0])]
    places: list[Place] = []
    settled, first = [], 0
    for region in parameters.regions:
        members = parameters.of_region(region)
        strip = west_to_east[first : first + len(members)]
        settled.append(strip[np.argsort(strip[:, 1])])
        places.extend(members)
        first += len(members)
    return places, np.vstack(settled)


def _neighbourhood_points(
    place: Place, territory: shapely.Polygon, rng: np.random.Generator
) -> tuple[Points, NDArray[np.bool_]]:
    """Scatter a place's neighbourhoods: a town crowded round the middle, the rest spread out."""
    in_town = round(place.town * place.neighbourhoods)
    reach = np.sqrt(shapely.area(territory) * place.town) / 4
    town = shapely.centroid(territory).buffer(reach).intersection(territory)
    points = np.vstack(
        [
            _relax(_inside(town, in_town, rng), town, rounds=2),
            _inside(territory.buffer(-500).difference(town), place.neighbourhoods - in_town, rng),
        ]
    )
    return points, np.arange(len(points)) < in_town


def _inside(area: shapely.Geometry, number: int, rng: np.random.Generator) -> Points:
    """Draw points uniformly inside an area."""
    left, bottom, right, top = area.bounds
    kept = np.empty((0, 2))
    while len(kept) < number:
        tried = rng.uniform((left, bottom), (right, top), size=(4 * number + 8, 2))
        kept = np.vstack([kept, tried[shapely.contains_xy(area, tried)]])
    return kept[:number]


def _relax(points: Points, area: shapely.Geometry, rounds: int) -> Points:
    """Even out points by moving each to the middle of its cell (Lloyd's algorithm)."""
    for _ in range(rounds):
        if len(points) < 3:
            break
        points = shapely.get_coordinates(shapely.centroid(_cells(points, area)))
    return points


def _cells(points: Points, area: shapely.Geometry) -> NDArray[np.object_]:
    """Return the part of the area nearest to each point, with exactly shared borders."""
    borders = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=area, only_edges=True)
    lines = shapely.union(borders, shapely.boundary(area), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.point_on_surface(faces)
    land = shapely.contains(area, inner)
    owner = cKDTree(points).query(shapely.get_coordinates(inner[land]))[1]
    cells = np.empty(len(points), dtype=object)
    for point in range(len(points)):
        cells[point] = shapely.coverage_union_all(faces[land][owner == point])
    return cells
