"""What would change if every group had the reference group's value."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import numbers
from ineqlib.measures.excess import excess_events, excess_over_target
from ineqlib.measures.heat import heat_paf, heat_par
from ineqlib.measures.impact import paf, par
from ineqlib.measures.registry.publications import SCHLOTHEUBER, WHO_HANDBOOK
from ineqlib.measures.registry.rows import Measure, Method, Need


def _within_groups(
    value: FloatArray, _population: FloatArray, average: ArrayLike | None
) -> NDArray:
    if average is None:
        return np.full(value.shape[:-1], True)
    known = numbers(average, "average")
    return np.asarray((value.min(axis=-1) <= known) & (value.max(axis=-1) >= known))


def _average_above_zero(
    value: FloatArray, population: FloatArray, average: ArrayLike | None
) -> NDArray:
    total = (value * population).sum(axis=-1)
    return np.asarray((total if average is None else numbers(average, "average")) > 0)


_WITHIN = Need(
    words="an average between the lowest and the highest group",
    met=_within_groups,
    option="average",
)

_LETTERS = (
    "y_ref: value of the reference group, the least deprived unless another is named\n"
    "μ = Σ p y: mean of the values y, each weighted by its share p of the population"
)
_KNOWN = "A known average (average=) adds no error: only the reference group's counts."
_CHOSEN = (
    "A reference group chosen because its value is best makes the estimate too large on average; "
    "its limits allow for that as those of mdb do."
)
_HEAT_SOURCE = f"Walter 1978, Int J Epidemiol 7:175; {SCHLOTHEUBER}"

ROWS = (
    Measure(
        function=par,
        title="Population attributable risk",
        sentence="How far the whole population would move if all had the least deprived's value.",
        formula=f"PAR = y_ref − μ\n{_LETTERS}",
        use="To say what levelling up would bring, in the indicator's own unit.",
        avoid=(
            "As a forecast: it takes for granted that the reference group's value is within reach "
            "of all, and that deprivation is its cause."
        ),
        interval=(
            "Normal, exact for normal values: PAR ± z √Σ c² se², with c = 1 − p for the reference "
            "group and −p for the others. Groups are taken to be independent of one another and "
            f"their shares of the population to be known. {_KNOWN} {_CHOSEN}"
        ),
        source=WHO_HANDBOOK,
        kind="absolute",
        ordered=True,
        needs=(_WITHIN,),
    ),
    Measure(
        function=paf,
        title="Population attributable fraction",
        sentence="The population attributable risk as a fraction of the population's mean.",
        formula=f"PAF = (y_ref − μ) / μ\n{_LETTERS}",
        use="Beside the population attributable risk, to compare indicators of different units.",
        avoid=(
            "Where the mean is near zero, or the unit has no true zero. Epidemiologists' fraction "
            "of cases due to an exposure has the opposite sign: (μ − y_ref) / μ."
        ),
        interval=(
            "Fieller's, exact for the ratio of two correlated normal values; none where the mean "
            "cannot be told from zero. Groups are taken to be independent of one another and their "
            f"shares of the population to be known. {_KNOWN} {_CHOSEN}"
        ),
        source=f"{WHO_HANDBOOK}; limits: Fieller 1954",
        kind="relative",
        ordered=True,
        needs=(_WITHIN, Need(words="a mean above zero", met=_average_above_zero, option="average")),
    ),
)

METHODS = (
    Method(
        function=excess_events,
        title="Excess events",
        sentence="How many events there are beyond those if all had the least deprived's rate.",
        formula=(
            "E = Σ c − W c_ref, W = Σ n / n_ref\n"
            "c, n: events and people of the groups other than the least deprived, which has c_ref "
            "and n_ref"
        ),
        use="To say what an inequality is in people: deaths, children, stays in hospital.",
        avoid=(
            "As a forecast: it takes for granted that the least deprived group's rate is within "
            "reach of all, and that deprivation is its cause. Of groups that differ in age, give "
            "events over the standardised rate as the people."
        ),
        interval=(
            "By the method of variance estimates recovery, from the limits of the two parts: exact "
            "below 10 events and Byar's from 10, or Wilson's of proportions. W is taken to be "
            "known, and groups to be independent of one another."
        ),
        source="Zou and Donner 2008, Stat Med 27:1693",
        doi="10.1002/sim.3095",
    ),
    Method(
        function=excess_over_target,
        title="Excess events over a target",
        sentence="How many events there are beyond those if the rate were the target's.",
        formula=(
            "E = c (y − t) / y\n"
            "c: events; y: their rate, crude or standardised; t: the rate to be reached"
        ),
        use="To say in people what reaching a country's figure, or half the gap, would be.",
        avoid="Where the rate is of people asked in a survey: its events are those asked.",
        interval=(
            "Normal: E ± z (c / y) √(se² + se_t²), from the errors of the rate and of the target. "
            "The people, c / y, are taken to be known."
        ),
        source="World Health Organization 2013, Handbook on Health Inequality Monitoring",
    ),
    Method(
        function=heat_par,
        title="Population attributable risk as WHO's HEAT has it",
        sentence="The population attributable risk with the standard error that HEAT prints.",
        formula=(
            f"PAR = y_ref − μ, but 0 where the reference group is worse than the mean\n{_LETTERS}"
        ),
        use="Only to match figures from WHO's Health Equity Assessment Toolkit.",
        avoid="For anything else: take the population attributable risk.",
        interval=(
            "Normal, with μ times the standard error of HEAT's fraction. It takes populations to "
            "be the people asked, so limits of a whole population's figures are too narrow; none "
            "where the risk is set to 0."
        ),
        source=_HEAT_SOURCE,
        doi="10.1093/ije/7.2.175",
    ),
    Method(
        function=heat_paf,
        title="Population attributable fraction as WHO's HEAT has it",
        sentence="The population attributable fraction, in percent, with the limits HEAT prints.",
        formula=(
            "PAF = 100 (y_ref − μ) / μ, but 0 where the reference group is worse than the mean\n"
            "se = √(c n (a d (n − c) + b c²) / ((a + c)³ (c + d)³))\n"
            "a, b: people outside the reference group with and without the outcome; c, d: those in "
            f"it; n: all of them\n{_LETTERS}"
        ),
        use="Only to match figures from WHO's Health Equity Assessment Toolkit.",
        avoid="For anything else: take the population attributable fraction.",
        interval=(
            "Normal, with a value in percent but a standard error that is a fraction: limits are "
            "one hundred times too narrow, as HEAT prints them. It takes populations to be the "
            "people asked; none where the fraction is set to 0."
        ),
        source=_HEAT_SOURCE,
        doi="10.1093/ije/7.2.175",
    ),
)
