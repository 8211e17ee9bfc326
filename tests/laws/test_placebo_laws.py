"""What holds of the steps of an evaluation, whatever the areas and their figures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from ineqlib.measures.placebo import departures, gaps, placebo_p, placebo_p_of_each
from ineqlib.measures.synthetic_control import synthetic_gaps

AREAS, PERIODS, BEFORE = 12, 8, 5
FIGURE = st.integers(-100, 100).map(float)
figures = hnp.arrays(float, (AREAS, PERIODS), elements=FIGURE)
years = hnp.arrays(float, PERIODS, elements=FIGURE)
SIMILAR = ~np.eye(AREAS, dtype=bool)


@given(hnp.arrays(float, 30, elements=FIGURE), hnp.arrays(float, 4, elements=FIGURE))
def test_a_p_value_is_a_rank_among_the_placebos(others: np.ndarray, scores: np.ndarray) -> None:
    p = placebo_p(scores, others)
    assert ((p > 0) & (p <= 1)).all()
    assert_allclose(p, [(1 + (others >= score).sum()) / 31 for score in scores])
    assert (np.diff(placebo_p(np.sort(scores), others)) <= 0).all()
    assert_allclose(placebo_p_of_each(others), [(others >= one).mean() for one in others])


@given(
    figures, FIGURE, st.sampled_from([0.25, 2.0, 8.0]), hnp.arrays(float, PERIODS, elements=FIGURE)
)
def test_what_all_areas_do_alike_and_units_change_no_score(
    value: np.ndarray, shift: float, times: float, common: np.ndarray
) -> None:
    one = departures(gaps(value, SIMILAR), BEFORE)
    other = departures(gaps(times * (value + shift + common), SIMILAR), BEFORE)
    assert_allclose(other.effect, times * one.effect, rtol=1e-7, atol=1e-7)
    assert_allclose(other.score, one.score, rtol=1e-6, atol=1e-6)


@given(figures)
def test_synthetic_weights_are_shares_and_an_area_is_no_donor_of_its_own(value: np.ndarray) -> None:
    gap, weights = synthetic_gaps(value, SIMILAR, BEFORE)
    assert (weights >= 0).all()
    assert_allclose(weights.sum(axis=1), 1)
    assert_array_equal(np.diag(weights), 0)
    path = value - value[:, :BEFORE].mean(axis=1, keepdims=True)
    assert_allclose(gap, path - weights @ path, atol=1e-9)
    assert_allclose(gap[:, :BEFORE].mean(axis=1), 0, atol=1e-9)
