"""Concentration: is a value found among the least or the most deprived more than its share?

Groups in order of deprivation, each at its relative rank (the midpoint of its share of the
population, 0 = most deprived, 1 = least). `individual` has the same for people one by one.
"""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._bounds import within
from ineqlib.measures._checks import require
from ineqlib.measures._groups import group_data
from ineqlib.measures._limits import limits_within_one, normal_limits, ratio_of_sums, weighed_sum
from ineqlib.measures.quantiles import relative_rank


def aci(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Absolute concentration index: twice the covariance of value and relative rank.

    Positive where the value is found more among the least deprived, negative where more among the
    most deprived.

    Parameters
    ----------
    value
        Value of each group, most deprived first, shape ``(…, k)``.
    population
        People in each group, same shape or broadcasting.
    se
        Standard errors, same shape; without them there are no limits.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`.

    Raises
    ------
    InputError
        A missing value, a population not above zero, a negative standard error, fewer than two
        groups.

    Method
    ------
    title: Absolute concentration index
    sentence: Whether the value is found more among the least deprived (above zero) or the most
        deprived (below zero), using all the groups.
    formula:
        ACI = 2 Σ p (R − ½) y
        p: a group's share of the population; R: its relative rank (the midpoint of the cumulative
            share, most deprived at 0); y: its value
    use: A whole gradient in one number of the indicator's unit, from two groups or more.
    avoid: To tell people how large a gap is: it has the unit but not the size of one (with many
        groups it is about a sixth of the slope index, which says more).
    interval: Normal, exact for normal values: ACI ± z √Σ (2 p (R − ½) se)². Groups are taken to be
        independent of one another and their shares of the population to be known.
    source: Kakwani, Wagstaff and van Doorslaer 1997, J Econometrics 77:87; Schlotheuber and
        Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.1016/S0304-4076(96)01807-6

    Examples
    --------
    >>> index = aci([10, 20, 30, 40], [1, 1, 1, 1], se=[2, 2, 2, 2])
    >>> float(index.value), round(float(index.se), 3)
    (6.25, 0.559)
    """
    value, population, error = group_data(value, population, se, ordered=True)
    index, index_error = _absolute(value, population, error)
    words = f"absolute concentration index, {value.shape[-1]} groups, normal limits"
    return normal_limits(index, index_error, confidence, words)


def rci(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Relative concentration index: the absolute one over the population's mean.

    From −1 (the most deprived have all there is) to 1 (the least deprived have) where no value is
    below zero. Errors as in `aci`; besides, the mean must be above zero.

    Parameters
    ----------
    value, population, se, confidence
        As in `aci`.

    Returns
    -------
    Estimate
        Shape ``(…)``. The standard error is the delta method's.

    Method
    ------
    title: Relative concentration index
    sentence: Whether the least deprived (above zero) or the most deprived (below zero) have more
        than their share of the value.
    formula:
        RCI = ACI / μ, with ACI = 2 Σ p (R − ½) y and μ = Σ p y
        p: a group's share of the population; R: its relative rank (the midpoint of the cumulative
            share, most deprived at 0); y: its value
    use: To compare indicators of different units or levels, or spending with need.
    avoid: For proportions of different levels: its reach shrinks as the mean nears 100%, and
        counting those without instead of those with changes more than the sign. Then take
        Erreygers' or Wagstaff's index.
    interval: Fieller's, exact for the ratio of two correlated normal values; none where the mean
        cannot be told from zero. Groups are taken to be independent of one another and their shares
        of the population to be known.
    source: Kakwani, Wagstaff and van Doorslaer 1997, J Econometrics 77:87; limits: Fieller 1954
    doi: 10.1016/S0304-4076(96)01807-6

    Examples
    --------
    >>> float(rci([10, 20, 30, 40], [1, 1, 1, 1]).value)
    0.25
    """
    value, population, error = group_data(value, population, se, ordered=True)
    share, turn = _coefficients(population)
    require(
        (share * value).sum(axis=-1) > 0,
        "the mean of value",
        "above zero",
        "A share of it means nothing there: use the absolute concentration index.",
    )
    index, low, high, index_error = ratio_of_sums(turn, share, value, error, confidence)
    words = f"relative concentration index, {value.shape[-1]} groups, Fieller's limits"
    return Estimate(index, low, high, index_error, confidence, words)


def erreygers(
    value: ArrayLike,
    population: ArrayLike,
    *,
    bounds: tuple[float, float],
    se: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Erreygers' index: the absolute concentration index over what a bounded value allows.

    From −1 to 1, and the same but for the sign whether one counts those with something or those
    without. It is an absolute measure: what all groups have in common leaves it as it is.

    Parameters
    ----------
    value, population, se, confidence
        As in `aci`.
    bounds
        Least and greatest value there could be, such as ``(0, 100)`` of a percentage: never the
        least and greatest found, which would make places incomparable.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit.

    Raises
    ------
    InputError
        As `aci`; besides, a value outside the bounds.
    ParameterError
        Bounds that are not two numbers, the lower first.

    Method
    ------
    title: Erreygers index
    sentence: The absolute concentration index as a part of the greatest it could ever be.
    formula:
        E = 4 ACI / (b − a), with ACI = 2 Σ p (R − ½) y
        a, b: least and greatest value there could be
        p: a group's share of the population; R: its relative rank (the midpoint of the cumulative
            share, most deprived at 0); y: its value
    use: For proportions and scores with two ends, where equal gaps should count the same whatever
        the level.
    avoid: Where the value has no upper end. Never with the least and greatest values found.
    interval: Normal, exact for normal values: 4 / (b − a) times those of ACI. Groups are taken to
        be independent of one another and their shares of the population to be known.
    source: Erreygers 2009, J Health Econ 28:504
    doi: 10.1016/j.jhealeco.2008.02.003

    Examples
    --------
    >>> float(erreygers([10, 20, 30, 40], [1, 1, 1, 1], bounds=(0, 100)).value)
    0.25
    """
    value, population, error = group_data(value, population, se, ordered=True)
    low, high = within(value, bounds)
    index, index_error = _absolute(value, population, error)
    scale = 4 / (high - low)
    words = f"Erreygers index, {value.shape[-1]} groups, bounds {low:g} and {high:g}, normal limits"
    return normal_limits(scale * index, scale * index_error, confidence, words)


def wagstaff(
    value: ArrayLike,
    population: ArrayLike,
    *,
    bounds: tuple[float, float],
    se: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Wagstaff's index: the concentration index over the greatest it could be at this mean.

    From −1 to 1, and the same but for the sign whether one counts those with something or those
    without. Errors as in `erreygers`; besides, the mean must lie between the bounds, not on one.

    Parameters
    ----------
    value, population, bounds, se, confidence
        As in `erreygers`.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit. Limits are NaN where the index is −1 or 1.

    Method
    ------
    title: Wagstaff index
    sentence: The absolute concentration index as a part of the greatest it could be here.
    formula:
        W = (b − a) ACI / ((b − μ) (μ − a)), with ACI = 2 Σ p (R − ½) y and μ = Σ p y
        a, b: least and greatest value there could be
        p: a group's share of the population; R: its relative rank (the midpoint of the cumulative
            share, most deprived at 0); y: its value
    use: For proportions, where inequality is to be judged against what this mean allows.
    avoid: Where the mean is near either end: small gaps then look extreme. Never with the least and
        greatest values found.
    interval: Normal on the scale of the inverse hyperbolic tangent, so that limits stay within −1
        and 1; standard error by the delta method, through ACI and μ. Groups are taken to be
        independent of one another and their shares of the population to be known.
    source: Wagstaff 2005, Health Econ 14:429; for other bounds than 0 and 1: 2011, Health Econ
        20:1155
    doi: 10.1002/hec.953

    Examples
    --------
    >>> index = wagstaff([10, 20, 30, 40], [1, 1, 1, 1], bounds=(0, 100))
    >>> round(float(index.value), 4)
    0.3333
    """
    value, population, error = group_data(value, population, se, ordered=True)
    low, high = within(value, bounds)
    share, turn = _coefficients(population)
    mean = (share * value).sum(axis=-1)
    require(
        (mean > low) & (mean < high),
        "the mean of value",
        "between the bounds",
        "All have, or none: there is no inequality to measure against.",
    )
    absolute, _ = _absolute(value, population, error)
    room = (high - mean) * (mean - low)
    index = (high - low) * absolute / room
    # How fast the index changes with each value: through the absolute index, and through the mean.
    through_mean = index * (low + high - 2 * mean) / room
    rate = (high - low) * turn / room[..., np.newaxis] - share * through_mean[..., np.newaxis]
    index_error = np.sqrt((rate**2 * error**2).sum(axis=-1))
    words = f"Wagstaff index, {value.shape[-1]} groups, bounds {low:g} and {high:g}"
    return limits_within_one(index, index_error, confidence, words)


def _coefficients(population: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What each value is multiplied by in the mean, and in the absolute concentration index."""
    share = population / population.sum(axis=-1, keepdims=True)
    return share, 2 * share * (relative_rank(population) - 0.5)


def _absolute(
    value: FloatArray, population: FloatArray, error: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Absolute concentration index and its standard error."""
    # Values less one of themselves: what all groups have in common must not cost digits.
    return weighed_sum(_coefficients(population)[1], value - value[..., :1], error)
