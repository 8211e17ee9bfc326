"""Slopes of people one by one, by hand; and errors beside those of leaving clusters out."""

from collections.abc import Callable

import numpy as np
import pytest

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate
from ineqlib.measures import concentration_index, rii_of_people, sii_of_people

PEOPLE = 120
RANDOM = np.random.default_rng(3)
RANK = RANDOM.integers(0, 12, PEOPLE).astype(float)
WEIGHT = RANDOM.uniform(0.5, 3, PEOPLE)
CLUSTER = np.arange(PEOPLE) // 3
STRATUM = CLUSTER // 10
VALUE = 3 + RANK / 5 + STRATUM + RANDOM.normal(size=PEOPLE)


def test_four_people_by_hand() -> None:
    # Ranks 1/8, 3/8, 5/8 and 7/8: Σ (R - 1/2) y = 3/4, Σ (R - 1/2)² = 5/16; the mean is 2.
    slope = sii_of_people([1, 2, 2, 3], [10, 20, 30, 40])
    assert slope.value == pytest.approx(0.75 / 0.3125)
    assert rii_of_people([1, 2, 2, 3], [10, 20, 30, 40]).value == pytest.approx(3.2 / 0.8)


def test_those_who_rank_alike_share_the_middle_rank() -> None:
    # Two ranks, at 1/4 and 3/4, with means 2 and 4: a slope of 4.
    assert sii_of_people([1, 3, 4, 4], [10, 10, 20, 20]).value == 4


@pytest.mark.parametrize("measure", [sii_of_people, rii_of_people, concentration_index])
def test_errors_are_those_of_leaving_out_each_cluster_of_a_stratum(
    measure: Callable[..., Estimate],
) -> None:
    estimate = measure(VALUE, RANK, WEIGHT, cluster=CLUSTER, strata=STRATUM)
    variance = 0.0
    for stratum in np.unique(STRATUM):
        clusters = np.unique(CLUSTER[stratum == STRATUM])
        times = len(clusters) / (len(clusters) - 1)
        weight = np.where(stratum == STRATUM, times * WEIGHT, WEIGHT)
        without = [
            float(measure(VALUE[keep], RANK[keep], weight[keep]).value)
            for keep in (cluster != CLUSTER for cluster in clusters)
        ]
        variance += np.var(without) * len(clusters) / times
    assert estimate.se == pytest.approx(variance**0.5, rel=0.03)


def test_strata_that_differ_narrow_the_interval_and_one_stratum_changes_nothing() -> None:
    bent = VALUE + 5 * STRATUM**2  # no line fits the strata, and that is no chance
    bare = sii_of_people(bent, STRATUM, WEIGHT, cluster=CLUSTER)
    layered = sii_of_people(bent, STRATUM, WEIGHT, cluster=CLUSTER, strata=STRATUM)
    one = sii_of_people(bent, STRATUM, WEIGHT, cluster=CLUSTER, strata=np.zeros(PEOPLE))
    assert layered.se < 0.9 * bare.se
    assert one.se == pytest.approx(float(bare.se))


def test_a_label_of_a_cluster_in_two_strata_names_two_clusters() -> None:
    again = CLUSTER % 10
    named = sii_of_people(VALUE, RANK, WEIGHT, cluster=again, strata=STRATUM)
    assert named.se == sii_of_people(VALUE, RANK, WEIGHT, cluster=CLUSTER, strata=STRATUM).se


def test_what_says_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="strata: 1 of 2 not two people or clusters or more"):
        sii_of_people([1, 2, 3], [1, 2, 3], strata=["a", "a", "b"])
    with pytest.raises(InputError, match="of several ranks"):
        sii_of_people([1, 2, 3], [1, 1, 1])
    with pytest.raises(InputError, match="use sii_of_people"):
        rii_of_people([0, 0, 0, 9], [1, 2, 3, 4])
