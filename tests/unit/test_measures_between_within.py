"""Theil's index taken apart, and ranks with intervals: by hand, and by simulation."""

import math
import tracemalloc

import numpy as np
import pytest

from ineqlib.errors import InputError
from ineqlib.measures import rank_intervals, theil_between_within, theil_index


def test_by_hand() -> None:
    """Two districts of two places: means 2 and 6, mean of all 4."""
    parts = theil_between_within([1, 3, 6, 6], [1, 1, 1, 1], ["low", "low", "high", "high"])
    between = 0.25 * math.log(0.5) + 0.75 * math.log(1.5)
    own = (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2
    assert parts.groups.tolist() == ["low", "high"]
    assert parts.between == pytest.approx(between)
    assert parts.own == pytest.approx([own, 0])
    assert parts.inside == pytest.approx([0.25 * own, 0])
    assert parts.total == pytest.approx(between + 0.25 * own)


def test_populations_count_and_zeros_are_values() -> None:
    once = theil_between_within([0, 4, 4, 2], [1, 1, 1, 2], list("aabb"))
    apart = theil_between_within([0, 4, 4, 2, 2], [1, 1, 1, 1, 1], list("aabbb"))
    assert once.inside == pytest.approx(apart.inside)
    assert once.total == pytest.approx(theil_index([0, 4, 4, 2], [1, 1, 1, 2]).value)


def test_a_group_that_has_nothing_adds_to_what_lies_between_alone() -> None:
    parts = theil_between_within([0, 0, 1, 3], [1, 1, 1, 1], list("aabb"))
    assert parts.own[0] == 0
    assert parts.between == pytest.approx(math.log(2))


def test_many_problems_at_once() -> None:
    values = np.array([[1.0, 3, 6, 6], [2, 2, 2, 2]])
    parts = theil_between_within(values, 1.0, list("aabb"))
    assert parts.inside.shape == (2, 2)
    assert parts.total[1] == pytest.approx(0)


def test_labels_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="Expected one label for each"):
        theil_between_within([1, 2, 3], [1, 1, 1], ["a", "b"])
    with pytest.raises(InputError, match="1 of 3 missing"):
        theil_between_within([1, 2, 3], [1, 1, 1], ["a", None, "b"])


def test_ranks_by_hand() -> None:
    """Far apart, alike, and equal."""
    sure = rank_intervals([1, 2, 3], [0.01] * 3)
    assert sure.lower.tolist() == sure.upper.tolist() == sure.rank.tolist() == [1, 2, 3]
    unsure = rank_intervals([1, 2, 2], [10.0] * 3)
    assert unsure.rank.tolist() == [1, 2, 2]
    assert (unsure.lower.tolist(), unsure.upper.tolist()) == ([1] * 3, [3] * 3)


def test_two_areas_agree_with_the_test_of_their_difference() -> None:
    """With two areas each order is tested at half the level: 1.96 errors of the difference."""
    for gap, is_sure in ((1.95, False), (1.97, True)):
        ranks = rank_intervals([0, gap], [0.6, 0.8])
        assert bool(ranks.upper[0] == 1) == is_sure


def test_intervals_hold_all_true_ranks_at_once() -> None:
    """At least 95 sets in 100: areas apart, some of them alike, with errors of their own."""
    truth = np.array([0, 0, 0.5, 1, 1, 2.5, 3, 6])
    se = np.array([0.3, 0.5, 0.4, 0.5, 0.2, 0.6, 0.4, 0.5])
    drawn = truth + se * np.random.default_rng(11).standard_normal((4000, truth.size))
    ranks = rank_intervals(drawn, se)
    least = 1 + (truth[:, None] > truth).sum(axis=1)
    most = (truth[:, None] >= truth).sum(axis=1)
    holds = ((ranks.lower <= most) & (ranks.upper >= least)).all(axis=1)
    assert holds.mean() >= 0.95
    assert (ranks.upper - ranks.lower).mean() < 5, "they say something"


def test_a_countrys_neighbourhoods_fit_into_memory() -> None:
    """34,000 small areas in 7,000 larger ones: a table of them all would take two gigabytes."""
    group = np.arange(34_000) // 5 + 1
    value = np.random.default_rng(1).uniform(1, 3, len(group))
    tracemalloc.start()
    parts = theil_between_within(value, np.ones(len(group)), group)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6
    assert parts.total == pytest.approx(theil_index(value, np.ones(len(group))).value)
