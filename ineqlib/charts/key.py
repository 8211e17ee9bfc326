"""What each mark means, in one line above a plot, for marks that cannot be labelled in place."""

from typing import NamedTuple

import altair as alt
import pandas as pd

from ineqlib.charts.layout import CHARACTER, TEXT
from ineqlib.charts.theme import DARK_GREY

STROKES = {"bar": (13, [1, 0]), "dashes": (2, [6, 3])}
"""Line-like samples -> thickness and dash; any other mark is a point shape."""
SAMPLE, GAP = 18, 16
"""Pixels: a sample's width, the air after its text."""


class Sample(NamedTuple):
    """One entry: its words, its mark (a point shape, `bar` or `dashes`), colour and opacity."""

    text: str
    mark: str
    colour: str
    opacity: float = 1.0


def key(samples: list[Sample], *, left: float, down: float) -> list[alt.Chart]:
    """Return layers that draw samples and words on one line.

    Parameters
    ----------
    samples
        In the order they are drawn.
    left, down
        Pixels from the plot's top left corner to the first sample's left edge, the line's middle.
    """
    if not samples:
        return []
    entries = pd.DataFrame(samples)
    widths = SAMPLE + 6 + entries["text"].str.len() * CHARACTER + GAP
    entries["left"] = left + widths.cumsum() - widths
    entries["stroke"] = [STROKES.get(mark, (0, []))[0] for mark in entries["mark"]]
    entries["dash"] = [STROKES.get(mark, (0, []))[1] for mark in entries["mark"]]
    base = alt.Chart(entries).encode(
        x=alt.XValue(0),
        y=alt.YValue(down),
        color=alt.Color("colour", type="nominal", scale=None),
    )
    dot = base.transform_filter("datum.stroke == 0").mark_point(
        size=64, xOffset=alt.ExprRef(f"datum.left + {SAMPLE / 2}")
    )
    line = base.transform_filter("datum.stroke > 0").mark_rule(
        xOffset=alt.ExprRef("datum.left"),
        x2Offset=alt.ExprRef(f"datum.left + {SAMPLE}"),
        strokeWidth=alt.ExprRef("datum.stroke"),
        strokeDash=alt.ExprRef("datum.dash"),
        opacity=alt.ExprRef("datum.opacity"),
    )
    words = base.mark_text(
        align="left",
        baseline="middle",
        fontSize=TEXT,
        dx=alt.ExprRef(f"datum.left + {SAMPLE + 6}"),
    )
    return [
        dot.encode(shape=alt.Shape("mark", type="nominal", scale=None)),
        line.encode(x2=alt.X2Value(0)),
        words.encode(text=alt.Text("text", type="nominal"), color=alt.ColorValue(DARK_GREY)),
    ]
