"""The spine: one row per indicator, the country in the middle, the area to either side."""

from textwrap import shorten
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import LINE, TEXT, wrapped
from ineqlib.charts.roles import by
from ineqlib.charts.theme import (
    CONTEXT,
    DARK_BLUE,
    DARK_GREY,
    GRID,
    LIGHT_BLUE,
    ORANGE,
    TURQUOISE,
)
from ineqlib.errors import InputError

ROW, AIR = 34, 8
"""Pixels: the least height of a row, the air above and below a name that needs more."""
NAME = 28
"""Characters in a line of an indicator's name: on a phone the bars must begin in sight."""
NAMES, VALUES, PLOT, VERDICTS = 168, 142, 276, 90
"""Widths in pixels, left to right: indicator, the two values, the bars, the verdict in words."""
LEFT = NAMES + VALUES
HEAD = 78
"""Height of the key and the column heads."""

LOOKS = {
    "better": ("circle", DARK_BLUE, DARK_BLUE),
    "similar": ("circle", "white", DARK_GREY),
    "worse": ("diamond", ORANGE, DARK_GREY),
    "higher": ("triangle-up", CONTEXT, DARK_GREY),
    "lower": ("triangle-down", CONTEXT, DARK_GREY),
    "not compared": ("square", "white", CONTEXT),
}
"""Verdict -> shape, fill and outline of the area's mark."""
PLACES = {
    "county_position": ("County", "square", ORANGE),
    "region_position": ("Region", "cross", TURQUOISE),
}
"""Other places marked on a row -> name, shape, colour."""
BARS = {
    ("lowest", "highest"): ("Lowest to highest area", GRID, 1.0),
    ("neighbour_low", "neighbour_high"): ("Similar areas", LIGHT_BLUE, 0.6),
}
"""Ranges drawn behind -> name, colour, opacity."""
POSITIONS = [
    "position",
    "position_lower",
    "position_upper",
    *PLACES,
    *(x for pair in BARS for x in pair),
]


def spine(rows: pd.DataFrame, labels: Labels) -> Figure:
    """Draw where an area stands on every indicator, against the country.

    Parameters
    ----------
    rows
        One row per indicator, in order: `objective`, `indicator`, `period`, `value_text`,
        `country_text`, `verdict` (better, similar, worse, higher, lower, not compared) and
        positions from -1 to 1 with the country at 0 and right = better (for indicators without
        judgement right = higher), NaN where there is none: `position`, `position_lower`,
        `position_upper`, `county_position`, `region_position`, `neighbour_low`,
        `neighbour_high`, `lowest`, `highest`. `neutral` (bool, optional) marks indicators without
        judgement whatever their verdict. The table twin also shows `interval_text`,
        `county_text`, `region_text`, `neighbours_text`, `range_text` and `coverage_text` (how many
        areas the range is of) where given.
        `rows.attrs` may name the `area` and the `country`.
    labels
        Title, subtitle, text alternative and source.

    Raises
    ------
    InputError
        When there is no row.
    """
    if rows.empty:
        raise InputError(
            "There is no indicator to put on a spine; show a line of text in its place."
        )
    area, country = rows.attrs.get("area", "Area"), rows.attrs.get("country", "England")
    placed, headings = _placed(rows)
    height = int(placed["foot"].max())
    base = alt.Chart().encode(y=_down("y", height), x=_across("position"))
    chart = alt.layer(
        *_backdrop(headings, height),
        *_ranges(base, height),
        *_sides(base),
        *_places(base),
        *_texts(base),
        *_key(placed, area),
        _heads(area, country),
        data=placed,
        width=PLOT,
        height=height,
        autosize="none",
        padding={"left": LEFT, "right": VERDICTS, "top": HEAD, "bottom": 4},
    )
    return Figure(labels, chart, _table(rows, area, country))


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows, and the objectives' headings, with the line `y` each stands on."""
    first = rows["objective"] != rows["objective"].shift()
    names = [_name(*each) for each in zip(rows["indicator"], rows["period"], strict=True)]
    lines = np.array([name.count("\n") + 1 for name in names])
    tall = np.maximum(lines * LINE + AIR, ROW)
    foot = np.cumsum(tall + first * ROW)
    y = foot - tall / 2
    neutral = rows["verdict"].isin(["higher", "lower"]) | rows.get("neutral", False)
    shown = rows[["indicator", "period", "value_text", "country_text", "verdict"]]
    placed = shown.assign(
        y=y,
        foot=foot,
        name=names,
        # Vega puts the first line, not the block, at the position it is given.
        name_y=y - (lines - 1) * LINE / 2,
        neutral=neutral,
        **{name: rows[name].clip(-1, 1) for name in POSITIONS},
    )
    headings = pd.DataFrame({"text": rows["objective"], "y": foot - tall - 0.35 * ROW})[first]
    return placed, headings


def _name(indicator: str, period: str) -> str:
    """Return the words of a row, the period on one line."""
    unbroken = f"({period})".replace(" ", "\N{NO-BREAK SPACE}")
    words = f"{shorten(indicator, 74 - len(period), placeholder='…')} {unbroken}"
    return wrapped(words, NAME, 3).replace("\N{NO-BREAK SPACE}", " ")


def _across(field: str) -> alt.X:
    scale = alt.Scale(domain=[-1, 1], nice=False, zero=False)
    return alt.X(field, type="quantitative", scale=scale, axis=None)


def _down(field: str, height: int) -> alt.Y:
    scale = alt.Scale(domain=[height, 0], nice=False, zero=False)
    return alt.Y(field, type="quantitative", scale=scale, axis=None)


def _backdrop(headings: pd.DataFrame, height: int) -> list[alt.Chart]:
    """Draw the objectives' names and the country's line down the middle."""
    names = (
        alt.Chart(headings)
        .mark_text(align="left", baseline="middle", fontSize=TEXT + 1, fontWeight="bold")
        .encode(
            x=alt.XValue(-LEFT + 4),
            y=alt.Y("y", type="quantitative", axis=None),
            text=alt.Text("text", type="nominal"),
        )
    )
    middle = alt.Chart(headings.head(1)).mark_rule(color=DARK_GREY, strokeWidth=1.5)
    return [names, middle.encode(x=alt.XValue(PLOT / 2), y=alt.YValue(0), y2=alt.Y2Value(height))]


def _ranges(base: alt.Chart, height: int) -> list[alt.Chart]:
    """Draw the range of all areas, on it that of similar areas, and the lines between the rows."""
    line = base.mark_rule(color=GRID, strokeWidth=0.75).encode(y=_down("foot", height))
    bars = [
        base.transform_filter(f"isValid(datum.{low}) && isValid(datum.{high})")
        .mark_rule(strokeWidth=13, color=colour, opacity=opacity)
        .encode(x=_across(low), x2=alt.X2(high))
        for (low, high), (_, colour, opacity) in BARS.items()
    ]
    return [line.encode(x=alt.XValue(-LEFT), x2=alt.X2Value(PLOT + VERDICTS)), *bars]


def _sides(base: alt.Chart) -> list[alt.Chart]:
    """Write what the sides mean on rows where neither is better."""
    text = base.transform_filter("datum.neutral").encode(color=alt.ColorValue(CONTEXT))
    style: dict[str, Any] = {"baseline": "middle", "fontSize": TEXT - 2, "dy": 12}
    return [
        text.mark_text(text="← lower", align="left", **style).encode(x=alt.XValue(0)),
        text.mark_text(text="higher →", align="right", **style).encode(x=alt.XValue(PLOT)),
    ]


def _places(base: alt.Chart) -> list[alt.Chart]:
    """Draw county and region, then the area with its interval on top."""
    others = [
        base.mark_point(shape=shape, size=36, color=colour).encode(x=_across(field))
        for field, (_, shape, colour) in PLACES.items()
    ]
    whisker = (
        base.transform_filter("isValid(datum.position) && isValid(datum.position_lower)")
        .mark_rule(strokeWidth=2, color=DARK_GREY)
        .encode(x=_across("position_lower"), x2=alt.X2("position_upper"))
    )
    area = base.mark_point(size=105, strokeWidth=1.5).encode(
        shape=by(alt.Shape, "verdict", LOOKS, 0),
        fill=by(alt.Fill, "verdict", LOOKS, 1),
        stroke=by(alt.Stroke, "verdict", LOOKS, 2),
        tooltip=[
            alt.Tooltip("indicator", type="nominal", title="Indicator"),
            alt.Tooltip("period", type="nominal", title="Period"),
            alt.Tooltip("value_text", type="nominal", title="Area"),
            alt.Tooltip("country_text", type="nominal", title="Country"),
            alt.Tooltip("verdict", type="nominal", title="Area against country"),
        ],
    )
    return [*others, whisker, area]


def _texts(base: alt.Chart) -> list[alt.Chart]:
    """Write indicator, values and verdict."""
    left: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": TEXT}
    right = left | {"align": "right"}
    columns = [
        (base.mark_text(lineBreak="\n", lineHeight=LINE, **left), "name", 4 - LEFT),
        (base.mark_text(fontWeight="bold", **right), "value_text", NAMES + 66 - LEFT),
        (base.mark_text(**right), "country_text", -14),
        (base.mark_text(**left), "verdict", PLOT + 8),
    ]
    texts = [
        text.encode(x=alt.XValue(x), text=alt.Text(field, type="nominal"))
        for text, field, x in columns
    ]
    texts[0] = texts[0].encode(y=alt.Y("name_y", type="quantitative", axis=None))
    return texts


def _key(placed: pd.DataFrame, area: str) -> list[alt.Chart]:
    """Say what each mark means, leaving out what no row has."""
    samples = [Sample(wrapped(area, 24, 1), "circle", DARK_BLUE)]
    samples += [Sample(*look) for field, look in PLACES.items() if placed[field].notna().any()]
    samples += [
        Sample(name, "bar", colour, opacity)
        for (low, _), (name, colour, opacity) in BARS.items()
        if placed[low].notna().any()
    ]
    return key(samples, left=4 - LEFT, down=16 - HEAD)


def _heads(area: str, country: str) -> alt.Chart:
    """Write the heads of the columns and which side is better."""
    heads = pd.DataFrame(
        [
            ("Indicator (period)", "left", 4 - LEFT, -12),
            ("This area", "right", NAMES + 66 - LEFT, -12),
            (wrapped(country, 10, 2), "right", -14, -12),
            ("← Worse", "left", 0, -12),
            (country, "center", PLOT / 2, -28),
            ("Better →", "right", PLOT, -12),
            (wrapped(f"Against {country}", 14, 2), "left", PLOT + 8, -12),
        ],
        columns=["text", "align", "left", "down"],
    )
    heads["down"] -= heads["text"].str.count("\n") * LINE
    return (
        alt.Chart(heads)
        .mark_text(
            align=alt.ExprRef("datum.align"),
            dx=alt.ExprRef("datum.left"),
            dy=alt.ExprRef("datum.down"),
            baseline="middle",
            fontSize=TEXT,
            lineBreak="\n",
            lineHeight=LINE,
            color=DARK_GREY,
        )
        .encode(x=alt.XValue(0), y=alt.YValue(0), text=alt.Text("text", type="nominal"))
    )


def _table(rows: pd.DataFrame, area: str, country: str) -> pd.DataFrame:
    columns = {
        "indicator": "Indicator",
        "objective": "Objective",
        "period": "Period",
        "value_text": area,
        "interval_text": "95% interval",
        "country_text": country,
        "verdict": f"{area} against {country}",
        "county_text": "County",
        "region_text": "Region",
        "neighbours_text": "Similar areas, lowest to highest",
        "range_text": "All areas, lowest to highest",
    }
    present = [name for name in columns if name in rows]
    if "coverage_text" in rows:
        covered = rows["range_text"] + " (" + rows["coverage_text"] + ")"
        rows = rows.assign(
            range_text=rows["range_text"].where(rows["coverage_text"] == "", covered)
        )
    return rows[present].rename(columns=columns).reset_index(drop=True)
