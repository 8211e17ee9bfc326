"""Funnel limits: how far from the average an area of this size may lie by chance alone.

Rates and ratios have exact Poisson limits, proportions Wilson's turned round. Where areas differ by
more than chance for reasons nobody is judging, `overdispersion` can widen them. Areas are on the
last axis; averages, values and limits are events per one of the denominator: multiply by 100 or
100,000 to print them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gdtrib

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import not_negative, one_of, positive, tail, z_score
from ineqlib.measures.overdispersion import (
    KINDS,
    Overdispersion,
    check_average,
    from_root,
    one_for_each_funnel,
    root_error,
    to_root,
)

MODELS = ("multiplicative", "additive")

WARNING = 0.95
"""Confidence of a funnel's inner limits, about two standard errors."""


def funnel_limits(
    denominator: ArrayLike,
    average: ArrayLike,
    *,
    kind: str,
    confidence: float = WARNING,
    overdispersion: Overdispersion | None = None,
    model: str = "multiplicative",
) -> Estimate:
    """Limits within which areas of these sizes lie by chance if all share the average.

    Parameters
    ----------
    denominator
        Size of each area, shape ``(…, k)``: people of a proportion or rate, expected events of a
        ratio, ``events / rate`` of a directly standardised rate. Areas, or points to draw a curve.
    average
        Average of each funnel, per one of the denominator: one number, or shape ``(…)``.
    kind
        ``"proportion"``, ``"rate"``, ``"ratio"`` (observed over expected) or ``"dsr"``.
    confidence
        0.95 for the inner limits and 0.998 for the outer.
    overdispersion
        What `overdispersion` found among the areas; without it, chance alone.
    model
        ``"multiplicative"`` widens by the root of phi; ``"additive"`` adds tau² to the variance, so
        that large areas too keep room to differ.

    Returns
    -------
    Estimate
        Shape ``(…, k)``: the average, its limits for each size, and the standard error of an area
        of that size by chance.

    Raises
    ------
    InputError
        A denominator not above zero; an average that is no proportion, or not above zero.
    ParameterError
        An unknown kind or model; overdispersion of another kind.

    Method
    ------
    title: Funnel limits
    sentence: How far from the average an area of a given size may lie by chance alone.
    formula:
        proportion: θ ± z √(θ (1 − θ) / n), whose Wilson interval ends at θ; cut at 0 and 1
        rate, ratio: k / n, k being the events with a Poisson tail of exactly (1 − c) / 2:
          lower: χ²(1 − (1 − c)/2; 2k + 2) / 2 = nθ; upper: χ²((1 − c)/2; 2k) / 2 = nθ
        widened: θ (1 ± z w)², w² = φ / (4nθ) or 1 / (4nθ) + τ²; of proportions
          sin²(arcsin √θ ± z w), w² = φ / (4n) or 1 / (4n) + τ²; never nearer than by chance
        θ: average; n: people, or events expected; c: confidence; z: normal quantile of c; χ²(p; d):
            quantile of chi-squared on d degrees of freedom; φ, τ²: see overdispersion
    use: To draw areas of different size against their average, without ranking them.
    avoid: Where the areas are known to differ for reasons nobody is judging, without
        overdispersion: most of them will lie outside.
    interval: Two levels by custom, 95% and 99.8%. Of areas that share the average, 5 and 0.2 in 100
        lie outside; fewer where counts are small, for events come in whole numbers.
    source: Spiegelhalter 2005, Stat Med 24:1185
    doi: 10.1002/sim.1970

    Examples
    --------
    >>> limits = funnel_limits([100, 10_000], 0.2, kind="proportion")
    >>> limits.lower.round(3).tolist(), limits.upper.round(3).tolist()
    ([0.122, 0.192], [0.278, 0.208])
    """
    one_of(kind, "kind", KINDS)
    size = np.atleast_1d(positive(denominator, "denominator"))
    middle = check_average(not_negative(average, "average"), kind)
    middle = one_for_each_funnel(middle, "average", size)
    size, middle = np.broadcast_arrays(size, middle)
    return Funnel(kind, overdispersion, model).limits(size, middle, confidence)


@dataclass(frozen=True)
class Funnel:
    """What makes a funnel's limits, besides how large its areas are and what their average is."""

    kind: str
    overdispersion: Overdispersion | None
    model: str

    def __post_init__(self) -> None:
        spread = self.overdispersion
        one_of(self.model, "model", MODELS)
        if not isinstance(spread, Overdispersion | None):
            raise ParameterError(
                f"overdispersion={spread!r}: expected what the function overdispersion returns."
            )
        if spread is not None and spread.kind != self.kind:
            raise ParameterError(
                f"overdispersion was found for kind={spread.kind!r}, the limits are for "
                f"kind={self.kind!r}: find it for the same areas."
            )

    def limits(self, size: FloatArray, average: FloatArray, confidence: float) -> Estimate:
        """Limits of areas of these sizes, in one shape with their averages."""
        z = z_score(confidence)
        if self.kind == "proportion":
            error = np.sqrt(average * (1 - average) / size)
            half = z * error
            lower, upper = np.maximum(average - half, 0.0), np.minimum(average + half, 1.0)
        else:
            error = np.sqrt(average / size)
            lower, upper = (events / size for events in _poisson_limits(average * size, confidence))
        words = "by chance alone"
        if self.overdispersion is not None:
            half = z * np.sqrt(self._root_variance(size, average, self.overdispersion))
            middle = to_root(average, average, self.kind)
            lower = np.minimum(lower, from_root(middle - half, average, self.kind))
            upper = np.maximum(upper, from_root(middle + half, average, self.kind))
            words = f"{self.model} overdispersion, {self.overdispersion.method}"
        method = f"funnel limits of a {self.kind}, {words}"
        return Estimate(average, lower, upper, error, confidence, method)

    def _root_variance(
        self, size: FloatArray, average: FloatArray, spread: Overdispersion
    ) -> FloatArray:
        """Variance on the root scale, with the spread between areas in it."""
        variance = root_error(size, average, self.kind) ** 2
        if self.model == "multiplicative":
            return variance * np.maximum(one_for_each_funnel(spread.phi, "overdispersion", size), 1)
        return variance + one_for_each_funnel(spread.tau_squared, "overdispersion", size)


def _poisson_limits(expected: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Numbers of events, read between whole numbers, that cut off the tails of a Poisson.

    The sum of the Poisson's terms up to k is an incomplete gamma function of k + 1, and the sum
    from k one of k, both of which take any k. Each number expected is solved for once.
    """
    beyond = tail(confidence)
    distinct, place = np.unique(expected, return_inverse=True)
    lower = np.maximum(gdtrib(1.0, 1 - beyond, distinct) - 1, 0.0)
    upper = gdtrib(1.0, beyond, distinct)
    return lower[place], upper[place]
