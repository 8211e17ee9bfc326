"""Areas in the order of their figures: a row each where they are few, else a strip of them all.

Written here, not by Vega: a script must find each area's mark by its code.
"""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import NamedTuple

from ineqlib.charts import theme
from ineqlib.charts.draw.axes import ticks
from ineqlib.charts.drawn_figure import DrawnFigure, image
from ineqlib.charts.figure import Labels
from ineqlib.charts.layout import CHARACTER, TEXT, shortened, value_scale, values_and_limits
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.text import number

FEW = 45
"""So many areas at most have a row each, with their name."""
WIDTH, ROW, NAME = 640, 24, 40
"""Pixels: the drawing, a row; characters of a name."""
STRIP, BELOW = 220, 46
"""Pixels: height of the strip, and of what stands below it."""
MOST_TICKS = 6
"""About so many round numbers stand along an axis."""
COLOURS = {"area": theme.DARK_PINK, "other": theme.MID_BLUE, "reference": theme.DARK_GREY}


class Ranked(NamedTuple):
    """One area's figure."""

    fact: Fact
    look: str = "other"
    """``area`` for the one the chart is about, ``reference`` for what all are set against, else
    ``other``."""
    name: str = ""
    """Of the row; empty for the area's."""

    @property
    def called(self) -> str:
        """What its row is called: its area, where nothing else."""
        return self.name or self.fact.area_name


def places_in_order(values: Sequence[float]) -> list[int]:
    """Return the place of each of some values in order: equal values share the smaller place.

    Examples
    --------
    >>> places_in_order([9.5, 8.0, 8.0, 7.1])
    [1, 2, 2, 4]
    """
    return [1 + values.index(value) for value in values]


def ranking(
    areas: Sequence[Ranked],
    labels: Labels,
    *,
    heading: str = "Area",
    limits: str = "95% interval",
    has_places: bool = True,
) -> DrawnFigure:
    """Draw a mark with its interval for each area, in the order given; beside it a table of them.

    References stand beside the areas, not among them. `heading` says what the rows of the table
    are, `limits` what those of the figures are; `has_places`, that the order is one of values.
    """
    among = [area for area in areas if area.look != "reference"]
    if not among:
        raise InputError("There is no area to rank; show a line of text in its place.")
    in_order = [*among, *(area for area in areas if area.look == "reference")]
    table = {heading: [area.called for area in in_order]}
    if has_places:
        places = [str(place) for place in places_in_order([area.fact.value for area in among])]
        table["Order"] = [*places, *["[z]"] * (len(areas) - len(among))]
    table["Value"] = [area.fact.text for area in in_order]
    table[limits] = [interval_text(area.fact) for area in in_order]
    if len(among) > FEW:
        return DrawnFigure(labels, partial(_strip, in_order, labels), table)
    return DrawnFigure(labels, partial(_rows, in_order, labels), table, _cards(in_order))


def _cards(areas: Sequence[Ranked]) -> str:
    """Write the rows as a list, for screens too narrow for the drawing."""
    rows = "".join(
        f'<li class="card"><strong>{escape(area.called)}</strong>: '
        f'<span class="card-values">{escape(area.fact.text)}{_in_brackets(area.fact)}</span></li>'
        for area in areas
    )
    return f'<ul class="cards">{rows}</ul>'


def _in_brackets(fact: Fact) -> str:
    return f" ({interval_text(fact)})" if fact.limits else ""


def _rows(areas: Sequence[Ranked], labels: Labels) -> str:
    """Draw a row for each area: its name, its mark with the interval, its value."""
    scale = value_scale(values_and_limits(area.fact for area in areas))
    left = int(max(len(shortened(area.called, NAME)) for area in areas) * CHARACTER) + 16
    right = int(max(len(area.fact.text) for area in areas) * CHARACTER) + 16
    per_unit = (WIDTH - left - right) / (scale.high - scale.low)
    height = ROW * len(areas) + 34

    def x(value: float) -> str:
        return f"{left + (value - scale.low) * per_unit:.1f}"

    parts = [_axis(x, (scale.low, scale.high), height - 24)]
    parts += [_against(area, x, height - 24) for area in areas if area.look == "reference"]
    for place, area in enumerate(areas):
        fact, y = area.fact, ROW * place + ROW // 2
        bold = ' font-weight="bold"' if area.look == "area" else ""
        interval = ""
        if fact.limits:
            low, high = map(x, fact.limits)
            interval = (
                f'<path d="M{low} {y}H{high}" stroke="{COLOURS[area.look]}" stroke-width="2"/>'
            )
        parts.append(
            f'<g data-code="{escape(fact.area_code)}" data-label="{escape(_label(area))}">'
            f'<text x="{left - 10}" y="{y + 4}" text-anchor="end"{bold}>'
            f"{escape(shortened(area.called, NAME))}</text>{interval}"
            f'<circle cx="{x(fact.value)}" cy="{y}" r="5" fill="{COLOURS[area.look]}"/>'
            f'<text x="{WIDTH - 4}" y="{y + 4}" text-anchor="end"{bold}>'
            f"{escape(fact.text)}</text></g>"
        )
    return image((WIDTH, height), labels, "".join(parts), text_size=TEXT)


def _axis(x: Callable[[float], str], ends: tuple[float, float], y: int) -> str:
    """Draw an axis with round numbers, and a faint line up from each."""
    low, high = ends
    values, decimals = ticks(ends, MOST_TICKS)
    texts = "".join(
        f'<path d="M{x(value)} 0V{y}" stroke="{theme.GRID}"/>'
        f'<text x="{x(value)}" y="{y + 18}" text-anchor="middle" fill="{theme.SECONDARY_TEXT}">'
        f"{number(value, decimals)}</text>"
        for value in values
    )
    zero = f'<path d="M{x(0)} 0V{y}" stroke="{theme.DARK_GREY}" stroke-width="1"/>'
    line = f'<path d="M{x(low)} {y}H{x(high)}" stroke="{theme.GRID}" stroke-width="1"/>'
    return f"{line}{texts}{zero * (low < 0 < high)}"


def _against(area: Ranked, x: Callable[[float], str], y: int) -> str:
    """Draw what all are set against as a line through their rows; its own row names it."""
    at = x(area.fact.value)
    return f'<path d="M{at} 0V{y}" stroke="{COLOURS[area.look]}" stroke-dasharray="6 4"/>'


def _strip(areas: Sequence[Ranked], labels: Labels) -> str:
    """Draw every area as a mark with its interval, in order from left to right."""
    among = [area for area in areas if area.look != "reference"]
    scale = value_scale(values_and_limits(area.fact for area in areas))
    left, right, top = 56, 12, 22
    step = (WIDTH - left - right) / len(among)
    per_unit = (STRIP - top) / (scale.high - scale.low)

    def y(value: float) -> str:
        return f"{STRIP - (value - scale.low) * per_unit:.1f}"

    values, decimals = ticks((scale.low, scale.high), MOST_TICKS)
    parts = [
        f'<text x="{left - 8}" y="{y(value)}" dy="4" text-anchor="end" '
        f'fill="{theme.SECONDARY_TEXT}">{number(value, decimals)}</text>'
        f'<path d="M{left} {y(value)}H{WIDTH - right}" stroke="{theme.GRID}" stroke-width="1"/>'
        for value in values
    ]
    references = [area for area in areas if area.look == "reference"]
    parts += [_reference(area, y(area.fact.value), (left, WIDTH - right)) for area in references]
    marks: list[str] = []
    chosen: list[str] = []
    for place, area in enumerate(among):
        at = left + (place + 0.5) * step
        if area.look == "area":
            chosen += [_strip_mark(area, at, y, 5), _strip_name(area, at, y)]
        else:
            marks.append(_strip_mark(area, at, y, 2))
    ends = (
        f'<text x="{left}" y="{STRIP + 16}" fill="{theme.SECONDARY_TEXT}">'
        f"{escape(among[0].fact.area_name)}</text>"
        f'<text x="{WIDTH - right}" y="{STRIP + 16}" text-anchor="end" '
        f'fill="{theme.SECONDARY_TEXT}">{escape(among[-1].fact.area_name)}</text>'
    )
    content = "".join([*parts, *marks, *chosen, ends])
    return image((WIDTH, STRIP + BELOW), labels, content, text_size=TEXT)


def _reference(area: Ranked, level: str, ends: tuple[int, int]) -> str:
    """Draw a line across the strip, its name over its right end."""
    left, right = ends
    words = f"{area.fact.area_name} {area.fact.text}"
    return (
        f'<path d="M{left} {level}H{right}" stroke="{COLOURS[area.look]}" '
        f'stroke-width="1.5" stroke-dasharray="6 4"/><text x="{right}" y="{level}" '
        f'dy="-5" text-anchor="end">{escape(words)}</text>'
    )


def _strip_mark(area: Ranked, at: float, y: Callable[[float], str], size: int) -> str:
    fact, colour = area.fact, COLOURS[area.look]
    interval = ""
    if fact.limits:
        low, high = map(y, fact.limits)
        interval = f'<path d="M{at:.1f} {low}V{high}" stroke="{colour}" stroke-width="1"/>'
    return (
        f'<g data-code="{escape(fact.area_code)}" data-label="{escape(_label(area))}">'
        f'{interval}<circle cx="{at:.1f}" cy="{y(fact.value)}" r="{size}" fill="{colour}"/></g>'
    )


def _strip_name(area: Ranked, at: float, y: Callable[[float], str]) -> str:
    """Write name and value of the area that the chart is about below its mark."""
    fact = area.fact
    anchor = "start" if at < WIDTH / 3 else "end" if at > 2 * WIDTH / 3 else "middle"
    words = f"{fact.area_name} {fact.text}"
    return (
        f'<text x="{at:.1f}" y="{STRIP + 36}" text-anchor="{anchor}" font-weight="bold">'
        f'{escape(words)}</text><path d="M{at:.1f} {STRIP + 22}V{y(fact.value)}" '
        f'stroke="{COLOURS[area.look]}" stroke-width="1" stroke-dasharray="2 2"/>'
    )


def _label(area: Ranked) -> str:
    return f"{area.called}: {area.fact.text}{_in_brackets(area.fact)}"
