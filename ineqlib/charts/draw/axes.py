"""Axes of the package's own charts: where ticks stand and how numbers are written on them."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ineqlib.charts import theme
from ineqlib.charts.draw.elements import (
    Paint,
    element,
    group,
    moved,
    straight,
    text_at,
)
from ineqlib.charts.draw.expressions import NotPlain, evaluate

TICK, PADDING = 5, 6
"""Pixels: a tick's length, the air between it and its label."""
TITLE_DOWN = 43
"""Pixels from a level axis down to its title, under labels of one line."""
BASELINES = {"alphabetic": 0.0, "top": 0.79, "middle": 0.3, "bottom": -0.21}
"""How far down a text's line is, in parts of its size."""
_COMMON = {
    *("title", "titleFontSize", "titleLimit", "labelFontSize", "labelLimit", "tickCount"),
}
_LEVEL = {*_COMMON, "values", "labelExpr", "labelFlush", "labelLineHeight", "labelOverlap", "grid"}
_UPRIGHT = {*_COMMON, "titleX", "titleY", "minExtent", "maxExtent"}
_CHARACTER = 0.62
"""Width of a character on the wide side, in parts of its size."""

_LEFT_OF = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Anchor of a text -> the part of it that is left of its place."""

Place = Callable[[float], float]


def baseline(name: str, size: float) -> int:
    """Return how many pixels under its place the line of a text is."""
    if name not in BASELINES:
        raise NotPlain(name)
    return nearest(BASELINES[name] * size)


def nearest(number: float) -> int:
    """Round halves up, as browsers do."""
    return math.floor(number + 0.5)


def ticks(ends: tuple[float, float], count: int) -> tuple[list[float], int]:
    """Return round numbers between two ends, about `count`, and the decimals that they need.

    Examples
    --------
    >>> ticks((73.2, 84.9), 4)
    ([74.0, 76.0, 78.0, 80.0, 82.0, 84.0], 0)
    """
    low, high = sorted(ends)
    step = (high - low) / count
    power = math.floor(math.log10(step))
    rest = step / 10**power
    factor = next((f for f, least in ((10, 50), (5, 10), (2, 2)) if rest >= math.sqrt(least)), 1)
    first, last = low / factor, high / factor
    if power < 0:
        first, last = first * 10**-power, last * 10**-power
        whole = range(math.ceil(first), math.floor(last) + 1)
        values = [n * factor / 10**-power for n in whole]
    else:
        first, last = first / 10**power, last / 10**power
        whole = range(math.ceil(first), math.floor(last) + 1)
        values = [float(n * factor * 10**power) for n in whole]
    return values, max(0, -power - (factor == 10))


def grid(axis: Mapping[str, Any], place: Place, ends: tuple[float, float], width: float) -> str:
    """Write the lines of an upright axis across the plot."""
    values, _ = ticks(ends, axis["tickCount"])
    lines = "".join([straight(0, nearest(place(value)), width, 0) for value in values])
    look = {"transform": "translate(0.5,0.5)", "stroke": theme.GRID}
    return element("path", {**look, "d": lines}) if lines else ""


def upright(axis: Mapping[str, Any], place: Place, ends: tuple[float, float]) -> str:
    """Write numbers and title of an upright axis."""
    _only(axis, _UPRIGHT)
    size = axis["labelFontSize"]
    values, decimals = ticks(ends, axis["tickCount"])
    at = [place(value) for value in values]
    if any(abs(a - b) < size + 2 for a, b in pairwise(at)):
        raise NotPlain("Numbers on the axis would meet.")
    down = baseline("middle", size)
    words = {"fill": theme.TEXT, "font-size": f"{size}px"}
    labels = [
        text_at(-PADDING, y + down, _number(value, decimals), size)
        for value, y in zip(values, at, strict=True)
    ]
    inner = group(labels, {"text-anchor": "end"})
    if axis.get("title"):
        x, y = axis["titleX"], axis["titleY"] + baseline("bottom", axis["titleFontSize"])
        inner += _title(axis, x, y)
    return element("g", {"transform": "translate(0.5,0.5)", **words}, inner)


def level(
    axis: Mapping[str, Any],
    place: Place,
    ends: tuple[float, float],
    size: tuple[float, float],
    names: Mapping[str, Any],
) -> str:
    """Write a level axis under a plot of some width and height."""
    _only(axis, _LEVEL)
    width, height = size
    values, decimals = _values(axis, ends, names)
    at = [place(value) for value in values]
    texts = [_label(axis, value, decimals, names) for value in values]
    if axis.get("labelOverlap", True) and _may_overlap(texts, at, axis["labelFontSize"], width):
        raise NotPlain("Labels on the axis might meet.")
    ruled = "".join([straight(nearest(x), 0, 0, TICK) for x in at])
    down = TICK + PADDING + baseline("top", axis["labelFontSize"])
    words = {"fill": theme.TEXT, "font-size": f"{axis['labelFontSize']}px"}
    labels = [
        text_at(x, down, text, axis.get("labelLineHeight", 0), _anchored(_flush(x, width)))
        for x, text in zip(at, texts, strict=True)
    ]
    title = ""
    if axis.get("title"):
        if any(not isinstance(text, str) and len(text) > 1 for text in texts):
            raise NotPlain("A title under labels of several lines")
        title = _title(axis, width / 2, TITLE_DOWN, (*_anchored("middle"), *words.items()))
    stroke = {"stroke": theme.SECONDARY_TEXT}
    line = element("path", {"d": straight(0, 0, width, 0), **stroke})
    inner = f"{element('path', {**stroke, 'd': ruled})}{group(labels, words)}{line}{title}"
    return element("g", {"transform": moved(0.5, height + 0.5)}, inner)


def _only(axis: Mapping[str, Any], known: set[str]) -> None:
    if unknown := axis.keys() - known:
        raise NotPlain(f"{sorted(unknown)} of an axis")


def _values(
    axis: Mapping[str, Any], ends: tuple[float, float], names: Mapping[str, Any]
) -> tuple[Sequence[float], int]:
    values = axis.get("values")
    if values is None:
        return ticks(ends, axis["tickCount"])
    chosen = evaluate(values["expr"], names) if isinstance(values, dict) else values
    if "labelExpr" not in axis:
        raise NotPlain("Values of its own on an axis")
    return chosen, 0


def _label(
    axis: Mapping[str, Any], value: float, decimals: int, names: Mapping[str, Any]
) -> str | Sequence[str]:
    if "labelExpr" in axis:
        text: str | Sequence[str] = evaluate(
            axis["labelExpr"], {**names, "datum": {"value": value}}
        )
        return text
    return _number(value, decimals)


def _number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace("-", "−")


def _may_overlap(
    texts: Sequence[str | Sequence[str]], at: Sequence[float], size: float, width: float
) -> bool:
    reaches = []
    for text, x in zip(texts, at, strict=True):
        lines = [text] if isinstance(text, str) else text
        broad = max(map(len, lines)) * size * _CHARACTER
        left = x - broad * _LEFT_OF[_flush(x, width)]
        reaches.append((left, left + broad))
    return any(before[1] > after[0] for before, after in pairwise(sorted(reaches)))


def _flush(x: float, width: float) -> str:
    left, right = abs(x), abs(width - x)
    if left < right and left <= 1:
        return "start"
    return "end" if right <= 1 else "middle"


def _anchored(anchor: str) -> Paint:
    return () if anchor == "start" else (("text-anchor", anchor),)


def _title(axis: Mapping[str, Any], x: float, y: float, paint: Paint = ()) -> str:
    return group([text_at(x, y, axis["title"], axis["titleFontSize"], paint)])
