"""Does a straight line describe these groups? What to look at beside every slope index."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import positive
from ineqlib.measures._groups import group_data
from ineqlib.measures._limits import ratio_or
from ineqlib.measures.gradients import LEAST_GROUPS, Line, fit_line
from ineqlib.measures.quantiles import relative_rank
from ineqlib.measures.simulation import BLOCK

LINEAR_R_SQUARED = 0.8
"""Our convention: below this share of the variance between groups, the line leaves a story untold
(one last group falling off a flat line has 0.5, a step between two levels 0.75)."""

LINEAR_P = 0.05
"""Our convention: a departure from the line less likely than this is not put down to chance."""

FLAT = 1e-10
"""Differences smaller than this share of the largest value are rounding, not differences."""


@dataclass(frozen=True)
class GradientChecks:
    """What to know about a gradient before its slope is quoted; arrays of shape ``(…)``.

    Parameters
    ----------
    groups
        Number of groups; printed beside every slope index.
    r_squared
        Share of the variance between groups (weighted by population) that the line explains;
        1 where all groups are equal.
    departure_p
        Probability of groups this far off a line if a line were true (chi-squared on k - 2
        degrees of freedom); NaN without standard errors.
    linear
        False where `r_squared` is below 0.8 and, given standard errors, chance does not explain it.
    monotonic
        True where values never turn back from the most to the least deprived group.
    influence
        Change in the slope index when each group is left out, shape ``(…, k)``.
    sign_holds
        True where no one group, left out, turns the sign of the slope.
    most_deprived_end, least_deprived_end
        Fitted values at the two ends of the line.
    rii_defined
        True where both ends are above zero, so that their ratio means something.
    """

    groups: int
    r_squared: FloatArray
    departure_p: FloatArray
    linear: NDArray[np.bool_]
    monotonic: NDArray[np.bool_]
    influence: FloatArray
    sign_holds: NDArray[np.bool_]
    most_deprived_end: FloatArray
    least_deprived_end: FloatArray
    rii_defined: NDArray[np.bool_]


def gradient_checks(
    value: ArrayLike, population: ArrayLike, *, se: ArrayLike | None = None
) -> GradientChecks:
    """Check the straight line (linear scale) behind `sii` and `rii`.

    Parameters
    ----------
    value, population
        As in `sii`: most deprived group first, shape ``(…, k)``, k at least 5.
    se
        Standard errors of `value`, above zero. With them, departure from the line is tested.

    Returns
    -------
    GradientChecks
        Shape ``(…)``; the influence of each group, in the unit of `value`, ``(…, k)``.

    Raises
    ------
    InputError
        As `sii`; besides, a standard error not above zero.

    Method
    ------
    title: Checks of a gradient
    sentence: Whether a straight line describes the groups, before its slope is quoted.
    formula:
        R² = 1 − Σ a (y − ŷ)² / Σ a (y − ȳ)²;  departure: Σ ((y − ỹ) / se)² on k − 2 degrees
        y: value of a group; a: its share of the population; ŷ: the line; ȳ: the mean; ỹ: the most
            precise line there is; influence: the slope without a group less with it
    use: Beside every slope index.
    avoid: As a licence: a line can fit and still say little, as of five groups.
    interval: None. The departure's probability is from chi-squared, errors taken to be normal and
        known; 0.8 of R² and 0.05 are conventions of this package.
    source: Draper and Smith 1998, Applied Regression Analysis, 3rd edition

    Examples
    --------
    >>> u_shape = gradient_checks([30, 10, 0, 10, 30], [1, 1, 1, 1, 1])
    >>> bool(u_shape.linear), bool(u_shape.monotonic)
    (False, False)
    """
    value, population, error = group_data(
        value, population, se, at_least=LEAST_GROUPS, ordered=True
    )
    if se is not None:
        positive(error, "se")
    k = value.shape[-1]
    line = fit_line(value, population)
    r_squared = _r_squared(value, population, line)
    departure_p = _departure_p(value, population, error)
    chance = departure_p >= LINEAR_P  # False where there is no p
    steps = _unless_rounding(np.diff(value, axis=-1), value)
    influence = _slopes_without_each(value, population) - line.slope[..., None]
    slope = _unless_rounding(line.slope[..., None], value)
    without = _unless_rounding(influence + line.slope[..., None], value)
    bottom, top = line.most_deprived_end, line.least_deprived_end
    return GradientChecks(
        groups=k,
        r_squared=r_squared,
        departure_p=departure_p,
        linear=(r_squared >= LINEAR_R_SQUARED) | chance,
        monotonic=np.asarray((steps >= 0).all(axis=-1) | (steps <= 0).all(axis=-1)),
        influence=influence,
        sign_holds=(np.sign(without) == np.sign(slope)).all(axis=-1),
        most_deprived_end=bottom,
        least_deprived_end=top,
        rii_defined=(bottom > 0) & (top > 0),
    )


def _unless_rounding(change: FloatArray, value: FloatArray) -> FloatArray:
    largest = np.abs(value).max(axis=-1, keepdims=True)
    return np.where(np.abs(change) > FLAT * largest, change, 0.0)


def _r_squared(value: FloatArray, population: FloatArray, line: Line) -> FloatArray:
    from_mean = _unless_rounding(value - line.middle[..., None], value)
    total = (line.share * from_mean**2).sum(axis=-1)
    fitted = line.slope[..., None] * (relative_rank(population) - 0.5)
    left_over = (line.share * (from_mean - fitted) ** 2).sum(axis=-1)
    return 1 - ratio_or(left_over, total, 0.0)


def _departure_p(value: FloatArray, population: FloatArray, error: FloatArray) -> FloatArray:
    """Chi-squared test of a straight line: squared residuals of the most precise line there is."""
    rank = relative_rank(population)
    weight = 1 / error**2
    weight = weight / weight.sum(axis=-1, keepdims=True)
    rank = rank - (weight * rank).sum(axis=-1, keepdims=True)
    value = value - (weight * value).sum(axis=-1, keepdims=True)
    slope = (weight * rank * value).sum(axis=-1) / (weight * rank**2).sum(axis=-1)
    residual = (value - slope[..., None] * rank) / error
    return np.asarray(chdtrc(value.shape[-1] - 2, (residual**2).sum(axis=-1)))


def _slopes_without_each(value: FloatArray, population: FloatArray) -> FloatArray:
    k = value.shape[-1]
    groups, blocks = np.arange(k), 1 + value.size * k // BLOCK
    slopes = []
    # In blocks: groups by groups of a whole country are more than a computer holds.
    for block in np.array_split(groups, min(blocks, k)):
        others = np.array([np.delete(groups, left_out) for left_out in block])
        slopes.append(fit_line(value[..., others], population[..., others]).slope)
    return np.concatenate(slopes, axis=-1)
