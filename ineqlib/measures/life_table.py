"""Abridged life tables: Chiang's method, Silcocks' variance in the last (open) band."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import InputError, ParameterError, listed
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    not_negative,
    numbers,
    positive,
    require,
    together,
    z_score,
)

ABRIDGED_BANDS = (0, 1, *range(5, 91, 5))
"""Starts of the 20 bands of English life tables: under 1, 1-4, 5-9 ... 85-89, 90 and over."""

INFANT_A0 = 0.1
"""Share of their first year lived by those who die in it; half of the band at all other ages."""

LEAST_POPULATION = 5000
"""Person-years below which life expectancy is not quoted (Toson and Baker 2003)."""


@dataclass(frozen=True)
class LifeTable:
    """Columns of a life table, by their usual names; arrays of shape ``(…, bands)``.

    Parameters
    ----------
    age
        Age at which each band starts, shape ``(bands,)``; the last band has no end.
    deaths
        Deaths the table was made from.
    nx
        Years in the band; in the open band ``2 / mx``.
    mx
        Death rate.
    ax
        Share of the band lived by those who die in it.
    qx
        Probability of dying in the band.
    lx, dx
        Survivors to the start of the band, and deaths in it, of one birth.
    Lx, Tx
        Years lived in the band, and in it and all later ones.
    ex, se
        Expectation of life at the start of the band, and its standard error.
    """

    age: FloatArray
    deaths: FloatArray
    nx: FloatArray
    mx: FloatArray
    ax: FloatArray
    qx: FloatArray

    @property
    def lx(self) -> FloatArray:
        """Survivors to the start of the band of one birth."""
        survivors = np.cumprod(1 - self.qx[..., :-1], axis=-1)
        return np.concatenate([np.ones_like(self.qx[..., :1]), survivors], axis=-1)

    @property
    def dx(self) -> FloatArray:
        """Deaths in the band of one birth."""
        return self.lx * self.qx

    @property
    def Lx(self) -> FloatArray:  # noqa: N802
        """Years lived in the band."""
        return self.nx * (self.lx - (1 - self.ax) * self.dx)

    @property
    def Tx(self) -> FloatArray:  # noqa: N802
        """Years lived in the band and all later ones."""
        return _from_here_on(self.Lx)

    @property
    def ex(self) -> FloatArray:
        """Expectation of life at the start of the band."""
        return self.Tx / self.lx

    @property
    def se(self) -> FloatArray:
        """Standard error of `ex`."""
        return np.sqrt(_mortality_variance(self, np.ones_like(self.qx)))


def life_table(
    deaths: ArrayLike, population: ArrayLike, *, bands: ArrayLike = ABRIDGED_BANDS
) -> LifeTable:
    """Life table of deaths and person-years by age band.

    Parameters
    ----------
    deaths, population
        Deaths, and person-years lived (population times years pooled), shape ``(…, bands)``.
    bands
        Ages at which the bands start, youngest first. They follow one another without a gap, and
        the last is open.

    Raises
    ------
    InputError
        A missing number; a negative death count; a population not above zero; bands out of order
        or that do not match; a first band from birth that is not the first year alone; no deaths
        in the open band; a closed band that nobody survives.

    Notes
    -----
    Sources: Chiang 1968; Silcocks et al. 2001, J Epidemiol Community Health 55:38; ONS and OHID
    life expectancy templates. A band without deaths adds nothing to the variance.

    Examples
    --------
    >>> table = life_table([2.0, 10.0, 50.0], [1000.0, 2000.0, 500.0], bands=[50, 60, 70])
    >>> table.ex.round(2).tolist()
    [28.79, 19.27, 10.0]
    """
    age, width = _bands(bands)
    deaths, population = together(
        deaths=np.atleast_1d(not_negative(deaths, "deaths")),
        population=positive(population, "population"),
    )
    if deaths.shape[-1] != len(age):
        raise InputError(f"bands: {len(age)} given for {deaths.shape[-1]} columns of deaths.")
    mx = deaths / population
    require(mx[..., -1] > 0, "deaths in the open band", "above zero", "Combine areas or years.")
    ax = np.broadcast_to(np.where((age == 0) & (width == 1), INFANT_A0, 0.5), mx.shape)
    # An open band of 2/m years, half of it lived by those who die, holds l/m years, as it should.
    nx = np.broadcast_to(width, mx.shape).copy()
    nx[..., -1] = 2 / mx[..., -1]
    qx = np.minimum(nx * mx / (1 + nx * mx * (1 - ax)), 1)
    require(
        qx[..., :-1] < 1,
        "probability of dying",
        "below 1 before the open band",
        "Combine bands, areas or years.",
    )
    return LifeTable(age, deaths, nx, mx, ax, qx)


def life_expectancy(
    deaths: ArrayLike,
    population: ArrayLike,
    *,
    bands: ArrayLike = ABRIDGED_BANDS,
    age: float = 0,
    confidence: float = 0.95,
) -> Estimate:
    """Expectation of life at an age, with normal limits.

    Where there are fewer than 5,000 person-years in all, the published rule gives none: value,
    limits and standard error are NaN there.

    Parameters
    ----------
    deaths, population, bands
        As in `life_table`, with its errors.
    age
        One of `bands`.
    confidence
        Level of the interval as a fraction.

    Raises
    ------
    ParameterError
        An age that starts no band.

    Examples
    --------
    >>> deaths, population = [2.0, 10.0, 50.0], [1000.0, 9000.0, 2000.0]
    >>> at_60 = life_expectancy(deaths, population, bands=[50, 60, 70], age=60)
    >>> round(float(at_60.value), 2)
    49.5
    """
    table = life_table(deaths, population, bands=bands)
    at = _place(table, age)
    method = "life expectancy, Chiang with Silcocks' last band"
    found = _normal(table.ex[..., at], table.se[..., at], confidence, method)
    return _where_enough(found, population)


def healthy_life_expectancy(  # noqa: PLR0913 (four of them data)
    deaths: ArrayLike,
    population: ArrayLike,
    healthy: ArrayLike,
    surveyed: ArrayLike,
    *,
    bands: ArrayLike = ABRIDGED_BANDS,
    age: float = 0,
    confidence: float = 0.95,
) -> Estimate:
    """Years expected in good health from an age, by Sullivan's method, with normal limits.

    Parameters
    ----------
    deaths, population, bands, age, confidence
        As in `life_expectancy`, with its rule of 5,000 person-years and its errors.
    healthy
        Share of the people in each band who are in good health, 0 to 1, shape ``(…, bands)``.
    surveyed
        How many people in each band that share was asked of.

    Raises
    ------
    InputError
        A share outside 0 to 1, or nobody asked.

    Notes
    -----
    The variance has both parts: of the survey's shares, and of mortality. Sources: Sullivan 1971;
    Mathers 1991, Health Expectancies in Australia, for the variance.

    Examples
    --------
    >>> good = healthy_life_expectancy(
    ...     [10.0, 50.0], [9000.0, 2000.0], [0.8, 0.5], [100, 100], bands=[60, 70], age=60
    ... )
    >>> round(float(good.value), 2)
    27.73
    """
    table = life_table(deaths, population, bands=bands)
    healthy, surveyed, _ = together(
        healthy=numbers(healthy, "healthy"),
        surveyed=positive(surveyed, "surveyed"),
        deaths=table.deaths,
    )
    require((healthy >= 0) & (healthy <= 1), "healthy", "a share from 0 to 1")
    at = _place(table, age)
    of_shares = _from_here_on(table.Lx**2 * healthy * (1 - healthy) / surveyed) / table.lx**2
    se = np.sqrt(_mortality_variance(table, healthy) + of_shares)
    value = _from_here_on(healthy * table.Lx) / table.lx
    method = "healthy life expectancy, Sullivan"
    return _where_enough(_normal(value[..., at], se[..., at], confidence, method), population)


def _bands(bands: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Starts and widths; the open band's width is infinite."""
    age = np.atleast_1d(not_negative(bands, "bands"))
    require(np.diff(age) > 0, "steps between bands", "above zero (youngest band first)")
    width = np.append(np.diff(age), np.inf)
    if age[0] == 0 and width[0] != 1 and len(age) > 1:
        raise InputError(
            f"bands: the first runs from birth to {age[1]:g}; expected the first year of life "
            "alone, for deaths in it come early (bands starting 0, 1, 5 …)."
        )
    return age, width


def _from_here_on(term: FloatArray) -> FloatArray:
    return np.cumsum(term[..., ::-1], axis=-1)[..., ::-1]


def _mortality_variance(table: LifeTable, healthy: FloatArray) -> FloatArray:
    """Variance of healthy years expected (all years where `healthy` is 1) due to mortality."""
    lx = table.lx
    years = healthy * table.Lx
    expected = _from_here_on(years) / lx
    deaths, qx = table.deaths[..., :-1], table.qx[..., :-1]
    var_q = np.where(deaths > 0, qx**2 * (1 - qx) / np.where(deaths > 0, deaths, 1), 0.0)
    in_band = healthy[..., :-1] * (1 - table.ax[..., :-1]) * table.nx[..., :-1]
    closed = (lx[..., :-1] * (in_band + expected[..., 1:])) ** 2 * var_q
    last = years[..., -1:] ** 2 / table.deaths[..., -1:]
    return _from_here_on(np.concatenate([closed, last], axis=-1)) / lx**2


def _place(table: LifeTable, age: float) -> int:
    place = np.flatnonzero(table.age == age)
    if not place.size:
        known = listed([f"{start:g}" for start in table.age], most=len(table.age))
        raise ParameterError(f"age={age!r} does not start a band. Expected one of: {known}.")
    return int(place[0])


def _normal(value: FloatArray, se: FloatArray, confidence: float, method: str) -> Estimate:
    half = z_score(confidence) * se
    return Estimate(value, value - half, value + half, se, confidence, method)


def _where_enough(estimate: Estimate, population: ArrayLike) -> Estimate:
    enough = numbers(population, "population").sum(axis=-1) >= LEAST_POPULATION
    value, lower, upper, se = (
        np.where(enough, part, np.nan)
        for part in (estimate.value, estimate.lower, estimate.upper, estimate.se)
    )
    method = f"{estimate.method}, none of fewer than {LEAST_POPULATION:,} person-years"
    return Estimate(value, lower, upper, se, estimate.confidence, method)
