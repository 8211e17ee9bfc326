"""What measures ask of their groups, besides that there are enough of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures._bounds import bounds_of
from ineqlib.measures._checks import numbers
from ineqlib.measures.gradients import fit_line

Bounds = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something a measure asks of the groups of one problem, for a reason in words.

    Parameters
    ----------
    words
        What is needed, after "needs": "every value above zero".
    met
        Takes values and populations of shape ``(…, k)``, returns ``(…)``: True where it is met.
    when
        Option and the value of it with which this is needed: ``("scale", "log")``; empty if always.
    option
        An option that `met` takes third, by its place: ``"bounds"``; empty if none.
    """

    words: str
    met: Callable[..., NDArray]
    when: tuple[str, Any] | tuple[()] = ()
    option: str = ""

    def applies(self, options: Mapping[str, Any]) -> bool:
        """Whether it is needed with these options (all of the function's, defaults included)."""
        return not self.when or options[self.when[0]] == self.when[1]

    def is_met(
        self, value: FloatArray, population: FloatArray, options: Mapping[str, Any]
    ) -> NDArray:
        """Whether each problem meets it with these options; all do where it does not apply."""
        if not self.applies(options):
            return np.full(value.shape[:-1], True)
        more = (options[self.option],) if self.option else ()
        return np.asarray(self.met(value, population, *more))


def _all_above_zero(value: FloatArray, _: FloatArray) -> NDArray:
    return np.asarray((value > 0).all(axis=-1))


def _ends_above_zero(value: FloatArray, _: FloatArray) -> NDArray:
    return (value[..., 0] > 0) & (value[..., -1] > 0)


def _none_below_zero(value: FloatArray, _: FloatArray) -> NDArray:
    return np.asarray((value >= 0).all(axis=-1) & (value > 0).any(axis=-1))


def _mean_above_zero(value: FloatArray, population: FloatArray) -> NDArray:
    return np.asarray((value * population).sum(axis=-1) > 0)


ABOVE_ZERO = Need(words="every value above zero", met=_all_above_zero)
ENDS_ABOVE_ZERO = Need(words="the first and the last value above zero", met=_ends_above_zero)
NOT_NEGATIVE = Need(words="no value below zero, and not all of them zero", met=_none_below_zero)
MEAN_ABOVE_ZERO = Need(words="a mean above zero", met=_mean_above_zero)


def _ends_of_line_above_zero(value: FloatArray, population: FloatArray) -> NDArray:
    line = fit_line(value, population)
    return (line.most_deprived_end > 0) & (line.least_deprived_end > 0)


def _all_between_0_and_1(value: FloatArray, _: FloatArray) -> NDArray:
    return np.asarray(((value > 0) & (value < 1)).all(axis=-1))


LINE_ABOVE_ZERO = Need(
    words="both ends of the fitted line above zero",
    met=_ends_of_line_above_zero,
    when=("scale", "linear"),
)
OF_SCALES = (
    replace(ABOVE_ZERO, words="every value above zero for the log scale", when=("scale", "log")),
    Need(
        words="every value a proportion above 0 and below 1 for the logit scale",
        met=_all_between_0_and_1,
        when=("scale", "logit"),
    ),
)


def _average_within(value: FloatArray, _: FloatArray, average: ArrayLike | None) -> NDArray:
    if average is None:
        return np.full(value.shape[:-1], True)
    known = numbers(average, "average")
    return (value.min(axis=-1) <= known) & (value.max(axis=-1) >= known)


def _average_above_zero(
    value: FloatArray, population: FloatArray, average: ArrayLike | None
) -> NDArray:
    total = (value * population).sum(axis=-1)
    return (total if average is None else numbers(average, "average")) > 0


AVERAGE_WITHIN = Need(
    words="an average between the lowest and the highest group",
    met=_average_within,
    option="average",
)
AVERAGE_ABOVE_ZERO = Need(words="a mean above zero", met=_average_above_zero, option="average")


def _not_a_step(value: FloatArray, _: FloatArray) -> NDArray:
    """Whether no place parts groups that are all 0 from groups that are all 1."""
    flat = (value == value[..., :1]).all(axis=-1)

    def parted(first: float, last: float) -> NDArray:
        places = [
            (value[..., :place] == first).all(axis=-1)
            & (value[..., place + 1 :] == last).all(axis=-1)
            for place in range(value.shape[-1])
        ]
        return np.asarray(np.asarray(places).any(axis=0))

    return np.asarray(flat | ~np.asarray(parted(0, 1) | parted(1, 0)))


def _ends_between(value: FloatArray, population: FloatArray) -> NDArray:
    return _all_between_0_and_1(value[..., [0, -1]], population)


def _fractions(value: FloatArray, _: FloatArray) -> NDArray:
    return np.asarray(((value >= 0) & (value <= 1)).all(axis=-1))


def _some_above_zero(value: FloatArray, _: FloatArray) -> NDArray:
    return np.asarray((value > 0).any(axis=-1))


ENDS_BETWEEN_0_AND_1 = Need(
    words="the first and the last value above 0 and below 1", met=_ends_between
)
OF_A_CURVE = (
    Need(words="every value a proportion from 0 to 1", met=_fractions),
    Need(words="groups that are not all 0 on one side and all 1 on the other", met=_not_a_step),
)
SOME_ABOVE_ZERO = Need(words="some value above zero", met=_some_above_zero)


def _within_bounds(value: FloatArray, _: FloatArray, bounds: Bounds) -> NDArray:
    low, high = bounds_of(bounds)
    return np.asarray(((value >= low) & (value <= high)).all(axis=-1))


def _mean_inside(value: FloatArray, population: FloatArray, bounds: Bounds) -> NDArray:
    low, high = bounds_of(bounds)
    mean = (value * population).sum(axis=-1) / population.sum(axis=-1)
    return np.asarray((mean > low) & (mean < high))


WITHIN_BOUNDS = Need(words="every value within the bounds", met=_within_bounds, option="bounds")
MEAN_INSIDE = Need(words="a mean between the bounds, on none", met=_mean_inside, option="bounds")
