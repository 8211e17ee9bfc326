"""Marks of the package's own charts, each kind as Vega draws it."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ineqlib.charts import theme
from ineqlib.charts.draw.axes import baseline
from ineqlib.charts.draw.elements import Element, group, moved, quoted, symbol, tenth, text_at
from ineqlib.charts.draw.expressions import NotPlain, evaluate
from ineqlib.charts.draw.svg import LABEL

if TYPE_CHECKING:
    from ineqlib.charts.vegalite import Spec

Scales = Mapping[str, Callable[[float], float] | None]
_PLACES = {"x", "y", "x2", "y2"}
_PAINTS = {"color", "fill", "stroke", "strokeDash", "shape", "size"}
_CHANNELS = {*_PLACES, *_PAINTS, "text", "detail", "description"}
_DEFINITION = {"field", "type", "scale", "axis", "legend", "value", "datum", "condition"}
_STYLE = {
    *("type", "color", "opacity", "stroke", "strokeWidth", "strokeDash", "filled", "shape"),
    *("size", "angle", "xOffset", "x2Offset", "yOffset", "align", "baseline", "dx", "dy"),
    *("fontSize", "fontWeight", "lineBreak", "lineHeight", "text", "height", "thickness"),
}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


class Layer(NamedTuple):
    """One layer of a chart: its mark, what its channels show, and its rows."""

    mark: "Spec"
    encoding: "Spec"
    rows: "list[Spec]"


class _Painter(NamedTuple):
    """What all rows of a layer share."""

    encoding: "Spec"
    style: "Spec"
    scales: Scales
    names: Mapping[str, Any]


class _Row:
    """One row of a layer: where it stands and how it is painted."""

    def __init__(self, painter: "_Painter", row: "Spec") -> None:
        self.row, self._names, self._style = row, painter.names, painter.style
        self._encoding, self._scales = painter.encoding, painter.scales

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression for this row."""
        return evaluate(expression, {**self._names, "datum": self.row})

    def style(self, name: str, usual: Any = None) -> Any:
        """Return a property of the mark, as it is for this row."""
        value = self._style.get(name, usual)
        return self.evaluate(value["expr"]) if isinstance(value, dict) else value

    def at(self, channel: str) -> float | None:
        """Return a place in pixels; None where there is none."""
        definition = self._encoding.get(channel)
        if definition is None:
            return None
        if "field" in definition or "datum" in definition:
            value = definition.get("datum", self.row.get(definition.get("field")))
            scale = self._scales[channel[0]]
            if scale is None:
                raise NotPlain("A place without a scale")
            place = None if value is None else scale(value)
        else:
            value = definition["value"]
            place = self._names[value] if isinstance(value, str) else value
        return None if place is None else place + self.style(f"{channel}Offset", 0)

    def shown(self, channel: str, usual: Any = None) -> Any:
        """Return what a channel says of this row."""
        definition = self._encoding.get(channel)
        if definition is None:
            return usual
        if condition := definition.get("condition"):
            if condition.keys() != {"test", "value"}:
                raise NotPlain("A condition")
            if self.evaluate(condition["test"]):
                return condition["value"]
        if "field" not in definition:
            return definition.get("value", usual)
        value, scale = self.row.get(definition["field"]), definition.get("scale")
        if not scale:
            return value
        if value not in scale["domain"]:
            raise NotPlain("A value without a look")
        return scale["range"][scale["domain"].index(value)]

    @property
    def colour(self) -> str:
        """The mark's colour."""
        colour: str = self.shown("color", self.style("color", theme.CONFIG["mark"]["color"]))
        return colour

    @property
    def lettering(self) -> dict[str, str]:
        """What the mark says where it is pointed at, as an attribute."""
        words = self.shown("description")
        return {LABEL: quoted(words)} if words else {}

    def line_style(self) -> dict[str, str]:
        """Return the stroke of a line."""
        stroke = {"stroke": self.colour, "stroke-width": tenths(self.style("strokeWidth", 2))}
        dash = self.shown("strokeDash", self.style("strokeDash"))
        if dash and list(dash) != [1, 0]:
            stroke["stroke-dasharray"] = ",".join(map(str, dash))
        return stroke | self.opacity()

    def opacity(self) -> dict[str, str]:
        """Return the opacity where it is not whole."""
        opacity = self.style("opacity", 1)
        return {} if opacity == 1 else {"opacity": f"{opacity:g}"}


def tenths(number: float) -> str:
    """Write a width as it is given."""
    return f"{number:g}"


def _drawn(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> Iterator[_Row]:
    """Yield the rows that have a place."""
    unknown = [*(layer.mark.keys() - _STYLE), *(layer.encoding.keys() - _CHANNELS)]
    unknown += [name for one in layer.encoding.values() for name in one.keys() - _DEFINITION]
    if unknown:
        raise NotPlain(f"{sorted(unknown)} of a mark")
    needed = [
        one["field"]
        for name, one in layer.encoding.items()
        if name in ("x", "y") and "field" in one
    ]
    style = {**theme.CONFIG.get(layer.mark["type"], {}), **layer.mark}
    painter = _Painter(layer.encoding, style, scales, names)
    for row in layer.rows:
        if all(row.get(name) is not None for name in needed):
            yield _Row(painter, row)


def _both(row: _Row) -> tuple[float, float]:
    x, y = row.at("x"), row.at("y")
    if x is None or y is None:
        raise NotPlain("A mark without a place")
    return x, y


def _rules(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> str:
    lines = []
    for row in _drawn(layer, scales, names):
        x, y = _both(row)
        x2, y2 = row.at("x2"), row.at("y2")
        far = {"x2": (x2 if x2 is not None else x) - x, "y2": (y2 if y2 is not None else y) - y}
        ends = {name: tenth(d) for name, d in far.items() if tenth(d) != "0"}
        lines.append(Element("line", {"transform": moved(x, y), **ends, **row.line_style()}))
    return group(lines)


def _points(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> str:
    points = []
    for row in _drawn(layer, scales, names):
        size, shape = row.shown("size", row.style("size")), row.shown("shape", row.style("shape"))
        point = symbol(shape or "circle", size, *_both(row), row.style("angle", 0))
        if row.style("opacity", 1) == 0:
            if row.lettering:  # unseen, to be pointed at
                points.append(_with(point, {"fill": "none", "stroke": "none"}, row))
            continue
        filled = row.style("filled")
        fill = row.shown("fill", row.colour if filled else "none")
        stroke = row.shown("stroke", row.style("stroke", None if filled else row.colour))
        paint = {"fill": fill, **row.opacity()}
        if stroke:
            paint |= {"stroke": stroke, "stroke-width": tenths(row.style("strokeWidth", 2))}
        points.append(_with(point, paint, row))
    return group(points)


def _with(element: Element, paint: dict[str, str], row: _Row) -> Element:
    return Element(element.tag, {**row.lettering, **element.attributes, **paint})


def _texts(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> str:
    texts = []
    for row in _drawn(layer, scales, names):
        text = row.shown("text", row.style("text"))
        if not text:
            continue
        x, y = _both(row)
        size = row.style("fontSize")
        y += row.style("dy", 0) + baseline(row.style("baseline", "middle"), size)
        paint = {"fill": row.colour, "font-size": f"{tenths(size)}px", **row.opacity()}
        anchor = _ANCHORS[row.style("align", "center")]
        if anchor != "start":
            paint["text-anchor"] = anchor
        if (weight := row.style("fontWeight", "normal")) != "normal":
            paint["font-weight"] = weight
        if stroke := row.style("stroke"):
            paint |= {"stroke": stroke, "stroke-width": tenths(row.style("strokeWidth", 1))}
        if isinstance(text, str) and "\n" in text and row.style("lineBreak") != "\n":
            raise NotPlain("A line break that breaks no line")
        height = row.style("lineHeight", size + 2)
        style = {**row.lettering, **paint}
        texts.append(text_at(x + row.style("dx", 0), y, text, height, style))
    return group(texts)


def _runs(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> Iterator[list[_Row]]:
    """Yield the rows of each line, from left to right."""
    if "description" in layer.encoding:
        raise NotPlain("A line with a label")
    by = [
        layer.encoding[name]["field"]
        for name in ("detail", "color", "strokeDash")
        if "field" in layer.encoding.get(name, {})
    ]
    runs: dict[tuple[Any, ...], list[_Row]] = {}
    drawn = list(_drawn(layer, scales, names))
    if len(drawn) < len(layer.rows):
        raise NotPlain("A line with gaps")
    for row in drawn:
        runs.setdefault(tuple(row.row.get(name) for name in by), []).append(row)
    for run in runs.values():
        yield sorted(run, key=lambda row: row.at("x") or 0.0)


def _path(points: list[tuple[float, float]]) -> str:
    return f"M{'L'.join(f'{tenth(x)},{tenth(y)}' for x, y in points)}"


def _lines(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> str:
    lines = [
        Element("path", {"d": _path([_both(row) for row in run]), **run[0].line_style()})
        for run in _runs(layer, scales, names)
        if len(run) > 1
    ]
    return group(lines)


def _areas(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> str:
    areas = []
    for run in _runs(layer, scales, names):
        if len(run) < 2:
            continue
        there = [_both(row) for row in run]
        back = [
            (x, y2)
            for (x, _), row in zip(there, run, strict=True)
            if (y2 := row.at("y2")) is not None
        ]
        if len(back) < len(there):
            raise NotPlain("An area without a lower edge")
        outline = f"{_path([*there, *reversed(back)])}Z"
        areas.append(Element("path", {"d": outline, "fill": run[0].colour, **run[0].opacity()}))
    return group(areas)


def _boxes(
    sides: Callable[[_Row], tuple[float, float, float, float]],
) -> Callable[[Layer, Scales, Mapping[str, Any]], str]:
    """Return how marks are drawn that are boxes: left, top, right, bottom."""

    def draw(layer: Layer, scales: Scales, names: Mapping[str, Any]) -> str:
        boxes = []
        for row in _drawn(layer, scales, names):
            left, top, right, bottom = sides(row)
            at = {"x": tenth(min(left, right)), "y": tenth(min(top, bottom))}
            size = {"width": tenth(abs(right - left)), "height": tenth(abs(bottom - top))}
            paint = {"fill": row.colour, **row.opacity()}
            boxes.append(Element("rect", {**row.lettering, **at, **size, **paint}))
        return group(boxes)

    return draw


def _rect(row: _Row) -> tuple[float, float, float, float]:
    (x, y), x2, y2 = _both(row), row.at("x2"), row.at("y2")
    if x2 is None or y2 is None:
        raise NotPlain("A box without a size")
    return x, y, x2, y2


def _bar(row: _Row) -> tuple[float, float, float, float]:
    (x, y), x2, half = _both(row), row.at("x2"), row.style("height", math.nan) / 2
    if x2 is None or math.isnan(half):
        raise NotPlain("A bar without a size")
    return x, y - half, x2, y + half


def _tick(row: _Row) -> tuple[float, float, float, float]:
    (x, y), half = _both(row), row.style("height", math.nan) / 2
    if math.isnan(half):
        raise NotPlain("A tick without a size")
    thick = row.style("thickness", 1) / 2
    return x - thick, y - half, x + thick, y + half


MARKS: dict[str, Callable[[Layer, Scales, Mapping[str, Any]], str]] = {
    "rule": _rules,
    "point": _points,
    "text": _texts,
    "line": _lines,
    "area": _areas,
    "rect": _boxes(_rect),
    "bar": _boxes(_bar),
    "tick": _boxes(_tick),
}
"""Kind of mark -> how a layer of it is drawn."""
