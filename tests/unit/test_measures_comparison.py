"""The overlap rule and the test of the difference are two rules with two answers."""

import numpy as np
import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate
from ineqlib.measures import compare


def estimate(value, se):
    value, se = np.asarray(value, dtype=float), np.asarray(se, dtype=float)
    half = 1.959963984540054 * se
    return Estimate(value, value - half, value + half, se)


def test_overlap_uses_the_areas_interval_and_the_comparators_value():
    area = Estimate(*np.array([[10.0] * 5, [9.0] * 5, [11.0] * 5, [0.51] * 5]))
    words = compare(area, [8.9, 9, 10, 11, 11.1], rule="overlap")
    assert words.tolist() == ["higher", "similar", "similar", "similar", "lower"]


def test_the_comparators_interval_plays_no_part_in_the_overlap_rule():
    area, wide = estimate(10, 0.5), estimate(11.5, 5)
    assert str(compare(area, wide, rule="overlap")) == "lower"
    assert str(compare(area, wide, rule="difference")) == "similar"


def test_the_difference_rule_uses_both_standard_errors():
    area = estimate([10.0, 10.0], [3, 3])
    assert compare(area, estimate([18.0, 24.0], [4, 4]), rule="difference").tolist() == [
        "similar",
        "lower",
    ]


def test_against_a_bare_value_the_two_rules_agree():
    area, values = estimate(10, 0.5), np.linspace(8, 12, 41)
    overlap = compare(area, values, rule="overlap").tolist()
    assert overlap == compare(area, values, rule="difference").tolist()


def test_an_area_without_limits_is_not_compared_rather_than_similar():
    area = Estimate(
        *np.array([[10.0, 10, np.nan], [9, np.nan, 9], [11, np.nan, 11], [0.5, np.nan, 0.5]])
    )
    for rule in ("overlap", "difference"):
        words = compare(area, [12, 12, 12], rule=rule).tolist()
        assert words == ["lower", "not compared", "not compared"]
    assert str(compare(area[0], np.nan)) == "not compared"


def test_limits_the_wrong_way_round_are_refused():
    with pytest.raises(InputError, match="swapped"):
        compare(Estimate(*map(np.asarray, (10.0, 11.0, 9.0, 0.5))), 10)


def test_an_unknown_rule_is_refused():
    with pytest.raises(ParameterError, match="Did you mean 'overlap'"):
        compare(estimate(1, 1), 1, rule="overlaps")


def test_unlikely_verdicts_are_as_rare_as_the_confidence_says():
    rng = np.random.default_rng(5)
    area, other = estimate(rng.normal(0, 2, 40_000), 2.0), estimate(rng.normal(0, 1, 40_000), 1.0)
    wrong = (compare(area, other, rule="difference") != "similar").mean()
    assert 0.047 < wrong < 0.053
