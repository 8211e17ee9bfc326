"""What some events cost: ranges carried through by draws, and held against exact moments."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import (
    above_zero,
    as_number,
    last_axis,
    not_negative,
    one_of,
    require,
    same_labels,
    together,
)
from ineqlib.measures.cost_shapes import COST_SHAPES, fit_fault
from ineqlib.measures.simulation import Simulation, check_simulation, limit_places

FURTHEST = 5.0
"""Errors of a mean or spread of draws by which it may be off the exact one: more seldom than once
in a million."""


@dataclass(frozen=True)
class EventCost:
    """What events cost, worked out twice.

    Parameters
    ----------
    total
        Central events times central costs; limits of the draws; the exact standard deviation.
    parts
        The same of each cost alone, shape ``(costs,)``.
    mean
        Exact mean, which is above `total` where costs reach further up than down.
    drawn_mean, drawn_sd
        Of the draws.
    distance
        How far those are from the exact ones, in their own errors: the larger of the two.
    """

    total: Estimate
    parts: Estimate
    mean: float
    drawn_mean: float
    drawn_sd: float
    distance: float

    @property
    def agrees(self) -> bool:
        """Whether draws and exact moments tell the same."""
        return self.distance <= FURTHEST


def event_cost(  # noqa: PLR0913 (the three ends of a range)
    events: float,
    se: float,
    low: ArrayLike,
    central: ArrayLike,
    high: ArrayLike,
    *,
    shapes: Sequence[str] = (),
    simulation: Simulation,
    confidence: float = 0.95,
) -> EventCost:
    """Cost of some events, each of which has several unit costs.

    Parameters
    ----------
    events, se
        How many events, and the standard error: chance in them is normal.
    low, central, high
        Of each unit cost, shape ``(costs,)``: what its shape makes of them. Costs are independent
        of one another and of the events.
    shapes
        Distribution of each cost, `COST_SHAPES`: ``"triangular"`` and ``"pert"`` from the least
        over the likeliest to the most; ``"lognormal"`` and ``"gamma"`` of a mean and its 95%
        limits. All are triangular without.
    simulation
        Generator and number of draws.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    EventCost
        In the unit of the costs.

    Raises
    ------
    InputError
        A missing number, a cost below zero, ends of a range in the wrong order, or a mean and
        limits that its distribution could not have.
    ParameterError
        No such distribution, or not one for each cost; a seed in place of a generator; too few
        draws for the confidence.

    Notes
    -----
    With N events of mean n and variance s², and costs C of mean c and variance v, all independent:
    the mean is n c and the variance s² c² + n² v + s² v (Goodman 1960, J Am Stat Assoc 55:708).

    Examples
    --------
    >>> simulation = Simulation(np.random.default_rng(1), draws=1000)
    >>> cost = event_cost(10, 0, [100, 10], [100, 10], [100, 10], simulation=simulation)
    >>> float(cost.total.value), float(cost.total.lower), cost.drawn_mean
    (1100.0, 1100.0, 1100.0)
    """
    check_simulation(simulation)
    places = limit_places(simulation.draws, confidence)
    low, central, high = _ranges(low, central, high)
    number, spread = _number_of_events(events, se)
    means, variances = central.copy(), np.zeros(len(central))
    drawn = number + spread * simulation.rng.standard_normal(simulation.draws)
    costs = np.broadcast_to(central, (simulation.draws, len(central))).copy()
    shape_names = _shapes(shapes, low, central, high)
    for name, shape in COST_SHAPES.items():
        # Where both ends are one number there is nothing to draw.
        own = (shape_names == name) & (high > low)
        ends = low[own], central[own], high[own]
        means[own], variances[own] = shape.moments(*ends)
        costs[:, own] = shape.draw(simulation.rng, simulation.draws, *ends)
    parts = drawn[:, None] * costs
    whole = parts.sum(axis=-1)
    mean = number * means.sum()
    sd = np.sqrt(_variance(number, spread, means.sum(), variances.sum()))
    method = f"limits of {simulation.draws:,} draws"

    def estimate(value: FloatArray, draws: FloatArray, error: FloatArray) -> Estimate:
        lower, upper = np.sort(draws, axis=0)[places]
        return Estimate(value, lower, upper, error, confidence, method)

    return EventCost(
        estimate(np.asarray(number * central.sum()), whole, np.asarray(sd)),
        estimate(number * central, parts, np.sqrt(_variance(number, spread, means, variances))),
        float(mean),
        float(whole.mean()),
        float(whole.std(ddof=1)),
        distance_of_draws(whole, float(mean), float(sd)),
    )


def _variance(n: float, se: float, mean: ArrayLike, variance: ArrayLike) -> FloatArray:
    """Variance of a product of two independent numbers."""
    mean, variance = np.asarray(mean), np.asarray(variance)
    return np.asarray(se**2 * mean**2 + n**2 * variance + se**2 * variance)


def distance_of_draws(draws: FloatArray, mean: float, sd: float) -> float:
    """How far mean and spread of draws are from exact ones, in their own errors; 0 without spread.

    Examples
    --------
    >>> draws = np.random.default_rng(1).normal(10, 2, 10_000)
    >>> distance_of_draws(draws, 10, 2) < 4 < distance_of_draws(draws, 10, 2.2)
    True
    """
    number, own = len(draws), float(draws.std(ddof=1))
    scale = max(abs(mean), sd, 1e-300)
    if own < 1e-9 * scale and sd < 1e-9 * scale:
        return 0.0 if abs(draws.mean() - mean) <= 1e-9 * scale else np.inf
    fourth = float(((draws - draws.mean()) ** 4).mean()) / own**4
    of_mean = own / np.sqrt(number)
    of_sd = own * np.sqrt((fourth - 1) / (4 * number))
    return float(max(abs(draws.mean() - mean) / of_mean, abs(own - sd) / of_sd))


def present_value(years: int, rate: float) -> float:
    """Years of a yearly sum, the first of them whole, each later one discounted by the rate.

    Examples
    --------
    >>> present_value(3, 0.0), round(present_value(3, 0.035), 4)
    (3.0, 2.8997)
    """
    rate = 0.0 if rate == 0 else above_zero(rate, "rate")
    return float(sum((1 + rate) ** -year for year in range(years)))


def _number_of_events(events: float, se: float) -> tuple[float, float]:
    number, spread = as_number(events), as_number(se)
    if not (np.isfinite(number) and np.isfinite(spread) and spread >= 0):
        raise ParameterError(
            f"events={events!r}, se={se!r}: expected a number, and a standard error zero or above."
        )
    return number, spread


def _shapes(
    given: Sequence[str], low: FloatArray, central: FloatArray, high: FloatArray
) -> NDArray[np.str_]:
    names = list(given) or ["triangular"] * len(central)
    if isinstance(given, str) or len(names) != len(central):
        raise ParameterError(
            f"shapes={given!r}: expected one of {', '.join(COST_SHAPES)} for each of "
            f"{len(central)} costs."
        )
    for place, name in enumerate(names):
        one_of(name, "shapes", COST_SHAPES)
        if fault := fit_fault(name, low[place], central[place], high[place]):
            raise InputError(f"cost {place} (counting from 0): {fault}.")
    return np.array(names, dtype=str)


def _ranges(*given: ArrayLike) -> Sequence[FloatArray]:
    names = ("low", "central", "high")
    same_labels(**dict(zip(names, given, strict=True)))
    arrays = {n: np.atleast_1d(not_negative(a, n)) for n, a in zip(names, given, strict=True)}
    low, central, high = together(**arrays)
    last_axis(low, "low", at_least=1, what="costs")
    require((low <= central) & (central <= high), "central", "between low and high")
    return low, central, high
