"""Proportions, crude rates and means, each with the interval England publishes."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import above_zero, last_axis, numbers, same_labels, together
from ineqlib.measures._events import event_counts, people_counts
from ineqlib.measures._limits import student_limits
from ineqlib.measures.intervals import count_interval, implied_se, wilson_interval


def proportion(
    count: ArrayLike, denominator: ArrayLike, *, multiplier: float = 100, confidence: float = 0.95
) -> Estimate:
    """Share of `denominator` counted, with Wilson limits.

    Parameters
    ----------
    count, denominator
        Events, and what they are out of; shapes broadcast.
    multiplier
        100 for a percentage.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        The broadcast shape, per `multiplier`. The standard error is the one the 95% limits imply,
        so it is not zero at 0% or 100%.

    Raises
    ------
    InputError
        A missing number, a denominator not above zero, a count below zero or above its denominator.

    Method
    ------
    title: Proportion
    sentence: How many of those who could be counted were.
    formula:
        p = 100 x / n
        x: counted; n: out of how many; 100 is the multiplier
    use: Where each of n people either is or is not counted: smokers, obese children.
    avoid: Where one person can be counted twice, or x are not among n: take a rate.
    interval: Wilson's score limits, which stay between 0 and 100% and keep their width at the ends.
        People are taken to be a random sample, or this year's to be one of many years that might
        have been. No correction for a sample that is most of its population.
    source: Wilson 1927, J Am Stat Assoc 22:209; OHID, Public Health Technical Guidance
    doi: 10.1080/01621459.1927.10502953

    Examples
    --------
    >>> share = proportion(65, 100)
    >>> float(share.value), round(float(share.lower), 2), round(float(share.upper), 2)
    (65.0, 55.25, 73.64)
    """
    above_zero(multiplier, "multiplier")
    lower, upper = wilson_interval(count, denominator, confidence=confidence)
    se = implied_se(*wilson_interval(count, denominator))
    value = event_counts(count, "count") / numbers(denominator, "denominator")
    fraction = Estimate(value, lower, upper, se, confidence, "proportion, Wilson limits")
    return fraction.map_parts(lambda part: part * multiplier)


def crude_rate(
    count: ArrayLike,
    denominator: ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Events per `multiplier` people; exact limits below 10 events, Byar's from 10.

    Parameters
    ----------
    count, denominator
        Events, and people or person-years; shapes broadcast.
    multiplier
        Per how many people.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        The broadcast shape, per `multiplier`. The standard error is the one the 95% limits imply,
        so it is not zero at zero events.

    Raises
    ------
    InputError
        A missing number, a denominator not above zero, a count below zero.

    Method
    ------
    title: Crude rate
    sentence: Events per 100,000 people, whatever their ages.
    formula:
        r = 100,000 x / n
        x: events; n: people or person-years; 100,000: the multiplier
    use: For the burden on a place as it is, and for planning.
    avoid: To compare places of different ages: standardise.
    interval: Those of a count (count_interval) over n. Events are taken to be independent of one
        another, and n to be known.
    source: Breslow and Day 1987, Statistical Methods in Cancer Research II; OHID, Public Health
        Technical Guidance

    Examples
    --------
    >>> rate = crude_rate(65, 100, multiplier=100)
    >>> float(rate.value), round(float(rate.lower), 2), round(float(rate.upper), 2)
    (65.0, 50.16, 82.85)
    """
    above_zero(multiplier, "multiplier")
    same_labels(count=count, denominator=denominator)
    count, denominator = together(
        count=event_counts(count, "count"), denominator=people_counts(denominator, "denominator")
    )
    return count_ratio(count, denominator, multiplier, confidence, "crude rate")


def sample_mean(value: ArrayLike, *, confidence: float = 0.95) -> Estimate:
    """Mean of the observations on the last axis, with limits from Student's t.

    Parameters
    ----------
    value
        Observations, shape ``(…, n)``.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`.

    Raises
    ------
    InputError
        A missing observation, or fewer than two.

    Method
    ------
    title: Mean of observations
    sentence: The average of what was measured.
    formula:
        ȳ = Σ y / n
        y: each observation; n: their number
    use: For measurements of people or places that each count the same.
    avoid: For values of areas of different size: weigh them by population.
    interval: Student's t: ȳ ± t s / √n, s being the standard deviation and t the quantile on n − 1
        degrees of freedom. Exact for normal observations independent of one another.
    source: Student 1908, Biometrika 6:1
    doi: 10.1093/biomet/6.1.1

    Examples
    --------
    >>> mean = sample_mean([1.0, 2.0, 3.0])
    >>> float(mean.value), round(float(mean.upper), 3)
    (2.0, 4.484)
    """
    value = numbers(value, "value")
    n = last_axis(value, "value", at_least=2, what="observations")
    se = value.std(axis=-1, ddof=1) / np.sqrt(n)
    words = "mean, Student's t limits"
    return student_limits(value.mean(axis=-1), se, confidence, words, freedom=n - 1)


def count_ratio(
    count: FloatArray,
    denominator: FloatArray,
    multiplier: float | FloatArray,
    confidence: float,
    what: str,
) -> Estimate:
    """Count over a denominator without error of its own, with the limits of the count."""
    lower, upper = (limit / denominator for limit in count_interval(count, confidence=confidence))
    se = implied_se(*count_interval(count)) / denominator
    method = f"{what}, exact limits below 10 events and Byar's from 10"
    ratio = Estimate(count / denominator, lower, upper, se, confidence, method)
    return ratio.map_parts(lambda part: part * multiplier)
