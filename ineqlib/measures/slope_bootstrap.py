"""The trend of a gradient's slope with limits by a bootstrap over the counts of areas or groups."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import BEYOND, above_zero, one_of, require, z_score
from ineqlib.measures._groups import group_counts
from ineqlib.measures.change import GAP_SCALES
from ineqlib.measures.gradients import LEAST_GROUPS, fit_line
from ineqlib.measures.simulation import BLOCK, Simulation, check_simulation, limit_places
from ineqlib.measures.slope_trend import line_weights, slopes_of, starts_of

MOST_EVENTS = 1e15
"""Beyond that single events are below what a number on a computer tells apart."""


def slope_trend_bootstrap(  # noqa: PLR0913 (three of them data)
    count: ArrayLike,
    population: ArrayLike,
    start: ArrayLike,
    *,
    simulation: Simulation,
    span: float = 1,
    scale: str = "absolute",
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Change a year of the slope of crude rates, its limits from draws of the counts.

    Where counts are small, rates are skewed and `slope_trend` takes them for normal; here nothing
    is. Years that overlapping periods share are drawn once for all that share them.

    Parameters
    ----------
    count
        Events of each area or group in each period, oldest period and most deprived first, shape
        ``(…, periods, k)``, k at least 5.
    population
        People, or person-years where `count` is of several years; same shape or broadcasting.
    start, span
        As in `slope_trend`.
    simulation
        Generator and number of draws; its noise is not asked for, for counts are Poisson.
    scale
        ``"absolute"``, in events per `multiplier` a year, or ``"relative"``, a ratio a year.
    multiplier
        What a rate is per.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``. NaN limits where draws have no positive line on the relative scale. The
        standard error is the one the limits imply.

    Raises
    ------
    InputError
        As `slope_trend`; a count below zero; a population not above zero.
    ParameterError
        As `slope_trend`; a seed in place of a generator.

    Method
    ------
    title: Trend of a gradient, by a bootstrap
    sentence: The same from counts of areas or groups, drawn again many times.
    formula:
        C*_ig = C_ig + Σ_h (D_hg − μ_hg), D Poisson of mean μ, over the stretches h of i
        C: count of a group in a period; μ: what a stretch of time is expected to have, on average
            over the periods that hold it; b* from C* as in slope_trend
    use: Crude rates of small counts, whose rates are skewed.
    avoid: Where years differ by more than chance, or counts are large: slope_trend. For
        standardised rates.
    interval: Places round(R (1 − q)) and round(R q) of R draws in order, q = ½ (1 + confidence).
        They change with the generator. Takes counts as Poisson.
    source: Efron and Tibshirani 1993, An Introduction to the Bootstrap

    Notes
    -----
    Time is cut wherever a period begins or ends. What a stretch of a period is expected to have is
    its part of the period's count, on average over the periods that hold it; what is drawn is
    Poisson. A period's count is moved by what its stretches were drawn above their expectation.

    Examples
    --------
    >>> counts = [[50, 40, 30, 20, 10], [48, 38, 30, 22, 12], [46, 36, 30, 24, 14]]
    >>> simulation = Simulation(np.random.default_rng(1), draws=1000)
    >>> trend = slope_trend_bootstrap(
    ...     counts, [1000] * 5, [2018, 2019, 2020], simulation=simulation, span=3, multiplier=1000)
    >>> round(float(trend.value), 6), bool(trend.lower < 0 < trend.upper)
    (6.0, True)
    """
    one_of(scale, "scale", GAP_SCALES)
    check_simulation(simulation)
    z = z_score(confidence)
    places = limit_places(simulation.draws, confidence)
    per = above_zero(multiplier, "multiplier")
    events, people = group_counts(count, population, at_least=LEAST_GROUPS)
    require(events <= MOST_EVENTS, "count", f"of at most {MOST_EVENTS:g}", BEYOND)
    when = starts_of(start, events)
    inside, length = stretches_of(when, above_zero(span, "span", " of years in one period"))
    weight = line_weights(when)
    level, _ = slopes_of(per * events / people, people, scale)
    change = (weight * level).sum(axis=-1)
    # What each stretch of time is expected to have, on average over the periods that hold it.
    expected = np.einsum("it,...ig->...tg", inside / inside.sum(axis=0), events)
    expected = expected * (length / span)[:, None]
    flat = [part.reshape(-1, *part.shape[-2:]) for part in (events, people, expected)]
    limits = np.empty((len(flat[0]), 2))
    for problem, (own, lived, mean) in enumerate(zip(*flat, strict=True)):
        drawn = _draws(own, lived, mean, inside, simulation, scale) @ weight
        drawn.partition(places)
        limits[problem] = drawn[places] if np.isfinite(drawn).all() else np.nan
    lower, upper = limits.T.reshape(2, *change.shape)
    if scale == "absolute":
        lower, upper = per * lower, per * upper
        se = (upper - lower) / (2 * z)
    else:
        change, lower, upper = np.exp(change), np.exp(lower), np.exp(upper)
        se = change * np.log(upper / lower) / (2 * z)
    method = (
        f"{scale} change a year of the slope over {len(when)} periods, {events.shape[-1]} groups, "
        f"limits of {simulation.draws:,} draws of their counts"
    )
    return Estimate(change, lower, upper, se, confidence, method)


def stretches_of(when: FloatArray, span: float) -> tuple[FloatArray, FloatArray]:
    """Cut time wherever a period begins or ends.

    Returns
    -------
    tuple
        1 where a period holds a stretch, shape ``(periods, stretches)``; and the stretches' years.
    """
    cuts = np.unique(np.round(np.concatenate([when, when + span]), 6))
    middle = (cuts[1:] + cuts[:-1]) / 2
    inside = (middle > when[:, None]) & (middle < when[:, None] + span)
    used = inside.any(axis=0)
    return inside[:, used].astype(float), np.diff(cuts)[used]


def _draws(
    events: FloatArray,
    people: FloatArray,
    expected: FloatArray,
    inside: FloatArray,
    simulation: Simulation,
    scale: str,
) -> FloatArray:
    """Slopes, or logs of relative indices, of each draw of one problem: ``(draws, periods)``."""
    levels = np.empty((simulation.draws, len(events)))
    at_once = max(BLOCK // expected.size, 1)
    for done in range(0, simulation.draws, at_once):
        part = levels[done : done + at_once]
        beyond = simulation.rng.poisson(expected, (len(part), *expected.shape)) - expected
        counts = np.maximum(events + np.einsum("it,dtg->dig", inside, beyond), 0.0)
        part[:] = _levels(counts / people, people, scale)
    return levels


def _levels(rate: FloatArray, people: FloatArray, scale: str) -> FloatArray:
    """Slopes, or logs of relative indices; NaN where a line does not stay above zero."""
    line = fit_line(rate, people)
    if scale == "absolute":
        return line.slope
    top, bottom = line.least_deprived_end, line.most_deprived_end
    above = (top > 0) & (bottom > 0)
    return np.where(above, np.log(np.where(above, top, 1) / np.where(above, bottom, 1)), np.nan)
