"""What is marked along a line of time: years without a figure, and the years of the pandemic."""

import math
from datetime import datetime
from itertools import pairwise

from ineqlib.charts.layout import CHARACTER, TEXT
from ineqlib.charts.theme import DARK_GREY
from ineqlib.charts.vegalite import Spec, amount, fixed, inline, layer, words

NO_FIGURE, PANDEMIC, BREAK = "no figure", "pandemic", "series breaks"
EPOCH = datetime(1970, 1, 1)
"""Days are counted from here."""
PANDEMIC_DAYS = [(day - EPOCH).days for day in (datetime(2020, 1, 1), datetime(2022, 1, 1))]
"""The years in which much was not counted, or was unlike any other year."""


def pandemic(span: list[int], gaps: list[Spec], *, width: int) -> list[Spec]:
    """Shade the years of the pandemic, as far as the chart reaches into them."""
    first, last = (min(max(day, span[0]), span[1]) for day in PANDEMIC_DAYS)
    if first >= last:
        return []
    middle = (first + last) / 2
    room = (len(PANDEMIC) + len(NO_FIGURE)) / 2 * CHARACTER / width * (span[1] - span[0])
    for gap in gaps:
        if gap["text"] and abs(gap["day"] - middle) < room:
            text = f"{PANDEMIC}, {gap['text']}"
            gap["text"], middle = "", gap["day"]
            break
    else:
        text = PANDEMIC
    band = inline([{"first": first, "last": last, "day": middle, "text": text}])
    grey = {"y": fixed(0), "color": fixed(DARK_GREY)}
    years = {**grey, "x": amount("first"), "x2": {"field": "last"}, "y2": fixed("height")}
    return [
        layer("rect", years, data=band, opacity=0.09),
        layer(
            "text",
            {**grey, "x": amount("day"), "text": words("text")},
            data=band,
            dy=-7,
            fontSize=TEXT - 1,
        ),
    ]


def gaps_between(points: list[Spec], *, width: int) -> list[Spec]:
    """Return where no place has a figure, or the series breaks, and what is written there."""
    days = sorted({point["day"] for point in points})
    # Rows stand in order of time: a run's first and last day are those of its first and last row.
    begins = {point["run"]: point["day"] for point in reversed(points)}
    ends = {point["run"]: point["day"] for point in points}
    runs = [(begins[run], ends[run]) for run in ends]
    stretch = {point["day"]: point["stretch"] for point in points}
    gaps = [
        {
            "day": (before + after) / 2,
            "text": NO_FIGURE if stretch[before] == stretch[after] else BREAK,
        }
        for before, after in pairwise(days)
        if not any(first <= before and after <= last for first, last in runs)
    ]
    if not gaps:
        return []
    room = len(NO_FIGURE) * CHARACTER / width * (days[-1] - days[0])
    written = -math.inf
    for gap in gaps:
        if gap["day"] - written < room:
            gap["text"] = ""
        else:
            written = gap["day"]
    return gaps


def gap_marks(gaps: list[Spec]) -> list[Spec]:
    """Mark the stretches of time for which no place has a figure."""
    if not gaps:
        return []
    grey = {"color": fixed(DARK_GREY), "y": fixed(0)}
    rows = inline(gaps)
    return [
        layer("rule", {**grey, "y2": fixed("height")}, data=rows, strokeDash=[1, 3]),
        layer("text", {**grey, "text": words("text")}, data=rows, dy=-7, fontSize=TEXT - 1),
    ]
