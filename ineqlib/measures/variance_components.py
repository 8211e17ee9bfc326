"""How areas truly move over the years, apart from the noise of their figures.

The variance components of a random walk with drift, fitted to the variances between areas of
changes over every lag. It serves `rates_of_progress` and is not public: the fit is this package's
own, docs/decisions/0032-what-was-ever-achieved.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import nnls

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures.panel import Panel, middles, shared

FEWEST_AREAS = 12
"""With a figure in both of two periods, for the two to say how areas move."""
IQR_OF_NORMAL = 1.349
ROUNDS = 3
"""Of the weighted fit: the weights are one over the square of what was fitted before."""
USUAL_COUNTS = 10.0
"""Degrees of freedom that the usual noise counts for beside an area's own."""
CALMEST, MOST_RESTLESS = 0.25, 16.0
SETS, DRAWS, SEED = 20, 20, 1
"""Of what movement may be, and of paths for each."""
DIFFUSE = 1e3
"""How much wider than all else the prior of an area's level is."""


@dataclass(frozen=True)
class VarianceComponents:
    """What makes two figures of an area differ, as variances.

    Parameters
    ----------
    noise
        Of one figure about the truth, each area in each period.
    freedom
        Degrees of freedom each area's noise is known with; infinite where intervals say it.
    random_walk
        Of the change in a year that is independent of the year before.
    drift
        Between areas, of the change a year that goes on.
    width
        Years that a period takes together.
    """

    noise: FloatArray
    freedom: FloatArray
    random_walk: float
    drift: float
    width: float

    def true_variance(self, years: ArrayLike) -> FloatArray:
        """Variance between areas of the true change over so many years."""
        lag = np.asarray(years, dtype=float)
        return self.random_walk * random_walk_variance(lag, self.width) + self.drift * lag**2


def random_walk_variance(years: ArrayLike, width: float) -> FloatArray:
    """Variance of a change of means over `width` years of a random walk, of variance 1 a year."""
    lag = np.asarray(years, dtype=float)
    if width == 0:
        return lag
    near = lag**2 / width - lag**3 / (3 * width**2)
    return np.where(lag < width, near, lag - width / 3)


def variance_components(panel: Panel) -> VarianceComponents:
    """Tell true movement of areas from the noise of their figures.

    Areas that wander and drift lie the further apart the longer ago they are compared; noise is
    there however near. Both are fitted to the variances between areas of the changes over every
    pair of periods. The noise is told by standard errors where there are some, widened where
    figures lie further apart than those say; else it is what even near periods differ by.

    Parameters
    ----------
    panel
        Figures of all areas of a tier.

    Returns
    -------
    VarianceComponents
        The noise of each figure, and the two parts of true movement.

    Raises
    ------
    InputError
        There are no two periods in which twelve areas have figures.

    Examples
    --------
    >>> years = np.arange(6.0)
    >>> rates = np.linspace(-1, 1, 21)[:, None]  # each area changes evenly, without noise
    >>> moved = variance_components(Panel(rates * years, years))
    >>> bool(moved.noise.max() < 1e-9), moved.random_walk < 1e-9, round(moved.drift, 2)
    (True, True, 0.55)
    """
    return _components(panel, _parts(panel, panel.beyond))


def resampled_components(panel: Panel) -> list[VarianceComponents]:
    """Tell movement from noise as `variance_components` does, of areas drawn again.

    How far the results differ is how sure they are. The noise is that of the areas of the panel.
    """
    beyond, areas = panel.beyond, len(panel.value)
    rng = np.random.default_rng(SEED)
    drawn = (rng.integers(areas, size=areas) for _ in range(SETS))
    return [_components(panel, _parts(panel.drawn(rows), beyond[rows])) for rows in drawn]


def _parts(panel: Panel, beyond: FloatArray) -> FloatArray:
    """Noise (or how much more there is than intervals say), random walk and drift."""
    times, width, errors = panel.when, panel.width, panel.se
    pairs = _pairs(beyond, panel.segments)
    lag = np.array([times[later] - times[earlier] for earlier, later in pairs])
    apart = np.array([_spread(beyond[:, later] - beyond[:, earlier]) for earlier, later in pairs])
    overlap = shared(lag, width)
    truly = np.column_stack([random_walk_variance(lag, width), lag**2])
    if errors is None:
        return _fit(apart, np.column_stack([2 * (1 - overlap), truly]))
    both = zip(pairs, overlap.tolist(), strict=True)
    chance = np.array([_chance(errors[:, i], errors[:, j], common) for (i, j), common in both])
    parts = _fit(apart, np.column_stack([chance, truly]))
    if parts[0] >= 1:
        return parts
    # An interval knows chance alone, and figures lie no nearer to the truth than that.
    return np.array([1.0, *_fit(np.maximum(apart - chance, 0), truly)])


def _components(panel: Panel, parts: FloatArray) -> VarianceComponents:
    noise, random_walk, drift = parts.tolist()
    areas = len(panel.value)
    if panel.se is not None:
        return VarianceComponents(
            noise * panel.se**2, np.full(areas, np.inf), random_walk, drift, panel.width
        )
    ratio, freedom = _restlessness(panel)
    every = np.broadcast_to((noise * ratio)[:, None], panel.value.shape)
    return VarianceComponents(every, freedom, random_walk, drift, panel.width)


def true_paths(panel: Panel, moved: VarianceComponents, *, seed: int) -> FloatArray:
    """Draw what the areas' true figures may have been, given those published.

    Parameters
    ----------
    panel
        The figures.
    moved
        What `variance_components` says of them.
    seed
        Of the random numbers: the same for the same result.

    Returns
    -------
    ndarray (draws, areas, periods)
        NaN where an area has no figure.
    """
    figures, times, segment = panel.value, panel.when, panel.segments
    middle = middles(figures)
    rng = np.random.default_rng(seed)
    lag = np.abs(times[:, None] - times)
    from_middle = times - times.mean()
    change = -0.5 * moved.random_walk * random_walk_variance(lag, moved.width)
    change = change + moved.drift * np.outer(from_middle, from_middle)
    beyond = figures - middle
    size = np.nanvar(beyond) + np.abs(change).max() + np.nanmax(moved.noise)
    same = segment[:, None] == segment
    prior = same * (change + DIFFUSE * max(size, np.finfo(float).tiny))
    overlap = same * shared(lag, moved.width)
    paths = np.full((DRAWS, *figures.shape), np.nan)
    there = np.isfinite(beyond)
    for pattern in np.unique(there, axis=0):
        own, periods = np.flatnonzero((there == pattern).all(axis=1)), np.flatnonzero(pattern)
        if not len(periods):
            continue
        at = np.ix_(periods, periods)
        se = np.sqrt(moved.noise[np.ix_(own, periods)])
        noise = overlap[at] * se[:, :, None] * se[:, None, :]
        mean, root = _posterior(beyond[np.ix_(own, periods)], prior[at], noise)
        chance = rng.standard_normal((DRAWS, len(own), len(periods)))
        drawn = mean + np.einsum("apq,daq->dap", root, chance)
        paths[np.ix_(np.arange(DRAWS), own, periods)] = middle[periods] + drawn
    return paths


def _posterior(
    figures: FloatArray, prior: FloatArray, noise: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Mean of each area's path given its figures, and a root of its covariance."""
    tiny = 1e-9 * np.trace(prior) / len(prior) ** 2
    whole = prior + noise + tiny * np.eye(len(prior))
    gain = np.swapaxes(np.linalg.solve(whole, np.broadcast_to(prior, noise.shape)), 1, 2)
    mean = np.einsum("apq,aq->ap", gain, figures)
    spread = prior - gain @ prior
    values, vectors = np.linalg.eigh((spread + np.swapaxes(spread, 1, 2)) / 2)
    return mean, vectors * np.sqrt(np.maximum(values, 0))[:, None, :]


def _pairs(beyond: FloatArray, segment: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the pairs of periods in which enough areas have figures."""
    there = np.isfinite(beyond).astype(int)
    both = there.T @ there
    periods = len(segment)
    pairs = [
        (earlier, later)
        for earlier in range(periods)
        for later in range(earlier + 1, periods)
        if segment[earlier] == segment[later] and both[earlier, later] >= FEWEST_AREAS
    ]
    if not pairs:
        raise InputError(
            f"No two of {periods} periods have figures of {FEWEST_AREAS} areas: how areas move "
            "cannot be told from fewer."
        )
    return pairs


def _spread(change: FloatArray) -> float:
    """Variance by the quartiles, which a few areas whose figures were revised do not move."""
    low, high = np.nanquantile(change, [0.25, 0.75])
    return float(((high - low) / IQR_OF_NORMAL) ** 2)


def _chance(earlier: FloatArray, later: FloatArray, overlap: float) -> float:
    return float(np.nanmedian(earlier**2 + later**2 - 2 * overlap * earlier * later))


def _fit(apart: FloatArray, parts: FloatArray) -> FloatArray:
    """Return the parts, none below zero, that explain how far apart figures lie."""
    weight = np.ones(len(apart))
    fitted = np.zeros(parts.shape[1])
    for _ in range(ROUNDS):
        fitted = nnls(parts * weight[:, None], apart * weight)[0]
        expected = parts @ fitted
        if not expected.max() > 0:
            break
        weight = 1 / np.maximum(expected, 1e-6 * expected.max())
    return fitted


def _restlessness(panel: Panel) -> tuple[FloatArray, FloatArray]:
    """How much more noise than usual each area's figures have, and the freedom it is known with."""
    beyond, times, segment = panel.beyond, panel.when, panel.segments
    first, second, third = beyond[:, :-2], beyond[:, 1:-1], beyond[:, 2:]
    before, after = np.diff(times)[:-1], np.diff(times)[1:]
    off_line = (after * first + before * third) / (before + after) - second
    known = np.isfinite(off_line) & (segment[:-2] == segment[2:])
    count = known.sum(axis=1)
    own = np.where(known, off_line, 0.0)
    own = (own**2).sum(axis=1) / np.maximum(count, 1)
    usual = float(np.median(own[count > 0])) if (count > 0).any() else 0.0
    freedom = count / 2.0  # neighbouring second differences share two figures
    if usual == 0:
        return np.ones(len(beyond)), freedom + USUAL_COUNTS
    ratio = (freedom * own / usual + USUAL_COUNTS) / (freedom + USUAL_COUNTS)
    return np.clip(ratio, CALMEST, MOST_RESTLESS), freedom + USUAL_COUNTS
