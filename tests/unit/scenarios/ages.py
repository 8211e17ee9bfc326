"""Life expectancy and years of life lost: deaths and illness by age."""

from functools import partial

import numpy as np

from ineqlib.measures import (
    ABRIDGED_BANDS,
    ESP2013,
    arriaga_limits,
    healthy_life_expectancy,
    life_expectancy,
    lifespan_variation,
    years_before_age,
    years_of_life_lost,
)

from .model import scenario

RATE = np.append([0.004, 0.00015], 6e-5 * np.exp(0.42 * np.arange(1, 19)))
"""Deaths a person-year in 20 bands: infants, 1 to 4, then rising by half in each band."""
SHARE = np.array([1.2, 4.6, 6.3, 6.2, 5.6, 6.0, 6.6, 7.0, 6.8, 6.5, 6.3, 6.8, 6.8, 5.9, 5.0])
SHARE = np.append(SHARE, [4.9, 3.6, 2.5, 1.6, 0.9]) / 103.1
HEALTHY = np.linspace(0.97, 0.35, 20)
ASKED = np.full(20, 150)


_at_birth = partial(life_expectancy, bands=ABRIDGED_BANDS)


def _deaths(rng, sets, person_years):
    population = SHARE * person_years
    return rng.poisson(population * RATE, (sets, 20)), population


@scenario("life_expectancy", "at birth, a district of 150,000 in three years")
def district(rng, sets):
    deaths, population = _deaths(rng, sets, 450_000)
    return _at_birth(population * RATE, population).value, _at_birth(deaths, population)


@scenario("life_expectancy", "at 65, a district of 150,000 in three years")
def district_at_65(rng, sets):
    deaths, population = _deaths(rng, sets, 450_000)
    truth = life_expectancy(population * RATE, population, bands=ABRIDGED_BANDS, age=65)
    return truth.value, life_expectancy(deaths, population, bands=ABRIDGED_BANDS, age=65)


@scenario("life_expectancy", "at birth, a ward of 6,000 in five years")
def ward(rng, sets):
    deaths, population = _deaths(rng, sets, 30_000)
    return _at_birth(population * RATE, population).value, _at_birth(deaths, population)


@scenario("healthy_life_expectancy", "at birth, a district of 150,000, 3,000 people asked")
def healthy(rng, sets):
    deaths, population = _deaths(rng, sets, 450_000)
    said = rng.binomial(ASKED, HEALTHY, (sets, 20)) / ASKED
    truth = healthy_life_expectancy(
        population * RATE, population, HEALTHY, ASKED, bands=ABRIDGED_BANDS
    )
    return truth.value, healthy_life_expectancy(
        deaths, population, said, ASKED, bands=ABRIDGED_BANDS
    )


STANDARD = np.concatenate([[1000, 4000], ESP2013.people[1:]])
"""The European Standard Population with under 1 and 1 to 4 apart."""


def _lost(rng, sets, person_years, **options):
    deaths, population = _deaths(rng, sets, person_years)
    given = {"population": population, "standard": STANDARD, **options}
    years = years_before_age(75, bands=ABRIDGED_BANDS)
    truth = years_of_life_lost(population * RATE, years, **given).value
    return truth, years_of_life_lost(deaths, years, **given)


@scenario("years_of_life_lost", "before 75, standardised, a district of 150,000 in three years")
def lost_in_a_district(rng, sets):
    return _lost(rng, sets, 450_000)


@scenario("years_of_life_lost", "before 75, in all, a district of 150,000 in a year")
def lost_in_all(rng, sets):
    return _lost(rng, sets, 150_000, population=None, standard=None)


@scenario("years_of_life_lost", "before 75, standardised, a ward of 6,000 in five years")
def lost_in_a_ward(rng, sets):
    return _lost(rng, sets, 30_000)


CAUSES = np.array([[0.3], [0.3], [0.4]])
MOST = np.minimum(1.5 * RATE, 0.25) * np.array([[0.35], [0.25], [0.4]])
"""Death rates by cause of a most deprived fifth; the least deprived has `RATE`."""
SPANS = (0, 25, 50, 65, 75)


def _parts(rng, sets, person_years):
    """Return the truth and the limits, of the fifths of a place."""
    population = SHARE * person_years
    expected = population * MOST, population * RATE * CAUSES
    drawn = (rng.poisson(deaths, (sets, *deaths.shape)) for deaths in expected)
    return tuple(
        arriaga_limits(most, population, least, population, bands=ABRIDGED_BANDS, spans=SPANS)
        for most, least in (expected, drawn)
    )


@scenario("arriaga_limits", "the years from 65 to 74, fifths of a district of 150,000")
def part_of_an_age(rng, sets):
    truth, found = _parts(rng, sets, 90_000)
    return truth.by_age.value[3], found.by_age[:, 3]


@scenario("arriaga_limits", "the years under 25, fifths of a district of 150,000")
def part_of_the_young(rng, sets):
    truth, found = _parts(rng, sets, 90_000)
    return truth.by_age.value[0], found.by_age[:, 0]


@scenario("arriaga_limits", "one of three causes, fifths of a district of 150,000")
def part_of_a_cause(rng, sets):
    truth, found = _parts(rng, sets, 90_000)
    return truth.by_cause.value[0], found.by_cause[:, 0]


@scenario("lifespan_variation", "from birth, a district of 150,000 in three years")
def lifespans(rng, sets):
    deaths, population = _deaths(rng, sets, 450_000)
    truth = lifespan_variation(population * RATE, population, bands=ABRIDGED_BANDS)
    return truth.value, lifespan_variation(deaths, population, bands=ABRIDGED_BANDS)
