"""The gap inside an area: one, dated, and what is made of it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from ineqlib.facts import area_facts, read_profile
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.deaths_by_age import deaths_of_ends
from ineqlib.facts.profile import COMPARATORS
from ineqlib.measures import arriaga
from ineqlib.narrative.judgement import judge
from ineqlib.observations import Dimension
from ineqlib.pack import Pack

AREA = "X07000009"


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> AreaFacts:
    profile = read_profile(demo_pack, AREA, comparators=list(COMPARATORS), indicator_set="marmot")
    return area_facts(profile)


def test_each_indicator_and_sex_has_one_gap_and_its_groups_are_of_its_period(
    facts: AreaFacts,
) -> None:
    keys = [(gap.indicator.id.removesuffix("_inequality"), gap.sex) for gap in facts.inside]
    assert ("life_expectancy", "Male") in keys
    assert len(set(keys)) == len(keys)
    for gap in facts.inside:
        for end in filter(None, (gap.most, gap.least)):
            assert end.period == gap.period == gap.gap.period


def test_the_published_gap_stands_before_our_own_of_one_period(facts: AreaFacts) -> None:
    men = next(
        gap
        for gap in facts.inside
        if gap.indicator.id == "life_expectancy_inequality" and gap.sex == "Male"
    )
    assert men.comparison is not None
    assert men.gap == men.comparison.facts["area"]
    assert men.gradient is not None
    assert men.gradient.period == men.period
    assert men.is_clear
    assert men.size > 1


def test_whether_it_closes_is_told_of_periods_that_share_no_year(facts: AreaFacts) -> None:
    told = [gap.over_time for gap in facts.inside if gap.over_time]
    assert told
    for change in told:
        assert change.before.period[-4:] < change.after.period[:4]
        assert change.change.value == pytest.approx(change.after.value - change.before.value)
        assert change.change.limits is not None
        low, high = change.change.limits
        if low <= 0 <= high:
            assert change.verdict == "no clear change"


def test_the_years_by_age_and_by_cause_add_up_to_the_gap(facts: AreaFacts, demo_pack: Pack) -> None:
    by_age = facts.by_age
    assert by_age is not None
    assert sum(fact.value for fact in by_age.by_age.values()) == pytest.approx(by_age.gap.value)
    assert sum(fact.value for fact in by_age.by_cause.values()) == pytest.approx(by_age.gap.value)
    rows = {}
    for table, column in (("deaths", "deaths"), ("populations", "person_years")):
        frame = demo_pack.table(table, [("area_code", "==", AREA)])
        local = frame["dimension"].map(lambda text: Dimension.parse(text).is_local)
        frame = frame[local & (frame["period_end"] == frame["period_end"].max())]
        age = frame["age_band"].str.extract(r"(\d+)", expand=False).astype(int)
        rows[column] = frame.groupby(["subgroup_order", age])[column].sum()
    rate = (rows["deaths"] / rows["person_years"]).unstack()
    whole = arriaga(rate.loc[1], rate.loc[5], bands=list(rate.columns))
    assert by_age.gap.value == pytest.approx(float(whole.difference))
    young = whole.total[[age < 1 for age in rate.columns]].sum()
    assert by_age.by_age["under 1"].value == pytest.approx(float(young))


def test_levelling_up_is_the_fraction_by_hand_and_its_events(
    facts: AreaFacts, demo_pack: Pack
) -> None:
    early = next(
        each for each in facts.levelling_up if each.gradient.indicator.id == "deaths_under_75"
    )
    rows = demo_pack.observations().set_index("row").loc[list(early.share.rows)]
    # Rates are standardised for age: each fifth's events count, as its rate is above the last's.
    own, last = rows["value"], rows["value"].iloc[-1]
    by_hand = (rows["count"] * (own - last) / own).sum()
    fraction = -by_hand / rows["count"].sum()
    assert early.share.value == pytest.approx(-100 * float(fraction))
    assert early.events is not None
    assert early.events.value == pytest.approx(by_hand)
    assert early.events.limits is not None
    assert 0 < early.events.limits[0] < by_hand < early.events.limits[1]
    assert early.share.limits is not None
    assert 0 < early.share.limits[0] < early.share.value < early.share.limits[1]
    assert "not a forecast" in early.assumptions


def test_a_gradient_the_other_way_is_no_finding(facts: AreaFacts) -> None:
    inside = judge(facts).inside
    assert inside is not None
    assert inside.gap is not None
    assert inside.gap.is_usual_way
    turned = tuple(
        replace(gap, gap=replace(gap.gap, value=-gap.gap.value), is_clear=True)
        for gap in facts.inside
    )
    other = judge(replace(facts, inside=turned, spread=None)).inside
    assert other is None


def test_a_pack_without_deaths_by_age_has_no_contributions(demo_pack: Pack) -> None:
    profile = read_profile(
        demo_pack, "X06000001", comparators=list(COMPARATORS), indicator_set="headline"
    )
    known = profile.pack.table("deaths")["area_code"].unique()
    assert (area_facts(profile).by_age is not None) == ("X06000001" in known)
    region = read_profile(demo_pack, "X12000001", comparators=[], indicator_set="headline")
    assert area_facts(region).by_age is None


@pytest.mark.parametrize(("group", "is_told"), [(1, False), (3, True), (5, False)])
def test_a_withheld_count_of_an_end_is_not_taken_for_none(
    demo_pack: Pack, group: int, is_told: bool
) -> None:
    tables = {name: demo_pack.table(name) for name in ("deaths", "populations")}
    deaths = tables["deaths"]
    withheld = (deaths["area_code"] == AREA) & (deaths["subgroup_order"] == group)
    tables["deaths"] = deaths.assign(
        deaths=deaths["deaths"].mask(withheld & (deaths["age_band"] == "65-69"))
    )
    pack = SimpleNamespace(has=tables.__contains__, table=tables.__getitem__)
    pack.shared = lambda read, *about: read(pack, *about)
    assert (deaths_of_ends(pack, AREA) is not None) == is_told  # type: ignore[arg-type]
