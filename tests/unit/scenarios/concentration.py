"""Impact and concentration between groups of people, most deprived first."""

import numpy as np

from ineqlib.measures import aci, erreygers, paf, par, rci, wagstaff

from .groups import CHILDREN, EARLY, LIFE, LIFE_SE, OBESE, PEOPLE, early_deaths, life, obesity
from .model import scenario

ATTENDED = np.array([0.08, 0.3, 0.62, 0.9, 0.98])
BIRTHS = np.array([260, 240, 200, 160, 140])
"""Births with skilled attendance by fifth of wealth: the steepest a survey is likely to find."""


@scenario("par", "life expectancy of men by tenth, a county")
def par_life(rng, sets):
    value, people, se = life(rng, sets)
    return par(LIFE, PEOPLE).value, par(value, people, se=se)


CHOSEN = {
    "ten groups that are all alike": np.full(10, 80.0),
    "life expectancy of men by tenth, a county": LIFE,
}


def alike_or_lives(measure, truth):
    """Make a setting of groups with these true values, the lowest chosen as it is found."""

    def draw(rng, sets):
        value = rng.normal(truth, LIFE_SE, (sets, 10))
        held = measure(truth, PEOPLE, reference="lowest").value
        return held, measure(value, PEOPLE, se=LIFE_SE, reference="lowest")

    return draw


def chosen_deaths(measure):
    """Make the same of death rates."""

    def draw(rng, sets):
        value, people, se = early_deaths(rng, sets)
        held = measure(EARLY * 1e5, people, reference="lowest").value
        return held, measure(value, people, se=se, reference="lowest")

    return draw


for measure in (par, paf):
    name = f"{measure.__name__}, reference lowest"
    scenario(name, "deaths under 75 per 100,000 by tenth, a county")(chosen_deaths(measure))
    for setting, truth in CHOSEN.items():
        scenario(name, setting)(alike_or_lives(measure, truth))


@scenario("paf, known average", "deaths under 75 per 100,000 by tenth, a county")
def paf_of_average(rng, sets):
    value, people, se = early_deaths(rng, sets)
    average = (EARLY * PEOPLE).sum() / PEOPLE.sum() * 1e5
    return paf(EARLY, PEOPLE).value, paf(value, people, se=se, average=average)


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
