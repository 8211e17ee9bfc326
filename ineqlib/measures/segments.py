"""Where a series of many areas breaks, told by what all of them do at once.

A rule of this package's own (docs/decisions/0032-what-was-ever-achieved.md), not a published test
for structural breaks: it serves the kinds that follow areas over time, and is not public.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import possibly_missing

FEWEST_STEPS = 4
FURTHER = 5.0
"""Times the usual step of the middle area, beyond which a step is no change but a break."""
WIDER = 2.5
"""Times the usual spread of the areas' steps."""
LEAST = 0.5
"""Of the usual spread: what the middle area may always do."""
NORMAL_MAD = 1.4826


def segments(value: ArrayLike) -> NDArray[np.intp]:
    """Number the unbroken segments of a series of many areas.

    A step between two periods is a break where the middle area moves five times as far as usual,
    or the areas move apart two and a half times as much: the count changed, not the areas. A
    single period off the line of those beside it is of no segment.

    Parameters
    ----------
    value : (areas, periods)
        Figures, oldest first; NaN where there is none.

    Returns
    -------
    ndarray (periods,)
        0, 1 ...; −1 for a period that is of none.

    Examples
    --------
    >>> years, areas = np.arange(8.0), np.linspace(-1, 1, 9)[:, None]
    >>> counted_anew = np.where(years < 5, 0, 40)
    >>> segments(years * (1 + areas / 10) + counted_anew).tolist()
    [0, 0, 0, 0, 0, 1, 1, 1]
    >>> segments(years * (1 + areas / 10) + np.where(years == 4, 40, 0)).tolist()
    [0, 0, 0, 0, -1, 0, 0, 0]
    """
    figures = possibly_missing(value, "value")
    if figures.ndim != 2:
        raise InputError(f"value has shape {figures.shape}; expected areas by periods.")
    numbers = np.zeros(figures.shape[1], np.intp)
    steps = figures[:, 1:] - figures[:, :-1]
    if steps.shape[1] < FEWEST_STEPS:
        return numbers
    middle, spread = _middle_and_spread(steps)
    broken = _broken(middle, spread, middle, spread)
    over = figures[:, 2:] - figures[:, :-2]
    back = ~_broken(*_middle_and_spread(over), middle, spread, periods=2)
    odd = np.zeros(len(numbers), bool)
    odd[1:-1] = broken[:-1] & broken[1:] & back
    segment = 0
    for period in range(1, len(numbers)):
        joins = odd[period] or odd[period - 1]
        segment += bool(broken[period - 1]) and not joins
        numbers[period] = segment
    numbers[odd] = -1
    return numbers


def _middle_and_spread(steps: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Middle step and half the range between quartiles; NaN where no area has both figures."""
    three = np.full((3, steps.shape[1]), np.nan)
    there = np.isfinite(steps).any(axis=0)
    three[:, there] = np.nanquantile(steps[:, there], [0.25, 0.5, 0.75], axis=0)
    return three[1], (three[2] - three[0]) / 2


def _broken(
    middle: FloatArray,
    spread: FloatArray,
    usual_middle: FloatArray,
    usual_spread: FloatArray,
    periods: int = 1,
) -> NDArray[np.bool_]:
    """Tell which steps are further, or further apart, than is usual."""
    centre, wide = np.nanmedian(usual_middle), np.nanmedian(usual_spread)
    usual = max(NORMAL_MAD * float(np.nanmedian(np.abs(usual_middle - centre))), LEAST * wide)
    far = np.abs(middle - periods * centre) > FURTHER * periods**0.5 * usual
    return np.asarray(far | (spread > WIDER * periods**0.5 * wide) | np.isnan(middle))
