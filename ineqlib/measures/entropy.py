"""How unevenly a thing is shared between groups: Theil index, mean log deviation, their family."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlogy

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import as_number, flag, require
from ineqlib.measures._dispersion import (
    FROM_ROOT,
    Curved,
    WeightedGroups,
    limits_from_root,
    relative_groups,
)
from ineqlib.measures._limits import normal_limits

HEAT_ZERO = 1e-6
"""What HEAT puts for a zero value in the Theil index."""

_HEAT = "times 1000 as in HEAT, its standard error not (limits 1000 times too near)"


def theil_index(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    as_heat: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Theil index: mean of r ln r, r being a group's value over the mean.

    0 where all groups are equal; at most ln(1 / smallest share). It looks more at groups with high
    values; the mean log deviation looks more at those with low ones.

    Parameters
    ----------
    value
        Value of each group, zero or above, shape ``(…, k)``, in any order. A value of zero counts
        0 ln 0 = 0.
    population
        People in each group, same shape or broadcasting.
    se
        Standard errors of `value`; without them no limits.
    as_heat
        As WHO's HEAT gives it, for comparing with it: value times 1000, standard error not, so that
        the limits are 1000 times too near; zeros are taken as 0.000001.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``.

    Raises
    ------
    InputError
        Fewer than two groups; a missing value; a value below zero, or all of them zero; a
        population not above zero; a negative standard error.

    Method
    ------
    title: Theil index
    sentence: How unevenly something is shared between groups, minding most who has much.
    formula:
        T = Σ p r ln r, r = y / μ, with 0 ln 0 = 0
        y: value of a group; p: its share of the population
        μ = Σ p y: mean of all people; k: number of groups
    use: For groups with no order, where parts within and between areas must add up.
    avoid: For readers without the mean log deviation beside it. Where groups differ little compared
        with their errors: see bgv.
    interval: As bgv's, with g = p (ln r − T) / μ and h = (p / r − p² (2 ln r − 2 T + 1)) / μ². None
        where a value is zero with an error above zero.
    source: Theil 1967, Economics and Information Theory; Schlotheuber and Hosseinpoor 2022, Int J
        Environ Res Public Health 19:3697; derivatives: Ahn et al. 2018, JCO Clin Cancer Inform 2:1;
        limits: docs/decisions/0008

    Examples
    --------
    >>> round(float(theil_index([1, 3], [1, 1]).value), 4)  # (0.5 ln 0.5 + 1.5 ln 1.5) / 2
    0.1308
    """
    groups = relative_groups(value, population, se)
    method = f"Theil index, {groups.value.shape[-1]} groups weighted by population"
    if flag(as_heat, "as_heat"):
        above = np.where(groups.value == 0, HEAT_ZERO, groups.value)
        measure = _theil(relative_groups(above, population, se))
        return _as_heat(measure, groups.error, confidence, method)
    return limits_from_root(_theil(groups), groups.error, confidence, f"{method}, {FROM_ROOT}")


def mean_log_deviation(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    as_heat: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Mean log deviation: mean of -ln r, r being a group's value over the mean.

    0 where all groups are equal.

    Parameters
    ----------
    value
        As in `theil_index`, but above zero.
    population, se, as_heat, confidence
        As in `theil_index`.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit.

    Raises
    ------
    InputError
        As `theil_index`; besides, a value of zero.

    Method
    ------
    title: Mean log deviation
    sentence: How unevenly something is shared between groups, minding most who has little.
    formula:
        MLD = −Σ p ln r, r = y / μ
        y: value of a group; p: its share of the population
        μ = Σ p y: mean of all people; k: number of groups
    use: Beside the Theil index: between them they say at which end the inequality is.
    avoid: With zeros: it is refused; use the Theil index. Where groups differ little compared with
        their errors: see bgv.
    interval: As bgv's, with g = p (1 − 1 / r) / μ and h = (p / r² − p²) / μ².
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.3390/ijerph19063697

    Examples
    --------
    >>> round(float(mean_log_deviation([1, 3], [1, 1]).value), 4)  # -(ln 0.5 + ln 1.5) / 2
    0.1438
    """
    groups = relative_groups(value, population, se)
    require(groups.value > 0, "value", "above zero", "Use theil_index, which takes zeros.")
    method = f"mean log deviation, {groups.value.shape[-1]} groups weighted by population"
    measure = _log_deviation(groups)
    if flag(as_heat, "as_heat"):
        return _as_heat(measure, groups.error, confidence, method)
    return limits_from_root(measure, groups.error, confidence, f"{method}, {FROM_ROOT}")


def generalised_entropy(
    value: ArrayLike,
    population: ArrayLike,
    *,
    alpha: float = 0.5,
    se: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Generalised entropy: one family from the mean log deviation (0) over the Theil index (1).

    0 where all groups are equal. At 2 it is half the square of the coefficient of variation.

    Parameters
    ----------
    value
        As in `theil_index`; above zero where `alpha` is 0.
    population, se, confidence
        As in `theil_index`.
    alpha
        Zero or above: the smaller, the more groups with low values count.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit.

    Raises
    ------
    InputError
        As `theil_index`; besides, a value of zero where `alpha` is 0.
    ParameterError
        An `alpha` that is not a number, zero or above.

    Method
    ------
    title: Generalised entropy
    sentence: How unevenly something is shared between groups, with a chosen eye on the low.
    formula:
        GE(α) = Σ p (r^α − 1) / (α (α − 1)), r = y / μ; 0: MLD, 1: Theil
        y: value of a group; p: its share of the population
        μ = Σ p y: mean of all people; k: number of groups
    use: With α = ½, between mean log deviation and Theil index; zeros are no obstacle.
    avoid: With an α chosen after seeing the results. Where groups differ little compared with their
        errors: see bgv.
    interval: As bgv's, with g = p (r^(α − 1) − S) / ((α − 1) μ), S = Σ p r^α. None where a value is
        zero with an error above zero and α is below 2.
    source: Shorrocks 1980, Econometrica 48:613
    doi: 10.2307/1913126

    Notes
    -----
    With 0.5 it is 4 (1 − √(1 − A)), A being Atkinson's index of the same aversion.

    Examples
    --------
    >>> round(float(generalised_entropy([1, 9], [1, 1]).value), 4)  # 4 (1 − (√0.2 + √1.8) / 2)
    0.4223
    """
    power = as_number(alpha)
    if not 0 <= power < np.inf:
        raise ParameterError(f"alpha={alpha!r}: expected a number, zero or above, such as 0.5.")
    groups = relative_groups(value, population, se)
    if power == 0:
        require(groups.value > 0, "value", "above zero", "Take an alpha above 0, or theil_index.")
    known = {0.0: _log_deviation, 1.0: _theil}
    measure = known[power](groups) if power in known else _entropy(groups, power)
    k = groups.value.shape[-1]
    method = f"generalised entropy of {power:g}, {k} groups weighted by population, {FROM_ROOT}"
    return limits_from_root(measure, groups.error, confidence, method)


def _entropy(groups: WeightedGroups, power: float) -> Curved:
    share, relative = groups.share, groups.value / groups.mean
    # r^α - 1 - α (r - 1) is never of the other sign, and the means of r and 1 are the same.
    part = relative**power - 1 - power * (relative - 1)
    index = (share * part).sum(axis=-1) / (power * (power - 1))
    fixed = (groups.value == 0) & (groups.error == 0)
    steep = (groups.value == 0) & ~fixed & (power < 2)
    relative = np.where(steep, np.nan, np.where(fixed, 1, relative))
    surprise = relative ** (power - 1) - (1 + power * (power - 1) * index)[..., None]
    gradient = share / groups.mean * surprise / (power - 1)
    bend = relative ** (power - 2) * (1 - share * relative)
    bend = bend - share * (power + 1) / (power - 1) * surprise
    return Curved(index, gradient, share * bend / groups.mean**2)


def _theil(groups: WeightedGroups) -> Curved:
    share, relative = groups.share, groups.value / groups.mean
    # r ln r - r + 1 is never negative, and the means of r and 1 are the same.
    index = (share * (xlogy(relative, relative) - (relative - 1))).sum(axis=-1)
    # A group known without error adds nothing to the variance, even where the slope is infinite.
    fixed = (groups.value == 0) & (groups.error == 0)
    relative = np.where(fixed, 1, np.where(relative == 0, np.nan, relative))
    surprise = np.log(relative) - index[..., None]
    bend = share / relative - share**2 * (2 * surprise + 1)
    return Curved(index, share / groups.mean * surprise, bend / groups.mean**2)


def _log_deviation(groups: WeightedGroups) -> Curved:
    share, relative = groups.share, groups.value / groups.mean
    deviation = (share * (relative - 1 - np.log(relative))).sum(axis=-1)
    bend = share / relative**2 - share**2
    return Curved(deviation, share * (1 - 1 / relative) / groups.mean, bend / groups.mean**2)


def _as_heat(measure: Curved, error: FloatArray, confidence: float, method: str) -> Estimate:
    spread = np.sqrt((measure.gradient**2 * error**2).sum(axis=-1))
    return normal_limits(1000 * measure.value, spread, confidence, f"{method}, {_HEAT}")
