"""Is an estimate lower than, similar to or higher than another? Two rules, never mixed up."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import one_of, possibly_missing, require, together, z_score

LOWER, SIMILAR, HIGHER = "lower", "similar", "higher"
NOT_COMPARED = "not compared"

RULES = ("overlap", "difference")


def compare(
    estimate: Estimate, reference: Estimate | ArrayLike, *, rule: str = "overlap"
) -> NDArray[np.str_]:
    """Say whether `estimate` is lower than, similar to or higher than `reference`.

    Parameters
    ----------
    estimate
        The area's estimate, shape ``(…)``.
    reference
        Estimate of the comparator (England, a county), or a bare value. Broadcasts.
    rule
        ``"overlap"``, the rule published on Fingertips ("confidence intervals overlapping the
        reference value"): similar where the comparator's value lies within the area's interval,
        limits included. The comparator's own interval is not used.

        ``"difference"``: a normal test of the difference, at the estimate's confidence, from both
        standard errors (a bare value has none). The two are taken to be independent; where the
        area is part of the comparator that makes the test slightly cautious.

    Returns
    -------
    ndarray of str
        "lower", "similar", "higher", or "not compared" where a value, limit or standard error the
        rule needs does not exist; the broadcast shape. Whether lower is better is not said here.

    Raises
    ------
    InputError
        Limits the wrong way round, or shapes that do not fit.
    ParameterError
        An unknown rule.

    Examples
    --------
    >>> area = Estimate(81.0, 80.6, 81.4, 0.2)
    >>> str(compare(area, 80.7)), str(compare(area, 80.5))
    ('similar', 'higher')
    """
    if one_of(rule, "rule", RULES) == "overlap":
        return _overlap(estimate, reference)
    return _difference(estimate, reference)


def _overlap(estimate: Estimate, reference: Estimate | ArrayLike) -> NDArray[np.str_]:
    lower, upper, value, base = together(
        lower=possibly_missing(estimate.lower, "lower"),
        upper=possibly_missing(estimate.upper, "upper"),
        value=possibly_missing(estimate.value, "value"),
        reference=_value_of(reference),
    )
    require(~(lower > upper), "lower", "at or below its upper limit", "Are the two swapped?")
    return _words(lower - base, upper - base, value)


def _difference(estimate: Estimate, reference: Estimate | ArrayLike) -> NDArray[np.str_]:
    reference_se = reference.se if isinstance(reference, Estimate) else 0.0
    value, se, base, base_se = together(
        value=possibly_missing(estimate.value, "value"),
        se=possibly_missing(estimate.se, "se"),
        reference=_value_of(reference),
        reference_se=possibly_missing(reference_se, "reference se"),
    )
    half = z_score(estimate.confidence) * np.hypot(se, base_se)
    return _words(value - base - half, value - base + half, value)


def _value_of(reference: Estimate | ArrayLike) -> FloatArray:
    value = reference.value if isinstance(reference, Estimate) else reference
    return possibly_missing(value, "reference")


def _words(lower: FloatArray, upper: FloatArray, value: FloatArray) -> NDArray[np.str_]:
    """Say on which side of zero the limits of a difference lie."""
    unknown = np.isnan(lower) | np.isnan(upper) | np.isnan(value)
    words = np.select([unknown, lower > 0, upper < 0], [NOT_COMPARED, HIGHER, LOWER], SIMILAR)
    return np.asarray(words)
