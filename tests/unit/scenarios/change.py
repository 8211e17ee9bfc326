"""Change of a gap over time, and spending against need."""

import numpy as np
from scipy.special import ndtr

from ineqlib.measures import (
    Simulation,
    change_beyond_regression_to_mean,
    change_in_gap,
    difference,
    proportionality,
    ratio,
    required_change,
    sii,
    slope_trend,
    slope_trend_bootstrap,
)

from .groups import EARLY, LIFE, LIFE_SE, PEOPLE, early_deaths, life
from .model import scenario

LATER = LIFE + np.linspace(-0.5, 0.6, 10)
FEWER = EARLY * np.linspace(0.95, 0.8, 10)
YEARS = (2015, 2018)
SPREAD = 0.4
"""Standard deviation of the log of need over areas."""
POOLED = 3


def _lives_later(rng, sets):
    return rng.normal(LATER, LIFE_SE, (sets, 10))


@scenario("change_in_gap, absolute", "difference in men's life expectancy, widening by 1.1 years")
def change_of_difference(rng, sets):
    value, _, se = life(rng, sets)
    before, after = difference(value, se=se), difference(_lives_later(rng, sets), se=se)
    truth = difference(LATER).value - difference(LIFE).value
    return truth, change_in_gap(before, after, start=YEARS, span=3).change


@scenario("change_in_gap, absolute", "slope index of men's life expectancy, widening")
def change_of_slope(rng, sets):
    value, people, se = life(rng, sets)
    before, after = sii(value, people, se=se), sii(_lives_later(rng, sets), people, se=se)
    truth = sii(LATER, PEOPLE).value - sii(LIFE, PEOPLE).value
    return truth, change_in_gap(before, after, start=YEARS, span=3).change


@scenario("change_in_gap, relative", "ratio of deaths under 75, all falling, most where fewest")
def change_of_ratio(rng, sets):
    value, _, se = early_deaths(rng, sets)
    deaths = rng.poisson(FEWER * PEOPLE, (sets, 10))
    later = ratio(deaths / PEOPLE * 1e5, se=np.sqrt(deaths) / PEOPLE * 1e5)
    found = change_in_gap(ratio(value, se=se), later, start=YEARS, span=3, scale="relative")
    return ratio(FEWER).value / ratio(EARLY).value, found.change


def _falling(years, groups=10, size=1.0):
    """Deaths expected each year in each group, falling by 2% a year in all, and the people."""
    step = 10 // groups
    people = size * PEOPLE.reshape(groups, step).sum(axis=1)
    rate = (EARLY * PEOPLE).reshape(groups, step).sum(axis=1) / PEOPLE.reshape(groups, step).sum(1)
    return rate * np.exp(-0.02 * np.arange(years))[:, None] * people, people


def _pooled(yearly):
    """Sums of three years each, a period starting every year."""
    periods = range(yearly.shape[-2] - POOLED + 1)
    return np.stack([yearly[..., n : n + POOLED, :].sum(axis=-2) for n in periods], axis=-2)


def _trend(deaths, people, **options):
    per = 1e5 / people
    years = np.arange(deaths.shape[-2]) + 2010.0
    return slope_trend(deaths * per, people, years, se=np.sqrt(deaths) * per, **options).change


@scenario("slope_trend, absolute", "deaths under 75 by tenth, ten single years, as counted")
def trend_of_years(rng, sets):
    expected, people = _falling(10)
    truth = _trend(expected, people, spread="chance").value
    return truth, _trend(rng.poisson(expected, (sets, 10, 10)), people, spread="chance")


@scenario(
    "slope_trend, absolute", "deaths under 75 by tenth, eight overlapping periods, as counted"
)
def trend_of_overlapping(rng, sets):
    expected, people = _falling(10)
    options = {"span": POOLED, "spread": "chance"}
    truth = _trend(_pooled(expected), POOLED * people, **options).value
    drawn = _pooled(rng.poisson(expected, (sets, 10, 10)))
    return truth, _trend(drawn, POOLED * people, **options)


@scenario(
    "slope_trend, relative", "deaths under 75 by tenth, eight overlapping periods, as counted"
)
def relative_trend_of_overlapping(rng, sets):
    expected, people = _falling(10)
    options = {"span": POOLED, "spread": "chance", "scale": "relative"}
    drawn = _pooled(rng.poisson(expected, (sets, 10, 10)))
    return 1.0, _trend(drawn, POOLED * people, **options)


@scenario(
    "slope_trend, absolute",
    "deaths under 75 by tenth, overlapping, years allowed to differ and they do not",
    within=(0.95, 0.985),
    why="by luck years lie off their line by more than chance explains on average in half of all "
    "sets, and the interval is then wider than it need be",
)
def trend_wider_than_need_be(rng, sets):
    expected, people = _falling(10)
    truth = _trend(_pooled(expected), POOLED * people, span=POOLED).value
    return truth, _trend(
        _pooled(rng.poisson(expected, (sets, 10, 10))), POOLED * people, span=POOLED
    )


@scenario(
    "slope_trend, absolute", "deaths under 75 by tenth, overlapping, years that differ by 10%"
)
def trend_of_years_that_differ(rng, sets):
    expected, people = _falling(10)
    truth = _trend(_pooled(expected), POOLED * people, span=POOLED).value
    moved = expected * np.exp(rng.normal(-0.005, 0.1, (sets, 10, 10)))
    return truth, _trend(_pooled(rng.poisson(moved)), POOLED * people, span=POOLED)


@scenario(
    "slope_trend, absolute",
    "deaths under 75 by tenth, overlapping, no errors published",
    within=(0.95, 0.985),
    why="the degrees of freedom of periods that overlap are approximate, and the interval is "
    "somewhat wider than it need be",
)
def trend_without_errors(rng, sets):
    expected, people = _falling(10)
    truth = _trend(_pooled(expected), POOLED * people, span=POOLED).value
    rates = _pooled(rng.poisson(expected, (sets, 10, 10))) / (POOLED * people) * 1e5
    return truth, slope_trend(rates, people, np.arange(8) + 2010.0, span=POOLED).change


@scenario(
    "slope_trend_bootstrap, absolute",
    "deaths under 75 by fifth of a small district, three overlapping periods, 1,000 draws",
)
def bootstrapped_trend(rng, sets):
    expected, people = _falling(5, groups=5, size=0.1)
    years, way = np.arange(3) + 2010.0, {"span": POOLED}
    truth = _trend(_pooled(expected), POOLED * people, **way).value
    counts = _pooled(rng.poisson(expected, (sets, 5, 5)))
    way["simulation"] = Simulation(rng, draws=1000)
    return truth, slope_trend_bootstrap(counts, POOLED * people, years, **way)


def _spending(rng, sets, areas, elasticity):
    """Spending rises with a power of need; what else moves it has nothing to do with need."""
    need, people = rng.lognormal(0, SPREAD, (2, sets, areas))
    spend = need**elasticity * rng.lognormal(0, 0.25, (sets, areas))
    return proportionality(spend, need, people)


def _index(elasticity):
    """Concentration index of a power of a log-normal need, areas without number."""
    return 2 * ndtr(elasticity * SPREAD / np.sqrt(2)) - 1


@scenario("proportionality, spend", "wards of a county, 80, spending that rises with need's root")
def spend_of_wards(rng, sets):
    return _index(0.5), _spending(rng, sets, 80, 0.5).spend


@scenario("proportionality, need", "wards of a county, 80")
def need_of_wards(rng, sets):
    return _index(1), _spending(rng, sets, 80, 0.5).need


@scenario("proportionality, kakwani", "wards of a county, 80, spending in proportion to need")
def kakwani_of_wards(rng, sets):
    return 0.0, _spending(rng, sets, 80, 1).kakwani


@scenario("proportionality, kakwani", "wards of a district, 20, spending level per head")
def kakwani_of_a_district(rng, sets):
    return -_index(1), _spending(rng, sets, 20, 0).kakwani


@scenario(
    "change_beyond_regression_to_mean", "gap of 150 areas, half of it chance, nobody did more"
)
def luck_alone(rng, sets):
    level = rng.normal(0, 2, (sets, 150))
    before, after = level + rng.normal(0, 2, (2, sets, 150))
    beyond = change_beyond_regression_to_mean(before, 0.8 * after).beyond
    lower, upper = beyond.lower, beyond.upper
    return 0.0, (lower[:, 0], upper[:, 0])


@scenario("change_beyond_regression_to_mean", "gap of 15 areas, nobody did more")
def luck_of_few(rng, sets):
    before, after = rng.normal(0, 2, (2, sets, 15))
    beyond = change_beyond_regression_to_mean(before, after).beyond
    lower, upper = beyond.lower, beyond.upper
    return 0.0, (lower[:, 0], upper[:, 0])


@scenario("required_change", "share of 1,500 surveyed, 18% now, to 12% in five years")
def to_a_target(rng, sets):
    now = rng.binomial(1500, 0.18, sets) / 15
    change = required_change(now, 12, years=5, se=np.sqrt(now * (100 - now) / 1500))
    return -6 / 5, change
