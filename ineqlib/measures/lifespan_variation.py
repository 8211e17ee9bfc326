"""How unequal lives are in length within one group: years of life lost at death, on average."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._limits import normal_limits
from ineqlib.measures.age_bands import AgeBands, Bands
from ineqlib.measures.decomposition_limits import rate_steps
from ineqlib.measures.life_table import by_band, table_of_rates


def lifespan_variation(
    deaths: ArrayLike,
    population: ArrayLike,
    *,
    bands: Bands | None = None,
    age: float = 0,
    confidence: float = 0.95,
) -> Estimate:
    """Average years that those who die had still to live, from an age on, with normal limits.

    Parameters
    ----------
    deaths, population, bands
        As in `life_table`, with its errors.
    age
        One of `bands`.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Years, shape ``(…)``: 0 where all die at one age, and the life expectancy itself where the
        death rate is the same at all ages.

    Raises
    ------
    ParameterError
        An age that starts no band.

    Method
    ------
    title: Variation of the length of life
    sentence: How unequal lives are in length within a group: the years that those who die had still
        to live, on average.
    formula:
        e†_x = Σ d_i ((1 − a_i) e_i + a_i e_i+1) / l_x, over the bands i from age x on; d e in the
            open band
        d: deaths, l: survivors, a: share of the band lived by those who die in it, e: expectation
            of life, all from the life table
    use: Beside life expectancy: deprived groups do not only live shorter, they also know less
        surely how long. From age 10 infant deaths do not outweigh the rest.
    avoid: For a gap between groups: it is about differences within one. It falls when early deaths
        are avoided and rises when late ones are.
    interval: Normal: Σ (∂e† / ∂m)² d / P², derivatives by central differences; deaths Poisson and
        independent between bands, populations known.
    source: Vaupel and Canudas-Romo 2003, Demography 40:201; Shkolnikov et al. 2011, Demographic
        Research 24:305
    doi: 10.1353/dem.2003.0018

    Notes
    -----
    Known as e-dagger or life disparity.

    Examples
    --------
    >>> lost = lifespan_variation([200.0, 900.0], [10_000, 9000], bands=[60, 70], age=60)
    >>> round(float(lost.value), 2), round(float(lost.se), 2)
    (10.66, 0.33)
    """
    known, died, lived = by_band(deaths, population, bands)
    rates = died / lived
    at = table_of_rates(rates, known).place(age)
    if isinstance(at, slice):
        raise ParameterError("age='all': expected one age that starts a band.")
    variance = np.zeros(())
    for band, step in rate_steps(rates):
        ends = (_lost(rates + side * step, known, at) for side in (1, -1))
        slope = (next(ends) - next(ends)) / (2 * step[..., band])
        variance = variance + slope**2 * died[..., band] / lived[..., band] ** 2
    method = "years lost at death (e-dagger), limits by the delta method from Poisson deaths"
    return normal_limits(_lost(rates, known, at), np.sqrt(variance), confidence, method)


def _lost(rates: FloatArray, bands: AgeBands, at: int) -> FloatArray:
    """Years lost at death from a band on; within a band they fall along a straight line."""
    table = table_of_rates(rates, bands)
    left = table.ex.copy()
    left[..., :-1] -= table.ax[..., :-1] * (table.ex[..., :-1] - table.ex[..., 1:])
    return np.asarray((table.dx * left)[..., at:].sum(axis=-1) / table.lx[..., at])
