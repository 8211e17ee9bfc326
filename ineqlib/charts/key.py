"""What each mark means, in one line above a plot, for marks that cannot be labelled in place."""

from typing import NamedTuple

from ineqlib.charts.layout import CHARACTER, TEXT
from ineqlib.charts.theme import DARK_GREY
from ineqlib.charts.vegalite import Spec, fixed, inline, layer, words

STROKES = {"bar": (13, [1, 0]), "dashes": (2, [6, 3])}
"""Line-like samples -> thickness and dash; any other mark is a point shape."""
SAMPLE, GAP = 18, 16
"""Pixels: a sample's width, the air after its text."""


class Sample(NamedTuple):
    """One entry: its words, its mark (a point shape, `bar` or `dashes`) and how that is painted."""

    text: str
    mark: str
    colour: str
    opacity: float = 1.0
    outline: str = ""
    """Of a point; empty = its colour."""


def key(samples: list[Sample], *, left: float, down: float) -> list[Spec]:
    """Return layers that draw samples and words on one line, in pixels from the plot's corner."""
    if not samples:
        return []
    entries, at = [], float(left)
    for sample in samples:
        thickness, dash = STROKES.get(sample.mark, (0, []))
        entry = {**sample._asdict(), "outline": sample.outline or sample.colour}
        entries.append({**entry, "left": at, "stroke": thickness, "dash": dash})
        at += SAMPLE + 6 + len(sample.text) * CHARACTER + GAP
    data, line = inline(entries), {"x": fixed(0), "y": fixed(down)}
    return [_points(data, line), _strokes(data, line), _words(data, line)]


def _points(data: Spec, line: Spec) -> Spec:
    return layer(
        "point",
        {
            **line,
            "fill": words("colour", scale=None),
            "stroke": words("outline", scale=None),
            "shape": words("mark", scale=None),
        },
        where="datum.stroke == 0",
        data=data,
        size=64,
        strokeWidth=1.5,
        xOffset={"expr": f"datum.left + {SAMPLE / 2}"},
    )


def _strokes(data: Spec, line: Spec) -> Spec:
    return layer(
        "rule",
        {**line, "color": words("colour", scale=None), "x2": fixed(0)},
        where="datum.stroke > 0",
        data=data,
        xOffset={"expr": "datum.left"},
        x2Offset={"expr": f"datum.left + {SAMPLE}"},
        strokeWidth={"expr": "datum.stroke"},
        strokeDash={"expr": "datum.dash"},
        opacity={"expr": "datum.opacity"},
    )


def _words(data: Spec, line: Spec) -> Spec:
    return layer(
        "text",
        {**line, "color": fixed(DARK_GREY), "text": words("text")},
        data=data,
        align="left",
        baseline="middle",
        fontSize=TEXT,
        dx={"expr": f"datum.left + {SAMPLE + 6}"},
    )
