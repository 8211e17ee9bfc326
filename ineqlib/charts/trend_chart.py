"""One indicator over time: the area against at most three places, each line labelled at its end."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.charts.layout import (
    CHARACTER,
    LINE,
    TEXT,
    Scale,
    cut_mark,
    level_axis,
    spread,
    value_scale,
    values_and_limits,
    wrapped,
)
from ineqlib.charts.roles import ROLES, look_by
from ineqlib.charts.theme import CONTEXT, DARK_BLUE, DARK_GREY
from ineqlib.charts.time_marks import EPOCH, gap_marks, gaps_between, pandemic
from ineqlib.charts.vegalite import (
    LABELLED,
    Spec,
    amount,
    between,
    fixed,
    inline,
    label,
    layer,
    limits,
    params,
    words,
)
from ineqlib.facts.fact import interval_text, value_text
from ineqlib.facts.series import TrendPoint
from ineqlib.text import NO_VALUE

WIDTH, HEIGHT, AXIS, MARGIN = 204, 164, 42, 98
"""Pixels: the plot, the axis left of it, the labels right of it."""
LEADER = 10
"""Pixels between the end of a line and its label."""
LABEL = 13
"""Characters in a line of a label."""
TIME_AXIS: Spec = {
    "title": None,
    "grid": False,
    "values": {"expr": "days"},
    "labelExpr": "periods[datum.value]",
    "labelFontSize": TEXT,
    "labelLineHeight": LINE,
    "labelFlush": True,
    "labelOverlap": False,
    # Its words are broken into lines already; Vega measures what has a limit three times.
    "labelLimit": 0,
}
"""An axis that names the first and the last period."""
NOT_REGION = "datum.role != 'region'"
DRAWN = "role value lower_ci upper_ci label day run alone".split()


def trend_scale(points: Iterable[TrendPoint]) -> Scale:
    """Return the scale of a chart of these points, or of several charts of them side by side."""
    return value_scale(values_and_limits(point.fact for point in points if point.fact))


def trend(points: Sequence[TrendPoint], labels: Labels, *, scale: Scale | None = None) -> Figure:
    """Draw one indicator over time.

    Parameters
    ----------
    points
        One per place and period. A point without a fact is a gap.
    labels
        Title, subtitle, text alternative and source.
    scale
        Of the values, where the chart shares it with others; else that of its own points.

    Returns
    -------
    Figure
        Lines of at most four places, and a table of all periods.

    Raises
    ------
    InputError
        When no point has a fact.
    """
    order = list(ROLES)
    in_order = sorted(points, key=lambda point: (order.index(point.role), point.middle))
    rows = [_row(point) for point in in_order]
    scale = scale or trend_scale(in_order)
    unit = next(point.fact.unit for point in in_order if point.fact)
    return Figure(labels.on(scale), partial(_chart, rows, scale, unit), _table(rows))


def _row(point: TrendPoint) -> Spec:
    """Return what a point's mark, label and cells need; a gap has no value."""
    row: Spec = {
        "role": point.role,
        "place": point.place,
        "period": point.period,
        "mid": point.middle,
        "segment": point.segment,
        "stretch": point.stretch,
        "shown": value_text(point.fact, point.status),
        "fact": point.fact,
    }
    if point.fact:
        row |= {"value": point.fact.value, **limits(point.fact)}
        # As with what is drawn: the intervals of the places beside it are in the table alone.
        said = [f"{point.place}, {point.period}", point.fact.text]
        row |= label(said[0], fact=point.fact) if point.role == "area" else label(*said)
    return row


def _chart(rows: list[Spec], scale: Scale, unit: str) -> Spec:
    points = _points(rows)
    periods = _first_and_last(points)
    first, last = min(periods), max(periods)
    air = 200 if first == last else 0
    gaps = gaps_between(points, width=WIDTH)
    span = [first - air, last + air]
    # What differs between trends is data, a parameter or a size, so that they share one drawing.
    return {
        "data": inline([{name: row[name] for name in DRAWN if name in row} for row in points]),
        "params": params(
            span=span,
            days=sorted(periods),
            periods={str(day): lines for day, lines in periods.items()},
            ends=scale.ends,
        ),
        "encoding": {
            "x": amount("day", scale=between("span"), axis=TIME_AXIS),
            "y": amount("value", scale=between("ends"), axis=level_axis(unit, AXIS, 18, scale)),
            "color": look_by("role", ROLES, 0),
        },
        "layer": [
            *pandemic(span, gaps, width=WIDTH),
            *gap_marks(gaps),
            *_intervals(),
            *_lines(),
            *_end_labels(points, (scale.low, scale.high)),
            *cut_mark(scale),
        ],
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {
            "left": AXIS,
            "right": MARGIN,
            "top": 36,
            "bottom": 10 + LINE * max(map(len, periods.values())),
        },
    }


def _points(rows: list[Spec]) -> list[Spec]:
    """Return the rows with a value, with `day` and `run`, an unbroken stretch of one line."""
    points: list[Spec] = []
    run, line = 0, ("", None)
    for row in rows:
        before, line = line, (row["role"], row["segment"])
        run += line != before or "value" not in row
        if "value" in row:
            points.append({**row, "run": run, "day": (row["mid"] - EPOCH).days})
    length = Counter(point["run"] for point in points)
    return [{**point, "alone": length[point["run"]] == 1} for point in points]


def _first_and_last(points: list[Spec]) -> dict[int, list[str]]:
    """Return the day of the first and of the last period, and its name in lines."""
    # Reversed: where places name a period differently, the first place's name stands.
    names = {point["day"]: point["period"] for point in reversed(points)}
    # Two names share the axis.
    broad = int(WIDTH / 2 / CHARACTER)
    ends = (min(names), max(names))
    return {day: wrapped(names[day], broad, 3).split("\n") for day in ends}


def _intervals() -> list[Spec]:
    """Draw the area's interval: a band along a line, a whisker at a point that stands alone."""
    band = {"y": amount("lower_ci"), "y2": {"field": "upper_ci"}}
    known = "datum.role == 'area' && isValid(datum.lower_ci)"
    return [
        layer("area", {"detail": words("run"), **band}, where=known, opacity=0.18),
        layer("rule", band, where=f"{known} && datum.alone", strokeWidth=1.5),
    ]


def _lines() -> list[Spec]:
    """Draw the lines, and a dot at each of the area's periods and at points that stand alone."""
    line = {"detail": words("run"), "strokeDash": look_by("role", ROLES, 1)}
    dotted = "datum.role == 'area' || datum.alone"
    return [
        layer("line", line, where="datum.role != 'area'", strokeWidth=1.75),
        layer("line", line, where="datum.role == 'area'", strokeWidth=3),
        layer("point", LABELLED, where=dotted, size=28),
        # A line has one label for all; unseen points on it have their own. The region's are in the
        # table alone, which keeps the heaviest pages small enough to send.
        layer("point", LABELLED, where=f"!({dotted}) && {NOT_REGION}", opacity=0, size=160),
    ]


def _end_labels(points: list[Spec], ends: tuple[float, float]) -> list[Spec]:
    """Write place and value beside each line's end, moved apart, with a leader to the line."""
    rows = inline(_placed_labels(points, ends))
    leader = {"x2": fixed("width"), "y": amount("value"), "y2": {"field": "leader_y"}}
    style: dict[str, Any] = {
        "align": "left",
        "dx": LEADER,
        "baseline": "middle",
        "lineBreak": "\n",
        "fontSize": TEXT,
        "lineHeight": LINE,
    }
    at_end = {"x": fixed("width"), "y": amount("label_y"), "text": words("label")}
    ours, others = {"color": fixed(DARK_BLUE)}, {"color": fixed(DARK_GREY)}
    return [
        layer(
            "rule", leader, where="datum.touches", data=rows, x2Offset=LEADER - 2, strokeWidth=0.75
        ),
        # Across the plot a leader must not be taken for a line of data.
        layer(
            "rule",
            {"color": fixed(CONTEXT), **leader},
            where="!datum.touches",
            data=rows,
            xOffset=6,
            x2Offset=LEADER - 2,
            strokeWidth=1,
            strokeDash=[1, 4],
        ),
        layer(
            "text",
            {**ours, **at_end},
            where="datum.role == 'area'",
            data=rows,
            fontWeight="bold",
            **style,
        ),
        layer("text", {**others, **at_end}, where="datum.role != 'area'", data=rows, **style),
    ]


def _placed_labels(points: list[Spec], ends: tuple[float, float]) -> list[Spec]:
    """Return a row per line: its label, where it stands, and where its leader goes."""
    last = list({point["role"]: point for point in points}.values())
    days = {point["day"] for point in points}
    labels = [
        _end_label(
            f"{point['fact'].number} {point['place']}",
            "" if point["day"] == max(days) else point["period"],
        )
        for point in last
    ]
    line = LINE * (ends[1] - ends[0]) / HEIGHT
    lines = [label.count("\n") + 1 for label in labels]
    leaders = spread([point["value"] for point in last], [n * line for n in lines], *ends)
    return [
        {
            **{name: point[name] for name in ("role", "day", "value")},
            "label": label,
            # Vega puts the first line, not the block, at the position it is given.
            "label_y": leader + (n - 1) / 2 * line,
            "leader_y": leader,
            # A single period stands in the middle of the plot.
            "touches": point["day"] == max(days) and len(days) > 1,
        }
        for point, label, n, leader in zip(last, labels, lines, leaders.tolist(), strict=True)
    ]


def _end_label(value_and_place: str, period: str) -> str:
    """Return value and place, then the period where it is not the newest, which stays whole."""
    return "\n".join(
        [wrapped(value_and_place, LABEL, 4), *[wrapped(f"({period})", LABEL, 3)] * bool(period)]
    )


def _table(rows: list[Spec]) -> Table:
    """Return the table twin: a row per period, a value per place, the area's with its interval.

    The intervals of the places beside it are among all figures of a page; here they would double
    the columns for what is not drawn.
    """
    cells = {(row["mid"], row["period"], row["role"]): row for row in rows}
    if len(cells) < len(rows):
        raise ValueError("A place has two rows for one period")
    periods = sorted({(row["mid"], row["period"]) for row in rows})
    places = {row["role"]: row["place"] for row in reversed(rows)}
    table = {"Period": [period for _, period in periods]}
    for role in [role for role in reversed(ROLES) if role in places]:
        own = [cells.get((*period, role), {}) for period in periods]
        table[places[role]] = [row.get("shown", NO_VALUE["not_available"]) for row in own]
        if role == "area" and any("lower_ci" in row for row in own):
            table["95% interval"] = [interval_text(row.get("fact")) for row in own]
    return table
