"""Putting areas into equal groups, and groups along the scale from most to least deprived."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError, ParameterError, listed
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import (
    is_whole,
    labels_array,
    last_axis,
    numbers,
    one_of,
    positive,
    same_labels,
)
from ineqlib.measures.group_labels import check_group_labels


def assign_quantiles(
    value: ArrayLike, k: int, *, most_deprived: str, within: ArrayLike | None = None
) -> NDArray[np.int64]:
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
    within
        Label of the larger area each area lies in, shape ``(areas,)``, in any order: each larger
        area is then parted into quantiles of its own. Without it all areas are ranked together.

    Returns
    -------
    array of int
        Shape ``(…, areas)``, from 1 to `k`.

    Raises
    ------
    InputError
        A missing value or label; fewer areas than quantiles, or a larger area with fewer.
    ParameterError
        `k` not a whole number of 2 or more, or an unknown word.

    Method
    ------
    title: Fifths, tenths and other quantiles of areas
    sentence: Which tenth of deprivation an area is in, the first being the most deprived.
    formula:
        q = k + 1 − ⌈(n + 1 − r) k / n⌉, in whole numbers
        n: areas; r: rank, 1 the most deprived, ties sharing the lowest; k: quantiles
    use: To make groups of areas, within England or within one area.
    avoid: Where the publisher gives the groups: take those. Of fewer areas than quantiles. Where
        many areas tie, look at the sizes: groups can be unequal.
    interval: None.
    source: OHID technical guide, Assigning Deprivation Categories

    Examples
    --------
    >>> assign_quantiles([40.0, 10.0, 30.0, 20.0], 2, most_deprived="highest").tolist()
    [1, 2, 1, 2]
    >>> district = ["north", "north", "south", "south"]
    >>> scores = [40.0, 10.0, 30.0, 20.0]
    >>> assign_quantiles(scores, 2, most_deprived="lowest", within=district).tolist()
    [2, 1, 2, 1]
    """
    same_labels(value=value, within=within)
    value = np.atleast_1d(numbers(value, "value"))
    if not is_whole(k) or k < 2:
        raise ParameterError(f"k={k!r}: expected a whole number of quantiles, 2 or more.")
    n = last_axis(value, "value", at_least=k, what="areas")
    highest = one_of(most_deprived, "most_deprived", ("highest", "lowest")) == "highest"
    larger = np.zeros(n, dtype=np.int64) if within is None else _larger_areas(within, n, k)
    rank, size = _lowest_rank(-value if highest else value, larger)
    # Whole-number arithmetic: a floating n / k puts an area on the wrong side of a boundary.
    at_least_as_deprived = size + 1 - rank
    return k + 1 + (-at_least_as_deprived * k) // size


def relative_rank(population: ArrayLike) -> FloatArray:
    """Midpoint of each group's share of the population, most deprived group first: 0 to 1.

    Parameters
    ----------
    population
        People in each group, most deprived first, shape ``(…, k)``.

    Returns
    -------
    array
        Shape ``(…, k)``, without a unit: above 0 and below 1.

    Raises
    ------
    InputError
        A population that is missing or not above zero; labels that put the least deprived first.

    Method
    ------
    title: Relative rank
    sentence: Where a group stands between the most deprived person (0) and the least (1).
    formula:
        b_j = a_1 + … + a_(j−1) + a_j / 2
        a: a group's share of the population
    use: As the horizontal axis of every gradient.
    avoid: With groups in any other order than from the most deprived to the least.
    interval: None: populations are taken to be known.
    source: Pamuk 1985, Popul Stud 39:17

    Examples
    --------
    >>> relative_rank([100, 100, 200]).tolist()
    [0.125, 0.375, 0.75]
    """
    check_group_labels(population, "population", ordered=True)
    population = np.atleast_1d(positive(population, "population"))
    share = population / population.sum(axis=-1, keepdims=True)
    return np.cumsum(share, axis=-1) - share / 2


def _larger_areas(within: ArrayLike, n: int, k: int) -> NDArray[np.int64]:
    """Number of the larger area each of `n` areas lies in; none may have fewer than `k`."""
    # Pandas' own arrays of text are numbered faster as they are.
    labels = within if isinstance(within, pd.Series | pd.Index) else labels_array(within, "within")
    if labels.shape != (n,):
        raise InputError(f"within: shape {labels.shape} found; expected one label for each of {n}.")
    larger, names = pd.factorize(labels)
    if missing := int((larger < 0).sum()):
        raise InputError(f"within: {missing} of {n} labels missing; expected one for each area.")
    size = np.bincount(larger)
    if len(few := np.flatnonzero(size < k)):
        named = listed(f"{names[place]} ({size[place]})" for place in few)
        raise InputError(
            f"within: {len(few)} of {len(names)} larger areas have fewer than {k} areas: {named}. "
            "Leave them out, or take fewer quantiles."
        )
    return np.asarray(larger, dtype=np.int64)


def _lowest_rank(
    value: FloatArray, larger: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rank of each area in its larger area and how many that has; equals share the lowest rank."""
    rows = np.arange(value.size // value.shape[-1])[:, None]
    problem = (rows * (larger.max(initial=0) + 1) + larger).ravel()
    flat = value.ravel()
    order = np.argsort(flat)
    order = order[np.argsort(_small(problem)[order], kind="stable")]
    size = np.bincount(problem)
    start = np.cumsum(size) - size
    sorted_value = flat[order]
    differs = np.append(True, sorted_value[1:] != sorted_value[:-1])
    differs[start[size > 0]] = True
    first = np.flatnonzero(differs)
    lowest = np.repeat(first, np.diff(first, append=flat.size))
    rank = np.empty_like(problem)
    rank[order] = lowest - np.repeat(start, size) + 1
    return rank.reshape(value.shape), size[problem].reshape(value.shape)


def _small(numbers: NDArray[np.int64]) -> NDArray:
    """Narrow small whole numbers: numpy sorts those of 16 bits many times faster."""
    return numbers.astype(np.uint16) if numbers.max(initial=0) < 2**16 else numbers
