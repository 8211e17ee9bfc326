"""What leads the briefings of real areas is what a public-health analyst would say of them."""

from functools import cache

import pytest

from ineqlib.facts import area_facts, read_profile
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.profile import COMPARATORS
from ineqlib.narrative.first_line import first_line
from ineqlib.narrative.judgement import Judgement, judge

AREAS = (
    *("Stevenage", "Liverpool", "Blackpool", "Kingston upon Hull", "Leeds", "Stockton-on-Tees"),
    *("Hart", "Rutland", "Hertfordshire", "Hastings", "Boston", "Hackney"),
)


@pytest.fixture(scope="module")
def facts_of(pack):
    @cache
    def compute(area: str) -> AreaFacts:
        profile = read_profile(pack, area, comparators=list(COMPARATORS), indicator_set="marmot")
        return area_facts(profile)

    return compute


def ids(findings) -> list[str]:
    return [each.comparison.indicator.id for each in findings if each.comparison]


def test_stevenages_children_lead_and_its_smoking_is_not_praised(facts_of) -> None:
    facts = facts_of("Stevenage")
    judgement: Judgement = judge(facts)
    assert ids(judgement.leading)[:2] == ["ks2_expected_standard", "early_literacy"]
    praised = [*judgement.better, *filter(None, [judgement.going_well])]
    assert not {"smoking_adults", "weekly_pay", "inactive_adults"} & set(ids(praised))
    expected = "Fewer children who finish primary school with the basics: 54%, England 63%"
    assert first_line(judgement, facts) == expected


def test_short_lives_lead_where_they_are_shortest_and_early_deaths_are_told_with_them(
    facts_of,
) -> None:
    liverpool, blackpool, hull = (
        judge(facts_of(area)).leading for area in ("Liverpool", "Blackpool", "Kingston upon Hull")
    )
    for leading in (liverpool, blackpool, hull):
        assert ids(leading)[0] == "life_expectancy"
    assert liverpool[0].beside.indicator.id == "preventable_deaths_under_75"


def test_the_gap_between_middlesbroughs_neighbourhoods_leads(facts_of) -> None:
    first = judge(facts_of("Middlesbrough")).leading[0]
    assert [(gap.sex, gap.gap.text) for gap in first.gaps] == [
        ("Male", "17.4 years"),
        ("Female", "14.9 years"),
    ]


def test_places_with_two_ends_are_divided(facts_of) -> None:
    for area in ("Leeds", "Stockton-on-Tees"):
        first = judge(facts_of(area)).leading[0]
        assert (first.kind, "divided" in first.rules) == ("inside", True)


def test_a_place_of_one_neighbourhood_says_what_it_cannot_say(facts_of) -> None:
    judgement = judge(facts_of("Isles of Scilly"))
    assert (judgement.leading, judgement.worse, judgement.better) == ((), (), ())
    assert judgement.nothing.startswith("So few people live in the Isles of Scilly")


def test_first_screens_differ_as_the_areas_do(facts_of) -> None:
    screens = {area: tuple(ids(judge(facts_of(area)).leading)) for area in AREAS}
    assert len(set(screens.values())) == len(AREAS), screens


def test_one_gap_leads_for_each_sex_and_is_dated(facts_of) -> None:
    for area in AREAS:
        gaps = facts_of(area).inside
        keys = [(gap.indicator.id.removesuffix("_inequality"), gap.sex) for gap in gaps]
        assert len(set(keys)) == len(keys)
        assert all(gap.period for gap in gaps)
    men = [gap for gap in facts_of("Stevenage").inside if gap.sex == "Male"]
    assert [(gap.period, gap.gap.text) for gap in men] == [("2022 to 2024", "6.4 years")]
