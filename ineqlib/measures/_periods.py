"""When periods begin, in years: what every measure over time refuses."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import numbers, require

LATEST = 10_000
"""What is no year is a year and the next in one number, 201516, or a moment as computers count."""


def starts_in_years(start: ArrayLike) -> FloatArray:
    """Return starts of periods, oldest first, refusing what are no years or another order.

    From 201516 to 201617 would be 101 years, in which nothing is shared.
    """
    when = np.atleast_1d(numbers(start, "start"))
    require(
        np.abs(when) < LATEST,
        "start",
        "a year",
        "Give 2015, or 2015.25 for a year from April; not 201516, and not a date.",
    )
    require(np.diff(when) > 0, "steps between starts", "above zero (oldest period first)")
    return when
