"""The departure of one point from the line through the others, as a statistics course prints it."""

import numpy as np
import pytest

from ineqlib.measures import change_beyond_regression_to_mean

POINTS = np.array(
    [
        [0.1, -0.0716],
        [0.45401, 4.1673],
        [1.09765, 6.5703],
        [1.27936, 13.815],
        [2.20611, 11.4501],
        [2.50064, 12.9554],
        [3.0403, 20.1575],
        [3.23583, 17.5633],
        [4.45308, 26.0317],
        [4.1699, 22.7573],
        [5.28474, 26.303],
        [5.59238, 30.6885],
        [5.92091, 33.9402],
        [6.66066, 30.9228],
        [6.79953, 34.11],
        [7.97943, 44.4536],
        [8.41536, 46.5022],
        [8.71607, 50.0568],
        [8.70156, 46.5475],
        [9.16463, 45.7762],
        [4.0, 40.0],
    ]
)


def test_the_deleted_residual_of_the_outlier() -> None:
    x, y = POINTS.T
    beyond = change_beyond_regression_to_mean(x, x + y).beyond
    assert beyond.value[-1] / beyond.se[-1] == pytest.approx(6.69013, abs=5e-6)
