"""What holds of slopes of people one by one, whatever they answered."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import rii_of_people, sii, sii_of_people

People = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


@st.composite
def people(draw: st.DrawFn) -> People:
    """Draw values, ranks with many ties, weights and strata of 16 to 40 people."""
    n = draw(st.integers(16, 40))
    value = draw(hnp.arrays(float, n, elements=st.floats(50, 100, width=32)))
    rank = draw(hnp.arrays(int, n, elements=st.integers(0, 6))).astype(float)
    rank[0], rank[1] = 0, 1
    weight = draw(hnp.arrays(float, n, elements=st.floats(0.25, 4, width=32)))
    return value, rank, weight, np.arange(n) % 4


@given(people(), st.floats(0.01, 100), st.integers(-20, 20))
def test_units_and_what_all_have_in_common(data: People, k: float, more: int) -> None:
    value, rank, weight, strata = data
    one = sii_of_people(value, rank, weight, strata=strata)
    other = sii_of_people(k * (value + more), rank, 3 * weight, strata=strata)
    assert_allclose(other.value, k * one.value, rtol=1e-7, atol=1e-9 * k * 100)
    assert_allclose(other.se, k * one.se, rtol=1e-6, atol=1e-9 * k * 100)


@given(people())
def test_the_other_way_round_they_turn(data: People) -> None:
    value, rank, weight, strata = data
    one, other = (sii_of_people(value, way * rank, weight, strata=strata) for way in (1, -1))
    assert_allclose([other.value, other.se], [-one.value, one.se], rtol=1e-7, atol=1e-9)


@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(data: People, chance) -> None:
    value, rank, weight, strata = data
    order = list(range(value.size))
    chance.shuffle(order)
    one = sii_of_people(value, rank, weight, strata=strata)
    other = sii_of_people(value[order], rank[order], weight[order], strata=strata[order])
    assert_allclose([other.value, other.se], [one.value, one.se], rtol=1e-7, atol=1e-9)


@given(people())
def test_people_who_are_all_like_their_group_have_the_slope_of_the_groups(data: People) -> None:
    _, rank, weight, _ = data
    groups, member = np.unique(rank, return_inverse=True)
    means = 50 + (groups * 7) % 5
    shares = np.bincount(member, weight)
    slope = sii_of_people(means[member], rank, weight).value
    if groups.size >= 5:
        assert_allclose(slope, sii(means, shares).value, rtol=1e-7, atol=1e-9)
    level = (shares * means).sum() / shares.sum()
    if abs(slope) < level:
        ratio = rii_of_people(means[member], rank, weight).value
        assert_allclose(ratio, (level + slope / 2) / (level - slope / 2), rtol=1e-9)
