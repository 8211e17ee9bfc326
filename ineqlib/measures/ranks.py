"""Ranks of areas, with how far each could be from the one printed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import numbers, one_for_each, positive, same_labels, tail

Counts = NDArray[np.int_]
MOST_PAIRS = 100_000_000
"""Of areas in all lists, which a few gigabytes of memory hold: more than those of 7,000 areas."""


@dataclass(frozen=True)
class Ranks:
    """Ranks from the lowest value, 1, upwards; all of shape ``(…, k)``.

    Parameters
    ----------
    rank
        By the values; equal values share the smaller rank.
    lower, upper
        The ranks that cannot be ruled out, for all areas at once.
    """

    rank: Counts
    lower: Counts
    upper: Counts


def rank_intervals(value: ArrayLike, se: ArrayLike, *, confidence: float = 0.95) -> Ranks:
    """Rank areas by their estimates, each with the ranks that chance leaves possible.

    Parameters
    ----------
    value
        Value of each area, shape ``(…, k)``, k at least 2. Give it with its sign turned to rank
        from the highest.
    se
        Standard error of each, above zero, same shape or broadcasting. Areas are taken to be
        independent of one another.
    confidence
        Chance, at least, that all the intervals hold the true ranks at once, as a fraction.

    Returns
    -------
    Ranks
        Of every area.

    Raises
    ------
    InputError
        Fewer than two areas; a missing value; a standard error that is not above zero; so many
        areas that their pairs are beyond a computer's memory.

    Method
    ------
    title: Rank with its interval
    sentence: Which places in the order an area could have, when chance is allowed for.
    formula:
        lower = 1 + areas surely below; upper = k − areas surely above
        surely: 1 − Φ((y_i − y_j) / √(se_i² + se_j²)) stands by Holm's rule
        y: an area's value; se: its standard error; k: areas; Φ: normal distribution function
    use: Wherever areas are put in order: most ranks in the middle say very little.
    avoid: To choose the worst or best of many areas: use a test against a reference instead.
    interval: All areas' intervals hold at once with the confidence named or more. Takes the values
        as normal and independent of one another.
    source: Mogstad, Romano, Shaikh and Wilhelm 2024, Rev Econ Stud 91:476 (there with the
        bootstrap); Holm 1979, Scand J Stat 6:65

    Examples
    --------
    >>> ranks = rank_intervals([70.0, 80.0, 80.5], [0.5, 0.5, 0.5])
    >>> ranks.rank.tolist(), ranks.lower.tolist(), ranks.upper.tolist()
    ([1, 2, 3], [1, 2, 2], [1, 3, 3])
    """
    same_labels(value=value, se=se)
    value, error = one_for_each("areas", 2, value=numbers(value, "value"), se=positive(se, "se"))
    areas = value.shape[-1]
    if value.size * areas > MOST_PAIRS:
        raise InputError(
            f"value: {value.size * areas:,} pairs of areas found, at most {MOST_PAIRS:,} expected, "
            "each of which is tested. Give fewer lists at a time, or larger areas."
        )
    apart = value[..., :, None] - value[..., None, :]
    scale = np.hypot(error[..., :, None], error[..., None, :])
    p = ndtr(-apart / scale)
    p[..., np.arange(areas), np.arange(areas)] = 1.0
    above = _holm(p.reshape(*p.shape[:-2], areas**2), areas * (areas - 1), 2 * tail(confidence))
    above = above.reshape(p.shape)
    rank = 1 + (apart > 0).sum(axis=-1)
    return Ranks(rank, 1 + above.sum(axis=-1), areas - above.sum(axis=-2))


def _holm(p: FloatArray, tests: int, level: float) -> NDArray[np.bool_]:
    """Tell which of some p-values stand by Holm's rule; those beyond `tests` are 1 and do not."""
    order = np.argsort(p, axis=-1)
    left = np.maximum(tests - np.arange(p.shape[-1]), 1)
    small = np.take_along_axis(p, order, axis=-1) <= level / left
    stands = np.empty(p.shape, dtype=bool)
    np.put_along_axis(stands, order, np.logical_and.accumulate(small, axis=-1), axis=-1)
    return stands
