"""A difference in life expectancy taken apart along the way from one group's rates to another's."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.measures.age_bands import Bands
from ineqlib.measures.decomposition import CauseDecomposition, rates_by_cause, years_per_rate

NODES = 24
"""Of Gauss and Legendre's rule: the integrand is smooth, and parts add up to the last digits."""


def horiuchi(
    rates_1: ArrayLike, rates_2: ArrayLike, *, bands: Bands | None = None
) -> CauseDecomposition:
    """Difference in life expectancy by age and cause, rates changing all at once and evenly.

    Parameters
    ----------
    rates_1, rates_2
        As in `arriaga_by_cause`, shape ``(…, causes, bands)``; without causes
        ``rates[..., None, :]``.
    bands
        As in `arriaga`.

    Returns
    -------
    CauseDecomposition
        Parts that add up to the difference. They are the same, but for the sign, whichever group
        comes first.

    Raises
    ------
    InputError
        As `arriaga_by_cause`.

    Method
    ------
    title: Continuous decomposition (Horiuchi)
    sentence: Which ages and causes a life expectancy gap comes from, either way round.
    formula:
        part = (m1c − m2c) ∫ −∂e/∂m dt along m(t) = m1 + t (m2 − m1), t from 0 to 1
        m1, m2: death rates of all causes in the two groups, m1c, m2c: of a cause; e: life
            expectancy
    use: Where it must not matter which group comes first, and rates differ widely.
    avoid: To match published parts of life expectancy gaps: those are Arriaga's.
    interval: None: it takes rates. `arriaga_limits` takes deaths and gives each part its interval.
    source: Horiuchi, Wilmoth and Pletcher 2008, Demography 45:785
    doi: 10.1353/dem.0.0033

    Notes
    -----
    The integral of ∂e / ∂m (m2 − m1) along the straight line from the rates of group 1 to those of
    group 2. Arriaga's parts replace the rates band after band instead, and depend a little on the
    order; his symmetric ones lie near these.

    Examples
    --------
    >>> parts = horiuchi(
    ...     [[0.01, 0.06], [0.01, 0.04]], [[0.004, 0.06], [0.006, 0.04]], bands=[60, 70]
    ... )
    >>> parts.parts.round(3).tolist()
    [[0.779, 0.0], [0.519, 0.0]]
    """
    known, start, end = rates_by_cause(rates_1, rates_2, bands, "give rates_1[..., None, :]")
    all_1, all_2 = start.sum(axis=-2), end.sum(axis=-2)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    years = np.zeros_like(all_1)
    for node, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
        between = all_1 + node * (all_2 - all_1)
        direct, indirect, _ = years_per_rate(between, between, known, symmetric=False)
        years += weight * (direct + indirect)
    *_, difference = years_per_rate(all_1, all_2, known, symmetric=False)
    return CauseDecomposition(known.age, years[..., None, :] * (start - end), difference)
