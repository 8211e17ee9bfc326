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
    beside: list[list[NextTo]] = [[] for _ in outlines]
    for pair in sorted(pairs):
        for here, there in (pair, pair[::-1]):
            east, north = points[there] - points[here]
            kilometres = float(np.hypot(east, north)) / 1000
            beside[here].append(NextTo(there, direction(east, north), kilometres))
    return tuple(
        tuple(sorted(places, key=lambda n: (DIRECTIONS.index(n.direction), n.kilometres, n.place)))
        for places in beside
    )


def _touching(outlines: Shapes) -> set[tuple[int, int]]:
    first, second = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.length(shapely.intersection(outlines[first], outlines[second]))
    long_enough = shared >= SHORTEST_BORDER
    return set(zip(first[long_enough].tolist(), second[long_enough].tolist(), strict=True))


def _bridges(points: NDArray[np.float64], pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the shortest further pairs that join all places to one whole, and no more."""
    group = np.arange(len(points))
    for first, second in pairs:
        group[group == group[second]] = group[first]
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
