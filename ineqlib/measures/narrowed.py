"""Who came nearer to a figure by more than others that began as far from it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray

FEWEST = 12
LEVEL = 0.95


class Narrowed(NamedTuple):
    """How areas moved beside those that began as far away.

    Parameters
    ----------
    expected
        Change of the gap of areas that began as far away, by a straight line through all areas.
    beyond
        Change less that, with the interval of one more such area.
    p
        Chance of as much, either way, where an area does as the others.
    slope
        What each unit of distance at the start comes nearer by itself.
    """

    expected: FloatArray
    beyond: Estimate
    p: FloatArray
    slope: float


def narrowed_beyond(before: ArrayLike, after: ArrayLike) -> Narrowed:
    """Compare each area's change of a gap with that of areas that began as far away.

    Whoever begins far out has, more often than not, had bad luck, and comes back by itself:
    regression to the mean. The line through all areas holds that, and whatever else brings areas
    together.

    Parameters
    ----------
    before, after : (areas,)
        The gap of each area at the start and at the end; NaN where it is not known.

    Returns
    -------
    Narrowed
        NaN for an area without both.

    Raises
    ------
    InputError
        Fewer than twelve areas have both.

    Examples
    --------
    >>> before = np.arange(-10.0, 11.0)
    >>> after = 0.5 * before  # every gap halves by itself
    >>> after[0] += 2  # but one area did more
    >>> done = narrowed_beyond(before, after)
    >>> bool(done.p[0] < 0.001), bool(done.p[5] > 0.2)
    (True, True)
    """
    start, end = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    change = end - start
    known = np.isfinite(change)
    count = int(known.sum())
    if count < FEWEST:
        raise InputError(
            f"{count} areas have a gap at the start and at the end; expected {FEWEST} or more, to "
            "tell what those that begin as far away do."
        )
    x, y = start[known], change[known]
    middle, squares = x.mean(), ((x - x.mean()) ** 2).sum()
    slope = float(((x - middle) * y).sum() / squares) if squares > 0 else 0.0
    # Of each area by the line through the others: it is no evidence for itself.
    leverage = 1 / count + ((x - middle) ** 2 / squares if squares > 0 else 0.0)
    off = y - y.mean() - slope * (x - middle)
    total, freedom = (off**2).sum(), count - 3
    deleted = off / (1 - leverage)
    variance = np.maximum(total - off**2 / (1 - leverage), 0) / freedom
    se = np.sqrt(variance / (1 - leverage))
    reach = stdtrit(freedom, 0.5 + LEVEL / 2) * se
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(se > 0, np.abs(deleted) / se, np.where(np.abs(deleted) > 0, np.inf, 0.0))
    columns = np.full((6, len(start)), np.nan)
    columns[:, known] = [
        *(y - deleted, deleted, deleted - reach, deleted + reach, se),
        2 * stdtr(freedom, -t),
    ]
    expected, value, low, high, error, p = columns
    method = "change less that of areas that began as far away, by the line through the others"
    return Narrowed(expected, Estimate(value, low, high, error, LEVEL, method), p, slope)
