"""What the measures of dispersion share: mean, limits on the root scale, distances.

Chance alone makes groups differ, so every measure of dispersion is on average too large. Why these
limits, and what else was possible: docs/decisions/0008-limits-of-dispersion.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import flag, require, z_score
from ineqlib.measures._groups import group_data
from ineqlib.measures._limits import ratio_or
from ineqlib.measures._profile_limits import Distances

ADVICE_ABSOLUTE = "A relative measure needs that: use an absolute one, such as bgsd or mdm."

FROM_ROOT = "limits from the root, less what chance adds"
"""The name of `limits_from_root` in the method of an estimate."""


@dataclass(frozen=True)
class WeightedGroups:
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


def groups_of(value: ArrayLike, population: ArrayLike, se: ArrayLike | None) -> WeightedGroups:
    """Groups with their shares of the population and their mean."""
    value, population, error = group_data(value, population, se)
    share = population / population.sum(axis=-1, keepdims=True)
    # Values less one of themselves: what all groups have in common must not cost digits.
    base = value[..., :1]
    return WeightedGroups(
        value, share, error, base + (share * (value - base)).sum(axis=-1, keepdims=True)
    )


def relative_groups(
    value: ArrayLike, population: ArrayLike, se: ArrayLike | None
) -> WeightedGroups:
    """Groups a relative measure can take: none below zero, and not all of them zero."""
    groups = groups_of(value, population, se)
    require(groups.value >= 0, "value", "zero or above", ADVICE_ABSOLUTE)
    require(groups.mean[..., 0] > 0, "mean of the groups", "above zero", ADVICE_ABSOLUTE)
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
    scale = ratio_or(np.maximum(variance / 4, noise_squared), size, 0)  # squared error of the root

    half = z_score(confidence) * np.sqrt(scale)
    rest = np.maximum(noise - scale, 0)
    lower = np.maximum(np.maximum(np.sqrt(value) - half, 0) ** 2 - rest, 0)
    upper = np.maximum((np.sqrt(size) + half) ** 2 - rest, value)
    if root:
        value, lower, upper = np.sqrt(value), np.sqrt(lower), np.sqrt(upper)
        return Estimate(value, lower, upper, np.sqrt(scale), confidence, method)
    return Estimate(value, lower, upper, 2 * np.sqrt(scale * size), confidence, method)


def distances(
    groups: WeightedGroups, centre: FloatArray, weight: FloatArray, *, relative: bool = False
) -> Distances:
    """Distances of groups from the sum of `centre` times their values, or as fractions of it."""
    share, squared = centre, groups.error**2
    base = groups.value[..., :1]
    apart = groups.value - base - (share * (groups.value - base)).sum(axis=-1, keepdims=True)
    level, times = groups.mean if relative else np.ones(1), np.ones_like(apart)
    if relative:
        apart = apart / level
        times = 1 + apart
    # Each distance is its group's value less `times` that of the centre, linearised if relative.
    common = (share**2 * squared).sum(axis=-1, keepdims=True)
    error = np.sqrt(np.maximum((1 - 2 * times * share) * squared + times**2 * common, 0)) / level
    side = np.where(apart < 0, -1, 1)

    def slope(sides: FloatArray) -> FloatArray:
        """Derivatives of a sum of distances to the groups' values."""
        return (sides - share * (times * sides).sum(axis=-1, keepdims=True)) / level

    def variance(follows: FloatArray, besides: FloatArray) -> FloatArray:
        # What distances have besides goes together as the square of their correlation (Mehler),
        # and the covariance of two is half[i] times[j] + times[i] half[j].
        half = (times * common / 2 - share * squared) / level**2
        pull = ratio_or(weight * np.sqrt(besides), error**2, 0)
        both = (pull * half * times).sum(axis=-1)
        together = (pull * half**2).sum(axis=-1) * (pull * times**2).sum(axis=-1) + both**2
        own = (weight**2 * besides - 4 * (pull * half * times) ** 2).sum(axis=-1)
        straight = (slope(weight * follows) ** 2 * squared).sum(axis=-1)
        return straight + np.maximum(own + 2 * together, 0)

    # Where distances share a group's chance, such as a reference group's, they move together.
    moved = squared * slope(weight * side)
    moved = side * (moved - times * (share * moved).sum(axis=-1, keepdims=True)) / level
    step, across = np.maximum(moved, weight * error**2), np.maximum(-moved, 0)
    return Distances(apart, error, weight, step, across, variance)


def weights_of(groups: WeightedGroups, weighted: bool) -> FloatArray:
    """What each group counts in a mean of distances: its people, or as much as any other."""
    if flag(weighted, "weighted"):
        return groups.share
    return np.full_like(groups.share, 1 / groups.share.shape[-1])


def words_of(groups: WeightedGroups, weighted: bool) -> str:
    """How many groups there are and what each counts, for the method of an estimate."""
    how = "weighted by population" if weighted else "counted alike"
    return f"{groups.value.shape[-1]} groups {how}"


def no_limits(value: FloatArray, confidence: float, method: str) -> Estimate:
    """Estimate without limits."""
    none = np.full_like(value, np.nan)
    return Estimate(value, none, none, none, confidence, method)
