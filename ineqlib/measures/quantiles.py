"""Putting areas into equal groups, and groups along the scale from most to least deprived."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import last_axis, numbers, one_of, positive


def assign_quantiles(value: ArrayLike, k: int, *, most_deprived: str) -> NDArray[np.int64]:
    """Quantile 1 (most deprived) to `k` (least deprived) of each place on the last axis.

    Ties are never parted: they all go to the more deprived quantile, so that quantiles can be
    unequal and one can even be empty.

    Parameters
    ----------
    value
        What areas are ranked by, shape ``(…, areas)``.
    k
        Number of quantiles: 5 for fifths, 10 for tenths.
    most_deprived
        ``"highest"`` where a high value means more deprived (an IMD score), ``"lowest"`` where a
        low one does (an IMD rank, an income).

    Raises
    ------
    InputError
        A missing value, or fewer areas than quantiles.
    ParameterError
        `k` not a whole number of 2 or more, or an unknown word.

    Notes
    -----
    Source: OHID technical guide, Assigning Deprivation Categories.

    Examples
    --------
    >>> assign_quantiles([40.0, 10.0, 30.0, 20.0], 2, most_deprived="highest").tolist()
    [1, 2, 1, 2]
    """
    value = numbers(value, "value")
    if not isinstance(k, int | np.integer) or k < 2:
        raise ParameterError(f"k={k!r}: expected a whole number of quantiles, 2 or more.")
    n = last_axis(value, "value", at_least=k, what="areas")
    highest = one_of(most_deprived, "most_deprived", ("highest", "lowest")) == "highest"
    rank = _lowest_rank(-value if highest else value)
    # Whole-number arithmetic: a floating n / k puts an area on the wrong side of a boundary.
    at_least_as_deprived = n + 1 - rank
    return k + 1 + (-at_least_as_deprived * k) // n


def relative_rank(population: ArrayLike) -> FloatArray:
    """Midpoint of each group's share of the population, most deprived group first: 0 to 1.

    Parameters
    ----------
    population
        People in each group, most deprived first, shape ``(…, k)``.

    Raises
    ------
    InputError
        A population that is missing or not above zero.

    Examples
    --------
    >>> relative_rank([100, 100, 200]).tolist()
    [0.125, 0.375, 0.75]
    """
    population = np.atleast_1d(positive(population, "population"))
    share = population / population.sum(axis=-1, keepdims=True)
    return np.cumsum(share, axis=-1) - share / 2


def _lowest_rank(value: FloatArray) -> NDArray[np.int64]:
    """Rank along the last axis from 1; equal values share the lowest of their ranks."""
    flat = pd.DataFrame(value.reshape(-1, value.shape[-1]))
    return flat.rank(axis=1, method="min").to_numpy(np.int64).reshape(value.shape)
