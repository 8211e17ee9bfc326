"""Slope and relative indices from counts, rates falling by one curve."""

import numpy as np

from ineqlib.measures import relative_rank, rii_of_counts, sii_of_counts

from .groups import PEOPLE
from .model import scenario

SLOPE = np.log(0.4)
AREAS = np.linspace(1000, 2000, 60)
"""People in small areas, most deprived first."""
UNEVEN = 0.3
"""Spread of areas' rates about the curve, over the rate."""


def _rates(middle, people):
    return middle * np.exp(SLOPE * (relative_rank(people) - 0.5))


def _gap(middle, multiplier=100_000):
    return multiplier * middle * (np.exp(SLOPE / 2) - np.exp(-SLOPE / 2))


def _counts(rng, sets, middle, people):
    return rng.poisson(_rates(middle, people) * people, (sets, len(people)))


def _uneven(rng, sets, middle, people):
    own = rng.gamma(UNEVEN**-2, UNEVEN**2, (sets, len(people)))
    return rng.poisson(own * _rates(middle, people) * people)


@scenario("rii_of_counts, poisson", "deaths under 75 by tenth, a county, about 1,100")
def many_deaths(rng, sets):
    return np.exp(SLOPE), rii_of_counts(_counts(rng, sets, 0.003, PEOPLE), PEOPLE)


@scenario("rii_of_counts, poisson", "suicides by tenth, a county, about 35, often none in a tenth")
def few_deaths(rng, sets):
    return np.exp(SLOPE), rii_of_counts(_counts(rng, sets, 1e-4, PEOPLE), PEOPLE)


@scenario("sii_of_counts, poisson", "deaths under 75 by tenth, a county, about 1,100")
def gap_of_many_deaths(rng, sets):
    return _gap(0.003), sii_of_counts(_counts(rng, sets, 0.003, PEOPLE), PEOPLE)


@scenario("sii_of_counts, poisson", "suicides by tenth, a county, about 35, often none in a tenth")
def gap_of_few_deaths(rng, sets):
    return _gap(1e-4), sii_of_counts(_counts(rng, sets, 1e-4, PEOPLE), PEOPLE)


@scenario("rii_of_counts, negative_binomial", "emergencies of 60 areas, rates 30% apart besides")
def uneven_areas(rng, sets):
    counts = _uneven(rng, sets, 0.01, AREAS)
    return np.exp(SLOPE), rii_of_counts(counts, AREAS, family="negative_binomial")


@scenario("sii_of_counts, negative_binomial", "emergencies of 60 areas, rates 30% apart besides")
def gap_of_uneven_areas(rng, sets):
    counts = _uneven(rng, sets, 0.01, AREAS)
    return _gap(0.01), sii_of_counts(counts, AREAS, family="negative_binomial")


@scenario(
    "rii_of_counts, negative_binomial",
    "ten groups, rates 30% apart besides",
    within=(0.8, 0.93),
    why=(
        "of ten groups the spread about the curve is hardly known, and maximum likelihood takes "
        "it for smaller than it is: use it for many small areas"
    ),
)
def uneven_groups(rng, sets):
    counts = _uneven(rng, sets, 0.003, PEOPLE)
    return np.exp(SLOPE), rii_of_counts(counts, PEOPLE, family="negative_binomial")
