"""Numbers of events and of people, told from the shares and rates that are made of them."""

from numpy.typing import ArrayLike

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import not_negative, positive


def event_counts(data: ArrayLike, name: str) -> FloatArray:
    """Return numbers of events, refusing shares and rates given in their place.

    Weighted and imputed numbers of events are no whole ones, but some are above 1.
    """
    array = not_negative(data, name)
    if array.size and 0 < array.max() < 1:
        raise InputError(
            f"{name}: the highest of {array.size} is {array.max():g}. Expected numbers of events, "
            "and these look like shares or rates. Give the events they were made of."
        )
    return array


def people_counts(data: ArrayLike, name: str) -> FloatArray:
    """Return numbers of people or person-years, refusing shares of them."""
    array = positive(data, name)
    if array.size and array.max() < 1:
        raise InputError(
            f"{name}: the highest of {array.size} is {array.max():g}. Expected numbers of people, "
            "and these look like shares of them. Give the people."
        )
    return array
