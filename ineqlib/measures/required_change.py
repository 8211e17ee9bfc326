"""The change a year that leads from a figure to a target."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate
from ineqlib.measures._checks import (
    as_number,
    floats,
    not_negative,
    numbers,
    require,
    same_labels,
    together,
)
from ineqlib.measures._limits import student_limits


def required_change(
    now: ArrayLike,
    target: ArrayLike,
    *,
    years: float,
    se: ArrayLike = 0.0,
    freedom: ArrayLike = np.inf,
    confidence: float = 0.95,
) -> Estimate:
    """Change a year that leads from a figure to a target.

    Parameters
    ----------
    now, target
        The newest figure and what is to be reached, shape ``(…)``.
    years
        From the one to the other, above zero.
    se
        Standard error of the distance between them: the figure's own where somebody set the target,
        ``hypot`` of both where it is another area's. Same shape or broadcasting.
    freedom
        Degrees of freedom of `se`; infinite where a published interval says it.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        In the figure's unit a year, with Student's interval.

    Raises
    ------
    InputError
        A missing or infinite figure; a standard error below zero; no degree of freedom.
    ParameterError
        No year is left; a confidence that is not a fraction.

    Method
    ------
    title: Required change a year
    sentence: How much a figure must change each year to reach a target in time.
    formula:
        (target − now) / years ± t se / years
        se: standard error of the distance; t: Student's quantile on its degrees of freedom
    use: Beside the change a year that areas like this one ever achieved.
    avoid: As a forecast: it says what is asked, and nothing of what will come.
    interval: Student's on the degrees of freedom that the standard error has; normal where a
        published interval says it. Takes the figure as normal.
    source: UNICEF 2007, technical note on the average annual rate of reduction

    Notes
    -----
    The absolute twin of the required annual rate of reduction.

    Examples
    --------
    >>> required_change(20, 15, years=5, se=1.0).value.item()
    -1.0
    """
    left = as_number(years)
    if not 0 < left < np.inf:
        raise ParameterError(
            f"years={years!r}: expected a number above zero, the years left to the target."
        )
    same_labels(now=now, target=target, se=se)
    degrees = floats(freedom, "freedom")
    require(degrees > 0, "freedom", "above zero")
    start, end, error, degrees = together(
        now=numbers(now, "now"),
        target=numbers(target, "target"),
        se=not_negative(se, "se"),
        freedom=degrees,
    )
    method = "difference over the years, Student's interval"
    return student_limits((end - start) / left, error / left, confidence, method, freedom=degrees)
