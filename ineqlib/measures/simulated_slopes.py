"""Slope and relative indices with simulated limits, for whoever must do as OHID's tool does.

Chance is drawn around each group's value, a line goes through each draw, and the limits are the
order statistics of the answers. Where `sii` and `rii` have exact limits these only come near them,
and change with the generator: prefer the exact ones (docs/decisions/0001-sii-and-rii-limits.md).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import is_whole, not_negative, z_score
from ineqlib.measures.gradients import Line, back, fit_line, groups_on, onto, rii, sii
from ineqlib.measures.simulation import BLOCK, Simulation, check_simulation, limit_places

Statistic = Callable[[FloatArray, FloatArray], FloatArray]
"""What is asked of a line's two ends, the most deprived first."""


def sii_simulated(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike,
    simulation: Simulation,
    scale: str = "linear",
    confidence: float = 0.95,
) -> Estimate:
    """`sii` with simulated limits.

    Parameters
    ----------
    value, population, scale, confidence
        As in `sii`.
    se
        Standard errors of `value` in its own unit, whatever the noise, as in `sii`: on the log
        scale they become se / y, on the logit scale se / (y (1 − y)). Where limits made on the log
        scale are published, ``y * (ln upper − ln lower) / (2 z)`` gives what OHID's tool takes.
    simulation
        Generator, number of draws, and on which scale chance is normal.

    Returns
    -------
    Estimate
        Shape ``(…)``. The value is that of `sii`. The standard error is the one the limits imply.
        On the log and logit scales the limits of the slope turn the line about its fitted middle,
        as in `sii`.

    Raises
    ------
    InputError
        As `sii`.
    ParameterError
        As `sii`; a seed in place of a generator; too few draws for the confidence; noise on another
        scale than that of a line on the log or logit scale.

    Method
    ------
    title: Slope index of inequality, simulated limits
    sentence: The slope index, its limits made by simulation as OHID's tool makes them.
    formula:
        As sii; y* = y + se e on the scale of noise, e standard normal, R times
    use: To match limits made with OHID's tool, or noise on another scale than the line's.
    avoid: Otherwise: sii gives at once the limits these come near, the same for every reader.
    interval: Chance is drawn around each group's value, normal on the scale named by noise; the
        limits stand at places round(R (1 − q)) and round(R q) of R draws in order, q = ½ (1 +
        confidence). They change with the generator: simulation_spread says how far.
    source: OHID, inequalities tools and guidance

    Notes
    -----
    Problems on the leading axes are drawn one after another: a batch gives what its problems give
    in turn with the same generator.

    Examples
    --------
    >>> simulation = Simulation(np.random.default_rng(1), noise="log")
    >>> gap = sii_simulated([50, 40, 30, 20, 10], [1] * 5, se=[1] * 5, simulation=simulation)
    >>> round(float(gap.value), 6), bool(gap.lower < -50 < gap.upper)
    (-50.0, True)
    """
    not_negative(se, "se")
    exact = sii(value, population, se=se, scale=scale, confidence=confidence)
    return _simulated(exact, (value, population, se), simulation, scale, _difference)


def rii_simulated(
    value: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike,
    simulation: Simulation,
    scale: str = "linear",
    confidence: float = 0.95,
) -> Estimate:
    """`rii` with simulated limits; errors as in `sii_simulated` and `rii`.

    A draw whose fitted most deprived end is at or below zero counts as an endless ratio. Where that
    puts a limit out of bounds there are none (NaN), as in `rii`.

    Parameters
    ----------
    value, population, se, simulation, scale, confidence
        As in `sii_simulated`.

    Returns
    -------
    Estimate
        Shape ``(…)``, without a unit. The value is that of `rii`; limits and standard error come
        about as in `sii_simulated`.

    Method
    ------
    title: Relative index of inequality, simulated limits
    sentence: The relative index, its limits made by simulation as OHID's tool makes them.
    formula:
        As rii; y* = y + se e on the scale of noise, e standard normal, R times
    use: As sii_simulated.
    avoid: Otherwise: rii gives at once the limits these come near, the same for every reader.
    interval: As sii_simulated's.
    source: OHID, inequalities tools and guidance

    Examples
    --------
    >>> simulation = Simulation(np.random.default_rng(1))
    >>> quotient = rii_simulated([50, 40, 30, 20, 10], [1] * 5, se=[1] * 5, simulation=simulation)
    >>> round(float(quotient.value), 6)  # from 55 down to 5
    0.090909
    """
    not_negative(se, "se")
    exact = rii(value, population, se=se, scale=scale, confidence=confidence)
    return _simulated(exact, (value, population, se), simulation, scale, _ratio)


def simulation_spread(
    simulated: Callable[..., Estimate],
    value: ArrayLike,
    population: ArrayLike,
    *,
    times: int = 10,
    **options: object,
) -> FloatArray:
    """How far simulated limits are from those of the next simulation, on average.

    Parameters
    ----------
    simulated
        `sii_simulated` or `rii_simulated`.
    value, population, options
        What it is given.
    times
        Simulations made, 2 or more.

    Returns
    -------
    array
        Shape ``(…)``: mean absolute difference of both limits of every later simulation from those
        of the first, in the unit of the limits. OHID's tool reports it of 10.

    Raises
    ------
    ParameterError
        Another function, fewer than two simulations, or as the function itself.

    Method
    ------
    title: Spread of simulated limits
    sentence: How far simulated limits move when the simulation is made again.
    formula:
        Σ |limit_t − limit_1| / number of them, over both limits and simulations t = 2 … T
        T: simulations made, 10 unless told otherwise
    use: Once, to choose a number of draws; limits are no better than it.
    avoid: As a measure of the index's own uncertainty: that is what the limits are for.
    interval: None.
    source: OHID, inequalities tools and guidance

    Examples
    --------
    >>> simulation = Simulation(np.random.default_rng(1))
    >>> data = [50, 40, 30, 20, 10], [1] * 5
    >>> spread = simulation_spread(sii_simulated, *data, se=[1] * 5, simulation=simulation)
    >>> bool(spread < 0.1)
    True
    """
    if simulated is not sii_simulated and simulated is not rii_simulated:
        words = "expected sii_simulated or rii_simulated. Exact limits are the same each time."
        raise ParameterError(f"simulated={simulated!r}: {words}")
    if not is_whole(times) or times < 2:
        raise ParameterError(f"times={times!r}: expected a whole number, 2 or more.")
    estimates = [simulated(value, population, **options) for _ in range(times)]
    limits = np.stack([[estimate.lower, estimate.upper] for estimate in estimates])
    return np.asarray(np.abs(limits[1:] - limits[0]).mean(axis=(0, 1)))


def _difference(bottom: FloatArray, top: FloatArray) -> FloatArray:
    return top - bottom


def _ratio(bottom: FloatArray, top: FloatArray) -> FloatArray:
    above = bottom > 0
    return np.where(above, top / np.where(above, bottom, 1), np.inf)


def _noise_scale(simulation: Simulation, scale: str) -> str:
    check_simulation(simulation)
    if simulation.noise in ("same", scale):
        return scale
    if scale != "linear":
        raise ParameterError(
            f"noise={simulation.noise!r} with scale={scale!r}: expected noise on the line's own "
            "scale, or a line on the linear scale."
        )
    return simulation.noise


@dataclass(frozen=True)
class _Problems:
    """Groups of each problem, ``(problems, k)``, the line through them, and what is asked of it."""

    centre: FloatArray
    spread: FloatArray
    line: Line
    noise: str
    scale: str
    statistic: Statistic

    def answers(self, rows: slice, chance: FloatArray) -> FloatArray:
        """Answer of every draw of some problems, from ``(problems, draws, k)`` standard normals."""
        drawn = self.centre[rows, None] + self.spread[rows, None] * chance
        if self.noise != self.scale:
            drawn = back(drawn, self.noise)
        slope = np.einsum("prk,pk->pr", drawn, self.line.leverage[rows])
        if self.scale == "linear":
            middle = np.einsum("prk,pk->pr", drawn, self.line.share[rows])
        else:  # the line turns about its fitted middle, as for the exact limits of sii
            middle = self.line.middle[rows, None]
        bottom, top = (back(middle + side * slope, self.scale) for side in (-0.5, 0.5))
        return self.statistic(bottom, top)


def _simulated(
    exact: Estimate,
    groups: tuple[ArrayLike, ArrayLike, ArrayLike],
    simulation: Simulation,
    scale: str,
    statistic: Statistic,
) -> Estimate:
    """Estimate with limits that are order statistics of the draws' answers."""
    noise = _noise_scale(simulation, scale)
    value, population, error = (
        part.reshape(-1, part.shape[-1]) for part in groups_on(*groups, noise)
    )
    line = fit_line(onto(value, error, scale)[0], population)
    problems = _Problems(*onto(value, error, noise), line, noise, scale, statistic)
    places = limit_places(simulation.draws, exact.confidence)
    limits = np.empty((len(problems.centre), 2))
    for rows, answers in _drawn(problems, simulation):
        answers.partition(places, axis=-1)
        limits[rows] = answers[:, places]
    limits[~np.isfinite(limits).all(axis=-1)] = np.nan
    lower, upper = limits.T.reshape(2, *np.shape(exact.value))
    se = (upper - lower) / (2 * z_score(exact.confidence))
    chance = f"limits of {simulation.draws:,} draws, noise on the {noise} scale"
    return replace(exact, lower=lower, upper=upper, se=se, method=f"{exact.method}, {chance}")


def _drawn(problems: _Problems, simulation: Simulation) -> Iterator[tuple[slice, FloatArray]]:
    """Answers of all draws, ``(problems, draws)``, of a few problems at a time.

    Chance is drawn in the order problem, draw, group, whatever the size of a block.
    """
    number, k = problems.centre.shape
    draws = simulation.draws
    at_once = max(BLOCK // (draws * k), 1)
    stretch = draws if at_once > 1 else max(BLOCK // k, 1)
    for start in range(0, number, at_once):
        rows = slice(start, min(start + at_once, number))
        answers = np.empty((rows.stop - start, draws))
        for done in range(0, draws, stretch):
            part = answers[:, done : done + stretch]
            chance = simulation.rng.standard_normal((*part.shape, k))
            part[:] = problems.answers(rows, chance)
        yield rows, answers
