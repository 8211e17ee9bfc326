"""Has a gap changed between two periods? The change with its interval, and what to call it."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    above_zero,
    one_of,
    possibly_missing,
    require,
    together,
    z_score,
)
from ineqlib.measures._estimates import an_estimate, same_rows
from ineqlib.measures._limits import from_log, normal_limits
from ineqlib.measures._periods import starts_in_years
from ineqlib.measures.comparison import NOT_COMPARED
from ineqlib.measures.trends import NO_CHANGE

GAP_SCALES = ("absolute", "relative")

WIDER, NARROWER = "wider", "narrower"
REVERSED = "reversed"
CHANGED_UNCLEAR = "changed, cannot tell whether wider"

STARTS_MAY_DIFFER = 0.02
"""Starts of years may differ by a week without two periods sharing people."""


@dataclass(frozen=True)
class GapChange:
    """How much a gap changed and what to call it; arrays of shape ``(…)``.

    Parameters
    ----------
    change
        After minus before (absolute), or after over before (relative), with its sign and interval.
    verdict
        "wider" or "narrower" (further from equality or nearer to it), "reversed" (the other end is
        now ahead), "no significant change", "changed, cannot tell whether wider", or "not compared"
        where a value or standard error does not exist.
    """

    change: Estimate
    verdict: NDArray[np.str_]


def change_in_gap(
    before: Estimate | pd.Series | pd.DataFrame,
    after: Estimate | pd.Series | pd.DataFrame,
    *,
    start: ArrayLike,
    span: float = 1,
    scale: str = "absolute",
) -> GapChange:
    """Change of a gap between two periods that share nobody.

    Parameters
    ----------
    before, after
        The gap in the earlier and the later period, shape ``(…)``, as a measure returns it or as a
        row (or rows) of `measure_table`: differences or slope indices with ``scale="absolute"``;
        ratios or relative indices with ``scale="relative"``. Same measure, groups and deprivation
        vintage in both: a gap between fifths does not compare with one between tenths, and is
        refused where their `method` tells.
    start
        Start of each period in years, the earlier first: ``(2015, 2018)``.
    span
        Years in one period: 3 for three-year averages. Periods that overlap (2015-17 and 2016-18)
        hold the same people twice and are refused: pick two that do not.
    scale
        ``"absolute"``: a difference of differences, equality at 0. ``"relative"``: a ratio of
        ratios on the log scale, equality at 1. The two can disagree; show both.

    Returns
    -------
    GapChange
        Shape ``(…)``: the change in the unit of the gap, or as a ratio, and its verdict in words.

    Raises
    ------
    InputError
        Periods that overlap, are out of order or in no years; confidence levels, measures, numbers
        of groups or rows that differ; on the relative scale a gap not above zero.
    ParameterError
        An unknown scale; a span not above zero; other than two starts.

    Method
    ------
    title: Change in a gap
    sentence: Whether a gap has become wider or narrower between two periods, and by how much.
    formula:
        absolute: a − b, with variance se_a² + se_b²
        relative: a / b, with variance of its log (se_a / a)² + (se_b / b)²
        wider: a − b and a + b differ from 0 and have one sign; narrower: two signs
        reversed: the intervals of b and of a lie on opposite sides of equality
        b, a: the gap before and after (for the words, on the log scale if relative)
    use: Two periods that share nobody, with the same groups and the same deprivation index.
    avoid: Rolling averages that overlap. Comparing whether the two intervals overlap, which misses
        real changes. One scale alone: absolute and relative gaps can move apart.
    interval: Normal, on the log scale if relative. Takes the two periods as independent; a gap of
        the same size before and after is called wider or narrower at most 5 times in 100.
    source: Schenker and Gentleman 2001, Am Stat 55:182; Altman and Bland 2003, BMJ 326:219

    Notes
    -----
    On the scale with equality at 0 (the gap, or the log of the ratio) let b and a be the gap before
    and after, independent of one another and normal. The change is a - b with variance ``se_a² +
    se_b²``. Because ``a² - b² = (a - b)(a + b)``, the gap is wider where change and sum have the
    same sign and both differ from zero at the confidence of the estimates, narrower where their
    signs differ. It is reversed where the intervals before and after lie on opposite sides of
    equality.

    Examples
    --------
    >>> before, after = Estimate(6.0, 5.02, 6.98, 0.5), Estimate(8.0, 7.02, 8.98, 0.5)
    >>> widening = change_in_gap(before, after, start=(2015, 2018), span=3)
    >>> float(widening.change.value), round(float(widening.change.lower), 2), str(widening.verdict)
    (2.0, 0.61, 'wider')
    """
    relative = one_of(scale, "scale", GAP_SCALES) == "relative"
    _check_periods(start, span)
    same_rows(before=before, after=after)
    before, after = an_estimate(before, "before"), an_estimate(after, "after")
    _check_alike(before, after)
    if before.confidence != after.confidence:
        raise InputError(
            f"before has {before.confidence:.1%} limits and after {after.confidence:.1%}: "
            "make both at one level."
        )
    old, new, old_error, new_error = together(
        before=possibly_missing(before.value, "before"),
        after=possibly_missing(after.value, "after"),
        before_se=possibly_missing(before.se, "before se"),
        after_se=possibly_missing(after.se, "after se"),
    )
    for error, name in ((old_error, "before se"), (new_error, "after se")):
        require(~(error < 0), name, "zero or above")
    if relative:
        for gap, name in ((old, "before"), (new, "after")):
            require(~(gap <= 0), name, "above zero", "A ratio is: use scale='absolute'.")
        old_error, new_error = old_error / old, new_error / new
        old, new = np.log(old), np.log(new)
    error = np.hypot(old_error, new_error)
    z = z_score(before.confidence)
    method = f"{scale} change of a gap, independent periods of {span:g} years"
    change = normal_limits(new - old, error, before.confidence, method)
    verdict = _verdict(old, new, z * old_error, z * new_error, z * error)
    return GapChange(from_log(change) if relative else change, verdict)


def _check_alike(before: Estimate, after: Estimate) -> None:
    """Refuse gaps whose methods name another measure or number of groups; made by hand, neither."""
    for what, pattern in (("measure", r"^[^,]+"), ("number of groups", r"\b\d+ groups\b")):
        old, new = (re.search(pattern, gap.method) for gap in (before, after))
        if old and new and old[0] != new[0]:
            raise InputError(
                f"before and after differ in their {what}: {old[0]!r} and {new[0]!r}. A change "
                "between the two means nothing: make both alike."
            )


def _check_periods(start: ArrayLike, span: float) -> None:
    above_zero(span, "span", " of years in one period")
    when = starts_in_years(start)
    if when.shape != (2,):
        raise ParameterError(f"start={start!r}: expected the starts of two periods, earlier first.")
    earlier, later = when
    if later - earlier < span - STARTS_MAY_DIFFER:
        raise InputError(
            f"start={start!r}: periods of {span:g} years overlap and hold the same people twice, "
            "so their change has no interval of this kind. Pick two that do not overlap."
        )


def _verdict(
    old: FloatArray, new: FloatArray, old_half: FloatArray, new_half: FloatArray, half: FloatArray
) -> NDArray[np.str_]:
    """Words for gaps with equality at 0, from half-widths of their intervals."""
    change, total = new - old, new + old
    changed, sized = np.abs(change) > half, np.abs(total) > half
    reversed_ = (np.abs(old) > old_half) & (np.abs(new) > new_half) & (old * new < 0)
    cases = [
        np.isnan(change + half),
        reversed_,
        ~changed,
        ~sized,
        change * total > 0,
    ]
    words = [NOT_COMPARED, REVERSED, NO_CHANGE, CHANGED_UNCLEAR, WIDER]
    return np.asarray(np.select(cases, words, NARROWER))
