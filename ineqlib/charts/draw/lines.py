"""Rules, lines and areas of the package's own charts, as Vega draws them."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from ineqlib.charts.draw.channels import Channels, Reader, Row
from ineqlib.charts.draw.elements import Element, Paint, group, straight, tenth
from ineqlib.charts.draw.expressions import NotPlain

Places = list[tuple[float, float]]


def rules(layer: Channels) -> str:
    """Draw straight lines; those of one look that follow each other are one path."""
    place, x2, y2, paint = layer.both(), layer.at("x2"), layer.at("y2"), _line_paint(layer)

    def piece(row: Row) -> str:
        (x, y), right, low = place(row), x2(row), y2(row)
        across = 0.0 if right is None else right - x
        return straight(x, y, across, 0.0 if low is None else low - y)

    drawn = [(paint(row), piece(row)) for row in layer.rows]
    return group(
        [
            Element("path", f' d="{"".join([path for _, path in run])}"', look)
            for look, run in groupby(drawn, itemgetter(0))
        ]
    )


def lines(layer: Channels) -> str:
    """Draw a line through the rows of each run."""
    paint = _line_paint(layer)
    paths = [
        Element("path", f' d="{_path(places)}"', paint(run[0]))
        for run, places in _runs(layer)
        if len(run) > 1
    ]
    return group(paths)


def areas(layer: Channels) -> str:
    """Draw the area between two edges of each run."""
    lower, colour, opacity = layer.at("y2"), layer.colour, opacity_of(layer)
    outlines = []
    for run, there in _runs(layer):
        if len(run) < 2:
            continue
        edge = zip(there, map(lower, run), strict=True)
        back = [(x, y2) for (x, _), y2 in edge if y2 is not None]
        if len(back) < len(there):
            raise NotPlain("An area without a lower edge")
        outline = f"{_path([*there, *reversed(back)])}Z"
        paint = (("fill", colour(run[0])), *opacity(run[0]))
        outlines.append(Element("path", f' d="{outline}"', paint))
    return group(outlines)


def _runs(layer: Channels) -> Iterator[tuple[list[Row], Places]]:
    """Yield the rows of each line, from left to right, and where they stand."""
    if layer.has("description"):
        raise NotPlain("A line with a label")
    if layer.has_gaps:
        raise NotPlain("A line with gaps")
    by = [field for name in ("detail", "color", "strokeDash") if (field := layer.field(name))]
    place = layer.both()
    runs: dict[tuple[Any, ...], list[tuple[tuple[float, float], Row]]] = {}
    for row in layer.rows:
        runs.setdefault(tuple(row.get(name) for name in by), []).append((place(row), row))
    for run in runs.values():
        run.sort(key=lambda placed: placed[0][0])
        yield [row for _, row in run], [at for at, _ in run]


def _path(places: Places) -> str:
    return f"M{'L'.join([f'{tenth(x)},{tenth(y)}' for x, y in places])}"


def _line_paint(layer: Channels) -> Callable[[Row], Paint]:
    width, usual_dash = layer.style("strokeWidth", 2), layer.style("strokeDash")
    colour, dashes, opacity = layer.colour, layer.shown("strokeDash", usual_dash), opacity_of(layer)

    def paint(row: Row) -> Paint:
        stroke: Paint = (("stroke", colour(row)), ("stroke-width", f"{width(row):g}"))
        dash = dashes(row)
        if dash and list(dash) != [1, 0]:
            stroke += (("stroke-dasharray", ",".join(map(str, dash))),)
        return stroke + opacity(row)

    return paint


def opacity_of(layer: Channels) -> Callable[[Row], Paint]:
    """Return the opacity where it is not whole."""
    opacity: Reader = layer.style("opacity", 1)

    def paint(row: Row) -> Paint:
        part = opacity(row)
        return () if part == 1 else (("opacity", f"{part:g}"),)

    return paint
