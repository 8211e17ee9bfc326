"""Funnel limits: how far from the average an area of this size may lie by chance alone.

Rates and ratios have exact Poisson limits, proportions Wilson's turned round. Where areas differ by
more than chance for reasons nobody is judging, `overdispersion` can widen them. Areas are on the
last axis; averages, values and limits are events per one of the denominator: multiply by 100 or
100,000 to print them.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gdtrib

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import not_negative, one_of, positive, tail, z_score
from ineqlib.measures.intervals import count_interval, wilson_interval
from ineqlib.measures.overdispersion import (
    KINDS,
    Areas,
    Overdispersion,
    check_average,
    checked_areas,
    from_root,
    one_for_each_funnel,
    root_error,
    to_root,
)

MODELS = ("multiplicative", "additive")

WARNING, ALARM = 0.95, 0.998
"""The two levels of a funnel, about two and three standard errors."""

LOWER_ALARM, HIGHER_ALARM = "lower (99.8%)", "higher (99.8%)"
LOWER_WARNING, HIGHER_WARNING = "lower (95%)", "higher (95%)"
SIMILAR = "similar"
NOT_APPLICABLE = "not applicable"


def funnel_limits(
    denominator: ArrayLike,
    average: ArrayLike,
    *,
    kind: str,
    confidence: float = WARNING,
    overdispersion: Overdispersion | None = None,
    model: str = "multiplicative",
) -> Estimate:
    """Limits within which areas of these sizes lie by chance if all share the average.

    Parameters
    ----------
    denominator
        Size of each area, shape ``(…, k)``: people of a proportion or rate, expected events of a
        ratio, ``events / rate`` of a directly standardised rate. Areas, or points to draw a curve.
    average
        Average of each funnel, per one of the denominator: one number, or shape ``(…)``.
    kind
        ``"proportion"``, ``"rate"``, ``"ratio"`` (observed over expected) or ``"dsr"``.
    confidence
        0.95 for the inner limits and 0.998 for the outer.
    overdispersion
        What `overdispersion` found among the areas; without it, chance alone.
    model
        ``"multiplicative"`` widens by the root of phi; ``"additive"`` adds tau² to the variance, so
        that large areas too keep room to differ.

    Returns
    -------
    Estimate
        Shape ``(…, k)``: the average, its limits for each size, and the standard error of an area
        of that size by chance.

    Raises
    ------
    InputError
        A denominator not above zero; an average that is no proportion, or not above zero.
    ParameterError
        An unknown kind or model; overdispersion of another kind.

    Method
    ------
    title: Funnel limits
    sentence: How far from the average an area of a given size may lie by chance alone.
    formula:
        proportion: θ ± z √(θ (1 − θ) / n), whose Wilson interval ends at θ; cut at 0 and 1
        rate, ratio: k / n, k being the events with a Poisson tail of exactly (1 − c) / 2:
          lower: χ²(1 − (1 − c)/2; 2k + 2) / 2 = nθ; upper: χ²((1 − c)/2; 2k) / 2 = nθ
        widened: θ (1 ± z w)², w² = φ / (4nθ) or 1 / (4nθ) + τ²; of proportions
          sin²(arcsin √θ ± z w), w² = φ / (4n) or 1 / (4n) + τ²; never nearer than by chance
        θ: average; n: people, or events expected; c: confidence; z: normal quantile of c; χ²(p; d):
            quantile of chi-squared on d degrees of freedom; φ, τ²: see overdispersion
    use: To draw areas of different size against their average, without ranking them.
    avoid: Where the areas are known to differ for reasons nobody is judging, without
        overdispersion: most of them will lie outside.
    interval: Two levels by custom, 95% and 99.8%. Of areas that share the average, 5 and 0.2 in 100
        lie outside; fewer where counts are small, for events come in whole numbers.
    source: Spiegelhalter 2005, Stat Med 24:1185
    doi: 10.1002/sim.1970

    Examples
    --------
    >>> limits = funnel_limits([100, 10_000], 0.2, kind="proportion")
    >>> limits.lower.round(3).tolist(), limits.upper.round(3).tolist()
    ([0.122, 0.192], [0.278, 0.208])
    """
    one_of(kind, "kind", KINDS)
    size = np.atleast_1d(positive(denominator, "denominator"))
    middle = check_average(not_negative(average, "average"), kind)
    middle = one_for_each_funnel(middle, "average", size)
    size, middle = np.broadcast_arrays(size, middle)
    return _limits(size, middle, kind, confidence, overdispersion, model)


def funnel_significance(
    count: ArrayLike, denominator: ArrayLike, *, kind: str, average: ArrayLike | None = None
) -> NDArray[np.str_]:
    """Judge each area by its own interval, as published: does it hold the average?

    Parameters
    ----------
    count, denominator, kind, average
        As in `outside_funnel`.

    Returns
    -------
    ndarray of str
        Shape ``(…, k)``: "lower (99.8%)", "lower (95%)", "similar", "higher (95%)",
        "higher (99.8%)", or "not applicable" for a directly standardised rate of fewer than 10
        events.

    Raises
    ------
    InputError, ParameterError
        As `outside_funnel`.

    Method
    ------
    title: Different from the average by its own interval
    sentence: Whether an area's own interval holds the average.
    formula:
        higher where the lower limit > θ, lower where the upper limit < θ
        at 99.8% first, then at 95%; θ = Σ events / Σ denominators unless given
    use: To give areas in a funnel the words published with the English template.
    avoid: As the word for being outside a widened funnel: that is outside_funnel's.
    interval: Wilson's for proportions; for the rest exact below 10 events and Byar's from 10.
        Standardised rates of fewer than 10 events are not judged.
    source: OHID (formerly PHE) funnel plot template and Public Health Technical Guidance

    Notes
    -----
    Byar's limits are an approximation, so near a limit this can differ from `outside_funnel`.

    Examples
    --------
    >>> funnel_significance([5, 20, 60], [100, 100, 100], kind="proportion", average=0.2).tolist()
    ['lower (99.8%)', 'similar', 'higher (99.8%)']
    """
    areas = checked_areas(count, denominator, kind, average)
    (far_lower, far_upper), (lower, upper) = (
        _own_interval(areas, kind, level) for level in (ALARM, WARNING)
    )
    middle = areas.average
    return _words(areas, far_upper < middle, upper < middle, far_lower > middle, lower > middle)


def outside_funnel(
    count: ArrayLike,
    denominator: ArrayLike,
    *,
    kind: str,
    average: ArrayLike | None = None,
    overdispersion: Overdispersion | None = None,
    model: str = "multiplicative",
) -> NDArray[np.str_]:
    """Judge each area by where its value lies in the funnel.

    Parameters
    ----------
    count
        Events in each area, shape ``(…, k)``.
    denominator
        As in `funnel_limits`; for a directly standardised rate of fewer than 10 events, which has
        no published value, it may be missing.
    kind, overdispersion, model
        As in `funnel_limits`.
    average
        Average to judge against, one number or shape ``(…)``; without it, all events over all
        denominators, each of which must then be known. For standardised rates take the rate of all
        areas together: `dsr` of their summed counts and populations, with ``multiplier=1``.

    Returns
    -------
    ndarray of str
        The words of `funnel_significance`, shape ``(…, k)``.

    Raises
    ------
    InputError
        A missing or negative count; a denominator not above zero; a proportion's count above its
        denominator; an average that is no proportion, or not above zero; no average where a
        denominator is missing.
    ParameterError
        As `funnel_limits`.

    Method
    ------
    title: Outside the funnel
    sentence: Whether an area lies further from the average than its funnel allows.
    formula:
        higher where x / n > upper limit of the funnel at n, lower where x / n < lower
    use: Beside a funnel, above all a widened one.
    avoid: As a verdict on how well an area does: it says where to look first.
    interval: As funnel_limits, at 99.8% and 95%.
    source: Spiegelhalter 2005, Stat Med 24:1185
    doi: 10.1002/sim.1970

    Examples
    --------
    >>> outside_funnel([5, 20, 60], [100, 100, 100], kind="proportion", average=0.2).tolist()
    ['lower (99.8%)', 'similar', 'higher (99.8%)']
    """
    areas = checked_areas(count, denominator, kind, average)
    size = np.where(areas.usable, areas.denominator, 1.0)
    size, middle = np.broadcast_arrays(size, areas.average)
    far, near = (
        _limits(size, middle, kind, level, overdispersion, model) for level in (ALARM, WARNING)
    )
    value = areas.count / size
    return _words(
        areas, value < far.lower, value < near.lower, value > far.upper, value > near.upper
    )


def _limits(
    size: FloatArray,
    average: FloatArray,
    kind: str,
    confidence: float,
    overdispersion: Overdispersion | None,
    model: str,
) -> Estimate:
    one_of(model, "model", MODELS)
    if not isinstance(overdispersion, Overdispersion | None):
        raise ParameterError(
            f"overdispersion={overdispersion!r}: expected what the function overdispersion returns."
        )
    z = z_score(confidence)
    if kind == "proportion":
        error = np.sqrt(average * (1 - average) / size)
        half = z * error
        lower, upper = np.maximum(average - half, 0.0), np.minimum(average + half, 1.0)
    else:
        error = np.sqrt(average / size)
        lower, upper = (events / size for events in _poisson_limits(average * size, confidence))
    words = "by chance alone"
    if overdispersion is not None:
        wide_lower, wide_upper = _widened(size, average, confidence, overdispersion, kind, model)
        lower, upper = np.minimum(lower, wide_lower), np.maximum(upper, wide_upper)
        words = f"{model} overdispersion, {overdispersion.method}"
    method = f"funnel limits of a {kind}, {words}"
    return Estimate(average, lower, upper, error, confidence, method)


def _poisson_limits(expected: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Numbers of events, read between whole numbers, that cut off the tails of a Poisson.

    The sum of the Poisson's terms up to k is an incomplete gamma function of k + 1, and the sum
    from k one of k, both of which take any k. Each number expected is solved for once.
    """
    beyond = tail(confidence)
    distinct, place = np.unique(expected, return_inverse=True)
    lower = np.maximum(gdtrib(1.0, 1 - beyond, distinct) - 1, 0.0)
    upper = gdtrib(1.0, beyond, distinct)
    return lower[place], upper[place]


def _widened(
    size: FloatArray,
    average: FloatArray,
    confidence: float,
    overdispersion: Overdispersion,
    kind: str,
    model: str,
) -> tuple[FloatArray, FloatArray]:
    """Limits on the root scale, with the spread between areas in them."""
    if overdispersion.kind != kind:
        raise ParameterError(
            f"overdispersion was found for kind={overdispersion.kind!r}, the limits are for "
            f"kind={kind!r}: find it for the same areas."
        )
    variance = root_error(size, average, kind) ** 2
    if model == "multiplicative":
        phi = one_for_each_funnel(overdispersion.phi, "overdispersion", size)
        variance = variance * np.maximum(phi, 1.0)
    else:
        tau_squared = one_for_each_funnel(overdispersion.tau_squared, "overdispersion", size)
        variance = variance + tau_squared
    half = z_score(confidence) * np.sqrt(variance)
    middle = to_root(average, average, kind)
    return from_root(middle - half, average, kind), from_root(middle + half, average, kind)


def _own_interval(areas: Areas, kind: str, confidence: float) -> tuple[FloatArray, FloatArray]:
    if kind == "proportion":
        return wilson_interval(areas.count, areas.denominator, confidence=confidence)
    lower, upper = count_interval(areas.count, confidence=confidence)
    return lower / areas.denominator, upper / areas.denominator


def _words(
    areas: Areas,
    far_below: NDArray[np.bool_],
    below: NDArray[np.bool_],
    far_above: NDArray[np.bool_],
    above: NDArray[np.bool_],
) -> NDArray[np.str_]:
    cases = [~areas.usable, far_below, far_above, below, above]
    words = [NOT_APPLICABLE, LOWER_ALARM, HIGHER_ALARM, LOWER_WARNING, HIGHER_WARNING]
    return np.asarray(np.select(cases, words, SIMILAR))
