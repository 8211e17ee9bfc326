"""A concentration curve: the share of money that goes to the people of most need."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import TEXT, level_axis
from ineqlib.charts.theme import CONTEXT, DARK_BLUE, DARK_PINK
from ineqlib.charts.vegalite import LABELLED, Spec, amount, between, inline, label, layer, params
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact

SIDE, AXIS, MARGIN = 290, 48, 14
"""Pixels: the square plot, the axis left of it, the air right of it."""
PARTS = ("One fifth", "Two fifths", "Three fifths", "Four fifths")
"""Of the people, those of most need first."""
EVEN = "The same for everybody"
COLOURS = (DARK_BLUE, DARK_PINK)


@dataclass(frozen=True)
class CurveDrawn:
    """One curve."""

    name: str
    """What is shared."""
    fifths: Sequence[Fact]
    """Share, in per cent, that goes to each of `PARTS`."""
    people: Sequence[float]
    share: Sequence[float]
    """Its points, from 0 to 1."""


def concentration(curves: Sequence[CurveDrawn], labels: Labels, *, first: str) -> Figure:
    """Draw one or two concentration curves, and the line of the same for everybody.

    Parameters
    ----------
    curves
        The first is what the chart is about.
    labels
        Title, subtitle, text alternative and source.
    first
        Whose the left end is, such as ``most deprived``.

    Returns
    -------
    Figure
        The curves, and a table of the share of each of `PARTS`.

    Raises
    ------
    InputError
        When there is no curve.
    """
    if not curves:
        raise InputError("There is no curve to draw; show a line of text in its place.")
    table = {f"People, {first} first": list(PARTS)}
    table |= {curve.name: [fact.text for fact in curve.fifths] for curve in curves}
    return Figure(labels, partial(_chart, curves, first), table)


def _chart(curves: Sequence[CurveDrawn], first: str) -> Spec:
    samples = [
        *(Sample(c.name, "bar", colour) for c, colour in zip(curves, COLOURS, strict=False)),
        Sample(EVEN, "dashes", CONTEXT),
    ]
    lines = [
        _even(),
        *(part for c, colour in zip(curves, COLOURS, strict=False) for part in _curve(c, colour)),
    ]
    names = [
        layer
        for at, sample in enumerate(samples)
        for layer in key([sample], left=-AXIS + 4, down=-18 - 18 * (len(samples) - 1 - at))
    ]
    x_axis = {
        "title": "Share of the people",
        "titleFontSize": TEXT,
        "labelFontSize": TEXT,
        "values": [0, 1],
        "labelExpr": f"datum.value ? 'Everybody' : '{first.capitalize()}'",
        "labelFlush": True,
        "labelLimit": 0,
        "grid": False,
    }
    y_axis = {**level_axis("", AXIS), "values": [0, 0.5, 1], "format": "%"}
    lines[0]["encoding"]["x"]["axis"] = x_axis
    lines[0]["encoding"]["y"]["axis"] = y_axis
    return {
        "data": inline([]),
        "params": params(ends=[0, 1]),
        "layer": [*lines, *names],
        "width": SIDE,
        "height": SIDE,
        "autosize": "none",
        "padding": {"left": AXIS, "right": MARGIN, "top": 20 + 18 * len(samples), "bottom": 48},
    }


def _place() -> Spec:
    return {
        "x": amount("people", scale=between("ends")),
        "y": amount("share", scale=between("ends")),
    }


def _even() -> Spec:
    ends = inline([{"people": 0, "share": 0}, {"people": 1, "share": 1}])
    return layer("line", _place(), data=ends, color=CONTEXT, strokeWidth=1, strokeDash=[6, 3])


def _curve(curve: CurveDrawn, colour: str) -> list[Spec]:
    points = [{"people": x, "share": y} for x, y in zip(curve.people, curve.share, strict=True)]
    fifths = [
        {
            "people": (at + 1) / (len(PARTS) + 1),
            "share": fact.value / 100,
            **label(f"{curve.name}: {part.lower()} of the people", fact=fact),
        }
        for at, (part, fact) in enumerate(zip(PARTS, curve.fifths, strict=True))
    ]
    line = layer("line", _place(), data=inline(points), color=colour, strokeWidth=2)
    return [
        line,
        layer(
            "point",
            {**_place(), **LABELLED},
            data=inline(fifths),
            color=colour,
            size=50,
            filled=True,
        ),
    ]
