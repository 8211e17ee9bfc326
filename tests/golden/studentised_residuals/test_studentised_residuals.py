"""The departure of each point from the line through the others, as statsmodels gives it."""

import numpy as np
from numpy.testing import assert_allclose

from ineqlib.measures import change_beyond_regression_to_mean

AIR_FLOW = np.array(
    [80, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50, 50, 50, 50, 56, 70.0]
)
LOSS = np.array([42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15.0])
EXPECTED = [
    *(1.3167922, -0.13755, 1.2559804, 2.5111612, -0.2750968, -0.2750968, -0.0309691),
    *(0.2128511, -0.0111949, -0.2554703, -0.2554703, -0.5023059, -1.0142452, -0.7542808),
    *(0.282079, 0.0293824, 0.282079, 0.282079, 0.5378029, 0.4917094, -4.4793288),
]


def test_the_deleted_residual_of_every_point() -> None:
    beyond = change_beyond_regression_to_mean(AIR_FLOW, AIR_FLOW + LOSS).beyond
    assert_allclose(beyond.value / beyond.se, EXPECTED, atol=6e-8)
