"""What events cost: exact where there is no spread, and the moments that theory gives."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import norm, triang

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import Simulation
from ineqlib.measures.event_cost import (
    distance_of_draws,
    event_cost,
    present_value,
    triangular_moments,
)

LOW, CENTRAL, HIGH = np.array([100.0, 20]), np.array([150.0, 30]), np.array([400.0, 40])


def draws(number: int = 20_000, seed: int = 1) -> Simulation:
    return Simulation(np.random.default_rng(seed), draws=number)


def test_without_spread_the_draws_are_the_product():
    cost = event_cost(12, 0, CENTRAL, CENTRAL, CENTRAL, simulation=draws(1000))
    told = (cost.total.value, cost.total.lower, cost.total.upper, cost.mean, cost.drawn_mean)
    assert told == (2160,) * 5
    assert (cost.total.se, cost.drawn_sd, cost.distance) == (0, 0, 0)
    assert_allclose(cost.parts.value, [1800, 360])


def test_chance_in_the_number_alone_is_normal():
    cost = event_cost(100, 10, 50, 50, 50, simulation=draws(200_000))
    assert_allclose(cost.total.se, 500)
    assert_allclose(
        [cost.total.lower, cost.total.upper], norm(5000, 500).interval(0.95), rtol=0.003
    )


def test_the_range_of_a_cost_alone_is_its_triangle():
    cost = event_cost(10, 0, 100, 150, 400, simulation=draws(200_000))
    truth = triang(50 / 300, loc=1000, scale=3000)
    assert_allclose([cost.mean, cost.total.se], [truth.mean(), truth.std()])
    assert_allclose([cost.total.lower, cost.total.upper], truth.interval(0.95), rtol=0.005)
    assert cost.total.value == 1500 < cost.mean  # the likeliest, where more lies above


def test_the_moments_of_the_product_by_hand():
    # A triangle from 0 to 6 with its top at 0 has mean 2 and variance 2; so 3 of them 5 ± 1.
    cost = event_cost(5, 1, [0] * 3, [0] * 3, [6] * 3, simulation=draws(200_000))
    assert cost.mean == 5 * 6
    assert_allclose(cost.total.se**2, 1 * 36 + 25 * 6 + 1 * 6)
    assert_allclose(cost.drawn_mean, cost.mean, rtol=0.005)
    assert_allclose(cost.drawn_sd, cost.total.se, rtol=0.01)
    # The same events are in all three, so they do not vary apart.
    assert_allclose(cost.parts.se**2, 1 * 4 + 25 * 2 + 1 * 2)
    assert cost.total.se**2 > (cost.parts.se**2).sum()


def test_draws_and_moments_agree_whatever_the_data():
    rng = np.random.default_rng(3)
    far = []
    for seed in range(200):
        low, central, high = np.sort(rng.lognormal(5, 1, (3, int(rng.integers(1, 6)))), axis=0)
        events, se = rng.normal(50, 40), rng.gamma(2, 10)
        cost = event_cost(events, se, low, central, high, simulation=draws(2000, seed))
        far.append(cost.distance)
    assert max(far) < 5
    assert np.mean(np.array(far) > 1) > 0.3  # their own errors, and not much larger ones


def test_wrong_moments_do_not_agree():
    drawn = np.random.default_rng(1).normal(100, 10, 20_000)
    assert distance_of_draws(drawn, 100, 10) < 5
    assert distance_of_draws(drawn, 101, 10) > 5
    assert distance_of_draws(drawn, 100, 10.5) > 5
    assert distance_of_draws(np.full(2000, 7.0), 8.0, 0.0) == np.inf


def test_one_seed_gives_one_range():
    ranges = [
        event_cost(50, 9, LOW, CENTRAL, HIGH, simulation=draws(seed=seed)).total.upper
        for seed in (1, 1, 2)
    ]
    assert ranges[0] == ranges[1] != ranges[2]


def test_moments_of_triangles():
    mean, variance = triangular_moments(np.array([1.0, 2]), np.array([1.0, 5]), np.array([1.0, 8]))
    assert_allclose(mean, [1, 5])
    assert_allclose(variance, [0, 1.5])


def test_years_are_discounted_by_hand():
    assert present_value(1, 0.035) == 1
    assert_allclose(present_value(4, 0.1), 1 + 1 / 1.1 + 1 / 1.21 + 1 / 1.331)
    with pytest.raises(ParameterError, match="rate"):
        present_value(2, -0.1)


def test_what_cannot_be_is_refused():
    with pytest.raises(InputError, match="central: 1 of 2 not between low and high"):
        event_cost(1, 0, LOW, [500, 30], HIGH, simulation=draws())
    with pytest.raises(InputError, match="low: 1 of 2 not zero or above"):
        event_cost(1, 0, [-1, 2], CENTRAL, HIGH, simulation=draws())
    with pytest.raises(ParameterError, match="se=-1"):
        event_cost(1, -1, LOW, CENTRAL, HIGH, simulation=draws())
