"""The most deprived group and the average of an area beside the country's."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import TEXT, Scale, cut_mark, value_scale, values_and_limits, wrapped
from ineqlib.charts.roles import look_by
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
BETTER = {"right": "better →", "left": "← better"}


def beside_scale(facts: Iterable[Fact]) -> Scale:
    """Return the scale of a chart of these facts, or of several charts of them side by side."""
    return value_scale(values_and_limits(facts))


def beside(
    facts: Mapping[str, Fact],
    places: Mapping[str, str],
    labels: Labels,
    *,
    scale: Scale | None = None,
    better: str = "",
) -> Figure:
    """Draw the most deprived group and the average of an area beside the country's.

    Parameters
    ----------
    facts
        By role: one of `LOOKS`.
    places
        Role -> the words of its row, in the order of the rows.
    labels
        Title, subtitle, text alternative and source.
    scale
        Of the values, where the chart shares it with others; else that of its own facts.
    better
        ``left`` or ``right``, where one side is.

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
    scale = scale or beside_scale(fact for _, _, fact in rows)
    table = {
        "Place": [place for _, place, _ in rows],
        "Value": [fact.text for _, _, fact in rows],
        "95% interval": [interval_text(fact) for _, _, fact in rows],
    }
    return Figure(labels.on(scale), partial(_chart, rows, scale, better), table)


def _chart(rows: list[tuple[str, str, Fact]], scale: Scale, better: str) -> Spec:
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
        "params": params(ends=scale.ends, lines=[len(rows) - 0.4, -0.6]),
        "layer": [*_marks(rows[0][2].unit, BETTER.get(better, "")), *cut_mark(scale, across=True)],
        "width": 340,
        "height": ROW * len(rows),
        "autosize": "none",
        "padding": {"left": 8, "right": 12, "top": 4, "bottom": 50},
    }


def _marks(unit: str, better: str) -> list[Spec]:
    """Draw each row's value with its interval, under its name and the value in words."""
    title = f"{unit}   ({better})".strip() if better else unit
    axis = {
        "title": title or None,
        "titleLimit": 0,
        "tickCount": 4,
        "labelFontSize": TEXT,
        "titleFontSize": TEXT,
    }
    place = {
        "x": amount("value", scale=between("ends"), axis=axis),
        "y": amount("row", scale=between("lines"), axis=None),
        "color": look_by("role", LOOKS, 0),
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
        layer("point", {**place, **LABELLED, "shape": look_by("role", LOOKS, 1)}, size=110),
        layer("text", name, align="left", color=DARK_GREY, **style),
        layer("text", value, align="right", fontWeight="bold", **style),
    ]
