"""The legend of a map of neighbourhoods, whose words a script exchanges."""

from collections.abc import Sequence
from html import escape

from ineqlib.charts import theme
from ineqlib.charts.map_frame import FINE
from ineqlib.charts.map_layers import NO_DATA, TENTHS, WITHHELD, WITHOUT, Layer, for_script

LEGEND, LINE = 108, 24
"""Pixels: height of the legend above the map, and of one more line in it."""
WIDER = 1.25
"""How much wider a box is whose words say why there is no figure."""
NO_GROUP = "#BFBFBF"
"""Grey that is not mistaken for the lightest blue."""


def legend_height(choices: Sequence[Layer]) -> int:
    """Return the pixels a legend takes: a range takes two lines under its box."""
    has_ranges = any(" to " in label for layer in choices for label in layer.labels)
    return LEGEND + LINE * has_ranges


def drawn_legend(choices: Sequence[Layer], figure: str, width: int) -> str:
    """Draw the classes of the first layer; a script writes the words of the layer it shows.

    The boxes are those of all layers: of a place without a figure, why there is none.
    """
    first, *_ = choices
    every = set("".join(layer.classes for layer in choices))
    fills = {str(n): fill for n, fill in enumerate(theme.sequential(len(TENTHS)))}
    words = dict(zip(fills, first.labels, strict=True)) | WITHOUT
    fills |= {NO_DATA: NO_GROUP, WITHHELD: f"url(#{figure}--hatched)"}
    kinds = [kind for kind in fills if kind.isdigit() or kind in every]
    shares = [1.0 if kind.isdigit() else WIDER for kind in kinds]
    unit = (width - 2) / sum(shares)
    drawn = "".join(
        _box(kind, fills[kind], words[kind], 1 + unit * sum(shares[:n]), unit * shares[n], first)
        for n, kind in enumerate(kinds)
    )
    low = legend_height(choices) - 12
    return (
        f"{hatching(figure) if WITHHELD in every else ''}"
        f'<g class="map-legend" font-size="15" fill="{theme.TEXT}" '
        f'data-layers="{escape(for_script(choices))}">'
        f'<text y="18" class="map-theme">{escape(first.title)}</text>{drawn}'
        f'<text x="1" y="{low}" class="map-end">{first.ends[0]}</text>'
        f'<text x="{1 + len(TENTHS) * unit:g}" y="{low}" text-anchor="end" class="map-end">'
        f"{first.ends[1]}</text></g>"
    )


def hatching(figure: str) -> str:
    """Draw the hatching of withheld figures: for the legend, and in the finer units of the map."""
    return "".join(
        f'<pattern id="{figure}--hatched{name}" width="{side}" height="{side}" '
        f'patternUnits="userSpaceOnUse"><rect width="{side}" height="{side}" fill="white"/>'
        f'<path d="M0 {side}L{side} 0" stroke="{theme.DARK_GREY}" stroke-width="{side / 5:g}"/>'
        "</pattern>"
        for name, side in (("", 10), ("-map", 10 * FINE))
    )


def _box(kind: str, fill: str, words: str, left: float, wide: float, shown: Layer) -> str:
    lines = "".join(
        f'<text x="{left + wide / 2:g}" y="{72 + n * LINE}" text-anchor="middle">{line}</text>'
        for n, line in enumerate((words, ""))
    )
    hidden = "" if _is_seen(kind, shown) else ' visibility="hidden"'
    on_map = fill.replace("hatched", "hatched-map")
    return (
        f'<g data-kind="{kind}" data-fill="{on_map}"{hidden}><rect x="{left:g}" y="28" '
        f'width="{wide:g}" height="20" fill="{fill}" stroke="{theme.DARK_GREY}"/>{lines}</g>'
    )


def _is_seen(kind: str, layer: Layer) -> bool:
    return bool(layer.labels[int(kind)]) if kind.isdigit() else kind in layer.classes
