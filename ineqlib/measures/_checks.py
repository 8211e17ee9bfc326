"""What every measure refuses, said once: missing numbers, impossible numbers, unknown options."""

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from ineqlib.errors import InputError, ParameterError, listed, nearest
from ineqlib.estimate import FloatArray

MISSING = (
    "Missing and suppressed values are never taken as zero: "
    "find the figures, or leave out the area they belong to."
)


def numbers(data: ArrayLike, name: str) -> FloatArray:
    """Return `data` as floats, refusing text, missing values and infinities."""
    array = possibly_missing(data, name)
    require(np.isfinite(array), name, "a number", MISSING)
    return array


def possibly_missing(data: ArrayLike, name: str) -> FloatArray:
    """Return `data` as floats with missing values as NaN, refusing text."""
    raw = np.asarray(data)
    if raw.dtype.kind in "OUS" and any(isinstance(item, str | bytes) for item in raw.flat):
        raise InputError(f"{name}: expected numbers, found text. Convert the column first.")
    try:
        return np.asarray(data, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"{name}: expected numbers, one per place ({MISSING})") from None


def positive(data: ArrayLike, name: str) -> FloatArray:
    """Return `data` as floats, all of them above zero."""
    array = numbers(data, name)
    require(array > 0, name, "above zero")
    return array


def not_negative(data: ArrayLike, name: str) -> FloatArray:
    """Return `data` as floats, none of them below zero."""
    array = numbers(data, name)
    require(array >= 0, name, "zero or above")
    return array


def require(ok: NDArray[np.bool_] | np.bool_, name: str, expected: str, advice: str = "") -> None:
    """Raise `InputError` saying how many are not `expected` and where the first five are."""
    ok = np.asarray(ok)
    if ok.all():
        return
    places = [tuple(place) for place in np.argwhere(~ok).tolist()]
    where = ""
    if ok.ndim:
        shown = [place[0] if len(place) == 1 else place for place in places]
        where = f" (counting from 0, at {listed(shown)})"
    raise InputError(
        f"{name}: {len(places)} of {ok.size} not {expected}{where}.{' ' + advice if advice else ''}"
    )


def together(**arrays: FloatArray) -> tuple[FloatArray, ...]:
    """Broadcast named arrays to one shape, refusing shapes that do not fit."""
    try:
        return tuple(np.broadcast_arrays(*arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise InputError(
            f"The shapes do not fit together: {shapes}. Expected one number per group in each."
        ) from None


def group_data(
    value: ArrayLike, population: ArrayLike, se: ArrayLike | None, *, at_least: int = 2
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return values, populations and standard errors of groups, checked, in one shape.

    Without `se` the errors are NaN, and so are the limits made of them.
    """
    value = np.atleast_1d(numbers(value, "value"))
    error = np.asarray(np.nan) if se is None else not_negative(se, "se")
    value, population, error = together(
        value=value, population=positive(population, "population"), se=error
    )
    last_axis(value, "value", at_least=at_least, what="groups")
    return value, population, error


def last_axis(array: FloatArray, name: str, *, at_least: int, what: str) -> int:
    """Return the length of the last axis, refusing fewer than `at_least`."""
    found = array.shape[-1] if array.ndim else 1
    if found < at_least:
        raise InputError(f"{name}: {found} {what} found, at least {at_least} expected.")
    return found


def one_of(option: str, name: str, known: Collection[str]) -> str:
    """Return `option` if it is a known word, refusing it with the nearest known word if not."""
    if option in known:
        return option
    raise ParameterError(
        f"{name}={option!r} is not known. Expected one of: {', '.join(known)}."
        f"{nearest(str(option), known)}"
    )


def z_score(confidence: float) -> float:
    """Return the two-sided normal quantile of a level given as a fraction."""
    if not 0 < confidence < 1:
        raise ParameterError(
            f"confidence={confidence!r}: expected a fraction between 0 and 1, such as 0.95 for 95%."
        )
    return float(ndtri(0.5 + confidence / 2))
