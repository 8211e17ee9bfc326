"""A briefing's numbers: each is the pack's own row or made from named rows; none is invented."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.area import comparisons as glance
from ineqlib.briefings.area.document import Briefing, open_briefing
from ineqlib.charts.figure import Figure
from ineqlib.errors import ParameterError
from ineqlib.facts.comparisons import SLOPE, at_a_glance, only_above
from ineqlib.facts.deprivation import national_spread, small_areas
from ineqlib.facts.deprivation_line import deprivation_lines
from ineqlib.facts.fact import Fact, FactTable
from ineqlib.facts.gradients import local_gradients
from ineqlib.facts.most_deprived_group import poorest_groups
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.series import series_shown, trend_points
from ineqlib.observations import HAS_VALUE
from ineqlib.pack import Pack

AREA = "X07000001"
PLACES = ("area", "country")
ALL = ["county", "region", "country", "neighbours"]


@pytest.fixture(scope="module")
def profile(demo_pack: Pack) -> Profile:
    return read_profile(demo_pack, AREA, comparators=ALL, indicator_set="marmot")


@pytest.fixture(scope="module")
def shown(demo_pack: Pack) -> Briefing:
    """A briefing every section of which has been shown."""
    briefing = open_briefing(demo_pack, AREA)
    for section in ("headline", "at_a_glance", "gradients", "poorest", "on_the_gradient"):
        getattr(briefing, section)()
    return briefing


def test_a_published_fact_is_its_row_in_the_pack(shown: Briefing, demo_pack: Pack) -> None:
    rows = demo_pack.observations().set_index("row")
    published = [f for f in shown.facts().facts.values() if f.method == "published"]
    assert len(published) > 100
    for fact in published:
        (row,) = fact.rows
        found = rows.loc[row]
        assert (found["value"], found["area_code"], found["indicator_id"], found["sex"]) == (
            fact.value,
            fact.area_code,
            fact.indicator_id,
            fact.sex,
        )


def test_one_id_is_one_number() -> None:
    book = FactTable()
    book.add(Fact("a", 1.0, "1"))
    assert book.add(Fact("a", 1.0, "1")).value == 1.0
    with pytest.raises(AssertionError, match="share the id a"):
        book.add(Fact("a", 2.0, "2"))


def test_the_newest_figure_is_compared_in_its_own_period(profile: Profile) -> None:
    for found in at_a_glance(profile):
        newest = max(row.period_end for row in found.series.of("area"))
        assert found.newest.period_end == newest
        assert {fact.period for fact in found.facts.values()} <= {found.period}


def test_verdicts_follow_the_overlap_rule_and_polarity(profile: Profile) -> None:
    words = {("favourable", 1): "better", ("favourable", -1): "worse"}
    words |= {("adverse", 1): "worse", ("adverse", -1): "better"}
    judged = 0
    for found in at_a_glance(profile):
        area, country = found.facts.get("area"), found.facts.get("country")
        if not area or not country or area.lower_ci is None or area.upper_ci is None:
            continue
        if found.indicator.value_type == SLOPE:
            # A slope inside the area and one across the country are not like with like.
            assert found.verdict == "not compared"
            continue
        side = (area.lower_ci > country.value) - (area.upper_ci < country.value)
        expected = words.get((found.indicator.polarity, side), "similar" if not side else None)
        if expected:
            judged += 1
            assert found.verdict == expected, found.series.name
    assert judged > 15


def test_a_figure_without_limits_or_published_comparison_is_not_compared(profile: Profile) -> None:
    bare = [f for f in at_a_glance(profile) if "area" in f.facts and not f.facts["area"].lower_ci]
    assert bare
    assert {f.verdict for f in bare if not f.newest.comparison} == {"not compared"}


def test_a_suppressed_figure_has_no_fact(demo_pack: Pack) -> None:
    rows = demo_pack.observations(dimension="")
    withheld = rows[(rows["status"] == "suppressed") & (rows["area_type"] == "lad")]
    code = withheld.sort_values("period_end")["area_code"].iloc[-1]
    profile = read_profile(demo_pack, code, comparators=ALL, indicator_set="marmot")
    for found in at_a_glance(profile):
        has_value = found.newest.status in HAS_VALUE
        assert ("area" in found.facts) == has_value
        assert ("area" in found.missing) != has_value


def test_on_the_spine_the_country_is_the_middle_and_right_is_better(profile: Profile) -> None:
    for found in at_a_glance(profile):
        if "country" not in found.facts:
            continue
        centre = found.facts["country"].value
        assert found.place(centre) == 0
        better = 1 if found.indicator.polarity != "adverse" else -1
        assert found.place(centre + better * 1e-6) > 0
        assert -1 <= found.distance <= 1 or np.isnan(found.distance)


def test_a_range_of_few_areas_says_so_in_the_table(profile: Profile) -> None:
    found = next(each for each in at_a_glance(profile) if each.is_covered)
    few = replace(found, peers=found.peers[:3])
    ranges = []
    for each in (found, few):
        (figure,) = (
            block for block in glance.section(profile, [each]) if isinstance(block, Figure)
        )
        ranges += figure.table["All areas, lowest to highest"].tolist()
    assert "areas" not in ranges[0]
    assert ranges[1].endswith(f" (3 of {found.tier} areas)")


def test_what_only_wider_areas_publish_is_apart(profile: Profile) -> None:
    names = {series.indicator.id for series in only_above(profile)}
    assert "healthy_life_expectancy" in names
    assert names.isdisjoint({found.indicator.id for found in at_a_glance(profile)})


def test_a_series_holds_one_age_and_one_length_of_period(profile: Profile) -> None:
    for series in series_shown(profile):
        assert len({row.age for row in series.rows}) == 1
        assert len({row.months for row in series.rows}) == 1
        assert len({(row.role, row.period_start) for row in series.rows}) == len(series.rows)


def test_a_line_is_broken_where_periods_are_missing(profile: Profile) -> None:
    series = next(s for s in series_shown(profile) if len(s.of("area")) >= 6)
    middle = series.of("area")[3]
    rows = tuple(row for row in series.rows if row != middle)
    points = trend_points(replace(series, rows=rows), list(PLACES))
    segments = {role: [p["segment"] for p in points if p["role"] == role] for role in PLACES}
    assert segments["area"] == [0] * 3 + [1] * (len(segments["area"]) - 3)
    assert set(segments["country"]) == {0}


def test_slopes_equal_an_independent_least_squares(profile: Profile) -> None:
    found = [g for g in local_gradients(profile) if g.sii]
    assert len(found) >= 4
    for gradient in found:
        groups = pd.DataFrame(gradient.groups)
        share = (groups["end"] - groups["start"]).to_numpy()
        rank = groups["end"].to_numpy() - share / 2
        design = np.column_stack([np.ones_like(rank), rank]) * np.sqrt(share)[:, None]
        fitted, *_ = np.linalg.lstsq(design, groups["value"] * np.sqrt(share), rcond=None)
        assert gradient.sii is not None
        assert gradient.sii.value == pytest.approx(fitted[1], rel=1e-9)
        ends = [end["fitted"] for end in gradient.line]
        assert ends == pytest.approx([fitted[0], fitted.sum()])
        assert len(gradient.sii.rows) == len(gradient.groups)


def test_a_missing_group_means_no_slope_and_says_why(demo_pack: Pack) -> None:
    profile = read_profile(demo_pack, AREA, comparators=ALL, indicator_set="marmot")
    hidden = [
        row._replace(value=np.nan, lower_ci=np.nan, upper_ci=np.nan, status="suppressed")
        if row.dimension.startswith("local") and row.role == "area" and row.subgroup_order == 3
        else row
        for row in profile.rows
    ]
    object.__setattr__(profile, "rows", hidden)
    found = list(local_gradients(profile))
    assert found
    for gradient in found:
        assert gradient.sii is None
        assert gradient.why_not == "not every group has a published figure"
        assert "value" not in gradient.groups[2]


def test_the_spread_counts_everybody_once(profile: Profile) -> None:
    spread = national_spread(profile)
    assert spread is not None
    assert spread.unit == "people"
    assert sum(group["share"] for group in spread.groups) == pytest.approx(100)
    people = sum(group["count"] for group in spread.groups)
    assert people == small_areas(profile)["population"].sum()


def test_fifths_of_the_area_are_nearly_equal_and_the_poorest_is_first(profile: Profile) -> None:
    rows = small_areas(profile)
    sizes = rows["fifth"].value_counts()
    assert sizes.max() - sizes.min() <= 1
    assert rows[rows["fifth"] == 1]["rank"].max() < rows[rows["fifth"] == 2]["rank"].min()


def test_poorest_stand_beside_poorest_of_the_same_period_and_index(profile: Profile) -> None:
    found = list(poorest_groups(profile))
    assert {(f.indicator.id, f.sex) for f in found} >= {("life_expectancy", "Male")}
    for each in found:
        assert len({fact.period for fact in each.facts.values()}) == 1
        assert each.like_for_like


def test_the_area_is_one_dot_of_its_tier(profile: Profile) -> None:
    found = list(deprivation_lines(profile, at_a_glance(profile)))
    assert found
    for each in found:
        points = pd.DataFrame(each.points)
        assert (points["role"] == "area").sum() == 1
        assert (points["role"] == "comparator").sum() == 9
        slope, level = np.polyfit(points["deprivation"], points["value"], 1)
        here = points.loc[points["role"] == "area", "deprivation"].iloc[0]
        assert each.expected.value == pytest.approx(level + slope * here)


def test_an_unknown_comparator_is_refused(demo_pack: Pack) -> None:
    with pytest.raises(ParameterError, match="Did you mean 'county'"):
        read_profile(demo_pack, AREA, comparators=["counties"], indicator_set="marmot")


def test_facts_travel_as_a_table(shown: Briefing) -> None:
    frame = shown.facts().frame()
    assert frame["id"].is_unique
    assert frame["text"].ne("").all()
    assert pd.api.types.is_float_dtype(frame["value"])
