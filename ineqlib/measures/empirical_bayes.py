"""Small areas' rates drawn towards the rate of all of them, as far as chance moved them away.

Areas are on the last axis; leading axes are independent sets of areas. Why the interval is not the
usual one: docs/decisions/0050-smoothed-beside-raw.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, betaln, gammaincinv, gammaln

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    above_zero,
    last_axis,
    not_negative,
    one_of,
    positive,
    require,
    same_labels,
    tail,
    together,
)

SMOOTHED_KINDS = ("rate", "proportion")
LEAST_SMOOTHED = 10
"""With fewer areas their spread says next to nothing about how far areas differ."""
_STEPS = 60
"""Spreads between areas that the interval weighs, from far more than chance's to none."""


@dataclass(frozen=True)
class Smoothed:
    """Rates of small areas drawn towards their average.

    Parameters
    ----------
    estimate
        The smoothed rate of each area with its interval, shape ``(…, k)``.
    own_weight
        How much of it is the area's own rate, from 0 to 1; the rest is the average.
    average
        Rate of all areas together, shape ``(…)``.
    between
        Variance of the areas' true rates, 0 where chance explains all of their spread.
    """

    estimate: Estimate
    own_weight: FloatArray
    average: FloatArray
    between: FloatArray


@dataclass(frozen=True)
class _Areas:
    """Areas of each set; average and mean size with an axis of one for the areas."""

    count: FloatArray
    size: FloatArray
    average: FloatArray
    mean_size: FloatArray


def empirical_bayes(
    count: ArrayLike,
    denominator: ArrayLike,
    *,
    kind: str,
    multiplier: float = 1.0,
    confidence: float = 0.95,
) -> Smoothed:
    """Draw the rates of small areas towards the rate of all, those of small areas furthest.

    Parameters
    ----------
    count, denominator
        Events and people (or events expected) of each area, shape ``(…, k)``, ten areas or more.
    kind
        ``"rate"``, events that vary as Poisson's (also a ratio of observed to expected), or
        ``"proportion"``, of which the denominator is the most there can be.
    multiplier
        What the rate is per: 100 for per cent.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Smoothed
        Of every area; the raw rate remains what was observed, so show both.

    Raises
    ------
    InputError
        Fewer than ten areas; a count below zero or, of a proportion, above its denominator; a
        denominator not above zero, of a proportion below one; no event in any area, or of a
        proportion nothing else.
    ParameterError
        An unknown kind; a confidence that is no fraction.

    Method
    ------
    title: Smoothed rates of small areas
    sentence: Each area's rate drawn towards the rate of all of them, as far as chance is likely to
        have moved it away.
    formula:
        m + C (x − m), C = n / (n + M)
        M = m / A, A = s² − m / n̄, not below 0; s² = Σn (x − m)² / Σn
        of a proportion M = m (1 − m) / A − 1, A = (s² − m (1 − m) / n̄) / (1 − 1 / n̄)
        o: events; n: people or events expected; n̄ their mean; x = o / n; m = Σo / Σn;
        A: variance of the true rates; C: weight of the area's own rate
    use: Beside the raw rates of wards or neighbourhoods of few events, to see what may last.
    avoid: In place of the raw rates. Fewer than ten areas; figures without counts; to find one area
        unlike all others: it is drawn in with the rest.
    interval: Gamma, of a proportion beta, over every variance between areas by how likely it makes
        the counts. Holds over the areas together, not for each: the most extreme less often.
    source: Marshall 1991, J R Stat Soc C 40:283; docs/decisions/0050
    doi: 10.2307/2347593

    Notes
    -----
    Limits: given M, the true rate has a gamma (of a proportion, beta) distribution. The usual
    interval takes M as known; it holds the truth far too seldom where areas differ little, and none
    of the time where A is 0. Here each M is weighed by how likely it makes the counts, with every
    variance A as likely beforehand as another, and the variance of m is added; the limits are those
    of the gamma or beta distribution of that mean and variance.

    Examples
    --------
    >>> deaths = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]
    >>> smoothed = empirical_bayes(deaths, 10, kind="rate")
    >>> smoothed.estimate.value[[0, 9]].round(3).tolist(), round(float(smoothed.own_weight[0]), 3)
    ([0.245, 1.555], 0.727)
    """
    one_of(kind, "kind", SMOOTHED_KINDS)
    times, beyond = above_zero(multiplier, "multiplier"), tail(confidence)
    same_labels(count=count, denominator=denominator)
    events, size = together(
        count=np.atleast_1d(not_negative(count, "count")),
        denominator=positive(denominator, "denominator"),
    )
    last_axis(events, "count", at_least=LEAST_SMOOTHED, what="areas")
    if kind == "proportion":
        require(size >= 1, "denominator", "at least one of what a proportion is of")
        require(events <= size, "count", "at or below its denominator")
    total, people = (part.sum(axis=-1, keepdims=True) for part in (events, size))
    if not (total > 0).all() or (kind == "proportion" and not (total < people).all()):
        raise InputError(
            "count: the areas of a set have no event between them, or nothing else. Expected some "
            "of both, for without them nothing tells how much areas differ: show the counts."
        )
    areas = _Areas(events, size, total / people, size.mean(axis=-1, keepdims=True))
    between, prior = _between(areas, kind)
    weight = size / (size + prior)
    value = areas.average + weight * (events / size - areas.average)
    mean, variance = _uncertain(areas, kind)
    lower, upper = (_quantile(mean, variance, at, kind) for at in (beyond, 1 - beyond))
    method = "empirical Bayes, Marshall's global estimator; limits allow for its own uncertainty"
    estimate = Estimate(
        times * value,
        times * lower,
        times * upper,
        times * np.sqrt(variance),
        confidence,
        method,
    )
    return Smoothed(estimate, weight, times * areas.average[..., 0], times**2 * between[..., 0])


def _between(areas: _Areas, kind: str) -> tuple[FloatArray, FloatArray]:
    """Return the variance between areas, and the size at which own rate and average count alike."""
    off = areas.count / areas.size - areas.average
    spread = (areas.size * off**2).sum(axis=-1, keepdims=True)
    spread = spread / areas.size.sum(axis=-1, keepdims=True)
    chance = _variance_of_one_person(areas.average, kind)
    between = spread - chance / areas.mean_size
    if kind == "proportion":
        # Of areas of one person each nothing tells the spread from chance.
        between = between / np.maximum(1 - 1 / areas.mean_size, np.finfo(float).tiny)
        between = np.minimum(between, chance)
    between = np.maximum(between, 0.0)
    with np.errstate(divide="ignore"):
        prior = chance / between - (kind == "proportion")
    return between, np.maximum(prior, 0.0)


def _variance_of_one_person(average: FloatArray, kind: str) -> FloatArray:
    """Return the variance of one person's events."""
    return average * (1 - average) if kind == "proportion" else average


def _uncertain(areas: _Areas, kind: str) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance of each area's true rate, over all spreads between areas."""
    share = (np.arange(_STEPS) + 0.5) / _STEPS
    average, mean_size = areas.average[..., None], areas.mean_size[..., None]
    size, count = areas.size[..., None], areas.count[..., None]
    prior = mean_size * share / (1 - share)
    events = prior * average
    if kind == "proportion":
        rest = prior - events
        likely = betaln(count + events, size - count + rest) - betaln(events, rest)
    else:
        likely = gammaln(count + events) - gammaln(events) + events * np.log(prior)
        likely -= (count + events) * np.log(prior + size)
    # Every variance between areas as likely as another: of steps in `share`, 1 / share² as likely.
    weight = likely.sum(axis=-2, keepdims=True) - 2 * np.log(share)
    weight = np.exp(weight - weight.max(axis=-1, keepdims=True))
    weight /= weight.sum(axis=-1, keepdims=True)
    mean = (events + count) / (prior + size)
    one_more = 1 if kind == "proportion" else 0
    variance = _variance_of_one_person(mean, kind) / (prior + size + one_more)
    of_average = _variance_of_one_person(average, kind) * (1 / (prior + one_more) + 1 / mean_size)
    variance += (prior / (prior + size)) ** 2 * of_average / areas.count.shape[-1]
    middle = (weight * mean).sum(axis=-1)
    return middle, (weight * (variance + (mean - middle[..., None]) ** 2)).sum(axis=-1)


def _quantile(mean: FloatArray, variance: FloatArray, at: float, kind: str) -> FloatArray:
    if kind == "proportion":
        size = mean * (1 - mean) / variance - 1
        quantile: FloatArray = betaincinv(mean * size, (1 - mean) * size, at)
        return quantile
    quantile = gammaincinv(mean**2 / variance, at) * variance / mean
    return quantile
