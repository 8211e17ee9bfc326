"""What several measures ask of their groups; what one alone asks stands beside its row."""

import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures.registry.rows import Need


def _all_above_zero(value: FloatArray, _population: FloatArray) -> NDArray:
    return np.asarray((value > 0).all(axis=-1))


def _ends_above_zero(value: FloatArray, _population: FloatArray) -> NDArray:
    return np.asarray((value[..., 0] > 0) & (value[..., -1] > 0))


def _none_below_zero(value: FloatArray, _population: FloatArray) -> NDArray:
    return np.asarray((value >= 0).all(axis=-1) & (value > 0).any(axis=-1))


def _mean_above_zero(value: FloatArray, population: FloatArray) -> NDArray:
    return np.asarray((value * population).sum(axis=-1) > 0)


ABOVE_ZERO = Need(words="every value above zero", met=_all_above_zero)
ENDS_ABOVE_ZERO = Need(words="the first and the last value above zero", met=_ends_above_zero)
NOT_NEGATIVE = Need(words="no value below zero, and not all of them zero", met=_none_below_zero)
MEAN_ABOVE_ZERO = Need(words="a mean above zero", met=_mean_above_zero)
