"""What events cost: exact where there is no spread, and the moments that theory gives."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import beta, gamma, lognorm, norm, triang

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import Simulation
from ineqlib.measures.cost_shapes import COST_SHAPES, fit_fault, triangular_moments
from ineqlib.measures.event_cost import distance_of_draws, event_cost, present_value

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


TRUTHS = {
    "triangular": (triang(0.2, loc=100, scale=500), (100, 200, 600)),
    "pert": (beta(1 + 4 * 0.2, 1 + 4 * 0.8, loc=100, scale=500), (100, 200, 600)),
    "lognormal": (lognorm(0.5, scale=100), lognorm(0.5, scale=100)),
    "gamma": (gamma(100, scale=2), gamma(100, scale=2)),
}


@pytest.mark.parametrize("shape", COST_SHAPES)
def test_each_distribution_has_its_moments_and_limits(shape):
    truth, given = TRUTHS[shape]
    if not isinstance(given, tuple):  # mean and 95% limits, as published
        low, high = given.interval(0.95)
        given = (low, given.mean(), high)
    cost = event_cost(10, 0, *given, shapes=[shape], simulation=draws(200_000))
    # A gamma's spread is read from the width of its limits, which is that of a normal one.
    rel = 0.002 if shape == "gamma" else 1e-7
    assert_allclose([cost.mean, cost.total.se], [10 * truth.mean(), 10 * truth.std()], rtol=rel)
    assert_allclose(
        [cost.total.lower, cost.total.upper], 10 * np.array(truth.interval(0.95)), rtol=0.01
    )
    assert cost.agrees


def test_log_normal_moments_by_hand():
    # Limits a factor e² apart on either side of 100: the spread of the log is 2 / 1.96.
    low, high = 100 * np.exp([-1.959964 * 0.5, 1.959964 * 0.5])
    mean = 100 * np.exp(0.5**2 / 2)
    cost = event_cost(3, 0, low, mean, high, shapes=["lognormal"], simulation=draws(1000))
    assert_allclose(cost.mean, 3 * mean)
    assert_allclose(cost.total.se, 3 * mean * np.sqrt(np.exp(0.25) - 1), rtol=1e-6)


def test_costs_of_several_distributions_are_each_their_own():
    ends = np.array([[100, 200, 600], [100, 200, 600], [50, 50, 50], [53.2, 80, 112.1]]).T
    shapes = ["triangular", "pert", "lognormal", "gamma"]
    cost = event_cost(4, 1, *ends, shapes=shapes, simulation=draws(100_000))
    alone = [
        event_cost(4, 1, *ends[:, at], shapes=[name], simulation=draws(1000))
        for at, name in enumerate(shapes)
    ]
    assert_allclose(cost.mean, sum(part.mean for part in alone))
    assert_allclose(cost.parts.se, [float(part.total.se) for part in alone])
    assert cost.agrees


def test_a_mean_and_limits_that_no_such_cost_has_are_told():
    assert fit_fault("lognormal", 3200, 4500, 7000) == ""
    assert fit_fault("gamma", 3200, 4500, 6000) == ""
    assert "95% limits, but these would be" in fit_fault("lognormal", 3200, 6500, 7000)
    assert "95% limits, but these would be" in fit_fault("gamma", 10, 100, 600)
    assert "low is 0, but a gamma cost is above zero" in fit_fault("gamma", 0, 100, 200)
    assert fit_fault("triangular", 0, 0, 7) == fit_fault("lognormal", 5, 5, 5) == ""
    with pytest.raises(InputError, match=r"cost 1 \(counting from 0\): low is 0, but a log-normal"):
        event_cost(1, 0, [1, 0], [2, 1], [3, 2], shapes=["pert", "lognormal"], simulation=draws())
    with pytest.raises(ParameterError, match="shapes='normal' is not known"):
        event_cost(1, 0, 1, 2, 3, shapes=["normal"], simulation=draws())
    with pytest.raises(ParameterError, match="for each of 2 costs"):
        event_cost(1, 0, [1, 1], [2, 2], [3, 3], shapes=["gamma"], simulation=draws())


def test_what_cannot_be_drawn_is_refused_before_drawing():
    ends = (1, 0, 1, 2, 3)
    with pytest.raises(ParameterError, match="simulation=42: expected Simulation"):
        event_cost(*ends, simulation=42)
    for confidence in (95, 1, "95%"):
        with pytest.raises(ParameterError, match="expected a fraction between 0 and 1"):
            event_cost(*ends, simulation=draws(), confidence=confidence)
    with pytest.raises(ParameterError, match=r"draws=1000: too few for confidence=0\.9999"):
        event_cost(*ends, simulation=draws(1000), confidence=0.9999)


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
        shapes = rng.choice(["triangular", "pert"], len(low)).tolist()
        chance = draws(2000, seed)
        cost = event_cost(events, se, low, central, high, shapes=shapes, simulation=chance)
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
