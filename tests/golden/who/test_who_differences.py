"""Where we differ from healthequal and HEAT on purpose: their answer by their formula, and ours.

The table of all of them is docs/decisions/0007-where-we-differ-from-the-reference.md.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import expit

from ineqlib.errors import InputError
from ineqlib.measures import (
    aci,
    bgv,
    heat_paf,
    idis,
    paf,
    par,
    rci,
    relative_rank,
    sii_logistic,
)

PEOPLE = np.array([300.0, 100, 250, 200, 400])
RANK = relative_rank(PEOPLE)
SHARE = PEOPLE / PEOPLE.sum()


def test_disparity_lets_its_mean_move_where_theirs_holds_it():
    value, error = np.array([60.0, 64, 35, 80, 95]), np.array([0.2, 0.2, 0.2, 0.2, 1.5])
    draws = np.random.default_rng(1).normal(value, error, (40_000, 5))
    mean = SHARE @ value
    theirs = (SHARE * np.abs(draws - mean) / mean).sum(axis=-1).std()
    moving = (draws * SHARE).sum(axis=-1, keepdims=True)
    right = (SHARE * np.abs(draws - moving) / moving).sum(axis=-1).std()
    found = idis(value, PEOPLE, se=error).se
    assert_allclose(found, right, rtol=0.03)
    assert abs(theirs / right - 1) > 0.1


@pytest.mark.parametrize("measure", [par, paf])
def test_impact_is_as_certain_as_its_groups_where_theirs_takes_populations_for_the_people_asked(
    measure,
):
    value, error = np.array([40.0, 50, 55, 60, 70]), np.full(5, 2.0)
    options = {"multiplier": 100, "polarity": "favourable"}
    theirs = [heat_paf(value, PEOPLE * times, **options).se for times in (1, 100)]
    assert_allclose(theirs[0] / theirs[1], 10)
    ours = [measure(value, PEOPLE * times, se=error).se for times in (1, 100)]
    assert_allclose(*ours)
    assert_allclose(measure(value, PEOPLE, se=2 * error).se, 2 * ours[0])


@pytest.mark.parametrize("measure", [aci, rci])
def test_concentration_is_as_certain_as_its_groups_where_theirs_asks_how_straight_they_lie(
    measure,
):
    straight, error = 40 + 30 * RANK, np.full(5, 3.0)
    spread = SHARE @ (RANK - 0.5) ** 2
    residual = (
        straight - SHARE @ straight - (SHARE * (RANK - 0.5)) @ straight / spread * (RANK - 0.5)
    )
    theirs = np.sqrt(SHARE @ residual**2 / 3 / spread)  # of a line through five points
    assert_allclose(theirs, 0, atol=1e-12)
    draws = np.random.default_rng(2).normal(straight, error, (40_000, 5))
    assert_allclose(
        measure(straight, PEOPLE, se=error).se, measure(draws, PEOPLE).value.std(), rtol=0.03
    )


def test_logistic_slopes_are_as_certain_as_their_groups_where_theirs_ask_how_near_the_curve_lies():
    on_curve = expit(-1 + 2 * RANK)
    draws = np.random.default_rng(3).normal(on_curve, 0.01, (40_000, 5))
    # Their sandwich is made of the squared distances from the curve, which are nothing here.
    found = sii_logistic(on_curve, PEOPLE, se=0.01)
    assert_allclose(found.value, expit(1) - expit(-1))
    assert_allclose(found.se, sii_logistic(draws, PEOPLE).value.std(), rtol=0.03)


def test_a_missing_group_is_refused_where_theirs_leaves_up_to_15_in_100_out():
    value = np.array([20.0, 50, 55, 50, 55, 50, 55, 50])
    people = np.ones(8)
    theirs = bgv(value[1:], people[1:]).value  # one of eight: 12.5%
    assert theirs < 0.1 * bgv(value, people).value
    with pytest.raises(InputError, match="value: 1 of 8 not a number"):
        bgv([np.nan, *value[1:]], people)
