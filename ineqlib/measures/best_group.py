"""How far groups lie from the best of them, on average."""

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate
from ineqlib.measures._checks import one_of
from ineqlib.measures._dispersion import groups_of, weights_of, words_of
from ineqlib.measures._profile_limits import NEAREST_TRUTHS, limits_of_best, place_of_best


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
    return Estimate(
        differences.max(axis=-1),
        lower,
        upper,
        np.take_along_axis(spread, top, -1)[..., 0],
        confidence,
        f"mean difference from the {best} group, {words_of(groups, weighted)}, {NEAREST_TRUTHS}",
    )
