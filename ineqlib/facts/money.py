"""Sums of money in whole pounds."""

import numpy as np
from numpy.typing import NDArray


def whole_pounds(total: float, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share a total in proportion, in whole pounds that add up: the largest remainders get one.

    Examples
    --------
    >>> whole_pounds(100, np.array([1.0, 1.0, 1.0])).tolist()
    [34.0, 33.0, 33.0]
    """
    exact = round(total) * weight / weight.sum()
    pounds = np.floor(exact)
    left = int(round(total) - pounds.sum())
    pounds[np.argsort(pounds - exact, kind="stable")[:left]] += 1
    return pounds
