"""What must hold of every measure of inequality, whatever the data.

The registry says which measures there are; the table below says which laws each obeys, and a
measure without a row fails.
"""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate
from ineqlib.measures import REGISTRY, Measure


@dataclass(frozen=True)
class Laws:
    """How a measure answers."""

    power: int
    """Values times k multiply it by k to this power: 0 relative, 1 in the unit, 2 in its square."""
    ignores_constant: bool
    """Values plus c leave it as it is; otherwise they bring it nearer equality."""
    ignores_split: bool
    """Splitting a group in two alike leaves it as it is; otherwise there is no law."""
    reversed: str | None
    """The other way round it "turns" (sign, or reciprocal), is the "same", or has no law."""
    limits: str = "hold"
    """"even" either side, "hold" the estimate, or are "corrected" for chance and need not."""


GAP = Laws(1, ignores_constant=True, ignores_split=True, reversed="turns", limits="even")
SPREAD = Laws(1, ignores_constant=True, ignores_split=True, reversed="same", limits="corrected")
RELATIVE_SPREAD = replace(SPREAD, power=0, ignores_constant=False)

LAWS = {
    "difference": GAP,
    "ratio": Laws(0, ignores_constant=False, ignores_split=True, reversed="turns"),
    "sii": replace(GAP, ignores_split=False),
    "rii": Laws(0, ignores_constant=False, ignores_split=False, reversed="turns"),
    "par": replace(GAP, reversed=None),
    "paf": Laws(0, ignores_constant=False, ignores_split=True, reversed=None),
    "aci": GAP,
    "rci": Laws(0, ignores_constant=False, ignores_split=True, reversed="turns"),
    "bgv": replace(SPREAD, power=2),
    "bgsd": SPREAD,
    "cov": RELATIVE_SPREAD,
    "theil_index": RELATIVE_SPREAD,
    "mean_log_deviation": RELATIVE_SPREAD,
    "generalised_entropy": RELATIVE_SPREAD,
    "mdm": SPREAD,
    "idis": RELATIVE_SPREAD,
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
    """Call the measure, leaving out data that do not meet its needs."""
    value, population, se = data
    for need in measure.needs:
        assume(need.is_met(value, population, defaults(measure)).all())
    arguments = (value, population) if measure.weighted else (value,)
    return measure.function(*arguments, se=se, **options)


def defaults(measure: Measure) -> dict[str, object]:
    """What the measure's options are where nobody sets them."""
    return {
        parameter.name: parameter.default
        for parameter in inspect.signature(measure.function).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY
    }


def options_with_needs(measure: Measure) -> list[dict[str, str]]:
    """No options, and each option that brings needs of its own."""
    brings = dict.fromkeys(need.when for need in measure.needs if need.when)
    return [{}, *({option: word} for option, word in brings if defaults(measure)[option] != word)]


def bounded(estimate: Estimate) -> Estimate:
    """Leave out data for which there are no limits."""
    assume(np.isfinite(limits(estimate)).all())
    return estimate


def from_equality(measure: Measure, estimate: Estimate) -> np.ndarray:
    """How far the value is from the one at equality; ratios in logs."""
    return np.abs(np.log(estimate.value) if measure.at_equality == 1 else estimate.value)


def limits(estimate: Estimate) -> np.ndarray:
    return np.stack([estimate.value, estimate.lower, estimate.upper])


def alike(found: np.ndarray, expected: np.ndarray) -> None:
    assert_allclose(found, expected, rtol=1e-7, atol=1e-7)


def test_every_measure_has_its_laws():
    assert LAWS.keys() == REGISTRY.keys()


@every_measure
def test_the_registry_tells_the_truth(measure):
    power = LAWS[measure.name].power
    assert measure.kind == ("relative" if power == 0 else "absolute")
    assert measure.squared == (power == 2)
    assert measure.at_equality in ((0, 1) if power == 0 else (0,))
    assert measure.ordered == (LAWS[measure.name].reversed != "same")
    assert measure.sentence.endswith(".")


@every_measure
@given(data=groups(), level=st.floats(1, 100))
def test_at_equality(measure, data, level):
    flat = (np.full_like(data[0], level), data[1], data[2] / 1000)
    assert_allclose(apply(measure, flat).value, measure.at_equality, atol=1e-6)


@every_measure
@given(data=groups(), k=st.floats(0.01, 1000))
def test_values_times_k(measure, data, k):
    value, population, se = data
    factor = k ** LAWS[measure.name].power
    expected = limits(bounded(apply(measure, data))) * factor
    found = limits(apply(measure, (value * k, population, se * k)))
    assert_allclose(found, expected, rtol=1e-7, atol=1e-7 * max(factor, 1))


@every_measure
@given(data=groups(), constant=st.floats(1, 100))
def test_values_plus_a_constant(measure, data, constant):
    value, population, se = data
    before = apply(measure, data)
    after = apply(measure, (value + constant, population, se))
    if LAWS[measure.name].ignores_constant:
        alike(limits(bounded(after)), limits(bounded(before)))
    else:
        nearer = from_equality(measure, after) <= from_equality(measure, before) + 1e-9
        assert nearer.all(), "what all have in common makes relative inequality smaller"


@every_measure
@given(data=groups(), k=st.floats(0.001, 1000))
def test_populations_times_k(measure, data, k):
    value, population, se = data
    before = bounded(apply(measure, data))
    alike(limits(apply(measure, (value, population * k, se))), limits(before))


@each(name for name, laws in LAWS.items() if laws.reversed)
@given(data=groups())
def test_order_reversed(measure, data):
    before = bounded(apply(measure, data))
    after = limits(apply(measure, tuple(part[..., ::-1] for part in data)))
    expected = limits(before)
    if LAWS[measure.name].reversed == "turns":
        assume((before.lower > 0).all() or measure.at_equality == 0)
        turned = np.reciprocal if measure.at_equality == 1 else np.negative
        expected = turned(expected[[0, 2, 1]])
    assert_allclose(after, expected, rtol=1e-6, atol=1e-7)


@each(name for name, laws in LAWS.items() if laws.ignores_split)
@given(data=groups(), at=st.integers(0, 4), share=st.floats(0.1, 0.9))
def test_a_group_split_in_two_alike(measure, data, at, share):
    value, population, se = (np.insert(part, at, part[..., at], axis=-1) for part in data)
    population[..., at] *= share
    population[..., at + 1] *= 1 - share
    alike(apply(measure, (value, population, se)).value, apply(measure, data).value)


@every_measure
@given(data=groups())
def test_limits_hold_the_estimate_and_widen_with_confidence(measure, data):
    narrow = bounded(apply(measure, data))
    wide = bounded(apply(measure, data, confidence=0.998))
    if LAWS[measure.name].limits != "corrected":
        for found in (narrow, wide):
            assert (found.lower <= found.value).all()
            assert (found.value <= found.upper).all()
    assert (wide.lower <= narrow.lower).all()
    assert (wide.upper >= narrow.upper).all()
    assert (wide.upper - wide.lower > narrow.upper - narrow.lower).all()


@each(name for name, laws in LAWS.items() if laws.limits == "even")
@given(data=groups())
def test_symmetric_limits_are_the_standard_error_apart(measure, data):
    found = apply(measure, data)
    alike((found.upper - found.lower) / (2 * Z95), found.se)


@pytest.mark.parametrize(
    ("measure", "options"),
    [
        (measure, options)
        for measure in REGISTRY.values()
        for options in options_with_needs(measure)
    ],
    ids=lambda part: getattr(part, "name", None) or "-".join(map(str, part.values())) or "default",
)
@given(
    size=st.integers(2, 6),
    quarters=st.lists(st.integers(-20, 200), min_size=6, max_size=6),
    unit=st.sampled_from([1, 0.01]),
    zero=st.booleans(),
)
def test_needs_are_what_the_function_asks_of_groups(measure, options, size, quarters, unit, zero):
    value, population = np.array(quarters[:size]) / 4 * unit, np.arange(1.0, size + 1)
    value[0] = 0 if zero else value[0]
    met = size >= measure.least_groups and all(
        need.is_met(value, population, {**defaults(measure), **options}) for need in measure.needs
    )
    arguments = (value, population) if measure.weighted else (value,)
    if met:
        assert np.isfinite(measure.function(*arguments, **options).value)
    else:
        with pytest.raises(InputError):
            measure.function(*arguments, **options)


@every_measure
@given(data=groups())
def test_a_batch_is_its_problems_one_by_one(measure, data):
    batch = bounded(apply(measure, tuple(np.stack([part, part[..., ::-1]]) for part in data)))
    alike(limits(batch[0]), limits(apply(measure, data)))
