"""Rates standardised for age by the rates of a reference: what was expected, and what was seen."""

from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import above_zero, positive, same_bands, same_labels, together
from ineqlib.measures._events import event_counts, people_counts
from ineqlib.measures.rates import count_ratio
from ineqlib.measures.standard_population import BandNames, named_bands


def isr(  # noqa: PLR0913 (four of them data)
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    *,
    bands: BandNames | None = None,
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
    bands
        Names of the bands. Not needed where pandas data carry them as labels.
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
        expected, shares in place of events or people; bands that nobody names or that differ.

    Method
    ------
    title: Indirectly standardised rate
    sentence: The standardised ratio, written as a rate.
    formula:
        ISR = 100,000 (O / E) (Σ X / Σ N)
        O = Σ x;  E = Σ n X / N
        x, n: events and people of an age band in the area; X, N: the same in the reference area
    use: As smr, where readers are used to rates.
    avoid: As smr.
    interval: As smr's.
    source: Breslow and Day 1987, Statistical Methods in Cancer Research II

    Examples
    --------
    The reference expects 2 + 8 events, and has 60 in 1,500 people of all ages.

    >>> area, reference = ([3, 9], [100, 100]), ([20, 40], [1000, 500])
    >>> rate = isr(*area, *reference, bands=["under 65", "65+"], multiplier=1000)
    >>> round(float(rate.value), 6)  # 12 / 10 × 40
    48.0
    """
    above_zero(multiplier, "multiplier")
    observed, expected, reference_rate = _observed_expected(
        count, population, reference_count, reference_population, bands
    )
    scale = multiplier * reference_rate
    return count_ratio(observed, expected, scale, confidence, "indirectly standardised rate")


def smr(  # noqa: PLR0913 (four of them data)
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    *,
    bands: BandNames | None = None,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Estimate:
    """Standardised mortality (or event) ratio: observed over expected, times `multiplier`.

    Errors as in `isr`.

    Parameters
    ----------
    count, population, reference_count, reference_population, bands, confidence
        As in `isr`.
    multiplier
        What the reference has: 1, or 100 to write it as 100.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit.

    Method
    ------
    title: Standardised ratio (SMR)
    sentence: How many times the events expected at a reference area's rates there were.
    formula:
        SMR = O / E
        O = Σ x;  E = Σ n X / N
        x, n: events and people of an age band in the area; X, N: the same in the reference area
    use: For one area against its reference, above all where events by age are few.
    avoid: To compare two areas with each other: each is weighed by its own ages.
    interval: The limits of the observed count (exact below 10 events, Byar's from 10), over E. The
        reference is taken to be known, and events to be independent of one another.
    source: Breslow and Day 1987, Statistical Methods in Cancer Research II

    Examples
    --------
    The reference expects 2 + 8 events.

    >>> area, reference = ([3, 9], [100, 100]), ([20, 40], [1000, 500])
    >>> round(float(smr(*area, *reference, bands=["under 65", "65+"]).value), 6)
    1.2
    """
    above_zero(multiplier, "multiplier")
    observed, expected, _ = _observed_expected(
        count, population, reference_count, reference_population, bands
    )
    return count_ratio(observed, expected, multiplier, confidence, "standardised ratio")


def smr_of_totals(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Estimate:
    """Standardised ratio of totals: for whoever has no events by age, only how many in all.

    Parameters
    ----------
    observed
        Events in all, shape ``(…)``.
    expected
        Events expected in all, above zero, same shape or broadcasting: as published beside them, or
        of `expected_events`.
    multiplier, confidence
        As in `smr`.

    Returns
    -------
    Estimate
        What `smr` gives of the same events by age.

    Raises
    ------
    InputError
        A missing number, a negative count, a share in place of events, expected events not above
        zero.

    Method
    ------
    title: Standardised ratio of totals
    sentence: The standardised ratio where events are known in all, but not by age.
    formula:
        SMR = O / E
        O: events in all; E: events expected, as published or as computed
    use: For small areas, whose publishers give observed and expected totals alone.
    avoid: With an E made from other ages, years or people than O is of.
    interval: As smr's.
    source: Breslow and Day 1987, Statistical Methods in Cancer Research II

    Examples
    --------
    Twelve deaths, whatever their ages, where 10 were expected.

    >>> expected = expected_events([100, 100], [20, 40], [1000, 500], bands=["under 65", "65+"])
    >>> float(expected), round(float(smr_of_totals(12, expected).value), 6)
    (10.0, 1.2)
    """
    above_zero(multiplier, "multiplier")
    same_labels(observed=observed, expected=expected)
    seen, mean = together(
        observed=event_counts(observed, "observed"), expected=positive(expected, "expected")
    )
    return count_ratio(seen, mean, multiplier, confidence, "standardised ratio")


def expected_events(
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    *,
    bands: BandNames | None = None,
) -> FloatArray:
    """Events there would be at the reference's rates, over all bands.

    Errors as in `isr`.

    Parameters
    ----------
    population, reference_count, reference_population, bands
        As in `isr`.

    Returns
    -------
    FloatArray
        Shape ``(…)``.

    Method
    ------
    title: Expected events
    sentence: How many events there would be at a reference area's rates.
    formula:
        E = Σ n X / N
        n: people of an age band; X, N: events and people of it in the reference area
    use: Beside a total of events that nobody has by age.
    avoid: As a forecast: it says what the reference's rates would give.
    interval: None: the reference is taken to be known.
    source: Breslow and Day 1987, Statistical Methods in Cancer Research II

    Examples
    --------
    >>> float(expected_events([100, 100], [20, 40], [1000, 500], bands=["under 65", "65+"]))
    10.0
    """
    population, reference_count, reference_population = _by_band(
        bands,
        population=population,
        reference_count=reference_count,
        reference_population=reference_population,
    )
    expected = (population * reference_count / reference_population).sum(axis=-1)
    return positive(expected, "expected events")


def _observed_expected(
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    bands: BandNames | None,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Events observed, events expected at the reference's rates, and the reference's crude rate."""
    count, population, reference_count, reference_population = _by_band(
        bands,
        count=count,
        population=population,
        reference_count=reference_count,
        reference_population=reference_population,
    )
    expected = (population * reference_count / reference_population).sum(axis=-1)
    reference_rate = reference_count.sum(axis=-1) / reference_population.sum(axis=-1)
    return count.sum(axis=-1), positive(expected, "expected events"), reference_rate


def _by_band(bands: BandNames | None, **data: ArrayLike) -> tuple[FloatArray, ...]:
    """Events and people by age band, told by their names, checked, in one shape."""
    names = named_bands(bands, **data)
    checks = {name: people_counts if name.endswith("population") else event_counts for name in data}
    numbers = {name: checks[name](given, name) for name, given in data.items()}
    return same_bands(names, **numbers)
