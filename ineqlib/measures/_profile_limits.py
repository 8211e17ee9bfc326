"""Limits of sums of distances, and of the best group's lead: those of the nearest truths.

A lower limit is the measure of a truth under which a value at least as large as observed comes
seldom; an upper limit that of a truth under which one as small does. Among all such truths it is
the one nearest to the data, in standard errors: docs/decisions/0008-limits-of-dispersion.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import z_score
from ineqlib.measures._limits import ratio_or

NEAREST_TRUTHS = "limits of the nearest truths"
"""Their name in the method of an estimate."""

HALVINGS = 45
"""Of the stretch in which a limit is looked for: down to the last digits."""


@dataclass(frozen=True)
class Distances:
    """Distances, with sign, whose sizes a measure adds up, each times its weight; ``(…, m)``.

    `error` is each distance's standard error. For the sum to change in the fewest standard errors,
    each moves from 0 by `step`, or to 0 and beyond by `across`, times a number for all. `variance`
    gives that of the sum, from two parts of each distance's own: how far its size follows the
    distance, from -1 to 1, near 0 where its sign is in doubt; and the variance it has besides.
    """

    apart: FloatArray
    error: FloatArray
    weight: FloatArray
    step: FloatArray
    across: FloatArray
    variance: Callable[[FloatArray, FloatArray], FloatArray]

    def total(self, apart: FloatArray | None = None) -> FloatArray:
        """The measure, as observed or if distances are these."""
        apart = self.apart if apart is None else apart
        return (self.weight * np.abs(apart)).sum(axis=-1)

    def moved(self, t: FloatArray) -> FloatArray:
        """The nearest distances with a larger sum, or where `t` is below 0 with a smaller one."""
        away, t = np.abs(self.apart), t[..., None]
        out, beyond = np.maximum(away + t * self.step, 0), t * self.across - away
        return np.where(self.apart < 0, -1, 1) * np.where(beyond > out, -beyond, out)

    def moments(self, apart: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Mean and standard deviation of the sum observed, if in truth distances are these.

        The size of each is then a folded normal variable, larger on average than in truth.
        """
        ratio = ratio_or(apart, self.error, np.copysign(np.inf, apart))
        follows = 2 * ndtr(ratio) - 1
        density = np.exp(-(ratio**2) / 2) / np.sqrt(2 * np.pi)
        mean = apart * follows + 2 * self.error * density
        besides = self.error**2 * (1 - follows**2) + apart**2 - mean**2
        spread = np.sqrt(self.variance(follows, np.maximum(besides, 0)))
        return (self.weight * mean).sum(axis=-1), spread


def limits_of_distances(
    observed: Distances, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Lower limit, upper limit and standard error of a sum of distances.

    A truth's chance of a sum as large, or as small, as observed is taken from its mean and spread
    as if it were normal.
    """
    z, total = z_score(confidence), observed.total()
    # Values less apart than chance alone makes them tell of nothing smaller than chance does.
    chance = np.sqrt(2 / np.pi) * (observed.weight * observed.error).sum(axis=-1)
    least = np.maximum(total, chance)

    # Both limits are looked for at once, the lower one first on an axis before all others.
    aim, side = np.stack([total, least]), np.array([z, -z]).reshape(2, *[1] * total.ndim)

    def beyond(t: FloatArray) -> FloatArray:
        """How far the sum's likely extreme on the other side is above what was observed."""
        mean, spread = observed.moments(observed.moved(t))
        return mean + side * spread - aim

    zero = np.zeros_like(total)
    # Twice as far as needed for all to be 0, or for the sum to be too large: exact ends.
    all_equal = -2 * ratio_or(np.abs(observed.apart), observed.step, 0).max(axis=-1)
    gap = least - total + z * (observed.weight * observed.error).sum(axis=-1)
    farthest = 2 * ratio_or(gap, (observed.weight * observed.step).sum(axis=-1), 0)
    low, high = np.stack([all_equal, zero]), np.stack([zero, farthest])
    lower, upper = observed.total(observed.moved(first_above(beyond, low, high)))
    return lower, upper, observed.moments(observed.apart)[1]


def limits_of_best(
    lead: FloatArray, error: FloatArray, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """Limits of the largest of several leads, each normal with its own error, shape ``(…, k)``.

    The nearest truth with a smaller best has all that lead by more cut to it; the nearest with a
    larger one has the group raised for which that takes fewest standard errors. Leads are taken as
    independent of one another, and a best group leads by no less than 0.
    """
    z, best = z_score(confidence), lead.max(axis=-1)
    seldom = ndtr(-z)

    def none_above(truth: FloatArray) -> FloatArray:
        """Chance that no group is seen to lead by more than the best does."""
        return np.exp(log_ndtr(ratio_or(best[..., None] - truth, error, np.inf)).sum(axis=-1))

    def too_large(at: FloatArray) -> FloatArray:
        return 1 - none_above(np.minimum(lead, at[..., None])) - seldom

    def large_enough(at: FloatArray) -> FloatArray:
        raised = ratio_or(at[..., None] - lead, error, np.inf).argmin(axis=-1)[..., None]
        truth = np.where(np.arange(lead.shape[-1]) == raised, at[..., None], lead)
        return seldom - none_above(truth)

    known = np.where(np.isnan(error).any(axis=-1), np.nan, 1.0)
    lower = first_above(too_large, np.zeros_like(best), best)
    upper = first_above(large_enough, best, best + z * error.max(axis=-1))
    return lower * known, upper * known


def place_of_best(good: FloatArray, among_equals: FloatArray) -> NDArray[np.intp]:
    """Place of the largest, shape ``(…, 1)``; of equals, where `among_equals` is largest."""
    best = good == good.max(axis=-1, keepdims=True)
    return np.where(best, np.nan_to_num(among_equals), -np.inf).argmax(axis=-1)[..., None]


def first_above(
    function: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray
) -> FloatArray:
    """Where the function comes above 0, between two points; `low` if it is above there already."""
    start = low
    above_at_start = function(low) >= 0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = function(middle) > 0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.where(above_at_start, start, high)
