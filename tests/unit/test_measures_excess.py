"""Excess events on numbers that can be worked by hand, and the laws that they keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import excess_events, excess_over_target, paf, par

COUNT, PEOPLE = np.array([60.0, 50, 30, 40]), np.array([1000.0, 2000, 500, 1500])
Z = 1.959963984540054


def test_by_hand():
    # 140 events of the others; their 3,500 people at 40 per 1,500 would have 93 and a third.
    assert_allclose(excess_events(COUNT, PEOPLE).value, 140 - 3500 * 40 / 1500)
    assert_allclose(excess_over_target(200, 25, 20).value, 40)
    assert_allclose(excess_over_target(200, 20, 25).value, -50)


def test_limits_by_hand():
    found = excess_events([1000, 100], [10, 1])  # Byar: 938.97 to 1063.97, and 81.36 to 121.63
    assert_allclose(found.value, 0)
    below, above = 1000 - 938.97, 1063.97 - 1000
    less, more = 100 - 81.36, 121.63 - 100
    assert_allclose(found.lower, -np.hypot(below, 10 * more), rtol=1e-3)
    assert_allclose(found.upper, np.hypot(above, 10 * less), rtol=1e-3)
    target = excess_over_target(200, 25, 20, se=1.5, target_se=2.0)
    assert_allclose([target.lower, target.upper], [40 - Z * 20, 40 + Z * 20])
    assert np.isnan(excess_over_target(200, 25, 20).lower)


def test_it_is_the_attributable_risk_in_events():
    rate = COUNT / PEOPLE
    excess = excess_events(COUNT, PEOPLE).value
    assert_allclose(excess, -par(rate, PEOPLE).value * PEOPLE.sum())
    assert_allclose(excess, -paf(rate, PEOPLE).value * COUNT.sum())


def test_of_standardised_rates_each_group_counts_the_people_of_the_standards_ages():
    count, rate = np.array([90.0, 80]), np.array([3.0, 2.0])
    assert_allclose(excess_events(count, count / rate).value, 90 * (1 - 2 / 3))
    assert_allclose(excess_over_target(90, 3.0, 2.0).value, 90 * (1 - 2 / 3))


def test_a_proportion_is_surer_than_a_rate_of_as_many():
    count, people = [300, 250, 200], [1000, 1000, 1000]
    rate, share = (excess_events(count, people, kind=kind) for kind in ("rate", "proportion"))
    assert_allclose(share.se / rate.se, 0.87, atol=0.01)  # about the root of 1 less a quarter


groups = st.lists(
    st.tuples(st.integers(0, 500), st.integers(501, 5000)), min_size=2, max_size=10
).map(lambda pairs: np.array(pairs, dtype=float).T)


@given(groups, st.sampled_from(["rate", "proportion"]))
def test_laws(data, kind):
    count, people = data
    found = excess_events(count, people, kind=kind)
    assert found.lower <= found.value <= found.upper
    wider = excess_events(count, people, kind=kind, confidence=0.99)
    assert wider.lower <= found.lower and found.upper <= wider.upper
    scaled = excess_events(7 * count, 7 * people, kind=kind)
    assert_allclose(scaled.value, 7 * found.value, atol=1e-6)
    others = excess_events([*count[:-1][::-1], count[-1]], [*people[:-1][::-1], people[-1]])
    assert_allclose(others.value, found.value, atol=1e-6)
    split = excess_events([count[0] / 2, *count], [people[0] / 2, *people])
    split_at_once = excess_events([1.5 * count[0], *count[1:]], [1.5 * people[0], *people[1:]])
    assert_allclose(split.value, split_at_once.value, atol=1e-6)
    assert_allclose(split.upper, split_at_once.upper, atol=1e-6)  # Poisson counts add up
    assert_allclose(excess_events(people / 10, people).value, 0, atol=1e-6)


def test_many_problems_at_once_are_each_as_alone():
    count = np.array([[60, 50, 40], [0, 3, 5]])
    both = excess_events(count, [100, 100, 100], kind="proportion")
    for place in range(2):
        alone = excess_events(count[place], [100, 100, 100], kind="proportion")
        assert_allclose([both.lower[place], both.upper[place]], [alone.lower, alone.upper])


def test_what_cannot_be_is_refused():
    with pytest.raises(InputError, match="denominator"):
        excess_events([60, 50], [50, 100], kind="proportion")
    with pytest.raises(InputError, match="1 groups found"):
        excess_events([60], [50])
    with pytest.raises(ParameterError, match="Did you mean 'proportion'"):
        excess_events([60, 50], [90, 90], kind="proportions")
    with pytest.raises(InputError, match="value: 1 of 1 not above zero"):
        excess_over_target(0, 0.0, 1.0)
