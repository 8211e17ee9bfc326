"""Concentration between groups on numbers that can be worked by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import aci, concentration_curve, erreygers, rci, sii, wagstaff

EVEN = np.ones(4)
VALUE = np.array([10.0, 20, 30, 40])
SE = np.array([2.0, 2, 2, 2])
Z = 1.959963984540054
# Ranks of four equal groups are 1/8, 3/8, 5/8 and 7/8: 2 p (R - 1/2) is this.
TURN = np.array([-3.0, -1, 1, 3]) / 16
HUNDRED = {"bounds": (0, 100)}


def test_indices_by_hand():
    assert_allclose(aci(VALUE, EVEN).value, 6.25)
    assert_allclose(rci(VALUE, EVEN).value, 0.25)
    assert_allclose(erreygers(VALUE, EVEN, **HUNDRED).value, 0.25)
    assert_allclose(wagstaff(VALUE, EVEN, **HUNDRED).value, 100 * 6.25 / (75 * 25))


def test_unequal_groups():
    # Ranks 0.25, 0.625 and 0.875.
    assert_allclose(aci([1.0, 2, 4], [2, 1, 1]).value, 2 * (-0.125 + 0.0625 + 0.375))


def test_with_many_groups_on_a_line_the_index_is_a_sixth_of_the_slope():
    value = np.linspace(0, 1, 500)
    assert_allclose(aci(value, np.ones(500)).value, sii(value, np.ones(500)).value / 6, rtol=1e-5)


def test_errors_by_hand():
    expected = 2 * np.sqrt((TURN**2).sum())
    found = aci(VALUE, EVEN, se=SE)
    assert_allclose(found.se, expected)
    assert_allclose([found.lower, found.upper], [6.25 - Z * expected, 6.25 + Z * expected])
    scaled = erreygers(VALUE, EVEN, se=SE, **HUNDRED)
    assert_allclose([scaled.se, scaled.lower], np.array([found.se, found.lower]) / 25)


def test_relative_limits_are_fieller():
    found = rci(VALUE, EVEN, se=SE)
    for limit in (found.lower, found.upper):
        coefficient = TURN - limit / 4
        assert_allclose(abs(coefficient @ VALUE) / (2 * np.sqrt((coefficient**2).sum())), Z)


def test_wagstaff_error_is_its_slope_in_each_value_times_the_error():
    rate = [
        (
            wagstaff(VALUE + step, EVEN, **HUNDRED).value
            - wagstaff(VALUE - step, EVEN, **HUNDRED).value
        )
        / 2e-4
        for step in 1e-4 * np.eye(4)
    ]
    found = wagstaff(VALUE, EVEN, se=SE, **HUNDRED)
    assert_allclose(found.se, 2 * np.sqrt(np.sum(np.square(rate))), rtol=1e-7)
    middle = np.arctanh(found.value)
    assert_allclose(np.arctanh([found.lower, found.upper]).mean(), middle)
    assert_allclose(np.arctanh(found.upper) - middle, Z * found.se / (1 - found.value**2))


def test_wagstaff_is_one_where_some_have_all_and_has_no_limits_there():
    found = wagstaff([0, 0, 100, 100], EVEN, se=SE, **HUNDRED)
    assert_allclose(found.value, 1)
    assert np.isnan([found.lower, found.upper]).all()
    near = wagstaff([1, 1, 99, 99], EVEN, se=SE, **HUNDRED)
    assert near.value < near.upper <= 1


@pytest.mark.parametrize("measure", [erreygers, wagstaff])
def test_a_bounded_index_does_not_mind_who_is_counted(measure):
    with_it = measure(VALUE, EVEN, se=SE, **HUNDRED)
    without = measure(100 - VALUE, EVEN, se=SE, **HUNDRED)
    assert_allclose(
        [without.value, without.lower, without.upper],
        [-with_it.value, -with_it.upper, -with_it.lower],
    )
    assert_allclose(measure(VALUE / 100, EVEN, bounds=(0, 1)).value, with_it.value)


@pytest.mark.parametrize("measure", [erreygers, wagstaff])
@pytest.mark.parametrize(
    "bounds", [(100, 0), (0, 0), (0, np.nan), (0, np.inf), (0,), 1, "ab", None]
)
def test_bounds_that_are_none_are_refused(measure, bounds):
    with pytest.raises(ParameterError, match="least and the greatest value"):
        measure(VALUE, EVEN, bounds=bounds)


@pytest.mark.parametrize("measure", [erreygers, wagstaff])
def test_values_outside_the_bounds_are_refused(measure):
    with pytest.raises(InputError, match="2 of 4 not within the bounds 0 and 25"):
        measure(VALUE, EVEN, bounds=(0, 25))
    with pytest.raises(TypeError, match="bounds"):
        measure(VALUE, EVEN)


def test_wagstaff_needs_a_mean_between_the_bounds():
    for everybody in (0, 100):
        with pytest.raises(InputError, match="no inequality to measure against"):
            wagstaff(np.full(4, everybody), EVEN, **HUNDRED)


def test_a_relative_index_needs_a_mean_above_zero():
    assert_allclose(aci([-3.0, 1], [1, 1]).value, 1)
    with pytest.raises(InputError, match="use the absolute concentration index"):
        rci([-3.0, 1], [1, 1])


@pytest.mark.parametrize("measure", [aci, rci])
@pytest.mark.parametrize(
    ("value", "people", "words"),
    [
        ([1, None, 3], [1, 1, 1], "1 of 3 not a number"),
        (["1", "2", "3"], [1, 1, 1], "found text"),
        ([1, 2, 3], [1, -1, 1], "population: 1 of 3 not above zero"),
        ([1], [1], "1 groups found"),
    ],
)
def test_bad_groups_are_refused(measure, value, people, words):
    with pytest.raises(InputError, match=words):
        measure(value, people)


def test_what_groups_have_in_common_costs_no_digits():
    assert_allclose(aci(VALUE + 2.0**40, EVEN).value, 6.25, rtol=1e-12)


def test_curve_by_hand():
    curve = concentration_curve([10, 20, 40], [2, 1, 1])
    assert curve.population.tolist() == [0, 0.5, 0.75, 1]
    assert curve.value.tolist() == [0, 0.25, 0.5, 1]


def test_curve_of_many_places_and_its_area():
    rng = np.random.default_rng(5)
    value, people = rng.uniform(0, 9, (7, 10)), rng.uniform(1, 3, (7, 10))
    curve = concentration_curve(value, people)
    assert curve.value.shape == (7, 11)
    area = np.trapezoid(curve.value, curve.population, axis=-1)
    assert_allclose(1 - 2 * area, rci(value, people).value)


def test_a_curve_of_nothing_or_less_is_refused():
    with pytest.raises(InputError, match="value: 1 of 2 not zero or above"):
        concentration_curve([-1, 2], [1, 1])
    with pytest.raises(InputError, match="nothing to share"):
        concentration_curve([0, 0], [1, 1])
