"""The most deprived group and the average of an area beside the country's."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import TEXT, value_range, wrapped
from ineqlib.charts.roles import by
from ineqlib.charts.theme import DARK_BLUE, DARK_GREY
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
from ineqlib.facts.fact import Fact, interval_text

ROW = 46
"""Pixels from one row to the next."""
LOOKS = {
    "area_most_deprived": (DARK_BLUE, "diamond"),
    "area_average": (DARK_BLUE, "circle"),
    "country_most_deprived": (DARK_GREY, "diamond"),
    "country_average": (DARK_GREY, "circle"),
}
"""Role -> colour (whose) and shape (which part)."""


def beside(facts: Mapping[str, Fact], places: Mapping[str, str], labels: Labels) -> Figure:
    """Draw the most deprived group and the average of an area beside the country's.

    Parameters
    ----------
    facts
        By role: one of `LOOKS`.
    places
        Role -> the words of its row, in the order of the rows.
    labels
        Title, subtitle, text alternative and source.

    Returns
    -------
    Figure
        A dot with its interval for each fact, and a table of them.

    Raises
    ------
    InputError
        When there is no fact.
    """
    rows = [(role, place, facts[role]) for role, place in places.items() if role in facts]
    ends = value_range(n for _, _, fact in rows for n in (fact.value, *(fact.limits or ())))
    table = {
        "Place": [place for _, place, _ in rows],
        "Value": [fact.text for _, _, fact in rows],
        "95% interval": [interval_text(fact) for _, _, fact in rows],
    }
    return Figure(labels, partial(_chart, rows, ends), table)


def _chart(rows: list[tuple[str, str, Fact]], ends: tuple[float, float]) -> Spec:
    points = [
        {
            "place": place,
            "role": role,
            "value": fact.value,
            **limits(fact),
            "row": down,
            "name": wrapped(place, 46, 1),
            "shown": f"{fact.number} {fact.mark}".rstrip(),
            **label(place, fact=fact),
        }
        for down, (role, place, fact) in enumerate(rows)
    ]
    return {
        "data": inline(points),
        "params": params(ends=list(ends), lines=[len(rows) - 0.4, -0.6]),
        "layer": _marks(rows[0][2].unit),
        "width": 340,
        "height": ROW * len(rows),
        "autosize": "none",
        "padding": {"left": 8, "right": 12, "top": 4, "bottom": 50},
    }


def _marks(unit: str) -> list[Spec]:
    """Draw each row's value with its interval, under its name and the value in words."""
    axis = {"title": unit or None, "tickCount": 4, "labelFontSize": TEXT, "titleFontSize": TEXT}
    place = {
        "x": amount("value", scale=between("ends"), axis=axis),
        "y": amount("row", scale=between("lines"), axis=None),
        "color": by("role", LOOKS, 0),
    }
    between_limits = {"x": amount("lower_ci"), "x2": {"field": "upper_ci"}}
    ink = {"color": fixed(DARK_GREY)}
    name = {**place, **ink, "x": fixed(0), "text": words("name")}
    value = {**place, **ink, "x": fixed("width"), "text": words("shown")}
    style: dict[str, Any] = {"baseline": "bottom", "fontSize": TEXT, "dy": -9}
    return [
        layer(
            "rule",
            {**place, **between_limits},
            where="isValid(datum.lower_ci)",
            strokeWidth=2,
        ),
        layer("point", {**place, **LABELLED, "shape": by("role", LOOKS, 1)}, size=110),
        layer("text", name, align="left", color=DARK_GREY, **style),
        layer("text", value, align="right", fontWeight="bold", **style),
    ]
