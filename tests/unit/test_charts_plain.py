"""The package's own charts are drawn directly, and as Vega would draw them."""

import re
from collections import Counter

import altair as alt
import pandas as pd
import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.draw.axes import ticks
from ineqlib.charts.draw.draw import draw
from ineqlib.charts.draw.expressions import NotPlain, evaluate
from ineqlib.charts.draw.plain import plain_drawing
from ineqlib.charts.draw.svg import inline_svg
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.charts.figure import Figure
from ineqlib.charts.vegalite import (
    Spec,
    amount,
    apart,
    between,
    inline,
    label,
    layer,
    params,
    words,
)
from ineqlib.pack import Pack

from .drawn_shapes import differences, shapes

AREAS = ("X07000001", "X06000013")
EACH = 6
"""Figures of one section that are tried for one area."""


def whole(figure: Figure) -> Spec:
    return {**figure.spec, "datasets": figure.datasets}


def by_vega(spec: Spec) -> str:
    return inline_svg(draw(spec), figure_id="f", alt="Alt")


@pytest.fixture(scope="module")
def figures(demo_pack: Pack) -> dict[str, list[Figure]]:
    documents = [open_briefing(demo_pack, area) for area in AREAS]
    names = [section.id for section in documents[0].sections if section.figures]
    return {
        name: [
            figure
            for document in documents
            for figure in document.section(name).figures[:EACH]
            if not isinstance(figure, DrawnFigure)
        ]
        for name in names
    }


def test_every_kind_of_chart_is_drawn_directly_and_as_vega_draws_it(
    figures: dict[str, list[Figure]],
) -> None:
    tried: Counter[str] = Counter()
    for figure in (figure for of_kind in figures.values() for figure in of_kind):
        spec = whole(figure)
        assert figure.is_quick, figure.labels.id
        direct = plain_drawing(spec, alt="Alt")
        assert direct
        assert differences(direct, by_vega(spec)) == [], figure.labels.id
        tried.update(part["mark"]["type"] for part in spec["layer"])
    assert len(tried) >= 7, "marks of nearly every kind"


def scatter(across: int = 2, **changes: object) -> Spec:
    rows = [
        {"a": a, "b": b, "on": on, **label(f"“{a}” & <b>", "two")}
        for a, b, on in ((-0.003, 1200.5, True), (0.001, 4000, False), (None, 1, True))
    ]
    axes = {"labelFontSize": 12, "titleFontSize": 12, "tickCount": 4, "title": "µg/m³"}
    upright = {**axes, "titleX": -40, "titleY": -10}
    place = {
        "x": amount("a", scale=between("across"), axis={**axes, "tickCount": across}),
        "y": amount("b", scale=between("up"), axis=upright),
    }
    style = {"baseline": "top", "fontSize": 13, "lineBreak": "\n", "lineHeight": 15}
    lettered = {**place, "text": words("label")}
    dotted = {**place, "description": words("label")}
    spec = {
        "data": inline(rows),
        "params": params(across=[-0.004, 0.0015], up=[900, 4100]),
        "layer": [
            layer("point", dotted, where="datum.on || !datum.on", shape="cross", size=90),
            layer("text", lettered, where="datum.on", align="right", **style),
        ],
        "width": 300,
        "height": 200,
        "autosize": "none",
        "padding": {"left": 50, "right": 10, "top": 30, "bottom": 50},
        **changes,
    }
    bare, datasets = apart(spec)
    return {**bare, "datasets": datasets}


def test_small_and_negative_numbers_hostile_words_and_missing_rows_are_drawn_alike() -> None:
    spec = scatter()
    direct = plain_drawing(spec, alt="A “b” & <c>")
    assert direct
    assert 'aria-label="A “b” &amp; &lt;c&gt;"' in direct
    assert differences(direct, by_vega(spec)) == []
    texts = [shape.words for shape in shapes(direct) if shape.kind == "text"]
    assert {"−0.002", "0.000", "1,000", "4,000", "µg/m³", "“-0.003” & <b>|two"} <= set(texts)
    assert "<b>" not in direct


@pytest.mark.parametrize(
    "changes",
    [
        {"autosize": "pad"},
        {"across": 4},
        {"title": "A title"},
        {"layer": [layer("geoshape", {})]},
        {"layer": [layer("point", {"x": amount("a"), "y": amount("b")})]},
        {"layer": [layer("rule", {"x": {"aggregate": "mean", "field": "a"}})]},
        {"layer": [layer("text", {"text": {"value": "a"}}, where="random() > 0.5")]},
        {"layer": [layer("text", {"text": {"value": "a"}}, cornerRadius=3)]},
    ],
    ids=[
        "fitted",
        "labels that may meet",
        "title",
        "mark",
        "no scale",
        "aggregate",
        "expression",
        "style",
    ],
)
def test_what_it_does_not_know_is_left_to_vega(changes: dict[str, object]) -> None:
    assert plain_drawing(scatter(), alt="a")
    assert plain_drawing(scatter(**changes), alt="a") is None


@pytest.mark.parametrize("style", [{"color": '"><script>'}, {"shape": 'M0,0" onclick="x'}])
def test_no_style_becomes_markup(style: dict[str, str]) -> None:
    place = scatter()["layer"][0]["encoding"]
    spec = scatter(layer=[layer("point", place, size=40, **style)])
    assert plain_drawing(spec, alt="a") is None


def test_somebodys_own_chart_is_left_to_vega() -> None:
    chart = alt.Chart(pd.DataFrame({"a": [1, 2]})).mark_point().encode(x="a:Q")
    assert plain_drawing(chart.to_dict(), alt="a") is None


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("datum.n > 1 && datum.s == 'x'", True),
        ("!(datum.n > 1 || datum.none)", False),
        ("!datum.none", True),
        ("datum.n != 2", False),
        ("datum.n + 0.5 - 1", 1.5),
        ("isValid(datum.none) || isValid(datum.n)", True),
        ("datum.n ? 'some' : 'none'", "some"),
        ("names[datum.n]", "two"),
        ("ends[1]", 9),
        ("-height", -5),
    ],
)
def test_expressions_mean_what_they_mean_to_vega(expression: str, value: object) -> None:
    names = {"datum": {"n": 2, "s": "x"}, "names": {"2": "two"}, "ends": [7, 9], "height": 5}
    assert evaluate(expression, names) == value


@pytest.mark.parametrize(
    "expression", ["other", "datum.n.real", "__import__('os')", "max(1, 2)", "1 <", "[1, 2]"]
)
def test_other_expressions_are_refused(expression: str) -> None:
    with pytest.raises(NotPlain):
        evaluate(expression, {"datum": {"n": 1}})


@pytest.mark.parametrize(
    ("ends", "values", "decimals"),
    [
        ((0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1.0], 1),
        ((9.5, -0.5), [0, 2, 4, 6, 8], 0),
        ((0, 120_000), [0, 20_000, 40_000, 60_000, 80_000, 100_000, 120_000], 0),
        ((-0.0031, 0.0042), [-0.002, 0, 0.002, 0.004], 3),
    ],
)
def test_ticks_stand_on_round_numbers(
    ends: tuple[float, float], values: list[float], decimals: int
) -> None:
    assert ticks(ends, 4) == (pytest.approx(values), decimals)


def test_a_drawing_repeats_no_attribute_that_its_group_may_have(
    figures: dict[str, list[Figure]],
) -> None:
    svg = figures["trends"][0].svg
    assert not re.search(r'<circle[^>]*fill="[^"]*"[^>]*/><circle', svg)
