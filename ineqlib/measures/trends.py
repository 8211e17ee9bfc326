"""The recent trend of a series, by the five-point rule published for Fingertips.

The rule looks at the latest five periods. There is a trend where the chi-squared statistic of the
gradient passes the 99.8% level and the gradient keeps its sign when each of the five points is left
out in turn, so that no trend rests on one year.

Source: OHID, Public Health Technical Guidance, Fingertips trend markers, and the department's own
published code for the markers: docs/decisions/0009-recent-trend.md. The rule finds indicators worth
a look among many; its publisher says it is no rigorous analysis of a series.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import (
    as_number,
    possibly_missing,
    require,
    same_labels,
    together,
)
from ineqlib.measures._periods import starts_in_years

POINTS = 5
TIME = np.arange(POINTS, dtype=np.float64)
ALL_BUT_ONE = 1 - np.eye(POINTS)
"""Weights of the points, one of which each row leaves out."""
CONFIDENCE = 0.998
THRESHOLD = float(chdtri(1, 1 - CONFIDENCE))
METHOD = f"Fingertips recent trend: latest {POINTS} periods, {CONFIDENCE:.1%} level"

INCREASING, DECREASING = "increasing", "decreasing"
NO_CHANGE = "no significant change"
CANNOT = "cannot be calculated"

UNEVEN = 0.02
"""Starts of years may differ by a week (leap years, school terms) without being a break."""


@dataclass(frozen=True)
class Trend:
    """Direction of each series, why there is none where there is none; arrays of shape ``(…)``.

    Parameters
    ----------
    direction
        "increasing", "decreasing", "no significant change" or "cannot be calculated".
    reason
        Why it cannot be calculated; empty where it can.
    chi_squared
        Test statistic on 1 degree of freedom; a trend needs more than 9.55. NaN where there is
        none.
    method
        The rule in words for a methods note.
    """

    direction: NDArray[np.str_]
    reason: NDArray[np.str_]
    chi_squared: FloatArray
    method: str


def recent_trend(start: ArrayLike, value: ArrayLike, se: ArrayLike, *, span: float = 1) -> Trend:
    """Trend over the latest five periods of rates, means, life expectancies: all but proportions.

    Parameters
    ----------
    start
        Start of each period in years, oldest first, shape ``(periods,)``: 2015, or 2015.25 for a
        year from April.
    value, se
        Values and standard errors (half-width of the 95% interval over 1.96), shape
        ``(…, periods)``. NaN, a value not published, gives "cannot be calculated".
    span
        Years in one period: 3 for three-year averages. Periods that overlap (2015-17, 2016-18)
        hold the same people twice and give "cannot be calculated": pick those that do not.

    Returns
    -------
    Trend
        Shape ``(…)``: a direction in words, with its chi-squared.

    Raises
    ------
    InputError
        Periods out of order or in no years, or shapes that do not fit.
    ParameterError
        A span of less than one year: months and quarters have seasons.

    Method
    ------
    title: Recent trend
    sentence: Whether an indicator has gone up or down over its latest five periods.
    formula:
        χ² = β² / var(β), β being the slope of the line weighted by 1 / se²
        and β keeps its sign when each of the five periods is left out in turn
        trend where χ² > 9.55 (1 degree of freedom, the 99.8% level)
    use: Rates, means, life expectancies and gaps with an interval, in single periods.
    avoid: As an analysis of one series: its publisher means it for finding indicators to look at.
        Not for months or quarters, nor for periods that overlap, such as rolling three-year
        averages.
    interval: None: a test at the 99.8% level. Takes periods as independent of one another.
    source: OHID, Public Health Technical Guidance: Fingertips trend markers, and their code

    Examples
    --------
    >>> trend = recent_trend([2019, 2020, 2021, 2022, 2023], [10, 11, 12, 13, 14], [0.5] * 5)
    >>> str(trend.direction), round(float(trend.chi_squared), 1)
    ('increasing', 40.0)
    """
    same_labels(start=start, value=value, se=se)
    value = np.atleast_1d(possibly_missing(value, "value"))
    reason = _period_reason(start, span, value.shape[-1])
    value, error = together(value=value, se=possibly_missing(se, "se"))
    require(~(error < 0), "se", "zero or above")
    if reason:
        return _none(value.shape[:-1], reason)
    value, error = value[..., -POINTS:], error[..., -POINTS:]
    usable = np.isfinite(value) & (error > 0)
    complete = usable.all(axis=-1)
    weight = 1 / np.where(usable, error, 1) ** 2
    point = np.where(usable, value, 0)
    gradient, variance = _gradient(point, weight)
    statistic = gradient**2 / variance
    return _judge(
        gradient,
        _gradients_without_each(point, weight),
        np.where(complete, statistic, np.nan),
        "a value or its interval is missing in the latest five periods",
    )


def recent_trend_of_proportion(
    start: ArrayLike, count: ArrayLike, denominator: ArrayLike, *, span: float = 1
) -> Trend:
    """Trend over the latest five periods of a proportion with its counts and denominators.

    Parameters
    ----------
    start, span
        As in `recent_trend`.
    count, denominator
        Counts and what they are out of, shape ``(…, periods)``; NaN where not published.

    Returns
    -------
    Trend
        Shape ``(…)``: a direction in words, with its chi-squared.

    Raises
    ------
    InputError
        As `recent_trend`; besides, a count below zero or above its denominator.
    ParameterError
        A span of less than one year.

    Method
    ------
    title: Recent trend of a proportion
    sentence: Whether a proportion has gone up or down over its latest five periods.
    formula:
        χ² = (Σ (t − t̄) x)² / (p (1 − p) Σ n (t − t̄)²)
        t: period; x: count; n: denominator; p = Σx / Σn; t̄ = Σnt / Σn
        β: slope of the unweighted line through ln(x / (n − x))
        and β keeps its sign when each of the five periods is left out in turn
        trend where χ² > 9.55 (1 degree of freedom, the 99.8% level)
    use: Proportions with their counts and denominators.
    avoid: As recent_trend.
    interval: None: a test at the 99.8% level. Takes people as independent of one another.
    source: Armitage 1955, Biometrics 11:375; OHID, Public Health Technical Guidance: Fingertips
        trend markers, and their code
    doi: 10.2307/3001775

    Examples
    --------
    >>> years, out_of = [2019, 2020, 2021, 2022, 2023], [1000] * 5
    >>> str(recent_trend_of_proportion(years, [300, 280, 260, 240, 220], out_of).direction)
    'decreasing'
    """
    same_labels(start=start, count=count, denominator=denominator)
    count = np.atleast_1d(possibly_missing(count, "count"))
    reason = _period_reason(start, span, count.shape[-1])
    count, denominator = together(
        count=count, denominator=possibly_missing(denominator, "denominator")
    )
    require(~(count < 0), "count", "zero or above")
    require(~(count > denominator), "count", "at or below its denominator")
    if reason:
        return _none(count.shape[:-1], reason)
    count, denominator = count[..., -POINTS:], denominator[..., -POINTS:]
    usable = (count > 0) & (count < denominator)
    count, denominator = np.where(usable, count, 1), np.where(usable, denominator, 2)
    log_odds = np.log(count / (denominator - count))
    even = np.ones_like(log_odds)
    return _judge(
        _gradient(log_odds, even)[0],
        _gradients_without_each(log_odds, even),
        np.where(usable.all(axis=-1), _chi_squared_for_trend(count, denominator), np.nan),
        "a count is missing, zero or all of its denominator in the latest five periods",
    )


def _period_reason(start: ArrayLike, span: float, periods: int) -> str:
    """Why periods like these have no trend, or nothing."""
    if not as_number(span) >= 1:
        raise ParameterError(f"span={span!r}: expected years in one period, 1 or more.")
    when = starts_in_years(start)
    if when.shape != (periods,):
        raise InputError(
            f"start: {when.size} periods given for {periods} values. Expected one for each."
        )
    steps = np.diff(when)
    if periods < POINTS:
        return f"fewer than {POINTS} periods"
    steps = steps[-(POINTS - 1) :]
    if (steps < span - UNEVEN).any():
        return "periods overlap"
    if np.ptp(steps) > UNEVEN:
        return "a period is missing: there is a break in the series"
    return ""


def _gradients_without_each(value: FloatArray, weight: FloatArray) -> FloatArray:
    """Gradients with each point left out in turn, on a new last axis."""
    return _gradient(value[..., None, :], weight[..., None, :] * ALL_BUT_ONE)[0]


def _gradient(value: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Weighted least squares gradient per period, and its variance if weights are 1 / variance."""
    total = weight.sum(axis=-1, keepdims=True)
    from_middle = TIME - (weight * TIME).sum(axis=-1, keepdims=True) / total
    spread = (weight * from_middle**2).sum(axis=-1)
    return (weight * from_middle * value).sum(axis=-1) / spread, 1 / spread


def _chi_squared_for_trend(count: FloatArray, denominator: FloatArray) -> FloatArray:
    events, people = count.sum(axis=-1), denominator.sum(axis=-1)
    share = events / people
    mean_time = (denominator * TIME).sum(axis=-1) / people
    from_middle = TIME - mean_time[..., None]
    above_expected = (from_middle * count).sum(axis=-1)
    return above_expected**2 / (share * (1 - share) * (denominator * from_middle**2).sum(axis=-1))


def _judge(
    gradient: FloatArray, without_each: FloatArray, statistic: FloatArray, missing: str
) -> Trend:
    known = np.isfinite(statistic)
    significant = known & (statistic > THRESHOLD)
    rising = significant & (gradient > 0) & (without_each > 0).all(axis=-1)
    falling = significant & (gradient < 0) & (without_each < 0).all(axis=-1)
    direction = np.where(rising, INCREASING, np.where(falling, DECREASING, NO_CHANGE))
    return Trend(
        np.where(known, direction, CANNOT), np.where(known, "", missing), statistic, METHOD
    )


def _none(shape: tuple[int, ...], reason: str) -> Trend:
    return Trend(np.full(shape, CANNOT), np.full(shape, reason), np.full(shape, np.nan), METHOD)
