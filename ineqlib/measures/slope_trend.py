"""Is a gradient changing? The trend of its slope over many periods, which may overlap.

Pooled years that overlap (2015-17, 2016-18) hold the same people, so their slopes move together.
How much is known: two periods of which a third is shared have a third of their chance in common.
The line through the slopes is the plain one; its error counts what is shared.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, stdtr, stdtrit

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    above_zero,
    last_axis,
    one_of,
    require,
    same_labels,
    tail,
    z_score,
)
from ineqlib.measures._limits import from_log
from ineqlib.measures._periods import starts_in_years
from ineqlib.measures.change import (
    CHANGED_UNCLEAR,
    GAP_SCALES,
    NARROWER,
    REVERSED,
    STARTS_MAY_DIFFER,
    WIDER,
)
from ineqlib.measures.gradients import fit_line, groups_on
from ineqlib.measures.panel import shared
from ineqlib.measures.trends import NO_CHANGE

LEAST_PERIODS = 3
SPREADS = ("years", "chance")


@dataclass(frozen=True)
class SlopeTrend:
    """How a gradient changes; arrays of shape ``(…)``.

    Parameters
    ----------
    change
        Change a year: in the unit of the values (absolute), or as a ratio (relative).
    p
        How often as much would be seen where the gradient does not change.
    first, last
        The line through the slopes, at the first and at the last period.
    scatter_p
        How often chance alone would put the periods as far off their line; NaN without errors.
    verdict
        "wider", "narrower", "reversed" (one way at the first period, the other at the last), "no
        significant change", or "changed, cannot tell whether wider".
    """

    change: Estimate
    p: FloatArray
    first: FloatArray
    last: FloatArray
    scatter_p: FloatArray
    verdict: NDArray[np.str_]


def slope_trend(  # noqa: PLR0913 (four of them data)
    value: ArrayLike,
    population: ArrayLike,
    start: ArrayLike,
    *,
    se: ArrayLike | None = None,
    span: float = 1,
    scale: str = "absolute",
    spread: str = "years",
    confidence: float = 0.95,
) -> SlopeTrend:
    """Change a year of the slope or relative index of inequality, over three periods or more.

    Parameters
    ----------
    value
        Value of each group in each period, oldest period and most deprived group first, shape
        ``(…, periods, k)``, k at least 5. The same groups, cut by the same index, in all periods.
    population
        People in each group, same shape or broadcasting.
    start
        Start of each period in years, oldest first, shape ``(periods,)``.
    se
        Standard errors of `value`, same shape or broadcasting. Without them only the scatter of the
        periods about their line tells how sure it is.
    span
        Years in one period: 3 for three-year averages. Periods whose starts are nearer than that
        share people; their slopes are taken to have that share of their chance in common.
    scale
        ``"absolute"``: of `sii`, a change a year, equality at 0. ``"relative"``: of `rii`, on the
        log scale, a ratio a year, equality at 1. They can disagree; show both.
    spread
        ``"years"``: years may differ by more than chance; where they lie further off their line
        than chance explains, the interval is as much wider. ``"chance"``: as counted, nothing else.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    SlopeTrend
        Shape ``(…)``.

    Raises
    ------
    InputError
        Fewer than three periods or five groups; periods out of order or in no years; missing
        values; errors below zero; on the relative scale a line that does not stay above zero.
    ParameterError
        An unknown scale or spread; a span not above zero; a confidence that is not a fraction;
        ``spread="chance"`` without errors.

    Method
    ------
    title: Trend of a gradient
    sentence: Whether a slope becomes steeper or flatter over three periods or more.
    formula:
        b = Σ w_i s_i, with variance Σ w_i w_j V_ij max(1, Q / E)
        V_ij = m_ij Σ_g c_ig c_jg e_ig e_jg;  w_i = (t_i − t̄) / Σ (t − t̄)²
        s: slope index of a period (relative: log of the relative index); t: its start; m_ij: the
            part of their years that two periods share; c: how much a group's value adds to s; e:
            its standard error; Q: squares of s off the line; E: Q by chance alone
    use: One gradient over time, rolling averages among it. All periods, where change_in_gap takes
        two. On both scales: an absolute and a relative gap can move apart.
    avoid: Across a change of the deprivation index, of the groups or of how things are counted: one
        trend for each side. With a turning point: the straight line hides it.
    interval: Normal, on the log scale if relative; where years lie further off their line than
        chance explains, as much wider, by Student's t. Takes groups as independent, the line as
        straight, and years of a pooled period as equally large.
    source: Satterthwaite 1946, Biometrics Bull 2:110; Birge 1932, Phys Rev 40:207
    doi: 10.2307/3002019

    Notes
    -----
    Q has the variance 2T under V; Q/E is taken as chi-squared over its degrees of freedom E²/T
    (Satterthwaite). Where Q/E is above 1 the variance is multiplied by it (Birge) and Student's t
    takes the place of the normal.

    Examples
    --------
    >>> ranks, years = np.array([-0.4, -0.2, 0, 0.2, 0.4]), [2019, 2020, 2021, 2022]
    >>> value = [40 + slope * ranks for slope in (-20, -18, -16, -14)]
    >>> trend = slope_trend(value, [1] * 5, years, se=[0.5] * 5)
    >>> round(float(trend.change.value), 6), str(trend.verdict)
    (2.0, 'narrower')
    """
    one_of(scale, "scale", GAP_SCALES)
    one_of(spread, "spread", SPREADS if se is not None else ("years",))
    beyond = tail(confidence)
    same_labels(value=value, population=population, se=se)
    value, population, error = groups_on(value, population, se, "linear")
    when = starts_of(start, value)
    overlap = shared(np.abs(when[:, None] - when), above_zero(span, "span", " of years"))
    overlap = np.where(overlap > STARTS_MAY_DIFFER, overlap, 0.0)
    level, parts = slopes_of(value, population, scale)
    is_known = bool(np.isfinite(error).all())
    of_groups = parts * (error if is_known else np.ones_like(error))
    covariance = np.einsum("...ig,...jg->...ij", of_groups, of_groups) * overlap
    ratio, freedom = _scatter(level, covariance, when)
    is_wider = (ratio > 1) | (not is_known) if spread == "years" else np.zeros(ratio.shape, bool)
    covariance = covariance * np.where(is_wider, ratio, 1.0)[..., None, None]
    of_t = np.where(is_wider, freedom, np.inf)
    quantile = np.where(is_wider, -stdtrit(freedom, beyond), z_score(confidence))
    change, error_of_change = _weighed(line_weights(when), level, covariance)
    middle, error_of_middle = _weighed(np.full(len(when), 1 / len(when)), level, covariance)
    ends = [middle + change * (time - when.mean()) for time in (when[0], when[-1])]
    method = (
        f"{scale} change a year of the slope over {len(when)} periods, {value.shape[-1]} groups"
        f"{', counting the years they share' if overlap.sum() > len(when) else ''}"
        f"{', as much wider as years lie off their line' if is_wider.any() else ''}"
    )
    half = quantile * error_of_change
    limits = Estimate(change, change - half, change + half, error_of_change, confidence, method)
    verdict = _verdict(change, half, middle, quantile * error_of_middle, ends)
    scatter_p = chdtrc(freedom, freedom * ratio) if is_known else np.full(ratio.shape, np.nan)
    p = _p(change, error_of_change, of_t)
    if scale == "relative":
        limits, ends = from_log(limits), [np.exp(end) for end in ends]
    return SlopeTrend(limits, p, ends[0], ends[1], scatter_p, verdict)


def _weighed(
    weight: FloatArray, level: FloatArray, covariance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Weighed sum of the periods' slopes, and its standard error."""
    total = (weight * level).sum(axis=-1)
    return total, np.sqrt(np.einsum("i,...ij,j->...", weight, covariance, weight))


def starts_of(start: ArrayLike, value: FloatArray) -> FloatArray:
    """Return the starts of the periods of values ``(…, periods, k)``, refusing a wrong order."""
    when = starts_in_years(start)
    last_axis(when, "start", at_least=LEAST_PERIODS, what="periods")
    if when.ndim > 1 or value.ndim < 2 or value.shape[-2] != len(when):
        raise InputError(
            f"start has shape {when.shape} and value {value.shape}: expected one start for each "
            "period, and values as periods by groups on the last two axes."
        )
    return when


def line_weights(when: FloatArray) -> FloatArray:
    """Return what each period counts in the slope of the least squares line on time."""
    from_middle = when - when.mean()
    return from_middle / (from_middle**2).sum()


def slopes_of(
    value: FloatArray, population: FloatArray, scale: str
) -> tuple[FloatArray, FloatArray]:
    """Each period's slope, or the log of its relative index; and what each group adds to it."""
    line = fit_line(value, population)
    if scale == "absolute":
        return line.slope, line.leverage
    top, bottom = line.least_deprived_end, line.most_deprived_end
    require(
        (top > 0) & (bottom > 0),
        "ends of the fitted line",
        "above zero",
        "A ratio needs that: use scale='absolute'.",
    )
    above, below = (line.share + side * line.leverage / 2 for side in (1, -1))
    return np.log(top / bottom), above / top[..., None] - below / bottom[..., None]


def _scatter(
    level: FloatArray, covariance: FloatArray, when: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return how far periods lie off their line, over what the covariance explains; and on how many
    degrees of freedom."""
    design = np.stack([np.ones_like(when), when - when.mean()], axis=-1)
    off = np.eye(len(when)) - design @ np.linalg.pinv(design)
    residual = np.einsum("ij,...j->...i", off, level)
    seen = (residual**2).sum(axis=-1)
    mixed = np.einsum("ij,...jk->...ik", off, covariance)
    mean = np.einsum("...ii->...", mixed)
    twice = np.einsum("...ij,...ji->...", mixed, mixed)
    safe = mean > 0
    ratio = np.where(safe, seen / np.where(safe, mean, 1.0), 1.0)
    freedom = np.where(safe, mean**2 / np.where(safe, twice, 1.0), len(when) - 2.0)
    return ratio, freedom


def _p(change: FloatArray, error: FloatArray, freedom: FloatArray) -> FloatArray:
    known = error > 0
    distance = np.abs(change) / np.where(known, error, 1.0)
    at_once = np.where(change == 0, 1.0, 0.0)  # without any error whatever moves, moves for sure
    return np.where(known, 2 * stdtr(np.minimum(freedom, 1e9), -distance), at_once)


def _verdict(
    change: FloatArray,
    half: FloatArray,
    middle: FloatArray,
    middle_half: FloatArray,
    ends: list[FloatArray],
) -> NDArray[np.str_]:
    """Words for a gap with equality at 0, from its change and its middle."""
    changed = np.abs(change) > half
    sized = np.abs(middle) > middle_half
    cases = [~changed, ends[0] * ends[1] < 0, ~sized, change * middle > 0]
    words = [NO_CHANGE, REVERSED, CHANGED_UNCLEAR, WIDER]
    return np.asarray(np.select(cases, words, NARROWER))
