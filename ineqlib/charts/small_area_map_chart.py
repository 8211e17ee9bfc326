"""A map of an area's neighbourhoods by national tenth, with what a script needs to walk it.

The drawing is written here, not by Vega: it is shapes and words alone, a script must find each
shape by its code, and writing it takes a tenth of the time (docs/decisions).
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from html import escape
from itertools import chain, groupby

import geopandas as gpd
import numpy as np
import shapely

from ineqlib.charts import theme
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Labels, Table
from ineqlib.charts.map_frame import FINE, Frame
from ineqlib.charts.map_labels import PlacedLabels
from ineqlib.charts.map_layers import (
    TENTHS,
    class_of,
    layers,
)
from ineqlib.charts.map_legend import NO_GROUP, drawn_legend, legend_height
from ineqlib.charts.map_tiles import tiles
from ineqlib.errors import InputError
from ineqlib.facts.neighbourhoods import MapPlace, NeighbourhoodMap
from ineqlib.text import number

WIDTH, LOWEST, TALLEST = 640, 300, 720
"""Pixels: the map's width, and between what its height may vary with the area's shape."""
NUMBERED = 10
"""How many of the most deprived are numbered."""
FEW = 12
"""Places of so many at most are named on the map and need no numbers."""
LAND, COAST = "#F3F2F1", "#B1B4B6"
"""Districts beside the one shown."""


def small_area_map(
    shown: NeighbourhoodMap, labels: Labels, *, surroundings: gpd.GeoDataFrame
) -> DrawnFigure:
    """Draw an area's neighbourhoods by national tenth of deprivation.

    Parameters
    ----------
    shown
        The neighbourhoods, most deprived first.
    labels
        Title, subtitle, text alternative and source.
    surroundings
        `name` and `geometry` (British National Grid) of what else there is; only what comes into
        view is drawn.

    Returns
    -------
    DrawnFigure
        The map, and a table with a row for each neighbourhood: its place in the order, its tenths,
        and what is next to it in which direction and how far away.

    Raises
    ------
    InputError
        When there is no neighbourhood.
    """
    if not shown.places:
        raise InputError(
            "There is no neighbourhood to map: the pack has no small-area boundaries for this "
            "area. Show a line of text in its place."
        )
    return DrawnFigure(labels, partial(_svg, shown, labels, surroundings), table_of(shown))


def numbered(shown: NeighbourhoodMap) -> list[MapPlace]:
    """Return the places that bear a number: the most deprived of many; few have their names."""
    if len(shown.places) <= FEW:
        return []
    return [place for place in shown.places[:NUMBERED] if place.order]


def table_of(shown: NeighbourhoodMap) -> Table:
    """Return a row for each neighbourhood, most deprived first: all that the map can say."""
    places = shown.places
    columns: dict[str, list[str]] = {
        shown.unit.capitalize(): [place.full_name for place in places],
        "Code": [place.code for place in places],
        "Order, most deprived first": [_cell(place.order) for place in places],
    }
    columns |= {layer.name: list(layer.texts) for layer in layers(shown)}
    columns["Fifth of the area"] = [_cell(place.fifth) for place in places]
    columns["Next to it"] = [beside(place, places) for place in places]
    if shown.unit == "group of neighbourhoods":
        del columns["Code"]
    return columns


def beside(place: MapPlace, places: Sequence[MapPlace]) -> str:
    """Say what is next to a place, in which direction and how far away.

    What is in the same locality is named by its number alone: a page has thousands of these.
    """
    parts = []
    for near in place.next_to:
        other = places[near.place]
        known = other.locality and other.locality == place.locality
        name = other.full_name.removeprefix(f"{place.locality} ") if known else other.full_name
        parts.append(f"{near.direction}: {name}, {number(near.kilometres, 1)} km")
    return "; ".join(parts) or "Nothing"


def _cell(value: int | None) -> str:
    return "[z]" if value is None else str(value)


def _svg(shown: NeighbourhoodMap, labels: Labels, surroundings: gpd.GeoDataFrame) -> str:
    shapes = shown.shapes.to_numpy()
    frame = Frame.around(shapes, width=WIDTH, lowest=LOWEST, tallest=TALLEST)
    placed = PlacedLabels(frame.width, frame.height)
    thin = frame.thinned(shapes)
    height = frame.height // FINE
    choices = layers(shown)
    top = legend_height(choices)
    marked = frame.at(shown.points)[: len(numbered(shown))].tolist()
    numbers = placed.numbers((x, y) for x, y in marked)
    outline = shapely.union_all(thin)
    localities = _localities(shown, thin)
    if not numbers:
        own = {place.full_name: thin[n] for n, place in enumerate(shown.places)}
        names = placed.names(_named(own, frame))
    else:
        names = placed.names(_named(localities, frame))
    around, around_names = _around(surroundings, frame, outline, placed)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="small-areas" width="{WIDTH}" '
        f'height="{top + height}" viewBox="0 0 {WIDTH} {top + height}" role="img" '
        f'aria-label="{escape(labels.alt)}" font-family="{escape(theme.FONT)}">'
        f'<rect width="{WIDTH}" height="{top + height}" fill="white"/>'
        f"{drawn_legend(choices, labels.id, WIDTH)}"
        f'<clipPath id="{labels.id}--clip"><rect y="{top}" width="{WIDTH}" height="{height}"/>'
        f'</clipPath><g class="map-window" clip-path="url(#{labels.id}--clip)">'
        f'<rect y="{top}" width="{WIDTH}" height="{height}" fill="white"/>'
        f'<g class="map-view" data-frame="{frame.width} {frame.height} {top}" '
        f'transform="translate(0 {top}) scale({1 / FINE})">{around}'
        f"{_faces(shown, thin, frame)}"
        f"{_inner_borders(localities, frame)}"
        f'<g class="map-line" fill="none" stroke="{theme.TEXT}" stroke-width="8">'
        f'<path d="{frame.path(outline)}"/></g>'
        f"{around_names}{names}{numbers}</g></g></svg>"
    )


def _faces(shown: NeighbourhoodMap, shapes: np.ndarray, frame: Frame) -> str:
    """Draw each neighbourhood in its class's colour.

    A script finds there its place, its tile and the rows of those next to it; the rest is in the
    table.
    """
    colours = theme.sequential(len(TENTHS))
    at, grid = frame.at(shown.points).tolist(), tiles(shown.points).tolist()
    drawn = frame.paths(shapes)
    next_to = ([near.place for near in place.next_to] for place in shown.places)
    numbers = map(chain, at, grid, next_to)
    beside = [" ".join(map(str, own)) for own in numbers]
    groups = []
    for kind, members in groupby(enumerate(shown.places), key=lambda pair: class_of(pair[1].tenth)):
        paths = "".join(
            f'<path data-code="{escape(place.code)}" data-at="{beside[n]}" d="{drawn[n]}"/>'
            for n, place in members
        )
        groups.append(f'<g fill="{NO_GROUP if kind is None else colours[kind]}">{paths}</g>')
    return f'<g class="map-areas" stroke="white" stroke-width="2">{"".join(groups)}</g>'


Localities = dict[str, shapely.Geometry]


def _localities(shown: NeighbourhoodMap, shapes: np.ndarray) -> Localities:
    """Return the shape of each ward, quarter or district that the places are in."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, place in enumerate(shown.places):
        if place.locality:
            members[place.locality].append(n)
    return {name: shapely.union_all(shapes[numbers]) for name, numbers in members.items()}


def _named(shapes: Localities, frame: Frame) -> list[tuple[str, int, int, float]]:
    """Return names with where they go, those of the largest first, and the room there is."""
    largest = sorted(shapes.items(), key=lambda pair: (-pair[1].area, pair[0]))
    return [(name, *_middle_of(shape, frame)) for name, shape in largest if not shape.is_empty]


def _middle_of(shape: shapely.Geometry, frame: Frame) -> tuple[int, int, float]:
    centre = shape.centroid
    point = centre if shape.contains(centre) else shape.point_on_surface()
    x, y = frame.at(shapely.get_coordinates(point))[0].tolist()
    west, _, east, _ = shape.bounds
    return x, y, 1.15 * (east - west) * frame.metre


def _inner_borders(shapes: Localities, frame: Frame) -> str:
    lines = shapely.boundary(np.array(list(shapes.values()), dtype=object))
    if len(lines) < 2:
        return ""
    once = shapely.line_merge(shapely.union_all(lines))
    return (
        f'<g class="map-line" fill="none" stroke="{theme.TEXT}" stroke-width="4">'
        f'<path d="{frame.path(once)}"/></g>'
    )


def _around(
    surroundings: gpd.GeoDataFrame, frame: Frame, outline: shapely.Geometry, placed: PlacedLabels
) -> tuple[str, str]:
    """Draw what lies around the area, and name it where there is room."""
    ground = frame.ground
    shapes = surroundings.geometry.to_numpy()
    seen = np.flatnonzero(shapely.intersects(shapes, shapely.box(*ground)))
    points = shapely.point_on_surface(shapes[seen])
    own, others = [], {}
    for n, is_own in zip(seen.tolist(), shapely.within(points, outline).tolist(), strict=True):
        part = shapely.clip_by_rect(shapely.simplify(shapes[n], 2 / frame.metre), *ground)
        if is_own:
            own.append(part)
        else:
            others[str(surroundings["name"].iloc[n])] = part.difference(outline)
    names = placed.names(_named(others, frame), quiet=True)
    land, below_land = (
        "".join(frame.paths(np.array(shapes, dtype=object)))
        for shapes in (list(others.values()), own)
    )
    # The area's own ground lies below: where its outline is of another source, no sea shows and no
    # second border.
    beside = f'<g class="map-around" fill="{LAND}" stroke="{COAST}" stroke-width="4">{{}}</g>'
    below = f'<g class="map-around" fill="{LAND}" stroke="{LAND}" stroke-width="10">{{}}</g>'
    drawn = "".join(
        group.format(f'<path d="{path}"/>')
        for group, path in ((beside, land), (below, below_land))
        if path
    )
    return drawn, names
