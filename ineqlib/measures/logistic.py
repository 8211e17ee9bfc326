"""WHO's slope and relative indices: a logistic curve through the groups' proportions.

Another quantity than `sii` and `rii`, which are England's: never compare across the two.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import flag, require
from ineqlib.measures._groups import group_data
from ineqlib.measures._limits import normal_limits, ratio_limits
from ineqlib.measures.quantiles import relative_rank

LEAST_GROUPS = 3
"""WHO makes these indices of three groups or more."""

LONGEST_STEP = 0.5
"""A step may move no fitted logit by more: curvature then changes by less than a factor of two, so
that every step of Newton's betters the fit wherever it starts."""

SETTLED = 1e-10
MOST_STEPS = 200


@dataclass(frozen=True)
class Curve:
    """Fitted proportions at ranks 0 and 1, and how each weighs the groups' values.

    `at_most_deprived` and `at_least_deprived` have shape ``(…)``; the derivatives of each by every
    group's value, ``(…, k)``.
    """

    at_most_deprived: FloatArray
    at_least_deprived: FloatArray
    most_by_value: FloatArray
    least_by_value: FloatArray


def sii_logistic(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    as_heat: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """WHO's slope index: a logistic curve's value at the least deprived end minus at the most.

    Its sign is that of `sii`. The curve never leaves 0 to 1, as a straight line through very high
    or very low proportions can.

    Parameters
    ----------
    value
        Proportion of each group as a fraction from 0 to 1 (never a percentage), most deprived
        first, shape ``(…, k)``, k at least 3. A rate per 1,000 is divided by 1,000.
    population
        People in each group, same shape or broadcasting: its weight in the fit, and its share of
        the ranks.
    se
        Standard errors of `value`, as fractions too; without them no limits.
    as_heat
        True weighs each group by its population squared, as WHO's HEAT and healthequal do, for
        whoever must match their value. Limits stay those of the groups' standard errors.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, a fraction: times 100 for percentage points. 0 where all groups are equal.

    Raises
    ------
    InputError
        Fewer than three groups; a missing value or one outside 0 to 1; a population not above zero;
        a negative standard error; groups no curve fits best, as when one side has 0 throughout and
        the other 1.
    ParameterError
        A confidence that is not a fraction.

    Method
    ------
    title: Slope index of inequality, WHO's
    sentence: How far apart the two ends of the scale of deprivation are, judged by a logistic curve
        through all the groups.
    formula:
        SII = p(1) − p(0)
        p(b) = 1 / (1 + exp(−α − β b)) with Σ a (y − p) = 0 and Σ a b (y − p) = 0
        α, β: such that both sums are 0; y: proportion of a group; a: its share of the population;
            b: its relative rank
    use: To compare with figures made with WHO's HEAT or healthequal (as_heat matches their
        weights), or where a straight line leaves 0 to 1.
    avoid: Beside England's indices: it is another quantity. Never of percentages (divide by 100),
        nor where all groups on one side are 0.
    interval: Normal. The fitted ends are functions of the groups' proportions; their errors follow
        from the groups' by the delta method. Groups are taken to be independent, the curve to be
        true.
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.3390/ijerph19063697

    Notes
    -----
    The curve is a quasi-binomial regression, weighted by population.

    Examples
    --------
    Three equal groups at ranks 1/6, 1/2 and 5/6: logits −1, 0 and 1 lie on one line of slope 3.

    >>> gap = sii_logistic([0.268941421, 0.5, 0.731058579], [1, 1, 1])
    >>> round(float(gap.value), 6)  # expit(3/2) − expit(−3/2)
    0.635149
    """
    curve, error = _fitted(value, population, se, as_heat)
    slope = curve.at_least_deprived - curve.at_most_deprived
    by_value = curve.least_by_value - curve.most_by_value
    spread = np.sqrt((by_value**2 * error**2).sum(axis=-1))
    return normal_limits(slope, spread, confidence, f"slope index, {_words(error, as_heat)}")


def rii_logistic(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    as_heat: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """WHO's relative index: a logistic curve's value at the least deprived end over the most.

    Errors as in `sii_logistic`; besides, groups that are all zero are refused.

    Parameters
    ----------
    value, population, se, as_heat, confidence
        As in `sii_logistic`.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit; 1 where all groups are equal.

    Method
    ------
    title: Relative index of inequality, WHO's
    sentence: How many times the most deprived end's proportion the least deprived end has, judged
        by a logistic curve through all the groups.
    formula:
        RII = p(1) / p(0)
        p(b) = 1 / (1 + exp(−α − β b)) with Σ a (y − p) = 0 and Σ a b (y − p) = 0
        α, β: such that both sums are 0; y: proportion of a group; a: its share of the population;
            b: its relative rank
    use: As sii_logistic.
    avoid: As sii_logistic.
    interval: Normal on the log scale; otherwise as sii_logistic.
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.3390/ijerph19063697

    Examples
    --------
    >>> quotient = rii_logistic([0.268941421, 0.5, 0.731058579], [1, 1, 1])
    >>> round(float(quotient.value), 5)  # expit(3/2) / expit(−3/2)
    4.48169
    """
    curve, error = _fitted(value, population, se, as_heat)
    most, least = curve.at_most_deprived, curve.at_least_deprived
    require(most > 0, "rii_logistic", "above zero", "All groups are zero: use the slope index.")
    by_value = curve.least_by_value / least[..., None] - curve.most_by_value / most[..., None]
    log_error = np.sqrt((by_value**2 * error**2).sum(axis=-1))
    method = f"relative index, {_words(error, as_heat)}, limits on the log scale"
    return ratio_limits(least / most, log_error, confidence, method)


def _fitted(
    value: ArrayLike, population: ArrayLike, se: ArrayLike | None, as_heat: bool
) -> tuple[Curve, FloatArray]:
    value, population, error = group_data(
        value, population, se, at_least=LEAST_GROUPS, ordered=True
    )
    require(
        (value >= 0) & (value <= 1),
        "value",
        "a proportion from 0 to 1",
        "Divide percentages by 100, rates per 1,000 by 1,000.",
    )
    weight = population**2 if flag(as_heat, "as_heat") else population
    return fit_curve(value, population, weight), error


def fit_curve(value: FloatArray, population: FloatArray, weight: FloatArray) -> Curve:
    """Logistic curve of proportions on relative rank, all problems on the leading axes at once.

    Groups that are all equal need no fit, and may be all 0 or all 1: their curve is flat. They are
    fitted at 1/2, which gives the same derivatives of their ends as any other level would.
    """
    flat = (value == value[..., :1]).all(axis=-1)
    level = value[..., 0]
    from_middle = relative_rank(population) - 0.5
    weight = weight / weight.sum(axis=-1, keepdims=True)
    middle, slope = _best(np.where(flat[..., None], 0.5, value), from_middle, weight)

    information = weight * _variance(middle[..., None] + slope[..., None] * from_middle)
    middle_by_value, slope_by_value = _solved(
        weight, weight * from_middle, information, from_middle
    )

    def end(rank: float) -> tuple[FloatArray, FloatArray]:
        predictor = middle + slope * rank
        by_value = _variance(predictor)[..., None] * (middle_by_value + rank * slope_by_value)
        return np.where(flat, level, expit(predictor)), by_value

    (most, most_by_value), (least, least_by_value) = end(-0.5), end(0.5)
    return Curve(most, least, most_by_value, least_by_value)


def _best(
    value: FloatArray, from_middle: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Fitted logit at the middle rank and its slope, by Newton's steps kept short."""
    middle = logit((weight * value).sum(axis=-1))
    slope = np.zeros_like(middle)
    step = np.full_like(middle, np.inf)
    for _ in range(MOST_STEPS):
        predictor = middle[..., None] + slope[..., None] * from_middle
        left_over = weight * (value - expit(predictor))
        up, turn = _solved(
            left_over.sum(axis=-1, keepdims=True),
            (left_over * from_middle).sum(axis=-1, keepdims=True),
            weight * _variance(predictor),
            from_middle,
        )
        up, turn = up[..., 0], turn[..., 0]
        step = np.abs(up) + np.abs(turn) / 2
        short = np.minimum(1, LONGEST_STEP / np.maximum(step, LONGEST_STEP))
        middle, slope = middle + short * up, slope + short * turn
        if (step < SETTLED).all():
            break
    require(
        step < SETTLED,
        "value",
        "fit for a logistic curve",
        "Groups on one side of a point are all 0, those on the other all 1, and the curve would "
        "become a step: use sii, or show the groups themselves.",
    )
    return middle, slope


def _solved(
    of_middle: FloatArray, of_slope: FloatArray, information: FloatArray, from_middle: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Middle and slope that solve information matrix × (middle, slope) = (of_middle, of_slope)."""
    largest = information.max(axis=-1, keepdims=True)
    part = information / largest  # tiny numbers must not vanish when multiplied
    sum_0, sum_1, sum_2 = (
        (part * from_middle**power).sum(axis=-1, keepdims=True) for power in (0, 1, 2)
    )
    scale = (sum_0 * sum_2 - sum_1**2) * largest
    middle = (sum_2 * of_middle - sum_1 * of_slope) / scale
    return middle, (sum_0 * of_slope - sum_1 * of_middle) / scale


def _variance(predictor: FloatArray) -> FloatArray:
    """p (1 − p), without the loss of digits of 1 − p where p is near 1."""
    return expit(predictor) * expit(-predictor)


def _words(error: FloatArray, as_heat: bool) -> str:
    weight = "population squared (as HEAT)" if as_heat else "population"
    return f"{error.shape[-1]} groups, logistic regression weighted by {weight} (WHO)"
