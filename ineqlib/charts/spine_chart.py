"""The spine: one row per indicator, the country in the middle, the area to either side."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import LINE, TEXT, wrapped
from ineqlib.charts.roles import look_by
from ineqlib.charts.spine_layout import (
    BARS,
    HEAD,
    LEFT,
    LOOKS,
    NAMES,
    PLACES,
    PLOT,
    VERDICT,
    VERDICTS,
    placed_rows,
)
from ineqlib.charts.spine_rows import SpineRow, spine_cards, spine_table
from ineqlib.charts.theme import CONTEXT, DARK_GREY, GRID
from ineqlib.charts.theme import TEXT as INK
from ineqlib.charts.vegalite import (
    LABELLED,
    Spec,
    amount,
    fixed,
    inline,
    known,
    layer,
    words,
)
from ineqlib.errors import InputError


def spine(
    rows: Sequence[SpineRow], labels: Labels, *, area: str, country: str, above: str = ""
) -> Figure:
    """Draw where an area stands on every indicator, against the country.

    Parameters
    ----------
    rows
        One per indicator, in order.
    labels
        Title, subtitle, text alternative and source.
    area, country, above
        Their names; `above` is the county or region whose positions the rows have.

    Returns
    -------
    Figure
        A row of marks for each indicator, and a table of all that is known of it.

    Raises
    ------
    InputError
        When there is no row.
    """
    if not rows:
        raise InputError(
            "There is no indicator to put on a spine; show a line of text in its place."
        )
    return Figure(
        labels,
        partial(_chart, rows, area, country, above),
        spine_table(rows, area, country),
        spine_cards(rows, area, country),
    )


def _chart(rows: Sequence[SpineRow], area: str, country: str, above: str) -> Spec:
    placed, headings = placed_rows(rows, area, country)
    return {
        "data": inline(placed),
        "layer": [
            *_backdrop(headings),
            *_ranges(),
            *_sides(),
            *_places(),
            *_texts(),
            *_key(placed, above),
            _heads(country),
        ],
        "width": PLOT,
        "height": placed[-1]["foot"],
        "autosize": "none",
        "padding": {"left": LEFT, "right": VERDICTS, "top": HEAD, "bottom": 4},
    }


def _across(field: str) -> Spec:
    return amount(field, scale={"domain": [-1, 1], "nice": False, "zero": False}, axis=None)


def _down(field: str) -> Spec:
    scale = {"domain": [{"expr": "height"}, 0], "nice": False, "zero": False}
    return amount(field, scale=scale, axis=None)


ROW_Y = {"y": _down("y")}


def _backdrop(headings: list[Spec]) -> list[Spec]:
    """Draw the objectives' names and the country's line down the middle."""
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "fontWeight": "bold"}
    at = {"x": fixed(-LEFT + 4), "y": amount("y", axis=None)}
    middle = {"x": fixed(PLOT / 2), "y": fixed(0), "y2": fixed("height")}
    return [
        layer(
            "text", {**at, "text": words("text")}, data=inline(headings), fontSize=TEXT + 1, **style
        ),
        layer("rule", middle, data=inline(headings[:1]), color=DARK_GREY, strokeWidth=1.5),
    ]


def _ranges() -> list[Spec]:
    """Draw the range of all areas, on it that of similar areas, and the lines between the rows."""
    line = {"y": _down("foot"), "x": fixed(-LEFT), "x2": fixed(PLOT + VERDICTS)}
    bars = [
        layer(
            "rule",
            {**ROW_Y, "x": _across(low), "x2": {"field": high}},
            where=f"isValid(datum.{low}) && isValid(datum.{high})",
            strokeWidth=13,
            color=colour,
            opacity=opacity,
        )
        for (low, high), (_, colour, opacity) in BARS.items()
    ]
    return [layer("rule", line, color=GRID, strokeWidth=0.75), *bars]


def _sides() -> list[Spec]:
    """Write what the sides mean on rows where neither is better."""
    style: dict[str, Any] = {"baseline": "middle", "fontSize": TEXT - 2, "dy": 12}
    sides = [("← lower", "left", 0), ("higher →", "right", PLOT)]
    return [
        layer(
            "text",
            {**ROW_Y, "x": fixed(x), "color": fixed(CONTEXT)},
            where="datum.neutral",
            text=text,
            align=align,
            **style,
        )
        for text, align, x in sides
    ]


def _places() -> list[Spec]:
    """Draw the county or region, then the area with its interval on top."""
    others = [
        layer("point", {**ROW_Y, "x": _across(field)}, shape="square", size=40, color=colour)
        for field, colour in PLACES.items()
    ]
    whisker = layer(
        "rule",
        {**ROW_Y, "x": _across("position_lower"), "x2": {"field": "position_upper"}},
        where="isValid(datum.position) && isValid(datum.position_lower)",
        strokeWidth=2,
        color=DARK_GREY,
    )
    look = {
        "shape": look_by("look", LOOKS, 0),
        "fill": look_by("look", LOOKS, 1),
        "stroke": look_by("look", LOOKS, 2),
        **LABELLED,
    }
    area = layer("point", {**ROW_Y, "x": _across("position"), **look}, size=105, strokeWidth=1.5)
    return [*others, whisker, area]


def _texts() -> list[Spec]:
    """Write indicator, values and verdict."""
    left: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": TEXT}
    right = left | {"align": "right"}
    lines = {"lineBreak": "\n", "lineHeight": LINE, **left}
    name_y, verdict_y = ({"y": amount(name, axis=None)} for name in ("name_y", "verdict_y"))
    older = "datum.look == 'older'"
    ink = {"color": {"condition": {"test": older, "value": CONTEXT}, "value": INK}}
    bold = {"fontWeight": {"expr": "datum.bold ? 'bold' : 'normal'"}}
    columns: list[tuple[str, float, Spec, dict[str, Any]]] = [
        ("name", 4 - LEFT, name_y, lines),
        ("value_text", NAMES + 70 - LEFT, ROW_Y, {"fontWeight": "bold", **right}),
        ("country_text", -14, ROW_Y, right),
        ("verdict", PLOT + 10, verdict_y, lines | bold),
    ]
    return [
        layer("text", {**at, **ink, "x": fixed(x), "text": words(field)}, **style)
        for field, x, at, style in columns
    ]


def _key(placed: list[Spec], above: str) -> list[Spec]:
    """Say what each mark means that is drawn: the area's on one line, the others below."""
    looks = {row["look"] for row in placed if "position" in row}
    marks = [
        Sample(words, shape, fill, outline=outline)
        for look, (shape, fill, outline, words) in LOOKS.items()
        if look in looks
    ]
    others = [
        Sample(wrapped(above, 30, 1), "square", colour)
        for field, colour in PLACES.items()
        if known(placed, field)
    ]
    others += [
        Sample(name, "bar", colour, opacity)
        for (low, _), (name, colour, opacity) in BARS.items()
        if known(placed, low)
    ]
    lines = [samples for samples in (marks, others) if samples]
    return [
        part
        for down, samples in enumerate(lines)
        for part in key(samples, left=4 - LEFT, down=14 - HEAD + 20 * down)
    ]


def _heads(country: str) -> Spec:
    """Write the heads of the columns and which side is better."""
    texts = [
        ("Indicator (period)", "left", 4 - LEFT, -12),
        ("This area", "right", NAMES + 70 - LEFT, -12),
        (wrapped(country, 10, 2), "right", -14, -12),
        ("← Worse", "left", 0, -12),
        (country, "center", PLOT / 2, -12),
        ("Better →", "right", PLOT, -12),
        (f"{wrapped(f'Against {country}', VERDICT, 1)}\nRank (1 is worst)", "left", PLOT + 10, -12),
    ]
    heads = [
        {"text": text, "align": align, "left": float(x), "down": y - text.count("\n") * LINE}
        for text, align, x, y in texts
    ]
    return layer(
        "text",
        {"x": fixed(0), "y": fixed(0), "text": words("text")},
        data=inline(heads),
        align={"expr": "datum.align"},
        dx={"expr": "datum.left"},
        dy={"expr": "datum.down"},
        baseline="middle",
        fontSize=TEXT,
        lineBreak="\n",
        lineHeight=LINE,
        color=DARK_GREY,
    )
