"""Concentration among people one by one: survey answers, ranked by income, wealth or deprivation.

People are on the last axis. Those who rank alike share the middle of the ranks they take up, so
that the order of a file never matters. `concentration` has the same for groups.
"""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._bounds import within
from ineqlib.measures._checks import as_number, one_of, require
from ineqlib.measures._limits import limits_within_one, normal_limits
from ineqlib.measures._ranked import Ranked, absolute_index, ranked, standard_error

UNBOUNDED = ("standard", "generalised")
BOUNDED = ("modified", "erreygers", "wagstaff")


def concentration_index(  # noqa: PLR0913 (four of them data)
    value: ArrayLike,
    rank_by: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    kind: str = "standard",
    bounds: tuple[float, float] | None = None,
    cluster: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Concentration index of people one by one.

    Positive where the value is found more among those who rank high, negative where more among
    those who rank low.

    Parameters
    ----------
    value
        Value of each person, shape ``(…, n)``.
    rank_by
        What people are ranked by, the most deprived lowest (income, wealth, not an IMD score), same
        shape or broadcasting. Those who are equal share the middle rank.
    weight
        Survey weights, same shape or broadcasting; without them everybody counts the same.
    kind
        ``"standard"`` (relative to the mean, which must be above zero), ``"generalised"``
        (absolute, times the mean), ``"modified"`` (relative to the mean less the lower bound),
        ``"erreygers"`` and ``"wagstaff"`` (for a bounded value, as the functions of that name).
    bounds
        Least and greatest value there could be, asked of the last three kinds; of ``"modified"``
        the greatest may be infinite. They are never taken from the values found.
    cluster
        Label of the cluster each person was sampled in, same shape or broadcasting. Without it
        people are taken to be independent of one another.
    strata
        Label of the stratum each person was sampled in, same shape or broadcasting; at least two
        people, or clusters, of each.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``. Finite populations are not allowed for.

    Raises
    ------
    InputError
        Fewer than two people or clusters, in all or of a stratum; a missing value, rank, weight or
        label; a weight not above zero; a mean that the kind cannot take; a value outside the
        bounds.
    ParameterError
        An unknown kind; bounds missing, not asked for or the wrong way round.

    Method
    ------
    title: Concentration index of people one by one
    sentence: Whether those who rank high or low have more than their share, person by person.
    formula:
        generalised G = Σ p (2 R − 1) y; standard G / μ; modified G / (μ − a)
        Erreygers 4 G / (b − a); Wagstaff (b − a) G / ((b − μ) (μ − a))
        p: a person's share of all weights; R: relative rank, those who rank alike having the middle
            one; y: value; μ = Σ p y; a, b: least and greatest value there could be
    use: For surveys with an answer, a rank and a weight for each person.
    avoid: With a rank that runs the wrong way (an IMD score is highest where most deprived). Choose
        the kind by the value's scale before looking at results.
    interval: Normal (Wagstaff's kind: on the inverse hyperbolic tangent), with a linearised
        standard error that takes neither the mean nor the ranks to be known, and sums over
        clusters, within strata, where those are given.
    source: Kakwani, Wagstaff and van Doorslaer 1997, J Econometrics 77:87; O'Donnell and others
        2016, Stata J 16:112; Erreygers 2009, J Health Econ 28:504; Wagstaff 2005, Health Econ
        14:429; Erreygers and van Ourti 2011, J Health Econ 30:685
    doi: 10.1016/S0304-4076(96)01807-6

    Notes
    -----
    Without weights, ties and clusters the standard error of the standard kind is that of Kakwani,
    Wagstaff and van Doorslaer, times √(n / (n − 1)).

    Examples
    --------
    Of four people ranked by income the two richest have been seen by a dentist:

    >>> seen, income = [0, 0, 1, 1], [10, 20, 30, 40]
    >>> float(concentration_index(seen, income).value)
    0.5
    >>> float(concentration_index(seen, income, kind="wagstaff", bounds=(0, 1)).value)
    1.0
    """
    one_of(kind, "kind", (*UNBOUNDED, *BOUNDED))
    people = ranked(value, rank_by, weight, cluster=cluster, strata=strata)
    low, high = bounds_of_kind(people.value, kind, bounds)
    mean, (absolute, influence) = people.mean, absolute_index(people)
    divisor, slope = _divisor(kind, mean, low, high)
    index = absolute / divisor
    influence = (influence - index * slope * (people.value - mean)) / divisor
    error = standard_error(people, influence, cluster, strata)
    words = f"concentration index, {kind}, {people.value.shape[-1]} people, linearised error"
    limits = limits_within_one if kind == "wagstaff" else normal_limits
    return limits(index[..., 0], error, confidence, words)


def extended_concentration_index(  # noqa: PLR0913 (three of them data)
    value: ArrayLike,
    rank_by: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    nu: float,
    cluster: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Concentration index that looks more, or less, at those who rank lowest.

    Parameters
    ----------
    value, rank_by, weight, cluster, strata, confidence
        As in `concentration_index`; the mean must be above zero.
    nu
        Aversion to inequality, above 1: 2 is the standard index, more gives the lowest ranks more
        weight. It is a judgement: say which one was made.

    Returns
    -------
    Estimate
        Shape ``(…)``.

    Raises
    ------
    InputError
        As `concentration_index`.
    ParameterError
        A `nu` not above 1.

    Method
    ------
    title: Extended concentration index
    sentence: A concentration index that gives those who rank lowest more weight, or less.
    formula:
        C(ν) = 1 − Σ g y / μ, with g = (1 − F₋)^ν − (1 − F)^ν
        F₋, F: share of the population before and up to a person; ν: aversion to inequality, 2 being
            the standard index; y: value; μ: its mean. Those who rank alike share g
    use: To see whether a finding depends on how much the lowest ranks are made to count.
    avoid: With a ν chosen after seeing the results.
    interval: As the concentration index of people one by one.
    source: Wagstaff 2002, J Health Econ 21:627

    Notes
    -----
    This is the area under the concentration curve drawn with straight lines, 0 at equality whatever
    n; ν (1 − R) to the power of ν − 1 at the middle rank, as often written, is not.

    Examples
    --------
    >>> float(extended_concentration_index([0, 0, 1, 1], [10, 20, 30, 40], nu=3).value)
    0.75
    """
    power = as_number(nu)
    if not 1 < power < np.inf:
        raise ParameterError(f"nu={nu!r}: expected a number above 1; 2 is the standard index.")
    people = ranked(value, rank_by, weight, cluster=cluster, strata=strata)
    mean, _ = _divisor("standard", people.mean, -np.inf, np.inf)
    lowest, influence = _lowest_weighed(people, power)
    index = 1 - lowest / mean
    influence = -(influence - lowest / mean * (people.value - mean)) / mean
    error = standard_error(people, influence, cluster, strata)
    words = f"extended concentration index, nu {power:g}, {people.value.shape[-1]} people"
    return normal_limits(index[..., 0], error, confidence, f"{words}, linearised error")


def _lowest_weighed(people: Ranked, nu: float) -> tuple[FloatArray, FloatArray]:
    """Mean of the values with the lowest ranks weighed most, and what each person does to it."""
    value, share = people.value, people.share
    before, through = people.up_to(share)
    above, alike_and_above = np.maximum(1 - through, 0), 1 - before
    fall = (alike_and_above**nu - above**nu) / (through - before)
    total = (share * fall * value).sum(axis=-1, keepdims=True)
    value_before, value_through = people.up_to(share * value)
    among_alike = (value_through - value_before) / (through - before)
    # Weight on a person raises the share of all who do not rank above them.
    part = share * among_alike / (through - before)
    reach, _ = people.up_to(part * (alike_and_above ** (nu - 1) - above ** (nu - 1)))
    own = fall * (value - among_alike) + nu * among_alike * alike_and_above ** (nu - 1)
    return total, own + nu * reach - nu * total


def bounds_of_kind(
    value: FloatArray, kind: str, bounds: tuple[float, float] | None
) -> tuple[float, float]:
    """Return the bounds that a kind asks for, infinite where it takes none."""
    if kind in UNBOUNDED:
        if bounds is not None:
            raise ParameterError(f"bounds: kind={kind!r} takes none. Leave them out.")
        return -np.inf, np.inf
    if bounds is None:
        raise ParameterError(
            f"kind={kind!r} needs bounds: the least and the greatest value there could be, "
            "such as bounds=(0, 1)."
        )
    return within(value, bounds, open_above=kind == "modified")


def _divisor(
    kind: str, mean: FloatArray, low: float, high: float
) -> tuple[FloatArray | float, FloatArray | float]:
    """What the absolute index is divided by, and how fast that changes with the mean."""
    if kind == "generalised":
        return 1.0, 0.0
    if kind == "erreygers":
        return (high - low) / 4, 0.0
    if kind == "wagstaff":
        require((mean > low) & (mean < high), "the mean of value", "between the bounds")
        return (high - mean) * (mean - low) / (high - low), (low + high - 2 * mean) / (high - low)
    least = low if kind == "modified" else 0.0
    require(mean > least, "the mean of value", f"above {least:g}")
    return mean - least, 1.0
