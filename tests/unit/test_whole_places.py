"""A region and the country are told as what they are: they hold the areas that have a rank."""

from types import SimpleNamespace

import pytest

import ineqlib as iq
from ineqlib.briefings.area.readers.public import by_period
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.levels import how_close
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack

from .document_parts import sentences

COUNTRY, REGION, COUNTY, DISTRICT = "X92000001", "X12000001", "X10000001", "X07000001"
DIRECTOR, PUBLIC = AUDIENCES["director"], AUDIENCES["public"]


def facts_of(pack: Pack, code: str) -> AreaFacts:
    profile = read_profile(pack, code, comparators=list(COMPARATORS), indicator_set="marmot")
    return area_facts(profile)


@pytest.mark.parametrize(
    ("code", "is_ranked"), [(REGION, False), (COUNTRY, False), (DISTRICT, True)]
)
def test_only_an_area_of_a_tier_has_a_place_in_it(
    demo_pack: Pack, code: str, is_ranked: bool
) -> None:
    standings = [figure.standing for figure in facts_of(demo_pack, code).comparisons]
    assert len(standings) > 20
    assert any(standings) == is_ranked


def test_the_map_of_a_country_shows_its_districts(demo_pack: Pack) -> None:
    shown = facts_of(demo_pack, COUNTRY).neighbourhoods
    assert shown is not None
    names = {place.name for place in shown.places}
    districts = demo_pack.areas[demo_pack.areas["area_type"] == "lad"]
    assert shown.unit == "district"
    assert names <= set(districts["area_name"])
    assert len(names) == len(shown.places) > 20


def test_everybody_reads_the_countrys_own_figures(demo_pack: Pack) -> None:
    page = iq.open_briefing(demo_pack, COUNTRY, audience="public")
    said = [one.text for one in sentences(page.section("building_blocks"))]
    assert not any("no figures" in one for one in said)
    assert sum(one.startswith("Of every 100") for one in said) >= 5
    assert not any("Across" in one for one in said), "there is nothing to set them beside"


def figure(low: float, high: float) -> Fact:
    return Fact("share", 17.0, "17.0%", 1, "%", lower_ci=low, upper_ci=high)


def test_a_message_says_between_what_a_wide_figure_lies() -> None:
    wide, close = figure(8.3, 25.7), figure(15.0, 19.0)
    assert how_close(wide, DIRECTOR, None).text == " (95% interval 8.3 to 25.7)"
    assert how_close(wide, PUBLIC, 0).text == " (somewhere between 8 and 26)"
    assert [how_close(close, reader, 0).text for reader in (DIRECTOR, PUBLIC)] == ["", ""]
    assert how_close(Fact("share", 17.0, "17.0%", 1, "%"), PUBLIC, 0).text == ""


def test_figures_of_one_period_stand_together_and_keep_their_order() -> None:
    figures = [SimpleNamespace(period=period, n=n) for n, period in enumerate("abba")]
    assert [figure.n for figure in by_period(figures)] == [0, 3, 1, 2]
