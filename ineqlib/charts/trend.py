"""One indicator over time: the area against at most three places, each line labelled at its end."""

import json
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ineqlib.charts.cells import limit_cells, value_cells
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import CHARACTER, LINE, TEXT, level_axis, spread, value_range, wrapped
from ineqlib.charts.roles import ROLES, by
from ineqlib.charts.theme import CONTEXT, DARK_BLUE, DARK_GREY
from ineqlib.text import number

WIDTH, HEIGHT, AXIS, MARGIN = 178, 154, 44, 122
"""Pixels: the plot, the axis left of it, the labels right of it."""
LEADER = 10
"""Pixels between the end of a line and its label."""
NO_FIGURE = "no figure"
DRAWN = "role place period value lower_ci upper_ci shown interval day run alone".split()


def trend(series: pd.DataFrame, labels: Labels, *, unit: str, decimals: int) -> Figure:
    """Draw one indicator over time.

    Parameters
    ----------
    series
        One row per place and period: `role` (area, county, region, country), `place`, `period`,
        `mid` (datetime), `value`, `lower_ci`, `upper_ci` (NaN = none), `segment` (a new number:
        nobody published figures in between), optionally `status`. A missing value is a gap.
    labels
        Title, subtitle, text alternative and source.
    unit, decimals
        How values are written.

    Raises
    ------
    InputError
        When no row has a value.
    """
    ends = value_range(series["value"], series["lower_ci"], series["upper_ci"])
    series = _in_drawing_order(series).assign(
        shown=lambda rows: value_cells(rows, unit, decimals),
        interval=lambda rows: limit_cells(rows, decimals),
    )
    points = _points(series)
    time, lines_below = _time(points)
    y_scale = alt.Scale(domain=list(ends), nice=False, zero=False)
    chart = alt.layer(
        *_gaps(points),
        *_intervals(),
        *_lines(),
        *_end_labels(points, ends, decimals),
        data=points[DRAWN],
        encoding={
            "x": time,
            "y": alt.Y(
                "value", type="quantitative", scale=y_scale, axis=level_axis(unit, AXIS, above=16)
            ),
            "color": by(alt.Color, "role", ROLES, 0),
        },
        width=WIDTH,
        height=HEIGHT,
        autosize="none",
        padding={"left": AXIS, "right": MARGIN, "top": 32, "bottom": 10 + LINE * lines_below},
    )
    return Figure(labels, chart, _table(series))


def _in_drawing_order(series: pd.DataFrame) -> pd.DataFrame:
    order = series["role"].map(list(ROLES).index)
    return series.assign(order=order).sort_values(["order", "mid"], ignore_index=True)


def _points(series: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a value, with `day` and `run`, an unbroken stretch of one line."""
    key = ["role", "segment"]
    changed = (series[key] != series[key].shift()).any(axis=1)
    points = series.assign(run=(changed | series["value"].isna()).cumsum())
    points = points[points["value"].notna()].drop(columns="order")
    points["day"] = (points["mid"] - pd.Timestamp(0)).dt.days
    points["alone"] = points.groupby("run")["run"].transform("size") == 1
    return points


def _time(points: pd.DataFrame) -> tuple[alt.X, int]:
    """Return a time axis that names the first and last period, and how many lines they take."""
    names = points.drop_duplicates("day").set_index("day")["period"].sort_index()
    first, last = int(names.index[0]), int(names.index[-1])
    air = 200 if first == last else 0
    # Two names share the axis.
    broad = int(WIDTH / 2 / CHARACTER)
    words = {day: wrapped(names[day], broad, 3).split("\n") for day in (first, last)}
    axis = alt.Axis(
        title=None,
        grid=False,
        values=sorted({first, last}),
        labelExpr=f"{json.dumps(words)}[datum.value]",
        labelFontSize=TEXT,
        labelLineHeight=LINE,
        labelFlush=True,
        labelOverlap=False,
    )
    scale = alt.Scale(domain=[first - air, last + air], nice=False, zero=False)
    return alt.X("day", type="quantitative", scale=scale, axis=axis), max(map(len, words.values()))


def _gaps(points: pd.DataFrame) -> list[alt.Chart]:
    """Mark the stretches of time for which no place has a figure."""
    days = points["day"].drop_duplicates().sort_values().to_numpy()
    runs = points.groupby("run")["day"].agg(["min", "max"]).to_numpy()
    gaps = [
        {"day": (before + after) / 2, "text": NO_FIGURE}
        for before, after in pairwise(days)
        if not any(first <= before and after <= last for first, last in runs)
    ]
    if not gaps:
        return []
    room = len(NO_FIGURE) * CHARACTER / WIDTH * (days[-1] - days[0])
    written = -np.inf
    for gap in gaps:
        if gap["day"] - written < room:
            gap["text"] = ""
        else:
            written = gap["day"]
    grey = {"color": alt.ColorValue(DARK_GREY), "y": alt.YValue(0)}
    base = alt.Chart(pd.DataFrame(gaps))
    return [
        base.mark_rule(strokeDash=[1, 3]).encode(y2=alt.Y2Value("height"), **grey),
        base.mark_text(dy=-7, fontSize=TEXT).encode(text=alt.Text("text", type="nominal"), **grey),
    ]


def _intervals() -> list[alt.Chart]:
    """Draw the area's interval: a band along a line, a whisker at a point that stands alone."""
    limits = {"y": alt.Y("lower_ci", type="quantitative"), "y2": alt.Y2("upper_ci")}
    area = alt.Chart().transform_filter("datum.role == 'area' && isValid(datum.lower_ci)")
    whisker = area.transform_filter("datum.alone").mark_rule(strokeWidth=1.5)
    return [
        area.mark_area(opacity=0.18).encode(detail=alt.Detail("run", type="nominal"), **limits),
        whisker.encode(**limits),
    ]


def _lines() -> list[alt.Chart]:
    """Draw the lines, and a dot at each of the area's periods and at points that stand alone."""
    base = alt.Chart()
    line: dict[str, Any] = {
        "detail": alt.Detail("run", type="nominal"),
        "strokeDash": by(alt.StrokeDash, "role", ROLES, 1),
    }
    others = base.transform_filter("datum.role != 'area'").mark_line(strokeWidth=1.75)
    area = base.transform_filter("datum.role == 'area'").mark_line(strokeWidth=3)
    dotted = base.transform_filter("datum.role == 'area' || datum.alone")
    # A line answers the pointer with its first row, so unseen points answer with their own.
    answering = base.mark_point(opacity=0, size=160).encode(
        tooltip=[
            alt.Tooltip("place", type="nominal", title="Place"),
            alt.Tooltip("period", type="nominal", title="Period"),
            alt.Tooltip("shown", type="nominal", title="Value"),
            alt.Tooltip("interval", type="nominal", title="95% interval"),
        ]
    )
    return [others.encode(**line), area.encode(**line), dotted.mark_point(size=28), answering]


def _end_labels(points: pd.DataFrame, ends: tuple[float, float], decimals: int) -> list[alt.Chart]:
    """Write place and value beside each line's end, moved apart, with a leader to the line."""
    last = points.groupby("role", sort=False).tail(1).copy()
    last["newest"] = last["day"] == points["day"].max()
    last["label"] = [
        _end_label(f"{number(row.value, decimals)} {row.place}", "" if row.newest else row.period)
        for row in last.itertuples()
    ]
    line = LINE * (ends[1] - ends[0]) / HEIGHT
    lines = last["label"].str.count("\n") + 1
    last["leader_y"] = spread(last["value"], lines * line, *ends)
    # Vega puts the first line, not the block, at the position it is given.
    last["label_y"] = last["leader_y"] + (lines - 1) / 2 * line
    # A single period stands in the middle of the plot.
    last["touches"] = last["newest"] & (points["day"].nunique() > 1)
    columns = ["role", "day", "value", "label", "label_y", "leader_y", "touches"]
    base = alt.Chart(last[columns])
    leader: dict[str, Any] = {
        "x2": alt.X2Value("width"),
        "y": alt.Y("value", type="quantitative"),
        "y2": alt.Y2("leader_y"),
    }
    style: dict[str, Any] = {
        "align": "left",
        "dx": LEADER,
        "baseline": "middle",
        "lineBreak": "\n",
        "fontSize": TEXT,
        "lineHeight": LINE,
    }
    at_end: dict[str, Any] = {
        "x": alt.XValue("width"),
        "y": alt.Y("label_y", type="quantitative"),
        "text": alt.Text("label", type="nominal"),
    }
    area = base.transform_filter("datum.role == 'area'").mark_text(fontWeight="bold", **style)
    others = base.transform_filter("datum.role != 'area'").mark_text(**style)
    return [
        base.transform_filter("datum.touches")
        .mark_rule(x2Offset=LEADER - 2, strokeWidth=0.75)
        .encode(**leader),
        # Across the plot a leader must not be taken for a line of data.
        base.transform_filter("!datum.touches")
        .mark_rule(xOffset=6, x2Offset=LEADER - 2, strokeWidth=1, strokeDash=[1, 4])
        .encode(color=alt.ColorValue(CONTEXT), **leader),
        area.encode(color=alt.ColorValue(DARK_BLUE), **at_end),
        others.encode(color=alt.ColorValue(DARK_GREY), **at_end),
    ]


def _end_label(words: str, period: str) -> str:
    """Return value and place, then the period where it is not the newest, which stays whole."""
    return "\n".join([wrapped(words, 18, 3), *[wrapped(f"({period})", 18, 3)] * bool(period)])


def _table(series: pd.DataFrame) -> pd.DataFrame:
    """Return the table twin: a row per period, a value and an interval per place."""
    wide = series.pivot(index=["mid", "period"], columns="role", values=["shown", "interval"])
    places = series.drop_duplicates("role").set_index("role")["place"]
    out = pd.DataFrame({"Period": wide.index.get_level_values("period")})
    for role in [role for role in reversed(ROLES) if role in places.index]:
        out[places[role]] = wide["shown"][role].fillna("[x]").to_numpy()
        if series.loc[series["role"] == role, "lower_ci"].notna().any():
            out[f"{places[role]}: 95% interval"] = wide["interval"][role].fillna("[x]").to_numpy()
    return out
