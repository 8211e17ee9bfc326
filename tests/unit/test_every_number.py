"""Every number that a briefing writes, in words, tables and tooltips, is one of its facts."""

import re
from typing import Any

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.facts.fact import interval_text
from ineqlib.pack import Pack

from .permitted_numbers import Permitted, answers, figures_of, in_words, names_in, tables

AREAS = ["X07000001", "X06000013", "X10000002"]
"""A district, a unitary authority some of whose figures are withheld, and a county."""
NOT_BRIEFED = "sources"
"""The section that names the publishers, in their own words."""


@pytest.fixture(scope="module", params=AREAS)
def permitted(request: pytest.FixtureRequest, demo_pack: Pack) -> Permitted:
    document = open_briefing(demo_pack, request.param)
    return Permitted(document, names_in(document, demo_pack))


def test_a_number_that_no_fact_has_is_found(permitted: Permitted) -> None:
    facts = permitted.document.facts.values()
    (first, *_) = (fact for fact in facts if fact.limits)
    text = f"{first.text} (95% interval {interval_text(first)}) in {first.period}"
    assert permitted.without_fact([text], facts) == []
    wrong = permitted.without_fact([f"{text}, 98,765.4 and 3.14159"], facts)
    assert [number for number, _ in wrong] == ["98,765.4", "3.14159"]
    assert permitted.without_fact([text], [])


def test_every_number_in_words_is_a_fact(permitted: Permitted) -> None:
    facts = permitted.document.facts.values()
    texts = [
        text
        for section in permitted.document.sections
        if section.id != NOT_BRIEFED
        for text in in_words(section)
    ]
    assert len(texts) > 60
    assert permitted.without_fact(texts, facts) == []


def test_every_number_in_the_words_of_a_figure_is_a_fact(permitted: Permitted) -> None:
    figures = figures_of(permitted.document)
    assert len(figures) > 40
    for figure in figures:
        labels = figure.labels
        texts = (labels.title, labels.subtitle, labels.alt, labels.note, *figure.cells)
        assert permitted.without_fact(texts, permitted.facts_of(figure)) == [], labels.id


def test_every_number_in_a_table_is_a_fact(permitted: Permitted) -> None:
    facts = permitted.document.facts.values()
    for section in permitted.document.sections:
        if section.id != NOT_BRIEFED:
            for head, cells in tables(section):
                assert permitted.without_fact([head, *cells], facts) == [], section.id
    for figure in figures_of(permitted.document):
        if isinstance(figure, DrawnFigure):
            continue  # below: of a map all numbers are of one neighbourhood each
        cells = [cell for cells in figure.cells.values() for cell in cells]
        assert permitted.without_fact(cells, permitted.facts_of(figure)) == [], figure.labels.id


def test_every_number_a_chart_answers_the_pointer_with_is_a_fact(permitted: Permitted) -> None:
    answering = 0
    figures = [each for each in figures_of(permitted.document) if not isinstance(each, DrawnFigure)]
    for figure in figures:
        texts = list(answers(figure))
        answering += bool(texts)
        assert {type(text) for text in texts} <= {str}, figure.labels.id
        assert permitted.without_fact(texts, permitted.facts_of(figure)) == [], figure.labels.id
    assert answering == len(figures)


@pytest.mark.parametrize("area", AREAS[:2])
def test_every_number_of_the_map_is_the_packs(demo_pack: Pack, area: str) -> None:
    (figure,) = open_briefing(demo_pack, area).section("map").figures
    rows = demo_pack.small_areas(area).sort_values("rank").reset_index(drop=True)
    table = figure.table.set_index("Code")
    assert list(table.index) == rows["small_area_code"].tolist()
    assert table["Order, most deprived first"].tolist() == [str(n + 1) for n in rows.index]
    for column, theme in [("decile", "Deprivation as a whole"), ("crime_decile", "Crime")]:
        assert table[theme].tolist() == rows[column].astype(str).tolist()
    shapes = demo_pack.boundaries("small_area", area_code=area).set_index("code").geometry
    points = shapes.representative_point()
    names = dict(zip(table.index, table.iloc[:, 0], strict=True))
    of_name = {name: code for code, name in names.items()}
    told = 0
    for code, cell in table["Next to it"].items():
        touching = {other for other in shapes.index if shared(shapes[code], shapes[other]) > 1}
        parts = [re.fullmatch(r"([a-z-]+): (.+), ([\d.]+) km", part) for part in cell.split("; ")]
        near = {}
        for part in filter(None, parts):
            name = part[2] if part[2] in of_name else f"{names[code].rpartition(' ')[0]} {part[2]}"
            near[of_name[name]] = part[3]
        assert set(near) >= touching - {code}
        for other, kilometres in near.items():
            assert kilometres == f"{points[code].distance(points[other]) / 1000:.1f}"
            told += 1
    assert told > 3 * len(table)


def shared(one: Any, other: Any) -> float:
    return float(one.boundary.intersection(other.boundary).length)
