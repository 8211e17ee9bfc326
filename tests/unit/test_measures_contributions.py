"""Parts of a concentration index, by hand and by another road."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import concentration_decomposition, concentration_index

RANK = np.array([10.0, 20, 30, 40])
VALUE = np.array([1.0, 2, 3, 6])
SCHOOL = np.array([0.0, 0, 1, 1])
OLD = np.array([1.0, 0, 0, 1])


def test_parts_by_hand():
    # y = 1 + 3 school + 1 old + e, with e = (-1, 1, -1, 1) / 2.
    found = concentration_decomposition(VALUE, RANK, {"school": SCHOOL, "old": OLD})
    assert found.names == ("school", "old")
    assert_allclose(found.coefficient, [3, 1])
    assert_allclose(found.mean, [0.5, 0.5])
    assert_allclose(found.elasticity, [0.5, 1 / 6])
    assert_allclose(found.concentration, [0.5, 0], atol=1e-15)
    assert_allclose(found.contribution, [0.25, 0], atol=1e-15)
    assert_allclose(found.index, 1 / 3)
    assert_allclose(found.residual, 1 / 12)


def test_parts_of_erreygers_index_by_hand():
    # The generalised index is 1: Σ (2 R - 1) y / 4 with 2 R - 1 = (-3, -1, 1, 3) / 4.
    parts = {"school": SCHOOL, "old": OLD}
    found = concentration_decomposition(VALUE, RANK, parts, kind="erreygers", bounds=(0, 8))
    assert_allclose(found.index, 4 * 1 / 8)
    # Three times the generalised index of schooling, 1/4; the rest is 1/4.
    assert_allclose(found.contribution, [4 * 0.75 / 8, 0], atol=1e-15)
    assert_allclose(found.residual, 4 * 0.25 / 8)
    expected = concentration_index(VALUE, RANK, kind="erreygers", bounds=(0, 8)).value
    assert_allclose(found.index, expected)
    assert_allclose(found.concentration, [0.5, 0], atol=1e-15)


def test_erreygers_parts_ask_for_bounds():
    with pytest.raises(ParameterError, match="needs bounds"):
        concentration_decomposition(VALUE, RANK, {"old": OLD}, kind="erreygers")
    with pytest.raises(ParameterError, match="takes none"):
        concentration_decomposition(VALUE, RANK, {"old": OLD}, bounds=(0, 8))
    with pytest.raises(InputError, match="within the bounds"):
        concentration_decomposition(VALUE, RANK, {"old": OLD}, kind="erreygers", bounds=(0, 5))


def test_a_determinant_that_says_it_all_leaves_no_rest():
    found = concentration_decomposition(2 * RANK + 1, RANK, {"income": RANK})
    assert_allclose(found.residual, 0, atol=1e-14)
    assert_allclose(found.contribution, [found.index])


def survey(n: int = 200) -> tuple[np.ndarray, np.ndarray, pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(8)
    rank = rng.integers(0, 30, n).astype(float)
    columns = pd.DataFrame(
        {
            "schooling": rng.uniform(0, 12, n) + rank / 5,
            "urban": (rng.uniform(size=n) < 0.2 + rank / 60) * 1.0,
            "score": rng.normal(0.5, 2, n),  # of mixed sign, and left so
        }
    )
    value = 5 + 0.3 * columns["schooling"] + columns["urban"] - columns["score"] / 4
    return value.to_numpy() + rng.uniform(0, 2, n), rank, columns, rng.uniform(0.5, 2, n)


def test_against_least_squares_and_single_indices():
    statsmodels = pytest.importorskip("statsmodels.api")
    value, rank, columns, weight = survey()
    found = concentration_decomposition(value, rank, columns, weight)
    fit = statsmodels.WLS(value, statsmodels.add_constant(columns), weights=weight).fit()
    mean = np.average(value, weights=weight)
    for place, name in enumerate(columns):
        own = concentration_index(columns[name], rank, weight).value
        average = np.average(columns[name], weights=weight)
        assert_allclose(found.coefficient[place], fit.params[name], rtol=1e-9)
        assert_allclose(found.concentration[place], own, rtol=1e-9)
        assert_allclose(
            found.contribution[place], fit.params[name] * average / mean * own, rtol=1e-9
        )
    rest = concentration_index(fit.resid, rank, weight, kind="generalised").value / mean
    assert_allclose(found.residual, rest, rtol=1e-9)
    assert_allclose(found.index, concentration_index(value, rank, weight).value, rtol=1e-12)


def test_a_batch_is_its_problems_one_by_one():
    value, rank, columns, weight = survey()
    batch = concentration_decomposition(
        np.stack([value, value[::-1]]), rank, columns.to_dict("series"), weight
    )
    assert batch.contribution.shape == (2, 3)
    alone = concentration_decomposition(value[::-1], rank, columns, weight)
    assert_allclose(batch.contribution[1], alone.contribution, rtol=1e-9)
    assert_allclose(batch.residual[1], alone.residual, rtol=1e-9)


@pytest.mark.parametrize(
    ("determinants", "words"),
    [
        ({}, "none found, at least 1"),
        ({"flat": [2.0, 2, 2, 2]}, "constant: flat"),
        ({"sign": [-1.0, 1, -1, 1]}, "of mean zero: sign"),
        ({"school": SCHOOL, "none": 2 * SCHOOL}, "that others add up to: none"),
        ({"school": SCHOOL, "unschooled": 1 - SCHOOL}, "that others add up to: unschooled"),
        ({"gap": [1, np.nan, 2, 3]}, "determinant 'gap': 1 of 4 not a number"),
        ({"words": ["a", "b", "c", "d"]}, "'words': expected numbers, found text"),
        ({"short": [1.0, 2, 3]}, "shapes do not fit"),
        ({"more": np.arange(8.0).reshape(2, 4)}, "'more': expected 4 numbers, one per person"),
        ({"a": SCHOOL, "b": OLD, "c": VALUE}, "4 people found, at least 5"),
    ],
)
def test_determinants_that_say_nothing_are_refused(determinants, words):
    with pytest.raises(InputError, match=words):
        concentration_decomposition(VALUE, RANK, determinants)


def test_a_value_without_a_mean_above_zero_is_refused():
    with pytest.raises(InputError, match="mean of value"):
        concentration_decomposition(-VALUE, RANK, {"school": SCHOOL})
