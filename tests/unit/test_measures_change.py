"""A change of a gap has a sign, an interval and a name; periods that share people are refused."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate
from ineqlib.measures import bgv, change_in_gap, difference, mdm, par, ratio, rii, sii

START = (2015, 2018)


def gap(value, se, confidence=0.95):
    value, se = np.asarray(value, dtype=float), np.asarray(se, dtype=float)
    return Estimate(value, value - 1.96 * se, value + 1.96 * se, se, confidence)


def verdict(before, after, se=1.0, **options):
    found = change_in_gap(gap(before, se), gap(after, se), start=START, **options)
    return str(found.verdict)


def test_difference_of_differences_by_hand():
    before = difference([70.0, 79], se=[0.3, 0.4])
    after = difference([70.0, 81], se=[0.6, 0.8])
    change = change_in_gap(before, after, start=START).change
    assert_allclose(change.value, 2)
    assert_allclose(change.se, np.sqrt(0.5**2 + 1**2))
    assert_allclose([change.lower, change.upper], 2 + np.array([-1, 1]) * 1.959963985 * change.se)


def test_ratio_of_ratios_by_hand():
    before, after = ratio([40.0, 20], se=[2, 1]), ratio([40.0, 10], se=[2, 0.5])
    change = change_in_gap(before, after, start=START, scale="relative").change
    log_error = 0.1
    assert_allclose(change.value, 0.5)
    assert_allclose(change.se, 0.5 * log_error)
    assert_allclose([change.lower, change.upper], 0.5 * np.exp([-0.1959963985, 0.1959963985]))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (6, 10, "wider"),
        (10, 6, "narrower"),
        (-6, -10, "wider"),
        (-10, -6, "narrower"),
        (6, 7, "no significant change"),
        (5, -9, "reversed"),
        (-9, 5, "reversed"),
        (8, -1, "narrower"),
        (-1, 8, "wider"),
        (3, -1.9, "changed, cannot tell whether wider"),
        (1, -1, "no significant change"),
    ],
)
def test_words_by_how_far_the_gap_is_from_equality(before, after, expected):
    assert verdict(before, after) == expected


def test_relative_gaps_below_one_are_wider_the_nearer_to_zero():
    def told(before, after):
        found = change_in_gap(
            gap(before, 0.02 * before), gap(after, 0.02 * after), start=START, scale="relative"
        )
        return str(found.verdict)

    assert told(0.8, 0.6) == "wider"
    assert told(0.6, 0.8) == "narrower"
    assert told(1.25, 1.7) == "wider"
    assert told(1.25, 0.6) == "reversed"


def test_turning_the_order_of_groups_turns_the_sign_and_keeps_the_word():
    rng = np.random.default_rng(3)
    before, after = gap(rng.normal(0, 4, 200), 1.0), gap(rng.normal(0, 4, 200), 1.0)
    found = change_in_gap(before, after, start=START)
    turned = change_in_gap(gap(-before.value, 1.0), gap(-after.value, 1.0), start=START)
    assert_allclose(turned.change.value, -found.change.value)
    assert turned.verdict.tolist() == found.verdict.tolist()
    assert set(found.verdict) >= {"wider", "narrower", "reversed", "no significant change"}


def test_without_standard_errors_nothing_is_said():
    found = change_in_gap(gap([1.0, 1], [1, np.nan]), gap([9.0, np.nan], [1, 1]), start=START)
    assert found.verdict.tolist() == ["wider", "not compared"]


def test_periods_that_overlap_are_refused():
    with pytest.raises(InputError, match="same people twice"):
        change_in_gap(gap(1, 1), gap(2, 1), start=(2015, 2017), span=3)
    change_in_gap(gap(1, 1), gap(2, 1), start=(2015, 2018), span=3)


def test_periods_out_of_order_are_refused():
    with pytest.raises(InputError, match="oldest period first"):
        change_in_gap(gap(1, 1), gap(2, 1), start=(2018, 2015))


@pytest.mark.parametrize("start", [(201516, 201617), (2.02e7, 2.03e7)])
def test_two_years_written_as_one_number_are_no_start(start):
    # Their difference, 101, would be taken for years that share nobody.
    with pytest.raises(InputError, match="start: 2 of 2 not a year"):
        change_in_gap(gap(1, 1), gap(2, 1), start=start, span=3)


def test_starts_may_be_a_column():
    start = pd.Series([2015, 2018], index=["before", "after"])
    change = change_in_gap(gap(1, 1), gap(2, 1), start=start, span=3).change
    assert change.value == 1


def test_levels_that_differ_are_refused():
    with pytest.raises(InputError, match=r"95\.0% limits and after 99\.8%"):
        change_in_gap(gap(1, 1), gap(2, 1, confidence=0.998), start=START)


def test_a_ratio_not_above_zero_is_refused():
    with pytest.raises(InputError, match=r"after: 1 of 2 not above zero"):
        change_in_gap(gap([1, 1], 1), gap([1, 0], 1), start=START, scale="relative")


def test_unknown_options_are_refused():
    with pytest.raises(ParameterError, match="Did you mean 'relative'"):
        verdict(1, 2, scale="relatives")
    with pytest.raises(ParameterError, match="above zero"):
        verdict(1, 2, span=0)
    with pytest.raises(ParameterError, match="starts of two periods"):
        change_in_gap(gap(1, 1), gap(2, 1), start=2015)


@pytest.mark.parametrize("scale", ["absolute", "relative"])
def test_intervals_hold_the_truth_as_often_as_they_say(scale):
    rng = np.random.default_rng(17)
    truth, error = np.array([[60.0, 80], [62, 85]]), np.array([[2.0, 1.5], [1, 2.5]])
    values = rng.normal(truth, error, (20_000, 2, 2))
    measure = {"absolute": difference, "relative": ratio}[scale]
    gaps = measure(values, se=error)
    change = change_in_gap(gaps[:, 0], gaps[:, 1], start=START, scale=scale).change
    true_gap = measure(truth).value
    true = true_gap[1] - true_gap[0] if scale == "absolute" else true_gap[1] / true_gap[0]
    held = ((change.lower <= true) & (true <= change.upper)).mean()
    assert 0.945 < held < 0.955


@pytest.mark.parametrize(("before", "after"), [(5.0, 5.0), (5.0, -5.0), (0.0, 0.0)])
def test_gaps_of_one_size_are_rarely_called_wider_or_narrower(before, after):
    rng = np.random.default_rng(23)
    found = change_in_gap(
        gap(rng.normal(before, 1, 20_000), 1.0), gap(rng.normal(after, 1, 20_000), 1.0), start=START
    )
    wrong = np.isin(found.verdict, ["wider", "narrower"]).mean()
    assert wrong < 0.055


def test_gaps_of_two_kinds_or_of_other_groups_are_not_compared():
    fifths, tenths = np.array([70.0, 72, 75, 77, 81]), np.arange(70.0, 80)
    people, more_people = np.ones(5), np.ones(10)
    for before, after, words in (
        (sii(fifths, people), rii(fifths, people), "differ in their measure: 'slope index of"),
        (sii(fifths, people), difference(fifths), "differ in their measure"),
        (sii(fifths, people), sii(tenths, more_people), "number of groups: '5 groups' and '10"),
        (difference(fifths), difference(tenths), "number of groups"),
        (bgv(fifths, people), bgv(tenths, more_people), "number of groups"),
        (par(fifths, people), par(tenths, more_people), "number of groups"),
        (mdm(fifths, people), mdm(tenths, more_people), "number of groups"),
    ):
        with pytest.raises(InputError, match=words):
            change_in_gap(before, after, start=START)
    assert change_in_gap(gap(5, 1), sii(fifths, people, se=1.0), start=START).change.value > 5


def test_a_plain_number_is_no_estimate():
    with pytest.raises(InputError, match=r"after: expected an Estimate .*, found float"):
        change_in_gap(gap(5, 1), 6.0, start=START)
