"""What changed: by the published rule, by intervals, by unrest, or too early to say."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from ineqlib.facts.change_over_time import BY_RULE, Change
from ineqlib.facts.noise_of_years import BY_INTERVALS, BY_UNREST
from ineqlib.narrative.directions import direction

from .simulated.handmade import Series, facts_of


def changed(folder: Path, name: str, series: Series) -> Change | None:
    (comparison,) = facts_of(folder, {name: series}).comparisons
    return comparison.change


def test_first_and_last_are_those_the_direction_is_told_from(tmp_path: Path) -> None:
    rising = Series([7.0, 7.1, 8.0, 9.0, 10.0, 11.0, 12.0], 10.0, half=0.5)
    change = changed(tmp_path, "weekly_pay", rising)
    assert change is not None
    assert (change.direction, change.basis) == ("rising", BY_RULE)
    assert (change.first.period, change.last.period) == ("2020", "2024")
    assert change.difference.value == 12.0 - 8.0
    assert (change.years.value, change.years.text) == (4, "4")
    assert change.country_first is not None
    assert change.country_first.value == 10.0


def test_a_line_through_few_periods_by_hand(tmp_path: Path) -> None:
    here, half = [10.0, 12.0, 13.0], 1.0
    change = changed(tmp_path, "loneliness", Series(here, 11.0, half=half))
    assert change is not None
    slope, se = 1.5, half / 1.96 / math.sqrt(2)
    line = np.array([-1, 0, 1]) * slope + np.mean(here)
    scale = max(1.0, float((((here - line) / (half / 1.96)) ** 2).sum()))
    p = 2 * stats.norm.sf(slope / se / math.sqrt(scale))
    assert change.basis == BY_INTERVALS
    assert change.p == pytest.approx(p, rel=1e-2)


def test_without_intervals_unrest_tells_and_two_periods_are_too_early(tmp_path: Path) -> None:
    steady = changed(tmp_path, "early_literacy", Series([60.0, 62.0, 64.0, 66.0, 68.0], 70.0))
    assert steady is not None
    assert (steady.direction, steady.basis, steady.better) == ("rising", BY_UNREST, True)
    two = changed(tmp_path / "two", "early_literacy", Series([60.0, 68.0], 70.0))
    assert two is not None
    assert two.direction == "too early to say"
    assert math.isnan(two.p)
    assert changed(tmp_path / "one", "early_literacy", Series([60.0], 70.0)) is None


def test_rolling_years_are_not_taken_for_many_periods(tmp_path: Path) -> None:
    rolling = Series([3.0, 4.0, 5.0, 6.0, 7.0], 5.0, half=0.5, years=3)
    change = changed(tmp_path, "suicide", rolling)
    assert change is not None
    assert (change.first.period, change.last.period) == ("2019 to 2021", "2022 to 2024")
    assert change.direction == "too early to say"


def test_a_difference_of_percentages_is_in_percentage_points(tmp_path: Path) -> None:
    change = changed(tmp_path, "loneliness", Series([10.0, 12.0, 13.0], 11.0, half=1.0))
    assert change is not None
    assert change.difference.unit == "percentage points"
    assert change.difference.text == "3.0 percentage points"


def test_high_that_is_neither_good_nor_bad_moves_neither_way(tmp_path: Path) -> None:
    series = Series([10.0, 12.0, 14.0, 16.0, 18.0], 14.0, half=0.3)
    change = changed(tmp_path, "depression", series)
    assert change is not None
    assert (change.direction, change.better) == ("rising", None)


def test_more_pounds_than_years_ago_are_not_called_better(tmp_path: Path) -> None:
    change = changed(tmp_path, "weekly_pay", Series([7.0, 8.0, 9.0, 10.0, 11.0], 10.0, half=0.1))
    assert change is not None
    assert (change.direction, change.better) == ("rising", None)


def test_what_moves_with_the_country_is_told_apart(tmp_path: Path) -> None:
    series = Series([10.0, 12.0, 14.0, 16.0, 18.0], [11.0, 13.0, 15.0, 17.0, 19.0], half=0.3)
    change = changed(tmp_path, "smoking_at_delivery", series)
    assert change is not None
    assert change.direction == "rising"
    assert change.beyond_p > 0.9


@pytest.mark.parametrize(
    ("country", "is_as_in_country"),
    [
        ([11.0, 13.0, 15.0, 17.0, 19.0], True),
        ([11.0, 11.2, 11.4, 11.6, 11.8], False),  # the same way, but far less
        ([11.0, 14.0, 17.0, 20.0, 23.0], False),  # the same way, and clearly more
        ([19.0, 17.0, 15.0, 13.0, 11.0], False),
    ],
)
def test_the_country_moved_alike_only_where_it_went_as_far(
    tmp_path: Path, country: list[float], is_as_in_country: bool
) -> None:
    series = Series([10.0, 12.0, 14.0, 16.0, 18.0], country, half=0.3)
    change = changed(tmp_path, "smoking_at_delivery", series)
    assert change is not None
    assert change.direction == "rising"
    assert change.is_as_in_country is is_as_in_country
    assert not replace(change, direction="no clear change").is_as_in_country
    assert not replace(change, country_first=None).is_as_in_country


@pytest.mark.parametrize(
    ("here", "furthest"),
    [
        ([12.0, 12.0, 12.0, 13.0, 26.0, 23.0, 20.0], 26.0),  # each later one is lower
        ([12.0, 12.0, 12.0, 13.0, 26.0, 20.0, 23.0], None),  # the newest rises again
        ([12.0, 14.0, 16.0, 18.0, 22.0, 21.5, 21.0], None),  # not a third of the way back
        ([12.0, 12.0, 12.0, 13.0, 18.0, 26.0, 22.0], None),  # one period alone
        ([12.0, 14.0, 16.0, 18.0, 20.0, 22.0, 24.0], None),
    ],
)
def test_a_rise_that_has_gone_back_since_tells_where_it_turned(
    tmp_path: Path, here: list[float], furthest: float | None
) -> None:
    """Absence of pupils: far above ten years ago, and falling for three."""
    change = changed(tmp_path, "persistent_absence", Series(here, 12.0, half=0.4))
    assert change is not None
    assert change.direction == "rising"
    assert (change.turning_point.value if change.turning_point else None) == furthest
    fall = changed(
        tmp_path / "fall", "persistent_absence", Series([40 - x for x in here], 30.0, half=0.4)
    )
    assert fall is not None
    assert fall.direction == "falling"
    assert (40 - fall.turning_point.value if fall.turning_point else None) == furthest


def test_what_may_have_gone_back_by_chance_has_not_turned(tmp_path: Path) -> None:
    here = [12.0, 12.0, 12.0, 13.0, 26.0, 23.0, 20.0]
    unsure = changed(tmp_path, "persistent_absence", Series(here, 12.0, half=5.0))
    assert unsure is not None
    assert unsure.turning_point is None


def test_what_the_country_went_back_by_as_well_is_no_chance(tmp_path: Path) -> None:
    """Exams that were marked gently for two years: everywhere results rose, and fell again."""
    here = [56.0, 58.0, 55.0, 60.0, 63.0, 67.0, 66.0, 63.5]
    for country, furthest in (
        ([71.0, 71.0, 71.0, 73.0, 75.0, 78.0, 76.0, 73.0], 67.0),
        (70.0, None),
    ):
        folder = tmp_path / str(furthest)
        change = changed(folder, "persistent_absence", Series(here, country, half=4.0))
        assert change is not None
        assert change.direction == "rising"
        assert (change.turning_point.value if change.turning_point else None) == furthest


@pytest.mark.parametrize(
    ("earlier", "is_return"),
    [
        ([7.7, 7.6, 7.7], True),  # one good year, and back
        ([8.3, 8.3, 8.2], False),  # it fell from where it was
        ([7.7], False),  # one figure does not say where it was
    ],
)
def test_a_fall_to_where_a_figure_was_before_is_told_as_a_return(
    tmp_path: Path, earlier: list[float], is_return: bool
) -> None:
    here = [*earlier, 8.3, 8.0, 7.9, 7.8, 7.6]
    change = changed(tmp_path, "worthwhile", Series(here, 7.8, half=0.15, spread=0.2))
    assert change is not None
    assert (change.direction, change.basis) == ("falling", BY_RULE)
    assert (change.is_return, change.goes_on) == (is_return, not is_return)
    assert direction(change).text.endswith("back to where it was before") is is_return
