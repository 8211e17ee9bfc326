"""WHO's logistic indices, by hand, against an independent regression, and by simulation."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import expit, logit

from ineqlib.errors import InputError
from ineqlib.measures import relative_rank, rii, rii_logistic, sii, sii_logistic

MEASURES = [sii_logistic, rii_logistic]
VALUE = np.array([0.42, 0.61, 0.55, 0.78, 0.93])
PEOPLE = np.array([300.0, 100, 250, 200, 400])
ERROR = np.array([0.03, 0.05, 0.04, 0.03, 0.02])


def regression(value: np.ndarray, population: np.ndarray, weight: np.ndarray) -> tuple:
    """Slope and relative index of a binomial regression by statsmodels."""
    sm = pytest.importorskip("statsmodels.api")
    design = sm.add_constant(relative_rank(population))
    model = sm.GLM(value, design, family=sm.families.Binomial(), var_weights=weight)
    start, slope = model.fit(tol=1e-14, maxiter=200).params
    return expit(start + slope) - expit(start), expit(start + slope) / expit(start)


def test_groups_on_a_curve_give_its_ends():
    rank = relative_rank(PEOPLE)
    on_curve = expit(-1 + 2.5 * rank)
    assert_allclose(sii_logistic(on_curve, PEOPLE).value, expit(1.5) - expit(-1))
    assert_allclose(rii_logistic(on_curve, PEOPLE).value, expit(1.5) / expit(-1))


@pytest.mark.parametrize("as_heat", [False, True])
@pytest.mark.parametrize("top", [1, 1e-4])
def test_values_are_those_of_an_independent_regression(as_heat, top):
    rng = np.random.default_rng(3)
    for k in range(3, 12):
        value, people = rng.uniform(0, top, k), rng.uniform(1, 1000, k)
        expected = regression(value, people, people**2 if as_heat else people)
        found = [measure(value, people, as_heat=as_heat).value for measure in MEASURES]
        assert_allclose(found, expected, rtol=1e-8)


def test_proportions_of_exactly_nought_and_one_are_fitted():
    value, people = np.array([0, 1, 0, 1.0, 1]), np.ones(5)
    expected = regression(value, people, people)
    assert_allclose([measure(value, people).value for measure in MEASURES], expected, rtol=1e-8)


@pytest.mark.parametrize("measure", MEASURES)
def test_standard_errors_are_those_of_simulated_groups(measure):
    rng = np.random.default_rng(4)
    small = ERROR / 5
    found = measure(VALUE, PEOPLE, se=small)
    draws = measure(VALUE + small * rng.standard_normal((40_000, 5)), PEOPLE).value
    assert_allclose(found.se, draws.std(), rtol=0.02)
    held = (found.lower < draws) & (draws < found.upper)
    assert_allclose(held.mean(), 0.95, atol=0.01)


@pytest.mark.parametrize("measure", MEASURES)
def test_confidence_limits_hold_the_truth_as_often_as_they_say(measure):
    rng = np.random.default_rng(5)
    truth, people = expit(-2 + 1.5 * relative_rank(PEOPLE)), PEOPLE * 10
    seen = rng.binomial(people.astype(int), truth, (4000, 5)) / people
    found = measure(seen, people, se=np.sqrt(seen * (1 - seen) / people))
    real = measure(truth, people).value
    assert 0.93 < ((found.lower < real) & (real < found.upper)).mean() < 0.97


@pytest.mark.parametrize("level", [1e-9, 0.3, 1.0])
def test_equal_groups_have_no_inequality(level):
    equal = np.full(4, level)
    assert sii_logistic(equal, [1, 2, 3, 4], se=level / 100).value == 0
    assert rii_logistic(equal, [1, 2, 3, 4], se=level / 100).value == 1
    linear = sii(np.full(5, level), PEOPLE, se=ERROR).se  # flat: the curve is a line
    assert_allclose(sii_logistic(np.full(5, level), PEOPLE, se=ERROR).se, linear)


def test_groups_that_are_all_zero_have_a_slope_of_nought_and_no_ratio():
    assert sii_logistic(np.zeros(5), PEOPLE).value == 0
    with pytest.raises(InputError, match="rii_logistic: 1 of 1 not above zero"):
        rii_logistic(np.zeros(5), PEOPLE)


def test_order_reversed_turns_the_sign_and_inverts_the_ratio():
    data, back = (VALUE, PEOPLE), (VALUE[::-1], PEOPLE[::-1])
    one, other = (sii_logistic(*groups, se=0.02) for groups in (data, back))
    assert_allclose([one.value, one.lower, one.upper], [-other.value, -other.upper, -other.lower])
    one, other = (rii_logistic(*groups, se=0.02) for groups in (data, back))
    assert_allclose([one.value, one.lower], [1 / other.value, 1 / other.upper])


@pytest.mark.parametrize("measure", MEASURES)
def test_populations_count_only_by_their_shares(measure):
    one, other = (measure(VALUE, PEOPLE * times, se=ERROR) for times in (1, 1e-3))
    assert_allclose([one.value, one.lower, one.upper], [other.value, other.lower, other.upper])


def test_small_gaps_are_those_of_the_straight_line():
    near_half = 0.5 + (VALUE - 0.5) / 1000
    for curved, straight in ((sii_logistic, sii), (rii_logistic, rii)):
        one, other = (measure(near_half, PEOPLE, se=ERROR / 1000) for measure in (curved, straight))
        assert_allclose([one.value, one.se], [other.value, other.se], rtol=1e-3)


def test_a_batch_is_its_problems_one_by_one():
    rng = np.random.default_rng(6)
    value, people = rng.uniform(0, 1, (2, 3, 6)), rng.uniform(1, 9, (2, 3, 6))
    for measure in MEASURES:
        batch = measure(value, people, se=0.01)
        assert batch.value.shape == (2, 3)
        for place in np.ndindex(2, 3):
            alone = measure(value[place], people[place], se=0.01)
            assert_allclose(batch[place].value, alone.value, rtol=1e-9)
            assert_allclose(batch[place].upper, alone.upper, rtol=1e-9)


@pytest.mark.parametrize(
    "value", [[0, 0, 1, 1, 1], [1, 1, 0.5, 0, 0], [0, 0, 0, 0, 0.1], [0.9, 1, 1, 1, 1]]
)
def test_groups_that_part_cleanly_are_refused_for_no_curve_fits_best(value):
    with pytest.raises(InputError, match="1 of 1 not fit for a logistic curve"):
        sii_logistic(value, np.ones(5))
    with pytest.raises(InputError, match=r"1 of 2 not .* \(counting from 0, at 1\)"):
        rii_logistic([VALUE, value], np.ones(5))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([42, 61, 78], "value: 3 of 3 not a proportion from 0 to 1 .*Divide percentages by 100"),
        ([0.1, -0.1, 0.2], "not a proportion from 0 to 1"),
        ([0.1, np.nan, 0.2], "never taken as zero"),
        ([0.1, 0.2], "2 groups found, at least 3"),
    ],
)
@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_no_set_of_proportions_is_refused(measure, value, words):
    with pytest.raises(InputError, match=words):
        measure(value, np.ones(len(value)))


def test_without_standard_errors_there_are_no_limits():
    found = sii_logistic(VALUE, PEOPLE)
    assert np.isfinite(found.value)
    assert np.isnan([found.lower, found.upper, found.se]).all()


def test_the_weight_is_in_the_method():
    assert "population squared (as HEAT)" in sii_logistic(VALUE, PEOPLE, as_heat=True).method
    assert "squared" not in sii_logistic(VALUE, PEOPLE).method


def test_logits_on_a_line_do_not_depend_on_the_weights():
    line = expit(logit(0.2) + 2 * relative_rank(PEOPLE))
    for measure in MEASURES:
        assert_allclose(measure(line, PEOPLE, as_heat=True).value, measure(line, PEOPLE).value)
