"""The package's own charts drawn directly.

Vega takes some twenty milliseconds for a small chart, and a briefing has fifty: half of its work.
The package's own charts use a small part of Vega-Lite: layers of one fixed size over linear scales
whose ends are given. That part is drawn here, as Vega draws it; a chart that has anything more is
left to Vega. Tests hold the one drawing against the other.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ineqlib.charts import theme
from ineqlib.charts.draw.axes import grid, level, upright
from ineqlib.charts.draw.channels import Layer, for_row
from ineqlib.charts.draw.elements import moved, quoted, tenth
from ineqlib.charts.draw.expressions import NotPlain, evaluate
from ineqlib.charts.draw.marks import draw_layer

if TYPE_CHECKING:
    from ineqlib.charts.vegalite import Spec

_TOP = {
    *("data", "datasets", "params", "encoding", "layer", "width", "height", "autosize"),
    *("padding", "description"),
}
_SCALE = {"domain", "nice", "zero"}


def plain_drawing(spec: "Spec", *, alt: str) -> str | None:
    """Draw a Vega-Lite specification (with its data) as one inline SVG image.

    None where the chart has something that only Vega draws.
    """
    try:
        return _Plot(spec).svg(alt)
    except NotPlain:
        return None


class _Plot:
    def __init__(self, spec: "Spec") -> None:
        if unknown := spec.keys() - _TOP:
            raise NotPlain(f"{sorted(unknown)}")
        padding = spec.get("padding")
        if spec.get("autosize") != "none" or not isinstance(padding, dict) or "layer" not in spec:
            raise NotPlain("It is fitted to what it holds.")
        self.spec, self.padding = spec, padding
        self.width, self.height = spec["width"], spec["height"]
        self.names: dict[str, Any] = {"width": self.width, "height": self.height}
        self.names |= {param["name"]: param["value"] for param in spec.get("params", [])}
        self.layers = list(self._layers())
        # Vega keeps so much free at both ends of the axis along which bars stand.
        air = 5 * any(layer.mark["type"] == "bar" for layer in self.layers)
        self.scales = {
            "x": self._scale("x", (0, self.width)),
            "y": self._scale("y", (self.height - air, air)),
        }

    def _layers(self) -> Iterator[Layer]:
        for part in self.spec["layer"]:
            if unknown := part.keys() - {"mark", "encoding", "data", "transform"}:
                raise NotPlain(f"{sorted(unknown)} of a layer")
            encoding = {**self.spec.get("encoding", {}), **part["encoding"]}
            yield Layer(part["mark"], encoding, self._rows(part))

    def _rows(self, part: "Spec") -> list["Spec"]:
        data = part.get("data") or self.spec["data"]
        rows: list[Spec] = self.spec["datasets"][data["name"]]
        for step in part.get("transform", []):
            if step.keys() != {"filter"} or not isinstance(step["filter"], str):
                raise NotPlain("A transform")
            rows = list(filter(for_row(step["filter"], self.names), rows))
        return rows

    def _scale(self, channel: str, ends: tuple[float, float]) -> "Linear | None":
        """Return the scale that all layers share; None where nothing is placed by it."""
        given = [
            layer.encoding[channel]["scale"]
            for layer in self.layers
            if "scale" in layer.encoding.get(channel, {})
        ]
        if any(scale != given[0] for scale in given) or (given and given[0].keys() - _SCALE):
            raise NotPlain("Scales of several kinds")
        if not given:
            return None
        low, high = map(self._number, given[0]["domain"])
        return Linear((low, high), ends)

    def _number(self, end: Any) -> float:
        number: float = evaluate(end["expr"], self.names) if isinstance(end, dict) else end
        return number

    def _axis(self, channel: str) -> Mapping[str, Any] | None:
        """Return what the layers say of an axis; None where all say that there is none."""
        placed = [layer.encoding[channel] for layer in self.layers if channel in layer.encoding]
        said = [part["axis"] for part in placed if part.get("axis")]
        silent = any("field" in part and "axis" not in part for part in placed)
        if any(axis != said[0] for axis in said) or (silent and not said and self._shows(channel)):
            raise NotPlain("Axes of several kinds")
        return said[0] if said else None

    def _shows(self, channel: str) -> bool:
        return not any("axis" in layer.encoding.get(channel, {}) for layer in self.layers)

    def svg(self, alt: str) -> str:
        left, top = self.padding["left"], self.padding["top"]
        width = tenth(self.width + left + self.padding["right"])
        height = tenth(self.height + top + self.padding["bottom"])
        inner = "".join([*self._axes(), *self._marks()])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="{theme.FONT}" role="img" '
            f'aria-label="{quoted(alt)}"><rect width="{width}" height="{height}" fill="white"/>'
            f'<g fill="none" stroke-miterlimit="10" transform="{moved(left, top)}">'
            f"{inner}</g></svg>"
        )

    def _axes(self) -> Iterator[str]:
        across, up = self._axis("x"), self._axis("y")
        x, y = self.scales["x"], self.scales["y"]
        if up and y:
            yield grid(up, y, y.domain, self.width)
        if across and x:
            yield level(across, x, x.domain, (self.width, self.height), self.names)
        if up and y:
            yield upright(up, y, y.domain)

    def _marks(self) -> Iterator[str]:
        for layer in self.layers:
            yield draw_layer(layer, self.scales, self.names)


class Linear:
    """A linear scale: where a value stands, in pixels."""

    def __init__(self, domain: tuple[float, float], ends: tuple[float, float]) -> None:
        self.domain, (low, high), (self._start, end) = domain, domain, ends
        if low == high:
            raise NotPlain("A scale without length")
        self._low, self._step = low, (end - self._start) / (high - low)

    def __call__(self, value: float) -> float:
        """Return where a value stands."""
        return self._start + (value - self._low) * self._step
