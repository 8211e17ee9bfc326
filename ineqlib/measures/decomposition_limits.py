"""Intervals of the parts of a difference in life expectancy: what chance in the deaths does.

The parts are smooth functions of the death rates, so their variances follow from those of the rates
and from how fast each part moves with each rate (the delta method). No seed, no draws.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import numbers, same_bands
from ineqlib.measures._events import event_counts, people_counts
from ineqlib.measures._limits import normal_limits
from ineqlib.measures.age_bands import AgeBands, Bands, as_bands
from ineqlib.measures.decomposition import years_per_rate

STEP = 1e-3
"""Part of a rate by which it is moved to see how the parts follow."""
SMALLEST_STEP = 1e-9


@dataclass(frozen=True)
class ArriagaLimits:
    """Parts of a difference in life expectancy with limits, in years, from group 1 to group 2.

    Parameters
    ----------
    start
        Age at which each span starts, shape ``(spans,)``.
    by_age
        Years by span, shape ``(…, spans)``; they add up to the difference.
    by_cause
        Years by cause, shape ``(…, causes)``; they add up to the difference too.
    difference
        Life expectancy of group 2 minus that of group 1 at the first age, shape ``(…)``.
    """

    start: FloatArray
    by_age: Estimate
    by_cause: Estimate
    difference: Estimate


def arriaga_limits(  # noqa: PLR0913 (four of them data)
    deaths_1: ArrayLike,
    population_1: ArrayLike,
    deaths_2: ArrayLike,
    population_2: ArrayLike,
    *,
    bands: Bands | None = None,
    spans: Sequence[float] | None = None,
    symmetric: bool = False,
    confidence: float = 0.95,
) -> ArriagaLimits:
    """Difference in life expectancy by span of ages and by cause, with normal limits of each part.

    Parameters
    ----------
    deaths_1, deaths_2
        Deaths by cause and age band of the group to come from and the group to go to, shape
        ``(…, causes, bands)``; without causes ``deaths[..., None, :]``. The causes leave no death
        out and count none twice.
    population_1, population_2
        Person-years of each group, shape ``(…, bands)``.
    bands, symmetric
        As in `arriaga`, with its errors.
    spans
        Ages at which spans of bands start, for parts that are added up before their limits are
        made; each starts a band, the first one the first. None for every band by itself.
    confidence
        Level of the intervals as a fraction.

    Returns
    -------
    ArriagaLimits
        The parts of `arriaga` and `arriaga_by_cause`, each with its interval.

    Raises
    ------
    InputError
        As `arriaga`; deaths without an axis of causes; spans that start no band.

    Method
    ------
    title: Life expectancy difference with intervals (Arriaga)
    sentence: How many years apart an age or a cause sets two groups' life expectancies, and how
        sure that is.
    formula:
        Var(part) = Σ (∂part / ∂m)² d / P², over groups, causes and bands
        m: death rate; d: deaths; P: person-years; part: years of a span of ages, of a cause, or the
            whole difference, by arriaga and arriaga_by_cause
    use: Whenever parts are shown of places smaller than a country: two parts whose intervals
        overlap widely have no order.
    avoid: For spans with fewer than about ten deaths in a group: normal limits are rough there.
        Join spans, years or areas. Parts are not independent of one another: do not add their
        variances up.
    interval: Normal: part ± z se. Deaths are taken to be Poisson and independent between groups,
        causes and bands, populations to be known; derivatives are central differences.
    source: Arriaga 1984, Demography 21:83; Brillinger 1986, Biometrics 42:693, for the variance of
        a rate; Andreev, Shkolnikov and Begun 2002, Demographic Research 7:499
    doi: 10.2307/2061029

    Examples
    --------
    >>> parts = arriaga_limits(
    ...     [[200.0, 900.0]], [10_000, 9000], [[100.0, 900.0]], [10_000, 9000], bands=[60, 70]
    ... )
    >>> parts.by_age.value.round(2).tolist(), parts.by_age.se.round(2).tolist()
    ([1.3, 0.0], [0.22, 0.39])
    """
    known, rates, variance = _rates(
        bands,
        deaths_1=deaths_1,
        population_1=population_1,
        deaths_2=deaths_2,
        population_2=population_2,
    )
    all_causes = rates.sum(axis=-2)
    direct, indirect, difference = years_per_rate(
        all_causes[0], all_causes[1], known, symmetric=symmetric
    )
    years = direct + indirect
    fall = rates[0] - rates[1]
    start, within = _spans(known, spans)
    moves = [_sensitivity(all_causes, group, known, symmetric=symmetric) for group in (0, 1)]
    of_age, of_cause, of_all = _variances(moves, fall, years, within, variance)
    method = "Arriaga's decomposition, limits by the delta method from Poisson deaths"
    ages = np.einsum("sx,...x->...s", within, years * fall.sum(axis=-2))
    causes = (years[..., None, :] * fall).sum(axis=-1)
    return ArriagaLimits(
        start,
        normal_limits(ages, np.sqrt(of_age), confidence, method),
        normal_limits(causes, np.sqrt(of_cause), confidence, method),
        normal_limits(difference, np.sqrt(of_all), confidence, method),
    )


def _variances(
    moves: Sequence[FloatArray],
    fall: FloatArray,
    years: FloatArray,
    within: FloatArray,
    variance: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the variances of the parts by age, of those by cause, and of all of them together.

    Parameters
    ----------
    moves
        Of each group: by how much a rate in one band moves the years per rate in another.
    fall
        Rates of the first group less those of the second, by cause and band.
    years
        Years of life per rate, by band.
    within
        Which bands are in which span.
    variance
        Of the rates, by group, cause and band.
    """
    all_variance = variance.sum(axis=-2)
    of_age, of_cause, of_all = (np.zeros(()) for _ in range(3))
    for group, sign in ((0, 1), (1, -1)):
        # By band moved, then by band of the part.
        by_band = moves[group] * fall.sum(axis=-2)[..., None, :]
        gradient = np.einsum("sx,...yx->...sy", within, by_band)
        gradient = gradient + sign * within * years[..., None, :]
        everything = all_variance[group]
        of_age = of_age + (gradient**2 * everything[..., None, :]).sum(axis=-1)
        of_all = of_all + (gradient.sum(axis=-2) ** 2 * everything).sum(axis=-1)
        shared = np.einsum("...yx,...cx->...cy", moves[group], fall)
        own = sign * years[..., None, :]
        of_cause = of_cause + (
            shared**2 * everything[..., None, :] + own * (2 * shared + own) * variance[group]
        ).sum(axis=-1)
    return of_age, of_cause, of_all


def _rates(bands: Bands | None, **given: ArrayLike) -> tuple[AgeBands, FloatArray, FloatArray]:
    """Return bands, and death rates and their variances by group, cause and band."""
    known = as_bands(bands, **given)
    died = [_by_cause(given[name], name) for name in ("deaths_1", "deaths_2")]
    people = [people_counts(given[name], name) for name in ("population_1", "population_2")]
    *_, lived_1, lived_2 = same_bands(
        known.labels,
        deaths_1=died[0].sum(axis=-2),
        deaths_2=died[1].sum(axis=-2),
        population_1=people[0],
        population_2=people[1],
    )
    lived = lived_1[..., None, :], lived_2[..., None, :]
    rates = np.stack(np.broadcast_arrays(died[0] / lived[0], died[1] / lived[1]))
    variance = np.stack(np.broadcast_arrays(died[0] / lived[0] ** 2, died[1] / lived[1] ** 2))
    return known, rates, variance


def _by_cause(deaths: ArrayLike, name: str) -> FloatArray:
    array = event_counts(deaths, name)
    if array.ndim < 2:
        raise InputError(
            f"{name}: shape {array.shape} found, (…, causes, bands) expected. "
            "Without causes give deaths[..., None, :]."
        )
    return array


def _spans(bands: AgeBands, spans: Sequence[float] | None) -> tuple[FloatArray, FloatArray]:
    """Return where spans start, and which bands are in each, shape ``(spans, bands)``."""
    start = bands.age if spans is None else np.atleast_1d(numbers(spans, "spans"))
    ages = set(bands.age.tolist())
    if start.ndim > 1 or start[0] != bands.age[0] or not ages.issuperset(start.tolist()):
        raise InputError(
            f"spans: {start.tolist()} found. Expected ages that start bands, beginning with the "
            f"first: {bands.age.tolist()}."
        )
    place = np.searchsorted(start, bands.age, side="right") - 1
    return start, (place == np.arange(len(start))[:, None]).astype(float)


def _sensitivity(rates: FloatArray, group: int, bands: AgeBands, *, symmetric: bool) -> FloatArray:
    """How the years per unit of rate of each band move with each band's rate of one group.

    Of shape ``(…, bands, bands)``: the band whose rate is moved, then the band whose years follow.
    """
    columns = []
    for band, step in rate_steps(rates[group]):
        ends = []
        for side in (-1, 1):
            moved = [rates[0], rates[1]]
            moved[group] = moved[group] + side * step
            direct, indirect, _ = years_per_rate(moved[0], moved[1], bands, symmetric=symmetric)
            ends.append(direct + indirect)
        columns.append((ends[1] - ends[0]) / (2 * step[..., band, None]))
    return np.stack(columns, axis=-2)


def rate_steps(rates: FloatArray) -> Iterator[tuple[int, FloatArray]]:
    """Yield each band and by how much all rates are moved to see what follows from that band's."""
    for band in range(rates.shape[-1]):
        step = np.zeros_like(rates)
        step[..., band] = np.maximum(STEP * rates[..., band], SMALLEST_STEP)
        yield band, step
