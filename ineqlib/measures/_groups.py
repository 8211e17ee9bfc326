"""What a measure takes of groups: values or counts, people and standard errors, in one shape."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import not_negative, numbers, one_for_each, positive, same_labels
from ineqlib.measures.group_labels import check_group_labels

NO_WEIGHTS = 1.0
"""Population for a measure that weighs no group."""


def group_data(
    value: ArrayLike,
    population: ArrayLike,
    se: ArrayLike | None,
    *,
    at_least: int = 2,
    ordered: bool = False,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return values, populations and standard errors of groups, checked, in one shape.

    Without `se` the errors are NaN, and so are the limits made of them.
    """
    _check_labels(ordered, value=value, population=population, se=se)
    value, population, error = one_for_each(
        "groups",
        at_least,
        value=numbers(value, "value"),
        population=positive(population, "population"),
        se=np.asarray(np.nan) if se is None else not_negative(se, "se"),
    )
    return value, population, error


def group_counts(
    count: ArrayLike, population: ArrayLike, *, at_least: int = 2
) -> tuple[FloatArray, FloatArray]:
    """Return events and people of groups, the most deprived first, checked, in one shape."""
    _check_labels(True, count=count, population=population)
    count, people = one_for_each(
        "groups",
        at_least,
        count=not_negative(count, "count"),
        population=positive(population, "population"),
    )
    return count, people


def _check_labels(ordered: bool, **data: object) -> None:
    same_labels(**data)
    for name, given in data.items():
        check_group_labels(given, name, ordered=ordered)
