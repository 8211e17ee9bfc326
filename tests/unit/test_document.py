"""A document is a value: its facts are whole before anything is shown; its sections tell them."""

import random
from collections.abc import Mapping

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.model import SECTION_MIME, Document
from ineqlib.errors import ParameterError
from ineqlib.facts.fact import Fact
from ineqlib.narrative.sentence import Number
from ineqlib.pack import Pack

from .document_parts import reads_as, sentences

AREAS = ["X07000001", "X06000013", "X10000002"]
"""A district, a unitary authority some of whose figures are withheld, and a county."""


@pytest.fixture(scope="module", params=AREAS)
def document(request: pytest.FixtureRequest, demo_pack: Pack) -> Document:
    return open_briefing(demo_pack, request.param)


def in_order(facts: Mapping[str, Fact]) -> list[tuple[str, Fact]]:
    return list(facts.items())


def test_the_same_pack_gives_the_same_facts_in_the_same_order(
    document: Document, demo_pack: Pack
) -> None:
    again = open_briefing(demo_pack, document.subject.code)
    assert in_order(again.facts) == in_order(document.facts)


@pytest.mark.parametrize("seed", range(3))
def test_facts_do_not_depend_on_which_sections_are_shown_nor_in_what_order(
    document: Document, demo_pack: Pack, seed: int
) -> None:
    fresh = open_briefing(demo_pack, document.subject.code)
    before = in_order(fresh.facts)
    names = list(fresh.outline)
    chance = random.Random(seed)
    chance.shuffle(names)
    shown = names[: chance.randint(1, len(names))]
    bundles = [fresh.section(name)._repr_mimebundle_() for name in shown]
    assert any(SECTION_MIME in bundle for bundle in bundles)
    assert in_order(fresh.facts) == before == in_order(document.facts)


def test_every_fact_that_a_sentence_tells_is_the_documents(document: Document) -> None:
    spoken = [each for section in document.sections for each in sentences(section)]
    assert len({name for each in spoken for name in each.facts}) > 40
    assert {name for each in spoken for name in each.facts} <= set(document.facts)


def test_every_number_in_a_sentence_is_its_fact(document: Document) -> None:
    """The value or one of the limits, up to the sign; and the text is that number, rounded."""
    numbers = [
        part
        for section in document.sections
        for each in sentences(section)
        for part in each.parts
        if isinstance(part, Number)
    ]
    assert len(numbers) > 60
    for number in numbers:
        fact = document.facts[number.fact]
        sizes = {abs(each) for each in (fact.value, *(fact.limits or ()))}
        assert abs(number.value) in sizes, number
        assert reads_as(number.text, number.value), number


def test_sections_with_nothing_to_say_are_left_out(document: Document) -> None:
    shown = [section.id for section in document.sections]
    empty = [name for name in document.outline if not document.section(name).blocks]
    assert [name for name in document.outline if name not in empty] == shown


def test_a_section_says_what_it_is_and_what_was_asked_of_it(demo_pack: Pack) -> None:
    document = open_briefing(demo_pack, AREAS[0])
    section = document.section("trends", indicators=["life_expectancy"])
    assert (section.id, section.subject) == ("trends", AREAS[0])
    assert section.arguments == {"indicators": ["life_expectancy"]}
    assert 0 < len(section.figures) < len(document.section("trends").figures)
    (glance,) = document.section("at_a_glance", objective="best_start").figures
    assert set(glance.table["Objective"]) == {"Best start"}


def test_a_block_can_be_left_out(demo_pack: Pack) -> None:
    whole = open_briefing(demo_pack, AREAS[0]).section("at_a_glance")
    assert whole.without("how-to-read").blocks == whole.blocks[1:]
    first, *others = whole.figures
    assert whole.without(first.labels.id).figures == tuple(others)
    assert whole.without(*(figure.labels.id for figure in whole.figures)).figures == ()
    with pytest.raises(ParameterError, match=r"no block 'how-to-reed'.*Did you mean 'how-to-read'"):
        whole.without("how-to-reed")


def test_what_a_document_does_not_have_is_refused_with_the_nearest(demo_pack: Pack) -> None:
    document = open_briefing(demo_pack, AREAS[0])
    with pytest.raises(ParameterError, match=r"no section 'trend'.*Did you mean 'trends'"):
        document.section("trend")
    with pytest.raises(ParameterError, match=r"takes no 'indicator'.*Did you mean 'indicators'"):
        document.section("trends", indicator="x")
    with pytest.raises(ParameterError, match="takes no arguments"):
        document.section("headline", indicators=[])
