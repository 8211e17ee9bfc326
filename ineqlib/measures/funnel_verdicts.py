"""What to call an area of a funnel: by its own interval, or by where it lies in the funnel."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures.funnel import WARNING, Funnel
from ineqlib.measures.intervals import count_interval, wilson_interval
from ineqlib.measures.overdispersion import Areas, Overdispersion, checked_areas

ALARM = 0.998
"""Confidence of a funnel's outer limits, about three standard errors."""

LOWER_ALARM, HIGHER_ALARM = "lower (99.8%)", "higher (99.8%)"
LOWER_WARNING, HIGHER_WARNING = "lower (95%)", "higher (95%)"
SIMILAR = "similar"
NOT_APPLICABLE = "not applicable"


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
    funnel = Funnel(kind, overdispersion, model)
    far, near = (funnel.limits(size, middle, level) for level in (ALARM, WARNING))
    value = areas.count / size
    return _words(
        areas, value < far.lower, value < near.lower, value > far.upper, value > near.upper
    )


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
