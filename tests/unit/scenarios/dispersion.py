"""Dispersion between groups whatever their order, and inequality between people."""

from functools import partial

import numpy as np
from scipy.special import ndtr

from ineqlib.measures import (
    atkinson,
    bgsd,
    bgv,
    cov,
    generalised_entropy,
    gini,
    idis,
    mdb,
    mdm,
    mdr,
    mean_log_deviation,
    theil_index,
)

from .groups import EARLY, LIFE, OBESE, PEOPLE, early_deaths, life, obesity
from .model import scenario

FIFTHS = np.array([610.0, 450, 340, 280, 200])
FIFTHS_SE = np.array([14.0, 12, 11, 10, 9])
"""Deaths under 75 per 100,000 by fifth of deprivation, people evenly spread: a large district."""

MIXED = np.array([610.0, 280, 450, 340, 200, 330, 390, 270])
MIXED_PEOPLE = np.array([4.0, 60, 9, 25, 3, 12, 30, 45])
MIXED_SE = 80 / np.sqrt(MIXED_PEOPLE)
"""The same by groups with no order, some of them small."""

ALIKE = (
    "the truth is 0, the least there is, so that limits miss it on one side only, and seldom there"
)
SKEWED = "errs on the wide side: it minds the low values most, and their errors are large"
WIDE = (0.94, 0.995)

NAMED = {
    "bgv": bgv,
    "bgsd": bgsd,
    "cov": cov,
    "theil_index": theil_index,
    "mean_log_deviation": mean_log_deviation,
    "generalised_entropy": generalised_entropy,
    "mdm": mdm,
    "mdm, groups alike": partial(mdm, weighted=False),
    "idis": idis,
    "mdb": partial(mdb, best="lowest"),
    "mdr": partial(mdr, reference=0),
}
BETWEEN_DEPRIVED = {
    "gini, groups": gini,
    "atkinson, groups, epsilon 2": partial(atkinson, epsilon=2),
}


def drawn(value, people, se):
    """Make a setting of groups with these true values and errors."""

    def draw(measure, rng, sets):
        found = measure(rng.normal(value, se, (sets, len(value))), people, se=se)
        return measure(value, people).value, found

    return draw


def deaths(measure, rng, sets):
    value, people, se = early_deaths(rng, sets)
    return measure(EARLY * 1e5, people).value, measure(value, people, se=se)


def obese(measure, rng, sets):
    value, measured, se = obesity(rng, sets)
    return measure(OBESE * 100, measured).value, measure(value, measured, se=se)


def lives(measure, rng, sets):
    value, people, se = life(rng, sets)
    return measure(LIFE, people).value, measure(value, people, se=se)


NO_ORDER = drawn(MIXED, MIXED_PEOPLE, MIXED_SE)
SETTINGS = {
    "life expectancy of men by tenth, a county": lives,
    "deaths under 75 per 100,000 by tenth, a county": deaths,
    "obesity in Year 6 by tenth, a county": obese,
    "deaths under 75 per 100,000 by fifth, a district": drawn(FIFTHS, np.ones(5), FIFTHS_SE),
    "deaths under 75 per 100,000, eight groups with no order": NO_ORDER,
}


def try_with(draw, measure, *options):
    """Fix the measure of a setting."""

    def tried(rng, sets):
        return draw(measure, *options, rng, sets)

    return tried


for name, measure in {**NAMED, **BETWEEN_DEPRIVED}.items():
    for setting, draw in SETTINGS.items():
        skewed = name.startswith("atkinson") and draw is NO_ORDER
        odd = {"within": WIDE, "why": SKEWED} if skewed else {}
        scenario(name, setting, **odd)(try_with(draw, measure))
for name, measure in NAMED.items():
    scenario(name, "ten groups all alike", within=(0.93, 1), why=ALIKE)(
        try_with(drawn(np.full(10, 300.0), PEOPLE, np.full(10, 12.0)), measure)
    )

PLAIN = "its limits are plain normal ones, not for groups alike: look at no_difference_p first"
scenario("gini, groups", "ten groups all alike", within=(0, 0.93), why=PLAIN)(
    try_with(drawn(np.full(10, 300.0), PEOPLE, np.full(10, 12.0)), gini)
)

SPREAD = 0.7
"""Standard deviation of the log of what people have: a little more than of English incomes."""


def sampled(measure, truth, rng, sets):
    """Make limits for all people from a random sample of 500."""
    return truth, measure(rng.lognormal(0, SPREAD, (sets, 500)), sample=True)


INCOMES = "incomes of a random sample of 500 people"
scenario("gini, people", INCOMES)(
    try_with(sampled, gini, 2 * ndtr(SPREAD / np.sqrt(2)) - 1),
)
scenario("atkinson, people, epsilon 1", INCOMES)(
    try_with(sampled, atkinson, 1 - np.exp(-(SPREAD**2) / 2))
)
