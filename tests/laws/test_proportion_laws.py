"""What must hold of every measure of proportions, and of the family of entropies."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate
from ineqlib.measures import (
    PROPORTIONS,
    Measure,
    atkinson,
    cov,
    generalised_entropy,
    mean_log_deviation,
    theil_index,
)

Groups = tuple[np.ndarray, np.ndarray, np.ndarray]
OPTIONS = {"erreygers": {"bounds": (0, 1)}, "wagstaff": {"bounds": (0, 1)}}
every_measure = pytest.mark.parametrize("measure", PROPORTIONS.values(), ids=list(PROPORTIONS))


@st.composite
def groups(draw: st.DrawFn, low: float = 0.0625) -> Groups:
    """Draw proportions, populations and standard errors of 5 to 12 groups."""
    size = draw(st.integers(5, 12))

    def numbers(least: float, most: float) -> np.ndarray:
        return draw(hnp.arrays(float, size, elements=st.floats(least, most, width=32)))

    return numbers(low, 0.9375), numbers(1, 1000), numbers(0.0009765625, 0.015625)


def apply(measure: Measure, data: Groups) -> Estimate:
    value, population, se = data
    arguments = (value, population) if measure.weighted else (value,)
    return measure.function(*arguments, se=se, **OPTIONS.get(measure.name, {}))


def parts(estimate: Estimate) -> np.ndarray:
    return np.stack([estimate.value, estimate.lower, estimate.upper])


def turned(measure: Measure, estimate: Estimate) -> np.ndarray:
    """Return value, lower and upper limit of the same gap seen the other way round."""
    three = parts(estimate)[[0, 2, 1]]
    return 1 / three if measure.at_equality == 1 else -three


@every_measure
@given(data=groups(), level=st.floats(0.1, 0.9))
def test_at_equality(measure: Measure, data: Groups, level: float) -> None:
    flat = (np.full_like(data[0], level), data[1], data[2])
    assert_allclose(apply(measure, flat).value, measure.at_equality, atol=1e-9)


@every_measure
@given(data=groups(), k=st.floats(0.001, 1000))
def test_populations_times_k(measure: Measure, data: Groups, k: float) -> None:
    value, population, se = data
    assert_allclose(
        parts(apply(measure, (value, k * population, se))), parts(apply(measure, data)), rtol=1e-6
    )


@every_measure
@given(data=groups())
def test_the_other_way_round_it_turns(measure: Measure, data: Groups) -> None:
    other = apply(measure, tuple(part[::-1] for part in data))
    assert_allclose(parts(other), turned(measure, apply(measure, data)), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ["odds_ratio", "sii_logistic", "erreygers", "wagstaff"])
@given(data=groups())
def test_counting_those_without_changes_the_sign_alone(name: str, data: Groups) -> None:
    measure, (value, population, se) = PROPORTIONS[name], data
    other = apply(measure, (1 - value, population, se))
    assert_allclose(parts(other), turned(measure, apply(measure, data)), rtol=1e-6, atol=1e-7)


@every_measure
@given(data=groups())
def test_a_batch_is_its_problems_one_by_one(measure: Measure, data: Groups) -> None:
    batch = parts(apply(measure, tuple(np.stack([part, part[::-1]]) for part in data)))
    assert_allclose(batch[:, 0], parts(apply(measure, data)), rtol=1e-6, atol=1e-9)


@every_measure
@given(data=groups())
def test_limits_hold_the_estimate(measure: Measure, data: Groups) -> None:
    estimate = apply(measure, data)
    assert estimate.lower < estimate.value < estimate.upper


@every_measure
@given(
    size=st.integers(2, 6),
    quarters=st.lists(st.sampled_from([-1, 0, 0, 0, 1, 2, 4, 4, 4, 5]), min_size=6, max_size=6),
)
def test_needs_are_what_the_function_asks_of_groups(
    measure: Measure, size: int, quarters: list[int]
) -> None:
    value, population = np.array(quarters[:size]) / 4, np.arange(1.0, size + 1)
    options = OPTIONS.get(measure.name, {})
    met = size >= measure.least_groups and all(
        need.is_met(value, population, options) for need in measure.needs
    )
    arguments = (value, population) if measure.weighted else (value,)
    if met:
        assert np.isfinite(measure.function(*arguments, **options).value)
    else:
        with pytest.raises(InputError):
            measure.function(*arguments, **options)


@given(groups())
def test_entropies_are_one_family(data: Groups) -> None:
    value, population, se = data

    def entropy(alpha: float) -> np.ndarray:
        return parts(generalised_entropy(value, population, alpha=alpha, se=se))

    assume(np.ptp(value) > 0.01)
    assert_allclose(entropy(0), parts(mean_log_deviation(value, population, se=se)))
    assert_allclose(entropy(1), parts(theil_index(value, population, se=se)))
    # Numbers near those agree with them, so that their formulas meet.
    assert_allclose(entropy(1e-5), entropy(0), rtol=1e-3, atol=1e-6)
    assert_allclose(entropy(1 + 1e-5), entropy(1), rtol=1e-3, atol=1e-6)
    assert_allclose(entropy(2)[0], cov(value, population).value ** 2 / 2, rtol=1e-9)
    aversion = atkinson(value, population, epsilon=0.5).value
    assert_allclose(1 - (1 - entropy(0.5)[0] / 4) ** 2, aversion, rtol=1e-9)
