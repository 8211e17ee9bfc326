"""Counts, proportions, rates and means."""

import numpy as np

from ineqlib.measures import (
    ESP2013,
    byar_interval,
    count_interval,
    crude_rate,
    dsr,
    dsr_of_repeats,
    isr,
    poisson_exact_interval,
    proportion,
    sample_mean,
    smr,
    smr_of_totals,
    wilson_interval,
)

from .model import scenario

DISCRETE = "a small count can take few values, and exact limits never hold less than they promise"

AGES = np.array([5.8, 6.3, 6.2, 5.6, 6.0, 6.6, 7.0, 6.8, 6.5, 6.3, 6.8, 6.8, 5.9, 5.0, 4.9])
AGES = np.append(AGES, [3.6, 2.5, 1.6, 0.9]) / 103.1
"""Share of England's people in each five-year band to 90 and over, about."""
STANDARD = ESP2013.for_bands(ESP2013.bands)
DEATH_RATE = 6e-5 * np.exp(0.42 * np.arange(19))
"""Deaths a person-year by the same bands: from 0 to 4 (after infancy) to 90 and over."""


@scenario("byar_interval", "emergency admissions of small wards, 20 to 200 expected")
def byar_wards(rng, sets):
    expected = rng.uniform(20, 200, sets)
    return expected, byar_interval(rng.poisson(expected))


@scenario("byar_interval", "deaths under 75 of small wards, 10 to 20 expected")
def byar_small(rng, sets):
    expected = rng.uniform(10, 20, sets)
    return expected, byar_interval(rng.poisson(expected))


@scenario("poisson_exact_interval", "admissions of districts, 200 to 2,000 expected")
def exact_districts(rng, sets):
    expected = rng.uniform(200, 2000, sets)
    return expected, poisson_exact_interval(rng.poisson(expected))


@scenario(
    "poisson_exact_interval",
    "infant deaths of districts, 1 to 9 expected",
    within=(0.95, 1),
    why=DISCRETE,
)
def exact_small(rng, sets):
    expected = rng.uniform(1, 9, sets)
    return expected, poisson_exact_interval(rng.poisson(expected))


@scenario("count_interval", "suicides of districts in three years, 10 to 60 expected")
def counts_of_districts(rng, sets):
    expected = rng.uniform(10, 60, sets)
    return expected, count_interval(rng.poisson(expected))


@scenario("wilson_interval", "smokers among 300 to 1,000 adults asked, 10% to 25% of them")
def wilson_smokers(rng, sets):
    asked, share = rng.integers(300, 1000, sets), rng.uniform(0.1, 0.25, sets)
    return share, wilson_interval(rng.binomial(asked, share), asked)


@scenario("wilson_interval", "a rare answer, 1% to 5% of 100 people asked")
def wilson_rare(rng, sets):
    share = rng.uniform(0.01, 0.05, sets)
    return share, wilson_interval(rng.binomial(100, share), 100)


@scenario("proportion", "obesity of 1,000 to 4,000 children measured, 15% to 30%")
def children(rng, sets):
    measured, share = rng.integers(1000, 4000, sets), rng.uniform(0.15, 0.3, sets)
    return share * 100, proportion(rng.binomial(measured, share), measured)


@scenario("crude_rate", "hospital stays for self-harm, 100 to 250 per 100,000 in 150,000 people")
def crude_rate_of_stays(rng, sets):
    rate = rng.uniform(100, 250, sets)
    return rate, crude_rate(rng.poisson(rate * 1.5), 150_000)


@scenario(
    "crude_rate",
    "infant deaths, 3 to 5 per 1,000 in 1,500 births",
    within=(0.95, 1),
    why=DISCRETE,
)
def crude_rate_small(rng, sets):
    rate = rng.uniform(3, 5, sets)
    return rate, crude_rate(rng.poisson(rate * 1.5), 1500, multiplier=1000)


@scenario("dsr", "deaths of a district of 150,000 in a year, 19 age bands")
def dsr_district(rng, sets):
    return _standardised(rng, sets, 150_000)


@scenario("dsr", "deaths of a small ward of 4,000 in a year, about 37 of them in 19 bands")
def dsr_ward(rng, sets):
    return _standardised(rng, sets, 4000)


ADMITTED = np.linspace(0.02, 0.12, 19)
"""Share of the people of each band admitted in a year."""
TIMES = np.array([0.7, 0.18, 0.07, 0.05])
"""Share of those admitted who are so once, twice, three and four times."""


@scenario("dsr_of_repeats", "emergency admissions of a district of 30,000, up to four a person")
def repeats(rng, sets):
    population = AGES * 30_000
    people = rng.poisson(population * ADMITTED * TIMES[:, None], (sets, 4, 19))
    each = (TIMES * np.arange(1, 5)).sum()
    truth = (STANDARD * ADMITTED).sum() / STANDARD.sum() * each * 100_000
    return truth, dsr_of_repeats(people, population, STANDARD)


def _standardised(rng, sets, people):
    population = AGES * people
    truth = (STANDARD * DEATH_RATE).sum() / STANDARD.sum() * 100_000
    deaths = rng.poisson(population * DEATH_RATE, (sets, 19))
    return truth, dsr(deaths, population, STANDARD)


@scenario("isr", "admissions of GP practices, 20 to 100 expected, against England's rates")
def isr_practices(rng, sets):
    observed, population, ratio = _practices(rng, sets)
    reference = AGES * 56e6 * DEATH_RATE, AGES * 56e6
    england = (AGES * DEATH_RATE).sum() * 100_000
    return ratio * england, isr(observed, population, *reference, bands=ESP2013.bands)


@scenario("smr", "deaths of areas of 4,000 to 12,000 people, 30% fewer to 50% more than England")
def smr_areas(rng, sets):
    observed, population, ratio = _practices(rng, sets)
    reference = AGES * 56e6 * DEATH_RATE, AGES * 56e6
    return ratio * 100, smr(observed, population, *reference, bands=ESP2013.bands, multiplier=100)


def _practices(rng, sets):
    population = AGES * rng.uniform(4000, 12_000, (sets, 1))
    ratio = rng.uniform(0.7, 1.5, sets)
    return rng.poisson(population * DEATH_RATE * ratio[:, None]), population, ratio


@scenario("sample_mean", "birth weight of 60 babies, 3,350 g on average, spread 500 g")
def birth_weight(rng, sets):
    return 3350, sample_mean(rng.normal(3350, 500, (sets, 60)))


@scenario(
    "sample_mean",
    "days of waiting of 30 patients, skewed (log-normal, median 40, half within 20 to 80)",
    within=(0.85, 0.93),
    why="the mean of few skewed numbers is itself skewed; Student's limits take it for normal",
)
def waiting(rng, sets):
    days = rng.lognormal(np.log(40), 1, (sets, 30))
    return 40 * np.exp(0.5), sample_mean(days)


@scenario("smr_of_totals", "deaths of wards, 20 to 80 expected, 30% fewer to 50% more than England")
def smr_wards(rng, sets):
    ratio, expected = rng.uniform(0.7, 1.5, sets), rng.uniform(20, 80, sets)
    return ratio * 100, smr_of_totals(rng.poisson(ratio * expected), expected, multiplier=100)
