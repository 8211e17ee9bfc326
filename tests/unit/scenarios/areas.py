"""Areas beside one another: those that share the average in a funnel, smoothed rates, and ranks."""

import numpy as np

from ineqlib.measures import dsr, empirical_bayes, funnel_limits, rank_intervals

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


MORE = "where areas differ less than chance moves them, limits allow for more than there is"


@scenario("empirical_bayes", "rate: 5 to 20 deaths in 40 small areas whose risks differ by 30%")
def smoothed_deaths(rng, sets):
    return _smoothed(rng, sets, 40, (5, 20), 0.3)


@scenario("empirical_bayes", "rate: 5 to 20 deaths in 10 wards whose risks differ by 40%")
def smoothed_wards(rng, sets):
    return _smoothed(rng, sets, 10, (5, 20), 0.4)


@scenario(
    "empirical_bayes",
    "rate: 5 to 20 deaths in 40 small areas whose risks differ by 5%",
    within=(0.95, 1),
    why=MORE,
)
def smoothed_alike(rng, sets):
    return _smoothed(rng, sets, 40, (5, 20), 0.05)


@scenario("empirical_bayes", "proportion: 20% of 30 to 300 children in 40 areas, differing by 25%")
def smoothed_shares(rng, sets):
    problems = -(-sets // 40)
    children = rng.integers(30, 300, (problems, 40))
    truth = rng.beta(0.2 * 63, 0.8 * 63, (problems, 40))
    smoothed = empirical_bayes(rng.binomial(children, truth), children, kind="proportion")
    return truth.ravel()[:sets], _first(smoothed, sets)


def _smoothed(rng, sets, areas, expected, spread):
    """Areas of many sets whose true ratios have a gamma distribution about 1."""
    problems = -(-sets // areas)
    size = rng.uniform(*expected, (problems, areas))
    truth = rng.gamma(spread**-2, spread**2, (problems, areas))
    smoothed = empirical_bayes(rng.poisson(size * truth), size, kind="rate")
    return truth.ravel()[:sets], _first(smoothed, sets)


def _first(smoothed, sets):
    return smoothed.estimate.lower.ravel()[:sets], smoothed.estimate.upper.ravel()[:sets]


DISTRICTS = np.linspace(345, 346, 10)
"""Deaths under 75 per 100,000 of ten districts, lowest first: where ranks are hardest to tell."""


@scenario(
    "rank_intervals",
    "deaths under 75 of ten districts hardly apart, ranks by which any is missed",
    within=(0.95, 1),
    why="Holm's rule allows for every pair of areas as if no pair told anything of another",
)
def ranks_of_districts(rng, sets):
    error = DISTRICTS / np.sqrt(400)
    ranks = rank_intervals(rng.normal(DISTRICTS, error, (sets, 10)), error)
    beyond = [limit - np.arange(1, 11) for limit in (ranks.lower, ranks.upper)]
    return 0.0, (beyond[0].max(axis=-1), beyond[1].min(axis=-1))
