"""The neighbourhoods of an area as a map has them: what each is like and what lies next to it.

Nothing here knows a drawing: shapes in, and out come who touches whom, in which direction and how
far away, so that a map can be walked and read aloud (technique G227 of the W3C's guidelines asks
for a text that serves as a map does).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ineqlib.facts.deprivation import Spread
from ineqlib.facts.profile import Profile
from ineqlib.pack.neighbourhood_tables import THEMES, themes

DIRECTIONS = (
    *("north", "north-east", "east", "south-east"),
    *("south", "south-west", "west", "north-west"),
)
"""Eight compass directions, clockwise."""
MOST = 400
"""Neighbourhoods that one map shows; more of them are shown by the next larger unit."""
SHORTEST_BORDER = 1.0
"""Metres: two places that share less touch in a point."""
MOST_OF = 0.6
"""Share of an area's most deprived fifth that must lie one way for the map to say so."""
CLOSE = 0.6
"""Share of the usual distance from the middle within which "around the middle" is said."""
_PART = re.compile(r"^(.* \d{3})[A-Z]{1,2}$")
"""Name of an LSOA: that of the MSOA it is part of, and a letter."""
_NUMBER = re.compile(r"\d{3}[A-Z]{0,2}")

Shapes = NDArray[np.object_]


class NextTo(NamedTuple):
    """One place next to another, as seen from there.

    Parameters
    ----------
    place
        Its number among all places.
    kilometres
        From one representative point to the other.
    """

    place: int
    direction: str
    kilometres: float


class MapPlace(NamedTuple):
    """One place of a map.

    Parameters
    ----------
    name, locality
        Its own name, and that of the ward or quarter it is in where the pack knows it.
    order
        1 = the most deprived of the places shown; None without data.
    tenths
        National tenth (1 = most deprived) of each theme; None without data.
    fifth
        Of the area's own neighbourhoods; None in areas with fewer than five.
    next_to
        What touches it; what lies nearest where nothing does.
    """

    code: str
    name: str
    locality: str
    order: int | None
    tenths: tuple[int | None, ...]
    fifth: int | None
    next_to: tuple[NextTo, ...] = ()

    @property
    def tenth(self) -> int | None:
        """The national tenth of deprivation."""
        return self.tenths[0]

    @property
    def full_name(self) -> str:
        """Its name with that of its locality: ``Bedwell 008B``."""
        number = self.name.rpartition(" ")[2]
        if not self.locality or self.locality == self.name:
            return self.name
        return f"{self.locality} {number if _NUMBER.fullmatch(number) else self.name}"


@dataclass(frozen=True)
class NeighbourhoodMap:
    """All places of an area's map, the most deprived first.

    Parameters
    ----------
    unit
        What one place is: ``neighbourhood``, ``group of neighbourhoods`` or ``district``.
    themes
        What the tenths of each place are of, deprivation itself first.
    places, shapes
        In the same order; shapes in British National Grid.
    """

    unit: str
    themes: tuple[str, ...]
    places: tuple[MapPlace, ...]
    shapes: gpd.GeoSeries = field(repr=False, compare=False)

    @property
    def points(self) -> NDArray[np.float64]:
        """A point inside each place, east and north."""
        return representative_points(self.shapes.to_numpy())

    @property
    def most_deprived_lie(self) -> str:
        """Where most of the area's most deprived fifth lie: a direction, ``middle`` or nothing."""
        points = self.points
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        worst = [number for number, place in enumerate(self.places) if place.fifth == 1]
        if not worst:
            return ""
        away = [direction(*(points[number] - middle)) for number in worst]
        near = {
            way: sum(other in _beside(way) for other in away) / len(away) for way in DIRECTIONS[::2]
        }
        way = max(near, key=lambda name: near[name])
        if near[way] >= MOST_OF:
            return way
        far = np.hypot(*(points - middle).T)
        return "middle" if np.median(far[worst]) < CLOSE * np.median(far) else ""


def neighbourhood_map(profile: Profile, spread: Spread | None) -> NeighbourhoodMap | None:
    """Read an area's neighbourhoods with their shapes; None where the pack has none of them."""
    if spread is None or not profile.pack.has("boundaries_small_area"):
        return None
    shapes = profile.pack.boundaries(
        "small_area", area_code=profile.area.code, index=spread.index
    ).drop_duplicates("code")
    if shapes.empty:
        return None
    known = themes(profile.pack, profile.area.code, spread.index)
    frame = pd.DataFrame(
        shapes.merge(known, left_on="code", right_on="small_area_code", how="left")
    )
    frame["name"] = frame["small_area_name"].fillna(frame["name"])
    fifths = {place.code: place.fifth for place in spread.places}
    frame["fifth"] = frame["code"].map(fifths).astype("float64")
    districts = {each.code: each.name for each in profile.pack.districts(profile.area.code)}
    frame["area_name"] = [districts.get(code, profile.area.name) for code in frame["area_code"]]
    unit = "neighbourhood"
    if len(frame) > MOST:
        unit, frame = grouped(frame)
    frame = frame.sort_values(["rank", "code"], ignore_index=True)
    return NeighbourhoodMap(
        unit,
        tuple(THEMES[name] for name in THEMES if name in frame),
        _places(frame),
        gpd.GeoSeries(frame["geometry"], crs=shapes.crs),
    )


def grouped(frame: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Join neighbourhoods to larger places, where there are too many to be told apart.

    By the MSOAs that their names tell, else by district. A place has the rank and the tenths of
    its middle neighbourhood, by people as far as these are known.

    Returns
    -------
    tuple
        What a place is, and a row for each.
    """
    stems = frame["name"].str.extract(_PART, expand=False)
    by_district = bool(stems.isna().any()) or stems.nunique() > MOST
    numbers, names = pd.factorize(frame["area_name"] if by_district else stems, sort=True)
    people = frame["population"].fillna(1.0).clip(lower=0).to_numpy()
    middles = {
        name: _middles(frame[name].to_numpy(dtype=float), people, numbers, len(names))
        for name in ("rank", "fifth", *THEMES)
        if name in frame
    }
    shapes = frame["geometry"].to_numpy()
    first = frame.groupby(numbers).first()
    places = {
        "code": first["area_code" if by_district else "code"],
        "name": names,
        "locality": first["area_name"] if frame["area_name"].nunique() > 1 else first["locality"],
        "geometry": [shapely.union_all(shapes[numbers == n]) for n in range(len(names))],
    }
    return ("district" if by_district else "group of neighbourhoods"), pd.DataFrame(
        places | middles
    )


def _middles(
    values: NDArray[np.float64], people: NDArray[np.float64], group: NDArray[np.int_], groups: int
) -> NDArray[np.float64]:
    """Return for each group the value of which half its people have less or the same."""
    there = np.flatnonzero(~np.isnan(values))
    order = there[np.lexsort((values[there], group[there]))]
    middles = np.full(groups, np.nan)
    for number in range(groups):
        members = order[group[order] == number]
        if len(members):
            reached = np.cumsum(people[members])
            middles[number] = values[members[np.searchsorted(reached, reached[-1] / 2)]]
    return middles


def _places(frame: pd.DataFrame) -> tuple[MapPlace, ...]:
    beside = next_to(frame["geometry"].to_numpy())
    columns = [frame[name].to_numpy() for name in THEMES if name in frame]
    return tuple(
        MapPlace(
            row.code,
            row.name,
            row.locality if isinstance(row.locality, str) else "",
            None if pd.isna(row.rank) else number + 1,
            tuple(_whole(column[number]) for column in columns),
            _whole(row.fifth),
            beside[number],
        )
        for number, row in enumerate(frame.itertuples(index=False))
    )


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else int(value)


def representative_points(shapes: Shapes) -> NDArray[np.float64]:
    """Return a point inside each shape, also where its middle is not."""
    points: NDArray[np.float64] = shapely.get_coordinates(shapely.point_on_surface(shapes))
    return points


def direction(east: float, north: float) -> str:
    """Name the direction of a way by how far it leads east and north.

    Examples
    --------
    >>> direction(0, 1), direction(-1, -1), direction(2, 0.1)
    ('north', 'south-west', 'east')
    """
    return DIRECTIONS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def _beside(way: str) -> set[str]:
    """Return a direction and the two beside it."""
    at = DIRECTIONS.index(way)
    return {DIRECTIONS[(at + turn) % 8] for turn in (-1, 0, 1)}


def next_to(shapes: Shapes | Sequence[shapely.Geometry]) -> tuple[tuple[NextTo, ...], ...]:
    """Say of every place what lies next to it, clockwise from north.

    Places are next to each other where they share a border. An island, or a group of places that
    touches no other, is next to the nearest place beyond the water, so that one can come from each
    place to every other.
    """
    outlines = np.asarray(shapes, dtype=object)
    points = representative_points(outlines)
    pairs = _touching(outlines)
    pairs |= _bridges(points, pairs)
    beside: list[list[NextTo]] = [[] for _ in outlines]
    for one, other in sorted(pairs):
        for here, there in ((one, other), (other, one)):
            east, north = points[there] - points[here]
            kilometres = float(np.hypot(east, north)) / 1000
            beside[here].append(NextTo(there, direction(east, north), kilometres))
    return tuple(
        tuple(sorted(each, key=lambda n: (DIRECTIONS.index(n.direction), n.kilometres, n.place)))
        for each in beside
    )


def _touching(outlines: Shapes) -> set[tuple[int, int]]:
    one, other = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    shared = shapely.length(shapely.intersection(outlines[one], outlines[other]))
    long_enough = shared >= SHORTEST_BORDER
    return set(zip(one[long_enough].tolist(), other[long_enough].tolist(), strict=True))


def _bridges(points: NDArray[np.float64], pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the shortest further pairs that join all places to one whole, and no more."""
    group = np.arange(len(points))
    for one, other in pairs:
        group[group == group[other]] = group[one]
    bridges = set()
    while len(np.unique(group)) > 1:
        mine = np.flatnonzero(group == group[0])
        others = np.flatnonzero(group != group[0])
        apart = np.hypot(*(points[mine][:, None] - points[others][None]).transpose(2, 0, 1))
        here, there = np.unravel_index(int(apart.argmin()), apart.shape)
        one, other = int(mine[here]), int(others[there])
        bridges.add((min(one, other), max(one, other)))
        group[group == group[other]] = group[one]
    return bridges
