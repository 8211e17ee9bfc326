"""Our concentration index against a textbook's example (see ORIGIN.md)."""

import numpy as np
from numpy.testing import assert_allclose

from ineqlib.measures import concentration_curve, rci

BIRTHS = np.array([29_939, 28_776, 26_528, 24_689, 19_739])
DEATHS_PER_1000 = np.array([154.7, 152.9, 119.5, 86.9, 54.3])


def test_concentration_index_of_child_deaths_in_india():
    assert_allclose(rci(DEATHS_PER_1000, BIRTHS).value, -0.1694, atol=5e-5)


def test_concentration_curve_of_child_deaths_in_india():
    curve = concentration_curve(DEATHS_PER_1000, BIRTHS)
    assert (100 * curve.population).round().tolist() == [0, 23, 45, 66, 85, 100]
    assert (100 * curve.value).round().tolist() == [0, 30, 59, 79, 93, 100]
