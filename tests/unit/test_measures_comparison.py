"""The overlap rule, the test of the difference and the one for lists are three rules."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import false_discovery_control

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate
from ineqlib.measures import compare, difference_p, false_discovery

# Benjamini and Hochberg 1995, section 3.2: their example of 15 comparisons.
PAPER = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


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


def test_p_of_a_difference_by_hand():
    area = estimate([10.0, 10], [3, 3])
    assert_allclose(
        difference_p(area, estimate([10.0, 10 + 1.959963984540054 * 5], [4, 4])), [1, 0.05]
    )


def test_p_without_any_error_says_whether_they_are_equal():
    assert difference_p(estimate([1.0, 1], [0, 0]), [1.0, 2]).tolist() == [1, 0]
    assert np.isnan(difference_p(estimate([1.0, np.nan], [np.nan, 1]), 1.0)).all()


def test_the_example_of_the_paper():
    judged = false_discovery(PAPER)
    assert judged.discoveries.tolist() == [True] * 4 + [False] * 11
    assert int(judged.comparisons) == 15
    assert_allclose(judged.adjusted, false_discovery_control(PAPER))


def test_false_discovery_agrees_with_scipy_in_any_order_and_in_batches():
    p = np.random.default_rng(8).uniform(size=(4, 3, 50)) ** 3
    judged = false_discovery(p, rate=0.1)
    assert_allclose(judged.adjusted, false_discovery_control(p, axis=-1))
    assert_allclose(judged.adjusted[2, 1], false_discovery(p[2, 1]).adjusted)
    assert (judged.discoveries == (judged.adjusted <= 0.1)).all()


def test_what_was_not_compared_does_not_count():
    judged = false_discovery([np.nan, *PAPER, np.nan])
    assert int(judged.comparisons) == 15
    assert_allclose(judged.adjusted[1:-1], false_discovery_control(PAPER))
    assert np.isnan(judged.adjusted[[0, -1]]).all()
    assert not judged.discoveries[[0, -1]].any()


def test_a_list_of_nothing_compared_finds_nothing():
    judged = false_discovery([np.nan, np.nan])
    assert int(judged.comparisons) == 0
    assert not judged.discoveries.any()


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_a_p_that_is_no_probability_is_refused(p):
    with pytest.raises(InputError, match="p: 1 of 2 not between 0 and 1"):
        false_discovery([0.5, p])


def test_a_rate_in_per_cent_is_refused():
    with pytest.raises(ParameterError, match="fraction"):
        false_discovery([0.5], rate=5)


def test_words_for_a_list_keep_the_side_and_allow_for_its_length():
    area = estimate([13.0, 7, 10, 12.2, np.nan], [1.0] * 5)
    assert compare(area, 10, rule="difference").tolist() == [
        *("higher", "lower", "similar", "higher", "not compared")
    ]
    assert compare(area, 10, rule="false discovery").tolist() == [
        *("higher", "lower", "similar", "higher", "not compared")
    ]
    longer = estimate(np.concatenate([area.value, np.full(40, 10.0)]), np.ones(45))
    assert compare(longer, 10, rule="false discovery")[:5].tolist() == [
        *("similar", "similar", "similar", "similar", "not compared")
    ]
    assert str(compare(area[0], 10, rule="false discovery")) == "higher"


def test_few_of_those_called_different_are_so_by_chance():
    rng = np.random.default_rng(11)
    truth = np.concatenate([np.zeros(200), np.full(96, 3.0)])
    area = estimate(rng.normal(truth, 1, (2_000, 296)), 1.0)
    different = compare(area, 0.0, rule="false discovery") != "similar"
    false = different[:, :200].sum(axis=1) / np.maximum(different.sum(axis=1), 1)
    assert false.mean() == pytest.approx(0.05 * 200 / 296, abs=0.002)
    plain = compare(area, 0.0, rule="difference") != "similar"
    assert (plain[:, :200].sum(axis=1) / plain.sum(axis=1)).mean() > 0.08


def test_a_plain_number_has_no_interval_to_compare():
    for call in (compare, difference_p):
        with pytest.raises(InputError, match=r"estimate: expected an Estimate .*, found float"):
            call(81.0, 80.0)
