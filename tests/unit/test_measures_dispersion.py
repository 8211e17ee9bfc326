"""Dispersion between groups, checked by hand; what is refused; where limits end."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    bgsd,
    bgv,
    cov,
    idis,
    mdb,
    mdm,
    mdr,
    mean_log_deviation,
    no_difference_p,
    theil_index,
)

VALUES = np.array([60.0, 70, 80])
PEOPLE = np.array([1.0, 2, 1])
ERRORS = np.array([2.0, 1, 2])
MEASURES = {
    "bgv": bgv,
    "bgsd": bgsd,
    "cov": cov,
    "theil_index": theil_index,
    "mean_log_deviation": mean_log_deviation,
    "mdm": mdm,
    "idis": idis,
    "mdb": lambda *data, **options: mdb(*data, best="highest", **options),
    "mdr": lambda *data, **options: mdr(*data, reference=1, **options),
}
RELATIVE = ("cov", "theil_index", "mean_log_deviation", "idis")
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
every_relative = pytest.mark.parametrize("measure", [MEASURES[name] for name in RELATIVE])


def test_values_by_hand():
    assert bgv(VALUES, PEOPLE).value == 50
    assert_allclose(bgsd(VALUES, PEOPLE).value, np.sqrt(50))
    assert_allclose(cov(VALUES, PEOPLE).value, np.sqrt(50) / 70)
    assert_allclose(
        theil_index(VALUES, PEOPLE).value, (6 / 7 * np.log(6 / 7) + 8 / 7 * np.log(8 / 7)) / 4
    )
    assert_allclose(mean_log_deviation(VALUES, PEOPLE).value, -(np.log(6 / 7) + np.log(8 / 7)) / 4)


def test_mean_distances_by_hand_weighted_and_not():
    assert mdm(VALUES, PEOPLE).value == 5
    assert_allclose(mdm(VALUES, PEOPLE, weighted=False).value, 20 / 3)
    assert_allclose(idis(VALUES, PEOPLE).value, 5 / 70)
    assert_allclose(idis(VALUES, PEOPLE, weighted=False).value, 20 / 210)
    assert mdb(VALUES, PEOPLE, best="highest").value == 10
    assert mdb(VALUES, [1, 2, 5], best="lowest").value == (2 * 10 + 5 * 20) / 8
    assert mdb(VALUES, PEOPLE, best="lowest", weighted=False).value == 10
    assert mdr(VALUES, PEOPLE, reference=1).value == 5
    assert_allclose(mdr(VALUES, PEOPLE, reference=1, weighted=False).value, 20 / 3)


def test_the_mean_is_of_people_also_where_groups_count_alike():
    assert_allclose(mdm([0.0, 10], [3, 1], weighted=False).value, (2.5 + 7.5) / 2)


def test_two_groups_are_as_certain_as_their_difference():
    """Half the difference of two equal groups: its limits are half those of the difference."""
    found = bgsd([70.0, 80], [1, 1], se=[3.0, 4])
    assert_allclose([found.value, found.se], [5, 2.5])
    half = 1.959963985 * 2.5
    assert_allclose([found.lower, found.upper], [5 - half, 5 + half])
    squared = bgv([70.0, 80], [1, 1], se=[3.0, 4])
    assert_allclose([squared.lower, squared.upper], [(5 - half) ** 2, (5 + half) ** 2])
    distance = mdm([70.0, 80], [1, 1], se=[0.3, 0.4])
    assert_allclose([distance.se, distance.lower, distance.upper], [0.25, 4.51, 5.49], atol=1e-4)


def test_limits_of_the_variance_by_the_formula_of_the_decision():
    value, share, error = VALUES, PEOPLE / 4, ERRORS
    away = value - 70
    observed = (share * away**2).sum()
    squared_error = (share**2 * away**2 * error**2).sum() / observed
    chance = (share * (1 - share) * error**2).sum() - squared_error
    root, half = np.sqrt(observed), 1.959963985 * np.sqrt(squared_error)
    found = bgv(value, PEOPLE, se=error)
    assert_allclose(found.lower, (root - half) ** 2 - chance)
    assert_allclose(found.upper, (root + half) ** 2 - chance)


@pytest.mark.parametrize("name", MEASURES)
def test_errors_agree_with_simulation(name):
    rng = np.random.default_rng(4)
    value, people, error = VALUES / 10, np.array([1.0, 3, 2]), np.array([0.05, 0.04, 0.06])
    simulated = MEASURES[name](rng.normal(value, error, (20_000, 3)), people).value.std()
    assert_allclose(MEASURES[name](value, people, se=error).se, simulated, rtol=0.03)


@every_measure
def test_groups_nearly_alike_cannot_be_told_apart(measure):
    found = measure([70.0, 70.5, 69.8], PEOPLE, se=np.full(3, 2.0))
    assert found.lower == 0
    assert found.upper > found.value > 0


@every_measure
def test_equal_groups_have_no_dispersion_and_an_upper_limit(measure):
    found = measure(np.full(4, 70.0), np.arange(1, 5), se=np.full(4, 2.0))
    assert found.value == found.lower == 0
    assert found.upper > 0


@every_measure
def test_without_standard_errors_there_are_no_limits(measure):
    found = measure(VALUES, PEOPLE)
    assert np.isfinite(found.value)
    assert np.isnan([found.lower, found.upper, found.se]).all()


@every_measure
def test_errors_of_zero_give_limits_equal_to_the_estimate(measure):
    found = measure(VALUES, PEOPLE, se=np.zeros(3))
    assert_allclose([found.lower, found.upper], found.value)
    assert found.se == 0


@every_measure
def test_one_call_does_every_area_and_an_area_is_as_if_alone(measure):
    rng = np.random.default_rng(0)
    values, people, error = (rng.uniform(1, 9, (40, 6)) for _ in range(3))
    batch = measure(values, people, se=error / 9)
    one = measure(values[7], people[7], se=error[7] / 9)
    assert batch.value.shape == batch.lower.shape == batch.se.shape == (40,)
    for field in ("value", "lower", "upper", "se"):
        assert_allclose(getattr(batch[7], field), getattr(one, field))


@every_measure
def test_large_numbers_in_common_cost_no_digits(measure):
    found = measure(VALUES * 1e-3 + 1e6, PEOPLE).value
    relative = 1e6 if measure in [MEASURES[name] for name in RELATIVE] else 1
    assert 0 < found * relative < 1


@every_measure
def test_missing_values_and_single_groups_are_refused(measure):
    with pytest.raises(InputError, match="value: 1 of 3 not a number"):
        measure([60, np.nan, 80], PEOPLE)
    with pytest.raises(InputError, match="population: 1 of 3 not above zero"):
        measure(VALUES, [1, 0, 1])
    with pytest.raises(InputError, match="se: 1 of 3 not zero or above"):
        measure(VALUES, PEOPLE, se=[1, -1, 1])
    with pytest.raises(InputError, match="se: 1 of 3 not a number"):
        measure(VALUES, PEOPLE, se=[1, np.nan, 1])
    with pytest.raises(InputError, match="1 groups found, at least 2"):
        measure([60], [1])


@every_relative
def test_relative_measures_refuse_what_has_no_true_zero(measure):
    with pytest.raises(InputError, match="use an absolute one"):
        measure([-1.0, 2, 3], PEOPLE)
    with pytest.raises(InputError, match="mean of the groups"):
        measure([0.0, 0, 0], PEOPLE)


def test_a_zero_counts_nothing_in_the_theil_index():
    assert_allclose(theil_index([0.0, 2], [1, 1]).value, np.log(2))
    with pytest.raises(InputError, match="Use theil_index"):
        mean_log_deviation([0.0, 2], [1, 1])


def test_an_uncertain_zero_leaves_the_theil_index_without_limits():
    uncertain = theil_index([0.0, 2, 3], PEOPLE, se=[0.1, 0.1, 0.1])
    assert np.isnan([uncertain.lower, uncertain.upper]).all()
    certain = theil_index([0.0, 2, 3], PEOPLE, se=[0, 0.1, 0.1])
    assert certain.lower < certain.value < certain.upper


def test_unknown_ends_and_references_are_refused():
    with pytest.raises(ParameterError, match="Did you mean 'highest'"):
        mdb(VALUES, PEOPLE, best="high")
    with pytest.raises(ParameterError, match="from 0 to 2"):
        mdr(VALUES, PEOPLE, reference=-1)


def test_the_lower_limit_allows_for_luck_where_several_may_be_best():
    clear = mdb(VALUES, [1, 1, 1], best="highest", se=[1.0, 1, 1])
    assert_allclose(clear.value - clear.lower, clear.upper - clear.value)
    doubtful = mdb([60.0, 79, 80], [1, 1, 1], best="highest", se=[1.0, 1, 1])
    assert doubtful.value - doubtful.lower > 1.1 * (doubtful.upper - doubtful.value)


def test_probability_of_no_difference_is_even_where_there_is_none():
    rng = np.random.default_rng(2)
    error = np.array([1.0, 2, 0.5, 3])
    p = no_difference_p(rng.normal(50, error, (20_000, 4)), se=error)
    assert 0.045 < (p < 0.05).mean() < 0.055
    with pytest.raises(InputError, match="se: 1 of 2 not above zero"):
        no_difference_p([1.0, 2], se=[0, 1])


def test_heat_scale_is_on_request_only():
    for measure, times in (
        (theil_index, 1000),
        (mean_log_deviation, 1000),
        (cov, 100),
        (idis, 100),
    ):
        ours, heat = measure(VALUES, PEOPLE), measure(VALUES, PEOPLE, as_heat=True)
        assert_allclose(heat.value, times * ours.value)
        assert "HEAT" in heat.method
        assert "HEAT" not in ours.method


def test_heat_puts_a_millionth_for_zero():
    heat = theil_index([0.0, 2], [1, 1], as_heat=True).value
    replaced = theil_index([1e-6, 2], [1, 1]).value
    assert_allclose(heat, 1000 * replaced)
    assert heat != 1000 * theil_index([0.0, 2], [1, 1]).value


def test_where_groups_tie_for_best_the_order_of_rows_decides_nothing():
    value, people, se = np.array([70.0, 84, 84, 70, 80]), np.arange(1.0, 6), np.arange(5.0, 0, -1)
    for best in ("highest", "lowest"):
        found = [mdb(value[o], people[o], se=se[o], best=best) for o in (np.s_[:], np.s_[::-1])]
        for part in ("value", "lower", "upper", "se"):
            assert_allclose(getattr(found[0], part), getattr(found[1], part), rtol=1e-12)
