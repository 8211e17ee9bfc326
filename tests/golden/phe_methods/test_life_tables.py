"""Our life tables against published ones (see ORIGIN.md for all numbers)."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError
from ineqlib.measures import (
    ABRIDGED_BANDS,
    AgeBands,
    arriaga,
    healthy_life_expectancy,
    life_expectancy,
    life_table,
    life_table_problems,
    suppression_reasons,
)

# fmt: off
PEOPLE = np.array([
    7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601, 50209, 56416, 46411,
    39820, 37978, 37039, 33288, 23306, 11936, 11936.0,
])
DEATHS = np.array([
    17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937.0,
])
VALUE = [
    80.16960813, 79.36245674, 75.44193645, 70.47299936, 65.52909542, 60.67510088, 55.78835987,
    50.92752727, 46.06740425, 41.24505636, 36.49322717, 31.83343842, 27.26027992, 22.9719144,
    18.76856852, 14.95858336, 11.51684445, 8.618849241, 6.163942934, 6.16210635,
]
LOWER = [
    79.88268548, 79.0898816, 75.17407307, 70.20675732, 65.26548673, 60.41876577, 55.53801579,
    50.68279939, 45.82666794, 41.00842831, 36.26223216, 31.60996318, 27.04337271, 22.76653134,
    18.57570352, 14.77985004, 11.34831778, 8.451134045, 5.978358351, 5.887683386,
]
UPPER = [
    80.45653078, 79.63503188, 75.70979983, 70.7392414, 65.79270412, 60.931436, 56.03870395,
    51.17225516, 46.30814055, 41.48168441, 36.72422219, 32.05691365, 27.47718713, 23.17729746,
    18.96143352, 15.13731667, 11.68537112, 8.786564437, 6.349527517, 6.436529314,
]
SMALL_PEOPLE = np.array([
    270, 235, 246, 248, 243, 238, 246, 257, 261, 355, 350, 356, 346, 339, 337, 337, 333, 323, 311,
    311.0,
])
SMALL_DEATHS = np.array([
    17, 9, 4, 8, 20, 15, 24, 33, 50, 51, 10, 16, 26, 30, 36, 22, 13, 5, 6, 1.0,
])
SMALL_VALUE = [
    19.22914685, 19.44120610, 18.33467808, 14.67659995, 11.81284556, 11.63815414, 10.05641628,
    9.93152356, 11.95846561,
]
SMALL_LOWER = [
    16.43900644, 16.53437505, 15.62922550, 12.08108630, 9.21823373, 8.68414661, 6.54020385,
    4.71570153, 2.37762283, -1.60695210, -10.33328815, -17.16409724, -26.91715103, -45.04820928,
    -76.27067271, -137.12203187, -195.39453664, -242.37480291, -266.74198466, -298.54880400,
]
SMALL_UPPER = [
    22.01928726, 22.34803716, 21.04013066, 17.27211361, 14.40745738, 14.59216167, 13.57262872,
    15.14734559, 21.53930839, 50.29765396, 97.99598549, 107.54413263, 128.91238524, 181.91668353,
    278.06441642, 472.32822039, 649.40455756, 783.50845564, 841.04259816, 920.54880400,
]
# fmt: on


def test_expectation_at_every_age_with_limits():
    found = life_expectancy(DEATHS, PEOPLE, bands=ABRIDGED_BANDS, age="all")
    assert_allclose(found.value, VALUE, rtol=2e-9)
    assert_allclose([found.lower, found.upper], [LOWER, UPPER], atol=5e-5)  # as they test it
    half = 1.96 * found.se  # what theirs were made with
    assert_allclose([found.value - half, found.value + half], [LOWER, UPPER], rtol=1e-8)


def test_a_wide_interval_hides_the_value_and_leaves_the_limits():
    found = life_expectancy(SMALL_DEATHS, SMALL_PEOPLE, bands=ABRIDGED_BANDS, age="all")
    assert_allclose(found.value, SMALL_VALUE + [np.nan] * 11, rtol=1e-8)
    assert_allclose([found.lower, found.upper], [SMALL_LOWER, SMALL_UPPER], rtol=2e-7)


def test_more_deaths_than_people_hides_one_area_and_not_its_neighbour():
    deaths = np.stack([SMALL_DEATHS, SMALL_DEATHS])
    deaths[0, -1] = 312
    found = life_expectancy(deaths, SMALL_PEOPLE, bands=ABRIDGED_BANDS, age="all")
    assert np.isnan([found.value[0], found.lower[0], found.upper[0], found.se[0]]).all()
    assert_allclose(found.value[1, :9], SMALL_VALUE, rtol=1e-8)
    reasons = suppression_reasons(deaths, SMALL_PEOPLE, bands=ABRIDGED_BANDS)
    assert reasons.tolist() == ["more deaths than person-years in an age band", ""]


def test_a_missing_count_gives_22_years_there_and_an_error_here():
    """Deaths at 20-24 missing; the reference takes it that nobody survives that age."""
    with_all = life_table(DEATHS, PEOPLE, bands=ABRIDGED_BANDS)
    theirs = with_all.Lx[:5].sum() + 5 / 2 * with_all.lx[5]
    assert round(float(theirs), 1) == 22.4
    deaths = np.where(np.arange(20) == 5, np.nan, DEATHS)
    with pytest.raises(InputError, match=r"1 of 20 not a number \(counting from 0, at 5\)"):
        life_expectancy(deaths, PEOPLE, bands=ABRIDGED_BANDS)
    assert (
        suppression_reasons(deaths, PEOPLE, bands=ABRIDGED_BANDS) == "a count of deaths is missing"
    )


def test_no_deaths_from_90_give_no_value_there_and_a_reason_here():
    deaths = np.where(np.arange(20) == 19, 0, DEATHS)
    problems = life_table_problems([DEATHS, deaths], PEOPLE, bands=ABRIDGED_BANDS)
    assert problems.tolist() == ["", "no deaths in the open age band"]


def test_sullivans_method_on_frenchmen_of_1991():
    """Years without disability at 65 to 85, and their standard errors from the survey alone.

    The guide's survivors come from a complete life table, whose years lived in a band of five are
    up to 1% more than an abridged table has.
    """
    survivors = np.array([89_367, 84_968, 78_012, 66_625, 48_532.0])
    dying = 1 - survivors[1:] / survivors[:-1]
    rates = np.append(dying / (5 * (1 - dying / 2)), 48_532 / 289_068)
    free = np.array([0.804, 0.714, 0.630, 0.487, 0.290])
    variance = np.array([0.000281, 0.000507, 0.000675, 0.000914, 0.000805])
    people = np.full(5, 1e12)
    found = healthy_life_expectancy(
        rates * people,
        people,
        free,
        free * (1 - free) / variance,
        bands=[65, 70, 75, 80, 85],
        age="all",
    )
    assert_allclose(found.value, [12.3, 8.8, 5.8, 3.4, 1.7], atol=0.08)
    assert_allclose(found.se**2, [0.0466, 0.0441, 0.0384, 0.0325, 0.0285], rtol=0.015)


@pytest.mark.real
@pytest.mark.parametrize("symmetric", [False, True])
def test_lives_before_75_in_the_most_and_least_deprived_tenth_of_england(real_data, symmetric):
    """Each year and sex, 2001 to 2016: the parts add up to the difference in years before 75."""
    folder = real_data / "deprivation_gradients"
    deaths, people = (
        pd.read_csv(folder / f"masi_{name}.csv.gz").set_index(["imd10", "year", "sex"]).sort_index()
        for name in ("mort", "pop")
    )
    assert deaths.index.equals(people.index)
    most, least = (
        np.append(
            (deaths.loc[tenth] / people.loc[tenth]).to_numpy(),
            np.full((32, 1), 1e12),  # nobody lives on from 75: years before it alone are left
            axis=1,
        )
        for tenth in (1, 10)
    )
    parts = arriaga(most, least, bands=AgeBands(range(76)), symmetric=symmetric)
    assert parts.total.shape == (32, 76)
    assert_allclose(parts.total.sum(axis=-1), parts.difference, rtol=1e-12)
    assert (parts.difference > 2).all()
    assert (parts.difference < 6).all()
    assert (parts.total[:, 50:75] > 0).all()
    assert_allclose(parts.total[:, 75], 0, atol=1e-9)
