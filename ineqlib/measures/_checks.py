"""What every measure refuses, said once: missing numbers, impossible numbers, unknown options."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from ineqlib.errors import InputError, ParameterError, listed, nearest
from ineqlib.estimate import FloatArray

MISSING = (
    "Missing and suppressed values are never taken as zero: "
    "find the figures, or leave out the area they belong to."
)
NO_NUMBERS = "Give a list or an array of numbers; of dates, their years."
INFINITE = "Infinity is no figure: look for a division by zero where it was made."
SMALLEST, LARGEST = 1e-75, 1e75
"""Sizes of figures of which a computer can multiply four: what is less is nought."""
BEYOND = "Look for a division by next to nothing, or a missing value's code, where it was made."
CORRECT = "Correct these figures, or leave out what they belong to."


def numbers(data: ArrayLike, name: str) -> FloatArray:
    """Return `data` as floats, refusing text, missing values and infinities."""
    array = possibly_missing(data, name)
    require(~np.isnan(array), name, "a number", MISSING)
    return array


def possibly_missing(data: ArrayLike, name: str) -> FloatArray:
    """Return `data` as floats with missing values as NaN, refusing text and the endless."""
    array = floats(data, name)
    size = np.abs(array)
    require(size != np.inf, name, "finite", INFINITE)
    require(~(size > LARGEST), name, f"of at most {LARGEST:g} in size", BEYOND)
    tiny = (size < SMALLEST) & (array != 0)
    return np.where(tiny, 0.0, array) if tiny.any() else array


def floats(data: ArrayLike, name: str) -> FloatArray:
    """Return `data` as floats with missing and masked values as NaN, refusing all else."""
    try:
        raw = np.asarray(data)
        # A True in a list of numbers would count as 1.
        listed_items = data if isinstance(data, list | tuple) else ()
        kinds = set(map(type, raw.flat if raw.dtype.kind == "O" else listed_items))
    except (TypeError, ValueError):
        raise InputError(
            f"{name}: expected numbers in rows of one length, found rows that differ. "
            "Give every row as many numbers as there are groups or bands."
        ) from None
    if raw.dtype.kind in "UST" or any(issubclass(kind, str | bytes) for kind in kinds):
        raise InputError(f"{name}: expected numbers, found text. Convert the column first.")
    if raw.dtype.kind == "b" or any(issubclass(kind, bool | np.bool_) for kind in kinds):
        raise InputError(
            f"{name}: expected numbers, found True and False. If they count as 1 and 0, say so: "
            f"{name}.astype(int)."
        )
    # Dates with a time zone would be numbers: nanoseconds since 1970.
    is_number = raw.dtype.kind in "iuf" or (
        raw.dtype.kind == "O" and not any(issubclass(kind, pd.Timestamp) for kind in kinds)
    )
    try:
        array = np.asarray(data, dtype=np.float64) if is_number else None
    except (TypeError, ValueError, OverflowError):
        array = None
    if array is None:
        types = ", ".join(sorted(kind.__name__ for kind in kinds)) or str(raw.dtype)
        advice = MISSING if pd.isna(raw).any() else NO_NUMBERS
        raise InputError(f"{name}: expected numbers, one per place, found {types}. {advice}")
    if isinstance(data, np.ma.MaskedArray):
        return np.where(np.ma.getmaskarray(data), np.nan, array)
    return array


def within_bounds(array: FloatArray) -> FloatArray:
    """Return next to nothing as nought, and what is too large to multiply as infinite.

    So one place of a table can be told of, where a measure would refuse it with all the others.
    """
    size = np.abs(array)
    array = np.where(size > LARGEST, np.copysign(np.inf, array), array)
    return np.where(size < SMALLEST, 0.0, array)


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


def require(
    ok: NDArray[np.bool_] | np.bool_, name: str, expected: str, advice: str = CORRECT
) -> None:
    """Raise `InputError` saying how many are not `expected` and where the first five are."""
    ok = np.asarray(ok)
    if ok.all():
        return
    places = [tuple(place) for place in np.argwhere(~ok).tolist()]
    where = ""
    if ok.ndim:
        shown = [place[0] if len(place) == 1 else place for place in places]
        where = f" (counting from 0, at {listed(shown)})"
    raise InputError(f"{name}: {len(places)} of {ok.size} not {expected}{where}. {advice}")


def together(**arrays: FloatArray) -> tuple[FloatArray, ...]:
    """Broadcast named arrays to one shape, refusing shapes that do not fit.

    A bare number serves a whole array; one number on the last axis does not serve many, for a
    column beside a row would make a square of them.
    """
    try:
        if len({array.shape[-1] for array in arrays.values() if array.ndim}) <= 1:
            return tuple(np.broadcast_arrays(*arrays.values()))
    except ValueError:
        pass
    shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
    raise InputError(
        f"The shapes do not fit together: {shapes}. Expected as many numbers on the last axis of "
        "each; a column of shape (k, 1) is made one with .ravel()."
    )


def labels_array(labels: object, name: str) -> NDArray:
    """Return labels as an array, refusing rows of different lengths; missing ones stay missing."""
    if isinstance(labels, np.ma.MaskedArray):
        array = np.array(labels.data, dtype=object)
        array[np.ma.getmaskarray(labels)] = None
        return array
    try:
        array = np.asarray(labels)
    except ValueError:
        raise InputError(f"{name}: expected one label for each, found rows that differ.") from None
    # In an array of text a missing label would be the word "nan".
    is_text = array.dtype.kind == "U" and not isinstance(labels, np.ndarray)
    return np.asarray(labels, dtype=object) if is_text else array


def same_labels(**data: object) -> None:
    """Refuse pandas data whose labels differ, for their numbers would be matched by position.

    Text and numbers say different things of a row, its name and its place in a file: neither
    contradicts the other.
    """
    labelled = {
        name: given.axes[::-1]
        for name, given in data.items()
        if isinstance(given, pd.Series | pd.DataFrame)
    }
    for name, axes in labelled.items():
        first = next(iter(labelled))
        for labels, expected in zip(axes, labelled[first], strict=False):
            if len(labels) == len(expected) and _contradict(labels, expected):
                place = int(np.argmin(np.asarray(labels == expected)))
                raise InputError(
                    f"{first} and {name} carry different labels: "
                    f"{at_place(expected, labels, place)}. Put them in one order, such as "
                    f"{name}.reindex({first}.index), or give bare numbers, {name}.to_numpy()."
                )


def at_place(expected: pd.Index, labels: pd.Index, place: int) -> str:
    """Write two labels that stand at one place, and the place."""
    one, other = expected.tolist()[place], labels.tolist()[place]
    return f"{one!r} and {other!r} at {place} (counting from 0)"


def _contradict(labels: pd.Index, expected: pd.Index) -> bool:
    """Tell whether labels differ; text and numbers only where they are the same in another order.

    Files give "1", "2" … as text or as numbers.
    """
    if pd.api.types.is_numeric_dtype(labels) == pd.api.types.is_numeric_dtype(expected):
        return not labels.equals(expected)
    try:
        read, meant = (np.asarray(index, dtype=float) for index in (labels, expected))
    except (TypeError, ValueError):
        return False
    return not np.array_equal(read, meant) and np.array_equal(np.sort(read), np.sort(meant))


def one_for_each(what: str, at_least: int, /, **arrays: FloatArray) -> tuple[FloatArray, ...]:
    """Broadcast arrays to one shape: the first says how many groups, or people, there are.

    A lone number in an array does not serve all of them; a bare number does: it can only be meant
    so.
    """
    (first, array), *others = arrays.items()
    arrays[first] = np.atleast_1d(array)
    k = last_axis(arrays[first], first, at_least=at_least, what=what)
    for name, other in others:
        if other.ndim and other.shape[-1] == 1 < k:
            raise InputError(
                f"{name}: 1 number found for {k} groups. Expected one for each of them."
            )
    return together(**arrays)


def same_bands(
    names: Collection[str] | None = None, /, **arrays: FloatArray
) -> tuple[FloatArray, ...]:
    """Broadcast arrays to one shape; a lone band is not stretched over the bands of the others.

    `names` are those of the bands, one for each.
    """
    arrays = {name: np.atleast_1d(array) for name, array in arrays.items()}
    bands = {name: array.shape[-1] for name, array in arrays.items()}
    if names is not None:
        bands["bands"] = len(names)
    if len(set(bands.values())) > 1:
        counts = ", ".join(f"{name} {number}" for name, number in bands.items())
        raise InputError(
            f"Age bands differ: {counts}. Expected the same bands in each, in the same order: "
            "add bands up, or take the standard for the ages counted, as ESP2013.for_bands does."
        )
    return together(**arrays)


def last_axis(array: FloatArray, name: str, *, at_least: int, what: str) -> int:
    """Return the length of the last axis, refusing fewer than `at_least`."""
    length = array.shape[-1] if array.ndim else 1
    if length < at_least:
        raise InputError(
            f"{name}: {length} {what} found, at least {at_least} expected on the last axis."
        )
    return length


def one_of(option: str, name: str, known: Collection[str]) -> str:
    """Return `option` if it is a known word, refusing it with the nearest known word if not."""
    if isinstance(option, str) and option in known:
        return option
    raise ParameterError(
        f"{name}={option!r} is not known. Expected one of: {', '.join(known)}."
        f"{nearest(str(option), known)}"
    )


def flag(option: object, name: str) -> bool:
    """Return an option that is True or False, refusing words that would count as True."""
    if isinstance(option, bool | np.bool_):
        return bool(option)
    raise ParameterError(f"{name}={option!r}: expected True or False.")


def place_of(reference: int, k: int) -> int:
    """Return the place of a group on the last axis, refusing what is no place among `k`."""
    if not is_whole(reference) or not 0 <= reference < k:
        raise ParameterError(f"reference={reference!r}: expected a group from 0 to {k - 1}.")
    return int(reference)


def is_whole(option: object) -> bool:
    """Tell whether an option is a whole number, which True and False are not."""
    return isinstance(option, int | np.integer) and not isinstance(option, bool)


def as_number(option: object) -> float:
    """Return an option as a float; NaN, which no range holds, for what is not one number."""
    try:
        raw = np.asarray(option)
        return np.nan if raw.ndim or raw.dtype.kind not in "iufO" else float(raw)
    except (TypeError, ValueError):
        return np.nan


def above_zero(option: object, name: str, advice: str = "") -> float:
    """Return an option as a float, refusing what is not a number above zero."""
    number = as_number(option)
    if not 0 < number < np.inf:
        raise ParameterError(f"{name}={option!r}: expected a number above zero{advice}.")
    return number


def tail(confidence: float) -> float:
    """Return the share beyond each of two limits at a level given as a fraction."""
    level = as_number(confidence)
    if not 0 < level < 1:
        raise ParameterError(
            f"confidence={confidence!r}: expected a fraction between 0 and 1, such as 0.95 for 95%."
        )
    return (1 - level) / 2


def z_score(confidence: float) -> float:
    """Return the two-sided normal quantile of a level given as a fraction."""
    return float(-ndtri(tail(confidence)))
