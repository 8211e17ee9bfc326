"""What every reader of shapes returns, and the areas it makes of coordinates."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from ineqlib.errors import InputError, listed

Coordinates = NDArray[np.float64]


LARGEST_COORDINATE = 1e12
"""In any unit a place on Earth is far from that, and its square can still be reckoned with."""

FEWEST_POINTS = 4
"""Of a closed ring: a triangle, and its first point again."""


class BrokenShape(ValueError):
    """A geometry that cannot be an area; says what it has, not where in the file it is."""


@dataclass(frozen=True)
class MapFile:
    """The shapes of one file.

    Parameters
    ----------
    properties
        Of each shape; values as the file has them, whatever their type.
    areas
        Polygons and multipolygons, None where a shape has no geometry.
    crs
        The projection the file states; None where it states none.
    remarks
        What else the reader of the report should know.
    """

    properties: list[dict[str, Any]]
    areas: NDArray[Any]
    crs: CRS | None
    remarks: tuple[str, ...] = ()


def points(numbers: object) -> Coordinates:
    """Return the x and y of a list of points."""
    coordinates = pairs(numbers)
    if not on_earth(coordinates):
        raise BrokenShape("coordinates that are no place")
    return coordinates


def pairs(numbers: object) -> Coordinates:
    """Return the x and y of a list of points, wherever they are."""
    try:
        coordinates = np.array(numbers, dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        raise BrokenShape("coordinates that are not pairs of numbers") from error
    if coordinates.ndim != 2 or coordinates.shape[1] not in (2, 3, 4):
        raise BrokenShape("coordinates that are not pairs of numbers")
    return coordinates[:, :2]


def on_earth(coordinates: Coordinates) -> bool:
    """Tell whether coordinates are numbers that can be reckoned with, in whatever unit."""
    return bool((np.abs(coordinates) < LARGEST_COORDINATE).all())


def ring(numbers: object) -> Coordinates:
    """Return the points of a closed ring."""
    coordinates = points(numbers)
    if len(coordinates) < FEWEST_POINTS:
        raise BrokenShape("a ring of fewer than four points")
    if tuple(coordinates[0]) != tuple(coordinates[-1]):
        raise BrokenShape("a ring that does not end where it began")
    return coordinates


class Rings(NamedTuple):
    """The rings of one shape: of each polygon its outer ring and its holes.

    Parameters
    ----------
    polygons
        At least one, each of at least one ring: a list of points, or an array of them.
    is_multi
        Whether the shape is a multipolygon, which may have one part alone.
    """

    polygons: list[list[Any]]
    is_multi: bool = True

    def rings(self) -> Iterator[Any]:
        """Give every ring."""
        return itertools.chain.from_iterable(self.polygons)


def read_areas(geometries: Iterable[object], rings_of: Callable[[Any], Rings]) -> NDArray[Any]:
    """Return the areas within the rings of every geometry; None stays None.

    Raises
    ------
    InputError
        Some are broken; the message counts them and says of five what is wrong.
    """
    shapes: dict[int, Rings | None] = {}
    broken = {}
    for number, geometry in enumerate(geometries, start=1):
        try:
            rings = None if geometry is None else rings_of(geometry)
            if rings and not all(rings.polygons or [[]]):
                raise BrokenShape("a polygon without a ring")
            shapes[number] = rings
        except BrokenShape as error:
            broken[number] = error
    every = len(shapes) + len(broken)
    # Ring by ring, reading and checking would take as long as parsing the file.
    points = _all_points([ring for shape in shapes.values() if shape for ring in shape.rings()])
    if points is None:
        broken |= _broken_rings(shapes)
    if broken or points is None:
        faults = [f"no. {number} has {broken[number]}" for number in sorted(broken)]
        raise InputError(
            f"{len(broken)} of {every} shapes cannot be read: "
            f"{listed(faults)}. Expected polygons of closed rings. Download the file again, or "
            "export it again as GeoJSON."
        )
    return _areas(list(shapes.values()), points)


def _all_points(rings: list[Any]) -> Coordinates | None:
    """Return the points of many rings, one after the other; None if `ring` would refuse one."""
    if not rings:
        return np.empty((0, 2))
    try:
        together = _pairs_at_once(rings)
        lengths = np.array([len(ring) for ring in rings])
    except (BrokenShape, TypeError, ValueError, OverflowError):
        return None
    if (lengths < FEWEST_POINTS).any() or not on_earth(together):
        return None
    ends = lengths.cumsum()
    return together if (together[ends - lengths] == together[ends - 1]).all() else None


def _pairs_at_once(rings: list[Any]) -> Coordinates:
    """Return the x and y of the points of many rings, one after the other."""
    if all(isinstance(ring, list) for ring in rings):
        every = list(itertools.chain.from_iterable(rings))
        if set(map(type, every)) == {list} and set(map(len, every)) == {2}:
            numbers = np.fromiter(itertools.chain.from_iterable(every), float, 2 * len(every))
            return numbers.reshape(-1, 2)
    return np.concatenate([pairs(ring) for ring in rings])


def _broken_rings(shapes: Mapping[int, Rings | None]) -> dict[int, BrokenShape]:
    """Return what is wrong with the rings of shapes, by the shapes' numbers."""
    broken = {}
    for number, shape in shapes.items():
        try:
            for coordinates in shape.rings() if shape else ():
                ring(coordinates)
        except BrokenShape as error:
            broken[number] = error
    return broken


def _areas(shapes: list[Rings | None], points: Coordinates) -> NDArray[Any]:
    """Make the areas of all shapes at once, which is several times as fast as one by one."""
    areas = np.full(len(shapes), None, dtype=object)
    present = [(number, shape) for number, shape in enumerate(shapes) if shape]
    if not present:
        return areas
    polygons = [polygon for _, shape in present for polygon in shape.polygons]
    rings = [ring for polygon in polygons for ring in polygon]
    lines = shapely.linearrings(points, indices=_owners(rings))
    parts = shapely.polygons(lines, indices=_owners(polygons))
    owners = _owners([shape.polygons for _, shape in present])
    numbers = np.array([number for number, _ in present])
    areas[numbers] = shapely.multipolygons(parts, indices=owners)
    is_multi = np.array([shape.is_multi for _, shape in present])
    areas[numbers[owners[~is_multi[owners]]]] = parts[~is_multi[owners]]
    return areas


def _owners(groups: Sequence[Sized]) -> NDArray[np.intp]:
    """Return for each member of some groups, one after the other, the number of its group."""
    return np.repeat(np.arange(len(groups)), [len(group) for group in groups])
