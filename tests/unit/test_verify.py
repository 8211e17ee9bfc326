"""A true page passes; one that is not what a page may be is refused with the reason."""

from dataclasses import replace
from typing import Any

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.model import Document
from ineqlib.document.parse_page import read_page
from ineqlib.document.verify.charts import drawn_again
from ineqlib.document.verify.facts import has_file_of
from ineqlib.document.verify.page import Other, problems
from ineqlib.facts.fact import Fact, FactTable
from ineqlib.pack import Pack

from .made_pages import (
    HERE,
    NAMES,
    THERE,
    Check,
    Made,
    changed,
    made_page,
    own_fact,
    own_figure,
    own_words,
)


@pytest.mark.parametrize("area", [HERE, THERE])
def test_a_true_page_has_no_problems(check: Check, pages: dict[str, Made], area: str) -> None:
    assert len(pages[area].report.sections) > 10
    assert check(pages[area], area) == []


def test_a_block_may_be_left_out(check: Check, ours: Document) -> None:
    glance = ours.section("at_a_glance")
    assert check(made_page(ours, [glance.without("how-to-read", "furthest-worse")])) == []
    assert check(made_page(ours, [glance.without("at-a-glance")])) == []
    lines = ours.section("deprivation").without("spread", "deprivation-spread")
    assert check(made_page(ours, [glance, lines])) == []
    for left_out in ("spread", "deprivation-spread"):
        half = ours.section("deprivation").without(left_out)
        assert check(made_page(ours, [glance, half])) == []


@pytest.mark.parametrize("objective", ["best_start", "length_and_quality_of_life"])
def test_a_section_may_be_asked_otherwise_and_in_another_order(
    check: Check, ours: Document, objective: str
) -> None:
    shown = [
        ours.section("trends", indicators=["life_expectancy"]),
        ours.section("at_a_glance", objective=objective),
        ours.section("headline"),
    ]
    assert check(made_page(ours, shown)) == []


def test_a_notebooks_own_figure_facts_and_words_pass(check: Check, ours: Document) -> None:
    beside = (own_figure("Visits in Brackenhythe"), FactTable([own_fact()]), own_words())
    assert check(made_page(ours, None, *beside)) == []


def test_the_file_of_figures_is_its_documents_only_to_the_letter(ours: Document) -> None:
    page = made_page(ours).page
    assert has_file_of(ours, read_page(page))
    row = next(line for line in page.split("text/csv", 1)[1].splitlines() if ",published," in line)
    for other in (
        page.replace(row, row.replace(",published,", ",derived,")),
        page.replace(f"{row}\n", ""),
        made_page(ours, None, FactTable([own_fact()])).page,
    ):
        assert not has_file_of(ours, read_page(other))


def test_a_published_fact_of_a_notebooks_own_is_held_against_its_row(
    check: Check, ours: Document, demo_pack: Pack
) -> None:
    known = {number for fact in ours.facts.values() for number in fact.rows}
    rows = demo_pack.observations(area=[HERE], dimension="")
    row = rows[~rows["row"].isin(known) & rows["value"].notna()].iloc[0]
    theirs = demo_pack.observations(area=[THERE], dimension="")["row"].iloc[0]
    true = own_fact(value=row["value"], rows=(row["row"],), method="published", area_name="Here")

    def reason(fact: Fact) -> list[str]:
        return check(made_page(ours, [ours.section("headline")], FactTable([fact])))

    assert reason(true) == []
    for wrong, why in (
        (replace(true, value=true.value + 1), "own is 42, not"),
        (replace(true, rows=(10**9,)), "which has no row 1000000000"),
        (replace(true, rows=(int(theirs),)), f"its row is {THERE}'s"),
    ):
        [problem] = reason(wrong)
        assert "1 are not the pack's" in problem
        assert why in problem


def test_a_notebook_without_sections_is_held_against_its_facts(
    check: Check, ours: Document
) -> None:
    made = made_page(ours, [])
    assert check(made) == []
    [reason] = check(replace(made, report=replace(made.report, sections=("headline",))))
    assert "speaks of the sections headline; the page has none" in reason


def test_a_link_to_a_publisher_is_no_request(check: Check, pages: dict[str, Made]) -> None:
    link = '</h1><p><a href="https://example.org">Publisher</a></p>'
    assert check(changed(pages[HERE], "</h1>", link)) == []


def test_two_areas_without_figures_may_say_the_same(demo_pack: Pack) -> None:
    """The opening of an area without figures is no other area's pasted in."""
    document = open_briefing(
        demo_pack, HERE, comparators=["country"], indicator_set=["attainment_8"]
    )
    made = made_page(document)
    others = {THERE: Other(NAMES[THERE], made.report.opening)}
    assert problems(made.page, document, demo_pack, report=made.report, others=others) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("<title>Brackenhythe:", "<title>Briefing:", "its title does not name it"),
        (
            "<title>Brackenhythe:",
            "<title>Coldmarket, near Brackenhythe:",
            "title names Coldmarket",
        ),
        ("<h1>Brackenhythe:", "<h1>Brackenhythes:", "heading (h1) does not name it"),
        ("Area code X07000001", "", "code under the heading is missing"),
        (
            'name="document-kind" content="area_briefing"',
            'name="document-kind" content="methods"',
            "of the kind 'methods', not 'area_briefing'",
        ),
        ("</h1>", '</h1><img src="https://example.org/a.png">', "from elsewhere"),
        ("</h1>", '</h1><svg><image href="//example.org/a"/></svg>', "from elsewhere"),
        ("</style>", "@import 'https://example.org/a.css'</style>", "from elsewhere"),
        ("Content-Security-Policy", "Other", "no security policy"),
        ("default-src &#39;none&#39;", "default-src *", "no security policy"),
        ("img-src data:", "img-src data: https:", "lets through img-src https:"),
        ("; style-src", " 'sha256-AAAA'; style-src", "admits a script or style that is not"),
        ("</h1>", "</h1><svg><script>x</script></svg>", "<script> in an output"),
        ("</h1>", '</h1><p title="<svg">hidden</svg>', "not every program reads alike"),
        ("</h1>", '</h1><p onclick="x()">', "breaks promises: <p onclick"),
        ("</h1>", "</h1>Traceback (most recent call last)", "error message"),
        ("</h1>", "</h1><pre>KeyError: 'value'</pre>", "error message"),
        (
            "</h1>",
            '</h1><figure id="f"><figcaption>Coldmarket over time</figcaption></figure>',
            "The figure 'f' is about Coldmarket",
        ),
    ],
)
def test_what_a_page_may_not_be(
    check: Check, pages: dict[str, Made], old: str, new: str, reason: str
) -> None:
    assert any(reason in each for each in check(changed(pages[HERE], old, new)))


def test_one_drawing_in_ten_is_made_again_and_every_one_for_some_area() -> None:
    charts = [f"chart-{n:02}" for n in range(25)]
    chosen = [set(drawn_again(charts, f"E070{n:05}")) for n in range(200)]
    assert {len(each) for each in chosen} == {2, 3}
    assert set().union(*chosen) == set(charts)


def test_a_page_beyond_its_budget_is_told_its_size(check: Check, pages: dict[str, Made]) -> None:
    size = len(pages[HERE].page.encode())
    assert check(pages[HERE], budget=size) == []
    [reason] = check(pages[HERE], budget=size - 1)
    assert "MB are allowed" in reason


def test_what_the_maker_tells_is_held_against_the_page(
    check: Check, pages: dict[str, Made]
) -> None:
    made = pages[HERE]

    def reason(**said: Any) -> str:
        [problem] = check(replace(made, report=replace(made.report, **said)))
        return problem

    assert "index is “All is well”" in reason(summary="All is well")
    assert reason(opening="All is well") == (
        "The opening words its maker speaks of are not those on the page."
    )
    figures = [{**made.report.figures[0], "value": 1.5}, *made.report.figures[1:]]
    assert "comparing it with a later document" in reason(figures=figures)
    assert "Its maker speaks of the sections" in reason(sections=made.report.sections[:-1])
