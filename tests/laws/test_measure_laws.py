"""What must hold of every measure of inequality, whatever the data.

The registry says which measures there are; the table below says which laws each obeys, and a
measure without a row fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.estimate import Estimate
from ineqlib.measures import REGISTRY, Measure, gradient_checks


@dataclass(frozen=True)
class Laws:
    """How a measure answers; False where there is no law."""

    power: int
    """Values times k multiply the measure by k to this power; 0 leaves it as it is."""
    ignores_constant: bool
    """Values plus c leave it as it is."""
    ignores_split: bool
    """Splitting a group in two alike leaves it as it is."""
    reversal: str = "turns"
    """Groups in reverse order: it "turns" (minus or one over), stays the "same", or no law: "none".
    """


LAWS = {
    "difference": Laws(power=1, ignores_constant=True, ignores_split=True),
    "ratio": Laws(power=0, ignores_constant=False, ignores_split=True),
    "sii": Laws(power=1, ignores_constant=True, ignores_split=False),
    "rii": Laws(power=0, ignores_constant=False, ignores_split=False),
    "par": Laws(power=1, ignores_constant=True, ignores_split=False, reversal="none"),
    "paf": Laws(power=0, ignores_constant=False, ignores_split=False, reversal="none"),
    "aci": Laws(power=1, ignores_constant=True, ignores_split=False),
    "rci": Laws(power=0, ignores_constant=False, ignores_split=False),
}

Groups = tuple[np.ndarray, np.ndarray, np.ndarray]


def each(names: Iterable[str]) -> pytest.MarkDecorator:
    """Run a test for each of the named measures."""
    names = list(names)
    return pytest.mark.parametrize("measure", [REGISTRY[name] for name in names], ids=names)


every_measure = each(REGISTRY)
Z95 = 1.959963984540054


@st.composite
def groups(draw: st.DrawFn) -> Groups:
    """Draw values, populations and standard errors of 5 to 12 groups, or of a batch of them."""
    shape = (*draw(st.sampled_from([(), (3,)])), draw(st.integers(5, 12)))

    def numbers(low: float, high: float) -> np.ndarray:
        return draw(hnp.arrays(float, shape, elements=st.floats(low, high, width=32)))

    return numbers(20, 100), numbers(1, 1000), numbers(0.125, 1)


def apply(measure: Measure, data: Groups, **options: float) -> Estimate:
    """Call the measure, leaving out data for which a relative index does not exist."""
    found = apply_anyway(measure, data, **options)
    assume(np.isfinite(found.lower).all())
    return found


def apply_anyway(measure: Measure, data: Groups, **options: float) -> Estimate:
    """Call the measure, also where it has a value but no limits."""
    value, population, se = data
    if measure.name == "rii":
        assume(gradient_checks(value, population).rii_defined.all())
    arguments = (value, population) if measure.weighted else (value,)
    return measure.function(*arguments, se=se, **options)


def limits(estimate: Estimate) -> np.ndarray:
    return np.stack([estimate.value, estimate.lower, estimate.upper])


def alike(found: np.ndarray, expected: np.ndarray) -> None:
    assert_allclose(found, expected, rtol=1e-7, atol=1e-7)


def test_every_measure_has_its_laws():
    assert LAWS.keys() == REGISTRY.keys()


@every_measure
def test_the_registry_tells_the_truth(measure):
    assert measure.kind == ("absolute" if LAWS[measure.name].power else "relative")
    assert measure.at_equality in ((0,) if measure.kind == "absolute" else (0, 1))
    assert measure.ordered == (LAWS[measure.name].reversal != "same")
    assert measure.function.__name__ == measure.name
    assert measure.sentence.endswith(".")


@every_measure
@given(data=groups(), level=st.floats(1, 100))
def test_at_equality(measure, data, level):
    flat = (np.full_like(data[0], level), data[1], data[2] / 1000)
    assert_allclose(apply_anyway(measure, flat).value, measure.at_equality, atol=1e-9)


@every_measure
@given(data=groups(), k=st.floats(0.01, 1000))
def test_values_times_k(measure, data, k):
    value, population, se = data
    times = k ** LAWS[measure.name].power
    expected = limits(apply(measure, data)) * times
    found = limits(apply(measure, (value * k, population, se * k)))
    assert_allclose(found, expected, rtol=1e-7, atol=1e-7 * max(times, 1))


@every_measure
@given(data=groups(), constant=st.floats(1, 100))
def test_values_plus_a_constant(measure, data, constant):
    value, population, se = data
    before = apply(measure, data)
    after = apply(measure, (value + constant, population, se))
    if LAWS[measure.name].ignores_constant:
        alike(limits(after), limits(before))
    else:
        size = np.abs if measure.at_equality == 0 else lambda ratio: np.abs(np.log(ratio))
        nearer = size(after.value) <= size(before.value) + 1e-9
        assert nearer.all(), "what all have in common makes a relative measure nearer equality"


@every_measure
@given(data=groups(), k=st.floats(0.001, 1000))
def test_populations_times_k(measure, data, k):
    value, population, se = data
    alike(limits(apply(measure, (value, population * k, se))), limits(apply(measure, data)))


@each(name for name, laws in LAWS.items() if laws.reversal != "none")
@given(data=groups())
def test_order_reversed(measure, data):
    before = apply(measure, data)
    after = apply(measure, tuple(part[..., ::-1] for part in data))
    if LAWS[measure.name].reversal == "same":
        expected = limits(before)
    else:
        assume((before.lower > 0).all() or measure.at_equality == 0)
        turned = np.negative if measure.at_equality == 0 else np.reciprocal
        expected = turned(np.stack([before.value, before.upper, before.lower]))
    assert_allclose(limits(after), expected, rtol=1e-6, atol=1e-7)


@each(name for name, laws in LAWS.items() if laws.ignores_split)
@given(data=groups(), at=st.integers(0, 4), share=st.floats(0.1, 0.9))
def test_a_group_split_in_two_alike(measure, data, at, share):
    value, population, se = (np.insert(part, at, part[..., at], axis=-1) for part in data)
    population[..., at] *= share
    population[..., at + 1] *= 1 - share
    alike(limits(apply(measure, (value, population, se))), limits(apply(measure, data)))


@every_measure
@given(data=groups())
def test_limits_hold_the_estimate_and_widen_with_confidence(measure, data):
    narrow, wide = apply(measure, data), apply(measure, data, confidence=0.998)
    for found in (narrow, wide):
        assert (found.lower <= found.value).all()
        assert (found.value <= found.upper).all()
    assert (wide.lower < narrow.lower).all()
    assert (wide.upper > narrow.upper).all()


@each(name for name, measure in REGISTRY.items() if measure.kind == "absolute")
@given(data=groups())
def test_symmetric_limits_are_the_standard_error_apart(measure, data):
    found = apply(measure, data)
    alike((found.upper - found.lower) / (2 * Z95), found.se)


@every_measure
@settings(max_examples=30)
@given(data=groups())
def test_a_batch_is_its_problems_one_by_one(measure, data):
    batch = apply(measure, tuple(np.stack([part, part[..., ::-1]]) for part in data))
    alike(limits(batch[0]), limits(apply(measure, data)))
