"""How far groups lie from their mean, from one of them, or from the best of them, on average."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate
from ineqlib.measures._checks import flag, one_of, place_of
from ineqlib.measures._dispersion import (
    distances,
    groups_of,
    no_limits,
    relative_groups,
    weights_of,
    words_of,
)
from ineqlib.measures._profile_limits import (
    NEAREST_TRUTHS,
    Distances,
    limits_of_best,
    limits_of_distances,
    place_of_best,
)


def mdm(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    weighted: bool = True,
    confidence: float = 0.95,
) -> Estimate:
    """Mean difference from the mean: mean distance of the groups from the mean of all people.

    In the value's unit; 0 where all groups are equal. Distances are counted without sign.

    Parameters
    ----------
    value
        Value of each group, shape ``(…, k)``, in any order.
    population
        People in each group, same shape or broadcasting; they always weigh the mean.
    se
        Standard errors of `value`; without them no limits.
    weighted
        Whether distances count by population (as here and HEAT's MDMW) or all alike (MDMU).
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Shape ``(…)``. Chance makes distances larger, most where the side of the mean is in doubt:
        the limits allow for it. The standard error is that of such distances if they were as
        observed.

    Raises
    ------
    InputError
        Fewer than two groups; a missing value; a population not above zero; a negative standard
        error.

    Method
    ------
    title: Mean difference from the mean
    sentence: How far the groups lie from the mean of all people, on average.
    formula:
        MDM = Σ w |y − μ|
        y: value of a group; p: its share of the population
        μ = Σ p y: mean of all people; k: number of groups
        w: p, or 1 / k with weighted=False
    use: For groups with no order, in the indicator's unit; easier to say than bgsd.
    avoid: To say who is worse off: it has no direction. Where groups differ little compared with
        their errors: see bgv.
    interval: Those of two truths: under the one a value at least as large as observed comes once in
        40 times, under the other one as small (for 95%). Each is the nearest to the data, in
        standard errors, of all with its measure. If distances in truth are d with errors s, each is
        observed as a folded normal variable: the value has the mean Σ w (d (2 Φ(a) − 1) + 2 s
        φ(a)), with a = d / s, Φ and φ being the normal distribution function and density, and is
        taken as normal. A lower limit of 0: the groups cannot be told apart. Plain normal limits
        where all sides are certain. Groups are taken to be independent of one another and their
        values normal.
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697; limits:
        docs/decisions/0008
    doi: 10.3390/ijerph19063697

    Notes
    -----
    HEAT gives the same value, with limits from 100 simulated data sets that nobody else can draw
    again.

    Examples
    --------
    >>> float(mdm([60, 70, 80], [1, 2, 1]).value)
    5.0
    """
    groups = groups_of(value, population, se)
    method = f"mean difference from the mean, {words_of(groups, weighted)}, {NEAREST_TRUTHS}"
    apart = distances(groups, groups.share, weights_of(groups, weighted))
    return _limits(apart, confidence, method)


def idis(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    weighted: bool = True,
    as_heat: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Index of disparity: mean distance of the groups from the mean, as a fraction of the mean.

    The index of disparity of the United States' HD*Calc measures from the best group: another
    number.

    Parameters
    ----------
    value
        As in `mdm`, but zero or above, on a scale with a true zero.
    population, se, weighted, confidence
        As in `mdm`.
    as_heat
        Per cent as WHO's HEAT gives it, without limits: HEAT's come from 100 simulated data sets
        that nobody else can draw again.

    Returns
    -------
    Estimate
        Shape ``(…)``, a plain fraction.

    Raises
    ------
    InputError
        As `mdm`; besides, a value below zero, or all of them zero.

    Method
    ------
    title: Index of disparity
    sentence: How far the groups lie from their mean on average, as a fraction of the mean.
    formula:
        IDIS = Σ w |y − μ| / μ; letters as of mdm
    use: Beside mdm, to compare indicators of different units or levels.
    avoid: Across programs without a look at the formula: some measure from the best group. Where
        groups differ little compared with their errors: see bgv.
    interval: As mdm's, over the mean, whose error is allowed for.
    source: Pearcy and Keppel 2002, Public Health Rep 117:273; Schlotheuber and Hosseinpoor 2022,
        Int J Environ Res Public Health 19:3697
    doi: 10.1093/phr/117.3.273

    Examples
    --------
    >>> round(float(idis([60, 70, 80], [1, 2, 1]).value), 4)
    0.0714
    """
    groups = relative_groups(value, population, se)
    method = f"index of disparity from the mean, {words_of(groups, weighted)}"
    apart = distances(groups, groups.share, weights_of(groups, weighted), relative=True)
    if flag(as_heat, "as_heat"):
        percent = 100 * apart.total()
        return no_limits(percent, confidence, f"{method}, per cent as in HEAT, no limits")
    return _limits(apart, confidence, f"{method}, {NEAREST_TRUTHS}")


def mdr(
    value: ArrayLike,
    population: ArrayLike,
    *,
    reference: int,
    se: ArrayLike | None = None,
    weighted: bool = True,
    confidence: float = 0.95,
) -> Estimate:
    """Mean difference from a reference group: mean distance of all groups from one of them.

    The reference group's own distance of 0 is counted.

    Parameters
    ----------
    value, population, se, weighted, confidence
        As in `mdm`.
    reference
        Position of the reference group on the last axis, from 0.

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`.

    Raises
    ------
    InputError
        As `mdm`.
    ParameterError
        No such reference group.

    Method
    ------
    title: Mean difference from a reference group
    sentence: How far the groups lie from one of them, named beforehand, on average.
    formula:
        MDR = Σ w |y − y_ref|
        y_ref: value of the reference group; the other letters as of mdm
    use: Where one group is the natural comparison, such as the capital or the largest.
    avoid: With a reference picked after a look at the values: use mdb. Where groups differ little
        compared with their errors: see bgv.
    interval: As mdm's.
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.3390/ijerph19063697

    Examples
    --------
    >>> float(mdr([60, 70, 80], [1, 2, 1], reference=0).value)
    10.0
    """
    groups = groups_of(value, population, se)
    k = groups.value.shape[-1]
    reference = place_of(reference, k)
    centre = np.where(np.arange(k) == reference, 1.0, 0.0)
    apart = distances(groups, centre, weights_of(groups, weighted))
    words = f"mean difference from group {reference + 1}, {words_of(groups, weighted)}"
    return _limits(apart, confidence, f"{words}, {NEAREST_TRUTHS}")


def mdb(
    value: ArrayLike,
    population: ArrayLike,
    *,
    best: str,
    se: ArrayLike | None = None,
    weighted: bool = True,
    confidence: float = 0.95,
) -> Estimate:
    """Mean difference from the best group: mean distance of all groups from the best of them.

    The best group's own distance of 0 is counted. Errors as in `mdm`.

    Parameters
    ----------
    value, population, se, weighted, confidence
        As in `mdm`.
    best
        ``"highest"`` where a high value is good (life expectancy), ``"lowest"`` where a low one is
        (mortality).

    Returns
    -------
    Estimate
        Shape ``(…)``, in the unit of `value`. The value is on average too large. The limits allow
        for any group that may be the best. The standard error is that of the difference from the
        group that looks best.

    Method
    ------
    title: Mean difference from the best group
    sentence: How far the groups lie from the best of them, on average.
    formula:
        MDB = Σ w |y − y_best|
        y_best: highest or lowest value, as is good; the other letters as of mdm
    use: Where the best group shows what is within reach of the others.
    avoid: Where the best group is small: the best of uncertain values looks better than it is. Then
        name a reference group beforehand, with mdr. Where groups differ little compared with their
        errors: see bgv.
    interval: Those of two truths: under the one a best group that leads by at least as much as
        observed comes once in 40 times, under the other one that leads by as little (for 95%). The
        first has all leads cut to one size, the second one group's raised: the one for which that
        takes fewest standard errors. Plain normal limits where the best group is certain. Groups'
        leads are taken to be independent and their values normal.
    source: Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697
    doi: 10.3390/ijerph19063697

    Examples
    --------
    >>> float(mdb([60, 70, 80], [1, 2, 1], best="highest").value)
    10.0
    """
    one_of(best, "best", ("highest", "lowest"))
    groups = groups_of(value, population, se)
    good = groups.value if best == "highest" else -groups.value
    weight = weights_of(groups, weighted)

    # The difference from each group in turn: a sum of values with known coefficients.
    below_first = good - good[..., :1]
    differences = below_first - (weight * below_first).sum(axis=-1, keepdims=True)
    variance = groups.error**2
    common = (weight**2 * variance).sum(axis=-1, keepdims=True)
    own = variance * (1 - 2 * weight)
    spread = np.sqrt(np.maximum(own + common, 0))
    top = place_of_best(good, own)
    lower, upper = limits_of_best(differences, spread, confidence)
    error = np.take_along_axis(spread, top, -1)[..., 0]
    method = (
        f"mean difference from the {best} group, {words_of(groups, weighted)}, {NEAREST_TRUTHS}"
    )
    return Estimate(differences.max(axis=-1), lower, upper, error, confidence, method)


def _limits(apart: Distances, confidence: float, method: str) -> Estimate:
    lower, upper, error = limits_of_distances(apart, confidence)
    return Estimate(apart.total(), lower, upper, error, confidence, method)
