"""Quantiles of areas within larger areas are those of each larger area by itself."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ineqlib.errors import InputError
from ineqlib.measures import assign_quantiles


@given(data=st.data(), k=st.integers(2, 6), way=st.sampled_from(["highest", "lowest"]))
def test_quantiles_within_larger_areas_equal_those_of_each_alone(data, k, way):
    sizes = data.draw(st.lists(st.integers(k, 20), min_size=1, max_size=5))
    labels = data.draw(st.permutations(list(np.repeat(list("abcde")[: len(sizes)], sizes))))
    scores = st.lists(st.integers(0, 9), min_size=len(labels), max_size=len(labels))
    value, within = np.array(data.draw(scores), dtype=float), np.array(labels)
    found = assign_quantiles(value, k, most_deprived=way, within=within)
    for label in set(labels):
        inside = within == label
        alone = assign_quantiles(value[inside], k, most_deprived=way)
        assert found[inside].tolist() == alone.tolist()


def test_quantiles_equal_the_published_rule_by_pandas_ranks():
    rng = np.random.default_rng(8)
    value = rng.integers(0, 300, 999).astype(float)
    rank = pd.Series(-value).rank(method="min").to_numpy(int)
    expected = [11 - math.ceil(Fraction((1000 - r) * 10, 999)) for r in rank.tolist()]
    assert assign_quantiles(value, 10, most_deprived="highest").tolist() == expected


def test_each_row_of_a_batch_has_the_same_larger_areas():
    rows = [[3, 1, 2, 9], [1, 3, 9, 2]]
    found = assign_quantiles(rows, 2, most_deprived="lowest", within=["x", "x", "y", "y"])
    assert found.tolist() == [[2, 1, 1, 2], [1, 2, 2, 1]]


def test_many_larger_areas_are_not_mixed_up():
    within = np.repeat(np.arange(70_000), 2)
    value = np.tile([2.0, 1.0], 70_000)
    found = assign_quantiles(value, 2, most_deprived="lowest", within=within)
    assert (found == np.tile([2, 1], 70_000)).all()


@pytest.mark.parametrize(
    ("within", "message"),
    [
        (["a", "a", "b", "b", "b"], r"1 of 2 larger areas have fewer than 3 areas: a \(2\)"),
        (["a", None, "a", "a", "a"], "1 of 5 labels missing"),
        (["a"] * 4, r"shape \(4,\) found; expected one label for each of 5"),
    ],
)
def test_larger_areas_that_cannot_be_parted_are_refused(within, message):
    with pytest.raises(InputError, match=message):
        assign_quantiles([1, 2, 3, 4, 5], 3, most_deprived="lowest", within=within)
