"""A small map for a first side: where in an area the most deprived neighbourhoods are.

It is a picture alone: who wants to walk it, or to know what lies where, has the large map.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import chain, count

import numpy as np
import shapely

from ineqlib.charts import theme
from ineqlib.charts.drawn_figure import DrawnFigure, image
from ineqlib.charts.figure import Labels, Table
from ineqlib.charts.map_frame import FINE, Frame
from ineqlib.charts.map_labels import PlacedLabels
from ineqlib.charts.map_layers import NO_DATA, TENTHS, WITHOUT, class_of
from ineqlib.charts.map_legend import NO_GROUP
from ineqlib.facts.neighbourhoods import MapPlace, NeighbourhoodMap

WIDTH, LOWEST, TALLEST = 300, 120, 260
"""Pixels: the map's width, and between what its height may vary with the area's shape."""
NAMED = 3
"""How many of the most deprived are numbered, and named below the map."""
LINE = 17
"""Pixels: height of a line of the key."""
WHOLE = 40
"""Characters of a name in one line of the key."""
SCALE = 34
"""Pixels: height of the classes below the key."""


@dataclass(frozen=True)
class OverviewMap(DrawnFigure):
    """A drawn map that takes half the width of a page."""

    @property
    def _css_class(self) -> str:
        return "figure figure-small"


def overview_map(shown: NeighbourhoodMap, labels: Labels) -> OverviewMap:
    """Draw an area's neighbourhoods small, with the most deprived of them named."""
    return OverviewMap(labels, partial(_svg, shown, labels), _table(shown))


def named(shown: NeighbourhoodMap) -> list[MapPlace]:
    """Return the places that the map numbers and names."""
    return [place for place in shown.places[:NAMED] if place.order]


def _table(shown: NeighbourhoodMap) -> Table:
    of_class: dict[str, list[str]] = {}
    for place in shown.places:
        kind = class_of(place.tenth)
        of_class.setdefault(WITHOUT[NO_DATA] if kind is None else TENTHS[kind], []).append(
            place.full_name
        )
    names = ["; ".join(names) for names in of_class.values()]
    return {"National tenth": list(of_class), shown.unit.capitalize(): names}


def _svg(shown: NeighbourhoodMap, labels: Labels) -> str:
    shapes = shown.shapes.to_numpy()
    frame = Frame.around(shapes, width=WIDTH, lowest=LOWEST, tallest=TALLEST)
    height = frame.height // FINE
    places = named(shown)
    placed = PlacedLabels(frame.width, frame.height)
    numbers = placed.numbers((x, y) for x, y in frame.at(shown.points[: len(places)]).tolist())
    key = list(chain.from_iterable(map(_in_lines, count(1), places)))
    lines = "".join(
        f'<text x="0" y="{height + LINE * row}">{escape(line)}</text>'
        for row, line in enumerate(key, start=1)
    )
    under = height + LINE * (len(key) + 1)
    content = (
        f'<g transform="scale({1 / FINE})">{_faces(shown, frame.thinned(shapes), frame)}{numbers}'
        f"</g>{lines}{_scale(under)}"
    )
    return image((WIDTH, under + SCALE), labels, content, text_size=13)


def _in_lines(number: int, place: MapPlace) -> list[str]:
    """Return number and name in as many lines as they need: its end tells a place from another."""
    return textwrap.wrap(f"{number} {place.full_name}", WHOLE, break_on_hyphens=False)


def _faces(shown: NeighbourhoodMap, shapes: np.ndarray, frame: Frame) -> str:
    """Draw all neighbourhoods of one class as one shape, and the area's outline over them."""
    colours = theme.sequential(len(TENTHS))
    of_class: dict[str, list[shapely.Geometry]] = {}
    for place, shape in zip(shown.places, shapes, strict=True):
        kind = class_of(place.tenth)
        of_class.setdefault(NO_GROUP if kind is None else colours[kind], []).append(shape)
    paths = frame.paths(np.array([dissolved(parts) for parts in of_class.values()], dtype=object))
    faces = "".join(
        f'<path fill="{colour}" d="{path}"/>' for colour, path in zip(of_class, paths, strict=True)
    )
    outline = frame.path(dissolved(shapes))
    return (
        f'<g stroke="white" stroke-width="1">{faces}</g>'
        f'<path fill="none" stroke="{theme.TEXT}" stroke-width="4" d="{outline}"/>'
    )


def dissolved(shapes: Sequence[shapely.Geometry] | np.ndarray) -> shapely.Geometry:
    """Join shapes whose borders, thinned, need not meet any more."""
    return shapely.union_all(shapely.make_valid(shapes))


def _scale(top: int) -> str:
    """Draw the classes, from the most to the least deprived."""
    wide = WIDTH / len(TENTHS)
    boxes = "".join(
        f'<rect x="{n * wide:g}" y="{top - 8}" width="{wide:g}" height="12" fill="{colour}" '
        f'stroke="{theme.DARK_GREY}"/>'
        for n, colour in enumerate(theme.sequential(len(TENTHS)))
    )
    return (
        f'{boxes}<text x="0" y="{top + 19}">most deprived</text>'
        f'<text x="{WIDTH}" y="{top + 19}" text-anchor="end">least deprived</text>'
    )
