"""Gaps between two groups: the least deprived against the most deprived, or against a reference."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import place_of, require
from ineqlib.measures._groups import NO_WEIGHTS, group_data
from ineqlib.measures._limits import normal_limits, ratio_limits


def difference(
    value: ArrayLike,
    *,
    se: ArrayLike | None = None,
    reference: int | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Least deprived group minus most deprived group; or every group minus a reference group.

    Parameters
    ----------
    value
        Value of each group, most deprived first, shape ``(…, k)``.
    se
        Standard errors, same shape; without them there are no limits.
    reference
        Position on the last axis (from 0) of a group to compare every group with.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, with a reference ``(…, k)``, in the unit of `value`.

    Raises
    ------
    InputError
        A missing value, a negative standard error, fewer than two groups.
    ParameterError
        No such reference group.

    Method
    ------
    title: Difference
    sentence: How far the least deprived group is above (or below) the most deprived group.
    formula:
        D = y_k − y_1
        y_1: value of the most deprived group; y_k: of the least deprived
    use: Always, beside a relative measure: it is in the indicator's own unit and easy to say.
    avoid: On its own where there are many groups: it looks at two of them and forgets the rest.
        Then show the slope index too.
    interval: Normal: D ± z √(se_1² + se_k²). The two groups are taken to be independent of one
        another. Exact where the values are normal.
    source: WHO 2013, Handbook on Health Inequality Monitoring

    Examples
    --------
    >>> gap = difference([74.0, 77.0, 83.0], se=[0.3, 0.3, 0.4])
    >>> float(gap.value), round(float(gap.lower), 2), round(float(gap.upper), 2)
    (9.0, 8.02, 9.98)
    """
    value, _, error = group_data(value, NO_WEIGHTS, se, ordered=reference is None)
    group, base, same = _pairs(value, reference)
    group_error, base_error, _ = _pairs(error, reference)
    gap_error = np.where(same, 0.0, np.hypot(group_error, base_error))
    method = f"difference, {value.shape[-1]} groups, {_pair_words(reference)}, normal limits"
    return normal_limits(group - base, gap_error, confidence, method)


def ratio(
    value: ArrayLike,
    *,
    se: ArrayLike | None = None,
    reference: int | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Least deprived group over most deprived group; or every group over a reference group.

    Errors as in `difference`; besides, a compared value at or below zero.

    Parameters
    ----------
    value, se, reference, confidence
        As in `difference`, but the values compared are above zero.

    Returns
    -------
    Estimate
        Shape as in `difference`, without a unit.

    Method
    ------
    title: Ratio
    sentence: How many times the most deprived group's value the least deprived group has.
    formula:
        R = y_k / y_1
        y_1: value of the most deprived group; y_k: of the least deprived
    use: Beside the difference, to compare inequality in indicators of different units.
    avoid: On its own: a ratio grows as a problem becomes rare although fewer people are harmed.
        Never of values that can be zero or below.
    interval: Normal on the log scale: R exp(± z √(se_1²/y_1² + se_k²/y_k²)), errors of the logs by
        the delta method. The two groups are taken to be independent of one another.
    source: WHO 2013, Handbook on Health Inequality Monitoring

    Examples
    --------
    >>> float(ratio([40.0, 30.0, 20.0]).value)
    0.5
    """
    value, _, error = group_data(value, NO_WEIGHTS, se, ordered=reference is None)
    k = value.shape[-1]
    unused = (np.arange(k) > 0) & (np.arange(k) < k - 1) & (reference is None)
    advice = "A ratio needs that; use a difference."
    require(unused | (value > 0), "value", "above zero", advice)
    group, base, same = _pairs(value, reference)
    group_error, base_error, _ = _pairs(error, reference)
    log_error = np.where(same, 0.0, np.hypot(group_error / group, base_error / base))
    method = f"ratio, {k} groups, {_pair_words(reference)}, limits on the log scale"
    return ratio_limits(group / base, log_error, confidence, method)


def odds_ratio(
    value: ArrayLike, *, se: ArrayLike | None = None, confidence: float = 0.95
) -> Estimate:
    """Odds of the least deprived group over the odds of the most deprived group.

    Counting those without instead of those with turns it to its reciprocal, as it does no ratio of
    proportions; but it is no such ratio, and further from 1 than one.

    Parameters
    ----------
    value
        Proportion of each group as a fraction (never a percentage), most deprived first, shape
        ``(…, k)``; the first and the last above 0 and below 1.
    se
        Standard errors, as fractions too; without them no limits.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit.

    Raises
    ------
    InputError
        As `difference`; besides, a compared value at or outside 0 or 1.

    Method
    ------
    title: Odds ratio
    sentence: How many times the most deprived group's odds of something the least deprived has.
    formula:
        OR = p_k / (1 − p_k) / (p_1 / (1 − p_1))
        p_1: proportion of the most deprived group; p_k: of the least deprived
    use: To compare with studies that give odds ratios, and where either outcome may be named.
    avoid: For readers: it is read as a ratio of proportions, and is further from 1 than that one.
        Never where a proportion is 0 or 1.
    interval: Normal on the log scale, errors of the logits by the delta method. The two groups are
        taken to be independent of one another.
    source: Bland and Altman 2000, BMJ 320:1468
    doi: 10.1136/bmj.320.7247.1468

    Examples
    --------
    >>> float(odds_ratio([0.5, 0.3, 0.2]).value)  # (0.2 / 0.8) / (0.5 / 0.5)
    0.25
    """
    value, _, error = group_data(value, NO_WEIGHTS, se, ordered=True)
    k = value.shape[-1]
    unused = (np.arange(k) > 0) & (np.arange(k) < k - 1)
    advice = "Odds need that: divide percentages by 100, and of 0 or 1 use a difference."
    require(unused | ((value > 0) & (value < 1)), "value", "above 0 and below 1", advice)
    (least, most), (least_error, most_error) = (
        (array[..., -1], array[..., 0]) for array in (value, error)
    )
    odds = least / (1 - least) / (most / (1 - most))
    log_error = np.hypot(least_error / (least * (1 - least)), most_error / (most * (1 - most)))
    method = f"odds ratio, {k} groups, {_pair_words(None)}, limits on the log scale"
    return ratio_limits(odds, log_error, confidence, method)


def _pairs(
    array: FloatArray, reference: int | None
) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
    """Each group, what it is compared with, and whether that is itself."""
    if reference is None:
        return array[..., -1], array[..., 0], np.asarray(False)
    k = array.shape[-1]
    reference = place_of(reference, k)
    return array, array[..., [reference]], np.arange(k) == reference


def _pair_words(reference: int | None) -> str:
    if reference is None:
        return "least deprived group against most deprived"
    return f"every group against group {reference + 1}"
