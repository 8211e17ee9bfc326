"""People in the order of their rank: tied ranks, influence on an index, linearised errors."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import (
    labels_array,
    numbers,
    one_for_each,
    positive,
    require,
    same_labels,
)


@dataclass(frozen=True)
class Ranked:
    """People in the order of their rank, and where those who rank alike begin and end.

    `share` is each person's part of all weights; `first` and `last` are positions on the last axis
    of the first and last of those who rank as this person does; `order` is where each was found.
    """

    value: FloatArray
    share: FloatArray
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    order: NDArray[np.intp]

    def up_to(self, amount: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Sum of an amount over all who rank lower, and over all who rank lower or alike."""
        total = np.cumsum(amount, axis=-1)
        through = np.take_along_axis(total, self.last, axis=-1)
        before = np.take_along_axis(total - amount, self.first, axis=-1)
        return before, through

    def middle(self, amount: FloatArray) -> FloatArray:
        """Sum of an amount over all who rank lower and half of those who rank alike."""
        before, through = self.up_to(amount)
        return (before + through) / 2

    @property
    def mean(self) -> FloatArray:
        """Weighted mean of the values, shape ``(…, 1)``."""
        return (self.share * self.value).sum(axis=-1, keepdims=True)


def ranked(
    value: ArrayLike, rank_by: ArrayLike, weight: ArrayLike | None, **beside: ArrayLike | None
) -> Ranked:
    """Check people and put them in the order of their rank.

    `beside` is what else is said of them, whose labels are to be theirs.
    """
    same_labels(value=value, rank_by=rank_by, weight=weight, **beside)
    value, rank, weight = one_for_each(
        "people",
        2,
        value=numbers(value, "value"),
        rank_by=numbers(rank_by, "rank_by"),
        weight=np.asarray(1.0) if weight is None else positive(weight, "weight"),
    )
    order = np.argsort(rank, axis=-1, kind="stable")
    value, rank, weight = (
        np.take_along_axis(part, order, axis=-1) for part in (value, rank, weight)
    )
    return Ranked(value, weight / weight.sum(axis=-1, keepdims=True), *ties(rank), order)


def ties(ascending: FloatArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places on the last axis of the first and the last number equal to each."""
    n = ascending.shape[-1]
    starts = np.ones(ascending.shape, dtype=bool)
    starts[..., 1:] = ascending[..., 1:] != ascending[..., :-1]
    ends = np.roll(starts, -1, axis=-1)
    place = np.arange(n)
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=-1)
    last = np.minimum.accumulate(np.where(ends, place, n - 1)[..., ::-1], axis=-1)[..., ::-1]
    return first, last


def absolute_index(people: Ranked) -> tuple[FloatArray, FloatArray]:
    """Generalised index, shape ``(…, 1)``, and what each person does to it.

    That is how fast it changes as a little weight is put on the person: on their own value, and on
    everybody's rank.
    """
    value, share = people.value, people.share
    turn = 2 * people.middle(share) - 1
    index = (share * turn * value).sum(axis=-1, keepdims=True)
    return index, turn * value - 2 * people.middle(share * value) + people.mean - 2 * index


def standard_error(
    people: Ranked, influence: FloatArray, cluster: ArrayLike | None, strata: ArrayLike | None
) -> FloatArray:
    """Linearised: the spread of what people, or clusters of them, do to the index.

    Within strata each stratum's own spread about its mean; without, that about 0, the mean of all.
    """
    part = people.share * influence
    if cluster is None and strata is None:
        n = part.shape[-1]
        return np.sqrt(n / (n - 1) * (part**2).sum(axis=-1))
    problems = part.reshape(-1, part.shape[-1])
    own = np.broadcast_to(np.arange(part.shape[-1]), part.shape)
    unit = own if cluster is None else _codes(cluster, people, "cluster")
    layer = np.zeros(part.shape, np.intp) if strata is None else _codes(strata, people, "strata")
    # A cluster is one of its stratum: the same label in two strata names two.
    label = layer * (int(unit.max(initial=0)) + 1) + unit
    unit_of = _within_problems(label.reshape(problems.shape))
    layer_of = _within_problems(layer.reshape(problems.shape))
    total = np.bincount(unit_of, problems.ravel())
    home = np.zeros(len(total), np.intp)
    home[unit_of] = layer_of
    units = np.bincount(home)
    if strata is None:
        advice = (
            "One cluster says nothing of the error: leave it out if people were sampled singly."
        )
        require(units > 1, "cluster", "two clusters or more", advice)
        centre = np.zeros(len(units))
    else:
        advice = "One says nothing of its stratum's error: put that together with one alike."
        require(units > 1, "strata", "two people or clusters or more", advice)
        centre = np.bincount(home, total) / units
    spread = np.bincount(home, (total - centre[home]) ** 2) * units / (units - 1)
    problem = np.zeros(len(units), np.intp)
    problem[layer_of] = np.repeat(np.arange(len(problems)), part.shape[-1])
    variance = np.bincount(problem, spread, len(problems))
    return np.sqrt(variance).reshape(part.shape[:-1])


def _within_problems(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number labels anew so that no two problems, which are rows, share one."""
    most = int(codes.max(initial=0)) + 1
    cell = (codes + most * np.arange(len(codes))[:, np.newaxis]).ravel()
    return np.asarray(np.unique(cell, return_inverse=True)[1])


def _codes(labels: ArrayLike, people: Ranked, name: str) -> NDArray[np.intp]:
    """Labels as numbers from 0, in the order of the people."""
    given = labels_array(labels, name)
    codes = pd.factorize(given.ravel())[0].reshape(given.shape)
    require(codes >= 0, name, "a label", "Leave out whoever has none.")
    try:
        if codes.shape[-1:] != people.value.shape[-1:]:
            raise ValueError
        codes = np.broadcast_to(codes, people.value.shape)
    except ValueError:
        raise InputError(
            f"The shapes do not fit together: value {people.value.shape}, {name} {given.shape}. "
            "Expected one label for each person."
        ) from None
    return np.take_along_axis(codes, people.order, axis=-1)
