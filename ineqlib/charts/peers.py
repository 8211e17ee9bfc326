"""An area among others: each one's value against its deprivation, ours and its peers picked out."""

from typing import Any

import pandas as pd

from ineqlib.charts.cells import limits_cell, quantity, value_cell
from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import TEXT, level_axis, value_range, wrapped
from ineqlib.charts.roles import by
from ineqlib.charts.theme import DARK_BLUE, ORANGE, TURQUOISE
from ineqlib.charts.vegalite import (
    Rows,
    Spec,
    amount,
    between,
    fixed,
    inline,
    known,
    layer,
    params,
    records,
    tooltip,
    words,
)

WIDTH, HEIGHT, AXIS, MARGIN = 292, 240, 48, 16
"""Pixels: the plot, the axis left of it, the air right of it."""
TITLE = "Deprivation score"
LOOKS = {
    "other": ("Other areas", "circle", "#BFBFBF", 22),
    "comparator": ("Similar areas", "triangle-up", TURQUOISE, 60),
    "area": ("", "diamond", DARK_BLUE, 150),
}
"""Role -> words, shape, colour and size, in drawing order."""
DRAWN = "area_name deprivation value lower_ci upper_ci role shown".split()


def peers(
    points: Rows,
    line: Rows,
    labels: Labels,
    *,
    unit: str,
    decimals: int,
    comparators: str = "Similar areas",
) -> Figure:
    """Draw areas by deprivation and value, with what would be expected at each deprivation.

    Parameters
    ----------
    points
        One row per area: `area_code`, `area_name`, `deprivation` (higher = more deprived), `value`,
        `lower_ci`, `upper_ci` (NaN = none), `role` (area, comparator, other), optionally `status`.
    line
        `deprivation`, `fitted`: the expected value; empty = no line.
    labels
        Title, subtitle, text alternative and source.
    unit, decimals
        How values are written.
    comparators
        What the areas of role comparator are.

    Raises
    ------
    InputError
        When no area has both numbers.
    """
    rows, ends = records(points), records(line)
    for row in rows:
        row["shown"] = value_cell(row, unit, decimals)
    drawn = _drawn(rows)
    y_ends = value_range([*known(drawn, "value", "lower_ci", "upper_ci"), *known(ends, "fitted")])
    x_ends = value_range(known(drawn, "deprivation"))
    axis = {
        "title": f"{TITLE} (right: more deprived)",
        "tickCount": 5,
        "labelFontSize": TEXT,
        "titleFontSize": TEXT,
    }
    score = words("deprivation", title=TITLE) | {"type": "quantitative", "format": ".1f"}
    place = {
        "x": amount("deprivation", scale=between("x_ends"), axis=axis),
        "y": amount("value", scale=between("y_ends"), axis=level_axis(unit, AXIS)),
        "color": by("role", LOOKS, 2),
        "tooltip": [*tooltip(area_name="Area", shown="Value"), score],
    }
    chart = {
        "data": inline(drawn),
        "params": params(x_ends=list(x_ends), y_ends=list(y_ends)),
        "layer": [
            *_marks(place),
            *_expected(ends),
            *_name(place, drawn[-1], sum(x_ends) / 2),
            *_key(drawn, comparators, has_line=bool(ends)),
        ],
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {"left": AXIS, "right": MARGIN, "top": 56, "bottom": 50},
    }
    return Figure(labels, chart, _table(rows, comparators, decimals))


def _drawn(rows: list[Spec]) -> list[Spec]:
    """Return the areas with both numbers, this one last; only marked ones show their intervals."""
    order = list(LOOKS)
    both = [row for row in rows if "value" in row and "deprivation" in row]
    both.sort(key=lambda row: (order.index(row["role"]), row["area_code"]))
    plain = [name for name in DRAWN if name not in ("lower_ci", "upper_ci")]
    return [
        {name: row[name] for name in (plain if row["role"] == "other" else DRAWN) if name in row}
        for row in both
    ]


def _marks(place: Spec) -> list[Spec]:
    """Draw each area's mark, over the interval of those that are picked out."""
    limits = {"y": amount("lower_ci"), "y2": {"field": "upper_ci"}}
    look = {
        "shape": by("role", LOOKS, 1),
        "size": by("role", LOOKS, 3, kind="ordinal"),
    }
    return [
        layer("rule", {**place, **limits}, where="isValid(datum.lower_ci)"),
        layer("point", {**place, **look}, stroke="white", strokeWidth=0.5, opacity=1),
    ]


def _expected(line: list[Spec]) -> list[Spec]:
    if not line:
        return []
    dashes: dict[str, Any] = {"color": ORANGE, "strokeWidth": 2, "strokeDash": [6, 3]}
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


def _key(drawn: list[Spec], comparators: str, has_line: bool) -> list[Spec]:
    present = {row["role"] for row in drawn}
    samples = [
        Sample(comparators if role == "comparator" else text, shape, colour)
        for role, (text, shape, colour, _) in reversed(LOOKS.items())
        if text and role in present
    ]
    return key(
        [*samples, *[Sample("Fitted line", "dashes", ORANGE)] * has_line], left=-AXIS, down=-46
    )


def _table(rows: list[Spec], comparators: str, decimals: int) -> Table:
    scores = pd.Series([row.get("deprivation") for row in rows], dtype=float)
    rows = [rows[place] for place in scores.sort_values(ascending=False, kind="stable").index]
    shown_as = {"area": "This area", "comparator": comparators, "other": ""}
    table = {
        "Area": [row["area_name"] for row in rows],
        TITLE: [quantity(row.get("deprivation"), "", 1) for row in rows],
        "Value": [row["shown"] for row in rows],
    }
    if known(rows, "lower_ci"):
        table["95% interval"] = [limits_cell(row, decimals) for row in rows]
    return {**table, "Shown as": [shown_as[row["role"]] for row in rows]}
