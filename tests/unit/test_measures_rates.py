"""Rates and intervals that can be checked by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import binom, poisson

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    ESP2013,
    assign_quantiles,
    byar_interval,
    count_interval,
    crude_rate,
    dsr,
    dsr_of_repeats,
    expected_events,
    implied_se,
    isr,
    poisson_exact_interval,
    proportion,
    relative_rank,
    sample_mean,
    smr,
    smr_of_totals,
    wilson_interval,
)

TWO, THREE = ["under 65", "65+"], ["0-4", "5-64", "65+"]


def test_exact_limits_leave_a_fortieth_in_each_tail():
    lower, upper = poisson_exact_interval([1, 5, 50])
    assert_allclose(poisson.sf(np.array([1, 5, 50]) - 1, lower), 0.025)
    assert_allclose(poisson.cdf([1, 5, 50], upper), 0.025)


def test_wilson_limits_are_where_the_score_test_is_at_its_threshold():
    lower, upper = wilson_interval(20, 100)
    for limit in (lower, upper):
        assert_allclose(abs(0.2 - limit) / np.sqrt(limit * (1 - limit) / 100), 1.959964, rtol=1e-6)


def test_wilson_limits_touch_the_ends_exactly():
    lower, upper = wilson_interval([0, 10], [10, 10])
    assert lower[0] == 0
    assert upper[1] == 1


def test_counts_are_exact_below_ten_and_byars_from_ten():
    counts = [0, 9, 10, 100]
    lower, upper = count_interval(counts)
    exact, byar = poisson_exact_interval(counts), byar_interval(counts)
    assert_allclose(lower, [exact[0][0], exact[0][1], byar[0][2], byar[0][3]])
    assert_allclose(upper, [exact[1][0], exact[1][1], byar[1][2], byar[1][3]])


def test_byars_lower_limit_is_never_below_zero():
    lower, _ = byar_interval([0, 1], confidence=0.998)
    assert lower.tolist() == [0, 0]


def test_limits_the_wrong_way_round_are_refused():
    with pytest.raises(InputError, match="swapped"):
        implied_se(3, 1)


def test_a_proportion_is_a_percentage_unless_told_otherwise():
    assert float(proportion(1, 4).value) == 25
    assert float(proportion(1, 4, multiplier=1).value) == 0.25


def test_standard_errors_are_not_zero_at_zero_events():
    assert proportion(0, 50).se > 0
    assert crude_rate(0, 50).se > 0


def test_the_standard_error_does_not_depend_on_the_confidence_asked_for():
    assert crude_rate(20, 100).se == crude_rate(20, 100, confidence=0.998).se


def test_a_count_above_its_denominator_is_refused_for_a_proportion_but_not_for_a_rate():
    with pytest.raises(InputError, match="denominator"):
        proportion(5, 4)
    assert float(crude_rate(5, 4, multiplier=1).value) == 1.25


def test_dsr_by_hand():
    rate = dsr([10, 30], [1000, 1000], [3, 1], bands=TWO, multiplier=1000)
    assert_allclose(rate.value, (3 * 10 + 1 * 30) / 4)
    assert_allclose(rate.se, np.sqrt(9 * 10 + 1 * 30) / 4)
    lower, upper = byar_interval(40)
    assert_allclose(rate.lower, rate.value + rate.se / np.sqrt(40) * (lower - 40))
    assert_allclose(rate.upper, rate.value + rate.se / np.sqrt(40) * (upper - 40))


def test_dsr_is_the_crude_rate_where_the_age_structure_is_the_standard():
    people = ESP2013.for_bands(ESP2013.bands)
    deaths = np.arange(19.0) + 1
    assert_allclose(dsr(deaths, people / 10, ESP2013).value, deaths.sum() / 10_000 * 100_000)


def test_dsr_gives_no_rate_of_fewer_than_ten_events_and_keeps_the_others():
    rate = dsr([[4, 5], [5, 5]], [100, 100], [1, 1], bands=TWO)
    assert np.isnan([rate.value[0], rate.lower[0], rate.upper[0], rate.se[0]]).all()
    assert np.isfinite([rate.value[1], rate.lower[1], rate.upper[1], rate.se[1]]).all()


def test_dsr_refuses_a_band_with_a_missing_count():
    with pytest.raises(InputError, match="never taken as zero"):
        dsr([5, np.nan, 10], [100, 100, 100], [1, 1, 1], bands=THREE)


def test_dsr_refuses_bands_that_do_not_match_the_standard():
    nineteen = ESP2013.bands
    with pytest.raises(InputError, match="count 18, population 18, standard 19") as refusal:
        dsr(np.ones(18), np.ones(18), ESP2013, bands=nineteen)
    assert "Age bands differ" in str(refusal.value)
    with pytest.raises(InputError, match="count 19, population 19, standard 1"):
        dsr(np.ones(19), np.ones(19), [5000], bands=nineteen)
    with pytest.raises(InputError, match="reference_count 2, reference_population 3"):
        smr(np.ones(3), np.ones(3), np.ones(2), np.ones(3), bands=THREE)


def test_dsr_refuses_a_band_without_a_standard_population():
    with pytest.raises(InputError, match="standard: 1 of 3 not above zero"):
        dsr([5, 5, 10], [100, 100, 100], [1, 0, 1], bands=THREE)


def test_dsr_of_repeats_by_hand():
    people = [[10, 20], [0, 5], [2, 0]]  # who had one event, two, three, in two bands
    rate = dsr_of_repeats(people, [100, 200], [3, 1], bands=TWO, multiplier=1)
    assert_allclose(rate.value, (3 * 16 / 100 + 1 * 30 / 200) / 4)
    ones, twos, threes = (9 * 10 / 1e4 + 20 / 4e4, 5 / 4e4, 9 * 2 / 1e4)
    assert_allclose(rate.se, np.sqrt(ones + 4 * twos + 9 * threes) / 4)
    lower, upper = byar_interval(46)
    assert_allclose(rate.lower, rate.value + rate.se / np.sqrt(46) * (lower - 46))
    assert_allclose(rate.upper, rate.value + rate.se / np.sqrt(46) * (upper - 46))


def test_dsr_of_repeats_is_dsr_where_nobody_is_counted_twice():
    once = np.array([[12.0, 7, 30], [0, 0, 0]])
    repeats, plain = (
        dsr_of_repeats(once, [90, 80, 70], [1, 2, 3], bands=THREE),
        dsr(once[0], [90, 80, 70], [1, 2, 3], bands=THREE),
    )
    for part in ("value", "lower", "upper", "se"):
        assert_allclose(getattr(repeats, part), getattr(plain, part))


def test_dsr_of_repeats_is_wider_than_if_events_were_independent():
    rate = dsr_of_repeats([[10], [10]], [1000], [1], bands=["65+"])
    independent = dsr([30], [1000], [1], bands=["65+"])
    assert rate.value == independent.value
    assert rate.lower < independent.lower
    assert rate.upper > independent.upper


def test_dsr_of_repeats_counts_events_for_its_least_number_and_does_a_batch_at_once():
    few, enough = [[1, 2], [3, 0]], [[2, 2], [3, 0]]  # 9 and 10 events
    rate = dsr_of_repeats([few, enough], [100, 100], [1, 1], bands=TWO)
    assert np.isnan(rate.value).tolist() == [True, False]
    assert_allclose(rate.value[1], dsr_of_repeats(enough, [100, 100], [1, 1], bands=TWO).value)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([10, 20], "frequencies, bands"),
        ([[10, np.nan], [1, 1]], "never taken as zero"),
        ([[10, 20, 5], [1, 1, 1]], "people 3, population 2, standard 2"),
        ([[10, -1], [1, 1]], "people: 1 of 4 not zero or above"),
    ],
)
def test_dsr_of_repeats_refuses(people, words):
    with pytest.raises(InputError, match=words):
        dsr_of_repeats(people, [100, 100], [1, 1], bands=TWO)


def test_esp2013_adds_up_and_cannot_be_changed():
    assert ESP2013.for_bands(["0+"]).tolist() == [100_000]
    taken = ESP2013.for_bands(ESP2013.bands)
    taken["0-4"] = 1.0
    assert ESP2013.for_bands(["0-4"]).tolist() == [5000]


def test_isr_and_smr_of_the_reference_itself():
    deaths, people = [5, 15], [1000, 500]
    assert_allclose(smr(deaths, people, deaths, people, bands=TWO).value, 1)
    assert_allclose(isr(deaths, people, deaths, people, bands=TWO).value, 20 / 1500 * 100_000)


def test_smr_by_hand_with_exact_limits():
    ratio = smr([2, 4], [100, 100], [10, 40], [1000, 1000], bands=TWO, multiplier=100)
    lower, upper = poisson_exact_interval(6)
    assert_allclose([ratio.value, ratio.lower, ratio.upper], [120, 20 * lower, 20 * upper])


def test_smr_of_totals_has_the_limits_of_its_count():
    # Five events: exact Poisson limits 1.6235 and 11.6683 (Breslow and Day 1987, table 2.11).
    ratio = smr_of_totals(5, 2.5)
    assert_allclose([ratio.value, ratio.lower, ratio.upper], [2, 0.6494, 4.6673], atol=5e-5)
    by_age = smr([2, 4], [100, 100], [10, 40], [1000, 1000], bands=TWO)
    expected = expected_events([100, 100], [10, 40], [1000, 1000], bands=TWO)
    assert expected == 5
    assert_allclose(smr_of_totals(6, expected).upper, by_age.upper)


def test_isr_refuses_a_reference_that_expects_nothing():
    with pytest.raises(InputError, match="expected events"):
        isr([1], [100], [0], [1000], bands=["65+"])


def test_one_observation_has_no_interval():
    with pytest.raises(InputError, match="at least 2"):
        sample_mean([3.0])


def test_relative_rank_of_equal_fifths():
    assert_allclose(relative_rank([1, 1, 1, 1, 1]), [0.1, 0.3, 0.5, 0.7, 0.9])


def test_quantiles_say_which_end_is_deprived():
    scores = [50, 40, 30, 20, 10]
    assert assign_quantiles(scores, 5, most_deprived="highest").tolist() == [1, 2, 3, 4, 5]
    assert assign_quantiles(scores, 5, most_deprived="lowest").tolist() == [5, 4, 3, 2, 1]
    with pytest.raises(TypeError):
        assign_quantiles(scores, 5)


def test_quantiles_are_equal_in_size_where_they_can_be():
    rng = np.random.default_rng(1)
    for n in range(10, 60):
        quantiles = assign_quantiles(rng.permutation(n), 10, most_deprived="highest")
        sizes = np.bincount(quantiles, minlength=11)[1:]
        assert sizes.sum() == n
        assert np.ptp(sizes) <= 1


def test_ties_stay_together():
    assert assign_quantiles([1, 1, 1, 2], 2, most_deprived="lowest").tolist() == [1, 1, 1, 2]


def test_quantiles_of_a_batch_are_made_row_by_row():
    rows = [[3, 1, 2], [10, 30, 20]]
    assert assign_quantiles(rows, 3, most_deprived="lowest").tolist() == [[3, 1, 2], [1, 3, 2]]


def test_fewer_areas_than_quantiles_are_refused():
    with pytest.raises(InputError, match="3 areas found, at least 5"):
        assign_quantiles([1, 2, 3], 5, most_deprived="lowest")
    for k in (1, 2.5):
        with pytest.raises(ParameterError, match=f"k={k}"):
            assign_quantiles([1, 2, 3], k, most_deprived="lowest")


def test_wilson_limits_hold_the_truth_as_often_as_they_say():
    counts = np.arange(201)
    lower, upper = wilson_interval(counts, 200)
    for truth in (0.1, 0.3, 0.5):
        held = binom.pmf(counts, 200, truth)[(lower <= truth) & (truth <= upper)].sum()
        assert 0.93 < held < 0.97


@pytest.mark.parametrize("count", [1e-9, 0.1, 0.49, 0.5, 0.51, 1, 9.99, 10])
def test_limits_of_a_part_of_an_event_lie_on_either_side_of_it(count):
    lower, upper = count_interval(count)
    assert 0 <= lower <= count <= upper
