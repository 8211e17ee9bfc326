"""Places that are high, or low, together with those around them, beyond what chance puts there."""

import warnings
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures import empirical_bayes, false_discovery

PERMUTATIONS, SEED = 9_999, 14
FALSE = 0.05
"""Share of false ones among the places said to be in a cluster."""
LEAST = 10
"""With fewer places nothing can be told from chance."""
_HIGH, _LOW = 1, 3
"""Quadrants of `esda`: high among high, low among low."""


@dataclass(frozen=True)
class Clusters:
    """Which of some places are in a cluster."""

    of: NDArray[np.int_]
    """1 for high among high, −1 for low among low, else 0."""
    group: NDArray[np.int_]
    """Places that touch one another and are alike, numbered from 0; −1 outside any."""
    tested: NDArray[np.bool_]
    """Whether a place could be: it touches another."""
    p: FloatArray
    """Chance of as much, either way, where figures lie at random; NaN where not tested."""


def find_clusters(
    shapes: gpd.GeoSeries, value: FloatArray, denominator: FloatArray | None
) -> Clusters | None:
    """Find them by local Moran's I; None where fewer than ten places touch another, or all agree.

    Places that share a border or a point lie next to each other. With a denominator the values are
    counts, and small places do not stand out by chance.
    """
    # With scikit-learn behind it: over a second, for the pages alone that look for clusters.
    from esda.moran import Moran_Local  # noqa: PLC0415
    from libpysal.graph import Graph  # noqa: PLC0415

    outlines = gpd.GeoSeries(shapes.to_numpy())
    beside = Graph.build_contiguity(outlines, rook=False, strict=True)
    tested = ~np.isin(np.arange(len(outlines)), beside.isolates)
    if tested.sum() < LEAST:
        return None
    standard = value if denominator is None else standardised(value, denominator)
    if np.ptp(standard[tested]) == 0:
        return None
    # Islands are left out: they would be drawn as neighbours of others.
    inner = Graph.build_contiguity(outlines[tested].reset_index(drop=True), rook=False, strict=True)
    state = np.random.get_state()
    try:
        with warnings.catch_warnings():
            # Of a change in its own p-values, which are not used.
            warnings.simplefilter("ignore", DeprecationWarning)
            moran = Moran_Local(standard[tested], inner, permutations=PERMUTATIONS, seed=SEED)
    finally:
        np.random.set_state(state)  # it draws from numpy's global generator
    above, below = (moran.sim >= moran.Is).sum(axis=0), (moran.sim <= moran.Is).sum(axis=0)
    p = np.full(len(tested), np.nan)
    p[tested] = np.minimum(1.0, 2 * (np.minimum(above, below) + 1) / (PERMUTATIONS + 1))
    sure = false_discovery(p, rate=FALSE).discoveries
    quadrant = np.zeros(len(tested), dtype=int)
    quadrant[tested] = moran.q
    of = np.where(sure & (quadrant == _HIGH), 1, np.where(sure & (quadrant == _LOW), -1, 0))
    pairs = beside.adjacency.reset_index()[["focal", "neighbor"]].to_numpy(int)
    return Clusters(of, _grouped(of, pairs), tested, p)


def standardised(count: FloatArray, denominator: FloatArray) -> FloatArray:
    """Return rates over the spread that chance and true differences give a place of that size.

    Assunção and Reis 1999, Stat Med 18:2147. Without it, small places lie further out by chance
    and are neighbours of nobody like them.
    """
    smoothed = empirical_bayes(count, denominator, kind="rate")
    average, between = float(smoothed.average), float(smoothed.between)
    rate: FloatArray = (count / denominator - average) / np.sqrt(between + average / denominator)
    return rate


def _grouped(of: NDArray[np.int_], pairs: NDArray[np.int_]) -> NDArray[np.int_]:
    """Number the clusters: places that touch and are alike are of one."""
    group = np.arange(len(of))
    for here, there in pairs:
        if of[here] and of[here] == of[there]:
            group[group == group[there]] = group[here]
    names, numbers = np.unique(np.where(of != 0, group, -1), return_inverse=True)
    return numbers - int(names[0] == -1) if len(names) else numbers
