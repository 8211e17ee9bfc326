"""Life tables: deaths and illness by age."""

import numpy as np

from ineqlib.measures import ABRIDGED_BANDS, healthy_life_expectancy, life_expectancy

from .model import scenario

STARTS = np.array(ABRIDGED_BANDS)
RATE = np.append([0.004, 0.00015], 6e-5 * np.exp(0.42 * np.arange(1, 19)))
"""Deaths a person-year in 20 bands: infants, 1 to 4, then rising by half in each band."""
SHARE = np.array([1.2, 4.6, 6.3, 6.2, 5.6, 6.0, 6.6, 7.0, 6.8, 6.5, 6.3, 6.8, 6.8, 5.9, 5.0])
SHARE = np.append(SHARE, [4.9, 3.6, 2.5, 1.6, 0.9]) / 103.1
HEALTHY = np.linspace(0.97, 0.35, 20)
ASKED = np.full(20, 150)


def _deaths(rng, sets, person_years):
    population = SHARE * person_years
    return rng.poisson(population * RATE, (sets, 20)), population


@scenario("life_expectancy", "at birth, a district of 150,000 in three years")
def district(rng, sets):
    deaths, population = _deaths(rng, sets, 450_000)
    return life_expectancy(population * RATE, population).value, life_expectancy(deaths, population)


@scenario("life_expectancy", "at 65, a district of 150,000 in three years")
def district_at_65(rng, sets):
    deaths, population = _deaths(rng, sets, 450_000)
    truth = life_expectancy(population * RATE, population, age=65)
    return truth.value, life_expectancy(deaths, population, age=65)


@scenario("life_expectancy", "at birth, a ward of 6,000 in five years")
def ward(rng, sets):
    deaths, population = _deaths(rng, sets, 30_000)
    return life_expectancy(population * RATE, population).value, life_expectancy(deaths, population)


@scenario("healthy_life_expectancy", "at birth, a district of 150,000, 3,000 people asked")
def healthy(rng, sets):
    deaths, population = _deaths(rng, sets, 450_000)
    said = rng.binomial(ASKED, HEALTHY, (sets, 20)) / ASKED
    truth = healthy_life_expectancy(population * RATE, population, HEALTHY, ASKED)
    return truth.value, healthy_life_expectancy(deaths, population, said, ASKED)
