"""An area's figures: each is the pack's own row or made from named rows; none is invented."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.area.comparisons import at_a_glance
from ineqlib.errors import ParameterError
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.comparisons import JUDGED, SLOPE, recent
from ineqlib.facts.gradients import local_gradients
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.series import series_shown, trend_points
from ineqlib.observations import HAS_VALUE
from ineqlib.pack import Pack

AREA = "X07000001"
SOME_WITHHELD = "X06000013"
PLACES = ("area", "country")
ALL = ["county", "region", "country", "neighbours"]


@pytest.fixture(scope="module")
def profile(demo_pack: Pack) -> Profile:
    return read_profile(demo_pack, AREA, comparators=ALL, indicator_set="marmot")


@pytest.fixture(scope="module")
def facts(profile: Profile) -> AreaFacts:
    return area_facts(profile)


def test_a_published_fact_is_its_row_in_the_pack(facts: AreaFacts, demo_pack: Pack) -> None:
    rows = demo_pack.observations().set_index("row")
    of_one_row = [fact for fact in facts.table.values() if fact.method == "published"]
    assert len(of_one_row) > 100
    for fact in of_one_row:
        (number,) = fact.rows
        row = rows.loc[number]
        assert (row["value"], row["area_code"], row["indicator_id"], row["sex"]) == (
            fact.value,
            fact.area_code,
            fact.indicator_id,
            fact.sex,
        )


def test_the_same_profile_gives_the_same_facts_in_the_same_order(
    facts: AreaFacts, demo_pack: Pack
) -> None:
    afresh = read_profile(demo_pack, AREA, comparators=ALL, indicator_set="marmot")
    again = area_facts(afresh).table
    assert list(again.items()) == list(facts.table.items())


def test_every_figure_of_the_parts_is_in_the_table(facts: AreaFacts) -> None:
    known = [
        *facts.tally.values(),
        *facts.without.values(),
        *(fact for each in facts.comparisons for fact in each.facts.values()),
        *(fact for each in facts.wider_only for fact in each.facts),
        *(fact for each in facts.gradients for fact in each.facts),
        *(fact for each in facts.gradients for fact in (each.sii, each.rii) if fact),
        *(fact for each in facts.most_deprived for fact in each.facts.values()),
        *(fact for each in facts.deprivation_lines for fact in (each.expected, each.beyond)),
        *(each.fact for each in facts.uncatalogued),
    ]
    assert len(known) > 200
    assert [fact for fact in known if facts.table.get(fact.id) != fact] == []


@pytest.mark.parametrize("area", [AREA, SOME_WITHHELD])
def test_each_year_of_each_series_is_in_the_table(demo_pack: Pack, area: str) -> None:
    facts = area_facts(read_profile(demo_pack, area, comparators=ALL, indicator_set="marmot"))
    points = [point for trend in facts.trends for point in trend.points]
    assert len({point.role for point in points}) == 3
    assert any(point.fact is None for point in points) == (area == SOME_WITHHELD)
    for point in points:
        assert (point.fact is not None) == (point.status in HAS_VALUE)
        if point.fact:
            assert facts.table[point.fact.id] == point.fact
    for trend in facts.trends:
        own = [row for row in trend.comparison.series.of("area") if row.has_value]
        shown = [point.fact for point in trend.points if point.role == "area" and point.fact]
        assert [facts.table[fact.id].value for fact in shown] == [row.value for row in own]


def test_the_newest_figure_is_compared_in_its_own_period(facts: AreaFacts) -> None:
    for comparison in facts.comparisons:
        newest = max(row.period_end for row in comparison.series.of("area"))
        assert comparison.newest.period_end == newest
        assert {fact.period for fact in comparison.facts.values()} <= {comparison.period}


def test_verdicts_follow_the_overlap_rule_and_polarity(facts: AreaFacts) -> None:
    words = {("favourable", 1): "better", ("favourable", -1): "worse"}
    words |= {("adverse", 1): "worse", ("adverse", -1): "better"}
    judged = 0
    for comparison in facts.comparisons:
        area, country = comparison.facts.get("area"), comparison.facts.get("country")
        if not area or not country or area.limits is None:
            continue
        if comparison.indicator.value_type == SLOPE:
            # A slope inside the area and one across the country are not like with like.
            assert comparison.verdict == "not compared"
            continue
        low, high = area.limits
        side = (low > country.value) - (high < country.value)
        polarity = comparison.indicator.polarity
        expected = words.get((polarity, side), "similar" if not side else None)
        if expected:
            judged += 1
            assert comparison.verdict == expected, comparison.series.name
    assert judged > 15


def test_the_tally_counts_the_verdicts_of_recent_figures(facts: AreaFacts) -> None:
    verdicts = [each.verdict for each in recent(facts.comparisons)]
    assert {name: facts.tally[name].value for name in JUDGED} == {
        name: verdicts.count(name) for name in JUDGED
    }
    assert facts.tally["judged"].value == sum(verdict in JUDGED for verdict in verdicts) > 0


def test_a_figure_without_limits_or_published_comparison_is_not_compared(facts: AreaFacts) -> None:
    bare = [c for c in facts.comparisons if "area" in c.facts and not c.facts["area"].limits]
    assert bare
    assert {c.verdict for c in bare if not c.newest.comparison} == {"not compared"}


def test_a_suppressed_figure_has_no_fact(demo_pack: Pack) -> None:
    rows = demo_pack.observations(dimension="")
    withheld = rows[(rows["status"] == "suppressed") & (rows["area_type"] == "lad")]
    code = withheld.sort_values("period_end")["area_code"].iloc[-1]
    facts = area_facts(read_profile(demo_pack, code, comparators=ALL, indicator_set="marmot"))
    for comparison in facts.comparisons:
        has_value = comparison.newest.status in HAS_VALUE
        assert ("area" in comparison.facts) == has_value
        assert ("area" in comparison.missing) != has_value
    suppressed = set(withheld["row"])
    assert suppressed.isdisjoint(row for fact in facts.table.values() for row in fact.rows)


def test_where_the_areas_own_figure_is_withheld_the_others_range_stays(demo_pack: Pack) -> None:
    rows = demo_pack.observations(dimension="")
    withheld = rows[(rows["status"] == "suppressed") & (rows["area_type"] == "lad")]
    code = withheld.sort_values("period_end")["area_code"].iloc[-1]
    facts = area_facts(read_profile(demo_pack, code, comparators=ALL, indicator_set="marmot"))
    hidden = [each for each in facts.comparisons if "area" not in each.facts]
    assert any(each.peers for each in hidden)
    for across in (each.peers for each in hidden if each.peers):
        assert across.lowest.text != across.highest.text
        assert across.lowest.area_code != code


def test_on_the_spine_the_country_is_the_middle_and_right_is_better(facts: AreaFacts) -> None:
    for comparison in facts.comparisons:
        if "country" not in comparison.facts:
            continue
        centre = comparison.facts["country"].value
        assert comparison.place(centre) == 0
        better = 1 if comparison.indicator.polarity != "adverse" else -1
        assert comparison.place(centre + better * 1e-6) > 0
        assert -1 <= comparison.distance <= 1 or np.isnan(comparison.distance)


def test_a_range_is_that_of_the_peers_figures(facts: AreaFacts, demo_pack: Pack) -> None:
    rows = demo_pack.observations().set_index("row")
    ranges = [each.peers for each in facts.comparisons if each.peers]
    assert len(ranges) > 15
    for across in ranges:
        assert (across.lowest.value, across.highest.value) == (
            across.values.min(),
            across.values.max(),
        )
        if across.coverage:
            counted, expected = across.coverage
            assert counted.value == len(across.values) < expected.value
        for end in (across.lowest, across.highest):
            (number,) = end.rows
            assert (rows.loc[number, "value"], rows.loc[number, "area_code"]) == (
                end.value,
                end.area_code,
            )


def test_a_range_of_few_areas_says_so_in_the_table(facts: AreaFacts) -> None:
    whole = next(each for each in facts.comparisons if each.peers and each.peers.is_covered)
    assert whole.peers
    three, nine = (replace(whole.peers.lowest, value=n, text=f"{n:.0f}") for n in (3.0, 9.0))
    few = replace(whole, peers=replace(whole.peers, coverage=(three, nine)))
    ranges = []
    for comparison in (whole, few):
        (figure,) = at_a_glance(replace(facts, comparisons=(comparison,))).figures
        ranges += figure.table["All areas, lowest to highest"].tolist()
    assert "areas" not in ranges[0]
    assert ranges[1] == f"{ranges[0]} (3 of 9 areas)"


def test_what_only_wider_areas_publish_is_apart(facts: AreaFacts) -> None:
    names = {figure.series.indicator.id for figure in facts.wider_only}
    assert "healthy_life_expectancy" in names
    assert names.isdisjoint({each.indicator.id for each in facts.comparisons})
    places = {fact.area_code for figure in facts.wider_only for fact in figure.facts}
    assert places
    assert AREA not in places


def test_a_series_holds_one_age_and_one_length_of_period(profile: Profile) -> None:
    for series in series_shown(profile):
        assert len({row.age for row in series.rows}) == 1
        assert len({row.months for row in series.rows}) == 1
        assert len({(row.role, row.period_start) for row in series.rows}) == len(series.rows)


def test_a_line_is_broken_where_periods_are_missing(profile: Profile) -> None:
    series = next(s for s in series_shown(profile) if len(s.of("area")) >= 6)
    middle = series.of("area")[3]
    rows = tuple(row for row in series.rows if row != middle)
    points = trend_points(replace(series, rows=rows), PLACES)
    segments = {role: [p.segment for p in points if p.role == role] for role in PLACES}
    assert segments["area"] == [0] * 3 + [1] * (len(segments["area"]) - 3)
    assert set(segments["country"]) == {0}


def test_slopes_equal_an_independent_least_squares(facts: AreaFacts) -> None:
    sloping = [gradient for gradient in facts.gradients if gradient.sii]
    assert len(sloping) >= 4
    for gradient in sloping:
        assert gradient.sii is not None
        groups = pd.DataFrame(gradient.groups)
        value = np.array([fact.value for fact in gradient.facts])
        share = (groups["end"] - groups["start"]).to_numpy()
        assert [group.share.value for group in gradient.groups if group.share] == pytest.approx(
            100 * share
        )
        rank = groups["end"].to_numpy() - share / 2
        design = np.column_stack([np.ones_like(rank), rank]) * np.sqrt(share)[:, None]
        fitted, *_ = np.linalg.lstsq(design, value * np.sqrt(share), rcond=None)
        assert gradient.sii.value == pytest.approx(fitted[1], rel=1e-9)
        assert [end.position for end in gradient.line] == [0, 1]
        ends = [end.fact.value for end in gradient.line]
        assert ends == pytest.approx([fitted[0], fitted.sum()])
        assert len(gradient.sii.rows) == len(gradient.groups)


def test_a_missing_group_means_no_slope_and_says_why(demo_pack: Pack) -> None:
    profile = read_profile(demo_pack, AREA, comparators=ALL, indicator_set="marmot")
    profile.__dict__["rows"] = [
        row._replace(value=np.nan, lower_ci=np.nan, upper_ci=np.nan, status="suppressed")
        if row.dimension.startswith("local") and row.role == "area" and row.subgroup_order == 3
        else row
        for row in profile.rows
    ]
    gradients = list(local_gradients(profile))
    assert gradients
    for gradient in gradients:
        assert gradient.sii is None
        assert gradient.line == ()
        assert gradient.why_not == "not every group has a published figure"
        withheld = gradient.groups[2]
        assert (withheld.fact, withheld.status) == (None, "suppressed")
        assert withheld.share
        assert withheld.share.value == pytest.approx(100 * (withheld.end - withheld.start))
        assert len(gradient.facts) == len(gradient.groups) - 1


def test_a_last_group_without_a_row_means_no_slope_either(demo_pack: Pack) -> None:
    profile = read_profile(demo_pack, AREA, comparators=ALL, indicator_set="marmot")
    profile.__dict__["rows"] = [
        row
        for row in profile.rows
        if not row.dimension.startswith("local_deprivation_decile") or row.subgroup_order < 10
        if not row.dimension.startswith("local_deprivation_quintile") or row.subgroup_order < 5
    ]
    for gradient in local_gradients(profile):
        assert gradient.sii is None
        assert gradient.why_not == "not every group has a published figure"


def test_most_deprived_stand_beside_most_deprived_of_the_same_period_and_index(
    facts: AreaFacts,
) -> None:
    pairs = facts.most_deprived
    assert {(pair.indicator.id, pair.sex) for pair in pairs} >= {("life_expectancy", "Male")}
    for pair in pairs:
        assert {"area_most_deprived", "country_most_deprived"} <= set(pair.facts)
        assert {fact.period for fact in pair.facts.values()} == {pair.period}
        assert pair.like_for_like


def test_the_area_is_one_dot_of_its_tier(facts: AreaFacts) -> None:
    assert facts.deprivation_lines
    for line in facts.deprivation_lines:
        roles = [point.role for point in line.points]
        assert (roles.count("area"), roles.count("comparator")) == (1, 9)
        scores = [point.deprivation.value for point in line.points]
        slope, level = np.polyfit(scores, [point.fact.value for point in line.points], 1)
        (here,) = (point for point in line.points if point.role == "area")
        expected = level + slope * here.deprivation.value
        assert line.expected.value == pytest.approx(expected)
        assert line.beyond.value == pytest.approx(here.fact.value - expected)
        ends = {end.position: end.fact.value for end in line.line}
        assert ends == pytest.approx({x: level + slope * x for x in (min(scores), max(scores))})


def test_the_tier_is_read_once_for_all_lines(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Pack(demo_pack.path, demo_pack.meta)
    read: list[tuple[str, ...]] = []
    observations = Pack.observations

    def counted(pack: Pack, indicator: tuple[str, ...], **asked: Any) -> pd.DataFrame:
        if asked.get("dimension") == "":
            read.append(indicator)
        return observations(pack, indicator, **asked)

    monkeypatch.setattr(Pack, "observations", counted)
    facts = area_facts(read_profile(fresh, AREA, comparators=ALL, indicator_set="marmot"))
    lined = {line.comparison.indicator.id for line in facts.deprivation_lines}
    assert len(facts.deprivation_lines) > 1
    assert read == [tuple(sorted(lined))]


def test_an_unknown_comparator_is_refused(demo_pack: Pack) -> None:
    with pytest.raises(ParameterError, match="Did you mean 'county'"):
        read_profile(demo_pack, AREA, comparators=["counties"], indicator_set="marmot")


def test_facts_travel_as_a_table(facts: AreaFacts) -> None:
    frame = facts.table.frame
    assert len(frame) == len(facts.table) > 1000
    assert frame["id"].is_unique
    assert frame["text"].ne("").all()
    assert pd.api.types.is_float_dtype(frame["value"])
