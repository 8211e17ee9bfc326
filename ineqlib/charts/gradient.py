"""The social gradient: each deprivation group's value, and poorest beside average."""

from typing import Any

import numpy as np
import pandas as pd

from ineqlib.charts.cells import limit_cells, quantity, value_cells
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import CHARACTER, TEXT, level_axis, value_range, wrapped
from ineqlib.charts.roles import by
from ineqlib.charts.theme import DARK_BLUE, DARK_GREY, ORANGE
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
from ineqlib.text import number

WIDTH, HEIGHT, AXIS, MARGIN = 300, 190, 48, 12
"""Pixels: the plot, the axis left of it, the air right of it."""
ROW = 46
"""Pixels from one row of `beside` to the next."""
LOOKS = {
    "area_poorest": (DARK_BLUE, "diamond"),
    "area_average": (DARK_BLUE, "circle"),
    "country_poorest": (DARK_GREY, "diamond"),
    "country_average": (DARK_GREY, "circle"),
}
"""Role -> colour (whose) and shape (which part)."""


def gradient(
    groups: pd.DataFrame, line: pd.DataFrame, labels: Labels, *, unit: str, decimals: int
) -> Figure:
    """Draw each deprivation group's value over its share of the population.

    Parameters
    ----------
    groups
        One row per group, most deprived first: `order`, `label`, `value`, `lower_ci`, `upper_ci`
        (NaN = none), `start` and `end` (cumulative population share, 0 to 1), optionally `status`.
    line
        The fitted line behind the slope index: `rank` (0, 1), `fitted`; empty = no line.
    labels
        Title, subtitle, text alternative and source.
    unit, decimals
        How values are written.

    Raises
    ------
    InputError
        When no group has a value.
    """
    low, high = value_range(groups["value"], groups["lower_ci"], groups["upper_ci"], line["fitted"])
    room_for_text = 0.08 * (high - low)
    points = _groups(groups, unit, decimals)
    chart = {
        "data": inline(points),
        "params": params(ends=[low, high + room_for_text]),
        "layer": [*_fitted(line, unit, decimals), *_marks(unit)],
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {"left": AXIS, "right": MARGIN, "top": 34, "bottom": 48},
    }
    return Figure(labels, chart, _table(groups, line, unit, decimals))


def _groups(groups: pd.DataFrame, unit: str, decimals: int) -> pd.DataFrame:
    """Return the groups with a value, where they are drawn, and which values there is room for."""
    groups = groups.sort_values("order").assign(
        shown=lambda rows: value_cells(rows, unit, decimals),
        interval=lambda rows: limit_cells(rows, decimals),
    )
    points = groups[groups["value"].notna()].reset_index(drop=True)
    points["middle"] = (points["start"] + points["end"]) / 2
    points["top"] = points["upper_ci"].fillna(points["value"])
    points["number"] = [number(value, decimals) for value in points["value"]]
    needed = points["number"].str.len().max() * CHARACTER
    room = (points["end"] - points["start"]).min() * WIDTH
    # Where not all values fit side by side, the two that make the gap are written.
    at_ends = points.index.isin([0, len(points) - 1])
    points["written"] = at_ends | (needed <= room)
    return points


def _marks(unit: str) -> list[Spec]:
    """Draw each group over its share of the population, with its interval and its value."""
    x_axis = {
        "title": "Share of the population",
        "titleFontSize": TEXT,
        "labelFontSize": TEXT,
        "values": [0, 1],
        "labelExpr": "datum.value ? 'Least deprived' : 'Most deprived'",
        "labelFlush": True,
        "labelLimit": 0,
        "titleLimit": 0,
        "grid": False,
    }
    place = {
        "x": amount("middle", scale={"domain": [0, 1], "nice": False}, axis=x_axis),
        "y": amount("value", scale=between("ends"), axis=level_axis(unit, AXIS)),
        "tooltip": tooltip(label="Group", shown="Value", interval="95% interval"),
    }
    limits = {"y": amount("lower_ci"), "y2": {"field": "upper_ci"}}
    value = {**place, "y": amount("top"), "text": words("number")}
    style: dict[str, Any] = {"dy": -4, "baseline": "bottom", "fontSize": TEXT, "fontWeight": "bold"}
    return [
        layer("rule", {**place, "x": amount("start"), "x2": {"field": "end"}}, strokeWidth=2),
        layer("rule", {**place, **limits}),
        layer("point", place, size=60),
        # A white edge keeps the values clear of the line.
        layer("text", value, where="datum.written", stroke="white", strokeWidth=4, **style),
        layer("text", value, where="datum.written", **style),
    ]


def _fitted(line: pd.DataFrame, unit: str, decimals: int) -> list[Spec]:
    """Draw the fitted line, with its name above the plot."""
    if line.empty:
        return []
    named = line.assign(
        shown=[quantity(value, unit, decimals) for value in line["fitted"]], name="Fitted line"
    )
    ends = {
        "x": amount("rank"),
        "y": amount("fitted"),
        "tooltip": tooltip(name="Line", shown="Value at this end"),
    }
    dashes: dict[str, Any] = {"color": ORANGE, "strokeWidth": 2, "strokeDash": [6, 3]}
    name = key([Sample("Fitted line", "dashes", ORANGE)], left=WIDTH - 100, down=-24)
    return [layer("line", ends, data=inline(named), **dashes), *name]


def _table(groups: pd.DataFrame, line: pd.DataFrame, unit: str, decimals: int) -> pd.DataFrame:
    groups = groups.sort_values("order")
    table = pd.DataFrame(
        {
            "Group": groups["label"].to_numpy(),
            "Value": value_cells(groups, unit, decimals),
            "95% interval": limit_cells(groups, decimals),
            "Share of the population": [
                quantity(100 * share, "%", 1) for share in groups["end"] - groups["start"]
            ],
        }
    )
    fitted = pd.DataFrame(
        {
            "Group": [
                "Fitted line, least deprived end" if rank else "Fitted line, most deprived end"
                for rank in line["rank"]
            ],
            "Value": [quantity(value, unit, decimals) for value in line["fitted"]],
            "95% interval": "[z]",
            "Share of the population": "[z]",
        }
    )
    return pd.concat([table, fitted], ignore_index=True)


def beside(rows: pd.DataFrame, labels: Labels, *, unit: str, decimals: int) -> Figure:
    """Draw the poorest group and the average of an area beside the country's.

    Parameters
    ----------
    rows
        `place` (the words of the row), `value`, `lower_ci`, `upper_ci` (NaN = none), `role`
        (area_poorest, area_average, country_poorest, country_average), optionally `status`.
    labels
        Title, subtitle, text alternative and source.
    unit, decimals
        How values are written.

    Raises
    ------
    InputError
        When no row has a value.
    """
    ends = value_range(rows["value"], rows["lower_ci"], rows["upper_ci"])
    table = pd.DataFrame(
        {
            "Place": rows["place"].to_numpy(),
            "Value": value_cells(rows, unit, decimals),
            "95% interval": limit_cells(rows, decimals),
        }
    )
    points = rows.assign(
        row=np.arange(len(rows)),
        name=[wrapped(place, 46, 1) for place in rows["place"]],
        shown=value_cells(rows, "", decimals),
        interval=table["95% interval"].to_numpy(),
    )
    chart = {
        "data": inline(points),
        "params": params(ends=list(ends), lines=[len(rows) - 0.4, -0.6]),
        "layer": _beside_marks(unit),
        "width": 340,
        "height": ROW * len(rows),
        "autosize": "none",
        "padding": {"left": 8, "right": 12, "top": 4, "bottom": 50},
    }
    return Figure(labels, chart, table)


def _beside_marks(unit: str) -> list[Spec]:
    """Draw each row's value with its interval, under its name and the value in words."""
    axis = {"title": unit or None, "tickCount": 4, "labelFontSize": TEXT, "titleFontSize": TEXT}
    place = {
        "x": amount("value", scale=between("ends"), axis=axis),
        "y": amount("row", scale=between("lines"), axis=None),
        "color": by("role", LOOKS, 0),
        "tooltip": tooltip(place="Place", shown="Value", interval="95% interval"),
    }
    limits = {"x": amount("lower_ci"), "x2": {"field": "upper_ci"}}
    ink = {"color": fixed(DARK_GREY)}
    name = {**place, **ink, "x": fixed(0), "text": words("name")}
    value = {**place, **ink, "x": fixed("width"), "text": words("shown")}
    style: dict[str, Any] = {"baseline": "bottom", "fontSize": TEXT, "dy": -9}
    known = "isValid(datum.value)"
    return [
        layer(
            "rule",
            {**place, **limits},
            where=f"{known} && isValid(datum.lower_ci)",
            strokeWidth=2,
        ),
        layer("point", {**place, "shape": by("role", LOOKS, 1)}, where=known, size=110),
        layer("text", name, align="left", color=DARK_GREY, **style),
        layer("text", value, align="right", fontWeight="bold", **style),
    ]
