"""The legend of a map of neighbourhoods, whose words a script exchanges."""

from collections.abc import Sequence
from html import escape

from ineqlib.charts import theme
from ineqlib.charts.map_layers import NO_DATA, TENTHS, WITHHELD, WITHOUT, Layer, for_script

LEGEND, LINE = 108, 24
"""Pixels: height of the legend above the map, and of one more line in it."""
NO_GROUP = "#BFBFBF"
"""Grey that is not mistaken for the lightest blue."""


def legend_height(choices: Sequence[Layer]) -> int:
    """Return the pixels a legend takes: a range takes two lines under its box."""
    has_ranges = any(" to " in label for layer in choices for label in layer.labels)
    return LEGEND + LINE * has_ranges


def drawn_legend(choices: Sequence[Layer], figure: str, width: int) -> str:
    """Draw the classes of the first layer; a script writes the words of the layer it shows.

    The boxes are those of all layers: of a place without a figure, why there is none.

    Parameters
    ----------
    choices
        What the map can be coloured by.
    figure
        Id of the map.
    width
        Pixels.
    """
    first, *_ = choices
    every = set("".join(layer.classes for layer in choices))
    pattern = f"{figure}--withheld"
    fills = {str(n): fill for n, fill in enumerate(theme.sequential(len(TENTHS)))}
    words = dict(zip(fills, first.labels, strict=True)) | WITHOUT
    fills |= {NO_DATA: NO_GROUP, WITHHELD: f"url(#{pattern})"}
    kinds = [kind for kind in fills if kind.isdigit() or kind in every]
    wide = (width - 2) / len(kinds)
    drawn = "".join(
        _box(kind, fills[kind], words[kind], 1 + n * wide, wide, is_seen=_is_seen(kind, first))
        for n, kind in enumerate(kinds)
    )
    low = legend_height(choices) - 12
    hatching = (
        f'<pattern id="{pattern}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="white"/><path d="M0 8L8 0" stroke="{theme.DARK_GREY}" '
        f'stroke-width="2"/></pattern>'
    )
    return (
        f"{hatching if WITHHELD in every else ''}"
        f'<g class="map-legend" font-size="15" fill="{theme.TEXT}" '
        f'data-layers="{escape(for_script(choices))}">'
        f'<text y="18" class="map-theme">{escape(first.title)}</text>{drawn}'
        f'<text x="1" y="{low}" class="map-end">{first.ends[0]}</text>'
        f'<text x="{1 + len(TENTHS) * wide:g}" y="{low}" text-anchor="end" class="map-end">'
        f"{first.ends[1]}</text></g>"
    )


def _box(kind: str, fill: str, words: str, left: float, wide: float, *, is_seen: bool) -> str:
    lines = "".join(
        f'<text x="{left + wide / 2:g}" y="{72 + n * LINE}" text-anchor="middle">{line}</text>'
        for n, line in enumerate((words, ""))
    )
    hidden = "" if is_seen else ' visibility="hidden"'
    return (
        f'<g data-kind="{kind}"{hidden}><rect x="{left:g}" y="28" width="{wide:g}" height="20" '
        f'fill="{fill}" stroke="{theme.DARK_GREY}"/>{lines}</g>'
    )


def _is_seen(kind: str, layer: Layer) -> bool:
    return bool(layer.labels[int(kind)]) if kind.isdigit() else kind in layer.classes
