"""Impact: what would change if every group had the reference group's value."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import numbers, one_of, place_of, require
from ineqlib.measures._groups import group_data
from ineqlib.measures._limits import normal_limits, ratio_of_sums, weighed_sum
from ineqlib.measures._profile_limits import NEAREST_TRUTHS, limits_of_best, place_of_best

LAST = "least_deprived"
BY_VALUE = ("highest", "lowest")
REFERENCES = (LAST, *BY_VALUE)


def par(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    reference: str | int = "least_deprived",
    average: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Population attributable risk: the reference group's value minus the population's mean.

    How far the whole population's value would move if every group had the reference group's.
    Positive for life expectancy that rises with affluence, negative for mortality that falls. It is
    never set to 0 where the reference group is not the best: `heat_par` does that.

    Parameters
    ----------
    value
        Value of each group, most deprived first, shape ``(…, k)``.
    population
        People in each group, same shape or broadcasting.
    se
        Standard errors, same shape; without them there are no limits.
    reference
        ``"least_deprived"`` (the last group), a position on the last axis (from 0), or for groups
        without an order the ``"highest"`` or ``"lowest"`` value. A group chosen by its value is
        partly there by luck: the risk is then on average too large. Its limits allow for any group
        that may be highest or lowest, as those of `mdb`.
    average
        The whole population's value where it is known besides, as WHO's setting average: one
        number, or shape ``(…)``, no lower than the lowest group and no higher than the highest. It
        is taken to be known without error. None for the mean of the groups.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`. The standard error takes the reference group as
        fixed.

    Raises
    ------
    InputError
        A missing value, a population not above zero, a negative standard error, fewer than two
        groups; an average that these groups cannot have.
    ParameterError
        No such reference group.

    Method
    ------
    title: Population attributable risk
    sentence: How far the whole population would move if all had the least deprived's value.
    formula:
        PAR = y_ref − μ
        y_ref: value of the reference group, the least deprived unless another is named
        μ = Σ p y: mean of the values y, each weighted by its share p of the population
    use: To say what levelling up would bring, in the indicator's own unit.
    avoid: As a forecast: it takes for granted that the reference group's value is within reach of
        all, and that deprivation is its cause.
    interval: Normal, exact for normal values: PAR ± z √Σ c² se², with c = 1 − p for the reference
        group and −p for the others. Groups are taken to be independent of one another and their
        shares of the population to be known. A known average (average=) adds no error: only the
        reference group's counts. A reference group chosen because its value is best makes the
        estimate too large on average; its limits allow for that as those of mdb do.
    source: WHO 2013, Handbook on Health Inequality Monitoring; Schlotheuber and Hosseinpoor 2022,
        Int J Environ Res Public Health 19:3697

    Examples
    --------
    >>> risk = par([70.0, 80.0, 84.0], [1, 1, 2], se=[0.4, 0.4, 0.4])
    >>> float(risk.value), round(float(risk.se), 3)
    (4.5, 0.245)
    """
    value, population, error = group_data(value, population, se, ordered=reference == LAST)
    share, middle, of_whom = _average(value, population, average)
    chosen, words = reference_group(value, reference, (1 - 2 * share) * error**2)
    # Values less the average: what all groups have in common must not cost digits.
    from_middle = value - middle
    gap, gap_error = weighed_sum(chosen - share, from_middle, error)
    method = f"population attributable risk{of_whom}, {words}"
    if reference in BY_VALUE:
        gap, lower, upper = _lead(from_middle, error, share, reference, confidence)
        return Estimate(gap, lower, upper, gap_error, confidence, f"{method}, {NEAREST_TRUTHS}")
    return normal_limits(gap, gap_error, confidence, f"{method}, normal limits")


def paf(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    reference: str | int = "least_deprived",
    average: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Population attributable fraction: the population attributable risk over the mean.

    A plain fraction, 0.1 for 10%. Errors as in `par`; besides, the population's mean must be above
    zero.

    Parameters
    ----------
    value, population, se, reference, average, confidence
        As in `par`.

    Returns
    -------
    Estimate
        Shape ``(…)``. Of a known average the limits are normal; of a reference group chosen by its
        value they have errors by the delta method. The standard error is the delta method's.

    Method
    ------
    title: Population attributable fraction
    sentence: The population attributable risk as a fraction of the population's mean.
    formula:
        PAF = (y_ref − μ) / μ
        y_ref: value of the reference group, the least deprived unless another is named
        μ = Σ p y: mean of the values y, each weighted by its share p of the population
    use: Beside the population attributable risk, to compare indicators of different units.
    avoid: Where the mean is near zero, or the unit has no true zero. Epidemiologists' fraction of
        cases due to an exposure has the opposite sign: (μ − y_ref) / μ.
    interval: Fieller's, exact for the ratio of two correlated normal values; none where the mean
        cannot be told from zero. Otherwise as par.
    source: WHO 2013, Handbook on Health Inequality Monitoring; limits: Fieller 1954

    Examples
    --------
    >>> float(paf([70.0, 80.0, 85.0], [1, 1, 2]).value)
    0.0625
    """
    value, population, error = group_data(value, population, se, ordered=reference == LAST)
    share, middle, of_whom = _average(value, population, average)
    mean = middle + (share * (value - middle)).sum(axis=-1, keepdims=True)
    require(
        mean[..., 0] > 0,
        "average" if of_whom else "the mean of value",
        "above zero",
        "A fraction of it means nothing there: use the population attributable risk.",
    )
    among_equals = (1 - 2 * share * value / mean) * error**2
    chosen, words = reference_group(value, reference, among_equals)
    method = f"population attributable fraction{of_whom}, {words}"
    if of_whom:
        apart = (value - mean) / mean
        fraction, fraction_error = weighed_sum(chosen.astype(float), apart, error / mean)
        known = normal_limits(fraction, fraction_error, confidence, f"{method}, normal limits")
        fraction, low, high = known.value, known.lower, known.upper
    else:
        fraction, low, high, fraction_error = ratio_of_sums(
            chosen - share, share, value, error, confidence
        )
    if reference in BY_VALUE:
        parts = ((value - middle) / mean, error / mean, share)
        fraction, *limits = _lead(*parts, reference, confidence, times=value / mean)
        lower, upper = (np.where(np.isfinite(low), limit, np.nan) for limit in limits)
        method += f", {NEAREST_TRUTHS}"
    else:
        lower, upper = low, high
        method += ", normal limits" if of_whom else ", Fieller's limits"
    return Estimate(fraction, lower, upper, fraction_error, confidence, method)


def _average(
    value: FloatArray, population: FloatArray, average: ArrayLike | None
) -> tuple[FloatArray, FloatArray, str]:
    """Weight of each group in the average, what is counted from, ``(…, 1)``, and words.

    A known average moves with no group: its weights are zero and it is counted from. Otherwise it
    is counted from the first group.
    """
    if average is None:
        return population / population.sum(axis=-1, keepdims=True), value[..., :1], ""
    known = numbers(average, "average")
    try:
        known = np.broadcast_to(known, value.shape[:-1])
    except ValueError:
        raise InputError(
            f"average: shape {known.shape} found for groups of shape {value.shape}. Expected one "
            "number for each set of groups."
        ) from None
    within = (known >= value.min(axis=-1)) & (known <= value.max(axis=-1))
    require(
        within,
        "average",
        "between the lowest and the highest group",
        "No shares of these groups give it: take the one of the same people, years and unit.",
    )
    return np.zeros_like(value), known[..., None], " of a known average"


def reference_group(
    value: FloatArray, reference: str | int, among_equals: FloatArray
) -> tuple[NDArray[np.bool_], str]:
    """Where the reference group is, shape ``(…, k)``, and its name in words.

    Of groups that share the best value it is the one of which `among_equals` is largest, so that
    the order of rows decides nothing.
    """
    k = value.shape[-1]
    if isinstance(reference, str):
        one_of(reference, "reference", REFERENCES)
        words = f"{k} groups, {reference.replace('_', ' ')} group"
        if reference in BY_VALUE:
            place = place_of_best(value if reference == "highest" else -value, among_equals)
            return np.arange(k) == place, words
        return np.broadcast_to(np.arange(k) == k - 1, value.shape), words
    reference = place_of(reference, k)
    words = f"{k} groups, group {reference + 1}"
    return np.broadcast_to(np.arange(k) == reference, value.shape), words


def _lead(
    value: FloatArray,
    error: FloatArray,
    share: FloatArray,
    reference: str | int,
    confidence: float,
    *,
    times: FloatArray | float = 1.0,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Highest or lowest value less the mean, and limits; the mean counts `times` in each lead."""
    turned = 1 if reference == "highest" else -1
    lead = turned * (value - (share * value).sum(axis=-1, keepdims=True))
    common = (share**2 * error**2).sum(axis=-1, keepdims=True)
    variance = (1 - 2 * times * share) * error**2 + times**2 * common
    lower, upper = limits_of_best(lead, np.sqrt(np.maximum(variance, 0)), confidence)
    if reference == "lowest":
        lower, upper = -upper, -lower
    return turned * lead.max(axis=-1), lower, upper
