"""Impact and concentration between groups of people, most deprived first."""

import numpy as np

from ineqlib.measures import aci, erreygers, paf, par, rci, wagstaff

from .groups import CHILDREN, EARLY, LIFE, OBESE, PEOPLE, early_deaths, life, obesity
from .model import scenario

ATTENDED = np.array([0.08, 0.3, 0.62, 0.9, 0.98])
BIRTHS = np.array([260, 240, 200, 160, 140])
"""Births with skilled attendance by fifth of wealth: the steepest a survey is likely to find."""


@scenario("par", "life expectancy of men by tenth, a county")
def par_life(rng, sets):
    value, people, se = life(rng, sets)
    return par(LIFE, PEOPLE).value, par(value, people, se=se)


@scenario(
    "par, reference lowest",
    "ten groups that are all alike",
    within=(0.0, 0.93),
    why="the group was chosen because its value is lowest, which is luck here",
)
def par_chosen(rng, sets):
    value = rng.normal(80, 0.4, (sets, 10))
    return 0.0, par(value, PEOPLE, se=0.4, reference="lowest")


@scenario("paf", "deaths under 75 per 100,000 by tenth, a county")
def paf_early(rng, sets):
    value, people, se = early_deaths(rng, sets)
    return paf(EARLY, PEOPLE).value, paf(value, people, se=se)


@scenario("aci", "life expectancy of men by tenth, a county")
def aci_life(rng, sets):
    value, people, se = life(rng, sets)
    return aci(LIFE, PEOPLE).value, aci(value, people, se=se)


@scenario("rci", "deaths under 75 per 100,000 by tenth, a county")
def rci_early(rng, sets):
    value, people, se = early_deaths(rng, sets)
    return rci(EARLY, PEOPLE).value, rci(value, people, se=se)


@scenario("erreygers", "obesity in Year 6 by tenth, a county")
def erreygers_obesity(rng, sets):
    value, measured, se = obesity(rng, sets)
    truth = erreygers(OBESE, CHILDREN, bounds=(0, 1)).value
    return truth, erreygers(value, measured, se=se, bounds=(0, 100))


@scenario("wagstaff", "obesity in Year 6 by tenth, a county")
def wagstaff_obesity(rng, sets):
    value, measured, se = obesity(rng, sets)
    truth = wagstaff(OBESE, CHILDREN, bounds=(0, 1)).value
    return truth, wagstaff(value, measured, se=se, bounds=(0, 100))


@scenario("wagstaff", "attended births by fifth, a survey of 1,000 with a steep gradient")
def wagstaff_births(rng, sets):
    share = rng.binomial(BIRTHS, ATTENDED, (sets, 5)) / BIRTHS
    truth = wagstaff(ATTENDED, BIRTHS, bounds=(0, 1)).value
    se = np.sqrt(share * (1 - share) / BIRTHS)
    return truth, wagstaff(share, BIRTHS, se=se, bounds=(0, 1))
