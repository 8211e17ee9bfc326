"""Briefings of real areas: readers print what they will read, in words they use."""

import re
from functools import cache

import pytest

from ineqlib.briefings.area.document import briefing_of, summary_of
from ineqlib.briefings.area.options import read_options
from ineqlib.document.blocks import sentences
from ineqlib.document.page import document_page
from ineqlib.facts import area_facts, read_profile
from ineqlib.facts.profile import COMPARATORS
from ineqlib.narrative.reader import AUDIENCES

from ..unit.plain_words import ages_to_read, avoided

AREAS = ("Stevenage", "Liverpool", "Isles of Scilly", "Blackpool")
MOST = {"director": 6, "member": 2}
OLDEST = 13
MADE = {"owner": "Public health", "contact": "public.health@example.org", "published": "2026-11-30"}
PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def documents(pack):
    @cache
    def facts_of(area):
        profile = read_profile(pack, area, comparators=list(COMPARATORS), indicator_set="marmot")
        return area_facts(profile)

    def document(area, audience, build=briefing_of):
        asked = {"audience": audience, "annex": "none", **MADE}
        return build(facts_of(area), read_options(asked))

    return document


def texts(document):
    return [
        words.text
        for section in document.sections
        for words in (section.lead, *sentences(section.blocks))
        if words
    ]


@pytest.fixture
def sheets(open_page, tmp_path):
    path = tmp_path / "page.html"

    def printed(document):
        path.write_text(document_page(document), encoding="utf-8")
        return len(PAGE.findall(open_page(path, js=False).pdf(prefer_css_page_size=True)))

    return printed


@pytest.mark.browser
@pytest.mark.parametrize("area", AREAS)
def test_each_reader_prints_what_they_will_read(documents, sheets, area):
    for audience, most in MOST.items():
        assert sheets(documents(area, audience)) <= most, audience
    assert sheets(documents(area, "director", summary_of)) == 1


@pytest.mark.parametrize("area", AREAS)
def test_the_words_are_plain_and_whole(documents, monkeypatch, area):
    for audience in AUDIENCES:
        told = texts(documents(area, audience))
        assert any(area in text for text in told)
        for text in told:
            assert avoided(text) == []
    if area != "Isles of Scilly":  # a few sentences, most of them its name, are no text to measure
        # How a source is named is its licence's wording, not ours.
        own = [text for text in texts(documents(area, "public")) if not text.startswith("Sources:")]
        assert max(ages_to_read(own, monkeypatch)) <= OLDEST
