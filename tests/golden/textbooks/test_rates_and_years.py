"""Rates taken apart, years of life, and intervals of counts as textbooks print them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.measures import (
    concentration_curve,
    count_interval,
    excess_events,
    extended_concentration_index,
    kitagawa,
    poisson_exact_interval,
    rci,
    years_before_age,
    years_of_life_lost,
)

# United States, thousands of people and deaths per 1,000 in eleven bands of age of two races.
PEOPLE_1970 = [
    *(2968, 11484, 34614, 30992, 21983, 20314, 20928, 16897, 11339, 5720, 1315),
    *(535, 2162, 6120, 4781, 3096, 2718, 2363, 1767, 1149, 448, 117),
]
PEOPLE_1985 = [
    *(3041, 11577, 27450, 32711, 35480, 27411, 19555, 19795, 15254, 8022, 2472),
    *(707, 2692, 6473, 6841, 6547, 4352, 3034, 2540, 1749, 804, 236),
]
RATES_1970 = [
    *(18.469, 0.751, 0.391, 1.146, 1.287, 2.672, 6.636, 15.691, 34.723, 79.763, 176.837),
    *(36.993, 1.352, 0.541, 2.040, 3.523, 6.746, 12.967, 24.471, 45.091, 74.902, 123.205),
]
RATES_1985 = [
    *(9.163, 0.462, 0.248, 0.929, 1.084, 1.810, 4.715, 12.187, 27.728, 64.068, 157.570),
    *(17.208, 0.738, 0.328, 1.103, 2.045, 3.724, 8.052, 17.812, 34.128, 68.276, 125.161),
]


def test_the_fall_of_american_deaths_in_two_parts() -> None:
    shares = [np.array(people) / np.sum(people) for people in (PEOPLE_1970, PEOPLE_1985)]
    parts = kitagawa(RATES_1970, shares[0], RATES_1985, shares[1])
    sums = [parts.rate.sum(), parts.composition.sum(), parts.difference]
    assert_allclose(sums, [-2.2277254, 1.5415096, -0.6862158], atol=5e-8)


def test_years_before_65_of_deaths_from_leukaemia() -> None:
    years = years_before_age(65, bands=[0, 5, 15, 25, 35, 45, 55, 65])
    assert years.tolist() == [62.5, 55, 45, 35, 25, 15, 5, 0]
    lost = years_of_life_lost([125, 316, 472, 471, 767, 1459, 2611, 15_277], years)
    assert lost.value == pytest.approx(117_033, abs=0.51)


# Events, and the limits of their expectation that Garwood printed.
GARWOOD = [(0, 0, 3.69), (1, 0.0253, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39), (20, 12.22, 30.89)]
# By how many the limits of Byar are multiplied, of 10 events and of 100.
BYAR = [(10, 0.479, 1.84), (100, 0.814, 1.22)]


@pytest.mark.parametrize(("events", "lower", "upper"), GARWOOD)
def test_exact_limits_of_a_count(events: int, lower: float, upper: float) -> None:
    assert_allclose(poisson_exact_interval(events), (lower, upper), atol=0.006)
    if events < 10:
        assert_allclose(count_interval(events), (lower, upper), atol=0.006)


@pytest.mark.parametrize(("events", "lower", "upper"), BYAR)
def test_byars_limits_of_a_count_from_ten(events: int, lower: float, upper: float) -> None:
    assert_allclose(np.divide(count_interval(events), events), (lower, upper), atol=0.0051)


# Events of people in two samples, and Newcombe's limits of the difference of their shares.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize("row", NEWCOMBE)
def test_excess_events_of_shares_have_newcombes_limits(row: tuple[float, ...]) -> None:
    count, people, reference, reference_people, lower, upper = row
    excess = excess_events([count, reference], [people, reference_people], kind="proportion")
    assert_allclose([excess.lower / people, excess.upper / people], [lower, upper], atol=5.1e-5)
    difference = count / people - reference / reference_people
    assert excess.value / people == pytest.approx(difference, abs=1e-12)


# Births in India in 1982 to 1992 by fifth of wealth, poorest first, and deaths under five of 1,000.
BIRTHS = [29_939, 28_776, 26_528, 24_689, 19_739]
DEATH_RATES = [154.7, 152.9, 119.5, 86.9, 54.3]


def test_deaths_of_indian_children_by_wealth() -> None:
    curve = concentration_curve(DEATH_RATES, BIRTHS)
    assert np.round(100 * curve.population).tolist() == [0, 23, 45, 66, 85, 100]
    assert np.round(100 * curve.value).tolist() == [0, 30, 59, 79, 93, 100]
    assert rci(DEATH_RATES, BIRTHS).value == pytest.approx(-0.1694, abs=5e-5)
    index = extended_concentration_index(DEATH_RATES, [1, 2, 3, 4, 5], BIRTHS, nu=2)
    assert index.value == pytest.approx(-0.1694, abs=5e-5)
