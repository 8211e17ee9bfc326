"""The one thing a measure returns: a value with its interval and how it was made."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


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
        fields = (self.value, self.lower, self.upper, self.se)
        value, lower, upper, se = (np.asarray(field)[key] for field in fields)
        return Estimate(value, lower, upper, se, self.confidence, self.method)


def _plain(number: FloatArray) -> str:
    """Write a number as one, not as numpy has it; an array as a list, cut where it is long."""
    array = np.asarray(number)
    if array.ndim == 0:
        return f"{float(array):.6g}"
    return np.array2string(array, precision=6, separator=", ", threshold=20)
