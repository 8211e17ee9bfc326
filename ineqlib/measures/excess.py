"""Excess events: how many more there are than if all had the least deprived's rate, or a target."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    not_negative,
    numbers,
    one_of,
    positive,
    require,
    same_labels,
    together,
    z_score,
)
from ineqlib.measures._groups import group_counts
from ineqlib.measures._limits import normal_limits
from ineqlib.measures.intervals import Limits, count_interval, wilson_interval

KINDS = ("rate", "proportion")


def excess_events(
    count: ArrayLike,
    population: ArrayLike,
    *,
    kind: str = "rate",
    confidence: float = 0.95,
) -> Estimate:
    """Events beyond those expected if every group had the least deprived group's rate.

    Above zero where the others have more events than that, below zero where they have fewer. It is
    the population attributable risk as a number of events, with the sign turned.

    Parameters
    ----------
    count
        Events of each group, most deprived first, shape ``(…, k)``.
    population
        People, or person-years, that the events are out of; same shape or broadcasting. For rates
        that are standardised for age give events over the standardised rate: the people of the
        standard's ages among whom as many events would happen.
    kind
        ``"rate"`` where events are Poisson counts, ``"proportion"`` where they are some of the
        people (binomial).
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, in events. The least deprived group's chance is in the limits, as often as
        its rate is applied. The standard error is the one the limits imply.

    Raises
    ------
    InputError
        A missing number, a count below zero, a population not above zero, more events than people
        of a proportion, fewer than two groups.
    ParameterError
        No such kind.

    Method
    ------
    title: Excess events
    sentence: How many events there are beyond those if all had the least deprived's rate.
    formula:
        E = Σ c − W c_ref, W = Σ n / n_ref
        c, n: events and people of the groups other than the least deprived, which has c_ref and
            n_ref
    use: To say what an inequality is in people: deaths, children, stays in hospital.
    avoid: As a forecast: it takes for granted that the least deprived group's rate is within reach
        of all, and that deprivation is its cause. Of groups that differ in age, give events over
        the standardised rate as the people.
    interval: By the method of variance estimates recovery, from the limits of the two parts: exact
        below 10 events and Byar's from 10, or Wilson's of proportions. W is taken to be known, and
        groups to be independent of one another.
    source: Zou and Donner 2008, Stat Med 27:1693
    doi: 10.1002/sim.3095

    Examples
    --------
    In groups of equal size 60 and 50 events are seen where the least deprived have 40.

    >>> excess = excess_events([60, 50, 40], [1000, 1000, 1000])
    >>> float(excess.value), round(float(excess.lower), 1), round(float(excess.upper), 1)
    (30.0, -5.0, 62.1)
    """
    one_of(kind, "kind", KINDS)
    count, population = group_counts(count, population)
    times = population[..., :-1].sum(axis=-1) / population[..., -1]
    others, reference = count[..., :-1], count[..., -1]
    value = others.sum(axis=-1) - times * reference
    below, above = _reach(others, population[..., :-1], kind, confidence)
    less, more = _reach(reference[..., None], population[..., -1:], kind, confidence)
    lower = value - np.hypot(below, times * more)
    upper = value + np.hypot(above, times * less)
    se = (upper - lower) / (2 * z_score(confidence))
    k = count.shape[-1]
    method = f"excess events, {k} groups, least deprived group, limits by variance recovery"
    return Estimate(value, lower, upper, se, confidence, method)


def _reach(
    count: FloatArray, population: FloatArray, kind: str, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """How far the limits of the sum of some groups' events lie below and above it."""
    if kind == "rate":  # a sum of Poisson counts is one itself
        total = count.sum(axis=-1)
        lower, upper = count_interval(total, confidence=confidence)
        return total - lower, upper - total
    limits: Limits = wilson_interval(count, population, confidence=confidence)
    below, above = (np.sqrt(((limit * population - count) ** 2).sum(axis=-1)) for limit in limits)
    return below, above


def excess_over_target(
    count: ArrayLike,
    value: ArrayLike,
    target: ArrayLike,
    *,
    se: ArrayLike | None = None,
    target_se: ArrayLike = 0.0,
    confidence: float = 0.95,
) -> Estimate:
    """Events beyond those expected if the rate were a target's.

    Parameters
    ----------
    count
        Events, any shape.
    value
        The rate, crude or standardised, that goes with them, above zero; same shape.
    target
        The rate to be reached, in the unit of `value`.
    se
        Standard error of `value`; without it there are no limits.
    target_se
        That of the target; 0 where somebody set it.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape of the data, in events.

    Raises
    ------
    InputError
        A missing number, a count or a standard error below zero, a rate not above zero.

    Method
    ------
    title: Excess events over a target
    sentence: How many events there are beyond those if the rate were the target's.
    formula:
        E = c (y − t) / y
        c: events; y: their rate, crude or standardised; t: the rate to be reached
    use: To say in people what reaching a country's figure, or half the gap, would be.
    avoid: Where the rate is of people asked in a survey: its events are those asked.
    interval: Normal: E ± z (c / y) √(se² + se_t²), from the errors of the rate and of the target.
        The people, c / y, are taken to be known.
    source: World Health Organization 2013, Handbook on Health Inequality Monitoring

    Examples
    --------
    Of 200 events at a rate of 25, a fifth are beyond a rate of 20.

    >>> excess = excess_over_target(200, 25.0, 20.0, se=1.5, target_se=0.2)
    >>> float(excess.value), round(float(excess.se), 2)
    (40.0, 12.11)
    """
    same_labels(count=count, value=value, target=target, se=se, target_se=target_se)
    error = np.asarray(np.nan) if se is None else not_negative(se, "se")
    count, value, target, error, set_error = together(
        count=not_negative(count, "count"),
        value=positive(value, "value"),
        target=numbers(target, "target"),
        se=error,
        target_se=not_negative(target_se, "target_se"),
    )
    require(target >= 0, "target", "zero or above")
    events_per_unit = count / value
    spread = events_per_unit * np.hypot(error, set_error)
    return normal_limits(
        events_per_unit * (value - target),
        spread,
        confidence,
        "excess events over a target, normal limits",
    )
