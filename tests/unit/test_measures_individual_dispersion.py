"""Gini and Atkinson: by hand, against the definition, and for samples of people."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import atkinson, gini

RNG = np.random.default_rng(11)
INCOMES = RNG.lognormal(3, 0.8, 60)
WEIGHTS = RNG.integers(1, 9, 60)
EPSILONS = (0.25, 0.5, 1.0, 2.0, 5.0)


def by_pairs(value: np.ndarray) -> float:
    """Gini coefficient straight from its definition: mean distance of all pairs."""
    return np.abs(value[:, None] - value).mean() / (2 * value.mean())


def test_gini_by_hand():
    assert_allclose(gini([1, 3]).value, 0.25)
    assert gini([0, 0, 0, 1]).value == 0.75
    assert gini([0, 0, 0, 1], correction=True).value == 1
    assert gini([5, 5, 5]).value == 0


def test_gini_is_the_mean_distance_of_all_pairs():
    assert_allclose(gini(INCOMES).value, by_pairs(INCOMES), rtol=1e-12)
    repeated = np.repeat(INCOMES, WEIGHTS)
    assert_allclose(gini(INCOMES, WEIGHTS).value, by_pairs(repeated), rtol=1e-12)
    assert_allclose(gini(INCOMES, WEIGHTS / 1e9).value, by_pairs(repeated), rtol=1e-12)


def test_correction_leaves_a_sample_without_bias():
    samples = RNG.exponential(1, (40_000, 8))
    assert_allclose(gini(samples, correction=True).value.mean(), 0.5, atol=0.005)
    assert gini(samples).value.mean() < 0.45


def test_ties_and_the_order_of_rows_change_nothing():
    value, weight = np.array([3.0, 1, 3, 2, 1]), np.array([1.0, 2, 3, 4, 5])
    turned = gini(value[::-1], weight[::-1], sample=True)
    found = gini(value, weight, sample=True)
    assert_allclose([found.value, found.se], [turned.value, turned.se])


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_atkinson_is_what_could_be_given_up(epsilon):
    repeated = np.repeat(INCOMES, WEIGHTS)
    if epsilon == 1:
        alike = np.exp(np.log(repeated).mean())
    else:
        alike = (repeated ** (1 - epsilon)).mean() ** (1 / (1 - epsilon))
    expected = 1 - alike / repeated.mean()
    assert_allclose(atkinson(INCOMES, WEIGHTS, epsilon=epsilon).value, expected, rtol=1e-12)


def test_atkinson_is_smooth_at_one():
    at, near = (atkinson(INCOMES, epsilon=e).value for e in (1.0, 1 + 1e-9))
    assert_allclose(at, near, rtol=1e-8)


def test_small_weights_and_large_powers_lose_nothing():
    assert_allclose(atkinson([1.0, 4], [1e-70, 1e-70]).value, 0.2)
    many = np.full(100_000, 1e-3)
    assert_allclose(atkinson(np.tile([1.0, 4], 50_000), many).value, 0.2)
    assert_allclose(atkinson([1.0, 4], epsilon=2000).value, 1 - 1 / 2.5, rtol=1e-3)
    assert_allclose(atkinson([1e-70, 4e-70], epsilon=3).value, atkinson([1, 4], epsilon=3).value)


def test_with_somebody_at_zero():
    assert_allclose(atkinson([0, 4], epsilon=0.5).value, 0.5)
    for epsilon in (1, 2):
        found = atkinson([0, 4], epsilon=epsilon, se=[0.1, 0.1])
        assert found.value == 1
        assert np.isnan([found.lower, found.upper, found.se]).all()
        assert atkinson([0, 1, 4], [0, 1, 1], epsilon=epsilon).value < 0.5


SAMPLED = {
    "gini": gini,
    "weighted": lambda value, **options: gini(value, 1 + value % 1, **options),
    "epsilon 1/2": lambda value, **options: atkinson(value, epsilon=0.5, **options),
    "epsilon 1": lambda value, **options: atkinson(value, epsilon=1, **options),
    "epsilon 2": lambda value, **options: atkinson(value, epsilon=2, **options),
}


@pytest.mark.parametrize("measure", SAMPLED.values(), ids=SAMPLED)
def test_linearised_errors_agree_with_simulation_and_the_jackknife(measure):
    samples = np.random.default_rng(3).lognormal(0, 0.5, (4000, 300))
    found = measure(samples, sample=True)
    assert_allclose(found.se.mean(), found.value.std(), rtol=0.05)
    one = samples[0]
    without = np.stack([np.delete(one, i) for i in range(one.size)])
    left = measure(without).value
    jackknife = np.sqrt((one.size - 1) / one.size * ((left - left.mean()) ** 2).sum())
    assert_allclose(found.se[0], jackknife, rtol=0.02)


@pytest.mark.parametrize("measure", [gini, atkinson])
def test_errors_of_groups_agree_with_simulation(measure):
    rng = np.random.default_rng(5)
    value, people = np.array([200.0, 280, 340, 450, 610]), np.array([1.0, 2, 1, 2, 1])
    error = np.array([6.0, 5, 8, 9, 12])
    simulated = measure(rng.normal(value, error, (20_000, 5)), people).value.std()
    assert_allclose(measure(value, people, se=error).se, simulated, rtol=0.03)


@pytest.mark.parametrize("measure", [gini, atkinson])
def test_a_batch_and_no_limits_unless_asked(measure):
    batch = measure(np.stack([INCOMES, INCOMES[::-1]]), WEIGHTS)
    assert batch.value.shape == batch.lower.shape == (2,)
    assert_allclose(batch[0].value, measure(INCOMES, WEIGHTS).value)
    assert np.isnan(batch.se).all()


@pytest.mark.parametrize("measure", [gini, atkinson])
def test_refusals(measure):
    with pytest.raises(InputError, match="value: 1 of 2 not zero or above"):
        measure([-1, 2])
    with pytest.raises(InputError, match="Nothing is shared"):
        measure([0, 0, 3], [1, 1, 0])
    with pytest.raises(InputError, match="1 values found, at least 2"):
        measure([3])
    with pytest.raises(InputError, match="value: 1 of 2 not a number"):
        measure([np.nan, 2])
    with pytest.raises(InputError, match="weight: 1 of 2 not zero or above"):
        measure([1, 2], [1, -1])
    with pytest.raises(InputError, match="sum of the weights"):
        measure([1, 2], [0, 0])
    with pytest.raises(ParameterError, match="expected one of them"):
        measure([1, 2], se=[1, 1], sample=True)


@pytest.mark.parametrize("epsilon", [0, -1, np.nan, np.inf])
def test_an_aversion_not_above_zero_is_refused(epsilon):
    with pytest.raises(ParameterError, match="above zero"):
        atkinson([1, 2], epsilon=epsilon)
