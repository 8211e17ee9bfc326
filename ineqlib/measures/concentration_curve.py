"""The concentration curve: how much of a value the most deprived part of the population has."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import not_negative, require
from ineqlib.measures._groups import group_data


@dataclass(frozen=True)
class ConcentrationCurve:
    """Points of a concentration curve, the origin first; arrays of shape ``(…, k + 1)``.

    Parameters
    ----------
    population
        Share of the population up to each point, most deprived first, from 0 to 1.
    value
        Share that those people have of all there is of the value, from 0 to 1.
    """

    population: FloatArray
    value: FloatArray


def concentration_curve(value: ArrayLike, population: ArrayLike) -> ConcentrationCurve:
    """Share of a value that the most deprived part of the population has, group by group.

    On the diagonal everybody has the same; below it the least deprived have more than their share.
    The relative concentration index is 1 less twice the area under the curve.

    Parameters
    ----------
    value
        Value of each group per person, most deprived first, shape ``(…, k)``; none below zero.
    population
        People in each group, same shape or broadcasting.

    Returns
    -------
    ConcentrationCurve
        Points of shape ``(…, k + 1)``, shares from 0 to 1.

    Raises
    ------
    InputError
        A missing or negative value, a population not above zero, values that are all zero, fewer
        than two groups.

    Method
    ------
    title: Concentration curve
    sentence: Which share of a value the most deprived part of the population has.
    formula:
        (Σ p, Σ p y / μ) over the groups up to each, from (0, 0) to (1, 1)
        p: a group's share of the population, most deprived first; y: its value per person; μ = Σ p
            y
    use: To show where along the scale of deprivation the inequality lies.
    avoid: For values below zero, and in place of a number where two curves cross.
    interval: None.
    source: Wagstaff, Paci and van Doorslaer 1991, Soc Sci Med 33:545
    doi: 10.1016/0277-9536(91)90212-U

    Examples
    --------
    >>> curve = concentration_curve([10, 20, 40], [2, 1, 1])
    >>> curve.population.tolist()
    [0.0, 0.5, 0.75, 1.0]
    >>> curve.value.tolist()
    [0.0, 0.25, 0.5, 1.0]
    """
    value, population, _ = group_data(value, population, None, ordered=True)
    not_negative(value, "value")
    amount = value * population
    require(amount.sum(axis=-1) > 0, "the sum of value", "above zero", "There is nothing to share.")
    return ConcentrationCurve(_shares_up_to(population), _shares_up_to(amount))


def _shares_up_to(amount: FloatArray) -> FloatArray:
    """Cumulative share of the whole, from 0 to exactly 1."""
    start = np.zeros_like(amount[..., :1])
    total = np.concatenate([start, np.cumsum(amount, axis=-1)], axis=-1)
    return total / total[..., -1:]
