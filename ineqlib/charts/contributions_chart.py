"""What a gap is made of: a labelled bar for each part, which needs no legend."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import CHARACTER, TEXT, value_range, wrapped
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
    words,
)
from ineqlib.facts.fact import Fact
from ineqlib.facts.rounded import rounding_note

ROW = 30
WIDTH = 352
"""Width of the whole drawing."""
NAME = 26
"""Characters of a part's name."""


def contributions(parts: Mapping[str, Fact], labels: Labels, *, whole: Fact) -> Figure:
    """Draw the parts of a gap, each from zero: those that widen it to the right.

    Parameters
    ----------
    parts
        Name of a part -> how much of the gap it is; in the order drawn.
    labels
        Title, subtitle, text alternative and source.
    whole
        The gap; given in the table.

    Returns
    -------
    Figure
        A bar with its name and its number for each part, and a table.

    Raises
    ------
    InputError
        When there is no part.
    """
    rows = [
        {
            "row": down,
            "name": wrapped(name, NAME, 1),
            "value": fact.value,
            "reach": max(fact.value, 0.0),
            "number": fact.number,
            "narrows": fact.value < 0,
            **label(name, fact=fact),
        }
        for down, (name, fact) in enumerate(parts.items())
    ]
    ends = value_range(known(rows, "value"), zero=True)
    table = {
        "Part": [*parts, "The whole gap"],
        "Share of the gap": [fact.text for fact in (*parts.values(), whole)],
    }
    note = " ".join(filter(None, (labels.note, rounding_note(parts.values(), whole))))
    return Figure(replace(labels, note=note), partial(_chart, rows, ends), table)


def _chart(rows: list[Spec], ends: tuple[float, float]) -> Spec:
    left = int(max(len(row["name"]) for row in rows) * CHARACTER) + 10
    right = int(max(len(row["number"]) for row in rows) * CHARACTER) + 14
    line = {"y": amount("row", scale=between("lines"), axis=None)}
    across = {"x": amount("value", scale=between("years"), axis=None)}
    colour = {"condition": {"test": "datum.narrows", "value": CONTEXT}, "value": DARK_BLUE}
    bar = {**line, **across, **LABELLED, "x2": {"datum": 0}, "color": colour}
    style: dict[str, Any] = {"baseline": "middle", "fontSize": TEXT}
    name = {**line, "x": fixed(0), "text": words("name")}
    value = {**line, "x": amount("reach"), "text": words("number"), "color": fixed(DARK_GREY)}
    return {
        "data": inline(rows),
        "params": params(years=list(ends), lines=[len(rows) - 0.5, -0.5]),
        "layer": [
            layer("bar", bar, height=ROW - 10),
            layer("text", name, align="right", dx=-6, **style),
            layer("text", value, align="left", dx=5, fontWeight="bold", **style),
        ],
        "width": WIDTH - left - right,
        "height": ROW * len(rows),
        "autosize": "none",
        "padding": {"left": left, "right": right, "top": 6, "bottom": 6},
    }
