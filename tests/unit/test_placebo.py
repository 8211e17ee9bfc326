"""The rule of an evaluation: right by hand, seldom wrong, and as strong as it says."""

import numpy as np
import pytest

from ineqlib.measures.placebo import (
    LEVEL,
    POWER,
    Departures,
    departures,
    detectable,
    gaps,
    moved,
    placebo_p,
    placebo_p_of_each,
    power,
    rules_out,
    sets_of,
    works_of_each,
)
from ineqlib.measures.synthetic_control import synthetic_gaps, synthetic_weights

AREAS, PERIODS, BEFORE = 300, 9, 5


def noise(seed: int) -> np.ndarray:
    """Gaps of areas of which some are twice as restless as others."""
    random = np.random.default_rng(seed)
    size = np.geomspace(1, 2, AREAS)[:, None]
    return size * random.normal(size=(AREAS, PERIODS))


def test_gaps_and_effects_by_hand() -> None:
    values = np.array([[10.0, 10, 20], *[[1.0, 1, 3]] * 5])
    similar = np.zeros((6, 6), dtype=bool)
    similar[0, 1:] = True
    gap = gaps(values, similar)
    assert gap[0].tolist() == [9, 9, 17]
    assert np.isnan(gap[1:]).all()
    assert moved(gap[0], 2) == 8


def test_departures_by_hand() -> None:
    gap = np.array([[0.0, 2, 4, 5], [1.0, 1, 1, 1]])
    made = departures(gap, 3)
    assert made.effect.tolist() == [3, 0]
    # Variances before are 4 and 0, half of each and half of their mean: 3 and 1.
    assert made.spread == pytest.approx(np.sqrt([3, 1]))
    assert made.drift == pytest.approx([2 / np.sqrt(3), 0])
    both = made.together(np.array([[0, 1]]))
    assert both.effect.tolist() == [1.5]
    assert both.spread == pytest.approx(1)


def test_where_nothing_happened_five_in_a_hundred_worked_however_restless() -> None:
    works, bare = [], []
    for seed in range(30):
        made = departures(noise(seed), BEFORE)
        works.append(works_of_each(made))
        bare.append(placebo_p_of_each(made.effect) <= LEVEL)
    rates = [part.mean() for part in np.array_split(np.mean(works, axis=0), 3)]
    assert min(rates) > 0.02 and max(rates) < 0.08
    # Ranked by the bare change, the restless would be called again and again.
    bare_rates = [part.mean() for part in np.array_split(np.mean(bare, axis=0), 3)]
    assert min(bare_rates) < 0.02 and max(bare_rates) > 0.08


def test_a_planted_change_is_found_as_often_as_said_and_seldom_ruled_out() -> None:
    found, ruled_out = [], []
    for seed in range(20):
        made = departures(noise(seed), BEFORE)
        others = departures(noise(seed + 1000), BEFORE)
        size = detectable(made.spread, others)
        assert power(size, made.spread, others) == pytest.approx(POWER, abs=0.01)
        path = made.path.copy()
        path[:, BEFORE:] += size[:, None]
        changed = Departures(path, BEFORE, made.spread)
        steady = placebo_p(changed.drift, others.drift) > LEVEL
        found.append((placebo_p(changed.score, others.score) <= LEVEL) & steady)
        ruled_out.append(rules_out(changed, float(size.mean()), others)[size >= size.mean()])
    assert np.mean(found) == pytest.approx(POWER, abs=0.03)
    assert np.mean(np.concatenate(ruled_out)) < 0.08


def test_with_too_few_placebos_nothing_is_detectable() -> None:
    few = departures(noise(0)[:10], BEFORE)
    assert np.isnan(detectable(1.0, few))
    assert power(100.0, 1.0, few) == 0
    assert not works_of_each(few).any()


def test_sets_are_of_one_group_and_the_same_each_time() -> None:
    groups = np.repeat([0, 1, 2], 10)
    sets = sets_of(30, 4, groups, many=50)
    assert sets.shape == (50, 4)
    assert all(len(set(groups[members])) == 1 and len(set(members)) == 4 for members in sets)
    assert (sets == sets_of(30, 4, groups, many=50)).all()
    assert len(set(groups[sets_of(30, 4, many=50)].ravel())) == 3
    assert sets_of(3, 1).tolist() == [[0], [1], [2]]


def test_a_synthetic_control_follows_the_donor_it_equals_and_else_stays_near_equal_weights() -> (
    None
):
    random = np.random.default_rng(0)
    donors = random.normal(size=(6, 40))
    followed = synthetic_weights(donors[2], donors, 0.01)
    assert followed[2] > 0.95
    assert followed.min() >= 0 and followed.sum() == pytest.approx(1)
    assert synthetic_weights(donors[2], donors, 1e4) == pytest.approx(np.full(6, 1 / 6), abs=1e-3)


def test_a_synthetic_control_finds_a_change_that_its_donors_had_not() -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=(8, 9)).cumsum(axis=1)
    similar = ~np.eye(8, dtype=bool)
    values[0] = values[1:4].mean(axis=0)
    values[0, 5:] += 7
    gap, weights = synthetic_gaps(values, similar, 5)
    assert weights[0, 0] == 0
    assert moved(gap[0], 5) == pytest.approx(7, abs=1.5)


def test_as_many_areas_as_are_said_to_be_needed_find_the_change() -> None:
    others = departures(noise(5), BEFORE)
    spread = float(np.median(others.spread))
    hoped = float(detectable(spread, others)) / 2.5
    many = int(np.ceil((float(detectable(spread, others)) / hoped) ** 2))
    sets = others.together(sets_of(AREAS, many))
    assert many == 7
    assert power(hoped, spread, others) < POWER / 2
    assert power(hoped, spread / np.sqrt(many), sets) > POWER - 0.03
