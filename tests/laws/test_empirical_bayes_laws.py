"""What holds of smoothed rates, whatever the areas."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import empirical_bayes

Areas = tuple[np.ndarray, np.ndarray]
KINDS = st.sampled_from(["rate", "proportion"])


@st.composite
def areas(draw: st.DrawFn) -> Areas:
    """Draw counts and people of 10 to 25 areas, with some events and some without."""
    size = draw(st.integers(10, 25))
    people = draw(hnp.arrays(int, size, elements=st.integers(2, 5000)))
    share = draw(hnp.arrays(float, size, elements=st.floats(0, 1, width=32)))
    count = np.floor(people * share)
    count[0] = 1
    return count, people.astype(float)


@given(areas(), KINDS)
def test_each_lies_between_its_own_rate_and_the_average(data: Areas, kind: str) -> None:
    count, people = data
    smoothed = empirical_bayes(count, people, kind=kind)
    raw, value = count / people, smoothed.estimate.value
    assert (value >= np.minimum(raw, smoothed.average) - 1e-12).all()
    assert (value <= np.maximum(raw, smoothed.average) + 1e-12).all()
    assert ((smoothed.own_weight >= 0) & (smoothed.own_weight <= 1)).all()


@given(areas(), KINDS)
def test_limits_are_in_order_and_possible(data: Areas, kind: str) -> None:
    found = empirical_bayes(*data, kind=kind).estimate
    assert (found.lower >= 0).all()
    assert (found.lower <= found.upper).all()
    assert kind == "rate" or (found.upper <= 1).all()


@given(areas(), KINDS, st.floats(0.01, 1000))
def test_what_a_rate_is_per_changes_nothing_else(data: Areas, kind: str, times: float) -> None:
    once = empirical_bayes(*data, kind=kind)
    many = empirical_bayes(*data, kind=kind, multiplier=times)
    for name in ("value", "lower", "upper", "se"):
        assert_allclose(getattr(many.estimate, name), times * getattr(once.estimate, name))
    assert_allclose(many.own_weight, once.own_weight)


@given(areas(), st.permutations(range(10)))
def test_the_order_of_areas_means_nothing(data: Areas, order: list[int]) -> None:
    order = [*order, *range(10, len(data[0]))]
    here = empirical_bayes(*data, kind="rate").estimate
    there = empirical_bayes(data[0][order], data[1][order], kind="rate").estimate
    assert_allclose(there.value, here.value[order], rtol=1e-9)
    assert_allclose(there.upper, here.upper[order], rtol=1e-6)


@given(areas())
def test_a_share_and_what_is_left_of_it_are_smoothed_alike(data: Areas) -> None:
    count, people = data
    share = empirical_bayes(count, people, kind="proportion").estimate
    rest = empirical_bayes(people - count, people, kind="proportion").estimate
    assert_allclose(rest.value, 1 - share.value, rtol=1e-9, atol=1e-12)
    assert_allclose(rest.lower, 1 - share.upper, rtol=1e-5, atol=1e-7)
