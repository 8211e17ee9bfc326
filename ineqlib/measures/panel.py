"""Figures of many areas over time, as arrays."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import as_number, numbers, possibly_missing, require


@dataclass(frozen=True)
class Panel:
    """Figures of many areas over time.

    Parameters
    ----------
    value : (areas, periods)
        Figures; NaN where there is none.
    when : (periods,)
        When each period is, in years, oldest first.
    width
        Years that a period takes together: periods nearer than that share data.
    se : (areas, periods), optional
        Standard errors as published.
    segment : (periods,), optional
        Number of the unbroken segment each period is of; figures of two are not compared.

    Raises
    ------
    InputError
        The shapes do not fit; text or infinities; periods out of order; a figure without its
        standard error where others have one.
    """

    value: FloatArray
    when: FloatArray
    width: float = 1.0
    se: FloatArray | None = None
    segment: NDArray[np.intp] | None = None

    def __post_init__(self) -> None:
        value = possibly_missing(self.value, "value")
        when = numbers(self.when, "when")
        if value.ndim != 2 or when.shape != value.shape[1:]:
            raise InputError(
                f"value has shape {value.shape} and when {when.shape}; expected areas by periods, "
                "and one number for each period."
            )
        require(np.diff(when) > 0, "steps of when", "above zero", "Put the oldest period first.")
        width = as_number(self.width)
        if not 0 <= width < np.inf:
            raise ParameterError(f"width={self.width!r}: expected years, zero or above.")
        if self.se is not None:
            se = possibly_missing(self.se, "se")
            if se.shape != value.shape:
                raise InputError(f"se has shape {se.shape}; expected that of value, {value.shape}.")
            require((se >= 0) | np.isnan(value), "se", "zero or above where there is a value")
            object.__setattr__(self, "se", se)
        if self.segment is not None and np.shape(self.segment) != when.shape:
            raise InputError(
                f"segment has shape {np.shape(self.segment)}; expected one for each period."
            )
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "when", when)

    @property
    def beyond(self) -> FloatArray:
        """Figures less the middle area's."""
        return self.value - middles(self.value)

    @property
    def segments(self) -> NDArray[np.intp]:
        """Number of the segment of each period; one where nobody says otherwise."""
        whole = np.zeros(len(self.when), dtype=np.intp)
        return whole if self.segment is None else self.segment

    def drawn(self, rows: NDArray[np.intp]) -> "Panel":
        """Return the panel of some areas, each as often as it is named."""
        se = None if self.se is None else self.se[rows]
        return replace(self, value=self.value[rows], se=se)


def middles(value: FloatArray) -> FloatArray:
    """Return the middle area's figure in each period; NaN where nobody has one."""
    middle = np.full(value.shape[1], np.nan)
    known = np.isfinite(value).any(axis=0)
    middle[known] = np.nanmedian(value[:, known], axis=0)
    return middle


def shared(years: ArrayLike, width: float) -> FloatArray:
    """Share of their data that periods so many years apart have in common."""
    lag = np.asarray(years, dtype=float)
    return np.clip(1 - lag / width, 0, 1) if width else np.where(lag == 0, 1.0, 0.0)
