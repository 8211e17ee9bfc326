"""Where a difference between two overall rates comes from: the rates, or who the people are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import not_negative, numbers, require, same_labels, together


@dataclass(frozen=True)
class RateDecomposition:
    """Parts of a difference between two overall rates, from group 1 to group 2.

    Parameters
    ----------
    rate
        Part due to each category's own rate, shape ``(…, categories)``.
    composition
        Part due to each category's share of the people, shape ``(…, categories)``. Only their sum
        has a meaning of its own: the parts depend on what rates are counted from.
    difference
        Overall rate of group 2 minus that of group 1, shape ``(…)``: the sum of all parts.
    """

    rate: FloatArray
    composition: FloatArray
    difference: FloatArray


def kitagawa(
    rate_1: ArrayLike, share_1: ArrayLike, rate_2: ArrayLike, share_2: ArrayLike
) -> RateDecomposition:
    """Difference between two overall rates: how much is rates, how much is who the people are.

    Parameters
    ----------
    rate_1, rate_2
        Rate in each category (age band, ethnic group …) of the two groups, ``(…, categories)``.
    share_1, share_2
        Share of each group's people in each category; adds up to 1 over the last axis.

    Returns
    -------
    RateDecomposition
        Parts by category, the same in either direction but for the sign; they add up exactly.

    Raises
    ------
    InputError
        A missing number; a share below zero; shares that do not add up to 1.

    Method
    ------
    title: Rate difference by rates and composition (Kitagawa)
    sentence: How much of a difference between two overall rates is due to different people, and how
        much to different rates of like people.
    formula:
        rate part = (s1 + s2) / 2 × (r2 − r1);  composition part = (r1 + r2) / 2 × (s2 − s1)
        r: rate in a category; s: share of the group's people in it; 1 and 2: the groups
    use: Before comparing crude rates: is one place worse, or just older?
    avoid: To read the composition parts one category at a time: only their sum has a meaning, for
        each depends on what rates are counted from.
    interval: None: the parts are arithmetic on the rates given. Small groups make them unsteady.
    source: Kitagawa 1955, Journal of the American Statistical Association 50:1168
    doi: 10.1080/01621459.1955.10501299


    Examples
    --------
    >>> parts = kitagawa([10, 50], [0.5, 0.5], [10, 40], [0.75, 0.25])
    >>> parts.rate.tolist(), float(parts.composition.sum()), float(parts.difference)
    ([0.0, -3.75], -8.75, -12.5)
    """
    same_labels(rate_1=rate_1, share_1=share_1, rate_2=rate_2, share_2=share_2)
    rate_1, share_1, rate_2, share_2 = together(
        rate_1=np.atleast_1d(numbers(rate_1, "rate_1")),
        share_1=not_negative(share_1, "share_1"),
        rate_2=numbers(rate_2, "rate_2"),
        share_2=not_negative(share_2, "share_2"),
    )
    for name, share in (("share_1", share_1), ("share_2", share_2)):
        complete = np.abs(share.sum(axis=-1) - 1) < 1e-6
        require(complete, name, "adding up to 1", "Divide each by the sum of all categories.")
    return RateDecomposition(
        rate=(share_1 + share_2) / 2 * (rate_2 - rate_1),
        composition=(rate_1 + rate_2) / 2 * (share_2 - share_1),
        difference=(rate_2 * share_2).sum(axis=-1) - (rate_1 * share_1).sum(axis=-1),
    )
