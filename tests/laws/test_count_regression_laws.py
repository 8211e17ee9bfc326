"""What holds of indices from counts, whatever the counts."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import rii_of_counts, sii_of_counts
from ineqlib.measures.count_regression import FAMILIES

Groups = tuple[np.ndarray, np.ndarray]
FAMILY = st.sampled_from(FAMILIES)


@st.composite
def groups(draw: st.DrawFn) -> Groups:
    """Draw counts, many of them zero, and people of 5 to 12 groups."""
    size = draw(st.integers(5, 12))
    counts = draw(hnp.arrays(float, size, elements=st.integers(0, 40).map(float)))
    assume((counts[1:-1] > 0).any() or (counts[0] > 0 and counts[-1] > 0))
    return counts, draw(hnp.arrays(float, size, elements=st.floats(10, 1000, width=32)))


@given(groups(), FAMILY)
def test_the_other_way_round_they_turn(data: Groups, family: str) -> None:
    counts, people = data
    ratio, gap = (index(counts, people, family=family) for index in (rii_of_counts, sii_of_counts))
    turned = rii_of_counts(counts[::-1], people[::-1], family=family)
    assert_allclose(turned.value * ratio.value, 1, rtol=1e-6)
    assert_allclose(turned.lower * ratio.upper, 1, rtol=1e-5)
    other = sii_of_counts(counts[::-1], people[::-1], family=family)
    assert_allclose([other.value, other.se], [-gap.value, gap.se], rtol=1e-5, atol=1e-7 * gap.se)


@given(groups(), FAMILY, st.floats(0.01, 100))
def test_of_other_units_of_people_the_ratio_is_the_same(
    data: Groups, family: str, times: float
) -> None:
    counts, people = data
    one, other = (rii_of_counts(counts, k * people, family=family) for k in (1, times))
    assert_allclose([other.value, other.se], [one.value, one.se], rtol=1e-6)
    slope, changed = (sii_of_counts(counts, k * people, family=family) for k in (1, times))
    assert_allclose(changed.value * times, slope.value, rtol=1e-6, atol=1e-7 * slope.se)


@given(groups(), st.integers(2, 50))
def test_as_many_times_the_counts_are_as_many_times_the_information(data: Groups, k: int) -> None:
    counts, people = data
    one, other = rii_of_counts(counts, people), rii_of_counts(k * counts, people)
    assert_allclose(other.value, one.value, rtol=1e-7)
    assert_allclose(other.se * k**0.5, one.se, rtol=1e-7)


@given(st.integers(5, 12), st.integers(1, 30), FAMILY, st.floats(10, 1000))
def test_equal_rates_are_equality(size: int, count: int, family: str, people: float) -> None:
    counts, lived = np.full(size, float(count)), np.full(size, people)
    assert_allclose(rii_of_counts(counts, lived, family=family).value, 1, rtol=1e-9)
    slope = sii_of_counts(counts, lived, family=family)
    assert_allclose(slope.value, 0, atol=1e-7 * slope.se)


@given(groups(), groups(), FAMILY)
def test_many_areas_in_one_call_have_each_their_own_fit(
    one: Groups, other: Groups, family: str
) -> None:
    size = min(one[0].size, other[0].size)
    counts, people = (np.stack([a[:size], b[:size]]) for a, b in zip(one, other, strict=True))
    assume(((counts[:, 1:-1] > 0).any(axis=-1)).all())
    both = rii_of_counts(counts, people, family=family)
    for area in (0, 1):
        alone = rii_of_counts(counts[area], people[area], family=family)
        assert_allclose([both.value[area], both.se[area]], [alone.value, alone.se], rtol=1e-6)
