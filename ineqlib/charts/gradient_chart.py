"""The social gradient: each deprivation group's value over its share of the population."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import (
    CHARACTER,
    TEXT,
    Scale,
    cut_mark,
    level_axis,
    value_scale,
    values_and_limits,
)
from ineqlib.charts.theme import CONTEXT
from ineqlib.charts.vegalite import (
    LABELLED,
    Spec,
    amount,
    between,
    inline,
    label,
    layer,
    limits,
    params,
    words,
)
from ineqlib.facts.deprivation_line import LineEnd
from ineqlib.facts.fact import interval_text, value_text
from ineqlib.facts.gradients import GroupPoint
from ineqlib.text import NO_VALUE

ENDS = ("Most deprived", "Least deprived")
WIDTH, HEIGHT, AXIS, MARGIN = 300, 190, 48, 12
"""Pixels: the plot, the axis left of it, the air right of it."""


def gradient_scale(groups: Iterable[GroupPoint], line: Iterable[LineEnd]) -> Scale:
    """Return the scale of a chart of these groups, or of several charts of them side by side."""
    numbers = values_and_limits(group.fact for group in groups if group.fact)
    # A line alone is nothing to draw.
    scale = value_scale([*numbers, *(end.fact.value for end in line if numbers)])
    room = 0.09 * (scale.high - scale.low)  # for the values
    return scale._replace(low=scale.low - room * scale.is_cut, high=scale.high + room)


def gradient(
    groups: Sequence[GroupPoint],
    line: Sequence[LineEnd],
    labels: Labels,
    *,
    unit: str,
    scale: Scale | None = None,
    ends: tuple[str, str] = ENDS,
) -> Figure:
    """Draw each deprivation group's value over its share of the population.

    Parameters
    ----------
    groups
        Most deprived first. One without a fact is in the table alone.
    line
        Ends of the fitted line behind the slope index; empty = no line.
    labels
        Title, subtitle, text alternative and source.
    unit
        What the values' axis is called.
    scale
        Of the values, where the chart shares it with others; else that of its own groups.
    ends
        Whose the first and the last groups are.

    Returns
    -------
    Figure
        A step for each group, and a table of groups and line.

    Raises
    ------
    InputError
        When no group has a fact.
    """
    scale = scale or gradient_scale(groups, line)
    chart = partial(_chart, groups, line, scale, unit, ends)
    return Figure(labels.on(scale), chart, _table(groups, line))


def _chart(
    groups: Sequence[GroupPoint],
    line: Sequence[LineEnd],
    scale: Scale,
    unit: str,
    named_ends: tuple[str, str],
) -> Spec:
    return {
        "data": inline(_points(groups)),
        "params": params(ends=scale.ends),
        "layer": [*_fitted(line), *_marks(unit, named_ends, scale), *cut_mark(scale)],
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {"left": AXIS, "right": MARGIN, "top": 34, "bottom": 48},
    }


def _points(groups: Sequence[GroupPoint]) -> list[Spec]:
    """Return the groups with a fact, where they are drawn, and where their values are written."""
    drawn = [(group, group.fact) for group in groups if group.fact]
    needed = max(len(fact.number) for _, fact in drawn) * CHARACTER
    room = min(group.end - group.start for group, _ in drawn) * WIDTH
    return [
        {
            "order": group.order,
            "status": group.status,
            "start": group.start,
            "end": group.end,
            "value": fact.value,
            **limits(fact),
            **label(group.label, fact=fact),
            "middle": (group.start + group.end) / 2,
            "top": fact.limits[1] if fact.limits else fact.value,
            "number": fact.number,
            # Where not all values fit side by side, every other one stands below its mark.
            "below": needed > room and place % 2 == 1,
            "bottom": fact.limits[0] if fact.limits else fact.value,
        }
        for place, (group, fact) in enumerate(drawn)
    ]


def _marks(unit: str, named_ends: tuple[str, str], scale: Scale) -> list[Spec]:
    """Draw each group over its share of the population, with its interval and its value."""
    x_axis = {
        "title": "Share of the population",
        "titleFontSize": TEXT,
        "labelFontSize": TEXT,
        "values": [0, 1],
        "labelExpr": f"datum.value ? '{named_ends[1]}' : '{named_ends[0]}'",
        "labelFlush": True,
        "labelLimit": 0,
        "titleLimit": 0,
        "grid": False,
    }
    place = {
        "x": amount("middle", scale={"domain": [0, 1], "nice": False}, axis=x_axis),
        "y": amount("value", scale=between("ends"), axis=level_axis(unit, AXIS, scale=scale)),
    }
    between_limits = {"y": amount("lower_ci"), "y2": {"field": "upper_ci"}}
    value = {**place, "text": words("number")}
    style: dict[str, Any] = {"fontSize": TEXT, "fontWeight": "bold"}
    sides: list[tuple[str, str, dict[str, Any]]] = [
        ("!datum.below", "top", {"dy": -5, "baseline": "bottom"}),
        ("datum.below", "bottom", {"dy": 5, "baseline": "top"}),
    ]
    # A white edge keeps the values clear of the line.
    edges: list[dict[str, Any]] = [{"stroke": "white", "strokeWidth": 4}, {}]
    return [
        layer("rule", {**place, "x": amount("start"), "x2": {"field": "end"}}, strokeWidth=2),
        layer("rule", {**place, **between_limits}),
        layer("point", {**place, **LABELLED}, size=60),
        *(
            layer("text", {**value, "y": amount(end)}, where=where, **style, **side, **edge)
            for where, end, side in sides
            for edge in edges
        ),
    ]


def _fitted(line: Sequence[LineEnd]) -> list[Spec]:
    """Draw the fitted line, with its name above the plot."""
    if not line:
        return []
    named = [
        {
            "rank": end.position,
            "fitted": end.fact.value,
            **label("Fitted line", f"{_end_name(end).capitalize()}: {end.fact.text}"),
        }
        for end in line
    ]
    ends = {"x": amount("rank"), "y": amount("fitted")}
    dashes: dict[str, Any] = {"color": CONTEXT, "strokeWidth": 1, "strokeDash": [6, 3]}
    name = key([Sample("Fitted line", "dashes", CONTEXT)], left=WIDTH - 100, down=-24)
    pointed_at = layer("point", {**ends, **LABELLED}, data=inline(named), opacity=0, size=160)
    return [layer("line", ends, data=inline(named), **dashes), pointed_at, *name]


def _end_name(end: LineEnd) -> str:
    return "least deprived end" if end.position else "most deprived end"


def _table(groups: Sequence[GroupPoint], line: Sequence[LineEnd]) -> Table:
    unknown = [NO_VALUE["not_applicable"]] * len(line)
    return {
        "Group": [
            *(group.label for group in groups),
            *(f"Fitted line, {_end_name(end)}" for end in line),
        ],
        "Value": [
            *(value_text(group.fact, group.status) for group in groups),
            *(end.fact.text for end in line),
        ],
        "95% interval": [*(interval_text(group.fact) for group in groups), *unknown],
        "Share of the population": [*(value_text(group.share) for group in groups), *unknown],
    }
