"""From places on the ground to the whole numbers that a map's paths are written in."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

FINE = 4
"""Units a pixel: paths are written in whole units, and no eye sees a quarter of a pixel."""


@dataclass(frozen=True)
class Frame:
    """Which part of the ground a map shows, and how large.

    Parameters
    ----------
    west, north
        Metres: the upper left corner.
    metre
        Units one metre takes.
    width, height
        Units.
    """

    west: float
    north: float
    metre: float
    width: int
    height: int

    @classmethod
    def around(
        cls, shapes: NDArray[np.object_], *, width: int, lowest: int, tallest: int
    ) -> "Frame":
        """Return the frame of so many pixels that holds all shapes, with a little air around them.

        Parameters
        ----------
        shapes
            What must be seen whole.
        width, lowest, tallest
            Pixels: the width, and between what the height may vary with the shapes'.
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
        rings = []
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                rings += [self._ring(ring) for ring in (part.exterior, *part.interiors)]
            elif part.geom_type == "LineString":
                rings.append(self._line(self.at(shapely.get_coordinates(part))))
        return "".join(rings)

    def _ring(self, ring: shapely.Geometry) -> str:
        points = self.at(shapely.get_coordinates(ring))
        line = self._line(points)
        # A part too small to be seen is a point still: an islet does not vanish.
        return f"{line or _dot(points[0])}z"

    @staticmethod
    def _line(points: NDArray[np.int_]) -> str:
        steps = np.diff(points, axis=0)
        steps = steps[steps.any(axis=1)]
        if not len(steps):
            return ""
        # A sign parts two numbers as well as a space does.
        moves = " ".join(f"{x} {y}" for x, y in steps.tolist()).replace(" -", "-")
        x, y = points[0].tolist()
        return f"M{x} {y}l{moves}"


def _dot(point: NDArray[np.int_]) -> str:
    x, y = point.tolist()
    return f"M{x} {y}h2v2h-2"
