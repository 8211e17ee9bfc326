"""The social gradient: each deprivation group's value, and poorest beside average."""

from typing import Any

from ineqlib.charts.cells import limits_cell, quantity, value_cell
from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import CHARACTER, TEXT, level_axis, value_range, wrapped
from ineqlib.charts.roles import by
from ineqlib.charts.theme import DARK_BLUE, DARK_GREY, ORANGE
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


def gradient(groups: Rows, line: Rows, labels: Labels, *, unit: str, decimals: int) -> Figure:
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
    rows = sorted(records(groups), key=lambda group: group["order"])
    for row in rows:
        row |= {"shown": value_cell(row, unit, decimals), "interval": limits_cell(row, decimals)}
    ends = records(line)
    numbers = [*known(rows, "value", "lower_ci", "upper_ci"), *known(ends, "fitted")]
    low, high = value_range(numbers)
    room_for_text = 0.08 * (high - low)
    chart = {
        "data": inline(_points(rows, decimals)),
        "params": params(ends=[low, high + room_for_text]),
        "layer": [*_fitted(ends, unit, decimals), *_marks(unit)],
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {"left": AXIS, "right": MARGIN, "top": 34, "bottom": 48},
    }
    return Figure(labels, chart, _table(rows, ends, unit, decimals))


def _points(rows: list[Spec], decimals: int) -> list[Spec]:
    """Return the groups with a value, where they are drawn, and which values there is room for."""
    rows = [row for row in rows if "value" in row]
    numbers = [number(row["value"], decimals) for row in rows]
    needed = max(map(len, numbers)) * CHARACTER
    room = min(row["end"] - row["start"] for row in rows) * WIDTH
    return [
        {
            **row,
            "middle": (row["start"] + row["end"]) / 2,
            "top": row.get("upper_ci", row["value"]),
            "number": text,
            # Where not all values fit side by side, the two that make the gap are written.
            "written": needed <= room or place in (0, len(rows) - 1),
        }
        for place, (row, text) in enumerate(zip(rows, numbers, strict=True))
    ]


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


def _fitted(line: list[Spec], unit: str, decimals: int) -> list[Spec]:
    """Draw the fitted line, with its name above the plot."""
    if not line:
        return []
    named = [
        {**end, "shown": quantity(end["fitted"], unit, decimals), "name": "Fitted line"}
        for end in line
    ]
    ends = {
        "x": amount("rank"),
        "y": amount("fitted"),
        "tooltip": tooltip(name="Line", shown="Value at this end"),
    }
    dashes: dict[str, Any] = {"color": ORANGE, "strokeWidth": 2, "strokeDash": [6, 3]}
    name = key([Sample("Fitted line", "dashes", ORANGE)], left=WIDTH - 100, down=-24)
    return [layer("line", ends, data=inline(named), **dashes), *name]


def _table(rows: list[Spec], line: list[Spec], unit: str, decimals: int) -> Table:
    ends = ["least deprived end" if end["rank"] else "most deprived end" for end in line]
    unknown = ["[z]"] * len(line)
    shares = [quantity(100 * (row["end"] - row["start"]), "%", 1) for row in rows]
    return {
        "Group": [*(row["label"] for row in rows), *(f"Fitted line, {end}" for end in ends)],
        "Value": [
            *(row["shown"] for row in rows),
            *(quantity(end["fitted"], unit, decimals) for end in line),
        ],
        "95% interval": [*(row["interval"] for row in rows), *unknown],
        "Share of the population": [*shares, *unknown],
    }


def beside(rows: Rows, labels: Labels, *, unit: str, decimals: int) -> Figure:
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
    rows = records(rows)
    ends = value_range(known(rows, "value", "lower_ci", "upper_ci"))
    points = [
        {
            **row,
            "row": place,
            "name": wrapped(row["place"], 46, 1),
            "shown": value_cell(row, "", decimals),
            "interval": limits_cell(row, decimals),
        }
        for place, row in enumerate(rows)
    ]
    table = {
        "Place": [row["place"] for row in rows],
        "Value": [value_cell(row, unit, decimals) for row in rows],
        "95% interval": [point["interval"] for point in points],
    }
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
