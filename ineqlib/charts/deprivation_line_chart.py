"""An area among others: each one's value against its deprivation, ours and its peers picked out."""

from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import TEXT, level_axis, value_range, wrapped
from ineqlib.charts.roles import look_by
from ineqlib.charts.theme import DARK_BLUE, DARK_GREY, TURQUOISE
from ineqlib.charts.vegalite import (
    LABELLED,
    Spec,
    amount,
    between,
    fixed,
    inline,
    known,
    label,
    layer,
    limits,
    params,
)
from ineqlib.facts.deprivation_line import DeprivationLine, PeerPoint
from ineqlib.facts.fact import interval_text

WIDTH, HEIGHT, AXIS, MARGIN = 292, 240, 48, 16
"""Pixels: the plot, the axis left of it, the air right of it."""
RING = 70
TITLE = "Deprivation score"
NEAR = "Nearest in deprivation"
LOOKS = {
    "other": ("Other areas", "circle", "#BFBFBF", 22),
    "comparator": ("Similar areas", "triangle-up", TURQUOISE, 60),
    "area": ("", "diamond", DARK_BLUE, 150),
}
"""Role -> words, shape, colour and size, in drawing order."""


def deprivation_line(line: DeprivationLine, labels: Labels) -> Figure:
    """Draw areas by deprivation and value, with what would be expected at each deprivation.

    Parameters
    ----------
    line
        The areas, and the line through them.
    labels
        Title, subtitle, text alternative and source.

    Returns
    -------
    Figure
        A dot for each area, this one named, and a table of those picked out.
    """
    return Figure(labels, partial(_chart, line), _table(line))


def _chart(line: DeprivationLine) -> Spec:
    drawn = _drawn(line)
    ends = [{"deprivation": end.position, "fitted": end.fact.value} for end in line.line]
    y_ends = value_range([*known(drawn, "value", "lower_ci", "upper_ci"), *known(ends, "fitted")])
    x_ends = value_range(known(drawn, "deprivation"))
    axis = {
        "title": f"{TITLE} (right: more deprived)",
        "tickCount": 5,
        "labelFontSize": TEXT,
        "titleFontSize": TEXT,
    }
    place = {
        "x": amount("deprivation", scale=between("x_ends"), axis=axis),
        "y": amount("value", scale=between("y_ends"), axis=level_axis(line.expected.unit, AXIS)),
        "color": look_by("role", LOOKS, 2),
    }
    return {
        "data": inline(drawn),
        "params": params(x_ends=list(x_ends), y_ends=list(y_ends)),
        "layer": [
            *_marks(place),
            *_expected(ends),
            *_rings(place),
            *_name(place, drawn[-1], sum(x_ends) / 2),
            *_key(drawn, line.comparators),
        ],
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {"left": AXIS, "right": MARGIN, "top": 74, "bottom": 50},
    }


def _drawn(line: DeprivationLine) -> list[Spec]:
    """Return the areas' marks, this one last; only marked ones show their intervals.

    Of the many others a mark says the name alone: their figures would be half of a page.
    """
    order = list(LOOKS)
    near = {point.area_code for point in line.nearest}
    in_table = {point.area_code for point in line.shown}
    last_on_top = sorted(line.points, key=lambda point: (order.index(point.role), point.area_code))
    return [
        {
            "area_name": point.area_name,
            "deprivation": point.deprivation.value,
            "value": point.fact.value,
            **(limits(point.fact) if point.role != "other" else {}),
            "role": point.role,
            "is_near": point.area_code in near,
            **_label(point, in_full=point.area_code in in_table),
        }
        for point in last_on_top
    ]


def _label(point: PeerPoint, *, in_full: bool) -> Spec:
    if not in_full:
        return label(point.area_name)
    return label(point.area_name, f"{TITLE}: {point.deprivation.text}", fact=point.fact)


def _marks(place: Spec) -> list[Spec]:
    """Draw each area's mark, over the interval of those that are picked out."""
    between_limits = {"y": amount("lower_ci"), "y2": {"field": "upper_ci"}}
    look = {
        "shape": look_by("role", LOOKS, 1),
        "size": look_by("role", LOOKS, 3, kind="ordinal"),
    }
    return [
        layer("rule", {**place, **between_limits}, where="isValid(datum.lower_ci)"),
        layer("point", {**place, **look, **LABELLED}, stroke="white", strokeWidth=0.5, opacity=1),
    ]


def _rings(place: Spec) -> list[Spec]:
    """Draw a ring round the areas nearest in deprivation."""
    ring = {"x": place["x"], "y": place["y"], "color": fixed(DARK_GREY)}
    near = "datum.is_near"
    return [layer("point", ring, where=near, filled=False, size=RING, strokeWidth=1.25)]


def _expected(line: list[Spec]) -> list[Spec]:
    dashes: dict[str, Any] = {"color": DARK_GREY, "strokeWidth": 1.5, "strokeDash": [6, 3]}
    ends = {"x": amount("deprivation"), "y": amount("fitted")}
    return [layer("line", ends, data=inline(line), **dashes)]


def _name(place: Spec, area: Spec, middle: float) -> list[Spec]:
    """Write the area's name beside its mark, on the side where there is room."""
    if area["role"] != "area":
        return []
    left: dict[str, Any] = {"align": "right", "dx": -11}
    side = left if area["deprivation"] > middle else {"align": "left", "dx": 11}
    name = wrapped(area["area_name"], 22, 1)
    style: dict[str, Any] = {
        "text": name,
        "baseline": "middle",
        "fontSize": TEXT + 1,
        "fontWeight": "bold",
        **side,
    }
    ours = "datum.role == 'area'"
    edge, ink = {"color": fixed("white")}, {"color": fixed(DARK_BLUE)}
    return [
        layer("text", {**place, **edge}, where=ours, stroke="white", strokeWidth=4, **style),
        layer("text", {**place, **ink}, where=ours, **style),
    ]


def _key(drawn: list[Spec], comparators: str) -> list[Spec]:
    present = {row["role"] for row in drawn}
    samples = [
        Sample(comparators if role == "comparator" else text, shape, colour)
        for role, (text, shape, colour, _) in reversed(LOOKS.items())
        if text and role in present
    ]
    if any(row["is_near"] for row in drawn):
        samples.append(Sample(NEAR, "circle", "white", outline=DARK_GREY))
    samples.append(Sample("Fitted line", "dashes", DARK_GREY))
    return [
        *key(samples[:2], left=-AXIS, down=-64),
        *key(samples[2:], left=-AXIS, down=-46),
    ]


def _table(line: DeprivationLine) -> Table:
    """Return a row per area that is picked out, the most deprived first; level ones by code."""
    shown_as = {"area": "This area", "comparator": line.comparators, "other": NEAR}
    points = sorted(line.shown, key=lambda point: -point.deprivation.value)
    table = {
        "Area": [point.area_name for point in points],
        TITLE: [point.deprivation.text for point in points],
        "Value": [point.fact.text for point in points],
    }
    if any(point.fact.limits for point in points):
        table["95% interval"] = [interval_text(point.fact) for point in points]
    return {**table, "Shown as": [shown_as[point.role] for point in points]}
