"""Slope and relative indices from counts: Poisson or negative binomial regression on relative rank.

A group without any event is no obstacle, and no standard errors are needed: chance is the counts'
own. Another quantity than `sii` and `rii` on the linear scale: never compare across them. Why this
link and these families: docs/decisions/0046-indices-from-counts.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import above_zero, one_of, require
from ineqlib.measures._groups import group_counts
from ineqlib.measures._limits import normal_limits, ratio_limits
from ineqlib.measures.gradients import LEAST_GROUPS
from ineqlib.measures.quantiles import relative_rank

FAMILIES = ("poisson", "negative_binomial")

LONGEST_STEP = 1.0
"""Of the slope, over ranks 0 to 1: weights then change by less than a factor of three."""
SETTLED = 1e-11
MOST_STEPS = 500
HALVINGS = 40
LEAST_SIZE, MOST_SIZE = 1e-4, 1e3
"""Where the negative binomial's size is looked for, in mean counts. Beyond the upper end it adds
less than a thousandth to Poisson's variance, and is taken as infinite."""


@dataclass(frozen=True)
class RateCurve:
    """Fitted log rates at the middle rank and their slope, with the covariance of both; ``(…)``."""

    middle: FloatArray
    slope: FloatArray
    var_middle: FloatArray
    var_slope: FloatArray
    covariance: FloatArray

    def end(self, rank: float) -> FloatArray:
        """Fitted rate at a rank, counted from the middle."""
        return np.exp(self.middle + rank * self.slope)


def sii_of_counts(
    count: ArrayLike,
    population: ArrayLike,
    *,
    family: str = "poisson",
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Slope index from counts: fitted rate at the least deprived end minus at the most deprived.

    Parameters
    ----------
    count
        Events in each group, zero or above, most deprived first, shape ``(…, k)``, k at least 5;
        not all of them in the first or in the last group.
    population
        People, or person-years, in each group, same shape or broadcasting.
    family
        ``"poisson"``, or ``"negative_binomial"`` where groups (small areas, say) differ by more
        than their ranks and chance explain.
    multiplier
        Rates are per so many people.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, per `multiplier` people; negative where rates rise with deprivation.

    Raises
    ------
    InputError
        Fewer than five groups; a missing or negative count; a population not above zero; no event,
        or none outside the first or the last group.
    ParameterError
        An unknown family, a multiplier not above zero, a confidence that is not a fraction.

    Method
    ------
    title: Slope index of inequality, from counts
    sentence: How far apart the rates at the two ends of the scale of deprivation are, judged by a
        regression of counts through all the groups.
    formula:
        SII = exp(α + β) − exp(α), times the multiplier
        E(x) = μ = n exp(α + β b); Poisson: Var = μ; negative binomial: Var = μ + μ² / θ
        α, β (and θ): maximum likelihood; x: events of a group; n: its people; b: its relative rank
    use: Counts by deprivation with few or no events in some group, where standard errors of the
        rates say little; negative binomial for many small areas, which differ besides by rank.
    avoid: Beside an index of a straight line: it is another quantity. Of age-standardised rates:
        give expected events as the population, or standardise and take sii.
    interval: Normal, by the delta method. Counts are taken to be independent, the curve to be true,
        and of the negative binomial θ to be known: of ten groups it hardly is, and limits are then
        too narrow.
    source: Moreno-Betancur, Latouche, Menvielle, Kunst and Rey 2015, Epidemiology 26:518; limits:
        McCullagh and Nelder 1989, Generalized Linear Models
    doi: 10.1097/EDE.0000000000000311

    Notes
    -----
    Where counts vary no more than Poisson's, θ is infinite and the two families agree.

    Examples
    --------
    Rates halve from group to group, and the last has no event at all.

    >>> gap = sii_of_counts([16, 8, 4, 2, 0], [1000] * 5, multiplier=1000)
    >>> round(float(gap.value), 1), round(float(gap.se), 1)
    (-24.3, 7.3)
    """
    scale = above_zero(multiplier, "multiplier")
    curve, method = _fitted(count, population, family)
    most, least = curve.end(-0.5), curve.end(0.5)
    by_middle, by_slope = least - most, (least + most) / 2
    variance = (
        by_middle**2 * curve.var_middle
        + 2 * by_middle * by_slope * curve.covariance
        + by_slope**2 * curve.var_slope
    )
    error = scale * np.sqrt(variance)
    return normal_limits(scale * (least - most), error, confidence, f"slope index, {method}")


def rii_of_counts(
    count: ArrayLike,
    population: ArrayLike,
    *,
    family: str = "poisson",
    confidence: float = 0.95,
) -> Estimate:
    """Relative index from counts: fitted rate at the least deprived end over the most deprived.

    Errors as in `sii_of_counts`.

    Parameters
    ----------
    count, population, family, confidence
        As in `sii_of_counts`.

    Returns
    -------
    Estimate
        Shape ``(…)``, 1 at equality.

    Method
    ------
    title: Relative index of inequality, from counts
    sentence: How many times the most deprived end's rate the least deprived end has, judged by a
        regression of counts through all the groups.
    formula:
        RII = exp(β)
        E(x) = μ = n exp(α + β b); Poisson: Var = μ; negative binomial: Var = μ + μ² / θ
        α, β (and θ): maximum likelihood; x: events of a group; n: its people; b: its relative rank
    use: As sii_of_counts.
    avoid: As sii_of_counts.
    interval: Normal on the log scale; otherwise as sii_of_counts.
    source: Moreno-Betancur, Latouche, Menvielle, Kunst and Rey 2015, Epidemiology 26:518; limits:
        McCullagh and Nelder 1989, Generalized Linear Models
    doi: 10.1097/EDE.0000000000000311

    Examples
    --------
    >>> ratio = rii_of_counts([16, 8, 4, 2, 0], [1000] * 5)
    >>> round(float(ratio.value), 4)
    0.0193
    """
    curve, method = _fitted(count, population, family)
    error = np.sqrt(curve.var_slope)
    words = f"relative index, {method}, limits on the log scale"
    return ratio_limits(np.exp(curve.slope), error, confidence, words)


def _fitted(count: ArrayLike, population: ArrayLike, family: str) -> tuple[RateCurve, str]:
    one_of(family, "family", FAMILIES)
    events, people = group_counts(count, population, at_least=LEAST_GROUPS)
    total = events.sum(axis=-1, keepdims=True)
    require(
        ((total > events[..., :1]) & (total > events[..., -1:]))[..., 0],
        "count",
        "spread beyond one end group",
        "No curve fits best where all events lie at one end: leave out the area, or add years up.",
    )
    from_middle = relative_rank(people) - 0.5
    middle, slope = _poisson(events, people, from_middle)
    size = np.full(slope.shape, np.inf)
    if family == "negative_binomial":
        middle, slope, size = _negative_binomial(events, people, from_middle, (middle, slope))
    mean = _mean(people, from_middle, middle, slope)
    curve = _with_errors(middle, slope, mean / (1 + mean / size[..., None]), from_middle)
    k = events.shape[-1]
    return curve, f"{k} groups, {family.replace('_', ' ')} regression of counts on relative rank"


def _mean(
    people: FloatArray, from_middle: FloatArray, middle: FloatArray, slope: FloatArray
) -> FloatArray:
    return people * np.exp(middle[..., None] + slope[..., None] * from_middle)


def _poisson(
    events: FloatArray, people: FloatArray, from_middle: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Fitted middle and slope.

    The fit gives events the mean rank that they have, so that the slope is the one root of a
    rising function.
    """
    total = events.sum(axis=-1)
    aim = (events * from_middle).sum(axis=-1) / total
    slope = np.zeros_like(total)
    for _ in range(MOST_STEPS):
        share = people * np.exp(slope[..., None] * from_middle)
        share = share / share.sum(axis=-1, keepdims=True)
        mean = (share * from_middle).sum(axis=-1)
        variance = (share * (from_middle - mean[..., None]) ** 2).sum(axis=-1)
        step = np.clip((aim - mean) / variance, -LONGEST_STEP, LONGEST_STEP)
        slope = slope + step
        if (np.abs(step) < SETTLED * np.maximum(1, np.abs(slope))).all():
            break
    expected = (people * np.exp(slope[..., None] * from_middle)).sum(axis=-1)
    return np.log(total / expected), slope


def _negative_binomial(
    events: FloatArray,
    people: FloatArray,
    from_middle: FloatArray,
    start: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Fitted middle, slope and size: the size at which the likelihood stops rising, by halving."""
    usual = np.log(events.mean(axis=-1))
    low, high = usual + np.log(LEAST_SIZE), usual + np.log(MOST_SIZE)
    fitted = start

    def rises(log_size: FloatArray) -> NDArray[np.bool_]:
        nonlocal fitted
        size = np.exp(log_size)
        fitted = _given_size(events, people, from_middle, size, fitted)
        mean, size = _mean(people, from_middle, *fitted), size[..., None]
        part = digamma(events + size) - digamma(size) - np.log1p(mean / size)
        return np.asarray((part + (mean - events) / (size + mean)).sum(axis=-1) > 0)

    endless = rises(high)
    for _ in range(HALVINGS):
        between = (low + high) / 2
        above = rises(between)
        low, high = np.where(above, between, low), np.where(above, high, between)
    size = np.exp((low + high) / 2)
    fitted = _given_size(events, people, from_middle, size, fitted)
    middle, slope = (np.where(endless, *pair) for pair in zip(start, fitted, strict=True))
    return middle, slope, np.where(endless, np.inf, size)


def _given_size(
    events: FloatArray,
    people: FloatArray,
    from_middle: FloatArray,
    size: FloatArray,
    start: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray]:
    """Fitted middle and slope of the negative binomial of a known size, by Fisher's scoring."""
    middle, slope = start
    for _ in range(MOST_STEPS):
        mean = _mean(people, from_middle, middle, slope)
        shrunk = 1 + mean / size[..., None]
        errors = _with_errors(middle, slope, mean / shrunk, from_middle)
        left = (events - mean) / shrunk
        of_middle, of_slope = left.sum(axis=-1), (left * from_middle).sum(axis=-1)
        up = errors.var_middle * of_middle + errors.covariance * of_slope
        turn = errors.covariance * of_middle + errors.var_slope * of_slope
        far = np.abs(up) + np.abs(turn) / 2
        short = np.minimum(1, LONGEST_STEP / np.maximum(far, LONGEST_STEP))
        middle, slope = middle + short * up, slope + short * turn
        if (far < SETTLED * np.maximum(1, np.abs(slope))).all():
            break
    return middle, slope


def _with_errors(
    middle: FloatArray, slope: FloatArray, weight: FloatArray, from_middle: FloatArray
) -> RateCurve:
    """Curve with the covariance that the weights, the information of each group, give it."""
    zero, one, two = ((weight * from_middle**power).sum(axis=-1) for power in (0, 1, 2))
    spread = two - one**2 / zero
    return RateCurve(middle, slope, two / (zero * spread), 1 / spread, -one / (zero * spread))
