"""From places on the ground to the whole numbers that a map's paths are written in."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

FINE = 4
"""Units a pixel: paths are written in whole units, and no eye sees a quarter of a pixel."""


@dataclass(frozen=True)
class Frame:
    """Which part of the ground a map shows, and how large."""

    west: float
    north: float
    """Metres: the upper left corner."""
    metre: float
    """Units one metre takes."""
    width: int
    height: int
    """Units."""

    @classmethod
    def around(
        cls, shapes: NDArray[np.object_], *, width: int, lowest: int, tallest: int
    ) -> "Frame":
        """Return the frame of so many pixels that holds all shapes, with a little air around them.

        Its height varies with the shapes', between the lowest and the tallest.
        """
        west, south, east, north = shapely.total_bounds(shapes)
        across, up = max(east - west, 1.0) * 1.08, max(north - south, 1.0) * 1.08
        height = int(np.clip(width * up / across, lowest, tallest))
        metre = FINE * min(width / across, height / up)
        units = FINE * width, FINE * height
        middle = (west + east) / 2, (south + north) / 2
        return cls(
            middle[0] - units[0] / metre / 2, middle[1] + units[1] / metre / 2, metre, *units
        )

    @property
    def ground(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what is shown, in metres."""
        east = self.west + self.width / self.metre
        return self.west, self.north - self.height / self.metre, east, self.north

    def at(self, points: NDArray[np.float64]) -> NDArray[np.int_]:
        """Return where points of the ground are drawn; north is up."""
        away = (points - [self.west, self.north]) * [self.metre, -self.metre]
        return np.rint(away).astype(int)

    def thinned(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes no finer than can be seen; neighbours keep one common border."""
        thin: NDArray[np.object_] = shapely.coverage_simplify(shapes, FINE / self.metre)
        return thin

    def path(self, shape: shapely.Geometry) -> str:
        """Write a shape as the data of an SVG path."""
        return self.paths(np.array([shape], dtype=object))[0]

    def paths(self, shapes: NDArray[np.object_]) -> list[str]:
        """Write each of some shapes, areas or lines, as the data of an SVG path.

        All at once, for a map has hundreds of rings of few points.
        """
        parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
        is_drawn = ~shapely.is_empty(parts)
        parts, shape_of_part = parts[is_drawn], shape_of_part[is_drawn]
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        lines = np.flatnonzero(shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING)
        part_of_curve = np.concatenate([part_of_ring, lines])
        in_order = np.argsort(part_of_curve, kind="stable")
        written = self._curves(np.concatenate([rings, parts[lines]])[in_order])
        paths = [""] * len(shapes)
        for curve, part in zip(written, part_of_curve[in_order].tolist(), strict=True):
            paths[shape_of_part[part]] += curve
        return paths

    def _curves(self, curves: NDArray[np.object_]) -> list[str]:
        """Write rings and lines; steps that lead nowhere are left out."""
        coordinates, curve_of = shapely.get_coordinates(curves, return_index=True)
        points = self.at(coordinates)
        steps = np.diff(points, axis=0)
        moves = steps.any(axis=1) & (curve_of[1:] == curve_of[:-1])
        pieces = [f"{x} {y}" for x, y in steps[moves].tolist()]
        ends = np.searchsorted(curve_of[1:][moves], np.arange(len(curves)), side="right").tolist()
        starts = points[np.searchsorted(curve_of, np.arange(len(curves)))].tolist()
        closed = shapely.get_type_id(curves) == shapely.GeometryType.LINEARRING
        written = []
        begin = 0
        for start, end, is_ring in zip(starts, ends, closed.tolist(), strict=True):
            written.append(_curve(start, pieces[begin:end], is_ring))
            begin = end
        return written


def _curve(start: list[int], steps: list[str], is_ring: bool) -> str:
    x, y = start
    if not steps:
        # A part too small to be seen is a point still: an islet does not vanish.
        return f"M{x} {y}h2v2h-2z" if is_ring else ""
    # A sign parts two numbers as well as a space does.
    moves = " ".join(steps).replace(" -", "-")
    return f"M{x} {y}l{moves}{'z' * is_ring}"
