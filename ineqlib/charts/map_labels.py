"""Words on a map: each where there is room for it, the more important first."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from ineqlib.charts.layout import CHARACTER
from ineqlib.charts.map_frame import FINE
from ineqlib.charts.theme import SECONDARY_TEXT, TEXT

SIZE, LINE, NUMBER = 12, 14, 9
"""Pixels: of the words, of a line of them, and the radius of a numbered mark."""
AROUND = tuple(
    (round(reach * x), round(reach * y))
    for reach in (0, 16, 28, 42, 58)
    for x, y in (
        (0, -1),
        (1, 0),
        (0, 1),
        (-1, 0),
        (0.7, -0.7),
        (0.7, 0.7),
        (-0.7, 0.7),
        (-0.7, -0.7),
    )
)
"""Pixels: where a numbered mark may stand, seen from its place, the nearest first."""


class Box(NamedTuple):
    """A rectangle of a map, in units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether they have a place in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class PlacedLabels:
    """The labels of one map, as they find room.

    Parameters
    ----------
    width, height
        Of the map, in units.
    """

    def __init__(self, width: int, height: int) -> None:
        self._whole = Box(0, 0, width, height)
        self._taken: list[Box] = []

    def _takes(self, box: Box) -> bool:
        inside = (
            box.left >= self._whole.left
            and box.top >= self._whole.top
            and box.right <= self._whole.right
            and box.bottom <= self._whole.bottom
        )
        if not inside or any(box.meets(other) for other in self._taken):
            return False
        self._taken.append(box)
        return True

    def numbers(self, points: Iterable[tuple[int, int]]) -> str:
        """Write 1, 2, 3 ... beside some points, with a line to those that have no room for it."""
        marks = []
        for number, (x, y) in enumerate(points, start=1):
            reach = FINE * (NUMBER + 1)
            for right, down in AROUND:
                dx, dy = FINE * right, FINE * down
                at = Box(x + dx - reach, y + dy - reach, x + dx + reach, y + dy + reach)
                if self._takes(at):
                    break
            else:
                dx = dy = 0
            leader = f'<path d="M0 0L{dx} {dy}" stroke="{TEXT}" stroke-width="4"/>' * bool(dx or dy)
            marks.append(
                f'<g class="map-number" transform="translate({x} {y})">{leader}'
                f'<circle cx="{dx}" cy="{dy}" r="{FINE * NUMBER}" fill="white" stroke="{TEXT}" '
                f'stroke-width="5"/><text x="{dx}" y="{dy}" dy=".36em" font-size="{FINE * SIZE}" '
                f'font-weight="bold" text-anchor="middle" fill="{TEXT}">{number}</text></g>'
            )
        return "".join(marks)

    def names(self, names: Iterable[tuple[str, int, int, float]], *, quiet: bool = False) -> str:
        """Write names in the middle of their places, those that do not fit left out.

        Each comes with its point and the width it may take, in units. Quiet ones are of places that
        the map is not about.
        """
        marks = []
        for name, x, y, room in names:
            lines = _in_lines(name)
            half = max(map(len, lines)) * FINE * CHARACTER / 2
            tall = len(lines) * FINE * LINE
            if 2 * half > room or not self._takes(
                Box(x - half, y - tall / 2, x + half, y + tall / 2)
            ):
                continue
            first = -(len(lines) - 1) * LINE / 2 * FINE
            words = "".join(
                f'<tspan x="0" y="{first + n * LINE * FINE:g}" dy=".36em">{escape(line)}</tspan>'
                for n, line in enumerate(lines)
            )
            marks.append(f'<g transform="translate({x} {y})"><text>{words}</text></g>')
        if not marks:
            return ""
        colour, weight = (SECONDARY_TEXT, "normal") if quiet else (TEXT, "bold")
        return (
            f'<g class="map-name" font-size="{FINE * SIZE}" font-weight="{weight}" '
            f'text-anchor="middle" fill="{colour}" stroke="white" stroke-width="{3 * FINE}" '
            f'stroke-linejoin="round" paint-order="stroke">{"".join(marks)}</g>'
        )


def _in_lines(name: str) -> list[str]:
    """Return a long name in two lines of about one length."""
    words = name.split()
    if len(name) <= 14 or len(words) == 1:
        return [name]
    breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return list(min(breaks, key=lambda lines: max(map(len, lines))))
