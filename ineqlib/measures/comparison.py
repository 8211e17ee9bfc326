"""Is an estimate lower than, similar to or higher than another? Three rules, never mixed up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    as_number,
    floats,
    one_of,
    possibly_missing,
    require,
    together,
    z_score,
)
from ineqlib.measures._estimates import Table, an_estimate, is_table, same_rows
from ineqlib.measures._limits import ratio_or

LOWER, SIMILAR, HIGHER = "lower", "similar", "higher"
NOT_COMPARED = "not compared"

COMPARISON_RULES = ("overlap", "difference", "false discovery")


@dataclass(frozen=True)
class FalseDiscovery:
    """Which of a list of differences stand once all the comparisons made are allowed for.

    Parameters
    ----------
    adjusted
        Smallest rate at which each difference would be found, the shape of the p-values; NaN where
        nothing was compared.
    discoveries
        True where it is found at `rate`, same shape.
    comparisons
        How many comparisons each list holds, shape ``(…)``: "allowing for 296 comparisons".
    rate
        Share of the found that are expected to be false, at most.
    """

    adjusted: FloatArray
    discoveries: NDArray[np.bool_]
    comparisons: NDArray[np.int_]
    rate: float


def compare(
    estimate: Estimate | Table, reference: Estimate | Table | ArrayLike, *, rule: str = "overlap"
) -> NDArray[np.str_]:
    """Say whether `estimate` is lower than, similar to or higher than `reference`.

    Parameters
    ----------
    estimate
        The area's estimate, shape ``(…)``, as a measure returns it or as a row (or rows) of
        `measure_table`.
    reference
        Estimate of the comparator (England, a county), or a bare value. Broadcasts.
    rule
        ``"overlap"``, the rule published on Fingertips ("confidence intervals overlapping the
        reference value"): similar where the comparator's value lies within the area's interval,
        limits included. The comparator's own interval is not used.

        ``"difference"``: a normal test of the difference, at the estimate's confidence, from both
        standard errors (a bare value has none). The two are taken to be independent; where the
        area is part of the comparator that makes the test slightly cautious.

        ``"false discovery"``: the same test, allowing for every comparison along the last axis, so
        that in a long list of areas few of those called different are so by chance
        (`false_discovery`, at a rate of one minus the estimate's confidence).

    Returns
    -------
    ndarray of str
        "lower", "similar", "higher", or "not compared" where a value, limit or standard error the
        rule needs does not exist; the broadcast shape. Whether lower is better is not said here.

    Raises
    ------
    InputError
        Limits the wrong way round, shapes that do not fit, or rows in another order.
    ParameterError
        An unknown rule.

    Method
    ------
    title: Lower, similar or higher
    sentence: Whether an area's value is lower than, similar to or higher than another's.
    formula:
        overlap: similar where lower limit ≤ r ≤ upper limit
        difference: similar where |y − r| ≤ z √(se² + se_r²)
        false discovery: as difference, allowing for every comparison in the list
        y: the area's value; r: the comparator's; se, se_r: their standard errors
    use: overlap to say what Fingertips says; difference for one comparison that matters; false
        discovery for a long list of areas or indicators.
    avoid: Never mix the rules on one page. The overlap rule takes the comparator as known: against
        a small comparator it calls too much different.
    interval: The area's own, at its confidence. The tests take the two as normal and independent;
        an area that is part of its comparator makes them slightly cautious.
    source: OHID, Public Health Technical Guidance; docs/decisions/0003

    Examples
    --------
    >>> area = Estimate(81.0, 80.6, 81.4, 0.2)
    >>> str(compare(area, 80.7)), str(compare(area, 80.5))
    ('similar', 'higher')
    """
    estimate, reference = _both(estimate, reference)
    if one_of(rule, "rule", COMPARISON_RULES) == "overlap":
        return _overlap(estimate, reference)
    if rule == "difference":
        return _difference(estimate, reference)
    return _discovery(estimate, reference)


def difference_p(estimate: Estimate | Table, reference: Estimate | Table | ArrayLike) -> FloatArray:
    """Two-sided p of the normal test that `estimate` and `reference` are the same.

    Parameters
    ----------
    estimate, reference
        As in `compare`; both standard errors are used, and a bare value has none.

    Returns
    -------
    ndarray
        The broadcast shape; NaN where a value or standard error does not exist. Where neither has
        an error, 1 if they are equal and 0 if not.

    Raises
    ------
    InputError
        A negative standard error, shapes that do not fit, or rows in another order.

    Method
    ------
    title: p of a difference
    sentence: How often chance alone would make two values differ at least as much as these.
    formula:
        p = 2 Φ(−|y − r| / √(se² + se_r²))
        y, r: the two values; se, se_r: their standard errors; Φ: normal distribution function
    use: As what false_discovery takes in. For a reader, show the difference and its interval.
    avoid: As a measure of how large or important a difference is: it is neither.
    interval: None. Takes the two values as normal and independent of one another.
    source: Any textbook: Armitage and Berry, Statistical Methods in Medical Research

    Examples
    --------
    >>> area = Estimate(81.0, 80.6, 81.4, 0.2)
    >>> round(float(difference_p(area, 80.5)), 4)
    0.0124
    """
    value, base, error = _pair(*_both(estimate, reference))
    gap = np.abs(value - base)
    distance = ratio_or(gap, error, np.where(gap > 0, np.inf, 0.0))
    return np.where(np.isnan(gap + error), np.nan, 2 * ndtr(-distance))


def false_discovery(p: ArrayLike, *, rate: float = 0.05) -> FalseDiscovery:
    """Which p-values of a list stand, keeping the share of false finds among the found in check.

    Parameters
    ----------
    p
        p-values, one list along the last axis, shape ``(…, k)``. NaN, not compared, stays out and
        does not count as a comparison.
    rate
        Share of the found that are expected to be false, at most, as a fraction.

    Returns
    -------
    FalseDiscovery
        Of each p-value, shape ``(…, k)``, whether it stands and its adjusted p.

    Raises
    ------
    InputError
        A p below 0 or above 1.
    ParameterError
        A rate that is not a fraction.

    Method
    ------
    title: Allowing for many comparisons
    sentence: Which of a list of differences stand, so that few of those called different are so by
        chance.
    formula:
        found: p₍₁₎ … p₍ᵢ₎ for the last i with p₍ᵢ₎ ≤ i q / k
        adjusted p₍ᵢ₎ = smallest of p₍ⱼ₎ k / j over j ≥ i
        p₍ᵢ₎: p-values, smallest first; k: how many; q: share of the found that may be false
    use: A table or map that marks the areas, or indicators, that differ from a comparator.
    avoid: Where the comparison was chosen before the figures were seen and stands alone. Where a
        single false find is one too many, use a stricter rule (Bonferroni's).
    interval: None. On average at most the share q of the found is false, for comparisons that are
        independent or lean the same way, as those against one comparator do.
    source: Benjamini and Hochberg 1995, J R Stat Soc B 57:289
    doi: 10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> judged = false_discovery([0.001, 0.02, 0.03, 0.6])
    >>> judged.discoveries.tolist(), int(judged.comparisons)
    ([True, True, True, False], 4)
    """
    if not 0 < as_number(rate) < 1:
        raise ParameterError(f"rate={rate!r}: expected a fraction between 0 and 1, such as 0.05.")
    p = np.atleast_1d(floats(p, "p"))  # one of many is as small as a number can be
    require(~((p < 0) | (p > 1)), "p", "between 0 and 1")
    compared = (~np.isnan(p)).sum(axis=-1)
    order = np.argsort(p, axis=-1)
    ascending = np.take_along_axis(p, order, axis=-1)
    scaled = ascending * compared[..., None] / np.arange(1, p.shape[-1] + 1)
    # The missing sort last: as infinities they leave the running smallest as it is.
    backwards = np.where(np.isnan(scaled), np.inf, scaled)[..., ::-1]
    smallest = np.minimum(np.minimum.accumulate(backwards, axis=-1)[..., ::-1], 1.0)
    adjusted = np.empty_like(p)
    np.put_along_axis(adjusted, order, smallest, axis=-1)
    adjusted = np.where(np.isnan(p), np.nan, adjusted)
    return FalseDiscovery(adjusted, adjusted <= rate, compared, rate)


def _both(
    estimate: Estimate | Table, reference: Estimate | Table | ArrayLike
) -> tuple[Estimate, Estimate | ArrayLike]:
    """Return an estimate and its comparator, refusing rows that are named in another order."""
    same_rows(estimate=estimate, reference=reference)
    if is_table(reference):
        serves_all = isinstance(reference, pd.DataFrame) and len(reference) == 1
        reference = an_estimate(reference, "reference")[0 if serves_all else ...]
    return an_estimate(estimate, "estimate"), reference


def _overlap(estimate: Estimate, reference: Estimate | ArrayLike) -> NDArray[np.str_]:
    lower, upper, value, base = together(
        lower=floats(estimate.lower, "lower"),
        upper=floats(estimate.upper, "upper"),
        value=possibly_missing(estimate.value, "value"),
        reference=_value_of(reference),
    )
    require(~(lower > upper), "lower", "at or below its upper limit", "Are the two swapped?")
    return _words(lower - base, upper - base, value)


def _difference(estimate: Estimate, reference: Estimate | ArrayLike) -> NDArray[np.str_]:
    value, base, error = _pair(estimate, reference)
    half = z_score(estimate.confidence) * error
    return _words(value - base - half, value - base + half, value)


def _discovery(estimate: Estimate, reference: Estimate | ArrayLike) -> NDArray[np.str_]:
    value, base, _ = _pair(estimate, reference)
    p = difference_p(estimate, reference)
    stands = false_discovery(p, rate=1 - estimate.confidence).discoveries.reshape(p.shape)
    side = np.where(np.isnan(p), np.nan, np.where(stands, np.sign(value - base), 0.0))
    return _words(side, side, value)


def _pair(
    estimate: Estimate, reference: Estimate | ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Value, comparator and the standard error of their difference, in one shape."""
    reference_se = reference.se if isinstance(reference, Estimate) else 0.0
    value, se, base, base_se = together(
        value=possibly_missing(estimate.value, "value"),
        se=possibly_missing(estimate.se, "se"),
        reference=_value_of(reference),
        reference_se=possibly_missing(reference_se, "reference se"),
    )
    require(~(se < 0), "se", "zero or above")
    require(~(base_se < 0), "reference se", "zero or above")
    return value, base, np.hypot(se, base_se)


def _value_of(reference: Estimate | ArrayLike) -> FloatArray:
    value = reference.value if isinstance(reference, Estimate) else reference
    return possibly_missing(value, "reference")


def _words(lower: FloatArray, upper: FloatArray, value: FloatArray) -> NDArray[np.str_]:
    """Say on which side of zero the limits of a difference lie."""
    unknown = np.isnan(lower) | np.isnan(upper) | np.isnan(value)
    words = np.where(lower > 0, HIGHER, np.where(upper < 0, LOWER, SIMILAR))
    return np.where(unknown, NOT_COMPARED, words)
