"""What the measures of dispersion share: mean, limits on the root scale, distances in doubt.

Chance alone makes groups differ, so every measure of dispersion is on average too large. Why these
limits, and what else was possible: docs/decisions/0008-limits-of-dispersion.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import group_data, require, z_score

MEAN_ABOVE_ZERO = "A relative measure needs that: use an absolute one, such as bgsd or mdm."


@dataclass(frozen=True)
class Groups:
    """Groups of each problem, checked; all of shape ``(…, k)`` but `mean`, ``(…, 1)``."""

    value: FloatArray
    share: FloatArray
    error: FloatArray
    mean: FloatArray

    @property
    def from_mean(self) -> FloatArray:
        """Each group's value less the mean, weighted by population."""
        return self.value - self.mean


@dataclass(frozen=True)
class Curved:
    """A measure that grows from 0 with the squares of the groups' distances.

    `gradient` and `curvature` are its first and second derivatives to each group's value.
    """

    value: FloatArray
    gradient: FloatArray
    curvature: FloatArray


def groups_of(value: ArrayLike, population: ArrayLike, se: ArrayLike | None) -> Groups:
    """Groups with their shares of the population and their mean."""
    value, population, error = group_data(value, population, se)
    share = population / population.sum(axis=-1, keepdims=True)
    # Values less one of themselves: what all groups have in common must not cost digits.
    base = value[..., :1]
    return Groups(value, share, error, base + (share * (value - base)).sum(axis=-1, keepdims=True))


def relative_groups(value: ArrayLike, population: ArrayLike, se: ArrayLike | None) -> Groups:
    """Groups a relative measure can take: none below zero, and not all of them zero."""
    groups = groups_of(value, population, se)
    require(groups.value >= 0, "value", "zero or above", MEAN_ABOVE_ZERO)
    require(groups.mean[..., 0] > 0, "mean of the groups", "above zero", MEAN_ABOVE_ZERO)
    return groups


def limits_from_root(
    measure: Curved, error: FloatArray, confidence: float, method: str, *, root: bool = False
) -> Estimate:
    """Estimate with normal limits of its root, squared, less what chance adds; or of the root.

    The root of such a measure is nearly normal with a variance that hardly depends on its size
    (exactly so for independent normal values and weights that make them alike: the root of a
    noncentral chi-squared variable). Squaring the limits of the root makes up for one part of what
    chance adds to the square; the rest is taken off.
    """
    value = np.maximum(measure.value, 0)  # rounding can make a tiny one negative
    variance = (measure.gradient**2 * error**2).sum(axis=-1)
    part = measure.curvature * error**2 / 2
    noise = np.maximum(part.sum(axis=-1), 0)
    # Squared, what chance alone would add: at least as if all its k - 1 parts were alike.
    noise_squared = np.maximum((part**2).sum(axis=-1), noise**2 / (part.shape[-1] - 1))
    size = np.maximum(value, noise)
    scale = _over(np.maximum(variance / 4, noise_squared), size)  # squared error of the root

    half = z_score(confidence) * np.sqrt(scale)
    rest = np.maximum(noise - scale, 0)
    lower = np.maximum(np.maximum(np.sqrt(value) - half, 0) ** 2 - rest, 0)
    upper = np.maximum((np.sqrt(size) + half) ** 2 - rest, value)
    if root:
        value, lower, upper = np.sqrt(value), np.sqrt(lower), np.sqrt(upper)
        return Estimate(value, lower, upper, np.sqrt(scale), confidence, method)
    return Estimate(value, lower, upper, 2 * np.sqrt(scale * size), confidence, method)


@dataclass(frozen=True)
class Distances:
    """Mean distance of the groups from a centre made of their own values.

    With each group's side of the centre given, the mean is a plain weighed sum. `sums` has it for
    three choices of the sides, first axis: as observed, all that are in doubt above, all below;
    `gradients` its derivatives to the groups' values. `certain` is the part of the mean that chance
    cannot have made: on average not above the truth. `apart` is the error of the distances in
    doubt if each were on its own: where all groups are in doubt the derivatives can be 0.
    """

    sums: FloatArray
    gradients: FloatArray
    certain: FloatArray
    apart: FloatArray


def mean_distance(
    groups: Groups, centre: FloatArray, weight: FloatArray, confidence: float
) -> Distances:
    """Mean distance of groups from the sum of `centre` times their values.

    A group's distance d counts in `certain` as far as its side of the centre is known:
    d (2 Φ(a) - 1) - 2 s φ(a), a = |d| / s, s the error of d. By Stein's lemma that is on average
    the distance times a number between -1 and 1, so not above the distance.
    """
    base = groups.value[..., :1]
    distance = groups.value - base - (centre * (groups.value - base)).sum(axis=-1, keepdims=True)
    away = np.abs(distance)
    common = (centre**2 * groups.error**2).sum(axis=-1, keepdims=True)
    own = np.sqrt(np.maximum((1 - 2 * centre) * groups.error**2 + common, 0))

    doubt = np.where(own == 0, np.inf, _over(away, own))
    density = np.exp(-(doubt**2) / 2) / np.sqrt(2 * np.pi)
    known = away * (2 * ndtr(doubt) - 1) - 2 * own * density

    observed, unsure = np.sign(distance), away <= z_score(confidence) * own
    sides = np.stack([observed, np.where(unsure, 1, observed), np.where(unsure, -1, observed)])
    signed = weight * sides
    return Distances(
        sums=(signed * distance).sum(axis=-1),
        gradients=signed - centre * signed.sum(axis=-1, keepdims=True),
        certain=(weight * known).sum(axis=-1),
        apart=np.sqrt((unsure * weight**2 * own**2).sum(axis=-1)),
    )


def no_limits(value: FloatArray, confidence: float, method: str) -> Estimate:
    """Estimate without limits."""
    none = np.full_like(value, np.nan)
    return Estimate(value, none, none, none, confidence, method)


def _over(top: FloatArray, bottom: FloatArray) -> FloatArray:
    """Quotient, 0 where both are 0 (no errors at all); NaN stays NaN."""
    return np.divide(top, bottom, out=np.asarray(top + 0 * bottom), where=bottom != 0)
