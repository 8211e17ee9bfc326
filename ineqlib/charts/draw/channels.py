"""What a layer of a chart says of each of its rows: where it stands, how it is painted, its words.

A layer has hundreds of rows and says nearly the same of all: whatever it says is read once, as a
function of a row.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ineqlib.charts import theme
from ineqlib.charts.draw.elements import quoted
from ineqlib.charts.draw.expressions import NotPlain, meaning
from ineqlib.charts.draw.svg import LABEL

if TYPE_CHECKING:
    from ineqlib.charts.vegalite import Spec

Row = dict[str, Any]
Reader = Callable[[Row], Any]
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


class Layer(NamedTuple):
    """One layer of a chart: its mark, what its channels show, and its rows."""

    mark: "Spec"
    encoding: "Spec"
    rows: "list[Spec]"


class Channels:
    """What a layer says, each thing as a function of a row.

    Parameters
    ----------
    layer
        The layer.
    scales
        Of both axes.
    names
        What the names of expressions stand for.

    Raises
    ------
    NotPlain
        It says more than the package's own charts do.
    """

    def __init__(self, layer: Layer, scales: Scales, names: Mapping[str, Any]) -> None:
        self._encoding, self._scales, self._names = layer.encoding, scales, names
        unknown = [*(layer.mark.keys() - _STYLE), *(layer.encoding.keys() - _CHANNELS)]
        for definition in layer.encoding.values():
            unknown += definition.keys() - _DEFINITION
        if unknown:
            raise NotPlain(f"{sorted(unknown)} of a mark")
        self._style = {**theme.CONFIG.get(layer.mark["type"], {}), **layer.mark}
        self.rows = layer.rows
        for field in filter(None, map(self.field, ("x", "y"))):
            self.rows = [row for row in self.rows if row.get(field) is not None]
        self.has_gaps = len(self.rows) < len(layer.rows)
        self.colour = self.shown("color", self.style("color", theme.CONFIG["mark"]["color"]))

    def has(self, channel: str) -> bool:
        """Tell whether the layer has a channel."""
        return channel in self._encoding

    def field(self, channel: str) -> str | None:
        """Name the column that a channel shows; None where it shows none."""
        name: str | None = self._encoding.get(channel, {}).get("field")
        return name

    def style(self, name: str, usual: Any = None) -> Reader:
        """Return a property of the mark."""
        value = self._style.get(name, usual)
        return self._expression(value["expr"]) if isinstance(value, dict) else constant(value)

    def _expression(self, expression: str) -> Reader:
        return for_row(expression, self._names)

    def at(self, channel: str) -> Reader:
        """Return the place in pixels; None where there is none."""
        definition = self._encoding.get(channel)
        if definition is None:
            return constant(None)
        offset = self.style(f"{channel}Offset", 0)
        if "field" not in definition and "datum" not in definition:
            value = definition["value"]
            pixels = self._names[value] if isinstance(value, str) else value
            return lambda row: pixels + offset(row)
        scale, field = self._scales[channel[0]], definition.get("field")
        if scale is None:
            raise NotPlain("A place without a scale")
        if "datum" in definition:
            place = scale(definition["datum"])
            return lambda row: place + offset(row)

        def read(row: Row) -> float | None:
            value = row.get(field)
            return None if value is None else scale(value) + offset(row)

        return read

    def both(self) -> Callable[[Row], tuple[float, float]]:
        """Return the place across and down."""
        across, down = self.at("x"), self.at("y")

        def read(row: Row) -> tuple[float, float]:
            x, y = across(row), down(row)
            if x is None or y is None:
                raise NotPlain("A mark without a place")
            return x, y

        return read

    def shown(self, channel: str, usual: Reader) -> Reader:
        """Return what a channel shows; the usual where it shows nothing."""
        definition = self._encoding.get(channel)
        if definition is None:
            return usual
        plainly = self._plainly(definition, usual)
        condition = definition.get("condition")
        if not condition:
            return plainly
        if condition.keys() != {"test", "value"}:
            raise NotPlain("A condition")
        test, value = self._expression(condition["test"]), condition["value"]
        return lambda row: value if test(row) else plainly(row)

    def _plainly(self, definition: "Spec", usual: Reader) -> Reader:
        if "field" not in definition:
            return constant(definition["value"]) if "value" in definition else usual
        field, scale = definition["field"], definition.get("scale")
        if not scale:
            return lambda row: row.get(field)
        looks = dict(zip(scale["domain"], scale["range"], strict=True))

        def read(row: Row) -> Any:
            value = row.get(field)
            if value not in looks:
                raise NotPlain("A value without a look")
            return looks[value]

        return read

    @property
    def words(self) -> Reader:
        """What a mark says where it is pointed at; nothing where it says nothing."""
        return self.shown("description", constant(None))


def label(words: str | None) -> str:
    """Write what a mark says as an attribute."""
    return f' {LABEL}="{quoted(words)}"' if words else ""


def constant(value: Any) -> Reader:
    """Return a reader that says the same of every row."""
    return lambda _: value


def for_row(expression: str, names: Mapping[str, Any]) -> Reader:
    """Return an expression as a reader of rows."""
    value = meaning(expression)
    known = {**names, "datum": None}

    def read(row: Row) -> Any:
        known["datum"] = row
        return value(known)

    return read
