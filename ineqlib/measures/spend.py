"""Does money follow need? Spending across areas, compared with need across the same areas.

Why these indices, signs and limits: docs/decisions/0010-spend-proportionality.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    above_zero,
    not_negative,
    one_for_each,
    positive,
    require,
    same_labels,
)
from ineqlib.measures._limits import student_limits
from ineqlib.measures._ranked import ties

SameNeed = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Places of the first and the last area with the same need as each."""

LEAST_AREAS = 10
"""With fewer areas the interval's own error is too large to say anything of proportion."""

PROGRESSIVE, FLAT, REGRESSIVE = "progressive", "flat", "regressive"
CANNOT_TELL = "cannot tell"
RISES, LEVEL, FALLS = "rises with need", "level", "falls with need"


@dataclass(frozen=True)
class Proportionality:
    """How spending follows need; estimates and words of shape ``(…)``.

    Parameters
    ----------
    spend
        Concentration index of spending by need: above 0 where areas of more need get more per head.
    need
        Gini coefficient of need: how unequal need itself is.
    kakwani
        `spend` minus `need`: above 0 where spending is more concentrated on areas of need than need
        is, below 0 where it is less.
    verdict
        Of `kakwani`: "progressive" (more than in proportion to need), "flat" (in proportion to
        need), "regressive" (less than in proportion), or "cannot tell".
    per_head
        Of `spend`: "rises with need", "level", "falls with need", or "cannot tell". Spending level
        per head is regressive wherever need is not.
    margin
        Largest index taken as none; "flat" and "level" mean the whole interval is within it.
    """

    spend: Estimate
    need: Estimate
    kakwani: Estimate
    verdict: NDArray[np.str_]
    per_head: NDArray[np.str_]
    margin: float


def proportionality(
    spend: ArrayLike,
    need: ArrayLike,
    population: ArrayLike,
    *,
    margin: float = 0.02,
    confidence: float = 0.95,
) -> Proportionality:
    """Whether spending is in proportion to need, across areas ranked by need.

    Parameters
    ----------
    spend
        Money per head in each area, shape ``(…, k)``, at least ten areas, in any order. Divide a
        total by its population first.
    need
        Need per head in each area, same shape, on a scale with a true zero on which twice as much
        is twice the need: years of life lost or admissions per person, a weighted-population index.
        A rank or a deprivation score is not one: the comparison with need then means nothing.
    population
        People in each area.
    margin
        Largest index, either side of 0, to take as none. To undo an index of 0.02 about 1.5% of the
        budget would have to move between the halves of more and of less need.
    confidence
        Level of the intervals as a fraction.

    Returns
    -------
    Proportionality
        Indices with their intervals, and verdicts. "Flat" needs the whole interval within the
        margin: an interval that merely holds 0 gives "cannot tell".

    Raises
    ------
    InputError
        Fewer than ten areas; a missing value; a negative spend or need, or any in fewer than two
        areas; a population not above zero.
    ParameterError
        A margin not above zero or a confidence that is not a fraction.

    Method
    ------
    title: Spending in proportion to need
    sentence: Whether areas of more need get more, and as much more as their need is.
    formula:
        K = C − G
        C = Σ aᵢ aⱼ (sⱼ − sᵢ) / (s̄ (1 − Σa²)), over pairs in which j has more need than i
        G: the same of need d, its Gini coefficient
        a: share of the population; s: spending per head, s̄ its mean; d: need per head
        progressive: interval of K above 0; regressive: below; flat: wholly within ±margin
    use: Money per head against a need with a true zero, such as years of life lost, over ten areas
        or more.
    avoid: A deprivation score or rank as need: it has no true zero. An index near 0 can hide two
        departures that cancel: look at the areas too.
    interval: The jackknife over areas, Student's t on k − 1 degrees of freedom. Spending is known;
        the interval is for what other such areas would show, taken as independent.
    source: Kakwani 1977, Econ J 87:71; docs/decisions/0010

    Notes
    -----
    Areas are ranked from least need to most, unlike everywhere else in this package, because it is
    need that is measured and so that Kakwani's sign keeps its meaning. In C areas of equal need
    make no pair. It is twice the area between the concentration curve and the diagonal, over ``1 -
    Σ a²``: few areas make an index too small by that, and a district of 15 wards may now be
    compared with a county of 80. The index is Kakwani's, with need for ability to pay.

    75 times an index is the percentage of the budget to move between the halves of more and of less
    need that makes it 0 (Koolman and van Doorslaer 2004, Health Econ 13:649).

    Examples
    --------
    >>> need, people = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1] * 10
    >>> level = proportionality([50] * 10, need, people)
    >>> str(level.verdict), str(level.per_head)
    ('regressive', 'level')
    >>> str(proportionality([5, 10, 15, 20, 25, 30, 35, 40, 45, 50], need, people).verdict)
    'flat'
    """
    above_zero(margin, "margin", ", such as 0.02")
    same_labels(spend=spend, need=need, population=population)
    spend, need, population = one_for_each(
        "areas",
        LEAST_AREAS,
        spend=not_negative(spend, "spend"),
        need=not_negative(need, "need"),
        population=positive(population, "population"),
    )
    for given, name in ((spend, "spend"), (need, "need")):
        require((given > 0).sum(axis=-1) > 1, f"areas with any {name}", "two or more")
    order = np.argsort(need, axis=-1, kind="stable")
    spend, need, share = (
        np.take_along_axis(part, order, axis=-1) for part in (spend, need, population)
    )
    share = share / share.sum(axis=-1, keepdims=True)
    same_need = ties(need)
    of_spend, spend_without = _index(spend, share, same_need)
    of_need, need_without = _index(need, share, same_need)

    def estimate(value: FloatArray, without_each: FloatArray, name: str) -> Estimate:
        return _estimate(value, without_each, confidence, f"{name}, {spend.shape[-1]} areas")

    indices = (
        estimate(of_spend, spend_without, "concentration index of spending by need"),
        estimate(of_need, need_without, "Gini coefficient of need"),
        estimate(of_spend - of_need, spend_without - need_without, "Kakwani-type index"),
    )
    return Proportionality(
        *indices,
        verdict=_verdict(indices[2], margin, (PROGRESSIVE, FLAT, REGRESSIVE)),
        per_head=_verdict(indices[0], margin, (RISES, LEVEL, FALLS)),
        margin=margin,
    )


def _index(
    value: FloatArray, share: FloatArray, same_need: SameNeed
) -> tuple[FloatArray, FloatArray]:
    """Concentration index of `value` by need, and the index with each area left out.

    The index is the sum over pairs of areas of how much more the one of more need has. Leaving an
    area out takes its own pairs from that sum, so all the indices cost no more than one.
    """
    part = share * value
    pairs = share * (value * _lead(share, same_need) - _lead(part, same_need))
    of_areas = (pairs, part, share, share**2)
    total, money, people, squares = (amount.sum(axis=-1, keepdims=True) for amount in of_areas)
    index = _from_pairs(total / 2, money, people, squares)
    without_each = _from_pairs(total / 2 - pairs, money - part, people - share, squares - share**2)
    return index[..., 0], without_each


def _from_pairs(
    pairs: FloatArray, part: FloatArray, share: FloatArray, squares: FloatArray
) -> FloatArray:
    """Index from sums over areas: the mean over pairs of two different areas, over the mean."""
    return pairs * share / (part * (share**2 - squares))


def _lead(part: FloatArray, same_need: SameNeed) -> FloatArray:
    """What lies in areas of less need than each, less what lies in areas of more."""
    first, last = same_need
    total = np.cumsum(part, axis=-1)
    below = np.take_along_axis(total - part, first, axis=-1)
    return below + np.take_along_axis(total, last, axis=-1) - total[..., -1:]


def _estimate(
    value: FloatArray, without_each: FloatArray, confidence: float, method: str
) -> Estimate:
    """Estimate with limits from leaving out one area at a time (the jackknife)."""
    areas = without_each.shape[-1]
    from_middle = without_each - without_each.mean(axis=-1, keepdims=True)
    error = np.sqrt((areas - 1) / areas * (from_middle**2).sum(axis=-1))
    return student_limits(value, error, confidence, method, freedom=areas - 1)


def _verdict(index: Estimate, margin: float, words: tuple[str, str, str]) -> NDArray[np.str_]:
    above, none, below = words
    within = (index.lower >= -margin) & (index.upper <= margin)
    cases = [within, index.lower > 0, index.upper < 0]
    return np.asarray(np.select(cases, [none, above, below], CANNOT_TELL))
