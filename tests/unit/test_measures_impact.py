"""Impact measures on numbers that can be worked by hand."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import heat_paf, heat_par, paf, par

VALUE = np.array([70.0, 80, 84])
PEOPLE = np.array([1.0, 1, 2])
SHARE = PEOPLE / 4
Z = 1.959963984540054


def test_risk_and_fraction_by_hand():
    # The mean is 0.25 x 70 + 0.25 x 80 + 0.5 x 84 = 79.5.
    assert_allclose(par(VALUE, PEOPLE).value, 4.5)
    assert_allclose(paf(VALUE, PEOPLE).value, 4.5 / 79.5)


def test_risk_limits_count_the_reference_group_within_the_mean():
    found = par(VALUE, PEOPLE, se=[0.3, 0.4, 0.5])
    error = np.sqrt((0.25 * 0.3) ** 2 + (0.25 * 0.4) ** 2 + (0.5 * 0.5) ** 2)
    assert_allclose(found.se, error)
    assert_allclose([found.lower, found.upper], [4.5 - Z * error, 4.5 + Z * error])


def test_fraction_limits_are_fieller():
    se = np.array([3.0, 4, 5])
    found = paf(VALUE, PEOPLE, se=se)
    for limit in (found.lower, found.upper):
        # At a limit the reference less (1 + limit) times the mean is z of its errors from zero.
        coefficient = np.array([0, 0, 1]) - (1 + limit) * SHARE
        distance = abs(coefficient @ VALUE) / np.sqrt((coefficient**2) @ se**2)
        assert_allclose(distance, Z)


def test_adverse_and_wrong_way_values_keep_their_sign():
    assert_allclose(par(VALUE[::-1], [1, 1, 1]).value, 70 - 78)
    assert_allclose(paf(VALUE[::-1], [1, 1, 1]).value, -8 / 78)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("least_deprived", -1), ("highest", 2), ("lowest", -2), (0, 0), (1, 2), (np.int64(2), -2)],
)
def test_reference_groups(reference, expected):
    value = [10.0, 12, 8, 9]
    people = [2, 1, 1, 0.000001]
    assert_allclose(par(value, people, reference=reference).value, expected, atol=1e-5)


def test_the_best_group_is_chosen_in_each_problem():
    value = np.array([[1.0, 2, 3], [6.0, 5, 4]])
    assert_allclose(par(value, [1, 1, 1], reference="highest").value, [1, 1])
    assert_allclose(par(value, [1, 1, 1], reference="lowest").value, [-1, -1])
    assert "highest group" in par(value, [1, 1, 1], reference="highest").method


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("best", "not known"),
        ("highesst", "Did you mean 'highest'"),
        (3, "from 0 to 2"),
        (-1, "0 to 2"),
    ],
)
def test_an_unknown_reference_is_refused(reference, words):
    for measure in (par, paf):
        with pytest.raises(ParameterError, match=words):
            measure(VALUE, PEOPLE, reference=reference)


@pytest.mark.parametrize("measure", [par, paf])
@pytest.mark.parametrize(
    ("value", "people", "se", "words"),
    [
        ([1, np.nan, 3], [1, 1, 1], None, "1 of 3 not a number"),
        ([1, 2, 3], [1, 0, 1], None, "population: 1 of 3 not above zero"),
        ([1, 2, 3], [1, 1, 1], [1, -1, 1], "se: 1 of 3 not zero or above"),
        ([1, 2, 3], [1, 1], None, "shapes do not fit"),
        ([1], [1], None, "1 groups found, at least 2"),
    ],
)
def test_bad_groups_are_refused(measure, value, people, se, words):
    with pytest.raises(InputError, match=words):
        measure(value, people, se=se)


def test_a_fraction_of_nothing_is_refused():
    with pytest.raises(InputError, match="mean of value: 1 of 2 not above zero"):
        paf([[-1.0, 1], [1.0, 2]], [1, 1])


def test_without_errors_there_are_no_limits():
    for measure in (par, paf):
        found = measure(VALUE, PEOPLE)
        assert np.isnan([found.lower, found.upper, found.se]).all()


def test_heat_by_hand():
    # 20 of 50 outside the reference group have the outcome, and 30 of 50 in it.
    error = np.sqrt(30 * 100 * (20 * 20 * 70 + 30 * 30**2) / (50**3 * 50**3))
    fraction = heat_paf([40, 60], [50, 50], multiplier=100, polarity="favourable")
    assert_allclose([fraction.value, fraction.se], [20, error])
    risk = heat_par([40, 60], [50, 50], multiplier=100, polarity="favourable")
    assert_allclose([risk.value, risk.se], [10, 50 * error])
    assert_allclose([risk.lower, risk.upper], [10 - Z * risk.se, 10 + Z * risk.se])


def test_heat_fraction_has_the_error_of_a_true_sample_but_a_hundred_times_too_small():
    rng = np.random.default_rng(4)
    asked = np.array([4000, 3000, 3000])
    share = np.array([0.5, 0.6, 0.8])
    drawn = rng.multinomial(10_000, asked / 10_000, size=4000)
    fractions = paf(rng.binomial(drawn, share) / drawn, drawn).value
    found = heat_paf(100 * share, asked, multiplier=100, polarity="favourable")
    assert_allclose(found.se, fractions.std(), rtol=0.05)
    assert_allclose(found.value / 100, paf(share, asked).value)


@pytest.mark.parametrize("measure", [heat_par, heat_paf])
def test_heat_sets_the_wrong_way_to_zero_without_limits(measure):
    options = {"multiplier": 1000, "reference": "least_deprived"}
    wrong = measure([60.0, 40], [1, 1], polarity="favourable", **options)
    assert wrong.value == 0
    assert np.isnan([wrong.lower, wrong.upper, wrong.se]).all()
    right = measure([60.0, 40], [1, 1], polarity="adverse", **options)
    assert right.value < 0
    assert right.lower < right.value < right.upper


@pytest.mark.parametrize("measure", [heat_par, heat_paf])
def test_heat_refuses_what_is_no_proportion(measure):
    with pytest.raises(InputError, match="1 of 2 not from 0 to the multiplier of 100"):
        measure([50, 101], [1, 1], multiplier=100, polarity="adverse")
    with pytest.raises(InputError, match="mean of value"):
        measure([0, 0], [1, 1], multiplier=100, polarity="adverse")
    with pytest.raises(ParameterError, match="multiplier=0"):
        measure([50, 60], [1, 1], multiplier=0, polarity="adverse")
    with pytest.raises(ParameterError, match="Did you mean 'adverse'"):
        measure([50, 60], [1, 1], multiplier=100, polarity="advers")


@pytest.mark.parametrize("measure", [par, paf])
@pytest.mark.parametrize("best", ["highest", "lowest"])
def test_where_groups_tie_for_best_the_order_of_rows_decides_nothing(measure, best):
    value, people, se = np.array([70.0, 84, 84, 70, 80]), np.arange(1.0, 6), np.arange(5.0, 0, -1)
    orders = [np.roll(np.arange(5)[::way], by) for way in (1, -1) for by in range(5)]
    found = [measure(value[o], people[o], se=se[o], reference=best) for o in orders]
    for part in ("value", "lower", "upper", "se"):
        numbers = [getattr(answer, part) for answer in found]
        assert_allclose(numbers, numbers[0], rtol=1e-12)


def test_of_groups_that_tie_for_best_the_less_certain_is_the_reference():
    first, second = (
        par([80.0, 80, 70], [1, 1, 2], se=[2, 1, 1], reference=reference).se for reference in (0, 1)
    )
    assert first > second
    assert par([80.0, 80, 70], [1, 1, 2], se=[2, 1, 1], reference="highest").se == first


def test_fiellers_limits_keep_their_digits():
    """Against sixty digits, with a large value all groups have in common and small errors."""
    value, people, se = (
        [1e6 + n for n in (1, 3, 4, 7, 9)],
        [5, 4, 3, 2, 1],
        [1e-3, 2e-3] * 2 + [1e-3],
    )
    found = paf(value, people, se=se)
    with localcontext() as context:
        context.prec = 60
        share = [Decimal(n) / 15 for n in people]
        top = [-part for part in share[:4]] + [1 - share[4]]
        y, variance, z = [Decimal(n) for n in value], [Decimal(e) ** 2 for e in se], Decimal(Z)

        def total(*parts):
            return sum(np.prod(each) for each in zip(*parts, strict=True))

        above, below = total(top, y), total(share, y)
        a = below**2 - z**2 * total(share, share, variance)
        b = above * below - z**2 * total(top, share, variance)
        c = above**2 - z**2 * total(top, top, variance)
        root = (b**2 - a * c).sqrt()
        limits = [float((b - root) / a), float((b + root) / a)]
    assert_allclose([found.lower, found.upper], limits, rtol=1e-12)


def test_a_known_average_takes_the_place_of_the_groups_mean():
    value, people, se = [70.0, 80.0, 84.0], [1, 1, 2], [0.4, 0.4, 0.3]
    risk = par(value, people, se=se, average=79)
    assert (risk.value, risk.se) == (5, pytest.approx(0.3))
    fraction = paf(value, people, se=se, average=79)
    assert_allclose([fraction.value, fraction.se], [5 / 79, 0.3 / 79])
    assert_allclose(fraction.upper - fraction.value, 1.959964 * 0.3 / 79, rtol=1e-6)
    lowest = par(value, people, reference="lowest", average=79)
    assert lowest.value == -9
    assert paf(value, people, reference="highest", se=se, average=79).value == pytest.approx(5 / 79)


def test_a_known_average_that_is_the_groups_own_changes_no_value():
    value, people = np.array([[20.0, 12, 11], [5, 9, 30]]), np.array([3.0, 1, 4])
    own = (value * people).sum(axis=1) / 8
    for measure in (par, paf):
        for reference in ("least_deprived", "lowest", 1):
            with_it = measure(value, people, reference=reference, average=own)
            assert_allclose(with_it.value, measure(value, people, reference=reference).value)


@pytest.mark.parametrize("average", [69, 85, [79, 80], "79"])
def test_an_average_that_the_groups_cannot_have_is_refused(average):
    with pytest.raises(InputError, match="average"):
        par([70.0, 80.0, 84.0], [1, 1, 2], average=average)
