"""England's rules on showing life expectancy, and one bad area among many."""

import numpy as np
import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    healthy_life_expectancy,
    life_expectancy,
    life_table,
    life_table_problems,
    suppression_reasons,
)

BANDS = [65, 85]
DEATHS = np.array([[30.0, 400], [30, 400], [30, 400], [30, 5], [30, 400]])
PEOPLE = np.array([[40_000.0, 9000], [4000, 900], [4000, 1000], [9000, 4], [4000, 1001]])


def shown(estimate) -> list[bool]:
    return np.isfinite(estimate.value).tolist()


def test_up_to_5000_person_years_are_withheld_and_not_one_more():
    found = life_expectancy(DEATHS, PEOPLE, bands=BANDS, age=65)
    assert shown(found) == [True, False, False, False, True]
    assert np.isnan([found.lower[1], found.upper[1], found.se[1]]).all()
    reasons = suppression_reasons(DEATHS, PEOPLE, bands=BANDS, age=65)
    assert reasons.tolist() == [
        "",
        "5,000 person-years or fewer",
        "5,000 person-years or fewer",
        "more deaths than person-years in an age band",
        "",
    ]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), [True, True, True, True, True]),
        (("deaths",), [True, True, True, False, True]),
        (["population"], [True, False, False, True, True]),
        ("population", [True, False, False, True, True]),
        (("width", "deaths", "population"), [True, False, False, False, True]),
    ],
)
def test_rules_are_obeyed_by_name(rules, expected):
    found = life_expectancy(DEATHS, PEOPLE, bands=BANDS, age=65, rules=rules)
    assert shown(found) == expected
    reasons = suppression_reasons(DEATHS, PEOPLE, bands=BANDS, age=65, rules=rules)
    assert (reasons == "").tolist() == expected
    everyone = np.ones((5, 2))
    healthy = healthy_life_expectancy(
        DEATHS, PEOPLE, everyone, 100 * everyone, bands=BANDS, age=65, rules=rules
    )
    assert shown(healthy) == expected


def test_the_method_says_which_rules():
    found = life_expectancy(DEATHS, PEOPLE, bands=BANDS, age=65, rules=("population",))
    assert found.method.endswith("; none where 5,000 person-years or fewer")


def test_an_unknown_rule_is_refused_with_the_nearest():
    with pytest.raises(ParameterError, match="Did you mean 'width'"):
        life_expectancy(DEATHS, PEOPLE, bands=BANDS, age=65, rules=("widths",))


def test_a_wide_interval_leaves_its_limits_whatever_the_confidence():
    """One death in the open band: e = 30 years, se = 30."""
    deaths, people = [1.0, 1.0], [9000.0, 30.0]
    for confidence in (0.5, 0.95, 0.998):
        found = life_expectancy(deaths, people, bands=BANDS, age=85, confidence=confidence)
        assert np.isnan(found.value)
        assert np.isfinite([found.lower, found.upper, found.se]).all()
    assert suppression_reasons(deaths, people, bands=BANDS, age=85) == (
        "95% interval wider than 20 years"
    )


def test_the_width_is_judged_at_each_age():
    deaths, people = [100.0, 400.0, 1.0], [9000.0, 4000.0, 30.0]
    found = life_expectancy(deaths, people, bands=[65, 75, 90], age="all")
    assert np.isnan(found.value).tolist() == [False, False, True]
    assert suppression_reasons(deaths, people, bands=[65, 75, 90], age=65) == ""
    both = suppression_reasons(
        [deaths, [10.0, 10, 1]], [people, [90.0, 90, 9]], bands=[65, 75, 90], age="all"
    )
    assert both.tolist() == [
        ["", "", "95% interval wider than 20 years"],
        ["5,000 person-years or fewer"] * 3,
    ]


BAD = {
    "a count of deaths is missing": ([np.nan, 400], [9000.0, 900]),
    "a population is missing": ([30.0, 400], [9000, np.nan]),
    "a count of deaths is below zero": ([-1.0, 400], [9000.0, 900]),
    "nobody lives in an age band": ([30.0, 400], [9000.0, 0]),
    "no deaths in the open age band": ([30.0, 0], [9000.0, 900]),
    "nobody survives an age band": ([900.0, 400], [9000.0, 900]),
}


@pytest.mark.parametrize(("reason", "counts"), BAD.items())
def test_one_bad_area_says_why_and_need_not_stop_the_others(reason, counts):
    deaths, people = (
        np.array([good, bad])
        for good, bad in zip(([30.0, 400], [9000.0, 900]), counts, strict=True)
    )
    problems = life_table_problems(deaths, people, bands=BANDS)
    assert problems.tolist() == ["", reason]
    assert suppression_reasons(deaths, people, bands=BANDS, age=65).tolist() == ["", reason]
    with pytest.raises(InputError):
        life_table(deaths, people, bands=BANDS)
    fine = problems == ""
    assert shown(life_expectancy(deaths[fine], people[fine], bands=BANDS, age=65)) == [True]


def test_an_area_that_is_withheld_is_not_refused_for_its_open_band():
    deaths, people = [[30.0, 400], [3, 0]], [[9000.0, 900], [400, 20]]
    found = life_expectancy(deaths, people, bands=BANDS, age=65)
    assert shown(found) == [True, False]
    alone = life_expectancy(deaths[0], people[0], bands=BANDS, age=65)
    assert found.value[0] == alone.value
    with pytest.raises(InputError, match="open band"):
        life_expectancy(deaths, people, bands=BANDS, age=65, rules=("deaths",))


def test_a_missing_count_is_refused_even_where_the_area_is_withheld():
    with pytest.raises(InputError, match="never taken as zero"):
        life_expectancy([np.nan, 4], [400.0, 20], bands=BANDS, age=65)
