"""Confidence limits of counts and proportions. Every function returns ``(lower, upper)``."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainccinv, gammaincinv

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import (
    not_negative,
    numbers,
    positive,
    require,
    same_labels,
    tail,
    together,
    z_score,
)

Limits = tuple[FloatArray, FloatArray]

EXACT_BELOW = 10
"""Below this many events a count gets exact limits; Byar's approximation is good from here up."""


def byar_interval(count: ArrayLike, *, confidence: float = 0.95) -> Limits:
    """Byar's limits of a Poisson count.

    Parameters
    ----------
    count
        Events, any shape.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    lower, upper
        Shape of `count`, in events.

    Raises
    ------
    InputError
        A count that is missing or below zero.
    ParameterError
        A confidence that is not a fraction.

    Method
    ------
    title: Byar's limits of a count
    sentence: Close limits of a count of ten events or more, without tables.
    formula:
        lower = x (1 − 1/(9x) − z/(3√x))³
        upper = (x+1) (1 − 1/(9(x+1)) + z/(3√(x+1)))³
        x: events; z: normal quantile, 1.96 for 95%
    use: For ten events or more; inside a directly standardised rate for any number.
    avoid: For fewer: exact limits are as easy. A lower limit that falls below 0 is made 0.
    interval: Approximates the exact limits of a Poisson count; near from ten events up.
    source: Breslow and Day 1987, Statistical Methods in Cancer Research II

    Examples
    --------
    >>> lower, upper = byar_interval(65)
    >>> round(float(lower), 2), round(float(upper), 2)
    (50.16, 82.85)
    """
    count = not_negative(count, "count")
    z = z_score(confidence)
    seen = np.maximum(count, np.finfo(float).tiny)
    lower = np.where(
        count > 0, seen * np.maximum(1 - 1 / (9 * seen) - z / (3 * np.sqrt(seen)), 0) ** 3, 0.0
    )
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return lower, upper


def poisson_exact_interval(count: ArrayLike, *, confidence: float = 0.95) -> Limits:
    """Exact limits of a Poisson count, from the chi-squared distribution; lower is 0 at 0 events.

    Errors as in `byar_interval`.

    Parameters
    ----------
    count, confidence
        As in `byar_interval`.

    Returns
    -------
    lower, upper
        Shape of `count`, in events.

    Method
    ------
    title: Exact limits of a count
    sentence: Limits that hold the expected number at least as often as they say.
    formula:
        lower = ½ χ²(α/2; 2x), 0 where x = 0
        upper = ½ χ²(1 − α/2; 2x + 2)
        x: events; α: 1 − confidence; χ²(q; d): quantile q of chi-squared on d degrees
    use: For few events.
    avoid: Where events come in clusters (outbreaks, one person again and again): too near.
    interval: Exact for a Poisson count; a little wide, as a count can only be whole.
    source: Garwood 1936, Biometrika 28:437; Armitage and Berry, Statistical Methods in Medical
        Research
    doi: 10.1093/biomet/28.3-4.437

    Examples
    --------
    >>> lower, upper = poisson_exact_interval(0)
    >>> float(lower), round(float(upper), 4)
    (0.0, 3.6889)
    """
    count = not_negative(count, "count")
    beyond = tail(confidence)
    seen = np.where(count > 0, count, 1)
    lower = np.where(count > 0, gammaincinv(seen, beyond), 0.0)
    return lower, np.asarray(gammainccinv(count + 1, beyond))


def count_interval(count: ArrayLike, *, confidence: float = 0.95) -> Limits:
    """Limits of a count by the English public health rule: exact below 10 events, Byar's from 10.

    Errors as in `byar_interval`.

    Parameters
    ----------
    count, confidence
        As in `byar_interval`.

    Returns
    -------
    lower, upper
        Shape of `count`, in events.

    Method
    ------
    title: Limits of a count, the English rule
    sentence: Between which numbers of events the expected number may lie.
    formula:
        exact Poisson limits where x < 10, Byar's where x ≥ 10
        x: events
    use: For counts and rates that stand beside those England publishes.
    avoid: For people out of a fixed number (wilson_interval), or events one person has again.
    interval: See poisson_exact_interval and byar_interval.
    source: OHID, Public Health Technical Guidance

    Examples
    --------
    >>> lower, upper = count_interval([0, 65])
    >>> upper.round(2).tolist()
    [3.69, 82.85]
    """
    count = not_negative(count, "count")
    exact = poisson_exact_interval(count, confidence=confidence)
    byar = byar_interval(count, confidence=confidence)
    few = count < EXACT_BELOW
    return np.where(few, exact[0], byar[0]), np.where(few, exact[1], byar[1])


def wilson_interval(
    count: ArrayLike, denominator: ArrayLike, *, confidence: float = 0.95
) -> Limits:
    """Wilson score limits of a proportion.

    Errors as in `byar_interval`; besides, a denominator not above zero, or below its count.

    Parameters
    ----------
    count, denominator
        Events, and what they are out of; shapes broadcast.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    lower, upper
        The broadcast shape, fractions between 0 and 1.

    Method
    ------
    title: Wilson's limits of a proportion
    sentence: Between which shares the true share may lie.
    formula:
        (2x + z² ± z √(z² + 4x(1 − x/n))) / (2(n + z²))
        x: counted; n: out of how many; z: normal quantile, 1.96 for 95%
    use: For every proportion, above all near 0 or 1 and of few people.
    avoid: For rates, whose events are not some of their denominator.
    interval: The shares a score test would not refuse. Holds close to the confidence asked on
        average; not exact for few people.
    source: Wilson 1927, J Am Stat Assoc 22:209; Newcombe and Altman in Statistics with Confidence,
        2nd edition, 2000
    doi: 10.1080/01621459.1927.10502953

    Examples
    --------
    >>> lower, upper = wilson_interval(65, 100)
    >>> round(float(lower), 4), round(float(upper), 4)
    (0.5525, 0.7364)
    """
    same_labels(count=count, denominator=denominator)
    count, denominator = together(
        count=not_negative(count, "count"), denominator=positive(denominator, "denominator")
    )
    require(count <= denominator, "count", "at or below its denominator")
    z = z_score(confidence)
    middle = 2 * count + z**2
    half = z * np.sqrt(z**2 + 4 * count * (1 - count / denominator))
    width = 2 * (denominator + z**2)
    lower = np.where(count > 0, (middle - half) / width, 0.0)
    upper = np.where(count < denominator, (middle + half) / width, 1.0)
    return lower, upper


def implied_se(lower: ArrayLike, upper: ArrayLike, *, confidence: float = 0.95) -> FloatArray:
    """Standard error implied by published limits: their half-width over the normal quantile.

    Unlike the textbook formulas it is not zero at zero events.

    Parameters
    ----------
    lower, upper
        Published limits, any unit; shapes broadcast.
    confidence
        Level of those limits as a fraction.

    Returns
    -------
    array
        The broadcast shape, in the unit of the limits.

    Raises
    ------
    InputError
        A missing limit, or a lower one above its upper one.

    Method
    ------
    title: Standard error implied by limits
    sentence: The standard error that published limits were made from, or would be.
    formula:
        se = (upper − lower) / (2z)
        z: normal quantile of the limits' confidence
    use: To pass published values on to a slope or a difference, which ask for errors.
    avoid: Where limits are far from symmetrical (a handful of events): take the logs of value and
        limits first, and the log scale of the slope.
    interval: None; exact for limits that were symmetrical.
    source: OHID, Public Health Technical Guidance

    Examples
    --------
    >>> round(float(implied_se(78.04, 81.96)), 3)
    1.0
    """
    same_labels(lower=lower, upper=upper)
    lower, upper = together(lower=numbers(lower, "lower"), upper=numbers(upper, "upper"))
    require(lower <= upper, "lower", "at or below its upper limit", "Are the two swapped?")
    return (upper - lower) / (2 * z_score(confidence))
