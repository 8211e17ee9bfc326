"""What holds of ratios to what was expected, and of the places of areas in a funnel."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import expected_events, funnel_points, smr, smr_of_totals

BANDS = ["0-39", "40-64", "65+"]


def of_bands(least: int, most: int) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(float, 3, elements=st.integers(least, most).map(float))


@given(of_bands(0, 60), of_bands(10, 5000), of_bands(1, 900), of_bands(1000, 90_000))
def test_a_ratio_of_totals_is_that_of_the_same_events_by_age(
    count: np.ndarray, people: np.ndarray, reference: np.ndarray, lived: np.ndarray
) -> None:
    expected = expected_events(people, reference, lived, bands=BANDS)
    by_age = smr(count, people, reference, lived, bands=BANDS)
    total = smr_of_totals(count.sum(), expected)
    assert_allclose(
        [total.value, total.lower, total.upper], [by_age.value, by_age.lower, by_age.upper]
    )
    assert_allclose(expected_events(2 * people, reference, lived, bands=BANDS), 2 * expected)
    assert_allclose(expected_events(lived, reference, lived, bands=BANDS), reference.sum())


@given(st.integers(1, 5000), st.integers(10, 9000), st.sampled_from([1, 3, 5]))
def test_a_point_of_a_funnel_gives_its_events_back(count: int, rate: int, years: int) -> None:
    points = funnel_points(count, rate, kind="rate", years=years)
    assert_allclose(points.size * points.value * years / 100_000, count)
    again = funnel_points(count, rate / 100, kind="rate", years=years, multiplier=1000)
    assert_allclose(again.size, points.size)
