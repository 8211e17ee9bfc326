"""Areas in a funnel: how often an area that shares the average lies within its limits."""

import numpy as np

from ineqlib.measures import dsr, funnel_limits

from .counts import AGES, DEATH_RATE, DISCRETE, STANDARD
from .model import scenario

AREAS = 150
"""Areas of a funnel whose average is made of them."""


@scenario("funnel_limits", "rate: hospital stays of districts, 200 to 2,000 expected")
def districts(rng, sets):
    return _within(rng.poisson, rng.uniform(200, 2000, sets) / 0.01, 0.01, "rate")


@scenario(
    "funnel_limits",
    "rate: deaths of small areas, 2 to 12 expected",
    within=(0.95, 1),
    why=DISCRETE,
)
def small_areas(rng, sets):
    return _within(rng.poisson, rng.uniform(2, 12, sets) / 0.01, 0.01, "rate")


@scenario("funnel_limits", "proportion: obesity of 50 to 150 children measured, 20%")
def few_children(rng, sets):
    measured = rng.integers(50, 150, sets)
    share = rng.binomial(measured, 0.2) / measured
    limits = funnel_limits(measured, 0.2, kind="proportion")
    return share, limits


@scenario(
    "funnel_limits",
    "ratio: deaths of small areas, 2 to 12 expected",
    within=(0.95, 1),
    why=DISCRETE,
)
def small_ratios(rng, sets):
    return _within(rng.poisson, rng.uniform(2, 12, sets), 1.0, "ratio")


@scenario("funnel_limits", "dsr: deaths of wards, about 37 in 19 bands, average of 150 wards")
def wards(rng, sets):
    return _standardised(rng, sets, 4000)


@scenario(
    "funnel_limits",
    "dsr: deaths of small areas, about 8 in 19 bands, average of 150 areas",
    within=(0.95, 1),
    why=DISCRETE,
)
def small_standardised(rng, sets):
    return _standardised(rng, sets, 870)


def _within(draw, size, average, kind):
    return draw(size * average) / size, funnel_limits(size, average, kind=kind)


def _standardised(rng, sets, people):
    """Values of areas that share their rates, as funnels of 150; each average is of all areas."""
    population = AGES * people
    deaths = rng.poisson(population * DEATH_RATE, (-(-sets // AREAS), AREAS, 19))
    everybody = AREAS * population
    average = dsr(deaths.sum(axis=1), everybody, STANDARD, multiplier=1).value
    events, share = deaths.sum(axis=-1), STANDARD.to_numpy() / STANDARD.sum()
    value = (share * deaths / population).sum(axis=-1)
    expected = events.mean(axis=1, keepdims=True) / average[:, None]
    size = np.where(events > 0, events / np.where(events > 0, value, 1), expected)
    limits = funnel_limits(size, average, kind="dsr")
    of_area = np.unravel_index(np.arange(sets), value.shape)
    return value[of_area], limits[of_area]
