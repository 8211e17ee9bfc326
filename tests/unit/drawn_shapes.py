"""What a drawing paints, piece by piece, however its SVG is written."""

import re
from typing import Any, NamedTuple
from xml.etree import ElementTree

_INHERITED = (
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"),
    *("font-size", "font-weight", "text-anchor"),
)
_LETTERED = {"fill", "font-size", "font-weight", "text-anchor", "opacity"}
_USUAL = {"text-anchor": "start", "fill": "none", "stroke": "none"}
_BOX = re.compile(r"M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+)h[-\d.]+Z")
_LEVEL = re.compile(r"(,|[ML])([-\d.]+),([-\d.]+)H([-\d.]+)V([-\d.]+)H([-\d.]+)Z")


_STRAIGHT = re.compile(r"M([-\d.]+),([-\d.]+)(?:h([-\d.]+)|v([-\d.]+)|l([-\d.]+),([-\d.]+))")


class Shape(NamedTuple):
    """One painted piece: what it is, where, how it is painted, what it says."""

    kind: str
    numbers: list[float]
    style: dict[str, Any]
    words: str
    label: str | None


def shapes(svg: str) -> list[Shape]:
    """Return what a drawing paints, in order, in pixels from its corner."""
    drawn: list[Shape] = []
    _walk(ElementTree.fromstring(svg), (0.0, 0.0), {}, drawn)
    return drawn


def differences(one: str, other: str) -> list[tuple[Shape, Shape]]:
    """Return where two drawings paint something else, or elsewhere by more than rounding."""
    ours, theirs = shapes(one), shapes(other)
    assert len(ours) == len(theirs)
    return [(a, b) for a, b in zip(ours, theirs, strict=True) if not _alike(a, b)]


def _alike(a: Shape, b: Shape) -> bool:
    return a._replace(numbers=[]) == b._replace(numbers=[]) and (
        len(a.numbers) == len(b.numbers)
        and all(abs(m - n) < 0.16 for m, n in zip(a.numbers, b.numbers, strict=True))
    )


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d*\.?\d+", text)]


def _walk(
    element: ElementTree.Element,
    at: tuple[float, float],
    style: dict[str, str],
    drawn: list[Shape],
    begin: str = "",
) -> None:
    kind = element.tag.partition("}")[2]
    own = {name: element.get(name) for name in _INHERITED}
    style = {**style, **{name: value for name, value in own.items() if value is not None}}
    dx, dy, *turn = _numbers(element.get("transform", "")) or (0.0, 0.0)
    x, y = at[0] + dx, at[1] + dy
    if kind in ("svg", "g"):
        for child in element:
            _walk(child, (x, y), style, drawn, element.get("data-of", begin))
        return
    words = "|".join(element.itertext())
    pieces = _STRAIGHT.findall(element.get("d", "")) if "Z" not in element.get("d", "") else []
    if pieces:  # lines of one look are one path of ours
        for left, top, *far in pieces:
            across, level, down, low = (float(number or 0) for number in far)
            at_x, at_y = x + float(left), y + float(top)
            ends = [at_x, at_y, at_x + across + down, at_y + level + low]
            drawn.append(Shape("line", ends, _painted("line", style), "", None))
        return
    numbers = _geometry(kind, element, x, y)
    # Vega writes texts without words, and lines and areas of one point, which are not seen.
    if (kind == "text" and not words) or (kind in ("path", "rect") and len(set(numbers[::2])) < 2):
        return
    shape = "path" if kind == "rect" else kind
    own_label = element.get("data-label")
    label = None if own_label is None else f"{begin}{own_label}"
    drawn.append(Shape(shape, [*numbers, *turn], _painted(kind, style), words, label))


def _geometry(kind: str, element: ElementTree.Element, x: float, y: float) -> list[float]:
    def number(name: str) -> float:
        return float(element.get(name, "0"))

    match kind:
        case "line":
            return [x, y, x + number("x2"), y + number("y2")]
        case "circle":
            return [x + number("cx"), y + number("cy"), number("r")]
        case "rect":
            left, top = x + number("x"), y + number("y")
            return [left, top, left + number("width"), top + number("height")]
        case "path":
            path = element.get("d", "")
            if box := _BOX.fullmatch(path):
                left, top, width, height = map(float, box.groups())
                return [x + left, y + top, x + left + width, y + top + height]
            path = _LEVEL.sub(r"\1\2,\3L\4,\3L\4,\5L\6,\5Z", path)
            return [n + (y if odd % 2 else x) for odd, n in enumerate(_numbers(path))]
    downs = [float(line.get("dy", "0")) for line in element.iter("{*}tspan")]
    return [x + number("x"), y + number("y"), *(down for down in downs if down)]


def _painted(kind: str, style: dict[str, str]) -> dict[str, str]:
    """Return what of a style can be seen."""
    plain = {name: "none" if value == "transparent" else value for name, value in style.items()}
    seen = {name: value for name, value in plain.items() if _USUAL.get(name) != value}
    has_line = "stroke" in seen
    wanted = _LETTERED if kind == "text" else {"fill", "opacity"}
    if kind == "line":
        wanted = {"opacity"}
    if has_line and kind != "rect":
        wanted = wanted | {"stroke", "stroke-width", "stroke-dasharray"}
        seen.setdefault("stroke-width", "1")
    return {name: value for name, value in seen.items() if name in wanted}
