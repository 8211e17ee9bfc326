"""Every reader is told the same numbers, each in an order and words of their own."""

from collections.abc import Iterator

import pytest

from ineqlib.briefings.area.document import open_annex, open_briefing, open_summary
from ineqlib.briefings.area.options import read_options
from ineqlib.briefings.area.outline import FOR_READERS
from ineqlib.briefings.area.readers.telling import Telling, telling_of
from ineqlib.briefings.kinds import AREA_BRIEFING, SUMMARY
from ineqlib.catalogue import load_catalogue
from ineqlib.document.blocks import BulletList, Heading, sentences
from ineqlib.document.model import Section
from ineqlib.errors import ParameterError
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.narrative.sentence import Number, Sentence
from ineqlib.pack import Pack

from .document_parts import reads_as
from .plain_words import ages_to_read, avoided, longest_sentence

COUNTY = "X10000001"
PELLWATER, GREYWICK = "Pellwater", "Greywick"
BY_ITSELF = "X06000001"
"""A single-tier area, which has no county."""
OLDEST = 13
"""Years of age at which everybody can read the public's briefing."""
LONGEST = 40
"""Words of one sentence."""
MADE = {"owner": "The Council", "contact": "health@example.org", "published": "2026-11-30"}


@pytest.fixture(scope="module")
def all_facts(demo_pack: Pack) -> dict[str, AreaFacts]:
    return {area.name: facts_of(demo_pack, area.code) for area in demo_pack.districts(COUNTY)}


def facts_of(pack: Pack, area: str) -> AreaFacts:
    return area_facts(
        read_profile(pack, area, comparators=list(COMPARATORS), indicator_set="marmot")
    )


def sections_told(told: Telling) -> Iterator[Section]:
    """Yield what a reader's briefing has before its annex, but for the map."""
    for name, (make, readers) in FOR_READERS.items():
        if told.reader.name in readers and name != "where":
            yield make(told)


def words_of(facts: AreaFacts, audience: str, **asked: object) -> list[Sentence]:
    told = telling_of(facts, read_options({"audience": audience, **asked}))
    return [
        words
        for section in sections_told(told)
        for words in (section.lead, *sentences(section.blocks))
        if words
    ]


def text_of(facts: AreaFacts, audience: str, **asked: object) -> str:
    return " ".join(words.text for words in words_of(facts, audience, **asked))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_number_told_is_its_facts_own(all_facts: dict[str, AreaFacts], audience: str) -> None:
    assert len(all_facts) == 10
    for facts in all_facts.values():
        numbers = [
            part
            for words in words_of(facts, audience)
            for part in words.parts
            if isinstance(part, Number)
        ]
        assert len(numbers) > 3
        for number in numbers:
            fact = facts.table[number.fact]
            ends = [fact.value, *(fact.limits or ())]
            assert any(abs(number.value) == abs(end) for end in ends), number
            if any(sign.isdigit() for sign in number.text):
                assert reads_as(number.text, number.value), number


def test_what_two_readers_are_told_of_one_fact_is_one_number(
    all_facts: dict[str, AreaFacts],
) -> None:
    for facts in all_facts.values():
        told: dict[str, set[str]] = {
            audience: {fact for words in words_of(facts, audience) for fact in words.facts}
            for audience in AUDIENCES
        }
        shared = told["director"] & told["public"]
        assert shared, "the test compares nothing"
        assert set.union(*told.values()) <= set(facts.table)


def test_first_sides_differ_as_the_areas_do(all_facts: dict[str, AreaFacts]) -> None:
    openings = {name: words_of(facts, "director")[0].text for name, facts in all_facts.items()}
    assert len(set(openings.values())) == 10
    for name, opening in openings.items():
        assert name in opening
    assert "longer than" in openings[PELLWATER]
    assert "Babies who die" in text_of(all_facts[GREYWICK], "director").split("Inside")[0]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_reader_has_sections_of_their_own_after_the_first_side(
    demo_pack: Pack, audience: str
) -> None:
    document = open_briefing(demo_pack, PELLWATER, audience=audience, annex="none", **MADE)
    shown = [section.id for section in document.sections]
    assert shown[0] == "summary"
    of_reader = {name for name, (_, readers) in FOR_READERS.items() if audience in readers}
    assert set(shown) <= of_reader
    assert {
        "director": "objectives",
        "children": "objectives",
        "adults": "objectives",
        "member": "ward",
        "public": "building_blocks",
    }[audience] == shown[1]
    assert document.title.startswith("Pellwater: ")


def test_people_services_are_told_of_their_own_indicators_alone(
    all_facts: dict[str, AreaFacts],
) -> None:
    for audience, owner in (
        ("children", "Director of Children's Services"),
        ("adults", "Director of Adult Social Services"),
    ):
        reader = AUDIENCES[audience]
        told = telling_of(all_facts[GREYWICK], read_options({"audience": audience})).facts
        assert told.comparisons
        assert len(told.comparisons) < len(all_facts[GREYWICK].comparisons)
        assert all(reader.answers_for(each.indicator) for each in told.comparisons)
        assert any(each.indicator.lead_owner == owner for each in told.comparisons)


def test_the_annex_follows_is_apart_or_is_not_made(demo_pack: Pack) -> None:
    annex = {section.id for section in open_annex(demo_pack, PELLWATER).sections}
    assert {"at_a_glance", "trends", "methods", "sources"} <= annex
    for place, has_annex, says_so in (
        ("same", True, "What follows is for reference"),
        ("separate", False, "is a page of its own"),
        ("none", False, "Sources: "),
    ):
        document = open_briefing(demo_pack, PELLWATER, annex=place)
        shown = {section.id for section in document.sections}
        assert bool(shown & annex) is has_annex
        words = " ".join(each.text for each in sentences(document.section("annex").blocks))
        assert says_so in words


def test_a_page_without_annex_carries_the_facts_it_tells(demo_pack: Pack) -> None:
    whole = open_briefing(demo_pack, PELLWATER)
    alone = open_summary(demo_pack, PELLWATER)
    assert [section.id for section in alone.sections] == ["summary"]
    assert 4 < len(alone.facts) < len(whole.facts) / 10
    assert all(whole.facts[name] == fact for name, fact in alone.facts.items())


def test_who_made_it_prints_where_it_is_given_and_leaves_no_hole(
    all_facts: dict[str, AreaFacts],
) -> None:
    steps = ["A meeting in March.", "A report in June."]
    facts = all_facts[PELLWATER]
    text = text_of(facts, "public", **MADE, next_steps=steps)
    assert "To ask or to respond: health@example.org." in text
    assert all(step in text for step in steps)
    bare = text_of(facts, "public")
    assert "To ask" not in bare
    assert "A meeting." in text_of(facts, "director", next_steps="A meeting.")


def test_an_areas_own_priorities_come_first(all_facts: dict[str, AreaFacts]) -> None:
    facts = all_facts[GREYWICK]
    for priority in ("Adults who smoke", "smoking_adults"):
        told = telling_of(facts, read_options({"priorities": priority}))
        [worse] = [section for section in sections_told(told) if section.id == "objectives"]
        first = next(block for block in worse.blocks if isinstance(block, Heading))
        assert first.text == "What Greywick has chosen to put first"
        assert told.chosen[0].indicator.id == "smoking_adults"
        assert told.judgement.leading[0].rules[0] == "priority"
    best_start = read_options({"priorities": ["Best start"]}).priorities
    assert set(best_start) == {each.id for each in load_catalogue().of_objective("A")}


@pytest.mark.parametrize(("area", "is_district"), [(GREYWICK, True), (BY_ITSELF, False)])
def test_a_district_is_told_that_directors_are_the_countys(
    demo_pack: Pack, area: str, is_district: bool
) -> None:
    section = open_briefing(demo_pack, area).section("owners")
    assert isinstance(section.blocks[0], BulletList), "something is worse there"
    assert ("Directors are those of Wendlemere, the county" in section.lead.text) == is_district


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"audience": "directer"}, r"no audience 'directer'. Did you mean 'director'\?"),
        ({"annex": "seperate"}, r"cannot be 'seperate'. Did you mean 'separate'\?"),
        ({"priorities": ["smokng_adults"]}, r"'smokng_adults'. Did you mean 'smoking_adults'\?"),
        ({"audience": ["director"]}, r"'audience' should be a text, not \['director'\]"),
        ({"owner": None}, "'owner' should be a text, not None"),
        ({"published": 20251130}, "'published' should be a text, not 20251130"),
        ({"priorities": 5}, "'priorities' should be a text or a list of texts, not 5"),
        ({"priorities": [7]}, "'priorities' should be a text or a list of texts, not 7"),
        ({"published": "last week"}, "'last week', which is no date"),
        ({"audiance": "public"}, r"takes no 'audiance'. Did you mean 'audience'\?"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    demo_pack: Pack, asked: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        open_briefing(demo_pack, PELLWATER, **asked)
    if "audiance" not in asked:
        given = {**AREA_BRIEFING.parameters, **asked}
        with pytest.raises(ParameterError, match=message):
            AREA_BRIEFING.check(demo_pack, "X07000001", **given)


def test_a_summary_takes_what_a_briefing_takes_but_an_annex_and_the_last_one() -> None:
    assert AREA_BRIEFING.parameters.keys() - SUMMARY.parameters.keys() == {"annex", "previous"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_reader_is_told_words_that_the_field_avoids(
    all_facts: dict[str, AreaFacts], audience: str
) -> None:
    for facts in all_facts.values():
        for words in words_of(facts, audience, **MADE):
            assert avoided(words.text) == []


def test_the_catalogues_own_words_are_none_that_the_field_avoids() -> None:
    for indicator in load_catalogue().indicators.values():
        for text in (indicator.public_name, indicator.why_this_indicator, indicator.told_as):
            assert avoided(text) == [], indicator.id
    assert avoided("The poorest 3 neighbourhood suffer from it")


def test_the_public_reads_without_effort(
    all_facts: dict[str, AreaFacts], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, facts in all_facts.items():
        told = [words.text for words in words_of(facts, "public", **MADE)]
        assert max(ages_to_read(told, monkeypatch)) <= OLDEST, name
        assert longest_sentence(told) <= LONGEST, name
    hard = ["Heteroscedasticity notwithstanding, epidemiological stratification predominates."]
    assert min(ages_to_read(hard, monkeypatch)) > OLDEST


def test_who_made_it_stands_on_the_cover_where_it_is_given(demo_pack: Pack) -> None:
    made = open_briefing(demo_pack, GREYWICK, annex="none", **MADE)
    said = {**MADE, "published": "30 November 2026"}
    assert {name: made.cover.details[name] for name in MADE} == said
    assert dict(made.imprint) == {name.capitalize(): words for name, words in said.items()}
    assert not MADE.keys() & open_briefing(demo_pack, GREYWICK, annex="none").cover.details.keys()
