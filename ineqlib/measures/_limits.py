"""Intervals that several measures share: of sums of the groups' values, and of their ratios."""

import numpy as np
from scipy.special import stdtrit

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import tail, z_score


def normal_limits(value: FloatArray, se: FloatArray, confidence: float, method: str) -> Estimate:
    """Estimate with limits the same distance either side."""
    half = z_score(confidence) * se
    return Estimate(value, value - half, value + half, se, confidence, method)


def student_limits(
    value: FloatArray,
    se: FloatArray,
    confidence: float,
    method: str,
    *,
    freedom: FloatArray | float,
) -> Estimate:
    """Estimate with limits the same distance either side, by Student's t."""
    half = -stdtrit(freedom, tail(confidence)) * se
    return Estimate(value, value - half, value + half, se, confidence, method)


def ratio_limits(
    ratio: FloatArray, log_error: FloatArray, confidence: float, method: str
) -> Estimate:
    """Estimate of a ratio with limits that are normal on the log scale, of this error there.

    An upper limit that is too large for a number is NaN.
    """
    z = z_score(confidence)
    lower, upper = ratio * np.exp(-z * log_error), ratio * _exp(z * log_error)
    return Estimate(ratio, lower, upper, ratio * log_error, confidence, method)


def from_log(log: Estimate) -> Estimate:
    """Estimate of a ratio from that of its log; the standard error is the delta method's."""
    value, lower, upper = (_exp(part) for part in (log.value, log.lower, log.upper))
    return Estimate(value, lower, upper, value * log.se, log.confidence, log.method)


def _exp(power: FloatArray) -> FloatArray:
    with np.errstate(over="ignore"):
        number = np.exp(power)
    return np.where(np.isinf(number), np.nan, number)


def limits_within_one(
    value: FloatArray, se: FloatArray, confidence: float, method: str
) -> Estimate:
    """Estimate between −1 and 1 with limits that stay between them.

    They are normal on the scale of the inverse hyperbolic tangent, and NaN where the value is −1
    or 1, for there that scale has no end.
    """
    inside = np.abs(value) < 1
    safe = np.where(inside, value, 0.0)
    middle, half = np.arctanh(safe), z_score(confidence) * se / (1 - safe**2)
    lower, upper = (np.where(inside, np.tanh(middle + way), np.nan) for way in (-half, half))
    words = f"{method}, limits on the inverse hyperbolic tangent"
    return Estimate(value, lower, upper, se, confidence, words)


def weighed_sum(
    coefficient: FloatArray, value: FloatArray, error: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Sum of coefficient times value over the groups, and its standard error.

    Groups are independent of one another and `coefficient` is known, so the error is exact.
    """
    total = (coefficient * value).sum(axis=-1)
    return total, np.sqrt((coefficient**2 * error**2).sum(axis=-1))


def ratio_of_sums(
    top: FloatArray, bottom: FloatArray, value: FloatArray, error: FloatArray, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Ratio of two weighed sums of the same values: ratio, lower limit, upper limit, error.

    `top` and `bottom` are the groups' coefficients in the two sums, shape ``(…, k)``. The limits
    are Fieller's, exact for the ratio of two correlated normal values (Fieller 1954, J R Stat Soc B
    16:175): a ratio R is inside them where ``(top - R bottom)² <= z² var(top - R bottom)``. They
    are NaN where the lower sum cannot be told from zero at this confidence, for then no bounded
    limits exist. The standard error is the delta method's.
    """
    z = z_score(confidence)
    # Values less one of themselves: what all groups have in common must not cost digits.
    base = value[..., :1]
    above, below = (
        (part * (value - base)).sum(axis=-1) + base[..., 0] * part.sum(axis=-1)
        for part in (top, bottom)
    )
    quotient = above / below
    # Sums of squares, and limits as distances from the ratio: no large terms that cancel.
    from_ratio = top - quotient[..., None] * bottom
    variance = (from_ratio**2 * error**2).sum(axis=-1)
    pull = -z * (bottom * from_ratio * error**2).sum(axis=-1)
    room = below**2 - z**2 * (bottom**2 * error**2).sum(axis=-1)
    room = np.where(room > 0, room, np.nan)
    root = np.sqrt(room * variance + pull**2)
    far = pull + np.copysign(root, pull)
    ends = z * far / room, -z * ratio_or(variance, far, 0.0)
    se = np.sqrt(variance) / np.abs(below)
    return quotient, quotient + np.minimum(*ends), quotient + np.maximum(*ends), se


def ratio_or(top: FloatArray, bottom: FloatArray, otherwise: float | FloatArray) -> FloatArray:
    """Quotient, or the other number where the divisor is 0; NaN stays NaN."""
    quotient = np.divide(top, bottom, out=np.array(top + 0 * bottom), where=bottom != 0)
    return np.where((bottom == 0) & ~np.isnan(top), otherwise, quotient)
