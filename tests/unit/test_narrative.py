"""Sentences: words fit the sign, the polarity and the doubt; no figure stands in plain words."""

import re
from dataclasses import replace

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.blocks import BulletList, Paragraph
from ineqlib.document.model import Document
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.profile import read_profile
from ineqlib.narrative import area as words
from ineqlib.narrative.sentence import Number, Period, Sentence, interval, sentence, size_of
from ineqlib.pack import Pack

from .chart_records import a_fact
from .document_parts import sentences

TELLING = (
    *("summary", "objectives", "changes", "inside", "peers", "owners"),
    *("headline", "at_a_glance", "wider_areas", "trends", "deprivation", "gradients"),
    *("most_deprived", "deprivation_line"),
)
"""Sections that tell figures in sentences."""
NOT_A_FIGURE = re.compile(
    r"95% interval|(under|over|aged|age|ages|before|after|at) \d+( (to|and) \d+)?|\d+ to \d+ weeks"
    r"|of every 1[0,]*|\d+ and over|per 1,?000|for every 1,000"
)


@pytest.fixture(scope="module", params=["X07000001", "X07000004", "X06000013"])
def briefing(request: pytest.FixtureRequest, demo_pack: Pack) -> Document:
    return open_briefing(demo_pack, request.param)


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> AreaFacts:
    profile = read_profile(
        demo_pack, "X07000001", comparators=["country"], indicator_set="headline"
    )
    return area_facts(profile)


def test_no_figure_stands_in_plain_words(briefing: Document) -> None:
    spoken = [each for name in TELLING for each in sentences(briefing.section(name))]
    assert len(spoken) > 20
    for each in spoken:
        plain = "".join(part for part in each.parts if isinstance(part, str))
        assert not re.search(r"\d", NOT_A_FIGURE.sub("", plain)), each.text


def test_a_gradient_says_worse_where_it_is_worse(demo_pack: Pack) -> None:
    block = open_briefing(demo_pack, "X07000001").section("gradients").blocks[0]
    assert isinstance(block, BulletList)
    clear = [item.text for item in block.items if "slope index" in item.text]
    assert clear
    for text in clear:
        assert "worse at the most deprived end" in text
        assert "−" not in text.split("Relative index")[0]
    assert all("cannot tell" in item.text for item in block.items if item.text not in clear)


def test_a_slope_turned_round_is_better_at_the_most_deprived_end(facts: AreaFacts) -> None:
    inside = next(each for each in facts.gradients if each.is_clear and each.sii)
    assert inside.sii is not None
    assert inside.sii.limits is not None
    low, high = inside.sii.limits
    slope = replace(
        inside.sii,
        value=-inside.sii.value,
        text=f"−{inside.sii.size}",
        lower_ci=-high,
        upper_ci=-low,
    )
    text = words.gradient(replace(inside, sii=slope)).text
    assert "better at the most deprived end" in text
    assert f"about {inside.sii.size} (95% interval {low:.1f} to {high:.1f})" in text


def test_without_a_slope_the_reason_is_given(facts: AreaFacts) -> None:
    inside = replace(facts.gradients[0], sii=None, why_not="the groups are too few")
    assert words.gradient(inside).text.startswith("No slope is calculated for ")
    assert words.gradient(inside).text.endswith(": the groups are too few.")


def test_an_interval_left_without_its_sign_tells_the_nearer_limit_first() -> None:
    fall = a_fact(-2.0, limits=(-3.0, -1.0))
    assert size_of(fall).text == "2.0 years"
    assert interval(fall).text == " (95% interval −3.0 to −1.0)"
    turned = interval(fall, turned=True)
    assert turned.text == " (95% interval 1.0 to 3.0)"
    assert [part.value for part in turned.parts if isinstance(part, Number)] == [1.0, 3.0]
    assert not interval(a_fact(-2.0))


def test_a_sentence_knows_the_facts_it_tells_each_once() -> None:
    one, two = Number("1", 1.0, "one"), Number("2", 2.0, "two")
    whole = sentence("Of ", one, sentence(" in ", Period("2024"), ", "), (two, " and ", one), ".")
    assert whole.text == "Of 1 in 2024, 2 and 1."
    assert whole.facts == ("one", "two")
    assert not Sentence(())


def test_a_section_without_data_says_so_in_one_line(demo_pack: Pack) -> None:
    briefing = open_briefing(demo_pack, "X10000001")
    without = [
        section
        for name in ("map", "deprivation_line")
        if not (section := briefing.section(name)).figures
    ]
    assert without
    for section in without:
        (line,) = section.blocks
        assert isinstance(line, Paragraph)
        assert line.style == "no-data"
