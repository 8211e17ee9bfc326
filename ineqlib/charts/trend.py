"""One indicator over time: the area against at most three places, each line labelled at its end."""

import json
from typing import Any

import altair as alt
import pandas as pd

from ineqlib.charts.cells import limit_cells, value_cells
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import LINE, TEXT, level_axis, spread, value_range, wrapped
from ineqlib.charts.roles import ROLES, by
from ineqlib.charts.theme import DARK_BLUE, DARK_GREY
from ineqlib.text import number

WIDTH, HEIGHT, AXIS, MARGIN = 178, 154, 44, 122
"""Pixels: the plot, the axis left of it, the labels right of it."""
LEADER = 10
"""Pixels between the end of a line and its label."""


def trend(series: pd.DataFrame, labels: Labels, *, unit: str, decimals: int) -> Figure:
    """Draw one indicator over time.

    Parameters
    ----------
    series
        One row per place and period: `role` (area, county, region, country), `place`, `period`,
        `mid` (datetime), `value`, `lower_ci`, `upper_ci` (NaN = none), `segment` (a new number
        breaks the line), optionally `status`. A missing value is a gap.
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
    y_scale = alt.Scale(domain=list(ends), nice=False, zero=False)
    base = alt.Chart().encode(
        x=_time(points),
        y=alt.Y("value", type="quantitative", scale=y_scale, axis=level_axis(unit, AXIS)),
        color=by(alt.Color, "role", ROLES, 0),
        tooltip=[
            alt.Tooltip("place", type="nominal", title="Place"),
            alt.Tooltip("period", type="nominal", title="Period"),
            alt.Tooltip("shown", type="nominal", title="Value"),
            alt.Tooltip("interval", type="nominal", title="95% interval"),
        ],
    )
    chart = alt.layer(
        *_breaks(points),
        *_intervals(base),
        *_lines(base),
        *_end_labels(points, ends, decimals),
        data=points,
        width=WIDTH,
        height=HEIGHT,
        autosize="none",
        padding={"left": AXIS, "right": MARGIN, "top": 32, "bottom": 24},
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
    return points.drop(columns="mid")


def _time(points: pd.DataFrame) -> alt.X:
    """Return a time axis that names the first and last period as the publisher writes them."""
    names = points.drop_duplicates("day").set_index("day")["period"].sort_index()
    first, last = int(names.index[0]), int(names.index[-1])
    air = 200 if first == last else 0
    axis = alt.Axis(
        title=None,
        grid=False,
        values=sorted({first, last}),
        labelExpr=f"{json.dumps(names[[first, last]].to_dict())}[datum.value]",
        labelFontSize=TEXT,
        labelFlush=True,
        labelOverlap=False,
    )
    scale = alt.Scale(domain=[first - air, last + air], nice=False, zero=False)
    return alt.X("day", type="quantitative", scale=scale, axis=axis)


def _breaks(points: pd.DataFrame) -> list[alt.Chart]:
    """Mark where one segment ends and the next begins."""
    spans = points.groupby("segment")["day"].agg(["min", "max"]).sort_values("min")
    days = (spans["max"].to_numpy()[:-1] + spans["min"].to_numpy()[1:]) / 2
    if not days.size:
        return []
    base = alt.Chart(pd.DataFrame({"day": days})).encode(x=alt.X("day", type="quantitative"))
    rule = base.mark_rule(color=DARK_GREY, strokeDash=[1, 3])
    text = base.mark_text(text="break", dy=-7, fontSize=TEXT, color=DARK_GREY)
    return [rule, text.encode(y=alt.YValue(0))]


def _intervals(base: alt.Chart) -> list[alt.Chart]:
    """Draw the area's interval: a band along a line, a whisker at a point that stands alone."""
    lower, upper = alt.Y("lower_ci", type="quantitative"), alt.Y2("upper_ci")
    area = base.transform_filter("datum.role == 'area' && isValid(datum.lower_ci)")
    band = area.mark_area(opacity=0.18).encode(
        y=lower, y2=upper, detail=alt.Detail("run", type="nominal")
    )
    whisker = area.transform_filter("datum.alone").mark_rule(strokeWidth=1.5)
    return [band, whisker.encode(y=lower, y2=upper)]


def _lines(base: alt.Chart) -> list[alt.Chart]:
    """Draw the lines, a dot at each of the area's periods and at points that stand alone."""
    line: dict[str, Any] = {
        "detail": alt.Detail("run", type="nominal"),
        "strokeDash": by(alt.StrokeDash, "role", ROLES, 1),
    }
    others = base.transform_filter("datum.role != 'area'").mark_line(strokeWidth=1.75)
    area = base.transform_filter("datum.role == 'area'").mark_line(strokeWidth=3)
    dotted = base.transform_filter("datum.role == 'area' || datum.alone")
    return [
        others.encode(**line),
        area.encode(**line),
        dotted.mark_point(filled=True, size=28, opacity=1),
    ]


def _end_labels(points: pd.DataFrame, ends: tuple[float, float], decimals: int) -> list[alt.Chart]:
    """Write place and value beside each line's end, moved apart, with a leader to the line."""
    last = points.groupby("role", sort=False).tail(1).copy()
    last["label"] = [
        wrapped(f"{number(value, decimals)} {place}", 18, 3)
        for value, place in zip(last["value"], last["place"], strict=True)
    ]
    line = LINE * (ends[1] - ends[0]) / HEIGHT
    lines = last["label"].str.count("\n") + 1
    # Vega puts the first line, not the block, at the position it is given.
    last["label_y"] = spread(last["value"], lines * line, *ends) + (lines - 1) / 2 * line
    base = alt.Chart(last[["role", "day", "value", "label", "label_y"]])
    label_y = alt.Y("label_y", type="quantitative")
    leader = base.mark_rule(x2Offset=LEADER - 2, strokeWidth=0.75).encode(
        x=alt.X("day", type="quantitative"),
        x2=alt.X2Value("width"),
        y=alt.Y("value", type="quantitative"),
        y2=alt.Y2("label_y"),
        color=by(alt.Color, "role", ROLES, 0),
    )
    style: dict[str, Any] = {
        "align": "left",
        "dx": LEADER,
        "baseline": "middle",
        "lineBreak": "\n",
        "fontSize": TEXT,
        "lineHeight": LINE,
    }
    texts = [
        base.transform_filter("datum.role == 'area'").mark_text(
            color=DARK_BLUE, fontWeight="bold", **style
        ),
        base.transform_filter("datum.role != 'area'").mark_text(color=DARK_GREY, **style),
    ]
    at_end: dict[str, Any] = {
        "x": alt.XValue("width"),
        "y": label_y,
        "text": alt.Text("label", type="nominal"),
    }
    return [leader, *(text.encode(**at_end) for text in texts)]


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
