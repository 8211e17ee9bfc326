"""The least and the greatest value there could be, where a measure asks for them."""

import numpy as np

from ineqlib.errors import ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import as_number, require


def within(
    value: FloatArray, bounds: tuple[float, float], *, open_above: bool = False
) -> tuple[float, float]:
    """Return the bounds as numbers, refusing bounds that are none and values outside them."""
    low, high = bounds_of(bounds, open_above=open_above)
    require((value >= low) & (value <= high), "value", f"within the bounds {low:g} and {high:g}")
    return low, high


def bounds_of(bounds: tuple[float, float], *, open_above: bool = False) -> tuple[float, float]:
    """Return the bounds as numbers, refusing bounds that are none."""
    try:
        low, high = (as_number(bound) for bound in bounds)
    except (TypeError, ValueError):
        low = high = np.nan
    bounded = -np.inf < low < high and (open_above or high < np.inf)
    if not bounded:
        raise ParameterError(
            f"bounds={bounds!r}: expected the least and the greatest value there could be, "
            "such as (0, 100) of a percentage."
        )
    return low, high
