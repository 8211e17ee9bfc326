"""Simulated limits: near the exact ones, the same for the same generator, in little memory."""

import tracemalloc

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit
from scipy.stats import norm

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    Simulation,
    rii,
    rii_simulated,
    sii,
    sii_simulated,
    simulated_slopes,
    simulation_spread,
)

VALUE = np.array([0.50, 0.45, 0.38, 0.33, 0.29, 0.25, 0.22, 0.20, 0.18, 0.15])
PEOPLE = np.arange(10.0) + 5
ERROR = np.full(10, 0.02)
PAIRS = [(sii_simulated, sii), (rii_simulated, rii)]


def simulated(seed: int = 1, **options) -> Simulation:
    return Simulation(np.random.default_rng(seed), **options)


def limits(estimate) -> np.ndarray:
    return np.stack([estimate.lower, estimate.upper])


@pytest.mark.parametrize("scale", ["linear", "log", "logit"])
@pytest.mark.parametrize(("drawn", "exact"), PAIRS)
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.998])
def test_simulated_limits_come_as_near_the_exact_ones_as_draws_allow(
    drawn, exact, scale, confidence
):
    groups = {"se": ERROR, "scale": scale, "confidence": confidence}
    found = drawn(VALUE, PEOPLE, simulation=simulated(), **groups)
    expected = exact(VALUE, PEOPLE, **groups)
    assert found.value == expected.value
    tail = (1 - confidence) / 2
    monte_carlo = np.sqrt(tail * (1 - tail) / 100_000) / norm.pdf(norm.ppf(tail))
    steepest = np.ptp(limits(expected)) / 2 / -norm.ppf(tail) * 1.5  # limits of ratios are skewed
    assert_allclose(limits(found), limits(expected), rtol=0, atol=4 * monte_carlo * steepest)


@pytest.mark.parametrize("noise", ["log", "logit"])
def test_noise_on_another_scale_is_drawn_there_and_the_line_fitted_to_the_values(noise):
    error = 3 * ERROR
    found = sii_simulated(VALUE, PEOPLE, se=error, simulation=simulated(noise=noise))
    chance = np.random.default_rng(2).standard_normal((100_000, 10))
    if noise == "log":
        draws = VALUE * np.exp(error / VALUE * chance)
    else:
        odds = VALUE / (1 - VALUE)
        draws = expit(np.log(odds) + error / (VALUE * (1 - VALUE)) * chance)
    slopes = sii(draws, PEOPLE).value
    near = 0.06 * slopes.std()
    assert_allclose(limits(found), np.quantile(slopes, [0.025, 0.975]), atol=near, rtol=0)
    other = sii_simulated(VALUE, PEOPLE, se=error, simulation=simulated(noise="linear"))
    assert np.abs(limits(other) - limits(found)).max() > 2 * near


def test_limits_are_order_statistics_at_the_rounded_places():
    found = sii_simulated(VALUE, PEOPLE, se=ERROR, simulation=simulated(draws=1000))
    chance = np.random.default_rng(1).standard_normal((1000, 10))
    slopes = np.sort(sii(VALUE + ERROR * chance, PEOPLE).value)
    assert_allclose(limits(found), slopes[[25 - 1, 975 - 1]], rtol=1e-12)


def test_the_same_generator_gives_the_same_limits_and_is_used_up():
    one = simulated(draws=1000)
    first = sii_simulated(VALUE, PEOPLE, se=ERROR, simulation=one)
    second = sii_simulated(VALUE, PEOPLE, se=ERROR, simulation=one)
    again = sii_simulated(VALUE, PEOPLE, se=ERROR, simulation=simulated(draws=1000))
    assert_array_equal(limits(first), limits(again))
    assert (limits(first) != limits(second)).all()


@pytest.mark.parametrize("block", [3_000, 20_000, 500_000])
@pytest.mark.parametrize(("drawn", "exact"), PAIRS)
def test_a_batch_is_its_problems_in_turn_whatever_the_size_of_a_block(
    drawn, exact, block, monkeypatch
):
    value = VALUE * np.linspace(0.5, 1.5, 6).reshape(2, 3, 1)
    one = simulated(draws=1000, noise="log")
    alone = [limits(drawn(row, PEOPLE, se=ERROR, simulation=one)) for row in value.reshape(6, 10)]
    monkeypatch.setattr(simulated_slopes, "BLOCK", block)
    together = drawn(value, PEOPLE, se=ERROR, simulation=simulated(draws=1000, noise="log"))
    assert together.lower.shape == (2, 3)
    assert_allclose(limits(together).reshape(2, 6), np.transpose(alone), rtol=1e-12)


@pytest.mark.parametrize(("areas", "draws"), [(3000, 1000), (20, 50_000), (1, 1_000_000)])
def test_memory_is_bounded_whatever_the_number_of_areas_and_draws(areas, draws):
    value = np.full((areas, 10), VALUE)
    options = simulated(draws=draws, noise="logit")
    tracemalloc.start()
    try:
        rii_simulated(value, PEOPLE, se=ERROR, simulation=options)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64e6


def test_there_are_no_limits_where_the_deprived_end_cannot_be_told_from_zero():
    rising = np.array([1.0, 2, 3, 4, 5])
    found = rii_simulated(rising, np.ones(5), se=np.ones(5), simulation=simulated(draws=5000))
    exact = rii(rising, np.ones(5), se=np.ones(5))
    assert np.isnan(limits(exact)).all()
    assert np.isnan(limits(found)).all()
    assert found.value == exact.value


def test_spread_is_the_mean_distance_from_the_first_simulation():
    spread = simulation_spread(
        sii_simulated, VALUE, PEOPLE, se=ERROR, simulation=simulated(draws=1000), times=3
    )
    one = simulated(draws=1000)
    first, second, third = (
        limits(sii_simulated(VALUE, PEOPLE, se=ERROR, simulation=one)) for _ in range(3)
    )
    assert_allclose(spread, np.abs([second - first, third - first]).mean())
    more = simulation_spread(sii_simulated, VALUE, PEOPLE, se=ERROR, simulation=simulated())
    assert 0 < more < spread


@pytest.mark.parametrize("rng", [None, 1, np.random.RandomState(1), np.random])
def test_a_seed_or_nothing_is_no_generator(rng):
    with pytest.raises(ParameterError, match="expected a generator"):
        Simulation(rng)


@pytest.mark.parametrize("draws", [999, 1_000_001, 1e5, True, "many"])
def test_draws_are_a_whole_number_within_reason(draws):
    with pytest.raises(ParameterError, match="draws="):
        simulated(draws=draws)


def test_noise_is_a_known_word_and_fits_the_line():
    with pytest.raises(ParameterError, match="Did you mean"):
        simulated(noise="linaer")
    with pytest.raises(ParameterError, match="noise='linear' with scale='log'"):
        sii_simulated(VALUE, PEOPLE, se=ERROR, scale="log", simulation=simulated(noise="linear"))


def test_too_few_draws_for_the_confidence_are_refused():
    with pytest.raises(ParameterError, match=r"too few for confidence=0\.9999"):
        sii_simulated(VALUE, PEOPLE, se=ERROR, simulation=simulated(draws=1000), confidence=0.9999)


def test_what_sii_and_rii_refuse_is_refused_here():
    one = simulated(draws=1000)
    with pytest.raises(InputError, match="se: 1 of 1 not a number"):
        sii_simulated(VALUE, PEOPLE, se=None, simulation=one)
    with pytest.raises(InputError, match="above zero"):
        sii_simulated(VALUE - 0.15, PEOPLE, se=ERROR, simulation=simulated(noise="log"))
    with pytest.raises(InputError, match="a proportion above 0 and below 1"):
        sii_simulated(VALUE * 10, PEOPLE, se=ERROR, simulation=simulated(noise="logit"))
    with pytest.raises(InputError, match="both ends"):
        rii_simulated(VALUE - 0.3, PEOPLE, se=ERROR, simulation=one)
    with pytest.raises(ParameterError, match="times=1"):
        simulation_spread(sii_simulated, VALUE, PEOPLE, times=1)


def test_what_is_no_simulation_is_refused():
    data = {"value": [50, 40, 30, 20, 10], "population": [1] * 5, "se": [1] * 5}
    for function in (sii_simulated, rii_simulated):
        with pytest.raises(ParameterError, match="simulation=42: expected Simulation"):
            function(**data, simulation=42)
    with pytest.raises(ParameterError, match="Exact limits are the same each time"):
        simulation_spread(sii, **data)
