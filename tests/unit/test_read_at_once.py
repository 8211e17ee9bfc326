"""What a reader stumbled over once: words that disagree with what stands beside them."""

import pytest

import ineqlib as iq
from ineqlib.briefings.area.options import read_options
from ineqlib.briefings.area.readers.telling import Telling, telling_of
from ineqlib.document.blocks import sentences
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack

DIRECTOR, PUBLIC = AUDIENCES["director"], AUDIENCES["public"]
BRACKENHYTHE, NETHERWOLD, PELLWATER = "X07000001", "X07000008", "X07000009"


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> dict[str, AreaFacts]:
    return {
        code: area_facts(
            read_profile(demo_pack, code, comparators=list(COMPARATORS), indicator_set="marmot")
        )
        for code in (BRACKENHYTHE, NETHERWOLD, PELLWATER)
    }


def told(facts: AreaFacts, audience: str = "director") -> Telling:
    return telling_of(facts, read_options({"audience": audience}))


def text_of(section: Section) -> str:
    return " ".join([section.lead.text, *(words.text for words in sentences(section.blocks))])


def test_areas_alike_have_names_also_where_they_have_no_figure(demo_pack: Pack) -> None:
    made = iq.open_similar_areas(demo_pack, "X10000001")
    names = " ".join(words.text for words in sentences(made.section("answer").blocks))
    assert "are most like Wendlemere" in names
    assert not any(code in names for code in demo_pack.areas["area_code"])
