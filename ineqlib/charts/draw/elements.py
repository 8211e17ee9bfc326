"""Pieces of SVG: elements in groups, coordinates to a tenth of a pixel, point shapes."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ineqlib.charts.draw.expressions import NotPlain

Paint = tuple[tuple[str, str], ...]
"""Attributes that a group can hold for its members: colours, widths, fonts."""

_NUMBER = re.compile(r"-?[\d.]+")


class Element(NamedTuple):
    """An element of a drawing: its tag, its own attributes as written, its paint, its content."""

    tag: str
    own: str
    paint: Paint = ()
    content: str = ""


def element(tag: str, attributes: Mapping[str, str], content: str = "") -> str:
    """Write one element."""
    return _written(tag, _attributes(tuple(attributes.items())), content)


def group(elements: Sequence[Element], attributes: Mapping[str, str] | None = None) -> str:
    """Write elements in a group that holds what all of them have in common."""
    if not elements:
        return ""
    paints = dict.fromkeys(map(attrgetter("paint"), elements))
    shared = [part for part in elements[0].paint if all(part in paint for paint in paints)]
    rests = {paint: tuple(part for part in paint if part not in shared) for paint in paints}
    runs = groupby(elements, lambda element: rests[element.paint])
    inner = "".join([_run(rest, list(run)) for rest, run in runs])
    outer = {**(attributes or {}), **dict(shared)}
    return element("g", outer, inner) if outer else inner


def _run(paint: Paint, run: list[Element]) -> str:
    """Write elements of one paint, in a group of their own where that is shorter."""
    written = _attributes(paint)
    if len(run) < 3 or not paint:
        return "".join([_written(tag, f"{own}{written}", text) for tag, own, _, text in run])
    inner = "".join([_written(tag, own, text) for tag, own, _, text in run])
    return _written("g", written, inner)


@lru_cache(maxsize=1_000)
def _attributes(attributes: Paint) -> str:
    written = "".join([f' {name}="{value}"' for name, value in attributes])
    return _checked(written, 2 * len(attributes))


def _checked(written: str, quotes: int) -> str:
    if written.count('"') != quotes or "<" in written:
        raise NotPlain("A colour or a shape that is none")
    return written


def _written(tag: str, attributes: str, content: str) -> str:
    return f"<{tag}{attributes}>{content}</{tag}>" if content else f"<{tag}{attributes}/>"


def tenth(number: float) -> str:
    """Write a coordinate to a tenth of a pixel."""
    written = f"{number:.1f}"
    if written[-1] != "0":
        return written
    return "0" if written == "-0.0" else written[:-2]


def quoted(text: str) -> str:
    """Write a text as the value of an attribute in double quotes."""
    return escape(text, quote=False).replace('"', "&quot;")


def moved(x: float, y: float, angle: float = 0) -> str:
    """Write a movement, and a turn after it."""
    turn = f" rotate({tenth(angle)})" if angle else ""
    return f"translate({tenth(x)},{tenth(y)}){turn}"


def straight(x: float, y: float, across: float, down: float) -> str:
    """Write a line as a piece of a path."""
    dx, dy = tenth(across), tenth(down)
    far = f"h{dx}" if dy == "0" else f"v{dy}" if dx == "0" else f"l{dx},{dy}"
    return f"M{tenth(x)},{tenth(y)}{far}"


def text_at(
    x: float,
    y: float,
    text: str | Sequence[str],
    height: float,
    paint: Paint = (),
    label: str = "",
) -> Element:
    """Return a text whose first line stands at a place, its lines `height` apart."""
    across = tenth(x)
    lines = text.split("\n") if isinstance(text, str) else list(text)
    first, *rest = (escape(line, quote=False) for line in lines)
    below = "".join([f'<tspan x="{across}" dy="{tenth(height)}">{line}</tspan>' for line in rest])
    return Element("text", f'{label} x="{across}" y="{tenth(y)}"', paint, first + below)


def symbol(shape: str, size: float, x: float, y: float, angle: float) -> tuple[str, str]:
    """Return tag and attributes of a point of some shape and area in pixels, as Vega draws it."""
    if shape == "circle":
        return "circle", f' cx="{tenth(x)}" cy="{tenth(y)}" r="{_radius(size)}"'
    return "path", f' transform="{moved(x, y, angle)}" d="{_outline(shape, size)}"'


@lru_cache(maxsize=1_000)
def _radius(size: float) -> str:
    return tenth(math.sqrt(size) / 2)


@lru_cache(maxsize=1_000)
def _outline(shape: str, size: float) -> str:
    r = math.sqrt(size) / 2
    if path := _PATHS.get(shape):
        return path(r)
    return _checked(_NUMBER.sub(lambda number: tenth(float(number[0]) * r), shape), 0)


def _polygon(*corners: tuple[float, float]) -> str:
    return f"M{'L'.join(f'{tenth(x)},{tenth(y)}' for x, y in corners)}Z"


def _cross(r: float) -> str:
    s = r / 2.5
    half = [(-r, -s), (-r, s), (-s, s), (-s, r), (s, r), (s, s)]
    return _polygon(*half, *((-x, -y) for x, y in half))


def _triangle(r: float, up: int) -> str:
    h = r * math.sqrt(3) / 2
    return _polygon((0, -h * up), (-r, h * up), (r, h * up))


_PATHS: Mapping[str, Callable[[float], str]] = {
    "square": lambda r: "M{0},{0}h{1}v{1}h{2}Z".format(*map(tenth, (-r, 2 * r, -2 * r))),
    "diamond": lambda r: _polygon((-r, 0), (0, -r), (r, 0), (0, r)),
    "cross": _cross,
    "triangle-up": lambda r: _triangle(r, 1),
    "triangle-down": lambda r: _triangle(r, -1),
}
