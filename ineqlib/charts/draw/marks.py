"""Marks of the package's own charts, each kind as Vega draws it."""

import math
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from ineqlib.charts.draw.axes import baseline
from ineqlib.charts.draw.channels import Channels, Layer, Reader, Row, Scales, label
from ineqlib.charts.draw.elements import Element, Paint, group, quoted, symbol, tenth, text_at
from ineqlib.charts.draw.expressions import NotPlain
from ineqlib.charts.draw.lines import areas, lines, opacity_of, rules
from ineqlib.charts.draw.svg import LABEL_STARTS

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
FEW = 3
"""Marks that share the beginning of their labels, from which on a group says it for them."""
_UNSEEN: Paint = (("fill", "none"), ("stroke", "none"))

Sides = Callable[[Row], tuple[float, float, float, float]]
"""Left, top, right and bottom of a row's box."""


def draw_layer(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> str:
    """Draw one layer, or raise `NotPlain`; `names` says what those of expressions stand for."""
    draw = _MARKS.get(layer.mark["type"])
    if draw is None:
        raise NotPlain(layer.mark["type"])
    channels = Channels(layer, scales, names)
    return draw(channels) if channels.rows else ""


def _points(layer: Channels) -> str:
    place, words, angle = layer.both(), layer.words, layer.style("angle", 0)
    size = layer.shown("size", layer.style("size"))
    shape = layer.shown("shape", layer.style("shape"))
    opacity, paint = layer.style("opacity", 1), _point_paint(layer)
    points = []
    for row in layer.rows:
        tag, own = symbol(shape(row) or "circle", size(row), *place(row), angle(row))
        said = words(row) or ""
        if opacity(row):
            points.append((said, tag, own, paint(row)))
        elif said:  # unseen, to be pointed at
            points.append((said, tag, own, _UNSEEN))
    runs = groupby(points, lambda point: _begin(point[0]))
    return "".join([_labelled(begin, list(run)) for begin, run in runs])


def _begin(words: str) -> str:
    """Return the place of "place, period", with its comma; nothing of other words."""
    place, comma, _ = words.partition("\n")[0].partition(", ")
    return f"{place}{comma}" if comma else ""


def _labelled(begin: str, run: list[tuple[str, str, str, Paint]]) -> str:
    """Write points whose labels all begin alike, which is said once where there are several."""
    is_shared = bool(begin) and len(run) >= FEW
    cut = len(begin) if is_shared else 0
    points = [Element(tag, f"{label(said[cut:])}{own}", paint) for said, tag, own, paint in run]
    return group(points, {LABEL_STARTS: quoted(begin)} if is_shared else None)


def _point_paint(layer: Channels) -> Callable[[Row], Paint]:
    colour, opacity, width = layer.colour, opacity_of(layer), layer.style("strokeWidth", 2)
    filled, line = layer.style("filled"), layer.style("stroke")
    fills = layer.shown("fill", lambda row: colour(row) if filled(row) else "none")
    strokes = layer.shown("stroke", lambda row: line(row) or (None if filled(row) else colour(row)))

    def paint(row: Row) -> Paint:
        stroke = strokes(row)
        look = (("fill", fills(row)), *opacity(row))
        return (*look, ("stroke", stroke), ("stroke-width", f"{width(row):g}")) if stroke else look

    return paint


def _texts(layer: Channels) -> str:
    place, words, paint = layer.both(), layer.words, _text_paint(layer)
    shown = layer.shown("text", layer.style("text"))
    dx, dy, size = layer.style("dx", 0), layer.style("dy", 0), layer.style("fontSize")
    stands_on, line_break = layer.style("baseline", "middle"), layer.style("lineBreak")
    line_height = layer.style("lineHeight")
    texts = []
    for row in layer.rows:
        text = shown(row)
        if not text:
            continue
        if isinstance(text, str) and "\n" in text and line_break(row) != "\n":
            raise NotPlain("A line break that breaks no line")
        x, y = place(row)
        down = dy(row) + baseline(stands_on(row), size(row))
        height = line_height(row) or size(row) + 2
        texts.append(text_at(x + dx(row), y + down, text, height, paint(row), label(words(row))))
    return group(texts)


def _text_paint(layer: Channels) -> Callable[[Row], Paint]:
    colour, size, opacity = layer.colour, layer.style("fontSize"), opacity_of(layer)
    align, weight = layer.style("align", "center"), layer.style("fontWeight", "normal")
    stroke, width = layer.style("stroke"), layer.style("strokeWidth", 1)

    def paint(row: Row) -> Paint:
        look = [("fill", colour(row)), ("font-size", f"{size(row):g}px"), *opacity(row)]
        if (anchor := _ANCHORS[align(row)]) != "start":
            look.append(("text-anchor", anchor))
        if (thickness := weight(row)) != "normal":
            look.append(("font-weight", thickness))
        if outline := stroke(row):
            look += [("stroke", outline), ("stroke-width", f"{width(row):g}")]
        return tuple(look)

    return paint


def _boxes(layer: Channels, sides: Sides) -> str:
    words, colour, opacity = layer.words, layer.colour, opacity_of(layer)
    boxes = []
    for row in layer.rows:
        left, top, right, bottom = sides(row)
        own = (
            f'{label(words(row))} x="{tenth(min(left, right))}" y="{tenth(min(top, bottom))}" '
            f'width="{tenth(abs(right - left))}" height="{tenth(abs(bottom - top))}"'
        )
        boxes.append(Element("rect", own, (("fill", colour(row)), *opacity(row))))
    return group(boxes)


def _rects(layer: Channels) -> str:
    place, across, down = layer.both(), layer.at("x2"), layer.at("y2")

    def sides(row: Row) -> tuple[float, float, float, float]:
        x2, y2 = across(row), down(row)
        if x2 is None or y2 is None:
            raise NotPlain("A box without a size")
        return *place(row), x2, y2

    return _boxes(layer, sides)


def _bars(layer: Channels) -> str:
    place, across, half = layer.both(), layer.at("x2"), _half_height(layer)

    def sides(row: Row) -> tuple[float, float, float, float]:
        (x, y), x2 = place(row), across(row)
        if x2 is None:
            raise NotPlain("A bar without a size")
        return x, y - half(row), x2, y + half(row)

    return _boxes(layer, sides)


def _ticks(layer: Channels) -> str:
    place, half, thickness = layer.both(), _half_height(layer), layer.style("thickness", 1)

    def sides(row: Row) -> tuple[float, float, float, float]:
        (x, y), thick = place(row), thickness(row) / 2
        return x - thick, y - half(row), x + thick, y + half(row)

    return _boxes(layer, sides)


def _half_height(layer: Channels) -> Reader:
    height = layer.style("height", math.nan)

    def half(row: Row) -> float:
        whole: float = height(row)
        if math.isnan(whole):
            raise NotPlain("A mark without a size")
        return whole / 2

    return half


_MARKS: Mapping[str, Callable[[Channels], str]] = {
    "rule": rules,
    "point": _points,
    "text": _texts,
    "line": lines,
    "area": areas,
    "rect": _rects,
    "bar": _bars,
    "tick": _ticks,
}
"""Kind of mark -> how a layer of it is drawn."""
