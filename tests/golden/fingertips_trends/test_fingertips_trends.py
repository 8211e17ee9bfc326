"""The markers Fingertips' own tests expect, and the arithmetic of its published code."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.measures import recent_trend, recent_trend_of_proportion

PROPORTIONS = {
    "1": ([621, 599, 556, 535, 447], [3454, 3195, 3256, 3227, 3121], "decreasing"),
    "2": ([2157, 2090, 2194, 2134.81, 2094], [3454, 3195, 3256, 3152, 3062], "increasing"),
    "3": ([8116, 8145, 8222, 8506, 8728], [91530, 91773, 92088, 92238, 92665.89], "increasing"),
    "4": ([5, 7, 6, 8, 8, 9], [22, 35, 42, 50, 100, 200], "decreasing"),
    "5": (
        [5405, 5500, 5435, 5480, 5315],
        [18095, 18170, 18005, 17890, 17860],
        "no significant change",
    ),
    "5a": (
        [22435, 22445, 21365, 20955, 19055],
        [65880, 67900, 68705, 69835, 70910],
        "decreasing",
    ),
}


@pytest.mark.parametrize("series", PROPORTIONS)
def test_markers_of_proportions(series):
    count, denominator, marker = PROPORTIONS[series]
    years = np.arange(len(count)) + 2010
    assert str(recent_trend_of_proportion(years, count, denominator).direction) == marker


def published_chi_squared(value, se):
    """Chi-squared from the five sums in which the published code works, years counted from 1."""
    year = np.arange(1, 6)
    w, wyt, wt, wy, wt2 = ((part / se**2).sum() for part in (1, value * year, year, value, year**2))
    spread = w * wt2 - wt**2
    return ((w * wyt - wt * wy) / spread / np.sqrt(w / spread)) ** 2


def published_chi_squared_of_proportion(count, people):
    year = np.arange(1, 6)
    n, x = people.sum(), count.sum()
    nt = (people * year).sum()
    top = n * (n * (count * year).sum() - x * nt) ** 2
    return top / (x * (n - x) * (n * (people * year**2).sum() - nt**2))


def test_chi_squared_is_the_published_one():
    rng = np.random.default_rng(4)
    value, se = rng.normal(50, 3, 5), rng.uniform(0.5, 2, 5)
    found = recent_trend(range(2010, 2015), value, se).chi_squared
    assert_allclose(found, published_chi_squared(value, se))
    count, people = np.array([30.0, 34, 41, 48, 60]), np.array([200.0, 210, 190, 220, 205])
    found = recent_trend_of_proportion(range(2010, 2015), count, people).chi_squared
    assert_allclose(found, published_chi_squared_of_proportion(count, people))


def test_the_level_is_the_published_one():
    line = np.arange(5.0)
    for chi_squared, marker in ((9.5495, "no significant change"), (9.5496, "increasing")):
        gradient = np.sqrt(chi_squared / 10)
        assert str(recent_trend(range(5), gradient * line, np.ones(5)).direction) == marker
