"""Distributions of a unit cost between its low and high ends: exact moments, and draws."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv
from scipy.stats import norm

from ineqlib.estimate import FloatArray

Z = float(norm.ppf(0.975))
WITHIN = 0.1
"""Share by which published limits may be off those of the distribution taken for them."""

Pair = tuple[FloatArray, FloatArray]


@dataclass(frozen=True)
class CostShape:
    """One distribution.

    Parameters
    ----------
    words
        What it is called.
    holds
        What lies between low and high: "all" or "95%"; `central` is the mode or the mean then.
    moments
        Mean and variance of costs from their ``(low, central, high)``.
    draw
        Draws, shape ``(draws, costs)``.
    limits
        The limits that the moments lead to, for one whose ends are published limits; else None.
    """

    words: str
    holds: str
    moments: Callable[[FloatArray, FloatArray, FloatArray], Pair]
    draw: Callable[[np.random.Generator, int, FloatArray, FloatArray, FloatArray], FloatArray]
    limits: Callable[[FloatArray, FloatArray, FloatArray], Pair] | None = None


def triangular_moments(low: FloatArray, central: FloatArray, high: FloatArray) -> Pair:
    """Mean and variance of triangular distributions.

    Examples
    --------
    >>> mean, variance = triangular_moments(np.array(0.0), np.array(0.0), np.array(6.0))
    >>> float(mean), float(variance)
    (2.0, 2.0)
    """
    mean = (low + central + high) / 3
    pairs = low * central + low * high + central * high
    return mean, np.maximum((low**2 + central**2 + high**2 - pairs) / 18, 0.0)


def pert_moments(low: FloatArray, central: FloatArray, high: FloatArray) -> Pair:
    """Mean and variance of beta distributions that lean on the mode four times (PERT).

    Examples
    --------
    >>> mean, variance = pert_moments(np.array(0.0), np.array(0.0), np.array(6.0))
    >>> float(mean), round(float(variance), 3)
    (1.0, 0.714)
    """
    mean = (low + 4 * central + high) / 6
    return mean, (mean - low) * (high - mean) / 7


def lognormal_moments(low: FloatArray, central: FloatArray, high: FloatArray) -> Pair:
    """Mean and variance where `central` is the mean, and 95% lies between the ends.

    Examples
    --------
    >>> mean, variance = lognormal_moments(np.array(50.0), np.array(106.449), np.array(200.0))
    >>> float(mean), round(float(variance) ** 0.5, 1)
    (106.449, 38.9)
    """
    return central, central**2 * np.expm1(_log_spread(low, high) ** 2)


def gamma_moments(low: FloatArray, central: FloatArray, high: FloatArray) -> Pair:
    """Mean and variance where `central` is the mean, and the ends are 1.96 errors apart from it.

    Examples
    --------
    >>> mean, variance = gamma_moments(np.array(60.8), np.array(100.0), np.array(139.2))
    >>> float(mean), round(float(variance) ** 0.5, 1)
    (100.0, 20.0)
    """
    return central, ((high - low) / (2 * Z)) ** 2


def _log_spread(low: FloatArray, high: FloatArray) -> FloatArray:
    return np.log(high / low) / (2 * Z)


def _draw_triangular(
    rng: np.random.Generator, draws: int, low: FloatArray, central: FloatArray, high: FloatArray
) -> FloatArray:
    return rng.triangular(low, central, high, (draws, len(low)))


def _draw_pert(
    rng: np.random.Generator, draws: int, low: FloatArray, central: FloatArray, high: FloatArray
) -> FloatArray:
    wide = high - low
    up, down = 1 + 4 * (central - low) / wide, 1 + 4 * (high - central) / wide
    return low + wide * rng.beta(up, down, (draws, len(low)))


def _draw_lognormal(
    rng: np.random.Generator, draws: int, low: FloatArray, central: FloatArray, high: FloatArray
) -> FloatArray:
    spread = _log_spread(low, high)
    return rng.lognormal(np.log(central) - spread**2 / 2, spread, (draws, len(low)))


def _draw_gamma(
    rng: np.random.Generator, draws: int, low: FloatArray, central: FloatArray, high: FloatArray
) -> FloatArray:
    mean, variance = gamma_moments(low, central, high)
    return rng.gamma(mean**2 / variance, variance / mean, (draws, len(low)))


def _lognormal_limits(low: FloatArray, central: FloatArray, high: FloatArray) -> Pair:
    spread = _log_spread(low, high)
    middle = central * np.exp(-(spread**2) / 2)
    return middle * np.exp(-Z * spread), middle * np.exp(Z * spread)


def _gamma_limits(low: FloatArray, central: FloatArray, high: FloatArray) -> Pair:
    mean, variance = gamma_moments(low, central, high)
    scale, shape = variance / mean, mean**2 / variance
    return scale * gammaincinv(shape, 0.025), scale * gammaincinv(shape, 0.975)


COST_SHAPES = {
    "triangular": CostShape("triangle", "all", triangular_moments, _draw_triangular),
    "pert": CostShape("PERT", "all", pert_moments, _draw_pert),
    "lognormal": CostShape(
        "log-normal", "95%", lognormal_moments, _draw_lognormal, _lognormal_limits
    ),
    "gamma": CostShape("gamma", "95%", gamma_moments, _draw_gamma, _gamma_limits),
}


def fit_fault(name: str, low: float, central: float, high: float) -> str:
    """Say why a mean and its limits are none of the distribution named; empty where they are.

    Parameters
    ----------
    name
        One of `COST_SHAPES`.
    low, central, high
        In order.

    Examples
    --------
    >>> fit_fault("lognormal", 3200, 4500, 7000), fit_fault("gamma", 100, 100, 100)
    ('', '')
    """
    shape = COST_SHAPES[name]
    if shape.limits is None or low == high:
        return ""
    instead = "without a distribution it is a triangle from low over central to high"
    if low <= 0:
        return f"low is {low:g}, but a {shape.words} cost is above zero: {instead}"
    ends = shape.limits(*(np.asarray(float(end)) for end in (low, central, high)))
    off = [abs(float(end) / given - 1) for end, given in zip(ends, (low, high), strict=True)]
    if max(off) <= WITHIN:
        return ""
    return (
        f"central {central:,g} is expected to be the mean of a {shape.words} cost, and {low:,g} to "
        f"{high:,g} its 95% limits, but these would be "
        f"{' to '.join(f'{float(end):,.0f}' for end in ends)}: {instead}"
    )
