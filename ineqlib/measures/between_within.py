"""How much of an inequality lies between groups of places, and how much inside them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import labels_array, same_labels
from ineqlib.measures._dispersion import WeightedGroups, relative_groups


@dataclass(frozen=True)
class TheilParts:
    """A Theil index taken apart: `total` is `between` plus the sum of `inside`.

    Parameters
    ----------
    total, between, within
        The index of all places; of the groups' means; and the sum of `inside`. Shape ``(…)``.
    groups
        The labels of the groups, in the order in which they first come, shape ``(g,)``.
    inside
        What each group adds: its share of all there is, times its own index, shape ``(…, g)``.
    own
        The index inside each group by itself, same shape; 0 in a group where nobody has anything.
    """

    total: FloatArray
    between: FloatArray
    within: FloatArray
    groups: NDArray[Any]
    inside: FloatArray
    own: FloatArray


def theil_between_within(value: ArrayLike, population: ArrayLike, group: ArrayLike) -> TheilParts:
    """Theil index of places, taken apart into what lies between groups of them and inside each.

    Parameters
    ----------
    value
        Value of each place, zero or above, shape ``(…, k)``, in any order.
    population
        People in each place, same shape or broadcasting.
    group
        Label of the group that each place is in, shape ``(k,)``.

    Returns
    -------
    TheilParts
        The parts add up to the whole.

    Raises
    ------
    InputError
        As `theil_index`; besides, labels that are not one for each place, or missing.

    Method
    ------
    title: Theil index between and within
    sentence: How much of an inequality lies between groups of places, and how much inside.
    formula:
        T = Σ s ln r + Σ s T_g: between the groups, and within them
        r = μ_g / μ: mean of a group over the mean of all; s = p r; p: its share of people
        T_g: Theil index of the places inside it
    use: A county's neighbourhoods, by district: whether help must find districts, or places inside
        every district. The parts add up exactly.
    avoid: Of values without a true zero, and of small places' estimates with large errors: chance
        looks like inequality within. The finer the places, the more lies within.
    interval: None: it describes these places, all of them counted.
    source: Theil 1967, Economics and Information Theory; Shorrocks 1980, Econometrica 48:613

    Notes
    -----
    Estimates of places vary by chance alone, which adds to what lies within: use counts of
    everybody, or say so.

    Examples
    --------
    >>> parts = theil_between_within([1, 3, 2, 2], [1, 1, 1, 1], ["a", "a", "b", "b"])
    >>> round(float(parts.within), 4), float(parts.between)  # half of 0.1308; both means are 2
    (0.0654, 0.0)
    """
    same_labels(value=value, population=population, group=group)
    places = relative_groups(value, population, None)
    names, first, member = _members(group, places.value.shape[-1])
    order = np.argsort(first)
    names, member = names[order], np.argsort(order)[member]
    add_up = _adder(member)
    share, amount = add_up(places.share), add_up(places.share * places.value)
    mean = amount / share
    portion = amount / places.mean
    relative = places.value / np.where(mean == 0, 1, mean)[..., member]
    # r ln r - r + 1 is never negative, and the means of r and 1 in a group are the same.
    bent = np.where(mean[..., member] == 0, 0, xlogy(relative, relative) - (relative - 1))
    own = add_up(places.share * bent) / share
    inside = portion * own
    between = _between(share, mean, places)
    within = inside.sum(axis=-1)
    return TheilParts(between + within, between, within, names, inside, own)


def _adder(member: NDArray[np.intp]) -> Callable[[FloatArray], FloatArray]:
    """Return what adds amounts of places up to those of groups, none of which is empty.

    A table of places by groups would be too large for a country's neighbourhoods.
    """
    by_group = np.argsort(member, kind="stable")
    starts = np.flatnonzero(np.diff(member[by_group], prepend=-1))
    return lambda amount: np.add.reduceat(amount[..., by_group], starts, axis=-1)


def _between(share: FloatArray, mean: FloatArray, places: WeightedGroups) -> FloatArray:
    relative = mean / places.mean
    parts = share * (xlogy(relative, relative) - (relative - 1))
    between: FloatArray = np.maximum(parts.sum(axis=-1), 0)
    return between


def _members(
    group: ArrayLike, places: int
) -> tuple[NDArray[Any], NDArray[np.intp], NDArray[np.intp]]:
    """Return the groups, where each first comes, and the place among them of each label."""
    labels = labels_array(group, "group")
    if labels.shape != (places,):
        raise InputError(
            f"group: shape {labels.shape} found for {places} places. Expected one label for each."
        )
    missing = pd.isna(labels)
    if missing.any():
        raise InputError(
            f"group: {int(missing.sum())} of {places} missing. Expected the group of every place: "
            "find it, or leave out the place."
        )
    names, first, member = np.unique(labels.astype(str), return_index=True, return_inverse=True)
    return labels[first] if len(names) else names, first, member
