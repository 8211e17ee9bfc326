"""Proportions, rates, standardised rates and means, each with the interval England publishes."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import last_axis, not_negative, numbers, positive, together, z_score
from ineqlib.measures.intervals import byar_interval, count_interval, implied_se, wilson_interval

DSR_LEAST_EVENTS = 10
"""A directly standardised rate of fewer events is not published."""

ESP2013 = np.array(
    """
    5000 5500 5500 5500 6000 6000 6500 7000 7000 7000
    7000 6500 6000 5500 5000 4000 2500 1500 1000
    """.split(),
    dtype=np.float64,
)
"""2013 European Standard Population: 0-4, 5-9 ... 85-89, 90 and over (19 bands)."""
ESP2013.setflags(write=False)


def proportion(
    count: ArrayLike, denominator: ArrayLike, *, multiplier: float = 100, confidence: float = 0.95
) -> Estimate:
    """Share of `denominator` counted, with Wilson limits; shapes broadcast to the result's shape.

    The standard error is the one the 95% limits imply, so it is not zero at 0% or 100%.

    Parameters
    ----------
    count, denominator
        Events, and what they are out of.
    multiplier
        100 for a percentage.
    confidence
        Level of the interval as a fraction.

    Raises
    ------
    InputError
        A missing number, a denominator not above zero, a count below zero or above its denominator.
    """
    _check_multiplier(multiplier)
    lower, upper = wilson_interval(count, denominator, confidence=confidence)
    se = implied_se(*wilson_interval(count, denominator))
    value = numbers(count, "count") / numbers(denominator, "denominator")
    fraction = Estimate(value, lower, upper, se, confidence, "proportion, Wilson limits")
    return _times(fraction, multiplier)


def crude_rate(
    count: ArrayLike,
    denominator: ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Events per `multiplier` people; exact limits below 10 events, Byar's from 10.

    The standard error is the one the 95% limits imply, so it is not zero at zero events.

    Raises
    ------
    InputError
        A missing number, a denominator not above zero, a count below zero.
    """
    _check_multiplier(multiplier)
    count, denominator = together(
        count=not_negative(count, "count"), denominator=positive(denominator, "denominator")
    )
    return _count_ratio(count, denominator, multiplier, confidence, "crude rate")


def dsr(
    count: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Directly standardised rate with Dobson's limits on Byar's.

    Where there are fewer than 10 events in all, the published rule gives no rate: value, limits
    and standard error are NaN there. Events are taken to be independent of one another.

    Parameters
    ----------
    count, population
        Events and people by age band, shape ``(…, bands)``.
    standard
        Standard population by the same bands, shape ``(bands,)`` or broadcasting: `ESP2013` or the
        part of it that covers the ages counted.
    multiplier
        Per how many people.
    confidence
        Level of the interval as a fraction.

    Raises
    ------
    InputError
        A missing number in any band (a missing count is not zero), a population or standard not
        above zero, a negative count, bands that do not match.

    Notes
    -----
    Source: Dobson et al. 1991, Stat Med 10:457; OHID Public Health Technical Guidance.
    """
    _check_multiplier(multiplier)
    count, population, standard = _by_band(
        count=not_negative(count, "count"),
        population=positive(population, "population"),
        standard=positive(standard, "standard"),
    )
    events = count.sum(axis=-1)
    share = standard / standard.sum(axis=-1, keepdims=True)
    value = (share * count / population).sum(axis=-1)
    se = np.sqrt((share**2 * count / population**2).sum(axis=-1))

    lower_events, upper_events = byar_interval(events, confidence=confidence)
    per_event = se / np.sqrt(np.maximum(events, 1))
    lower = value + per_event * (lower_events - events)
    upper = value + per_event * (upper_events - events)

    enough = events >= DSR_LEAST_EVENTS
    value, lower, upper, se = (np.where(enough, part, np.nan) for part in (value, lower, upper, se))
    method = (
        "directly standardised rate, Dobson limits, "
        f"none where there are fewer than {DSR_LEAST_EVENTS} events"
    )
    return _times(Estimate(value, lower, upper, se, confidence, method), multiplier)


def isr(
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Indirectly standardised rate: observed over expected, times the crude rate of the reference.

    Parameters
    ----------
    count, population
        Events and people by age band, shape ``(…, bands)``.
    reference_count, reference_population
        The same for the reference area, shape ``(bands,)`` or broadcasting.
    multiplier
        Per how many people.
    confidence
        Level of the interval as a fraction.

    Raises
    ------
    InputError
        A missing number in any band, a population not above zero, a negative count, no events
        expected, bands that do not match.

    Notes
    -----
    Limits are those of the observed count (exact below 10, Byar's from 10) over the expected.
    Source: Breslow and Day 1987.
    """
    _check_multiplier(multiplier)
    observed, expected, reference_rate = _observed_expected(
        count, population, reference_count, reference_population
    )
    scale = multiplier * reference_rate
    return _count_ratio(observed, expected, scale, confidence, "indirectly standardised rate")


def smr(
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    *,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Estimate:
    """Standardised mortality (or event) ratio: observed over expected, times `multiplier`.

    Arguments, limits and errors as in `isr`; `multiplier` 100 writes the reference as 100.
    """
    _check_multiplier(multiplier)
    observed, expected, _ = _observed_expected(
        count, population, reference_count, reference_population
    )
    return _count_ratio(observed, expected, multiplier, confidence, "standardised ratio")


def sample_mean(value: ArrayLike, *, confidence: float = 0.95) -> Estimate:
    """Mean of the observations on the last axis, with limits from Student's t.

    Raises
    ------
    InputError
        A missing observation, or fewer than two.

    Examples
    --------
    >>> mean = sample_mean([1.0, 2.0, 3.0])
    >>> float(mean.value), round(float(mean.upper), 3)
    (2.0, 4.484)
    """
    value = numbers(value, "value")
    n = last_axis(value, "value", at_least=2, what="observations")
    z_score(confidence)
    mean = value.mean(axis=-1)
    se = value.std(axis=-1, ddof=1) / np.sqrt(n)
    half = stdtrit(n - 1, 0.5 + confidence / 2) * se
    return Estimate(mean, mean - half, mean + half, se, confidence, "mean, Student's t limits")


def _by_band(**arrays: FloatArray) -> tuple[FloatArray, ...]:
    return together(**{name: np.atleast_1d(array) for name, array in arrays.items()})


def _observed_expected(
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Events observed, events expected at the reference's rates, and the reference's crude rate."""
    count, population, reference_count, reference_population = _by_band(
        count=not_negative(count, "count"),
        population=positive(population, "population"),
        reference_count=not_negative(reference_count, "reference_count"),
        reference_population=positive(reference_population, "reference_population"),
    )
    expected = (population * reference_count / reference_population).sum(axis=-1)
    reference_rate = reference_count.sum(axis=-1) / reference_population.sum(axis=-1)
    return count.sum(axis=-1), positive(expected, "expected events"), reference_rate


def _count_ratio(
    count: FloatArray,
    denominator: FloatArray,
    multiplier: float | FloatArray,
    confidence: float,
    what: str,
) -> Estimate:
    lower, upper = (limit / denominator for limit in count_interval(count, confidence=confidence))
    se = implied_se(*count_interval(count)) / denominator
    method = f"{what}, exact limits below 10 events and Byar's from 10"
    ratio = Estimate(count / denominator, lower, upper, se, confidence, method)
    return _times(ratio, multiplier)


def _times(estimate: Estimate, multiplier: float | FloatArray) -> Estimate:
    return replace(
        estimate,
        value=np.asarray(estimate.value * multiplier),
        lower=np.asarray(estimate.lower * multiplier),
        upper=np.asarray(estimate.upper * multiplier),
        se=np.asarray(estimate.se * multiplier),
    )


def _check_multiplier(multiplier: float) -> None:
    if not multiplier > 0:
        raise ParameterError(f"multiplier={multiplier!r}: expected a number above zero.")
