"""Every kind of document about real areas: its page passes the check.

One area of each type that a kind tells apart: what a page says of a second one is read from the
same columns. That a batch makes pages of all kinds, `tests/batch/test_several_documents.py` holds.
"""

import pytest

from ineqlib.document.kinds import kind_named, kinds
from ineqlib.document.verify.page import problems
from ineqlib.pack import Pack

from ..unit.document_parts import MOST_WORDS_REFUSING, words_to_the_first_figure
from ..unit.made_pages import made_page

pytestmark = pytest.mark.slow

SUBJECTS = {
    "summary": ("Liverpool",),
    "annex": ("Liverpool",),
    "similar_areas": ("Stevenage",),
    "what_would_it_take": ("Stevenage",),
    "county_profile": ("Hertfordshire", "North East"),
    "evaluate_project": ("Liverpool",),
    "indicator_gradient": ("England", "Hertfordshire", "London"),
    "spend_and_need": ("Hertfordshire", "Liverpool", "England"),
    "life_expectancy_gap": ("Liverpool",),
    "local_outcomes": ("Liverpool",),
    "equity_audit": ("Hertfordshire", "Liverpool", "North East"),
    "economic_case": ("Stevenage", "Liverpool", "England"),
    "neighbourhoods": ("Stevenage", "Trafford", "Isles of Scilly"),
}
"""Kind -> the real areas it is tried on."""
ELSEWHERE = {"area_briefing", "methods", "reorganisation"}
"""Kinds that other tests try: on all real areas, or on packs of their own."""


def test_no_kind_is_forgotten() -> None:
    assert set(SUBJECTS) | ELSEWHERE == set(kinds())


@pytest.mark.parametrize(
    ("name", "area"), [(name, area) for name, areas in SUBJECTS.items() for area in areas]
)
def test_its_page_passes_the_check(pack: Pack, name: str, area: str) -> None:
    kind, code = kind_named(name), pack.area(area).code
    made = made_page(kind.build(pack, code))
    assert "<h1" in made.page
    again = kind.build(pack, code)
    assert problems(made.page, again, pack, report=made.report, others={}) == []


@pytest.mark.parametrize(
    ("name", "area"),
    [
        *(("what_would_it_take", area) for area in ("Stevenage", "Hackney", "Middlesbrough")),
        *(("equity_audit", area) for area in ("England", "Hackney")),
        *(("indicator_gradient", area) for area in ("England", "Hart")),
    ],
)
def test_the_answer_is_short_for_real_areas_too(pack: Pack, name: str, area: str) -> None:
    document = kind_named(name).build(pack, pack.area(area).code)
    assert words_to_the_first_figure(document) <= MOST_WORDS_REFUSING
