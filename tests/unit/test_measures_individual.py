"""Concentration among people on numbers that can be worked by hand, and against plain loops."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    concentration_index,
    erreygers,
    extended_concentration_index,
    rci,
    wagstaff,
)

SEEN = np.array([0.0, 0, 1, 1])
INCOME = np.array([10.0, 20, 30, 40])
KINDS = {
    "standard": None,
    "generalised": None,
    "modified": (-1, np.inf),
    "erreygers": (0, 20),
    "wagstaff": (0, 20),
}
each_kind = pytest.mark.parametrize(("kind", "bounds"), KINDS.items())


def people(n: int = 80, *, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, ranks with ties, weights."""
    rng = np.random.default_rng(seed)
    rank = rng.integers(0, 12, n).astype(float)
    return rng.uniform(0, 8, n) + rank / 2, rank, rng.uniform(0.5, 2, n)


def plain_index(value, rank, weight):
    """Generalised index by its definition, one pair of people at a time."""
    share = weight / weight.sum()
    total = 0.0
    for one in range(len(value)):
        lower = sum(share[rank < rank[one]])
        alike = sum(share[rank == rank[one]])
        total += 2 * share[one] * (lower + alike / 2 - 0.5) * value[one]
    return total


def test_kinds_by_hand():
    # Ranks 1/8, 3/8, 5/8, 7/8: the generalised index is 2 (1/8 + 3/8) / 4 = 1/4.
    found = {
        kind: float(concentration_index(SEEN, INCOME, kind=kind, bounds=bounds).value)
        for kind, bounds in {**KINDS, "erreygers": (0, 1), "wagstaff": (0, 1)}.items()
    }
    assert found == {
        "standard": 0.5,
        "generalised": 0.25,
        "modified": 0.25 / 1.5,
        "erreygers": 1,
        "wagstaff": 1,
    }


def test_ties_take_the_middle_rank():
    # Two of the four share rank 1/4 and two share 3/4.
    found = concentration_index([0, 1, 0, 1], [1, 1, 2, 2], kind="generalised")
    assert_allclose(found.value, 0, atol=1e-15)
    assert_allclose(concentration_index([0, 0, 0, 1], [1, 1, 2, 2]).value, 0.5)


@each_kind
def test_weights_and_ties_against_pairs_of_people(kind, bounds):
    value, rank, weight = people()
    index = plain_index(value, rank, weight)
    mean = np.average(value, weights=weight)
    low, high = bounds or (0, np.inf)
    divisor = {
        "standard": mean,
        "generalised": 1,
        "modified": mean - low,
        "erreygers": (high - low) / 4,
        "wagstaff": (high - mean) * (mean - low) / (high - low) if high < np.inf else None,
    }[kind]
    found = concentration_index(value, rank, weight, kind=kind, bounds=bounds)
    assert_allclose(found.value, index / divisor, rtol=1e-12)


def test_a_whole_weight_is_so_many_people_alike():
    value, rank, _ = people()
    times = np.arange(80) % 3 + 1
    assert_allclose(
        concentration_index(value, rank, times).value,
        concentration_index(np.repeat(value, times), np.repeat(rank, times)).value,
        rtol=1e-12,
    )


def test_people_ranked_by_group_are_the_groups():
    value, rank, weight = people()
    total = np.bincount(rank.astype(int), weight)
    mean = np.bincount(rank.astype(int), weight * value) / total
    for kind, measure in (("standard", rci), ("erreygers", erreygers), ("wagstaff", wagstaff)):
        options = {} if kind == "standard" else {"bounds": (0, 20)}
        assert_allclose(
            concentration_index(value, rank, weight, kind=kind, **options).value,
            measure(mean, total, **options).value,
            rtol=1e-12,
        )


def test_the_error_is_kakwanis_where_there_are_no_weights_and_no_ties():
    rng = np.random.default_rng(2)
    value = np.sort(rng.uniform(0, 5, 60)) + rng.uniform(0, 9, 60)
    n, rank = 60, (np.arange(60) + 0.5) / 60
    index = 2 * np.cov(value, rank, ddof=0)[0, 1] / value.mean()
    curve = np.concatenate([[0], np.cumsum(value) / value.sum()])
    a = value / value.mean() * (2 * rank - 1 - index) + 2 - curve[:-1] - curve[1:]
    variance = ((a**2).mean() - (1 + index) ** 2) / n
    found = concentration_index(value, np.arange(60))
    assert_allclose(found.value, index, rtol=1e-12)
    assert_allclose(found.se, np.sqrt(variance * n / (n - 1)), rtol=1e-12)


def jackknife(index, *columns, groups):
    """Error of an index, leaving out one group of people after another."""
    left = [index(*(column[groups != group] for column in columns)) for group in np.unique(groups)]
    return np.sqrt((len(left) - 1) * np.var(left))


@each_kind
@pytest.mark.parametrize("size", [1, 4])
def test_errors_agree_with_the_jackknife(kind, bounds, size):
    value, rank, weight = people(400)
    groups = np.arange(400) // size

    def index(*columns):
        return float(concentration_index(*columns, kind=kind, bounds=bounds).value)

    expected = jackknife(index, value, rank, weight, groups=groups)
    cluster = None if size == 1 else groups
    found = concentration_index(value, rank, weight, kind=kind, bounds=bounds, cluster=cluster)
    assert_allclose(found.se, expected, rtol=0.03)


@pytest.mark.parametrize("nu", [1.5, 3, 6])
def test_extended_errors_agree_with_the_jackknife(nu):
    value, rank, weight = people(400)

    def index(*columns):
        return float(extended_concentration_index(*columns, nu=nu).value)

    expected = jackknife(index, value, rank, weight, groups=np.arange(400))
    found = extended_concentration_index(value, rank, weight, nu=nu)
    assert_allclose(found.se, expected, rtol=0.03)


def test_extended_by_hand_and_at_two_the_standard_index():
    # (3/4)^3 - 0 of the weight is above the lowest quarter: halves have 7/8 and 1/8 of it.
    assert_allclose(extended_concentration_index(SEEN, INCOME, nu=3).value, 1 - (1 / 8) / 0.5)
    value, rank, weight = people()
    groups = np.arange(80) // 4
    two = extended_concentration_index(value, rank, weight, nu=2, cluster=groups)
    one = concentration_index(value, rank, weight, cluster=groups)
    assert_allclose([two.value, two.se, two.lower], [one.value, one.se, one.lower], rtol=1e-12)


def test_extended_is_nothing_at_equality_however_few_people():
    for nu in (1.1, 2, 4.5):
        found = extended_concentration_index([3, 3, 3], [1, 2, 3], [1, 2, 1], nu=nu)
        assert_allclose([found.value, found.se], 0, atol=1e-12)


def test_clusters_of_one_are_no_clusters():
    value, rank, weight = people()
    alone = concentration_index(value, rank, weight)
    labelled = concentration_index(value, rank, weight, cluster=[f"h{i}" for i in range(80)])
    assert_allclose(labelled.se, alone.se, rtol=1e-12)


def test_a_batch_may_have_clusters_of_its_own():
    value, rank, weight = (np.stack([part, part[::-1]]) for part in people())
    cluster = np.stack([np.arange(80) // 4, np.arange(80) // 10])
    both = concentration_index(value, rank, weight, cluster=cluster)
    assert both.value.shape == both.se.shape == both.lower.shape == (2,)
    for one in range(2):
        alone = concentration_index(value[one], rank[one], weight[one], cluster=cluster[one])
        assert_allclose([both[one].value, both[one].se], [alone.value, alone.se], rtol=1e-12)
    shared = concentration_index(value, rank, weight, cluster=cluster[0])
    assert_allclose(shared[0].se, both[0].se)


def test_wagstaff_limits_stay_within_one():
    value, rank = np.repeat([0.0, 1], 10), np.arange(20)
    value[9], value[10] = 1, 0
    found = concentration_index(value, rank, kind="wagstaff", bounds=(0, 1))
    assert 0.9 < found.value < found.upper < 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kind": "standardd"}, "Did you mean 'standard'"),
        ({"kind": "erreygers"}, "needs bounds"),
        ({"kind": "modified"}, "needs bounds"),
        ({"bounds": (0, 1)}, "takes none"),
        ({"kind": "wagstaff", "bounds": (0, np.inf)}, "least and the greatest value"),
        ({"kind": "erreygers", "bounds": (1, 0)}, "least and the greatest value"),
    ],
)
def test_options_that_do_not_fit_are_refused(options, words):
    with pytest.raises(ParameterError, match=words):
        concentration_index(SEEN, INCOME, **options)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (([0, np.nan, 1, 1], INCOME), {}, "value: 1 of 4 not a number"),
        ((SEEN, [10, 20, 30, np.nan]), {}, "rank_by: 1 of 4 not a number"),
        ((SEEN, ["a", "b", "c", "d"]), {}, "rank_by: expected numbers, found text"),
        ((SEEN, INCOME, [1, 0, 1, 1]), {}, "weight: 1 of 4 not above zero"),
        ((SEEN, INCOME[:3]), {}, "shapes do not fit"),
        (([1.0], [1.0]), {}, "1 people found, at least 2"),
        ((-SEEN, INCOME), {}, "mean of value: 1 of 1 not above 0"),
        ((SEEN, INCOME), {"kind": "modified", "bounds": (1, np.inf)}, "2 of 4 not within"),
        ((SEEN + 1, INCOME), {"kind": "wagstaff", "bounds": (0, 1)}, "2 of 4 not within"),
        (([1.0, 1], [1, 2]), {"kind": "wagstaff", "bounds": (0, 1)}, "not between the bounds"),
        (([1.0, 1], [1, 2]), {"kind": "modified", "bounds": (1, 9)}, "not above 1"),
        ((SEEN, INCOME), {"cluster": [1, 1, 1, 1]}, "two clusters or more"),
        ((SEEN, INCOME), {"cluster": ["a", None, "b", "b"]}, "cluster: 1 of 4 not a label"),
        ((SEEN, INCOME), {"cluster": [1, 2, 3]}, "shapes do not fit together: value"),
    ],
)
def test_bad_people_are_refused(arguments, options, words):
    with pytest.raises(InputError, match=words):
        concentration_index(*arguments, **options)


@pytest.mark.parametrize("nu", [1, 0.5, np.inf, np.nan])
def test_an_aversion_not_above_one_is_refused(nu):
    with pytest.raises(ParameterError, match="a number above 1"):
        extended_concentration_index(SEEN, INCOME, nu=nu)


def test_extended_needs_a_mean_above_zero():
    with pytest.raises(InputError, match="mean of value"):
        extended_concentration_index(-SEEN, INCOME, nu=3)


def test_an_empty_batch_of_people_in_clusters_is_an_empty_answer():
    none = np.empty((0, 4))
    found = concentration_index(none, none, cluster=["a", "a", "b", "b"])
    assert found.value.shape == found.se.shape == (0,)
