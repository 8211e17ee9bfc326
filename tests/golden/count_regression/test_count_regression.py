"""Regressions of counts as textbooks and another package give them."""

import numpy as np
import pytest

from ineqlib.measures import rii_of_counts, sii_of_counts

QUARTERS = [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45]
COUNTS = [6, 2, 12, 4, 8, 3, 8, 7, 15, 1, 0, 0, 3, 3, 3, 3, 0, 10, 2, 6, 0, 4, 4, 3]
PEOPLE = [675.0, 838, 765, 435, 480, 824, 303, 793, 778, 581, 482, 467]
PEOPLE += [453, 567, 603, 632, 897, 776, 673, 893, 429, 396, 668, 326]


def slope_of(family: str, counts: list[int], people: list[float]) -> tuple[float, float]:
    """Slope on the log scale, and its standard error there."""
    ratio = rii_of_counts(counts, people, family=family)
    return float(np.log(ratio.value)), float(ratio.se / ratio.value)


def test_the_published_regression_of_counts() -> None:
    slope, error = slope_of("poisson", QUARTERS, [1.0] * 14)
    assert (slope / 14, error / 14) == pytest.approx((0.2565, 0.0220), abs=5e-5)


def test_the_negative_binomial_of_another_package() -> None:
    slope, error = slope_of("negative_binomial", QUARTERS, [1.0] * 14)
    assert (slope / 14, error / 14) == pytest.approx((0.2962748, 0.03473307), rel=1e-6)
    slope, error = slope_of("negative_binomial", COUNTS, PEOPLE)
    assert (slope, error) == pytest.approx((-0.80104689, 0.62056051), rel=1e-6)
    gap = sii_of_counts(COUNTS, PEOPLE, family="negative_binomial", multiplier=1000)
    assert gap.value == pytest.approx(-5.99491994, rel=1e-6)
    variance = [[0.03166295, 0.0049969], [0.0049969, 0.38509534]]
    ends = np.exp(-4.92160203 + np.array([0.5, -0.5]) * -0.80104689)
    by = 1000 * np.array([ends[0] - ends[1], ends.sum() / 2])
    assert gap.se == pytest.approx(np.sqrt(by @ variance @ by), rel=1e-6)
