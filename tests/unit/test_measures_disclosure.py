"""Hiding small counts, checked by hand, and every refusal in words."""

import numpy as np
import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    RULES,
    Rule,
    Sum,
    Totals,
    differencing_risks,
    protect,
    round_counts,
    suppress,
)

NAN = np.nan


def test_missing_zero_and_suppressed_are_three_things():
    shown = suppress([0, NAN, 4, 5], "fewer_than_5")
    assert shown.status.tolist() == ["published", "missing", "primary", "published"]
    assert shown.counts[0] == 0
    assert shown.totals.rows is None


@pytest.mark.parametrize(
    ("rule", "hidden"),
    [
        ("hes", [1, 7]),
        ("hes_before_2018", [1, 5]),
        ("fewer_than_5", [1, 4]),
        ("fewer_than_3", [1, 2]),
        ("opensafely", [0, 7]),
    ],
)
def test_published_rules_hide_what_they_say(rule, hidden):
    counts = np.arange(0, 12)
    primary = counts[suppress(counts, rule).status == "primary"]
    assert [primary.min(), primary.max()] == hidden
    assert RULES[rule].source


def test_the_hes_rule_rounds_what_it_shows():
    shown = suppress([0, 7, 8, 12, 13], "hes")
    np.testing.assert_array_equal(shown.counts, [0, NAN, 10, 10, 15])


def test_the_smallest_further_count_goes_and_zero_stays():
    shown = suppress([3, 0, 12, 28], "fewer_than_5", totals=43)
    assert shown.status.tolist() == ["primary", "published", "secondary", "published"]


def test_two_hidden_counts_that_their_total_gives_away_are_not_enough():
    """Sevens: 14 is 7 + 7 and nothing else, for who knows that both are 1 to 7."""
    shown = suppress([7, 7, 30], RULES["hes_before_2018"], totals=44)
    assert shown.status.tolist() == ["published"] * 3
    shown = suppress([7, 7, 30], Rule(1, 7), totals=44)
    assert shown.status.tolist() == ["primary", "primary", "secondary"]


def test_totals_can_be_small_themselves():
    shown = suppress([1, 1, 0], "fewer_than_5", totals=2)
    assert shown.totals_status.rows.tolist() == "primary"
    assert np.isnan(shown.totals.rows)


def test_a_table_is_protected_along_rows_and_columns():
    table = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    shown = suppress(table, "fewer_than_5", totals=Totals(table.sum(1), table.sum(0), table.sum()))
    assert shown.status.tolist() == [
        ["primary", "secondary", "published"],
        ["secondary", "secondary", "published"],
        ["published", "published", "published"],
    ]
    assert shown.totals.grand == table.sum()


def test_each_line_of_a_batch_has_its_own_total():
    shown = suppress([[3, 12, 28], [10, 20, 30]], "fewer_than_5", totals=[43, 60])
    assert shown.status.tolist() == [["primary", "secondary", "published"], ["published"] * 3]


@pytest.mark.parametrize(
    ("counts", "totals", "message"),
    [
        ([3, 12], 16, "totals.rows: 1 of 1 not the sum of their parts"),
        ([3, NAN], 16, "Find the counts that are missing"),
        ([3, 12], [15, 15], r"totals.rows: shape \(2,\) found, \(\) expected"),
        ([3.5, 12], None, "counts: 1 of 2 not a whole number"),
        ([-1, 12], None, "counts: 1 of 2 not a whole number, zero or above"),
        (["3", "[c]"], None, "found text"),
        ([3, 12], Totals(columns=[3, 12]), "one line of counts has no columns"),
    ],
)
def test_what_cannot_be_suppressed_is_refused_in_words(counts, totals, message):
    with pytest.raises(InputError, match=message):
        suppress(counts, "fewer_than_5", totals=totals)


@pytest.mark.parametrize("numbers", [("1", 4), (1.5, 4), (1, None), (True, 4), (1, 4, 2.5)])
def test_rules_are_of_whole_numbers(numbers):
    with pytest.raises(ParameterError, match="whole number"):
        Rule(*numbers)


def test_rules_that_hide_nothing_or_are_unknown_are_refused():
    with pytest.raises(ParameterError, match="Did you mean 'fewer_than_5'"):
        suppress([1], "fewer_than5")
    with pytest.raises(ParameterError, match="Hiding one number alone"):
        Rule(1, 1)
    with pytest.raises(ParameterError, match="round_to=1"):
        Rule(1, 5, round_to=1)


def test_subtraction_over_two_tables_is_found_and_explained():
    """Persons and men are shown in both areas; the county adds up the women."""
    labels = ["County women", "A women", "B women", "B persons", "B men"]
    sums = [Sum(0, (1, 2), "county = A + B"), Sum(3, (4, 2), "persons = men + women in B")]
    [first, second] = differencing_risks([50, NAN, NAN, 60, 14], sums, labels=labels)
    assert first.words == ("A women can only be 4: see county = A + B, persons = men + women in B.")
    assert (second.label, second.kind, second.lowest) == ("B women", "exact", 46)
    assert [one.name for one in second.sums] == ["persons = men + women in B"]


def test_a_range_narrower_than_the_rule_is_found_only_with_the_rule():
    sums = [Sum(0, (1, 2), "total")]
    known = {"within": ([0, 1, 1], [0, 7, 7])}
    assert differencing_risks([12, NAN, NAN], sums, **known) == []
    risks = differencing_risks([12, NAN, NAN], sums, rule=Rule(1, 7), **known)
    assert [(risk.kind, risk.lowest, risk.highest) for risk in risks] == [("narrow", 5, 7)] * 2
    assert risks[0].words == "count 1 can only be 5 to 7: see total."


def test_what_nobody_knows_is_no_secret_but_protects():
    sums = [Sum(0, (1, 2))]
    [risk] = differencing_risks([12, NAN, 9], sums)
    assert risk.cell == 1
    assert differencing_risks([12, NAN, 9], sums, hidden=[False] * 3) == []
    assert differencing_risks([12, NAN, NAN], sums, hidden=[False, True, False]) == []


def test_what_a_reader_thinks_possible_is_given_lowest_first():
    with pytest.raises(InputError, match="within: 3 of 3 not lowest first"):
        differencing_risks([12, NAN, NAN], [Sum(0, (1, 2))], within=(7, 1))


def test_rounded_totals_leave_a_range():
    sums = [Sum(0, (1, 2))]
    assert differencing_risks([25, 20, NAN], sums, rule=RULES["hes"]) == []
    with pytest.raises(InputError, match="not a multiple of 5"):
        differencing_risks([24, 20, NAN], sums, rule=RULES["hes"])


@pytest.mark.parametrize(
    ("counts", "sums", "message"),
    [
        ([10, 6, 5], [Sum(0, (1, 2), "all")], "do not add up: all"),
        ([10, 11, NAN], [Sum(0, (1, 2), "all")], "do not add up: all"),
        ([10, 12, NAN, NAN], [Sum(0, (2, 3), "x"), Sum(1, (2, 3), "y")], "do not add up: x, y"),
        ([10, NAN], [Sum(0, (1, 2), "all")], "name a place that is not among the 2 counts: all"),
        ([10, NAN], [Sum("0", (1,), "all")], "name a place that is not among the 2 counts: all"),
        ([10, NAN], [Sum(0, (1.0,), "all")], "name a place that is not among the 2 counts: all"),
        ([10, NAN], [Sum(0, (0, 1), "all")], "name a place twice: all"),
    ],
)
def test_sums_that_cannot_be_are_refused_in_words(counts, sums, message):
    with pytest.raises(InputError, match=message):
        differencing_risks(counts, sums)


def test_protect_hides_no_more_where_nothing_is_told():
    sums = [Sum(0, (1, 2, 3))]
    assert protect([30, 3, 4, 23], sums, hidden=[False, True, True, False]).sum() == 2


def test_rounding_goes_to_the_nearest_multiple_and_halves_go_up():
    assert round_counts([0, 4, 5, 14, 15], base=10).tolist() == [0, 0, 10, 10, 20]
    with pytest.raises(InputError, match="never taken as zero"):
        round_counts([1, NAN])
    with pytest.raises(ParameterError, match="base=1"):
        round_counts([1, 2], base=1)


def test_a_table_in_place_of_a_row_of_counts_is_refused_in_words():
    with pytest.raises(InputError, match=r"one row of counts, found a table of shape \(3, 1\)"):
        differencing_risks([[12], [9], [3]], [Sum(0, (1, 2))])
