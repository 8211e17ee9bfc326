"""Gini coefficient and Atkinson index: of people, or of groups counted by their populations."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import boxcox, inv_boxcox

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    above_zero,
    flag,
    not_negative,
    numbers,
    one_for_each,
    require,
    same_labels,
    z_score,
)
from ineqlib.measures._dispersion import Curved, limits_from_root


def gini(
    value: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    se: ArrayLike | None = None,
    sample: bool = False,
    correction: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Gini coefficient: mean distance between two of all people, over twice the mean.

    0 where all have the same; near 1 where one has all.

    Parameters
    ----------
    value
        What each person or group has, zero or above, shape ``(…, n)``, in any order.
    weight
        How many people each value stands for, same shape or broadcasting; 1 each if not given.
    se
        Standard errors of `value`, where the values are groups' estimates: limits by the delta
        method. Groups are taken to be independent of one another.
    sample
        True where the values are of a random sample of people, weighted or not: limits for the
        population they come from, by linearisation.
    correction
        Without bias for a sample of people: times W² / (W² - Σ w²), which is n / (n - 1) where all
        count 1. Never for groups.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``. Without `se` and `sample` it describes these values and has no limits.

    Raises
    ------
    InputError
        Fewer than two values; a missing or negative one; all of them zero; a negative weight or
        weights that add up to zero; a negative standard error.
    ParameterError
        Both `se` and `sample`: groups' estimates are not a sample of people.

    Method
    ------
    title: Gini coefficient
    sentence: How far apart two people are on average, as a fraction of twice the mean.
    formula:
        G = 2 Σ p x R / μ − 1
        x: what a person or group has; p: its share of the weight; μ = Σ p x
        R: midpoint of the cumulative share, in order of x
    use: For people, or places counted by their people, where there is no other ranking.
    avoid: For inequality by deprivation: use a concentration index. A Gini between groups leaves
        out what differs within them. Where groups differ little compared with their errors: see
        bgv.
    interval: People (sample=True): normal, by linearisation, for a random sample, weights by their
        chance of selection. Groups (se=): normal, by the delta method, the order of the groups
        taken as known. Cut at 0 and 1.
    source: Binder and Kovacevic 1995, Survey Methodology 21:137

    Examples
    --------
    >>> float(gini([0, 0, 0, 1]).value), float(gini([0, 0, 0, 1], correction=True).value)
    (0.75, 1.0)
    """
    value, share, error = _people(value, weight, se, sample)
    # Ties in order of weight and error, so that the order of rows changes nothing.
    order = np.lexsort((error, share, value), axis=-1)
    value, share, error = (np.take_along_axis(part, order, -1) for part in (value, share, error))
    mean = (share * value).sum(axis=-1, keepdims=True)
    portion = share * value / mean
    rank = share.cumsum(axis=-1) - share / 2
    coefficient = (portion * (2 * rank - 1)).sum(axis=-1, keepdims=True)
    method = "Gini coefficient"
    factor = np.asarray(1.0)
    if flag(correction, "correction"):
        people = (share > 0).sum(axis=-1)
        require(people > 1, "weight", "above zero for two values or more", "One has no spread.")
        factor = 1 / (1 - (share**2).sum(axis=-1))
        method += ", corrected for the size of the sample"
    if sample:
        # What people above have of all: midpoint from the top of the cumulative portion.
        above = 1 - portion.cumsum(axis=-1) + portion / 2
        pull = 2 * (value / mean * rank + above) - (coefficient + 1) * (value / mean + 1)
        spread = _sampling_error(pull, share)
        method += ", limits by linearisation"
    else:
        gradient = share / mean * (2 * rank - 1 - coefficient)
        spread = np.sqrt((gradient**2 * error**2).sum(axis=-1))
        method += ", limits by the delta method"
    index = factor * np.maximum(coefficient[..., 0], 0)
    return _between_0_and_1(index, factor * spread, confidence, method)


def atkinson(
    value: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    epsilon: float = 1.0,
    se: ArrayLike | None = None,
    sample: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Atkinson index: the part of the total that could be given up if all had the same.

    0 where all have the same. The larger `epsilon`, the more it looks at those who have least.

    Parameters
    ----------
    value
        What each person or group has, zero or above, shape ``(…, n)``, in any order; something of
        which more is better.
    weight
        How many people each value stands for, same shape or broadcasting; 1 each if not given.
    epsilon
        Aversion to inequality, above zero. With 1, the index is one less the geometric mean over
        the mean; from 1 up it is exactly 1 where anybody has nothing.
    se
        Standard errors of `value`, where the values are groups' estimates. Groups are taken to be
        independent of one another. Limits as for the Theil index.
    sample
        True where the values are of a random sample of people, weighted or not: limits for the
        population they come from, by linearisation.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``. Without `se` and `sample` it describes these values and has no limits. No
        limits either where a value is zero: the index has no slope there.

    Raises
    ------
    InputError
        As `gini`.
    ParameterError
        An `epsilon` not above zero; both `se` and `sample`.

    Method
    ------
    title: Atkinson index
    sentence: The part of the total that could be given up if all had the same.
    formula:
        A = 1 − (Σ p r^(1 − ε))^(1 / (1 − ε)); with ε = 1, A = 1 − exp(Σ p ln r)
        r = x / μ; x: what a person or group has; p: its share of the weight; μ = Σ p x
        ε: how much more those count who have less
    use: Where the weight given to those who have least should be said aloud: show several ε.
    avoid: For things of which less is better. With ε of 1 or more and anybody at zero it is 1,
        whatever the rest have. Where groups differ little compared with their errors: see bgv.
    interval: People (sample=True): normal, by linearisation, for a random sample, weights by their
        chance of selection; cut at 0 and 1. Groups (se=): as for the Theil index.
    source: Atkinson 1970, J Econ Theory 2:244; errors: Biewen and Jenkins 2006, Oxf Bull Econ Stat
        68:371
    doi: 10.1016/0022-0531(70)90039-6

    Notes
    -----
    Powers are taken of logs less the largest, so that nothing under- or overflows.

    Examples
    --------
    >>> round(float(atkinson([1, 4]).value), 9)  # geometric mean 2, mean 2.5
    0.2
    """
    epsilon = above_zero(epsilon, "epsilon", ", such as 0.5 or 1")
    value, share, error = _people(value, weight, se, sample)
    mean = (share * value).sum(axis=-1, keepdims=True)
    relative = np.where(share > 0, value / mean, 1)
    power = 1 - epsilon
    # Of values over the least above zero, no power is too large for a number.
    least = np.where(relative > 0, relative, np.inf).min(axis=-1, keepdims=True)
    welfare = (share * boxcox(relative / least, power)).sum(axis=-1, keepdims=True)
    equal = least * inv_boxcox(welfare, power)
    # Rounding can take what all could have alike above the mean.
    index = np.maximum(1 - equal, 0)[..., 0]
    equal = np.where(equal > 0, equal, np.nan)  # nobody's part counts where the index is 1
    method = f"Atkinson index, epsilon {epsilon:g}"
    if sample:
        pull = equal * (relative - 1 - boxcox(relative / equal, power))
        spread = _sampling_error(pull, share)
        return _between_0_and_1(index, spread, confidence, f"{method}, limits by linearisation")
    # A group known without error adds nothing to the variance, even where the slope is infinite.
    sloped = np.where(relative > 0, relative, np.where(error == 0, 1, np.nan))
    steep = (equal / sloped) ** epsilon
    gradient = share * (equal - steep)
    bend = epsilon * share * steep * (1 / sloped - share * steep / equal)
    curvature = bend - 2 * share**2 * (equal - steep)
    method += ", limits from the root, less what chance adds"
    # Slopes are to values over the mean, and so are the errors: no power of the mean is needed.
    return limits_from_root(Curved(index, gradient, curvature), error / mean, confidence, method)


def _people(
    value: ArrayLike, weight: ArrayLike | None, se: ArrayLike | None, sample: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Values, shares of the weight and standard errors, checked, in one shape."""
    if flag(sample, "sample") and se is not None:
        raise ParameterError(
            "se and sample=True: expected one of them. Give se for groups' estimates, "
            "sample=True for values of a random sample of people."
        )
    same_labels(value=value, weight=weight, se=se)
    value = np.atleast_1d(numbers(value, "value"))
    advice = "The index means nothing below zero: use bgsd, which takes any numbers."
    require(value >= 0, "value", "zero or above", advice)
    value, weight, error = one_for_each(
        "values",
        2,
        value=value,
        weight=np.asarray(1.0) if weight is None else not_negative(weight, "weight"),
        se=np.asarray(np.nan) if se is None else not_negative(se, "se"),
    )
    total = weight.sum(axis=-1, keepdims=True)
    require(total[..., 0] > 0, "sum of the weights", "above zero")
    share = weight / total
    some = ((value > 0) & (share > 0)).any(axis=-1)
    require(some, "value", "above zero for anybody", "Nothing is shared: there is no inequality.")
    return value, share, error


def _sampling_error(pull: FloatArray, share: FloatArray) -> FloatArray:
    """Standard error of a weighted sample's index: `pull` is each person's influence on it."""
    counted = (share > 0).sum(axis=-1)
    variance = (share**2 * pull**2).sum(axis=-1) * counted / np.maximum(counted - 1, 1)
    return np.sqrt(variance)


def _between_0_and_1(
    value: FloatArray, spread: FloatArray, confidence: float, method: str
) -> Estimate:
    half = z_score(confidence) * spread
    lower, upper = np.maximum(value - half, 0), np.minimum(value + half, 1)
    return Estimate(value, lower, upper, spread, confidence, method)
