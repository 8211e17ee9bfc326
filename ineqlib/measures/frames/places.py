"""Which place each row has in its set of groups, and whether every place is taken once."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.deprivation_words import GROUP_WORDS
from ineqlib.estimate import FloatArray
from ineqlib.measures.frames.columns import Columns
from ineqlib.measures.frames.stack import (
    Findings,
    Mask,
    Stack,
    culprits,
    plain_numbers,
    plain_text,
)
from ineqlib.measures.group_labels import LEAST, MOST, names_end

MOST_GROUPS = 1000
"""An order above this is a rank of areas, not a place among groups."""


@dataclass(frozen=True)
class Places:
    """Of each row: its place, the places to expect, its name in notes, its dimension's code.

    `stated` says whether the number of places is known, not only the largest order there is;
    `wrong_end` whether the label names an end of the scale that the place is not.
    """

    place: FloatArray
    expected: FloatArray
    stated: Mask
    wrong_end: Mask
    name: NDArray
    dimension: NDArray
    unordered: Mask

    def of(self, rows: NDArray[np.int64]) -> "Places":
        """Return some rows, in that order."""
        return Places(*(field[rows] for field in vars(self).values()))


def read_places(frame: pd.DataFrame, columns: Columns, member: Mask, groups: int | None) -> Places:
    """Read the places of groups by their order, or by their labels where there is no order.

    Without order the alphabet gives each label of a dimension a place of its own.
    """
    nothing = np.full(len(frame), "", dtype=object)
    labels = plain_text(frame[columns.label]) if columns.label else nothing
    named = plain_text(frame[columns.dimension]) if columns.dimension else nothing
    order = plain_numbers(frame[columns.order]) if columns.order else np.full(len(frame), np.nan)
    dimension, dimensions = pd.factorize(named)
    rows = pd.DataFrame({"order": order, "label": pd.factorize(labels, sort=True)[0]})
    grouped = rows.groupby(dimension)
    unordered = grouped["order"].transform("count").to_numpy() == 0
    by_label = grouped["label"].rank(method="dense").to_numpy()
    place = np.where(unordered & (labels != ""), by_label, order)
    if groups is None:
        sensible = np.where(member & (place <= MOST_GROUPS), place, np.nan)
        largest = pd.Series(sensible).groupby(dimension).transform("max").to_numpy(np.float64)
        stated = np.array([_groups_named(name) for name in dimensions], np.float64)[dimension]
        expected = np.where(unordered | np.isnan(stated), largest, stated)
    else:
        expected = stated = np.full(len(frame), float(groups))
    name = np.where(np.isnan(order), labels, _in_words(order))
    end = np.select([_names_end(labels, MOST), _names_end(labels, LEAST)], [1, expected], place)
    known = ~np.isnan(stated) | unordered
    opposed = ~unordered & ~np.isnan(place) & (end != place)
    return Places(place, expected, known, opposed, name, dimension, unordered)


def check_places(places: Places, findings: Findings) -> None:
    """Note sets whose groups do not have every place from 1 on, once each."""
    stack, place = findings.stack, places.place
    mixed = stack.differs(places.dimension)
    findings.add(mixed, "not_applicable", "groups of several dimensions: add the dimension to 'by'")
    lost = np.isnan(place)
    findings.add_rows(lost, "not_applicable", "without order", "leave out totals and unknowns")
    odd = ~lost & ((place < 1) | (np.floor(place) != place) | ~(place <= places.expected))
    words = "with an order that is not one of 1, 2 … to the last"
    findings.add_rows(odd, "not_applicable", words)
    good = ~lost & ~odd
    again = stack.again(place)
    twice = again & good & ~mixed[stack.problem]
    findings.add_rows(twice, "not_available", "given again", "add to 'by' what tells them apart")
    missing = np.where(mixed, "", _missing(stack, places, good & ~again))
    findings.add(missing != "", "not_available", missing)


def _missing(stack: Stack, places: Places, good: Mask) -> NDArray:
    """Say how many places of each set are empty, and which."""
    expected = np.zeros(len(stack.size), dtype=np.int64)
    dimension = expected.copy()
    expected[stack.problem] = np.nan_to_num(places.expected)
    dimension[stack.problem] = places.dimension
    short = np.flatnonzero(stack.count(good) < expected)
    problem = np.repeat(short, expected[short])
    ends = np.cumsum(expected[short])
    place = np.arange(len(problem)) - np.repeat(ends - expected[short], expected[short]) + 1
    step = MOST_GROUPS + expected.max(initial=0) + 1
    taken = stack.problem[good] * step + places.place[good].astype(np.int64)
    empty = ~np.isin(problem * step + place, taken)
    problem, place = problem[empty], place[empty]
    known = pd.Series(
        places.name[good], places.dimension[good] * step + places.place[good].astype(np.int64)
    )
    known = known[~known.index.duplicated()]
    name = known.reindex(dimension[problem] * step + place).to_numpy(object)
    name = np.where(pd.isna(name), place.astype(str).astype(object), name)
    count = np.bincount(problem, minlength=len(stack.size))
    which = culprits(problem, name, len(stack.size))
    words = [
        f"{c} of {e} groups missing ({w})" if c else ""
        for c, e, w in zip(count, expected, which, strict=True)
    ]
    return np.array(words, dtype=object)


def _groups_named(dimension: str) -> float:
    """Return how many groups the name of a dimension tells, NaN if it does not."""
    for groups, words in GROUP_WORDS.items():
        if re.search(rf"(?<![a-z])({words})s?(?![a-z])", dimension.casefold()):
            return groups
    return np.nan


def _names_end(labels: NDArray, words: str) -> Mask:
    """Tell which labels name one end of the scale ("Most deprived fifth", not the second most)."""
    codes, names = pd.factorize(labels)
    return np.array([names_end(str(name), words) for name in names], bool)[codes]


def _in_words(order: FloatArray) -> NDArray:
    codes, values = pd.factorize(order)
    return np.array([*(f"{value:g}" for value in values), ""], dtype=object)[codes]
