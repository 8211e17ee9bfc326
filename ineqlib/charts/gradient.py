"""The social gradient: each deprivation group's value, and poorest beside average."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ineqlib.charts.cells import limit_cells, quantity, value_cells
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import CHARACTER, TEXT, level_axis, value_range, wrapped
from ineqlib.charts.roles import by
from ineqlib.charts.theme import DARK_BLUE, DARK_GREY, ORANGE
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
    x_scale = alt.Scale(domain=[0, 1], nice=False)
    x_axis = alt.Axis(
        title="Share of the population",
        titleFontSize=TEXT,
        labelFontSize=TEXT,
        values=[0, 1],
        labelExpr="datum.value ? 'Least deprived' : 'Most deprived'",
        labelFlush=True,
        grid=False,
    )
    base = alt.Chart().encode(
        x=alt.X("middle", type="quantitative", scale=x_scale, axis=x_axis),
        y=alt.Y(
            "value",
            type="quantitative",
            scale=alt.Scale(domain=[low, high + room_for_text], nice=False, zero=False),
            axis=level_axis(unit, AXIS),
        ),
        tooltip=[
            alt.Tooltip("label", type="nominal", title="Group"),
            alt.Tooltip("shown", type="nominal", title="Value"),
            alt.Tooltip("interval", type="nominal", title="95% interval"),
        ],
    )
    span = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("start", type="quantitative"), x2=alt.X2("end")
    )
    whisker = base.mark_rule().encode(
        y=alt.Y("lower_ci", type="quantitative"), y2=alt.Y2("upper_ci")
    )
    dot = base.mark_point(size=60)
    chart = alt.layer(
        *_fitted(line, unit, decimals),
        span,
        whisker,
        dot,
        *_values(base),
        data=points,
        width=WIDTH,
        height=HEIGHT,
        autosize="none",
        padding={"left": AXIS, "right": MARGIN, "top": 34, "bottom": 48},
    )
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


def _values(base: alt.Chart) -> list[alt.Chart]:
    """Write the values above the intervals, on a white edge that keeps them clear of the line."""
    style: dict[str, Any] = {"dy": -4, "baseline": "bottom", "fontSize": TEXT, "fontWeight": "bold"}
    text = base.transform_filter("datum.written").encode(
        y=alt.Y("top", type="quantitative"), text=alt.Text("number", type="nominal")
    )
    return [text.mark_text(stroke="white", strokeWidth=4, **style), text.mark_text(**style)]


def _fitted(line: pd.DataFrame, unit: str, decimals: int) -> list[alt.Chart]:
    """Draw the fitted line, with its name above the plot."""
    if line.empty:
        return []
    named = line.assign(
        shown=[quantity(value, unit, decimals) for value in line["fitted"]], name="Fitted line"
    )
    base = alt.Chart(named).encode(
        x=alt.X("rank", type="quantitative"),
        y=alt.Y("fitted", type="quantitative"),
        tooltip=[
            alt.Tooltip("name", type="nominal", title="Line"),
            alt.Tooltip("shown", type="nominal", title="Value at this end"),
        ],
    )
    dashes: dict[str, Any] = {"color": ORANGE, "strokeWidth": 2, "strokeDash": [6, 3]}
    name = key([Sample("Fitted line", "dashes", ORANGE)], left=WIDTH - 100, down=-24)
    return [base.mark_line(**dashes), *name]


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
    base = alt.Chart().encode(
        x=alt.X(
            "value",
            type="quantitative",
            scale=alt.Scale(domain=list(ends), nice=False, zero=False),
            axis=alt.Axis(title=unit or None, tickCount=4, labelFontSize=TEXT, titleFontSize=TEXT),
        ),
        y=alt.Y(
            "row",
            type="quantitative",
            scale=alt.Scale(domain=[len(rows) - 0.4, -0.6], nice=False, zero=False),
            axis=None,
        ),
        color=by(alt.Color, "role", LOOKS, 0),
        tooltip=[
            alt.Tooltip("place", type="nominal", title="Place"),
            alt.Tooltip("shown", type="nominal", title="Value"),
            alt.Tooltip("interval", type="nominal", title="95% interval"),
        ],
    )
    drawn = base.transform_filter("isValid(datum.value)")
    whisker = drawn.transform_filter("isValid(datum.lower_ci)").mark_rule(strokeWidth=2)
    dot = drawn.mark_point(size=110).encode(shape=by(alt.Shape, "role", LOOKS, 1))
    text = base.mark_text(align="left", baseline="bottom", fontSize=TEXT, dy=-9, color=DARK_GREY)
    name = text.encode(
        x=alt.XValue(0), color=alt.ColorValue(DARK_GREY), text=alt.Text("name", type="nominal")
    )
    value = base.mark_text(
        align="right", baseline="bottom", fontSize=TEXT, fontWeight="bold", dy=-9
    )
    return Figure(
        labels,
        alt.layer(
            whisker.encode(x=alt.X("lower_ci", type="quantitative"), x2=alt.X2("upper_ci")),
            dot,
            name,
            value.encode(
                x=alt.XValue("width"),
                color=alt.ColorValue(DARK_GREY),
                text=alt.Text("shown", type="nominal"),
            ),
            data=points,
            width=340,
            height=ROW * len(rows),
            autosize="none",
            padding={"left": 8, "right": 12, "top": 4, "bottom": 50},
        ),
        table,
    )
