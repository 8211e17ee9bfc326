"""Smoothed rates: by hand, against the truth, and what nothing can be smoothed from."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import beta, gamma

from ineqlib.errors import InputError
from ineqlib.measures import empirical_bayes

TEN = np.arange(0.0, 20, 2)


def test_a_rate_by_hand() -> None:
    # x = 0, 0.2 … 1.8; m = 0.9; s² = 0.33; A = 0.33 − 0.9 / 10 = 0.24; C = 0.24 / (0.24 + 0.09).
    smoothed = empirical_bayes(TEN, 10, kind="rate", multiplier=100)
    assert_allclose(smoothed.average, 90)
    assert_allclose(smoothed.between, 2400)
    assert_allclose(smoothed.own_weight, 0.24 / 0.33)
    assert_allclose(smoothed.estimate.value, 90 + (10 * TEN - 90) * 0.24 / 0.33)


def test_a_proportion_by_hand() -> None:
    # x = 0 … 0.9; m = 0.45; s² = 0.0825; A = (0.0825 − 0.2475 / 20) / 0.95 = 0.073816;
    # M = 0.2475 / 0.073816 − 1 = 2.35294; C = 20 / 22.35294.
    smoothed = empirical_bayes(TEN, 20, kind="proportion")
    assert_allclose(smoothed.between, 0.0738158, rtol=1e-6)
    assert_allclose(smoothed.own_weight, 20 / 22.3529412)


def test_the_smaller_an_area_the_further_it_is_drawn() -> None:
    people = np.tile([5.0, 500.0], 10)
    count = people * np.repeat([0.2, 0.4], 10)
    weight = empirical_bayes(count, people, kind="rate").own_weight
    assert (weight[::2] < weight[1::2]).all()


@pytest.mark.parametrize("kind", ["rate", "proportion"])
def test_of_areas_that_hardly_differ_by_chance_the_limits_are_those_of_each(kind: str) -> None:
    people = np.full(200, 5000.0)
    count = np.round(people * np.linspace(0.1, 0.3, 200))
    smoothed = empirical_bayes(count, people, kind=kind).estimate
    own = gamma(count, scale=1 / people) if kind == "rate" else beta(count, people - count)
    assert_allclose(smoothed.lower, own.ppf(0.025), rtol=0.02)
    assert_allclose(smoothed.upper, own.ppf(0.975), rtol=0.02)


@pytest.mark.parametrize("differ", [0.1, 0.3, 0.6])
def test_they_lie_nearer_the_truth_than_the_raw_rates(differ: float) -> None:
    rng = np.random.default_rng(14)
    size = rng.uniform(4, 16, (300, 30))
    truth = rng.gamma(differ**-2, differ**2, size.shape)
    count = rng.poisson(size * truth)
    smoothed = empirical_bayes(count, size, kind="rate").estimate.value
    smoothed_error, raw_error = (((x - truth) ** 2).mean() for x in (smoothed, count / size))
    # What can be gained at best is the share of the spread that is chance: 1 / (1 + n A).
    assert smoothed_error < 0.9 * raw_error
    assert smoothed_error < 1.15 * raw_error / (1 + 1 / (10 * differ**2)) + 0.01


def test_sets_of_areas_are_independent_problems() -> None:
    other = TEN[::-1] + 3
    both = empirical_bayes(np.stack([TEN, other]), 10, kind="rate")
    for row, count in enumerate((TEN, other)):
        alone = empirical_bayes(count, 10, kind="rate").estimate
        for name in ("value", "lower", "upper", "se"):
            assert_allclose(getattr(both.estimate, name)[row], getattr(alone, name))


def test_nothing_tells_how_far_areas_without_any_event_differ() -> None:
    with pytest.raises(InputError, match="no event between them"):
        empirical_bayes(np.zeros(10), 50, kind="rate")
    with pytest.raises(InputError, match="no event between them"):
        empirical_bayes(np.full(10, 50), 50, kind="proportion")
    with pytest.raises(InputError, match="9 areas found, at least 10"):
        empirical_bayes(TEN[:9], 50, kind="rate")
    with pytest.raises(InputError, match="at least one of what a proportion is of"):
        empirical_bayes(np.full(10, 0.1), 0.5, kind="proportion")


def test_of_one_person_each_nothing_tells_areas_from_chance() -> None:
    smoothed = empirical_bayes([0, 1] * 5, 1, kind="proportion")
    assert_allclose(smoothed.estimate.value, 0.5)
