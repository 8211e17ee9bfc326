"""Promises about what a unit is understood to say."""

import pytest

from ineqlib.sources.units import is_percent, multiplier, multipliers_named, same_unit


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        *((unit, 1e3) for unit in ("per 1,000", "per 1.000", "per 1'000", "/1,000", "\u2030")),
        *((unit, 1e3) for unit in ("per thousand", "per mille", "rate/1000", "per 1k")),
        *(
            (unit, 1e5)
            for unit in ("per 100.000", "per 100\u2019000", "per 100 thousand", "/ 100k")
        ),
        *((unit, 1e5) for unit in ("per 10^5", "per 10\u2075", "per 1e5", "DSR per 100,000")),
        *((unit, 1e6) for unit in ("per million", "per 1 million", "per 1m", "per 1000000")),
        *((unit, 1e2) for unit in ("Percentage (%)", "% (weighted)", "pct.", "per hundred")),
        ("per 100,000 bed days", 1e5),
    ],
)
def test_a_multiplier_is_understood_however_it_is_written(unit: str, times: float) -> None:
    assert multiplier(unit) == times


@pytest.mark.parametrize(
    "unit",
    ["per 5 years", "per 12 months", "\u00b5g/m\u00b3", "\u00a3 per head", "2009/10", "2023/24"],
)
def test_what_is_no_multiplier_is_none(unit: str) -> None:
    assert not multiplier(unit) > 0


def test_a_year_in_a_name_is_no_multiplier() -> None:
    assert multipliers_named("Falls 2023/24 per 1,000 over 5 years") == {1e3}


def test_a_change_in_percent_is_no_share() -> None:
    assert is_percent("Prevalence (%)")
    assert not is_percent("Change (%)")
    assert not is_percent("% of the England average")


@pytest.mark.parametrize("unit", ["/100,000", "per 100.000", "rate / 100k"])
def test_units_that_mean_the_same_are_one(unit: str) -> None:
    assert same_unit(unit, "per 100,000")
