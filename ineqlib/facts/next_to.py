"""What lies next to what on the ground: shapes in, neighbours with direction and distance out.

So that a map can be walked and read aloud; technique G227 of the W3C's guidelines asks for a text
that serves as a map does.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

DIRECTIONS = (
    *("north", "north-east", "east", "south-east"),
    *("south", "south-west", "west", "north-west"),
)
"""Eight compass directions, clockwise."""
SHORTEST_BORDER = 1.0
"""Metres: two places that share less touch in a point."""

Shapes = NDArray[np.object_]


class NextTo(NamedTuple):
    """One place next to another, as seen from there."""

    place: int
    """Its number among all places."""
    direction: str
    kilometres: float
    """From one representative point to the other."""


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


def beside_direction(way: str) -> set[str]:
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
    both_ways = [pair[::way] for pair in pairs for way in (1, -1)]
    here, there = np.array(both_ways, dtype=int).reshape(-1, 2).T
    east, north = (points[there] - points[here]).T
    kilometres = np.hypot(east, north) / 1000
    ways = zip(both_ways, east.tolist(), north.tolist(), kilometres.tolist(), strict=True)
    beside: list[list[NextTo]] = [[] for _ in outlines]
    for (place, other), to_east, to_north, far in ways:
        beside[place].append(NextTo(other, direction(to_east, to_north), far))
    return tuple(
        tuple(sorted(places, key=lambda n: (DIRECTIONS.index(n.direction), n.kilometres, n.place)))
        for places in beside
    )


def _touching(outlines: Shapes) -> set[tuple[int, int]]:
    pairs = _with_an_edge_in_common(outlines)
    near = (tuple(pair) for pair in shapely.STRtree(outlines).query(outlines).T.tolist())
    unsure = [pair for pair in near if pair[0] < pair[1] and pair not in pairs]
    first, second = outlines[np.array(unsure, dtype=int).reshape(-1, 2).T]
    for at in np.flatnonzero(shapely.intersects(first, second)):
        if shapely.length(shapely.intersection(first[at], second[at])) >= SHORTEST_BORDER:
            pairs.add(unsure[at])
    return pairs


def _with_an_edge_in_common(outlines: Shapes) -> set[tuple[int, int]]:
    """Return most of the pairs that touch: those with two corners in a row in common.

    To lay one shape over the other takes many times as long.
    """
    parts, shape = shapely.get_parts(outlines, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    is_edge = (ring[1:] == ring[:-1]) & (np.hypot(*np.diff(corners, axis=0).T) >= SHORTEST_BORDER)
    place = shape[part[ring[:-1][is_edge]]]
    east, north, to_east, to_north = np.hstack([corners[:-1], corners[1:]])[is_edge].T
    turned = (east > to_east) | ((east == to_east) & (north > to_north))
    ends = (east, north, to_east, to_north), (to_east, to_north, east, north)
    edges = np.where(turned, ends[1], ends[0])
    order = np.lexsort(edges)
    same = (np.diff(edges[:, order]) == 0).all(axis=0)
    pairs = np.sort([place[order[:-1]][same], place[order[1:]][same]], axis=0)
    return {(first, second) for first, second in pairs.T.tolist() if first != second}


def _bridges(points: NDArray[np.float64], pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the shortest further pairs that join all places to one whole, and no more."""
    group = _groups(len(points), pairs)
    bridges = set()
    while len(np.unique(group)) > 1:
        mine = np.flatnonzero(group == group[0])
        others = np.flatnonzero(group != group[0])
        apart = np.hypot(*(points[mine][:, None] - points[others][None]).transpose(2, 0, 1))
        here, there = np.unravel_index(int(apart.argmin()), apart.shape)
        near, far = int(mine[here]), int(others[there])
        bridges.add((min(near, far), max(near, far)))
        group[group == group[far]] = group[near]
    return bridges


def _groups(count: int, pairs: set[tuple[int, int]]) -> NDArray[np.int_]:
    """Return for each place one that stands for all that it is joined to."""
    leader = list(range(count))

    def lead(place: int) -> int:
        while leader[place] != place:
            place = leader[place]
        return place

    for first, second in pairs:
        leader[lead(second)] = lead(first)
    return np.array(list(map(lead, leader)))
