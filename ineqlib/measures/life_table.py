"""Abridged life tables: Chiang's method, Silcocks' variance in the last (open) band."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import ParameterError, listed
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import as_number, not_negative, positive, require, same_bands
from ineqlib.measures.age_bands import AgeBands, Bands, as_bands


@dataclass(frozen=True)
class LifeTable:
    """Columns of a life table, by their usual names; arrays of shape ``(…, bands)``.

    Parameters
    ----------
    age
        Age at which each band starts, shape ``(bands,)``; the last band has no end.
    deaths
        Deaths the table was made from; NaN where it was made from rates alone.
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
    lx: FloatArray
    dx: FloatArray
    Lx: FloatArray
    Tx: FloatArray
    ex: FloatArray

    @cached_property
    def se(self) -> FloatArray:
        """Standard error of `ex`."""
        return np.sqrt(mortality_variance(self, self.Lx, self.ex))

    def place(self, age: float | str) -> int | slice:
        """Place of an age among the bands.

        Parameters
        ----------
        age
            Age at which a band starts, or ``"all"``.

        Returns
        -------
        int or slice
            Place on the last axis, from 0; a slice of the whole axis for ``"all"``.
        """
        if isinstance(age, str) and age == "all":
            return slice(None)
        place = np.flatnonzero(self.age == as_number(age))
        if not place.size:
            known = listed([f"{start:g}" for start in self.age], most=len(self.age))
            raise ParameterError(
                f"age={age!r} does not start a band. Expected 'all' or one of: {known}."
            )
        return int(place[0])


def life_table(
    deaths: ArrayLike, population: ArrayLike, *, bands: Bands | None = None
) -> LifeTable:
    """Life table of deaths and person-years by age band.

    Parameters
    ----------
    deaths, population
        Deaths, and person-years lived (population times years pooled), shape ``(…, bands)``.
    bands
        Ages at which the bands start, youngest first, or their names: any that follow one another,
        the last of them open; `ABRIDGED_BANDS` are those of English tables. `AgeBands` of them for
        another convention on infants than the English. Not needed where pandas data carry the names
        as labels; nothing is taken from how many numbers there are.

    Returns
    -------
    LifeTable
        Columns of shape ``(…, bands)``, rates per person-year and times in years.

    Raises
    ------
    InputError
        A missing number; a negative death count; a population not above zero; bands that nobody
        states, out of order or that do not match; a first band from birth that is not the first
        year alone; no deaths in the open band; a closed band that nobody survives.
        `life_table_problems` says which areas they are.

    Method
    ------
    title: Life table
    sentence: What would become of people who lived all their life under today's death rates: how
        many survive to each age, and how long they live from there on.
    formula:
        m = d / P;  q = n m / (1 + n m (1 − a));  l_x+n = l_x (1 − q)
        L = n (l − (1 − a) l q), in the open band l / m;  T = ΣL from here on;  e = T / l
        d: deaths; P: person-years; n: years in the band; a: share of the band lived by those who
            die in it (0.1 of the first year, else 1/2; or Andreev and Kingkade's for the first
            year, from its death rate); l: survivors of one birth; e: expectation of life
    use: To see the columns behind a life expectancy, or to make another measure of them.
    avoid: For a forecast: nobody will live all their life under one period's death rates. For small
        areas use fewer, wider bands or more years, so that every band has people and the open band
        has deaths.
    interval: Chiang's variance of q, q² (1 − q) / d, carried through the table; in the open band
        Silcocks' l² / (d m²). Deaths are taken to be binomial within a band and independent between
        bands, populations to be known.
    source: Silcocks et al. 2001, J Epidemiol Community Health 55:38; Chiang 1968, Introduction to
        Stochastic Processes in Biostatistics; Andreev and Kingkade 2015, Demographic Research
        33:363; ONS and OHID life expectancy templates
    doi: 10.1136/jech.55.1.38

    Notes
    -----
    A band without deaths adds nothing to the variance.

    Examples
    --------
    >>> table = life_table([2.0, 10.0, 50.0], [1000.0, 2000.0, 500.0], bands=[50, 60, 70])
    >>> table.ex.round(2).tolist()
    [28.79, 19.27, 10.0]
    """
    known, deaths, population = by_band(deaths, population, bands)
    return table_of_rates(deaths / population, known, deaths)


def by_band(
    deaths: ArrayLike, population: ArrayLike, bands: Bands | None
) -> tuple[AgeBands, FloatArray, FloatArray]:
    """Return the bands, and deaths and person-years in each, checked, in one shape."""
    known = as_bands(bands, deaths=deaths, population=population)
    deaths, population = same_bands(
        known.labels,
        deaths=not_negative(deaths, "deaths"),
        population=positive(population, "population"),
    )
    return known, deaths, population


def table_of_rates(mx: FloatArray, bands: AgeBands, deaths: FloatArray | None = None) -> LifeTable:
    """Life table of death rates, checked to be zero or above, of shape ``(…, bands)``."""
    require(mx[..., -1] > 0, "deaths in the open band", "above zero", "Combine areas or years.")
    ax = bands.share_lived(mx)
    nx, qx = _chance_of_dying(mx, ax, bands.width)
    require(
        qx[..., :-1] < 1,
        "probability of dying",
        "below 1 before the open band",
        "Combine bands, areas or years.",
    )
    lx = np.ones_like(qx)
    np.cumprod(1 - qx[..., :-1], axis=-1, out=lx[..., 1:])
    dx = lx * qx
    Lx = nx * (lx - (1 - ax) * dx)
    Tx = from_here_on(Lx)
    deaths = np.full_like(mx, np.nan) if deaths is None else deaths
    return LifeTable(bands.age, deaths, nx, mx, ax, qx, lx, dx, Lx, Tx, Tx / lx)


def survivable(mx: FloatArray, bands: AgeBands) -> NDArray[np.bool_]:
    """Tell of each closed band, shape ``(…, bands - 1)``, whether anybody survives it."""
    _, qx = _chance_of_dying(mx, bands.share_lived(mx), bands.width)
    return np.asarray(qx[..., :-1] < 1)


def _chance_of_dying(
    mx: FloatArray, ax: FloatArray, width: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Years in each band and probability of dying in it, 1 where the rate is too high for any."""
    nx = np.empty_like(mx)
    nx[..., :-1] = width[:-1]
    # An open band of 2/m years, half of it lived by those who die, holds l/m years, as it should.
    nx[..., -1] = np.divide(2, mx[..., -1], out=np.zeros_like(mx[..., -1]), where=mx[..., -1] > 0)
    expected = nx * mx
    return nx, np.minimum(expected / (1 + expected * (1 - ax)), 1)


def from_here_on(term: FloatArray) -> FloatArray:
    """Sum over a band and all later ones."""
    return np.cumsum(term[..., ::-1], axis=-1)[..., ::-1]


def mortality_variance(
    table: LifeTable, years: FloatArray, expected: FloatArray, healthy: FloatArray | float = 1.0
) -> FloatArray:
    """Variance of the years expected that is due to chance in the deaths, by age.

    `years` are those lived in each band that count, `expected` those from an age on, and `healthy`
    the share of each band's years that count.
    """
    deaths, qx = table.deaths[..., :-1], table.qx[..., :-1]
    counted = (healthy * (1 - table.ax) * table.nx)[..., :-1] + expected[..., 1:]
    # Chiang's (l × counted)² q² (1 - q) / d; without deaths q is zero, and so is the term.
    of_one_death = (table.dx[..., :-1] * counted) ** 2 * (1 - qx)
    term = np.zeros(np.broadcast_shapes(table.lx.shape, years.shape))
    np.divide(of_one_death, deaths, out=term[..., :-1], where=deaths > 0)
    term[..., -1] = years[..., -1] ** 2 / table.deaths[..., -1]
    return from_here_on(term) / table.lx**2
