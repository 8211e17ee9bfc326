"""Slope and relative indices of people one by one: survey answers with weights and a design.

A straight line of the value on relative rank, as `sii` and `rii` have it of groups; those who rank
alike share the middle of the ranks they take up. Other quantities than those of tenths or fifths,
whose line is flatter for what lies within them.
"""

from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import require
from ineqlib.measures._limits import normal_limits, ratio_limits
from ineqlib.measures._ranked import Ranked, absolute_index, ranked, standard_error


def sii_of_people(
    value: ArrayLike,
    rank_by: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    cluster: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Slope index of people one by one: the line's value at the highest rank less at the lowest.

    Parameters
    ----------
    value
        Value of each person, shape ``(…, n)``; of those who have something or not, 1 and 0.
    rank_by, weight, cluster, strata
        As in `concentration_index`; not all rank alike.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`.

    Raises
    ------
    InputError
        As `concentration_index`; besides, people who all rank alike.
    ParameterError
        A confidence that is not a fraction.

    Method
    ------
    title: Slope index of inequality, of people one by one
    sentence: How far apart a ranking's two ends are, judged by a line through all people.
    formula:
        SII = Σ p (R − ½) y / Σ p (R − ½)²
        p: a person's share of all weights; R: relative rank, those who rank alike having the middle
            one; y: value
    use: For surveys with an answer, a rank and a weight for each person.
    avoid: Beside indices of tenths or fifths: of people's own ranks the slope is another. With a
        rank that runs the wrong way (an IMD score is highest where most deprived).
    interval: Normal. The standard error is linearised, takes neither ranks nor mean to be known,
        and sums over clusters, within strata, where those are given. Finite populations are not
        allowed for.
    source: Mackenbach and Kunst 1997, Soc Sci Med 44:757; errors: Binder 1983, Int Stat Rev 51:279
    doi: 10.1016/S0277-9536(96)00073-1

    Examples
    --------
    >>> float(sii_of_people([0, 0, 1, 1], [10, 20, 30, 40]).value)
    1.6
    """
    people = ranked(value, rank_by, weight, cluster=cluster, strata=strata)
    slope, influence = _slope(people)
    error = standard_error(people, influence, cluster, strata)
    return normal_limits(slope[..., 0], error, confidence, f"slope index, {_words(people)}")


def rii_of_people(
    value: ArrayLike,
    rank_by: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    cluster: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Relative index of people one by one: the line's value at the highest rank over the lowest.

    Parameters
    ----------
    value, rank_by, weight, cluster, strata, confidence
        As in `sii_of_people`.

    Returns
    -------
    Estimate
        Shape ``(…)``, 1 at equality.

    Raises
    ------
    InputError
        As `sii_of_people`; besides, a line that is not above zero at either end.
    ParameterError
        A confidence that is not a fraction.

    Method
    ------
    title: Relative index of inequality, of people one by one
    sentence: How many times the lowest rank's value the highest has, judged by a line through all
        people.
    formula:
        RII = (μ + SII / 2) / (μ − SII / 2), μ = Σ p y
        p: a person's share of all weights; R: relative rank, those who rank alike having the middle
            one; y: value
    use: As sii_of_people.
    avoid: As sii_of_people. Where the line meets zero: it is refused.
    interval: Normal on the log scale; the standard error is made as sii_of_people's.
    source: Mackenbach and Kunst 1997, Soc Sci Med 44:757; errors: Binder 1983, Int Stat Rev 51:279
    doi: 10.1016/S0277-9536(96)00073-1

    Examples
    --------
    The line runs from 0.8 to 3.2.

    >>> round(float(rii_of_people([1, 2, 2, 3], [10, 20, 30, 40]).value), 6)
    4.0
    """
    people = ranked(value, rank_by, weight, cluster=cluster, strata=strata)
    slope, of_slope = _slope(people)
    low, high = people.mean - slope / 2, people.mean + slope / 2
    require(
        ((low > 0) & (high > 0))[..., 0],
        "value",
        "on a line above zero at both ends",
        "A ratio means nothing there: use sii_of_people.",
    )
    of_mean = people.value - people.mean
    influence = (of_mean + of_slope / 2) / high - (of_mean - of_slope / 2) / low
    error = standard_error(people, influence, cluster, strata)
    method = f"relative index, {_words(people)}, limits on the log scale"
    return ratio_limits((high / low)[..., 0], error, confidence, method)


def _slope(people: Ranked) -> tuple[FloatArray, FloatArray]:
    """Slope, shape ``(…, 1)``, and how fast it changes as a little weight is put on each person."""
    index, of_index = absolute_index(people)
    before, through = people.up_to(people.share)
    alike = through - before
    # Ranks spread as evenly as they can, less what those lose who rank alike.
    cubes = (people.share * alike**2).sum(axis=-1, keepdims=True)
    spread = (1 - cubes) / 12
    require(spread[..., 0] > 1e-12, "rank_by", "of several ranks", "Give a rank that tells apart.")
    slope = index / 2 / spread
    return slope, (of_index / 2 + slope * (alike**2 - cubes) / 4) / spread


def _words(people: Ranked) -> str:
    return f"{people.value.shape[-1]} people, least squares on relative rank, linearised error"
