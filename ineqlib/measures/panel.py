"""Figures of many areas over time, as arrays."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray


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
    stretch : (periods,), optional
        Number of the unbroken stretch each period is of; figures of two are not compared.

    Raises
    ------
    InputError
        The shapes do not fit.
    """

    value: FloatArray
    when: FloatArray
    width: float = 1.0
    se: FloatArray | None = None
    stretch: NDArray[np.intp] | None = None

    def __post_init__(self) -> None:
        value, when = np.asarray(self.value, dtype=float), np.asarray(self.when, dtype=float)
        if value.ndim != 2 or when.shape != value.shape[1:]:
            raise InputError(
                f"Figures have shape {value.shape} and periods {when.shape}; expected areas by "
                "periods."
            )

    @property
    def beyond(self) -> FloatArray:
        """Figures less the middle area's."""
        return self.value - middles(self.value)

    @property
    def stretches(self) -> NDArray[np.intp]:
        """Number of the stretch of each period; one where nobody says otherwise."""
        whole = np.zeros(len(self.when), dtype=np.intp)
        return whole if self.stretch is None else self.stretch

    def drawn(self, rows: NDArray[np.intp]) -> "Panel":
        """Return the panel of some areas, each as often as it is named."""
        se = None if self.se is None else self.se[rows]
        return replace(self, value=self.value[rows], se=se)


def middles(value: FloatArray) -> FloatArray:
    """Return the middle area's figure in each period; NaN where nobody has one."""
    result = np.full(value.shape[1], np.nan)
    there = np.isfinite(value).any(axis=0)
    result[there] = np.nanmedian(value[:, there], axis=0)
    return result


def shared(years: ArrayLike, width: float) -> FloatArray:
    """Share of their data that periods so many years apart have in common."""
    lag = np.asarray(years, dtype=float)
    return np.clip(1 - lag / width, 0, 1) if width else np.where(lag == 0, 1.0, 0.0)
