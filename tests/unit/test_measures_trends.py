"""The published five-point rule, by hand and by its refusals."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import chi2_contingency

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import recent_trend, recent_trend_of_proportion

YEARS = [2018, 2019, 2020, 2021, 2022]


def direction(values, se=0.5, start=YEARS, **options):
    return str(recent_trend(start, values, np.full(len(values), se), **options).direction)


def test_chi_squared_by_hand():
    trend = recent_trend(YEARS, [10, 11, 12, 13, 14], [0.5] * 5)
    assert_allclose(trend.chi_squared, 1**2 / (0.5**2 / 10))


def test_words():
    assert direction([10, 11, 12, 13, 14]) == "increasing"
    assert direction([14, 13, 12, 11, 10]) == "decreasing"
    assert direction([10, 11, 10, 11, 10]) == "no significant change"


def test_the_level_is_998_in_1000():
    threshold_gradient = 3.0902323061678132 * 0.5 / np.sqrt(10)
    line = np.arange(5.0)
    assert direction(line * threshold_gradient * 0.999) == "no significant change"
    assert direction(line * threshold_gradient * 1.001) == "increasing"


def test_a_trend_that_rests_on_one_year_is_none():
    resting = recent_trend(YEARS, [12, 11, 10, 9.9, 30], [0.5] * 5)
    assert resting.chi_squared > 9.55
    assert str(resting.direction) == "no significant change"


def test_only_the_latest_five_count():
    assert direction([90, 80, 10, 11, 12, 13, 14], start=range(2016, 2023)) == "increasing"


def test_proportions_use_the_test_of_armitage():
    counts, people = np.array([30.0, 34, 41, 48, 60]), np.array([200.0, 210, 190, 220, 205])
    trend = recent_trend_of_proportion(YEARS, counts, people)
    time = np.arange(5)
    p = counts.sum() / people.sum()
    score = (time * (counts - people * p)).sum()
    variance = p * (1 - p) * ((people * time**2).sum() - (people * time).sum() ** 2 / people.sum())
    assert_allclose(trend.chi_squared, score**2 / variance)
    everything = chi2_contingency(np.array([counts, people - counts])).statistic
    assert trend.chi_squared < everything
    assert str(trend.direction) == "increasing"


def test_overlapping_periods_have_no_trend():
    trend = recent_trend(YEARS, [10, 11, 12, 13, 14], [0.1] * 5, span=3)
    assert str(trend.direction) == "cannot be calculated"
    assert str(trend.reason) == "periods overlap"
    assert np.isnan(trend.chi_squared)


def test_pooled_periods_that_do_not_overlap_have_one():
    assert (
        direction([10, 11, 12, 13, 14], start=[2008, 2011, 2014, 2017, 2020], span=3)
        == "increasing"
    )


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ([2019, 2020, 2021, 2022], "fewer than 5 periods"),
        ([2016, 2018, 2019, 2020, 2021], "break in the series"),
    ],
)
def test_series_that_cannot_be_judged_say_why(start, reason):
    trend = recent_trend(start, np.arange(len(start)), np.ones(len(start)))
    assert str(trend.direction) == "cannot be calculated"
    assert reason in str(trend.reason)


@pytest.mark.parametrize("gap", [np.nan, 0])
def test_a_missing_value_or_interval_stops_its_own_series_alone(gap):
    values = np.tile([10.0, 11, 12, 13, 14], (2, 1))
    error = np.full((2, 5), 0.5)
    error[1, 2] = gap
    trend = recent_trend(YEARS, values, error)
    assert trend.direction.tolist() == ["increasing", "cannot be calculated"]
    assert trend.reason[0] == ""
    assert "missing" in trend.reason[1]


def test_a_proportion_without_events_cannot_be_judged():
    trend = recent_trend_of_proportion(YEARS, [5, 4, 0, 3, 2], [100] * 5)
    assert str(trend.direction) == "cannot be calculated"


def test_financial_years_are_years():
    assert direction([10, 11, 12, 13, 14], start=np.array(YEARS) + 0.25) == "increasing"


def test_months_are_refused():
    with pytest.raises(ParameterError, match="1 or more"):
        direction([10, 11, 12, 13, 14], span=1 / 12)


def test_periods_out_of_order_are_refused():
    with pytest.raises(InputError, match="oldest period first"):
        direction([10, 11, 12, 13, 14], start=YEARS[::-1])


def test_a_period_for_every_value():
    with pytest.raises(InputError, match="5 periods given for 6 values"):
        recent_trend(YEARS, np.ones(6), np.ones(6))


def test_counts_above_their_denominators_are_refused():
    with pytest.raises(InputError, match="denominator"):
        recent_trend_of_proportion(YEARS, [5, 5, 5, 5, 500], [100] * 5)


def test_false_alarms_are_as_rare_as_the_level_says():
    rng = np.random.default_rng(2)
    flat = rng.normal(50, 1, (50_000, 5))
    found = recent_trend(YEARS, flat, np.ones_like(flat)).direction
    assert (found != "no significant change").mean() < 0.0035
