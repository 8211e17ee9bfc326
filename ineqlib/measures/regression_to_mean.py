"""Change beyond what areas that began as far away do: regression to the mean allowed for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import possibly_missing, same_labels, tail, together
from ineqlib.measures._limits import ratio_or

FEWEST = 12


@dataclass(frozen=True)
class ChangeBeyond:
    """How areas changed beside those that began as far away; NaN for an area without both figures.

    Parameters
    ----------
    expected
        Change of areas that began as far away, by the straight line through all others, shape
        ``(…, areas)``.
    beyond
        Change less that, with the interval for one more such area, same shape.
    p
        Chance of as much, either way, where an area does as the others, same shape.
    slope
        What a unit of distance at the start changes by itself, shape ``(…)``.
    """

    expected: FloatArray
    beyond: Estimate
    p: FloatArray
    slope: FloatArray


def change_beyond_regression_to_mean(
    before: ArrayLike, after: ArrayLike, *, confidence: float = 0.95
) -> ChangeBeyond:
    """Compare each area's change with that of areas that began as far away.

    Whoever begins far out has, more often than not, had bad luck, and comes back by itself:
    regression to the mean. The line through all areas holds that, and whatever else brings areas
    together.

    Parameters
    ----------
    before, after
        Figure of each area at the start and at the end, such as its gap to a country's, shape
        ``(…, areas)``; NaN where it is not known.
    confidence
        Level of the intervals as a fraction.

    Returns
    -------
    ChangeBeyond
        Of every area; NaN for one without both figures.

    Raises
    ------
    InputError
        Fewer than twelve areas have both figures; text or infinities.

    Method
    ------
    title: Change beyond regression to the mean
    sentence: Which areas changed by more, or less, than those that began as far away.
    formula:
        beyond = y − ŷ₍ᵢ₎(x); t = beyond / (s₍ᵢ₎ / √(1 − h)), on n − 3 degrees of freedom
        x: figure at the start; y: change since; ŷ₍ᵢ₎, s₍ᵢ₎: line of y on x by least squares
        through all areas but this one, and its residual spread; h: leverage of the area
    use: Who really narrowed a gap: an area that begins far out comes back by itself.
    avoid: As a verdict on a project chosen beforehand: compare with areas chosen without looking at
        outcomes. Of many areas, mark those that stand by false_discovery.
    interval: Student's, for one more area that did as the others. Areas are taken as independent,
        and departures from the line as normal and as wide everywhere.
    source: Barnett, van der Pols and Dobson 2005, Int J Epidemiol 34:215; Belsley, Kuh and Welsch
        1980, Regression Diagnostics
    doi: 10.1093/ije/dyh299

    Examples
    --------
    >>> before = np.arange(-10.0, 11.0)
    >>> after = 0.5 * before  # every gap halves by itself
    >>> after[0] += 2  # but one area did more
    >>> done = change_beyond_regression_to_mean(before, after)
    >>> bool(done.p[0] < 0.001), bool(done.p[5] > 0.2)
    (True, True)
    """
    same_labels(before=before, after=after)
    start, end = together(
        before=np.atleast_1d(possibly_missing(before, "before")),
        after=np.atleast_1d(possibly_missing(after, "after")),
    )
    known = np.isfinite(start) & np.isfinite(end)
    count = known.sum(axis=-1, keepdims=True)
    if (count < FEWEST).any():
        raise InputError(
            f"before and after: {count.min()} areas have both; expected {FEWEST} or more, to tell "
            "what those that begin as far away do."
        )
    x, y = np.where(known, start, 0.0), np.where(known, end - start, 0.0)
    x = np.where(known, x - x.sum(axis=-1, keepdims=True) / count, 0.0)
    y_mean = y.sum(axis=-1, keepdims=True) / count
    squares = (x**2).sum(axis=-1, keepdims=True)
    slope = ratio_or((x * y).sum(axis=-1, keepdims=True), squares, 0.0)
    # Of each area by the line through the others: it is no evidence for itself.
    left = 1 - 1 / count - ratio_or(x**2, squares, 0.0)
    residual = np.where(known, y - y_mean - slope * x, 0.0)
    total, freedom = (residual**2).sum(axis=-1, keepdims=True), count - 3
    with np.errstate(divide="ignore", invalid="ignore"):
        deleted = residual / left
        se = np.sqrt(np.maximum(total - residual**2 / left, 0) / freedom / left)
        t = np.where(se > 0, np.abs(deleted) / se, np.where(np.abs(deleted) > 0, np.inf, 0.0))
        reach = -stdtrit(freedom, tail(confidence)) * se
    parts = (y - deleted, deleted, deleted - reach, deleted + reach, se, 2 * stdtr(freedom, -t))
    expected, value, lower, upper, error, p = (np.where(known, part, np.nan) for part in parts)
    method = "change less that of areas that began as far away, by the line through the others"
    beyond = Estimate(value, lower, upper, error, confidence, method)
    return ChangeBeyond(expected, beyond, p, slope[..., 0])
