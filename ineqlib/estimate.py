"""The one thing a measure returns: a value with its interval and how it was made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LIMITS_APART = 3.92
"""Standard errors between the two limits of a 95% interval, where it is even."""


@dataclass(frozen=True)
class Estimate:
    """A value, its interval and its method; arrays share one shape.

    Parameters
    ----------
    value, lower, upper, se
        Arrays of one shape, or scalars (0-d). A limit or standard error that does not exist is NaN.
    confidence
        Level of the interval as a fraction, 0.95 for 95%.
    method
        How the value and interval were made, in words for a methods note.
    """

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    se: FloatArray
    confidence: float = 0.95
    method: str = ""

    def __repr__(self) -> str:
        parts = {name: getattr(self, name) for name in ("value", "lower", "upper", "se")}
        shown = [f"{name}={_plain(part)}" for name, part in parts.items()]
        return f"Estimate({', '.join(shown)}, {self.confidence:g}, {self.method!r})"

    def __getitem__(self, key: Any) -> "Estimate":
        """One problem, or a slice of them, out of a batch."""
        return self.map_parts(lambda part: part[key])

    def map_parts(self, change: Callable[[FloatArray], FloatArray]) -> "Estimate":
        """Return the estimate with value, limits and standard error changed alike.

        Examples
        --------
        >>> Estimate(0.1, 0.05, 0.15, 0.025).map_parts(lambda part: 100 * part)
        Estimate(value=10, lower=5, upper=15, se=2.5, 0.95, '')
        """
        parts = (self.value, self.lower, self.upper, self.se)
        value, lower, upper, se = (np.asarray(change(np.asarray(part))) for part in parts)
        return Estimate(value, lower, upper, se, self.confidence, self.method)


def _plain(number: FloatArray) -> str:
    """Write a number as one, not as numpy has it; an array as a list, cut where it is long."""
    array = np.asarray(number)
    if array.ndim == 0:
        return f"{float(array):.6g}"
    return np.array2string(array, precision=6, separator=", ", threshold=20)
