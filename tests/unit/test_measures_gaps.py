"""Differences, ratios, slopes and their checks on fixtures that can be worked by hand."""

import tracemalloc

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import difference, gradient_checks, ratio, rii, sii

EVEN = np.ones(5)
RISING = np.array([10.0, 20, 30, 40, 50])
U_SHAPE = np.array([30.0, 10, 0, 10, 30])
CONVEX = np.array([5.0, 8, 30, 33, 60])


def test_rising_fifths():
    assert_allclose(sii(RISING, EVEN).value, 50)
    assert_allclose(rii(RISING, EVEN).value, 11)
    assert_allclose(difference(RISING).value, 40)
    assert_allclose(ratio(RISING).value, 5)
    checks = gradient_checks(RISING, EVEN)
    assert_allclose([checks.most_deprived_end, checks.least_deprived_end], [5, 55])
    assert_allclose(checks.r_squared, 1)
    assert checks.groups == 5
    assert checks.linear
    assert checks.monotonic
    assert checks.sign_holds
    assert checks.rii_defined


@pytest.mark.parametrize("scale", ["linear", "log", "logit"])
def test_equal_groups_have_no_gradient(scale):
    flat = np.full(5, 0.3)
    assert_allclose(sii(flat, EVEN, scale=scale).value, 0, atol=1e-12)
    assert_allclose(rii(flat, EVEN, scale=scale).value, 1)
    checks = gradient_checks(flat, EVEN)
    assert checks.linear
    assert checks.monotonic
    assert checks.sign_holds


def test_a_u_shape_has_no_slope_and_the_checks_say_the_line_is_wrong():
    assert_allclose(sii(U_SHAPE, EVEN).value, 0, atol=1e-12)
    assert_allclose(rii(U_SHAPE, EVEN).value, 1)
    checks = gradient_checks(U_SHAPE, EVEN)
    assert_allclose(checks.r_squared, 0, atol=1e-12)
    assert not checks.linear
    assert not checks.monotonic
    assert not checks.sign_holds


def test_a_relative_index_is_refused_where_the_line_falls_below_zero():
    assert_allclose(sii(CONVEX, EVEN).value, 67.5)
    checks = gradient_checks(CONVEX, EVEN)
    assert_allclose(checks.most_deprived_end, -6.55)
    assert not checks.rii_defined
    with pytest.raises(InputError, match="above zero at both ends"):
        rii(CONVEX, EVEN)


def test_reversed_groups_turn_the_sign_and_invert_the_ratio():
    assert_allclose(sii(RISING[::-1], EVEN).value, -50)
    assert_allclose(rii(RISING[::-1], EVEN).value, 1 / 11)


def test_a_split_fifth_changes_the_slope_so_fifths_and_tenths_are_not_to_be_compared():
    split = np.array([10.0, 10, 20, 30, 40, 50])
    population = np.array([0.5, 0.5, 1, 1, 1, 1])
    assert_allclose(sii(split, population).value, 8 / 0.161)
    assert_allclose(rii(split, population).value, 10.63855, rtol=1e-6)


def test_checks_of_a_country_of_neighbourhoods_fit_into_a_computer(monkeypatch) -> None:
    rng = np.random.default_rng(2)
    values, people = rng.normal(70, 3, 2500), rng.uniform(1000, 3000, 2500)
    tracemalloc.start()
    checks = gradient_checks(values, people)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2500**2 * 8  # one table of all by all
    few = values[:40].reshape(4, 10), people[:40].reshape(4, 10)
    whole = gradient_checks(*few).influence
    monkeypatch.setattr("ineqlib.measures.line_checks.BLOCK", 90)
    assert (gradient_checks(*few).influence == whole).all()
    without_last = sii(values[:-1], people[:-1]).value - sii(values, people).value
    assert checks.influence[-1] == pytest.approx(without_last, rel=1e-9)


@pytest.mark.parametrize("measure", [sii, rii, gradient_checks])
def test_four_groups_make_no_gradient(measure):
    with pytest.raises(InputError, match="4 groups found, at least 5"):
        measure(RISING[:4], EVEN[:4])


def test_slope_limits_are_normal():
    slope = sii(RISING, EVEN, se=np.full(5, 2.0))
    leverage = np.array([-1, -0.5, 0, 0.5, 1])
    assert_allclose(slope.se, 2 * np.sqrt((leverage**2).sum()))
    assert_allclose([slope.lower, slope.upper], 50 + np.array([-1, 1]) * 1.959963985 * slope.se)


def test_without_standard_errors_there_are_no_limits():
    for measure in (sii, rii):
        found = measure(RISING, EVEN)
        assert np.isnan([found.lower, found.upper, found.se]).all()


def test_log_slope_pivots_about_the_middle():
    values = np.exp(np.array([1.1, 1.3, 1.5, 1.7, 1.9]))
    found = sii(values, EVEN, se=0.05 * values, scale="log")
    assert_allclose(found.value, np.exp(2) - np.exp(1))
    half = 1.959963985 * 0.05 * np.sqrt(2.5)
    for limit, slope in ((found.lower, 1 - half), (found.upper, 1 + half)):
        assert_allclose(limit, np.exp(1.5 + slope / 2) - np.exp(1.5 - slope / 2))
    relative = rii(values, EVEN, se=0.05 * values, scale="log")
    assert_allclose(relative.value, np.e)
    assert_allclose([relative.lower, relative.upper], np.exp([1 - half, 1 + half]))


@pytest.mark.parametrize(
    ("measure", "scale"),
    [(sii, "log"), (rii, "log"), (sii, "logit"), (rii, "logit"), (rii, "linear")],
)
def test_delta_standard_errors_agree_with_simulation(measure, scale):
    rng = np.random.default_rng(20)
    truth, error = np.array([0.30, 0.26, 0.25, 0.20, 0.15]), np.full(5, 0.002)
    people = np.array([3.0, 2, 2, 1, 1])
    draws = rng.normal(truth, error, size=(20_000, 5))
    simulated = measure(draws, people, scale=scale).value.std()
    assert_allclose(measure(truth, people, se=error, scale=scale).se, simulated, rtol=0.03)


def test_fieller_limits_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(7)
    truth, error = np.array([8.0, 9, 11, 12, 14]), np.full(5, 0.8)
    people = np.array([1.0, 2, 1, 3, 1])
    fitted = np.polynomial.polynomial.polyfit([0.1, 0.3, 0.5, 0.7, 0.9], truth, 1)
    assert fitted[0] > 0
    true_ratio = rii(truth, people).value
    found = rii(rng.normal(truth, error, size=(20_000, 5)), people, se=error)
    held = (found.lower <= true_ratio) & (true_ratio <= found.upper)
    assert 0.945 < held.mean() < 0.955


def test_fieller_has_no_limits_where_the_deprived_end_cannot_be_told_from_zero():
    found = rii(RISING, EVEN, se=np.full(5, 5.0))
    assert_allclose(found.value, 11)
    assert np.isnan([found.lower, found.upper]).all()


def test_zero_standard_errors_give_limits_equal_to_the_estimate():
    found = rii(RISING, EVEN, se=np.zeros(5))
    assert_allclose([found.lower, found.upper], 11)


def test_one_call_does_every_area():
    rng = np.random.default_rng(0)
    values, people = rng.uniform(70, 85, (150, 10)), rng.uniform(1, 3, (150, 10))
    error = rng.uniform(0.2, 1, (150, 10))
    for measure in (sii, rii):
        batch = measure(values, people, se=error)
        assert batch.value.shape == batch.lower.shape == batch.se.shape == (150,)
        one = measure(values[77], people[77], se=error[77])
        assert_allclose(
            [batch[77].value, batch[77].lower, batch[77].upper], [one.value, one.lower, one.upper]
        )
    assert gradient_checks(values, people, se=error).influence.shape == (150, 10)


def test_the_number_of_groups_and_the_scale_are_in_the_method():
    assert sii(RISING, EVEN).method == (
        "slope index of inequality, 5 groups, linear scale, least squares weighted by population"
    )


def test_influence_of_leaving_out_a_group():
    values = np.array([10.0, 10, 10, 10, 50])
    checks = gradient_checks(values, EVEN)
    assert_allclose(checks.influence[4], -sii(values, EVEN).value)
    assert not checks.sign_holds


def test_a_bend_within_chance_is_not_called_a_bend():
    wavy = np.array([10.0, 13, 9, 12, 11])
    assert not gradient_checks(wavy, EVEN).linear
    assert gradient_checks(wavy, EVEN, se=np.full(5, 3.0)).linear
    assert not gradient_checks(wavy, EVEN, se=np.full(5, 0.1)).linear


def test_departure_from_a_line_is_chi_squared():
    rng = np.random.default_rng(3)
    people, error = np.array([1.0, 2, 3, 2, 1]), np.array([1.0, 0.5, 2, 1, 1])
    ranks = np.cumsum(people / 9) - people / 18
    p = gradient_checks(
        rng.normal(50 + 8 * ranks, error, (20_000, 5)), people, se=error
    ).departure_p
    assert 0.045 < (p < 0.05).mean() < 0.055


def test_difference_by_hand():
    gap = difference([70.0, 75, 82], se=[0.3, 9, 0.4])
    assert_allclose([gap.value, gap.se], [12, 0.5])
    assert_allclose([gap.lower, gap.upper], [12 - 0.98, 12 + 0.98], atol=1e-4)


def test_ratio_limits_are_symmetric_on_the_log_scale():
    found = ratio([20.0, 10], se=[2.0, 1.0])
    assert_allclose(found.value, 0.5)
    assert_allclose(found.se, 0.5 * np.sqrt(0.02))
    assert_allclose(found.lower * found.upper, found.value**2)


def test_every_group_against_a_reference():
    gaps = difference([70.0, 75, 82], se=[0.3, 0.4, 0.4], reference=1)
    assert gaps.value.tolist() == [-5, 0, 7]
    assert gaps.se[1] == 0
    assert_allclose(gaps.se[[0, 2]], [0.5, np.hypot(0.4, 0.4)])
    ratios = ratio([20.0, 10, 5], reference=0)
    assert ratios.value.tolist() == [1, 0.5, 0.25]


def test_an_unknown_reference_is_refused():
    with pytest.raises(ParameterError, match="from 0 to 2"):
        difference([70.0, 75, 82], reference=3)


def test_a_ratio_with_zero_is_refused():
    with pytest.raises(InputError, match="use a difference"):
        ratio([20.0, 0])


def test_negative_standard_errors_are_refused():
    with pytest.raises(InputError, match="se: 1 of 2 not zero or above"):
        difference([1.0, 2.0], se=[1, -1])


def test_a_ratio_asks_nothing_of_groups_it_does_not_use():
    found = ratio([40.0, 0, -3, 20], se=[1, 1, 1, 1])
    assert_allclose([found.value, found.se], [0.5, 0.5 * np.hypot(1 / 20, 1 / 40)])
    with pytest.raises(InputError, match=r"value: 1 of 4 not above zero \(counting from 0, at 1\)"):
        ratio([40.0, 0, 3, 20], reference=0)
    for value in ([0.0, 3, 20], [40.0, 3, 0]):
        with pytest.raises(InputError, match="not above zero"):
            ratio(value)
