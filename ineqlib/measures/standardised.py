"""Rates standardised by a population of standard age, with the interval England publishes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import above_zero, positive, same_bands
from ineqlib.measures._events import event_counts, people_counts
from ineqlib.measures.intervals import byar_interval
from ineqlib.measures.standard_population import BandNames, StandardPopulation, named_bands

DSR_LEAST_EVENTS = 10
"""A directly standardised rate of fewer events is not published."""

Standard = StandardPopulation | ArrayLike


def dsr(
    count: ArrayLike,
    population: ArrayLike,
    standard: Standard,
    *,
    bands: BandNames | None = None,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Directly standardised rate with Dobson's limits on Byar's.

    Where there are fewer than 10 events in all, the published rule gives no rate: value, limits and
    standard error are NaN there.

    Parameters
    ----------
    count, population
        Events and people by age band, shape ``(…, bands)``.
    standard
        Standard population: `ESP2013`, of which the bands named are taken; what its `for_bands`
        gives; or bare numbers by the same bands.
    bands
        Names of the bands, youngest first: ``["0-4", … "90+"]``. Not needed where pandas data carry
        them as labels, in `count`, `population` or `standard`.
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
        above zero, a negative count; bands that nobody names, that differ, or that the standard
        has not.

    Method
    ------
    title: Directly standardised rate
    sentence: The rate there would be if the area had the ages of a standard population.
    formula:
        DSR = 100,000 Σ w x/n / Σ w
        x, n: events and people of an age band; w: people of the band in the standard population
    use: To compare places, groups and years of different ages with one another. England's standard
        is ESP2013, of which the bands named are taken.
    avoid: Of fewer than ten events (none is given), or of events one person can have several times
        (dsr_of_repeats). Two rates compare only on one standard and the same bands.
    interval: Dobson's: the limits of Byar for the total X of events, each difference from X times
        √(Σ w² x/n²) / (√X Σ w). Events are taken to be independent, people to be known.
    source: Dobson et al. 1991, Stat Med 10:457; OHID, Public Health Technical Guidance
    doi: 10.1002/sim.4780100317

    Examples
    --------
    Rates of 1 and 4 in a hundred; the standard has three people in the first band to one.

    >>> bands = ["under 65", "65+"]
    >>> rate = dsr([10, 40], [1000, 1000], [3, 1], bands=bands, multiplier=1000)
    >>> float(rate.value)  # (3 × 10 + 1 × 40) / 4
    17.5
    >>> from ineqlib.measures import ESP2013
    >>> european = dsr([10, 40], [1000, 1000], ESP2013, bands=["0-64", "65+"], multiplier=1000)
    >>> round(float(european.value), 3)
    15.85
    """
    above_zero(multiplier, "multiplier")
    names = named_bands(bands, count=count, population=population, standard=standard)
    count, population, weights = same_bands(
        names,
        count=event_counts(count, "count"),
        population=people_counts(population, "population"),
        standard=people_of(standard, names),
    )
    return _directly_standardised(count, count, population, weights, multiplier, confidence)


def dsr_of_repeats(
    people: ArrayLike,
    population: ArrayLike,
    standard: Standard,
    *,
    bands: BandNames | None = None,
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
    population, standard, bands, multiplier, confidence
        As in `dsr`. Fewer than 10 events in all give no rate, as there.

    Returns
    -------
    Estimate
        Shape ``(…)``, per `multiplier` people.

    Raises
    ------
    InputError
        As `dsr`; besides, counts without an axis of frequencies.

    Method
    ------
    title: Directly standardised rate of repeated events
    sentence: A standardised rate of events, such as admissions, one person can have again.
    formula:
        events = Σ f x_f;  DSR as in dsr;  variance = Σ f² var_f
        x_f: people of an age band with f events; var_f: variance of the DSR of those people
    use: For admissions, attendances and prescriptions, where people per frequency are known.
    avoid: Where only the number of events is known: count people instead.
    interval: Dobson's with that variance, from the total of events. People are taken to be
        independent of one another; their own events need not be.
    source: Dobson et al. 1991, Stat Med 10:457; OHID, Public Health Technical Guidance
    doi: 10.1002/sim.4780100317

    Examples
    --------
    One band, a standard of one: 10 people with one admission each, 5 with two.

    >>> rate = dsr_of_repeats([[10], [5]], [1000], [1], bands=["65-69"], multiplier=1000)
    >>> float(rate.value), round(float(rate.se), 4)  # √(10 + 4 × 5)
    (20.0, 5.4772)
    """
    above_zero(multiplier, "multiplier")
    names = named_bands(bands, people=people, population=population, standard=standard)
    people = event_counts(people, "people")
    if people.ndim < 2:
        raise InputError(
            f"people: shape {people.shape}, expected (…, frequencies, bands): "
            "how many people of each age band had one event, two, three …"
        )
    times_had = np.arange(1, people.shape[-2] + 1)[:, None]
    variance = (times_had**2 * people).sum(axis=-2)
    events, population, weights = same_bands(
        names,
        people=(times_had * people).sum(axis=-2),
        population=people_counts(population, "population"),
        standard=people_of(standard, names),
    )
    return _directly_standardised(events, variance, population, weights, multiplier, confidence)


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
    rate = Estimate(value, lower, upper, se, confidence, method)
    return rate.map_parts(lambda part: part * multiplier)


def people_of(standard: Standard, names: Sequence[str]) -> FloatArray:
    """People of the standard in the bands of these names, shape ``(…, bands)``."""
    given = standard.for_bands(names) if isinstance(standard, StandardPopulation) else standard
    return positive(given, "standard")
