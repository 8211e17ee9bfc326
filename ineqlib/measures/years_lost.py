"""Years of life lost to early death: to an age limit, or to a standard expectation of life."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import ParameterError, listed
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    above_zero,
    as_number,
    not_negative,
    require,
    same_bands,
)
from ineqlib.measures._events import event_counts, people_counts
from ineqlib.measures.age_bands import AgeBands, Bands
from ineqlib.measures.intervals import byar_interval
from ineqlib.measures.standard_population import BandNames, named_bands
from ineqlib.measures.standardised import Standard, people_of

EVENLY = 0.5
"""Share lived of a first band from birth, as published: so it may well be of five years."""


def years_before_age(limit: float = 75, *, bands: Bands) -> pd.Series:
    """Years that a death in each band is before an age limit: the limit less the band's middle.

    Parameters
    ----------
    limit
        Age before which a death is early; one of `bands`, for a band cannot be half counted.
    bands
        Ages at which the bands start, youngest first, the last one open; or their names, such as
        ``ESP2013.bands``.

    Returns
    -------
    Series
        Years by the name of each band: 0 in the bands from the limit on.

    Raises
    ------
    ParameterError
        A limit that starts no band.

    Method
    ------
    title: Years before an age limit
    sentence: How early a death in each age band is, against an age such as 75.
    formula:
        y = max(A − (x + n / 2), 0)
        A: age limit; x: start of the band; n: its years
    use: To give `years_of_life_lost` its years as England's published rates have them.
    avoid: Where exact ages at death are known: take their mean in each band instead.
    interval: None: it is a rule.
    source: Gardner and Sanborn 1990, Epidemiology 1:322; National Centre for Health Outcomes
        Development, Compendium of Clinical and Health Indicators, annex 3
    doi: 10.1097/00001648-199007000-00012

    Notes
    -----
    Deaths are taken to be spread evenly over each band, infants' too, as in the published English
    rates.

    Examples
    --------
    >>> years_before_age(75, bands=[0, 1, 5, 65, 75]).tolist()
    [74.5, 72.0, 40.0, 5.0, 0.0]
    """
    known = bands if isinstance(bands, AgeBands) else AgeBands(bands, infants=EVENLY)
    age = known.age
    if as_number(limit) not in age:
        shown = listed([f"{start:g}" for start in age], most=len(age))
        raise ParameterError(f"limit={limit!r} does not start a band. Expected one of: {shown}.")
    years = np.zeros(len(age))
    early = age < limit
    years[early] = limit - (age + known.width / 2)[early]
    return pd.Series(years, index=known.labels, name=f"years before {limit:g}")


def years_of_life_lost(  # noqa: PLR0913 (four of them data)
    deaths: ArrayLike,
    years: ArrayLike,
    *,
    population: ArrayLike | None = None,
    standard: Standard | None = None,
    bands: BandNames | None = None,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Years of life lost: in all, as a crude rate, or as a directly standardised one.

    Parameters
    ----------
    deaths
        Deaths by age band, shape ``(…, bands)``.
    years
        Years lost by a death in each band, shape ``(bands,)`` or broadcasting: `years_before_age`,
        which names the bands, or the expectation of life at the mean age at death in the band by a
        standard life table. Bands where it is 0 count neither deaths nor people, as in published
        rates under 75.
    population
        Person-years by the same bands, for a rate.
    standard
        Standard population, for a standardised rate: `ESP2013`, what its `for_bands` gives, or
        numbers by the same bands.
    bands
        Names of the bands. Not needed where pandas data carry them as labels.
    multiplier
        Per how many people; without `population` it is not used.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``. Where nobody died the value is 0 and has no limits (NaN): no one can say
        how many years the deaths that might have been would have cost.

    Raises
    ------
    InputError
        A missing number; deaths or years below zero; no band in which years are lost; a population
        not above zero; bands that nobody names, that differ, or that the standard has not.
    ParameterError
        A standard without a population; a multiplier not above zero.

    Method
    ------
    title: Years of life lost
    sentence: How many years of life early deaths cost, so that young deaths weigh more.
    formula:
        YLL = Σ d y;  crude rate = Σ d y / ΣP;  standardised rate = Σ w y d / P, Σ w = 1
        d: deaths in a band; y: years lost by each (an age limit minus the band's middle, or a
            standard expectation of life); P: person-years; w: share of the standard population.
            Bands where y = 0 are left out of all sums
    use: To show which causes or places lose most life: a death rate counts the old most.
    avoid: To compare figures with different limits or standards. Against an age limit it says that
        later deaths cost nothing; against a standard table the old count too.
    interval: Dobson's: value + √(Σ w² y² d / P² ÷ D) × (Byar's limit of D − D), D the deaths that
        lose years. Deaths are taken to be Poisson, each in a band to lose the same years.
    source: Gardner and Sanborn 1990, Epidemiology 1:322; Dobson et al. 1991, Stat Med 10:457
    doi: 10.1097/00001648-199007000-00012

    Examples
    --------
    >>> years = years_before_age(75, bands=[30, 40, 75])
    >>> lost = years_of_life_lost([2, 10, 90], years, population=[20_000, 25_000, 2_000])
    >>> round(float(lost.value), 1)  # (2 × 40 + 10 × 17.5) / 45,000
    566.7
    """
    above_zero(multiplier, "multiplier")
    data = {"deaths": deaths, "years": years, "population": population, "standard": standard}
    names = named_bands(bands, **data)
    deaths, years = same_bands(
        names, deaths=event_counts(deaths, "deaths"), years=not_negative(years, "years")
    )
    counted = years > 0
    require(counted.any(axis=-1), "years", "above zero in any band", "Which deaths are early?")
    weights = None if standard is None else people_of(standard, names)
    per_death, what = _rate_weights(counted, population, weights)
    weight = years * per_death * (1 if population is None else multiplier)

    number = np.where(counted, deaths, 0).sum(axis=-1)
    value = (weight * deaths).sum(axis=-1)
    se = np.sqrt((weight**2 * deaths).sum(axis=-1))
    some = number > 0
    se = np.where(some, se, np.nan)
    per_event = se / np.sqrt(np.where(some, number, 1))
    fewest, most = byar_interval(number, confidence=confidence)
    lower, upper = (value + per_event * (limit - number) for limit in (fewest, most))
    method = f"years of life lost, {what}, Dobson limits"
    return Estimate(value, lower, upper, se, confidence, method)


def _rate_weights(
    counted: NDArray[np.bool_], population: ArrayLike | None, standard: FloatArray | None
) -> tuple[FloatArray, str]:
    """What a death in each band adds per year it loses, and what the sum of them is called."""
    if population is None:
        if standard is not None:
            raise ParameterError("standard: expected with a population, for a standardised rate.")
        return np.ones(counted.shape), "in all"
    people = people_counts(population, "population")
    people, within = same_bands(population=people, years=counted.astype(float))
    if standard is None:
        everyone = (within * people).sum(axis=-1, keepdims=True)
        return np.broadcast_to(1 / everyone, people.shape), "crude rate"
    weights, within, people = same_bands(standard=standard, years=within, population=people)
    weights = within * weights
    return weights / weights.sum(axis=-1, keepdims=True) / people, "directly standardised rate"
