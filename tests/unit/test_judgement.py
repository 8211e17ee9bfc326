"""The editorial rules, each on an area made by hand."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ineqlib.facts import area_facts, read_profile
from ineqlib.narrative.findings import in_words
from ineqlib.narrative.first_line import finding_line, first_line
from ineqlib.narrative.importance import SHORTEST, importance_of_change, importance_of_gap
from ineqlib.narrative.judgement import Finding, judge
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.narrative.rules import inside_area, stands_behind
from ineqlib.pack import Pack

from .simulated.handmade import Series, facts_of

AVERAGE = {
    "smoking_adults": Series([12.2, 11.8, 12.1], 12.0, half=1.5),
    "ks2_expected_standard": Series([60.0, 61.0, 60.0, 61.0], 60.5, spread=4),
    "overweight_adults": Series([64.0, 63.5, 64.2], 64.0, comparisons=["similar"] * 3),
}
BAD = {
    "smoking_adults": Series([20.0, 20.5, 21.0], 12.0, half=1.5),
    "ks2_expected_standard": Series([50.0, 51.0, 50.0, 50.0], 60.5, spread=4),
    "overweight_adults": Series([74.0, 74.5, 74.2], 64.0, comparisons=["worse"] * 3),
    "claimant_count": Series([8.0, 8.1, 8.0, 8.2], 4.0, spread=1.0),
}
GOOD = {
    "smoking_adults": Series([6.0, 6.5, 6.2], 12.0, half=1.5),
    "ks2_expected_standard": Series([72.0, 71.0, 72.0, 72.0], 60.5, spread=4),
    "overweight_adults": Series([54.0, 54.5, 54.2], 64.0, comparisons=["better"] * 3),
}
CHILDREN = Series([20.0] * 4, 20.0, half=2)


def topics(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.topic for finding in findings]


def test_a_divided_place_that_looks_average_is_called_divided(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, AVERAGE, deciles=[1] * 12 + [5] * 16 + [10] * 12)
    judgement = judge(facts)
    (finding,) = judgement.leading
    assert (finding.kind, finding.rules) == ("inside", ("divided",))
    assert finding.spread is facts.spread
    assert first_line(judgement, facts).startswith(
        "30% of people live in Land's most deprived fifth"
    )


def test_for_one_service_its_own_figures_come_before_a_divide(tmp_path: Path) -> None:
    """That people live at both ends of the country's range says nothing of its children."""
    children = {"year_6_obesity": Series([25.0] * 4, 20.0, half=0.5, spread=3)}
    whole = facts_of(tmp_path, AVERAGE | children, deciles=[1] * 12 + [5] * 16 + [10] * 12)
    service = tuple(
        figure for figure in whole.comparisons if figure.indicator.id == "year_6_obesity"
    )
    part = replace(whole, comparisons=service)
    everybody, told = judge(whole, whole=whole), judge(part, whole=whole)
    assert topics(everybody.leading) == ["inside the area", "child weight"]
    assert topics(told.leading) == ["child weight", "inside the area"]
    assert told.inside in told.leading, "or the page would tell it again"
    none = judge(replace(whole, comparisons=()), whole=whole)
    assert topics(none.leading) == ["inside the area"]


def test_an_average_place_has_no_finding_and_that_is_said(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, AVERAGE)
    judgement = judge(facts)
    assert (judgement.leading, judgement.worse, judgement.better) == ((), (), ())
    assert judgement.nothing.startswith("No recent figure of Here differs from Land's clearly")
    assert first_line(judgement, facts) == judgement.nothing


def test_the_worst_everywhere_leads_with_three_topics_largest_first(tmp_path: Path) -> None:
    judgement = judge(facts_of(tmp_path, BAD))
    assert sorted(topics(judgement.worse)) == ["adult weight", "school results", "smoking", "work"]
    assert judgement.leading == judgement.worse[:3]
    scores = [finding.score for finding in judgement.worse]
    assert scores == sorted(scores, reverse=True)
    assert (judgement.better, judgement.going_well, judgement.nothing) == ((), None, "")


def test_the_best_everywhere_has_something_that_goes_well_and_nothing_worse(tmp_path: Path) -> None:
    judgement = judge(facts_of(tmp_path, GOOD))
    assert judgement.worse == ()
    assert sorted(topics(judgement.better)) == ["adult weight", "school results", "smoking"]
    assert set(topics(judgement.leading)) < set(topics(judgement.better)), "not what is slow"
    assert judgement.going_well is not None
    assert judgement.going_well.topic == "school results", "local work moves it, and it held"


def test_a_page_that_leads_with_nothing_does_not_deny_what_is_better(tmp_path: Path) -> None:
    judgement = judge(facts_of(tmp_path, {"overweight_adults": GOOD["overweight_adults"]}))
    assert judgement.leading == (), "nobody's doing soon"
    assert topics(judgement.better) == ["adult weight"]
    assert judgement.nothing == (
        "No recent figure of Here is worse than Land's clearly, lastingly and by enough to matter; "
        "some are better."
    )


def test_what_is_slightly_worse_stands_behind_what_is_far_better(tmp_path: Path) -> None:
    slight = {"claimant_count": Series([4.7, 4.8, 4.7, 4.8], 4.0, spread=1.0)}
    shown = judge(facts_of(tmp_path / "slight", GOOD | slight))
    assert topics(shown.worse) == ["work"]
    assert [finding.side for finding in shown.leading[:2]] == ["better", "worse"]
    large = {"claimant_count": BAD["claimant_count"]}
    shown = judge(facts_of(tmp_path / "large", GOOD | large))
    assert [finding.side for finding in shown.leading[:2]] == ["worse", "better"]
    chosen = judge(facts_of(tmp_path / "own", GOOD | slight), priorities=["work"])
    assert chosen.leading[0].topic == "work", "what an area chose itself leads"


def test_a_price_leads_only_where_nothing_else_can(tmp_path: Path) -> None:
    """Dear homes are a circumstance: nobody there can act on it, and it is no one's health."""
    dear = {"housing_affordability": Series([12.5, 12.6, 12.5, 12.6], 7.6, spread=1.2)}
    slight = {"claimant_count": Series([4.7, 4.8, 4.7, 4.8], 4.0, spread=1.0)}
    beside_good = judge(facts_of(tmp_path / "good", GOOD | dear))
    assert [finding.side for finding in beside_good.leading[:2]] == ["better", "worse"]
    beside_slight = judge(facts_of(tmp_path / "slight", dear | slight))
    assert topics(beside_slight.leading) == ["work", "cost of homes"]
    assert beside_slight.leading[0].score < beside_slight.leading[1].score
    assert topics(judge(facts_of(tmp_path / "alone", dear)).leading) == ["cost of homes"]
    chosen = judge(facts_of(tmp_path / "own", dear | slight), priorities=["cost of homes"])
    assert chosen.leading[0].topic == "cost of homes", "what an area chose itself leads"


def test_a_gap_like_every_areas_leads_before_a_price(demo_pack: Pack, tmp_path: Path) -> None:
    profile = read_profile(demo_pack, "X07000009", comparators=["country"], indicator_set="marmot")
    usual = replace(area_facts(profile).inside[0], size=0.0)
    dear = {"housing_affordability": Series([12.5, 12.6, 12.5, 12.6], 7.6, spread=1.2)}
    leading = judge(replace(facts_of(tmp_path, dear), inside=(usual,))).leading
    assert [finding.kind for finding in leading] == ["inside", "level"]


def test_a_figure_that_its_publisher_calls_unreliable_is_no_message(tmp_path: Path) -> None:
    (finding,) = judge(facts_of(tmp_path, {"smoking_adults": BAD["smoking_adults"]})).worse
    comparison = finding.comparison
    assert comparison is not None
    doubtful = replace(comparison.facts["area"], mark="[u]")
    marked = replace(comparison, facts={**comparison.facts, "area": doubtful})
    assert not stands_behind(finding)
    assert stands_behind(replace(finding, comparison=marked))


def test_what_got_worse_and_is_among_the_better_half_still_is_no_alarm(tmp_path: Path) -> None:
    slight = {"claimant_count": Series([4.7, 4.8, 4.7, 4.8], 4.0, spread=1.0)}
    for name, last, first in (("good", 14.0, "work"), ("bad", 27.0, "child weight")):
        rising = Series([last - 6 + n for n in range(7)], 20.0, half=0.3)
        judgement = judge(facts_of(tmp_path / name, slight | {"year_6_obesity": rising}))
        assert topics(judgement.changes) == ["child weight"]
        assert judgement.leading[0].topic == first


def test_one_odd_year_of_a_survey_is_no_message_and_two_are(tmp_path: Path) -> None:
    """From an easy year to an uneasy one is a change, and no reason to begin with it."""
    worse = {"claimant_count": Series([4.6] * 4, 4.0, spread=1.0)}
    before = [3.0, 2.9, 3.1, 3.0, 3.1, 2.3, 2.9]
    for name, since, first in (
        ("one", [3.3, 3.2, 4.4], "work"),
        ("two", [3.3, 4.3, 4.4], "well-being"),
    ):
        asked = {"anxiety": Series([*before, *since], 3.2, half=0.6, spread=0.2)}
        judgement = judge(facts_of(tmp_path / name, worse | asked))
        assert "well-being" in topics(judgement.changes), "it is told all the same"
        assert judgement.leading[0].topic == first


def test_what_is_better_but_slips_does_not_go_well(tmp_path: Path) -> None:
    slips = Series([7.0, 7.2, 7.4, 7.6, 7.8], 14.0, half=0.2)
    judgement = judge(facts_of(tmp_path, {"smoking_adults": slips}))
    assert [(each.side, "worsening" in each.rules) for each in judgement.better] == [
        ("better", True)
    ]
    assert judgement.going_well is None


def test_one_lucky_year_at_the_end_of_a_fall_does_not_go_well(tmp_path: Path) -> None:
    falling = [27.0, 26.5, 26.0, 25.4, 24.8, 24.2, 23.5]
    for name, last, well in (
        ("one", [22.5, 22.0, 16.6], None),
        ("two", [22.5, 17.0, 16.6], "inactive_adults"),
    ):
        inactive = {"inactive_adults": Series([*falling, *last], 22.0, half=1.8, spread=4)}
        judgement = judge(facts_of(tmp_path / name, AVERAGE | inactive))
        assert [finding.side for finding in judgement.changes] == ["better"]
        praised = [finding.comparison for finding in (judgement.going_well,) if finding]
        assert [each.indicator.id for each in praised if each] == ([well] if well else [])


def test_a_tiny_place_is_told_that_nothing_can_be_said(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, BAD, deciles=[1])
    judgement = judge(facts)
    assert (judgement.leading, judgement.worse, judgement.changes) == ((), (), ())
    assert judgement.nothing.startswith("So few people live in Here")


def test_one_lucky_year_is_not_praised_and_the_years_together_speak(tmp_path: Path) -> None:
    one_year = {
        "smoking_adults": Series([12.7, 9.4, 3.2], 11.0, comparisons=["similar"] * 2 + ["better"])
    }
    assert judge(facts_of(tmp_path / "yearly", one_year)).better == ()
    surely = {"smoking_adults": Series([3.0, 3.1, 3.2], 11.0, half=1)}
    assert topics(judge(facts_of(tmp_path / "surely", surely)).better) == ["smoking"]
    pooled = {"smoking_adults_5_years": Series([9.1], 11.5, half=3.4, years=5)}
    assert judge(facts_of(tmp_path / "pooled", surely | pooled)).better == ()


def test_a_figure_without_interval_is_judged_by_its_own_unrest(tmp_path: Path) -> None:
    steady = {"early_literacy": Series([64.8, 66.0, 66.6, 64.4], 70.0)}
    (finding,) = judge(facts_of(tmp_path / "steady", steady)).worse
    assert finding.comparison is not None
    assert finding.comparison.verdict == "not compared"
    assert "holds" in finding.rules
    restless = {"early_literacy": Series([74.0, 62.0, 77.0, 64.4], 70.0)}
    assert judge(facts_of(tmp_path / "restless", restless)).worse == ()


def test_high_that_is_neither_good_nor_bad_is_never_better_or_worse(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, {"depression": Series([25.0, 25.2, 25.1], 14.0, half=0.5)})
    judgement = judge(facts)
    assert (judgement.worse, judgement.better, judgement.leading) == ((), (), ())
    (comparison,) = facts.comparisons
    assert comparison.standing is not None
    assert comparison.standing.counted_from == "highest"


def test_one_period_can_be_a_finding_but_did_not_hold(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, {"loneliness": Series([35.0], 22.0, half=2.0)})
    (finding,) = judge(facts).worse
    assert "holds" not in finding.rules
    assert "false discovery" in finding.rules
    better = judge(facts_of(tmp_path / "b", {"loneliness": Series([12.0], 22.0, half=2.0)}))
    assert (topics(better.better), better.going_well) == (["loneliness"], None)


def test_where_everything_is_withheld_that_is_said(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, {"loneliness": Series([None, None], 22.0)})
    assert judge(facts).nothing == "No figure of Here can be compared with Land."


def test_without_neighbours_a_place_is_ranked_all_the_same(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, BAD, comparators=["country", "neighbours"])
    for comparison in facts.comparisons:
        assert comparison.standing is not None
        assert comparison.standing.rank.value == 1
        assert (comparison.standing.near_better, comparison.standing.near_among) == (None, None)


def test_a_topic_has_one_finding_in_a_list(tmp_path: Path) -> None:
    both = {
        "reception_obesity": Series([16.0, 16.1, 16.2], 10.0, half=1.0),
        "year_6_obesity": Series([40.0, 40.1, 40.2], 22.0, half=1.5),
    }
    facts = facts_of(tmp_path, both)
    judgement = judge(facts)
    assert topics(judgement.worse) == ["child weight"]
    assert judgement.worse[0].comparison is facts.comparisons[1], "the larger of the two"


def test_priorities_of_the_area_come_first(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, BAD)
    last = judge(facts).worse[-1]
    assert last.comparison is not None
    indicator = last.comparison.indicator
    for name in (indicator.id, indicator.topic, indicator.objective):
        leading = judge(facts, [name]).leading
        assert "priority" in leading[0].rules, name
    assert judge(facts, [indicator.id]).leading[0].topic == last.topic


def test_few_events_are_no_finding(tmp_path: Path) -> None:
    few = Series([40.0, 41.0, 40.0], 10.0, half=8, events=8)
    many = Series([40.0, 41.0, 40.0], 10.0, half=8, events=80)
    assert judge(facts_of(tmp_path / "few", {"falls_65": few})).worse == ()
    assert topics(judge(facts_of(tmp_path / "many", {"falls_65": many})).worse) == ["falls"]


def test_praise_waits_for_the_other_figures_about_the_same_people(tmp_path: Path) -> None:
    inactive = {"inactive_adults": Series([17.0, 16.5, 17.2], 22.0, comparisons=["better"] * 3)}
    active = {"active_adults": Series([69.0, 69.5, 69.2], 68.0, comparisons=["similar"] * 3)}
    assert topics(judge(facts_of(tmp_path / "one", inactive)).better) == ["activity of adults"]
    assert judge(facts_of(tmp_path / "two", inactive | active)).better == ()


def test_a_small_difference_is_no_news_however_sure_it_is(tmp_path: Path) -> None:
    sure = {"persistent_absence": Series([18.9, 18.9, 18.9, 18.9], 18.0, spread=3.0, half=0.2)}
    facts = facts_of(tmp_path, sure)
    assert facts.comparisons[0].verdict == "worse"
    assert judge(facts).worse == ()


def test_pay_that_rises_with_the_country_is_no_change(tmp_path: Path) -> None:
    with_it = Series(range(500, 580, 10), range(500, 580, 10), half=5.0, spread=30)
    against = Series(range(580, 500, -10), range(500, 580, 10), half=5.0, spread=30)
    assert judge(facts_of(tmp_path / "with", {"weekly_pay": with_it})).changes == ()
    (change,) = judge(facts_of(tmp_path / "against", {"weekly_pay": against})).changes
    assert (change.kind, change.side) == ("change", "worse")


def test_what_rises_less_than_the_country_is_not_getting_worse(tmp_path: Path) -> None:
    here = [2.0, 2.2, 2.4, 2.6, 2.8, 3.0]
    country = [2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    less = {"claimant_count": Series(here, country, spread=1.0)}
    assert judge(facts_of(tmp_path, less)).changes == ()


LIVES = {
    "life_expectancy": Series([74.0, 74.1, 74.0], 79.5, half=0.4, spread=1.5),
    "healthy_life_expectancy": Series([52.0, 52.1, 52.0], 60.0, half=0.6, spread=2.5),
    "preventable_deaths_under_75": Series([280.0, 282.0, 281.0], 146.0, half=6, spread=40),
}


def test_how_long_people_live_has_one_place_and_the_next_of_it_is_told_with_it(
    tmp_path: Path,
) -> None:
    judgement = judge(facts_of(tmp_path, BAD | LIVES))
    outcomes = {"length of life", "healthy life", "early deaths"}
    assert outcomes < set(topics(judgement.worse))
    leading = [finding for finding in judgement.leading if finding.topic in outcomes]
    assert len(leading) == 1
    assert leading[0].beside is not None
    assert leading[0].beside.indicator.topic in outcomes - {leading[0].topic}
    alone = judge(facts_of(tmp_path / "alone", LIVES))
    assert set(topics(alone.leading)) == outcomes, "where there is nothing else, all three lead"


def test_an_area_may_put_two_outcomes_first(tmp_path: Path) -> None:
    chosen = judge(facts_of(tmp_path, BAD | LIVES), priorities=list(LIVES))
    assert set(topics(chosen.leading)) == {"length of life", "healthy life", "early deaths"}


def test_of_two_that_are_as_far_behind_the_one_of_lives_leads(tmp_path: Path) -> None:
    same = {
        "life_expectancy": Series([77.0] * 4, 80.0, half=0.2, spread=1.0),
        "ks2_expected_standard": Series([57.0] * 4, 60.0, half=0.2, spread=1.0),
    }
    assert topics(judge(facts_of(tmp_path, same)).leading)[0] == "length of life"


def test_where_lives_are_shortest_that_outweighs_more_of_another_thing(tmp_path: Path) -> None:
    both = {
        "life_expectancy": Series([75.5] * 4, 79.5, half=0.2, spread=1.5),
        "ks2_expected_standard": Series([44.0] * 4, 60.5, spread=4),
    }
    leading = judge(facts_of(tmp_path, both)).leading
    assert topics(leading) == ["length of life", "school results"]
    assert "shortest lives" in leading[0].rules
    assert leading[0].score - SHORTEST < leading[1].score


def test_shorter_lives_have_the_last_place_where_they_have_no_other(tmp_path: Path) -> None:
    shorter = {"life_expectancy": Series([78.6] * 4, 79.5, half=0.2, spread=1.5)}
    told = judge(facts_of(tmp_path / "told", BAD | shorter))
    assert topics(told.worse).index("length of life") > 2, "by its sum it would not lead"
    assert topics(told.leading)[2:] == ["length of life"]
    chosen = judge(facts_of(tmp_path / "own", BAD | shorter), priorities=list(BAD))
    assert "length of life" not in topics(chosen.leading)


def test_a_wide_gap_counts_as_much_as_a_figure_as_far_out(demo_pack: Pack) -> None:
    profile = read_profile(demo_pack, "X07000009", comparators=["country"], indicator_set="marmot")
    gap = replace(area_facts(profile).inside[0], size=1.5)
    assert importance_of_gap(gap, None) == (1.0 + 1.5, ("inside", "wide"))
    extreme = importance_of_gap(replace(gap, size=3.0), None)
    assert extreme == (1.0 + 3.0 + SHORTEST, ("inside", "wide", "shortest lives"))


def test_the_line_of_an_index_has_the_gaps_of_men_and_of_women(demo_pack: Pack) -> None:
    profile = read_profile(demo_pack, "X07000002", comparators=["country"], indicator_set="marmot")
    facts = area_facts(profile)
    line = first_line(judge(facts), facts)
    sizes = [
        f"{gap.gap.size} for {sex}"
        for gap, sex in zip(facts.inside[:2], ("men", "women"), strict=True)
    ]
    assert line.endswith(f"areas: {', '.join(sizes)} in 2022 to 2024")


def test_a_first_sign_of_deaths_is_told_last_and_as_a_sign(tmp_path: Path) -> None:
    infants = {
        "infant_mortality": Series([5.2, 4.4, 7.0], 4.2, half=2.7, events=16, spread=0.6, years=1)
    }
    alone = judge(facts_of(tmp_path / "alone", infants))
    (sign,) = alone.leading
    assert (sign.sure, sign.side, "sign" in sign.rules) == (False, "worse", True)
    with_more = judge(facts_of(tmp_path / "more", infants | BAD))
    assert [finding.sure for finding in with_more.leading] == [True, True, False]
    another = {"falls_65": infants["infant_mortality"]}
    assert judge(facts_of(tmp_path / "falls", another)).leading == (), "not of other figures"


def test_an_old_figure_is_kept_for_the_annex(tmp_path: Path) -> None:
    old = {"loneliness": Series([35.0, 35.0, 35.0], 22.0, half=2.0, end=2018)}
    facts = facts_of(tmp_path, AVERAGE | old)
    judgement = judge(facts)
    assert judgement.worse == ()
    assert [each.indicator.id for each in judgement.older] == ["loneliness"]


@pytest.mark.parametrize(
    ("area", "kind", "topic"),
    [
        ("X07000009", "inside", "inside the area"),
        ("X07000005", "level", "infant deaths"),
    ],
    ids=["Pellwater's divide", "Greywick's infant deaths"],
)
def test_the_stories_of_the_demonstration_lead(
    demo_pack: Pack, area: str, kind: str, topic: str
) -> None:
    profile = read_profile(
        demo_pack,
        area,
        comparators=["county", "region", "country", "neighbours"],
        indicator_set="marmot",
    )
    leading = judge(area_facts(profile)).leading
    assert (kind, topic) in [(finding.kind, finding.topic) for finding in leading]


def test_a_survey_of_few_does_not_lead_for_being_odd(tmp_path: Path) -> None:
    """Of 17% from a survey that says 8% to 26%, only the 8% is known to be above 6%."""
    speech = {"early_literacy": Series([60.0, 61.0, 60.0, 60.5], 70.0)}
    close = {"no_qualifications": Series([18.5, 18.7, 18.6], 6.0, half=0.5)}
    rough = {"no_qualifications": Series([17.0, 17.2, 17.1], 6.0, half=9.0)}

    def order(name: str, survey: dict[str, Series]) -> list[str]:
        leading = judge(facts_of(tmp_path / name, survey | speech)).leading
        return [finding.comparison.indicator.id for finding in leading if finding.comparison]

    assert order("close", close) == ["no_qualifications", "early_literacy"]
    assert order("rough", rough) == ["early_literacy", "no_qualifications"]


def test_of_a_survey_a_change_counts_from_its_nearer_end(tmp_path: Path) -> None:
    """How anxious people feel is asked of two hundred in a year, and moves by itself."""
    rising = Series([2.3, 2.9, 2.8, 3.4, 3.6], 3.0, half=0.3, spread=0.3)
    (change,) = judge(facts_of(tmp_path, {"anxiety": rising})).changes
    asked = change.comparison
    assert asked is not None and asked.indicator.sampled
    series = replace(asked.series, indicator=replace(asked.indicator, sampled=False))
    counted = replace(asked, series=series)
    assert 0 < importance_of_change(asked) < importance_of_change(counted)


def test_a_fall_that_only_leads_back_is_no_finding(tmp_path: Path) -> None:
    """Told from its one best year, an ordinary figure would look as if it had got worse."""
    since = [8.3, 8.0, 7.9, 7.8, 7.6]
    for name, earlier, told in (
        ("back", [7.7, 7.6, 7.7], ()),
        ("down", [8.3, 8.3, 8.2], ("worse",)),
    ):
        series = {"worthwhile": Series([*earlier, *since], 7.8, half=0.15, spread=0.2)}
        changes = judge(facts_of(tmp_path / name, series)).changes
        assert tuple(finding.side for finding in changes) == told


def test_a_gap_of_long_ago_is_no_message(demo_pack: Pack) -> None:
    """Of counties the newest gap that is published is of years ago: its date stands beside it."""
    profile = read_profile(demo_pack, "X07000009", comparators=["country"], indicator_set="marmot")
    facts = area_facts(profile)
    (told, *_) = (gap for gap in facts.inside if gap.comparison)
    assert told.comparison is not None
    newest = told.comparison.newest
    row = newest._replace(period_end=newest.period_end - timedelta(3000))
    old = replace(told.comparison, newest=row)
    for comparison, is_told in ((told.comparison, True), (old, False)):
        finding = inside_area(replace(facts, inside=(replace(told, comparison=comparison),)))
        assert finding is not None, "a divided place is one without its gap"
        assert (finding.gap is not None) == is_told


def test_a_move_between_periods_of_several_years_is_read_at_once(tmp_path: Path) -> None:
    """Not "from 69.1 in 2013 to 2015 to 61.7 in 2022 to 2024"."""
    falling = [84.0, 83.2, 82.4, 81.6, 80.8, 80.0, 79.2, 78.4]
    series = {"life_expectancy": Series(falling, 82.0, half=0.1, years=3)}
    facts = facts_of(tmp_path, series)
    (change,) = judge(facts).changes
    ends = r"from [\d.]+( years)? \(\d{4} to \d{4}\) to [\d.]+ years \(\d{4} to \d{4}\)"
    assert re.search(ends, finding_line(change, facts))
    assert re.search(ends, in_words(change, AUDIENCES["director"]).text)
