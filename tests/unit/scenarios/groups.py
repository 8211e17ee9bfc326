"""Gaps and gradients between groups of people, most deprived first."""

import numpy as np

from ineqlib.measures import (
    Simulation,
    difference,
    dsr,
    excess_events,
    excess_over_target,
    implied_se,
    odds_ratio,
    proportion,
    ratio,
    rii,
    rii_logistic,
    rii_simulated,
    sii,
    sii_logistic,
    sii_simulated,
)

from .counts import AGES, DEATH_RATE, DISCRETE, STANDARD
from .model import scenario

CHILDREN = np.array([3300, 3000, 2700, 2400, 2300, 2200, 2200, 2200, 2200, 2300])
OBESE = np.array([26.8, 25.7, 23.8, 21.9, 20.0, 18.5, 16.9, 15.7, 14.0, 11.7]) / 100
"""Children measured in Year 6, and the share obese, by tenth of deprivation: a large county."""

PEOPLE = np.array([31, 31, 33, 34, 36, 37, 38, 38, 39, 40]) * 1000.0
LIFE = np.array([73.9, 76.1, 77.5, 78.8, 79.7, 80.5, 81.1, 81.6, 82.2, 83.3])
LIFE_SE = np.array([0.42, 0.41, 0.4, 0.39, 0.38, 0.38, 0.38, 0.38, 0.37, 0.38])
"""Life expectancy of men by tenth of deprivation, with the errors of a large county's."""

EARLY = np.array([520, 430, 370, 330, 300, 270, 250, 230, 210, 185]) / 100_000
"""Deaths under 75 a person-year by tenth of deprivation."""


def obesity(rng, sets):
    """Percentages with the errors England publishes, and the children measured."""
    found = proportion(rng.binomial(CHILDREN, OBESE, (sets, 10)), CHILDREN)
    return found.value, CHILDREN, found.se


def life(rng, sets):
    """Life expectancies, people, errors."""
    return rng.normal(LIFE, LIFE_SE, (sets, 10)), PEOPLE, LIFE_SE


def early_deaths(rng, sets):
    """Death rates per 100,000 with the errors of their counts, and the people."""
    deaths = rng.poisson(EARLY * PEOPLE, (sets, 10))
    return deaths / PEOPLE * 1e5, PEOPLE, np.sqrt(deaths) / PEOPLE * 1e5


@scenario("difference", "life expectancy of men, first and last tenth of a county")
def difference_life(rng, sets):
    value, _, se = life(rng, sets)
    return difference(LIFE).value, difference(value, se=se)


@scenario("ratio", "deaths under 75 per 100,000, first and last tenth of a county")
def ratio_early(rng, sets):
    value, _, se = early_deaths(rng, sets)
    return ratio(EARLY).value, ratio(value, se=se)


@scenario("sii, linear", "life expectancy of men by tenth, a county")
def sii_life(rng, sets):
    value, people, se = life(rng, sets)
    return sii(LIFE, PEOPLE).value, sii(value, people, se=se)


@scenario("sii, linear", "obesity in Year 6 by tenth, a county, errors from the counts themselves")
def sii_obesity(rng, sets):
    value, measured, se = obesity(rng, sets)
    return sii(OBESE * 100, CHILDREN).value, sii(value, measured, se=se)


@scenario("sii, log", "deaths under 75 per 100,000 by tenth, a county")
def sii_log(rng, sets):
    value, people, se = early_deaths(rng, sets)
    return sii(EARLY * 1e5, PEOPLE, scale="log").value, sii(value, people, se=se, scale="log")


@scenario("sii, logit", "obesity in Year 6 by tenth, a county")
def sii_logit(rng, sets):
    value, measured, se = obesity(rng, sets)
    found = sii(value / 100, measured, se=se / 100, scale="logit")
    return sii(OBESE, CHILDREN, scale="logit").value, found


@scenario("rii, linear", "life expectancy of men by tenth, a county")
def rii_life(rng, sets):
    value, people, se = life(rng, sets)
    return rii(LIFE, PEOPLE).value, rii(value, people, se=se)


@scenario("rii, linear", "obesity in Year 6 by tenth, a county")
def rii_obesity(rng, sets):
    value, measured, se = obesity(rng, sets)
    return rii(OBESE * 100, CHILDREN).value, rii(value, measured, se=se)


@scenario("rii, log", "deaths under 75 per 100,000 by tenth, a county")
def rii_log(rng, sets):
    value, people, se = early_deaths(rng, sets)
    return rii(EARLY, PEOPLE, scale="log").value, rii(value, people, se=se, scale="log")


@scenario("rii, logit", "obesity in Year 6 by tenth, a county")
def rii_logit(rng, sets):
    value, measured, se = obesity(rng, sets)
    found = rii(value / 100, measured, se=se / 100, scale="logit")
    return rii(OBESE, CHILDREN, scale="logit").value, found


@scenario("odds_ratio", "obesity in Year 6, first and last tenth of a county")
def odds_of_obesity(rng, sets):
    value, _, se = obesity(rng, sets)
    return odds_ratio(OBESE).value, odds_ratio(value / 100, se=se / 100)


@scenario("sii_logistic", "obesity in Year 6 by tenth, a county")
def sii_of_curve(rng, sets):
    value, measured, se = obesity(rng, sets)
    return sii_logistic(OBESE, CHILDREN).value, sii_logistic(value / 100, measured, se=se / 100)


@scenario("rii_logistic", "obesity in Year 6 by tenth, a county")
def rii_of_curve(rng, sets):
    value, measured, se = obesity(rng, sets)
    return rii_logistic(OBESE, CHILDREN).value, rii_logistic(value / 100, measured, se=se / 100)


@scenario("sii_simulated, linear", "life expectancy of men by tenth, a county, 1,000 draws")
def sii_drawn(rng, sets):
    value, people, se = life(rng, sets)
    simulation = Simulation(rng, draws=1000)
    return sii(LIFE, PEOPLE).value, sii_simulated(value, people, se=se, simulation=simulation)


@scenario("sii_simulated, log", "deaths under 75 per 100,000 by tenth, a county, 1,000 draws")
def sii_drawn_on_log(rng, sets):
    value, people, se = early_deaths(rng, sets)
    simulation = Simulation(rng, draws=1000)
    found = sii_simulated(value, people, se=se, simulation=simulation, scale="log")
    return sii(EARLY * 1e5, PEOPLE, scale="log").value, found


@scenario("rii_simulated, linear", "obesity in Year 6 by tenth, a county, 1,000 draws, logit noise")
def rii_drawn(rng, sets):
    value, measured, se = obesity(rng, sets)
    simulation = Simulation(rng, draws=1000, noise="logit")
    found = rii_simulated(value / 100, measured, se=se / 100, simulation=simulation)
    return rii(OBESE, CHILDREN).value, found


@scenario("excess_events", "deaths under 75 in three years by tenth, a county")
def excess_early(rng, sets):
    people = 3 * PEOPLE
    truth = (EARLY * people).sum() - EARLY[-1] * people.sum()
    return truth, excess_events(rng.poisson(EARLY * people, (sets, 10)), people)


@scenario(
    "excess_events",
    "infant deaths in three years by fifth, a district, 2 to 6 expected",
    within=(0.95, 1),
    why=DISCRETE,
)
def excess_infants(rng, sets):
    births, rate = np.full(5, 1000.0), np.array([6.0, 5, 4, 3, 2]) / 1000
    truth = (rate * births).sum() - rate[-1] * births.sum()
    return truth, excess_events(rng.poisson(rate * births, (sets, 5)), births)


@scenario("excess_events", "obesity in Year 6 by tenth, a county, as a proportion")
def excess_obesity(rng, sets):
    truth = (OBESE * CHILDREN).sum() - OBESE[-1] * CHILDREN.sum()
    count = rng.binomial(CHILDREN, OBESE, (sets, 10))
    return truth, excess_events(count, CHILDREN, kind="proportion")


@scenario("excess_events", "age-standardised deaths by fifth, a district of 150,000, each older")
def excess_standardised(rng, sets):
    older = AGES * np.exp(np.linspace(-0.4, 0.4, 5)[:, None] * np.linspace(-1, 1, 19))
    people = 30_000 * older / older.sum(axis=-1, keepdims=True)
    times = np.array([1.9, 1.6, 1.4, 1.2, 1.0])[:, None]
    deaths = rng.poisson(people * DEATH_RATE * times, (sets, 5, 19))
    rate = dsr(deaths, people, STANDARD, multiplier=1).value
    expected = (people * DEATH_RATE * times).sum(axis=-1)
    weights = np.asarray(STANDARD) / np.sum(STANDARD)
    standard = (weights * DEATH_RATE * times).sum(axis=-1)
    truth = (expected * (1 - standard[-1] / standard)).sum()
    count = deaths.sum(axis=-1)
    return truth, excess_events(count, count / rate)


@scenario("excess_over_target", "deaths under 75 of a district, against England's rate")
def excess_england(rng, sets):
    people = 60_000.0
    count = rng.poisson(EARLY[0] * people, sets)
    value, se = count / people * 1e5, np.sqrt(count) / people * 1e5
    england = rng.normal(340, 2, sets)
    truth = EARLY[0] * people - 340 / 1e5 * people
    return truth, excess_over_target(count, value, england, se=se, target_se=2.0)


@scenario("excess_over_target", "obesity in Year 6 of a district, half the gap, published limits")
def excess_half(rng, sets):
    measured, share, england = 1200, 0.26, 0.22
    found = proportion(rng.binomial(measured, share, sets), measured)
    half = (found.value + 100 * england) / 2
    # Half the gap moves with the figure: the chance left is half of its own.
    se = implied_se(found.lower, found.upper) / 2
    count = found.value / 100 * measured
    truth = measured * (share - england) / 2
    return truth, excess_over_target(count, found.value, half, se=se)
