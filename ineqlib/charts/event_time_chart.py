"""How far a gap departed from what it was before a start, beside how far others do."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import LINE, TEXT, level_axis, value_range, wrapped
from ineqlib.charts.theme import CONTEXT, DARK_BLUE, DARK_GREY
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
    params,
)
from ineqlib.facts.fact import Fact

WIDTH, HEIGHT, AXIS, MARGIN = 292, 210, 48, 16
"""Pixels: the plot, the axis left of it, the air right of it."""
BAND = 0.14
"""Opacity of the band."""
OTHERS = "nine areas in ten, by themselves"
TIMES: Spec = {
    "title": None,
    "grid": False,
    "values": {"expr": "times"},
    "labelExpr": "periods[datum.value]",
    "labelFontSize": TEXT,
    "labelLineHeight": LINE,
    "labelFlush": False,
    "labelOverlap": False,
    "labelLimit": 0,
}
"""The axis of time, which names the first and the last period."""


class EventPoint(NamedTuple):
    """One period."""

    departure: Fact
    """How far the gap departed."""
    low: Fact
    high: Fact
    """Between which limits that of nine areas in ten does by itself."""


def event_time(points: Sequence[EventPoint], before: int, labels: Labels) -> Figure:
    """Draw departures by period, counted from a start.

    Parameters
    ----------
    points
        Oldest first.
    before
        How many of them lie before the start.
    labels
        Title, subtitle, text alternative and source.

    Returns
    -------
    Figure
        A line with a dot a period over the band of the others, the start marked; and a table.
    """
    return Figure(labels, partial(_chart, points, before), _table(points))


def _chart(points: Sequence[EventPoint], before: int) -> Spec:
    rows: list[Spec] = [
        {
            "time": number - before + 0.5,
            "value": point.departure.value,
            "low": point.low.value,
            "high": point.high.value,
            **label(point.departure.period, fact=point.departure),
        }
        for number, point in enumerate(points)
    ]
    names = {
        row["time"]: wrapped(point.departure.period, 9, 3).split("\n")
        for row, point in ((rows[0], points[0]), (rows[-1], points[-1]))
    }
    unit = points[0].departure.unit
    return {
        "data": inline(rows),
        "params": params(
            span=[rows[0]["time"] - 0.6, rows[-1]["time"] + 0.6],
            times=sorted(names),
            periods={f"{time:g}": lines for time, lines in names.items()},
            ends=list(value_range([*known(rows, "value", "low", "high"), 0.0])),
        ),
        "encoding": {
            "x": amount("time", scale=between("span"), axis=TIMES),
            "y": amount("value", scale=between("ends"), axis=level_axis(unit, AXIS, above=20)),
        },
        "layer": _layers(),
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {
            "left": AXIS,
            "right": MARGIN,
            "top": 64,
            "bottom": 10 + LINE * max(map(len, names.values())),
        },
    }


def _layers() -> list[Spec]:
    band = {"y": amount("low"), "y2": {"field": "high"}}
    return [
        layer("area", band, color=DARK_GREY, opacity=BAND),
        *_start(),
        layer("line", {}, color=DARK_BLUE, strokeWidth=3),
        layer("point", {**LABELLED, "color": fixed(DARK_BLUE)}, size=40, filled=True),
        *key([Sample(OTHERS, "bar", DARK_GREY, BAND)], left=0, down=-50),
    ]


def _start() -> list[Spec]:
    """Mark no departure, and the start between two periods."""
    start = inline([{"time": 0, "value": 0, "text": "start"}])
    grey = {"color": fixed(CONTEXT)}
    across = {"x": fixed(0), "x2": fixed("width"), "y": amount("value")}
    down = {"x": amount("time"), "y": fixed(0), "y2": fixed("height")}
    word = {"x": amount("time"), "y": fixed(0), "text": {"field": "text", "type": "nominal"}}
    return [
        layer("rule", {**grey, **across}, data=start, strokeWidth=1),
        layer("rule", {**grey, **down}, data=start, strokeWidth=1.5, strokeDash=[4, 3]),
        layer("text", {**word, "color": fixed(DARK_GREY)}, data=start, dy=-8, fontSize=TEXT),
    ]


def _table(points: Sequence[EventPoint]) -> Table:
    return {
        "Period": [point.departure.period for point in points],
        "Departure from the gap before": [point.departure.text for point in points],
        "Nine areas in ten, from": [point.low.text for point in points],
        "to": [point.high.text for point in points],
    }
