"""What ties the measures of dispersion to one another, and what must change none of them."""

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import (
    atkinson,
    bgsd,
    bgv,
    cov,
    gini,
    idis,
    mdb,
    mdm,
    mdr,
    mean_log_deviation,
    theil_index,
)

Groups = tuple[np.ndarray, np.ndarray, np.ndarray]
MEASURES = {
    "bgv": bgv,
    "bgsd": bgsd,
    "cov": cov,
    "theil_index": theil_index,
    "mean_log_deviation": mean_log_deviation,
    "mdm": mdm,
    "mdm, groups alike": partial(mdm, weighted=False),
    "idis": idis,
    "mdb": partial(mdb, best="highest"),
    "mdr": partial(mdr, reference=0),
    "gini": gini,
    "atkinson": partial(atkinson, epsilon=0.5),
}
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


@st.composite
def groups(draw: st.DrawFn) -> Groups:
    """Draw values, populations and standard errors of 2 to 12 groups."""
    size = draw(st.integers(2, 12))

    def numbers(low: float, high: float) -> np.ndarray:
        return draw(hnp.arrays(float, size, elements=st.floats(low, high, width=32)))

    return numbers(1, 100), numbers(1, 1000), numbers(0.125, 5)


@pytest.mark.parametrize("measure", [m for name, m in MEASURES.items() if name != "mdr"])
@given(data=groups(), seed=st.integers(0, 99))
def test_the_order_of_groups_changes_nothing(measure, data, seed):
    order = np.random.default_rng(seed).permutation(data[0].size)
    value, population, se = (part[order] for part in data)
    before, after = measure(*data[:2], se=data[2]), measure(value, population, se=se)
    for field in ("value", "lower", "upper"):
        assert_allclose(getattr(after, field), getattr(before, field), rtol=1e-6, atol=1e-6)


@every_measure
@given(data=groups())
def test_limits_hold_the_value_and_are_never_below_zero(measure, data):
    value, population, se = data
    for confidence in (0.5, 0.95, 0.998):
        found = measure(value, population, se=se, confidence=confidence)
        assert 0 <= found.lower <= found.value * (1 + 1e-12)
        assert found.value <= found.upper


@every_measure
@given(data=groups())
def test_twice_the_errors_never_tell_groups_better_apart(measure, data):
    value, population, se = data
    assert (
        measure(value, population, se=2 * se).lower
        <= measure(value, population, se=se).lower + 1e-9
    )


@given(data=groups())
def test_what_ties_them_together(data):
    value, population, _ = data
    mean = np.average(value, weights=population)
    spread = bgsd(value, population).value
    assert_allclose(spread**2, bgv(value, population).value, atol=1e-9)
    assert_allclose(cov(value, population).value, spread / mean, atol=1e-9)
    assert_allclose(idis(value, population).value, mdm(value, population).value / mean, atol=1e-9)
    log_deviation = mean_log_deviation(value, population).value
    assert_allclose(atkinson(value, population).value, -np.expm1(-log_deviation), atol=1e-9)
    assert mdm(value, population).value <= spread + 1e-9
    assert_allclose(mdb(value, population, best="highest").value, value.max() - mean, atol=1e-4)
    assert mdm(value, population).value <= 2 * mean * gini(value, population).value + 1e-9


@given(data=groups())
def test_the_worst_of_adverse_values_is_the_best_turned_over(data):
    value, population, se = data
    high = mdb(value, population, se=se, best="highest")
    low = mdb(-value, population, se=se, best="lowest")
    assert_allclose([low.value, low.lower, low.upper], [high.value, high.lower, high.upper])


@given(data=groups())
def test_distance_from_the_end_group_is_that_from_the_best(data):
    value, population, _ = data
    top = int(value.argmax())
    from_top = mdr(value, population, reference=top).value
    assert_allclose(from_top, mdb(value, population, best="highest").value, atol=1e-9)


@given(data=groups(), at=st.integers(2, 6))
def test_theil_and_log_deviation_add_up_within_and_between(data, at):
    value, population, _ = data
    assume(2 <= at <= value.size - 2)
    parts = [slice(None, at), slice(at, None)]
    people = np.array([population[part].sum() for part in parts])
    means = np.array([np.average(value[part], weights=population[part]) for part in parts])
    for measure, weight in ((theil_index, people * means), (mean_log_deviation, people)):
        within = [measure(value[part], population[part]).value for part in parts]
        total = measure(means, people).value + np.average(within, weights=weight)
        assert_allclose(measure(value, population).value, total, atol=1e-9)


@given(data=groups(), aversion=st.floats(0.1, 4))
def test_more_aversion_sees_more_inequality(data, aversion):
    value, population, _ = data
    less, more = (atkinson(value, population, epsilon=e).value for e in (aversion, aversion + 0.5))
    assert 0 <= less <= more + 1e-12 <= 1 + 1e-12
