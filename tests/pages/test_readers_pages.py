"""Each reader's page: how many sheets it prints, and whether everybody can use it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ineqlib.briefings.area.document import briefing_of, open_briefing, summary_of
from ineqlib.briefings.area.options import Options, read_options
from ineqlib.document.model import Document
from ineqlib.document.page import document_page
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.pack import Pack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MADE = {
    "owner": "Public health, Wendlemere County Council",
    "contact": "public.health@wendlemere.example",
    "published": "2026-11-30",
    "next_steps": ["The health and wellbeing board meets in March.", "A report follows in June."],
}
MOST = {"director": 6, "children": 6, "adults": 6, "member": 2, "public": 4}
"""Sheets of each reader's briefing, before its annex."""
DISTRICTS = ("X07000001", "X07000006")
ELSEWHERE = ("X06000013", "X10000002")
"""A unitary authority some of whose figures are withheld, and a county."""
PAGE = re.compile(rb"/Type\s*/Page\b")

Sheets = Callable[[Document], int]


@pytest.fixture
def sheets(tmp_path: Path, open_page) -> Sheets:
    """Print a document as its page, and count the sheets."""

    def printed(document: Document) -> int:
        path = tmp_path / "page.html"
        path.write_text(document_page(document), encoding="utf-8")
        page = open_page(path, js=False)
        return len(PAGE.findall(page.pdf(prefer_css_page_size=True)))

    return printed


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> dict[str, AreaFacts]:
    return {code: facts_of(demo_pack, code) for code in (*DISTRICTS, *ELSEWHERE)}


def facts_of(pack: Pack, area: str) -> AreaFacts:
    return area_facts(
        read_profile(pack, area, comparators=list(COMPARATORS), indicator_set="marmot")
    )


def asked(audience: str) -> Options:
    return read_options({"audience": audience, "annex": "none", **MADE})


def test_directors_and_members_print_what_they_will_read(
    facts: dict[str, AreaFacts], sheets: Sheets
) -> None:
    """Of two of the ten districts, which are alike, and of each other type of area."""
    for code, each in facts.items():
        for audience in ("director", "member"):
            assert sheets(briefing_of(each, asked(audience))) <= MOST[audience], code
        assert sheets(summary_of(each, asked("director"))) == 1, code


@pytest.mark.parametrize("code", ["X07000001", *ELSEWHERE])
def test_other_readers_do_too(facts: dict[str, AreaFacts], sheets: Sheets, code: str) -> None:
    for audience in ("children", "adults", "public"):
        assert sheets(briefing_of(facts[code], asked(audience))) <= MOST[audience], audience
        assert sheets(summary_of(facts[code], asked(audience))) == 1, audience


def test_the_annex_begins_on_a_sheet_of_its_own(demo_pack: Pack, sheets: Sheets) -> None:
    alone = open_briefing(demo_pack, "X07000001", annex="none", indicator_set="headline")
    whole = open_briefing(demo_pack, "X07000001", annex="same", indicator_set="headline")
    assert sheets(whole) > sheets(alone) + 2


@pytest.mark.parametrize("audience", MOST)
def test_every_readers_page_keeps_the_accessibility_rules(
    facts: dict[str, AreaFacts], tmp_path: Path, open_page, axe, audience: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        document_page(briefing_of(facts["X07000001"], asked(audience))), encoding="utf-8"
    )
    page = open_page(path)
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert axe(page, colours=False) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_note_between_paragraphs_can_be_read_on_paper(
    facts: dict[str, AreaFacts], tmp_path: Path, open_page
) -> None:
    """It says what a gap is; a note under a drawing, whose title says most, may be smaller."""
    path = tmp_path / "page.html"
    path.write_text(document_page(briefing_of(facts["X07000001"], asked("director"))), "utf-8")
    page = open_page(path, js=False)
    page.emulate_media(media="print")
    size = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('[data-block=method-of-gaps]')).fontSize)"
    )
    assert size >= 9 * 96 / 72
