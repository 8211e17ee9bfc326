"""How far groups lie apart, squared: variance, standard deviation, coefficient of variation.

For groups with no order, or where order is not the question. Each group counts by its population.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import flag, positive
from ineqlib.measures._dispersion import (
    FROM_ROOT,
    Curved,
    WeightedGroups,
    groups_of,
    limits_from_root,
    no_limits,
    relative_groups,
)
from ineqlib.measures._groups import NO_WEIGHTS, group_data
from ineqlib.measures._limits import normal_limits


def bgv(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    as_heat: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Between-group variance: mean squared distance of the groups from their mean.

    In the square of the value's unit; 0 where all groups are equal.

    Parameters
    ----------
    value
        Value of each group, shape ``(…, k)``, in any order.
    population
        People in each group, same shape or broadcasting.
    se
        Standard errors of `value`; without them no limits.
    as_heat
        Limits as WHO's HEAT makes them (normal, about the uncorrected value), for comparing with
        it. They can go below zero.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``. The value is as observed; chance adds about Σ p (1 - p) se² to it, which the
        limits allow for.

    Raises
    ------
    InputError
        Fewer than two groups; a missing value; a population not above zero; a negative standard
        error.

    Method
    ------
    title: Between-group variance
    sentence: How far the groups lie from their mean, in the square of the indicator's unit.
    formula:
        BGV = Σ p (y − μ)²
        y: value of a group; p: its share of the population
        μ = Σ p y: mean of all people; k: number of groups
    use: For groups with no order, where one far from the rest should count heavily.
    avoid: For readers: a squared unit says little, so show its root, bgsd. Where groups differ
        little compared with their errors: chance alone makes the value more than 0, and a
        difference between periods or areas may be a difference in errors. See no_difference_p
        first; where it is not small, show the groups with their intervals instead.
    interval: Normal on the scale of the root, squared, less what chance adds: (√T ± z e)² − (b −
        e²), T being the observed value, e² = Σ g² se² / (4 T) the squared error of its root (g:
        derivatives), b = ½ Σ h se² what chance adds (h: second derivatives). A lower limit below 0
        is 0: the groups cannot be told apart. Groups are taken to be independent of one another and
        their values normal. With groups nearly alike the limits err on the wide side. Here g = 2 p
        (y − μ) and h = 2 p (1 − p).
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697; the variance
        under as_heat: Ahn et al. 2018, JCO Clin Cancer Inform 2:1; limits: docs/decisions/0008
    doi: 10.3390/ijerph19063697

    Examples
    --------
    >>> float(bgv([60, 70, 80], [1, 2, 1]).value)
    50.0
    """
    groups = groups_of(value, population, se)
    measure = _variance(groups)
    method = f"between-group variance, {groups.value.shape[-1]} groups weighted by population"
    if flag(as_heat, "as_heat"):
        return normal_limits(
            measure.value, _heat_error(groups), confidence, f"{method}, normal limits as in HEAT"
        )
    return limits_from_root(measure, groups.error, confidence, f"{method}, {FROM_ROOT}")


def bgsd(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Between-group standard deviation: root of the between-group variance.

    Errors as in `bgv`. HEAT gives the same value, with limits from 100 simulated data sets that
    nobody else can draw again.

    Parameters
    ----------
    value, population, se, confidence
        As in `bgv`.

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`.

    Method
    ------
    title: Between-group standard deviation
    sentence: How far the groups typically lie from their mean, in the indicator's unit.
    formula:
        BGSD = √Σ p (y − μ)²
        y: value of a group; p: its share of the population
        μ = Σ p y: mean of all people; k: number of groups
    use: For groups with no order, in the indicator's own unit.
    avoid: To say who is worse off: it has no direction. Where groups differ little compared with
        their errors: see bgv.
    interval: Roots of the limits of bgv.
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.3390/ijerph19063697

    Examples
    --------
    >>> round(float(bgsd([60, 70, 80], [1, 2, 1]).value), 4)
    7.0711
    """
    groups = groups_of(value, population, se)
    words = f"{groups.value.shape[-1]} groups weighted by population"
    method = f"between-group standard deviation, {words}, {FROM_ROOT}"
    return limits_from_root(_variance(groups), groups.error, confidence, method, root=True)


def cov(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    as_heat: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Coefficient of variation: between-group standard deviation as a fraction of the mean.

    Parameters
    ----------
    value
        As in `bgv`, but zero or above, on a scale with a true zero.
    population, se, confidence
        As in `bgv`.
    as_heat
        Per cent as WHO's HEAT gives it, without limits: HEAT's come from 100 simulated data sets
        that nobody else can draw again.

    Returns
    -------
    Estimate
        Shape ``(…)``, a plain fraction.

    Raises
    ------
    InputError
        As `bgv`; besides, a value below zero, or all of them zero.

    Method
    ------
    title: Coefficient of variation
    sentence: How far the groups typically lie from their mean, as a fraction of the mean.
    formula:
        COV = √Σ p (y − μ)² / μ
        y: value of a group; p: its share of the population
        μ = Σ p y: mean of all people; k: number of groups
    use: Beside bgsd, to compare indicators of different units or levels.
    avoid: Of values without a true zero, or of percentages that could as well be counted the other
        way round: the answer would differ. Where groups differ little compared with their errors:
        see bgv.
    interval: Roots of the limits of its square, which are made as bgv's.
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.3390/ijerph19063697

    Examples
    --------
    >>> round(float(cov([60, 70, 80], [1, 2, 1]).value), 4)
    0.101
    """
    groups = relative_groups(value, population, se)
    measure = _squared_cov(groups)
    method = f"coefficient of variation, {groups.value.shape[-1]} groups weighted by population"
    if flag(as_heat, "as_heat"):
        percent = 100 * np.sqrt(measure.value)
        return no_limits(percent, confidence, f"{method}, per cent as in HEAT, no limits")
    return limits_from_root(measure, groups.error, confidence, f"{method}, {FROM_ROOT}", root=True)


def no_difference_p(value: ArrayLike, *, se: ArrayLike) -> FloatArray:
    """Probability of groups at least this far apart if in truth they were all equal.

    The chi-squared test of homogeneity, each group weighted by 1 / se².

    Parameters
    ----------
    value
        Value of each group, shape ``(…, k)``, in any order.
    se
        Their standard errors, above zero.

    Returns
    -------
    array
        Shape ``(…)``, between 0 and 1.

    Raises
    ------
    InputError
        Fewer than two groups; a missing value; a standard error not above zero (a group known
        without error cannot be weighed: leave it out, or give it the error of its count).

    Method
    ------
    title: Test that groups are all equal
    sentence: How often chance alone would set equal groups at least this far apart.
    formula:
        P(χ² with k − 1 degrees of freedom ≥ Σ w (y − ȳ)²), ȳ = Σ w y / Σ w
        y: value of a group; w = 1 / se²; k: number of groups
    use: Before any measure of dispersion: where it is not small, they measure chance.
    avoid: As proof of equality: few people in each group make it large whatever the truth.
    interval: None. Exact for independent normal values with known errors.
    source: Cochran 1954, Biometrics 10:101

    Examples
    --------
    >>> round(float(no_difference_p([50, 52], se=[0.6, 0.8])), 4)
    0.0455
    """
    positive(se, "se")
    value, _, error = group_data(value, NO_WEIGHTS, se)
    weight = 1 / error**2
    mean = (weight * value).sum(axis=-1, keepdims=True) / weight.sum(axis=-1, keepdims=True)
    statistic = (weight * (value - mean) ** 2).sum(axis=-1)
    return chdtrc(value.shape[-1] - 1, statistic)


def _variance(groups: WeightedGroups) -> Curved:
    share, away = groups.share, groups.from_mean
    return Curved((share * away**2).sum(axis=-1), 2 * share * away, 2 * share * (1 - share))


def _squared_cov(groups: WeightedGroups) -> Curved:
    """Variance over the squared mean, and its derivatives."""
    share = groups.share
    away = groups.from_mean / groups.mean
    squared = (share * away**2).sum(axis=-1)
    level = squared[..., None]
    gradient = 2 * share * (away - level) / groups.mean
    bend = 2 * share * (1 - share) - 8 * share**2 * away + 6 * share**2 * level
    return Curved(squared, gradient, bend / groups.mean**2)


def _heat_error(groups: WeightedGroups) -> FloatArray:
    """Root of the variance of a quadratic form of independent normal values, at the observed."""
    share, variance = groups.share, groups.error**2
    first = 4 * (share**2 * groups.from_mean**2 * variance).sum(axis=-1)
    second = (share**2 * (1 - 2 * share) * variance**2).sum(axis=-1)
    cross = (share**2 * variance).sum(axis=-1) ** 2
    return np.sqrt(first + 2 * (second + cross))
