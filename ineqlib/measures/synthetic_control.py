"""A synthetic control: similar areas weighted so that together they moved as one did before.

Abadie, Diamond and Hainmueller 2010, J Am Stat Assoc 105:493; of departures from each area's own
mean, as in Ferman and Pinto 2021, Quant Econ 12:1197. It serves the kind `evaluate_project`, which
judges it by placebos alone, and is not public: held to equal weights, it is not the published one.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from ineqlib.estimate import FloatArray
from ineqlib.measures.placebo import FEWEST_SIMILAR

SUM_TO_ONE = 1e4
"""How much heavier the sum of the weights counts than the spread of the figures."""


def synthetic_weights(own: FloatArray, donors: FloatArray, spread: float) -> FloatArray:
    """Return weights of donors, none below zero and one in sum, that follow an area's past.

    A few periods fit many donors exactly, and so fit their noise. The weights are therefore held
    to equal ones, each as strongly as one period of a gap that varies by `spread` speaks.

    Parameters
    ----------
    own
        The area's figures before the start, less their mean, shape (periods,).
    donors
        The same of the donors, shape (donors, periods).
    spread
        How much a gap varies from period to period.
    """
    count = len(donors)
    rows = [donors.T, spread * np.eye(count), SUM_TO_ONE * spread * np.ones((1, count))]
    wanted = [own, np.full(count, spread / count), np.array([SUM_TO_ONE * spread])]
    weights, _ = nnls(np.vstack(rows), np.concatenate(wanted))
    return np.asarray(weights / weights.sum())


def synthetic_gaps(
    values: FloatArray, similar: NDArray[np.bool_], before: int
) -> tuple[FloatArray, FloatArray]:
    """Return each area's figures less its synthetic control's, and the weights.

    Parameters
    ----------
    values
        Shape (areas, periods), without missing figures; the first `before` fit the weights.
    similar
        Shape (areas, areas): donors (columns) of each area (row).
    before
        How many periods lie before the start.

    Returns
    -------
    tuple of FloatArray
        Gaps between the departures of both from their own means before, shape (areas, periods),
        NaN for an area with fewer than `FEWEST_SIMILAR` donors; and weights, shape (areas, areas).
    """
    path = values - values[:, :before].mean(axis=1, keepdims=True)
    means = similar @ path / np.maximum(similar.sum(axis=1, keepdims=True), 1)
    enough = similar.sum(axis=1) >= FEWEST_SIMILAR
    spread = float(np.sqrt((path - means)[enough, :before].var(axis=1, ddof=1).mean())) or 1.0
    weights = np.zeros(similar.shape)
    for area in np.flatnonzero(enough):
        donors = np.flatnonzero(similar[area])
        weights[area, donors] = synthetic_weights(
            path[area, :before], path[donors, :before], spread
        )
    return np.where(enough[:, None], path - weights @ path, np.nan), weights
