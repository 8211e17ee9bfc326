"""Spending against need: indices by hand, signs, verdicts that need evidence, and coverage."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import proportionality

NEED = np.arange(1.0, 11)
EVEN = np.ones(10)


def indices(found):
    return np.array([found.spend.value, found.need.value, found.kakwani.value])


def random_areas(rng, shape, elasticity=1.0, noise=0.2):
    need, people = rng.lognormal(0, 0.4, shape), rng.lognormal(0, 0.3, shape)
    return need**elasticity * rng.lognormal(0, noise, shape), need, people


def by_pairs(value, need, people):
    """Return the index as its definition says: over all pairs of areas."""
    share = people / people.sum()
    more = np.sign(need[:, None] - need[None, :])
    apart = value[:, None] - value[None, :]
    pairs = share[:, None] * share[None, :] * apart * more
    return pairs.sum() / 2 / (share @ value) / (1 - share @ share)


def test_needs_from_one_to_ten_by_hand():
    found = proportionality(np.full(10, 50.0), NEED, EVEN)
    assert_allclose(indices(found), [0, 1 / 3, -1 / 3], atol=1e-15)
    assert str(found.verdict) == "regressive"
    assert str(found.per_head) == "level"


def test_spending_in_proportion_is_flat_and_rises_per_head():
    found = proportionality(NEED * 7, NEED, EVEN)
    assert_allclose(indices(found), [1 / 3, 1 / 3, 0], atol=1e-15)
    assert_allclose([found.kakwani.lower, found.kakwani.upper], 0, atol=1e-12)
    assert (str(found.verdict), str(found.per_head)) == ("flat", "rises with need")


def test_spending_more_than_in_proportion_is_progressive():
    found = proportionality(NEED**2, NEED, EVEN)
    assert found.kakwani.value > 0
    assert (str(found.verdict), str(found.per_head)) == ("progressive", "rises with need")


def test_spending_against_need_falls_per_head():
    found = proportionality(NEED[::-1], NEED, EVEN)
    assert_allclose(indices(found), [-1 / 3, 1 / 3, -2 / 3])
    assert (str(found.verdict), str(found.per_head)) == ("regressive", "falls with need")


def test_an_interval_that_holds_zero_is_not_called_flat():
    spend = NEED * np.array([1.6, 0.5, 1.4, 0.7, 1.5, 0.6, 1.4, 0.6, 1.5, 0.7])
    found = proportionality(spend, NEED, EVEN)
    assert found.kakwani.lower < 0 < found.kakwani.upper
    assert str(found.verdict) == "cannot tell"
    assert str(proportionality(spend, NEED, EVEN, margin=0.9).verdict) == "flat"


def test_indices_are_sums_over_pairs():
    rng = np.random.default_rng(4)
    spend, need, people = random_areas(rng, 30)
    need = need.round(1)
    found = proportionality(spend, need, people)
    assert len(set(need)) < 30
    expected = by_pairs(spend, need, people), by_pairs(need, need, people)
    assert_allclose([found.spend.value, found.need.value], expected)


def test_limits_are_those_of_leaving_out_each_area_in_turn():
    rng = np.random.default_rng(8)
    spend, need, people = random_areas(rng, 25)
    need = need.round(1)
    without = []
    for area in range(25):
        rest = [np.delete(part, area) for part in (spend, need, people)]
        without.append(by_pairs(*rest) - by_pairs(rest[1], rest[1], rest[2]))
    error = np.sqrt(24 / 25 * ((without - np.mean(without)) ** 2).sum())
    found = proportionality(spend, need, people).kakwani
    assert_allclose(found.se, error)
    assert_allclose(found.upper - found.value, 2.0638985616 * error)


def test_what_changes_nothing():
    rng = np.random.default_rng(5)
    spend, need, people = random_areas(rng, (3, 40))
    need = need.round(1)
    before = proportionality(spend, need, people)
    order = rng.permutation(40)
    for after in (
        proportionality(spend[:, order], need[:, order], people[:, order]),
        proportionality(spend * 1000, need, people),
        proportionality(spend, need * 3, people),
        proportionality(spend, need, people / 7),
    ):
        assert_allclose(indices(after), indices(before), atol=1e-12)
        assert_allclose(after.kakwani.se, before.kakwani.se)
    alone = proportionality(spend[1], need[1], people[1])
    assert_allclose(indices(before)[:, 1], indices(alone))


@pytest.mark.parametrize("areas", [10, 40, 150])
@pytest.mark.parametrize("elasticity", [0.5, 1.0])
def test_intervals_hold_the_truth_as_often_as_they_say(areas, elasticity):
    rng = np.random.default_rng(2)
    truth = indices(proportionality(*random_areas(rng, 1_000_000, elasticity)))
    found = proportionality(*random_areas(rng, (2_000, areas), elasticity))
    held = [
        ((index.lower <= true) & (true <= index.upper)).mean()
        for index, true in zip((found.spend, found.kakwani), truth[[0, 2]], strict=True)
    ]
    assert 0.93 < held[1] < 0.97
    assert 0.91 < held[0] < 0.97


def test_proportionate_spending_is_rarely_called_anything_else():
    rng = np.random.default_rng(3)
    found = proportionality(*random_areas(rng, (4_000, 40)))
    wrong = np.isin(found.verdict, ["progressive", "regressive"]).mean()
    assert 0.03 < wrong < 0.07


@pytest.mark.parametrize(
    ("spend", "need", "population", "message"),
    [
        (NEED[:9], NEED[:9], EVEN[:9], "9 areas found, at least 10"),
        (-NEED, NEED, EVEN, "spend: 10 of 10 not zero or above"),
        (np.where(NEED == 3, np.nan, NEED), NEED, EVEN, "spend: 1 of 10 not a number"),
        (NEED, np.where(NEED == 3, np.nan, NEED), EVEN, "need: 1 of 10 not a number"),
        (NEED, NEED, np.where(NEED == 3, 0, NEED), "population: 1 of 10 not above zero"),
        (np.where(NEED == 3, 1.0, 0), NEED, EVEN, "areas with any spend: 1 of 1 not two or more"),
        (NEED, np.zeros(10), EVEN, "areas with any need"),
        (NEED, NEED[:8], EVEN, "do not fit together"),
    ],
)
def test_bad_figures_are_refused(spend, need, population, message):
    with pytest.raises(InputError, match=message):
        proportionality(spend, need, population)


def test_bad_options_are_refused():
    with pytest.raises(ParameterError, match="margin"):
        proportionality(NEED, NEED, EVEN, margin=0)
    with pytest.raises(ParameterError, match="confidence"):
        proportionality(NEED, NEED, EVEN, confidence=95)
