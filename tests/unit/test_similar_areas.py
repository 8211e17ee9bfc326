"""Similar areas: a distance that can be checked by hand, and gaps beyond what comes by itself."""

import numpy as np
import pandas as pd
import pytest

import ineqlib as iq
from ineqlib.errors import InputError
from ineqlib.facts.alike import OWN_METHOD, PROFILE, nearest_by, profiles_of, sets_of
from ineqlib.facts.profile import read_profile
from ineqlib.measures.regression_to_mean import change_beyond_regression_to_mean
from ineqlib.pack import Pack

AREA, COUNTY = "X07000001", "Wendlemere"


def test_the_nearest_are_by_distance_in_standard_deviations() -> None:
    table = pd.DataFrame(
        {"size": [0.0, 100.0, 0.0, 300.0], "middle": [0.0, 0.0, 0.3, 0.0]}, index=list("abcd")
    )
    # Deviations 122.5 and 0.130: b lies 0.8 away, c 2.3, d 2.4.
    assert nearest_by(table, "a") == ("b", "c", "d")
    assert nearest_by(table, "a", without="size") == ("b", "d", "c")


def test_a_county_is_described_by_all_its_neighbourhoods(demo_pack: Pack) -> None:
    county = demo_pack.area(COUNTY)
    rows = demo_pack.small_areas(county.code)
    described = profiles_of(demo_pack, [county.code]).loc[county.code]
    assert list(described.index) == list(PROFILE)
    assert np.exp(described["size"]) == pytest.approx(len(rows))
    assert described["share most deprived"] == pytest.approx((rows["decile"] <= 2).mean())
    everywhere = demo_pack.table("small_areas", columns=["rank"])["rank"].max()
    assert described["average deprivation"] == pytest.approx((rows["rank"] / everywhere).mean())
    assert described["spread of deprivation"] == pytest.approx(
        (rows["rank"] / everywhere).std(), rel=0.01
    )


def test_a_publishers_list_comes_first_and_each_part_is_left_out_once(demo_pack: Pack) -> None:
    profile = read_profile(demo_pack, AREA, comparators=["neighbours"], indicator_set=[])
    sets = dict(sets_of(profile))
    first, own, *without = sets
    assert (first, own) == (profile.neighbour_method, OWN_METHOD)
    assert without == [f"{OWN_METHOD}, without {part}" for part in PROFILE]
    assert all(len(codes) == 15 and AREA not in codes for codes in sets.values())


def test_the_line_of_an_index_names_who_is_most_alike(demo_pack: Pack) -> None:
    document = iq.open_similar_areas(demo_pack, AREA, indicator="smoking_adults")
    assert document.summary.startswith("Most like it: ")
    names = document.summary.removeprefix("Most like it: ")
    assert names.count(" and ") == 1
    assert f"**{names[:1].upper()}{names[1:]}** are most like" in document.markdown("answer")


def test_coming_back_by_itself_is_no_success() -> None:
    rng = np.random.default_rng(3)
    level = rng.normal(0, 1, 3000)
    before, after = level + rng.normal(0, 1, (2, 3000))
    worst = before < np.quantile(before, 0.1)
    moved = change_beyond_regression_to_mean(before, after)
    assert (after - before)[worst].mean() > 1.2  # it looks like a success
    assert abs(moved.beyond.value[worst].mean()) < 0.15
    assert 0.03 < (moved.p < 0.05).mean() < 0.07
    held = (moved.beyond.lower <= 0) & (moved.beyond.upper >= 0)
    assert 0.93 < held.mean() < 0.97


def test_who_did_more_is_told_by_the_line_through_the_others() -> None:
    before = np.arange(-10.0, 11.0)
    after = 0.5 * before + np.tile([0.1, -0.1, 0.0], 7)
    after[4] += 3
    moved = change_beyond_regression_to_mean(before, after)
    others = np.arange(21) != 4
    slope, level = np.polyfit(before[others], (after - before)[others], 1)
    assert moved.expected[4] == pytest.approx(level + slope * before[4])
    assert moved.beyond.value[4] == pytest.approx((after - before)[4] - level - slope * before[4])
    assert moved.p[4] < 1e-6
    assert (moved.p[others] > 0.05).all()


def test_areas_without_both_gaps_are_left_out_and_few_areas_refused() -> None:
    before = np.arange(20.0)
    before[0] = np.nan
    assert np.isnan(change_beyond_regression_to_mean(before, np.sqrt(np.arange(20.0))).p[0])
    with pytest.raises(InputError, match="11 areas"):
        change_beyond_regression_to_mean(np.arange(11.0), np.arange(11.0))


def test_where_all_areas_move_alike_nobody_clearly_narrowed_the_gap(demo_pack: Pack) -> None:
    made = iq.open_similar_areas(demo_pack, AREA, indicator="smoking_adults")
    said = made.section("answer").blocks[0].words.text  # type: ignore[union-attr]
    assert "None clearly narrowed the gap to Lindermark (2016, then 2023) by more" in said
    assert "of the 15 do better than Brackenhythe's 11.9%" in said


def test_without_figures_the_similar_areas_are_still_told(demo_pack: Pack) -> None:
    made = iq.open_similar_areas(demo_pack, AREA, indicator="good_level_of_development")
    said = made.section("answer").blocks[0].words.text  # type: ignore[union-attr]
    assert "are most like" in said
    assert "cannot be told: the pack has no figures of “children ready for school at age 5”" in said
    [alike] = made.section("alike").blocks
    assert len(alike.cells["Area"]) == 15  # type: ignore[union-attr]
