"""An area among others: each one's value against its deprivation, ours and its peers picked out."""

from typing import Any

import numpy as np
import pandas as pd

from ineqlib.charts.cells import limit_cells, quantity, value_cells
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import TEXT, level_axis, value_range, wrapped
from ineqlib.charts.roles import by
from ineqlib.charts.theme import DARK_BLUE, ORANGE, TURQUOISE
from ineqlib.charts.vegalite import (
    Spec,
    amount,
    between,
    fixed,
    inline,
    layer,
    params,
    tooltip,
    words,
)

WIDTH, HEIGHT, AXIS, MARGIN = 292, 240, 48, 16
"""Pixels: the plot, the axis left of it, the air right of it."""
LOOKS = {
    "other": ("Other areas", "circle", "#BFBFBF", 22),
    "comparator": ("Similar areas", "triangle-up", TURQUOISE, 60),
    "area": ("", "diamond", DARK_BLUE, 150),
}
"""Role -> words, shape, colour and size, in drawing order."""
DRAWN = "area_name deprivation value lower_ci upper_ci role shown".split()


def peers(
    points: pd.DataFrame, line: pd.DataFrame, labels: Labels, *, unit: str, decimals: int
) -> Figure:
    """Draw areas by deprivation and value, with what would be expected at each deprivation.

    Parameters
    ----------
    points
        One row per area: `area_code`, `area_name`, `deprivation` (higher = more deprived), `value`,
        `lower_ci`, `upper_ci` (NaN = none), `role` (area, comparator, other), optionally `status`.
        `points.attrs["deprivation_title"]` names the deprivation axis, and
        `points.attrs["comparators"]` the areas of role comparator.
    line
        `deprivation`, `fitted`: the expected value; empty = no line.
    labels
        Title, subtitle, text alternative and source.
    unit, decimals
        How values are written.

    Raises
    ------
    InputError
        When no area has both numbers.
    """
    title = points.attrs.get("deprivation_title", "Deprivation score")
    comparators = points.attrs.get("comparators", LOOKS["comparator"][0])
    both = points["value"].notna() & points["deprivation"].notna()
    drawn = points[both].assign(
        order=lambda rows: rows["role"].map(list(LOOKS).index),
        shown=lambda rows: value_cells(rows, unit, decimals),
    )
    # Only marked areas show their intervals.
    drawn.loc[drawn["role"] == "other", ["lower_ci", "upper_ci"]] = np.nan
    drawn = drawn.sort_values(["order", "area_code"])[DRAWN]
    y_ends = value_range(drawn["value"], drawn["lower_ci"], drawn["upper_ci"], line["fitted"])
    x_ends = value_range(drawn["deprivation"])
    axis = {
        "title": f"{title} (right: more deprived)",
        "tickCount": 5,
        "labelFontSize": TEXT,
        "titleFontSize": TEXT,
    }
    score = words("deprivation", title=title) | {"type": "quantitative", "format": ".1f"}
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
            *_expected(line),
            *_name(place, drawn[drawn["role"] == "area"], sum(x_ends) / 2),
            *_key(drawn, comparators, has_line=not line.empty),
        ],
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {"left": AXIS, "right": MARGIN, "top": 56, "bottom": 50},
    }
    return Figure(labels, chart, _table(points, comparators, unit, decimals))


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


def _expected(line: pd.DataFrame) -> list[Spec]:
    if line.empty:
        return []
    dashes: dict[str, Any] = {"color": ORANGE, "strokeWidth": 2, "strokeDash": [6, 3]}
    ends = {"x": amount("deprivation"), "y": amount("fitted")}
    return [layer("line", ends, data=inline(line), **dashes)]


def _name(place: Spec, area: pd.DataFrame, middle: float) -> list[Spec]:
    """Write the area's name beside its mark, on the side where there is room."""
    if area.empty:
        return []
    left: dict[str, Any] = {"align": "right", "dx": -11}
    side = left if area["deprivation"].iloc[0] > middle else {"align": "left", "dx": 11}
    name = wrapped(area["area_name"].iloc[0], 22, 1)
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


def _key(drawn: pd.DataFrame, comparators: str, has_line: bool) -> list[Spec]:
    present = set(drawn["role"])
    samples = [
        Sample(comparators if role == "comparator" else text, shape, colour)
        for role, (text, shape, colour, _) in reversed(LOOKS.items())
        if text and role in present
    ]
    return key(
        [*samples, *[Sample("Fitted line", "dashes", ORANGE)] * has_line], left=-AXIS, down=-46
    )


def _table(points: pd.DataFrame, comparators: str, unit: str, decimals: int) -> pd.DataFrame:
    points = points.sort_values("deprivation", ascending=False)
    title = points.attrs.get("deprivation_title", "Deprivation score")
    shown_as = {"area": "This area", "comparator": comparators, "other": ""}
    table = pd.DataFrame(
        {
            "Area": points["area_name"].to_numpy(),
            title: [quantity(score, "", 1) for score in points["deprivation"]],
            "Value": value_cells(points, unit, decimals),
        }
    )
    if points["lower_ci"].notna().any():
        table["95% interval"] = limit_cells(points, decimals)
    return table.assign(**{"Shown as": points["role"].map(shown_as).to_numpy()})
