"""Rates standardised for age, each with the interval England publishes."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import not_negative, positive, same_bands
from ineqlib.measures.intervals import byar_interval
from ineqlib.measures.rates import check_multiplier, count_ratio, times

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
    and standard error are NaN there. Events are taken to be independent of one another: where one
    person can have several, use `dsr_of_repeats`.

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

    Returns
    -------
    Estimate
        Shape ``(…)``, per `multiplier` people.

    Raises
    ------
    InputError
        A missing number in any band (a missing count is not zero), a population or standard not
        above zero, a negative count, a different number of bands in each.

    Notes
    -----
    Source: Dobson et al. 1991, Stat Med 10:457; OHID Public Health Technical Guidance.

    Examples
    --------
    Rates of 1 and 4 in a hundred; the standard has three people in the first band to one.

    >>> rate = dsr([10, 40], [1000, 1000], [3, 1], multiplier=1000)
    >>> float(rate.value)  # (3 × 10 + 1 × 40) / 4
    17.5
    """
    check_multiplier(multiplier)
    count, population, standard = same_bands(
        count=not_negative(count, "count"),
        population=positive(population, "population"),
        standard=positive(standard, "standard"),
    )
    return _directly_standardised(count, count, population, standard, multiplier, confidence)


def dsr_of_repeats(
    people: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Directly standardised rate of events one person can have several times, such as admissions.

    Events of one person are not independent of one another, so that `dsr` would give limits too
    near. People are: from how many had one event, two, three, the limits come out as wide as they
    should be. With nobody counted twice both functions agree.

    Parameters
    ----------
    people
        How many people had 1, 2, 3 … events (last axis but one) in each age band (last axis): shape
        ``(…, frequencies, bands)``.
    population, standard, multiplier, confidence
        As in `dsr`. Fewer than 10 events in all give no rate, as there.

    Returns
    -------
    Estimate
        Shape ``(…)``, per `multiplier` people.

    Raises
    ------
    InputError
        As `dsr`; besides, counts without an axis of frequencies.

    Notes
    -----
    Events are Σ f x_f, where x_f people had f events each; the variance is Σ f² var_f, where var_f
    is that of a directly standardised rate of the x_f people. Source: OHID Public Health Technical
    Guidance; Dobson et al. 1991, Stat Med 10:457.

    Examples
    --------
    One band, a standard of one: 10 people with one admission each, 5 with two.

    >>> rate = dsr_of_repeats([[10], [5]], [1000], [1], multiplier=1000)
    >>> float(rate.value), round(float(rate.se), 4)  # √(10 + 4 × 5)
    (20.0, 5.4772)
    """
    check_multiplier(multiplier)
    people = not_negative(people, "people")
    if people.ndim < 2:
        raise InputError(
            f"people: shape {people.shape}, expected (…, frequencies, bands): "
            "how many people of each age band had one event, two, three …"
        )
    times_had = np.arange(1, people.shape[-2] + 1)[:, None]
    variance = (times_had**2 * people).sum(axis=-2)
    events, population, standard = same_bands(
        people=(times_had * people).sum(axis=-2),
        population=positive(population, "population"),
        standard=positive(standard, "standard"),
    )
    return _directly_standardised(events, variance, population, standard, multiplier, confidence)


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

    Returns
    -------
    Estimate
        Shape ``(…)``, per `multiplier` people.

    Raises
    ------
    InputError
        A missing number in any band, a population not above zero, a negative count, no events
        expected, bands that do not match.

    Notes
    -----
    Limits are those of the observed count (exact below 10, Byar's from 10) over the expected.
    Source: Breslow and Day 1987.

    Examples
    --------
    The reference expects 2 + 8 events, and has 60 in 1,500 people of all ages.

    >>> rate = isr([3, 9], [100, 100], [20, 40], [1000, 500], multiplier=1000)
    >>> round(float(rate.value), 6)  # 12 / 10 × 40
    48.0
    """
    check_multiplier(multiplier)
    observed, expected, reference_rate = _observed_expected(
        count, population, reference_count, reference_population
    )
    scale = multiplier * reference_rate
    return count_ratio(observed, expected, scale, confidence, "indirectly standardised rate")


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

    Errors as in `isr`.

    Parameters
    ----------
    count, population, reference_count, reference_population, confidence
        As in `isr`.
    multiplier
        What the reference has: 1, or 100 to write it as 100.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit. Limits as in `isr`.

    Examples
    --------
    The reference expects 2 + 8 events.

    >>> round(float(smr([3, 9], [100, 100], [20, 40], [1000, 500]).value), 6)
    1.2
    """
    check_multiplier(multiplier)
    observed, expected, _ = _observed_expected(
        count, population, reference_count, reference_population
    )
    return count_ratio(observed, expected, multiplier, confidence, "standardised ratio")


def _directly_standardised(
    events: FloatArray,
    variance: FloatArray,
    population: FloatArray,
    standard: FloatArray,
    multiplier: float,
    confidence: float,
) -> Estimate:
    """Rate with limits as far off, in standard errors, as Byar's are from the number of events.

    `variance` is that of each band's events.
    """
    share = standard / standard.sum(axis=-1, keepdims=True)
    value = (share * events / population).sum(axis=-1)
    se = np.sqrt((share**2 * variance / population**2).sum(axis=-1))
    events = events.sum(axis=-1)
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
    return times(Estimate(value, lower, upper, se, confidence, method), multiplier)


def _observed_expected(
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Events observed, events expected at the reference's rates, and the reference's crude rate."""
    count, population, reference_count, reference_population = same_bands(
        count=not_negative(count, "count"),
        population=positive(population, "population"),
        reference_count=not_negative(reference_count, "reference_count"),
        reference_population=positive(reference_population, "reference_population"),
    )
    expected = (population * reference_count / reference_population).sum(axis=-1)
    reference_rate = reference_count.sum(axis=-1) / reference_population.sum(axis=-1)
    return count.sum(axis=-1), positive(expected, "expected events"), reference_rate
