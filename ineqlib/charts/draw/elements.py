"""Pieces of SVG: elements in groups, coordinates to a tenth of a pixel, point shapes."""

import math
import re
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

_SHARED = (
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size"),
    *("font-weight", "text-anchor"),
)
_NUMBER = re.compile(r"-?[\d.]+")


class Element(NamedTuple):
    """An element of a drawing: its tag, its attributes in order, and what stands in it."""

    tag: str
    attributes: dict[str, str]
    content: str = ""

    @property
    def text(self) -> str:
        """The element as it is written."""
        return _written(self.tag, self.attributes, self.content)


def group(elements: Sequence[Element], attributes: dict[str, str] | None = None) -> str:
    """Write elements in a group that holds what all of them have in common."""
    if not elements:
        return ""
    first = elements[0].attributes
    shared = {
        name: first[name]
        for name in _SHARED
        if name in first and all(one.attributes.get(name) == first[name] for one in elements)
    }
    rest = [
        element._replace(attributes=_without(element.attributes, shared)) for element in elements
    ]
    inner = "".join(_run(style, list(run)) for style, run in groupby(rest, _style))
    outer = {**(attributes or {}), **shared}
    return _written("g", outer, inner) if outer else inner


def _style(element: Element) -> dict[str, str]:
    return {name: value for name, value in element.attributes.items() if name in _SHARED}


def _run(style: dict[str, str], run: list[Element]) -> str:
    """Write elements of one style, in a group of their own where that is shorter."""
    if not style or len(run) < 3:
        return "".join(element.text for element in run)
    bare = (element._replace(attributes=_without(element.attributes, style)) for element in run)
    return _written("g", style, "".join(element.text for element in bare))


def _without(attributes: dict[str, str], some: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name not in some}


def _written(tag: str, attributes: dict[str, str], content: str) -> str:
    words = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{words}>{content}</{tag}>" if content else f"<{tag}{words}/>"


def tenth(number: float) -> str:
    """Write a coordinate to a tenth of a pixel."""
    return f"{round(number, 1) or 0:.10g}"


def quoted(text: str) -> str:
    """Write a text as the value of an attribute in double quotes."""
    return escape(text, quote=False).replace('"', "&quot;")


def moved(x: float, y: float, angle: float = 0) -> str:
    """Write a movement, and a turn after it."""
    turn = f" rotate({tenth(angle)})" if angle else ""
    return f"translate({tenth(x)},{tenth(y)}){turn}"


def text_at(
    x: float, y: float, text: str | Sequence[str], height: float, style: dict[str, str]
) -> Element:
    """Return a text whose first line stands at a place, its lines `height` apart."""
    at = {"x": tenth(x), "y": tenth(y)}
    lines = text.split("\n") if isinstance(text, str) else list(text)
    first, *rest = (escape(line, quote=False) for line in lines)
    below = "".join(f'<tspan x="{at["x"]}" dy="{tenth(height)}">{line}</tspan>' for line in rest)
    return Element("text", {**at, **style}, first + below)


def symbol(shape: str, size: float, x: float, y: float, angle: float) -> Element:
    """Return a point of some shape and area in pixels, as Vega draws it."""
    r = math.sqrt(size) / 2
    if shape == "circle":
        return Element("circle", {"cx": tenth(x), "cy": tenth(y), "r": tenth(r)})
    if path := _PATHS.get(shape):
        outline = path(r)
    else:
        outline = _NUMBER.sub(lambda number: tenth(float(number[0]) * r), shape)
    return Element("path", {"transform": moved(x, y, angle), "d": outline})


def _polygon(*corners: tuple[float, float]) -> str:
    return f"M{'L'.join(f'{tenth(x)},{tenth(y)}' for x, y in corners)}Z"


def _cross(r: float) -> str:
    s = r / 2.5
    half = [(-r, -s), (-r, s), (-s, s), (-s, r), (s, r), (s, s)]
    return _polygon(*half, *((-x, -y) for x, y in half))


def _triangle(r: float, up: int) -> str:
    h = r * math.sqrt(3) / 2
    return _polygon((0, -h * up), (-r, h * up), (r, h * up))


_PATHS = {
    "square": lambda r: "M{0},{0}h{1}v{1}h{2}Z".format(*map(tenth, (-r, 2 * r, -2 * r))),
    "diamond": lambda r: _polygon((-r, 0), (0, -r), (r, 0), (0, r)),
    "cross": _cross,
    "triangle-up": lambda r: _triangle(r, 1),
    "triangle-down": lambda r: _triangle(r, -1),
}
