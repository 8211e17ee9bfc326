"""Sentences: every number carries its fact, and the words fit the sign, the polarity, the doubt."""

import re

import pytest
from lxml import html

from ineqlib.briefings.area.document import Briefing, open_briefing
from ineqlib.document.blocks import Html
from ineqlib.pack import Pack

SECTIONS = ("headline", "at_a_glance", "deprivation", "gradients", "poorest", "on_the_gradient")
NOT_A_FIGURE = re.compile(
    r"95% interval|(under|over|aged|age|ages|before|after|at) \d+( (to|and) \d+)?|\d+ to \d+ weeks"
    r"|\d+ and over|per 1,?000|for every 1,000"
)


def prose(briefing: Briefing) -> list[str]:
    """Return the HTML of all sentences of a briefing, figures left out."""
    shown = []
    for name in SECTIONS:
        block = getattr(briefing, name)()
        shown += block if isinstance(block, list) else [block]
    return [each.html for each in shown if isinstance(each, Html)]


@pytest.fixture(scope="module", params=["X07000001", "X07000004", "X06000013"])
def briefing(request: pytest.FixtureRequest, demo_pack: Pack) -> Briefing:
    return open_briefing(demo_pack, request.param)


def test_every_number_in_the_prose_carries_the_id_of_its_fact(briefing: Briefing) -> None:
    texts = prose(briefing)
    facts = briefing.facts().facts
    assert len(texts) > 3
    for text in texts:
        tree = html.fragment_fromstring(text, create_parent="div")
        for number in tree.xpath(".//data"):
            fact = facts[number.get("data-fact")]
            known = {fact.value, fact.lower_ci, fact.upper_ci}
            known |= {-each for each in known if each is not None}
            shown = float(number.get("value"))
            assert any(shown == pytest.approx(k, rel=1e-9) for k in known if k is not None)
        for marked in tree.xpath(".//data | .//span[@class='period'] | .//strong"):
            marked.text = ""
        left = NOT_A_FIGURE.sub("", tree.text_content())
        assert not re.search(r"\d", left), left


def test_a_gradient_says_worse_where_it_is_worse(demo_pack: Pack) -> None:
    briefing = open_briefing(demo_pack, "X07000001")
    sentences = "".join(block.html for block in briefing.gradients() if isinstance(block, Html))
    for item in re.findall(r"<li>.*?</li>", sentences):
        if "Across the whole range" in item:
            assert "worse at the most deprived end" in item
            assert "−" not in item.split("Relative index")[0]
        else:
            assert "cannot tell" in item


def test_a_section_without_data_says_so_in_one_line(demo_pack: Pack) -> None:
    briefing = open_briefing(demo_pack, "X10000001")
    for name in ("map", "on_the_gradient"):
        blocks = getattr(briefing, name)()
        if not any(hasattr(block, "labels") for block in blocks):
            (line,) = blocks
            assert 'class="no-data"' in line.html
