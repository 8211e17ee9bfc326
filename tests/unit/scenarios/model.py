"""What a coverage scenario is, and how it is tried."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import Estimate

SEED = 2026
GOOD = (0.93, 0.97)
"""A 95% interval is called good when it holds the truth this often."""

Limits = Estimate | tuple[ArrayLike, ArrayLike]
Draw = Callable[[np.random.Generator, int], tuple[ArrayLike, Limits]]


@dataclass(frozen=True)
class Scenario:
    """A truth, data drawn from it many times in one call, and the limits made of each.

    `draw(rng, sets)` gives the truth (one, or one for each set) and an `Estimate` or limits.
    """

    measure: str
    setting: str
    draw: Draw
    within: tuple[float, float]
    """How often the truth must be held, at least and at most."""
    why: str
    """In words, where that is not `GOOD`."""

    @property
    def name(self) -> str:
        """Name of this scenario alone: a measure may be tried in several settings."""
        return f"{self.measure}, {self.setting}"

    @property
    def family(self) -> str:
        """Module it is written in."""
        return self.draw.__module__


@dataclass(frozen=True)
class Coverage:
    """How often limits held the truth, lay wholly above or below it, or were not given."""

    sets: int
    truth: tuple[float, float]
    """Least and largest truth tried."""
    held: float
    above: float
    below: float
    none: float

    @property
    def error(self) -> float:
        """Standard error of `held`, for only so many sets were drawn."""
        return float(np.sqrt(self.held * (1 - self.held) / self.sets))


SCENARIOS: list[Scenario] = []


def scenario(
    measure: str, setting: str, *, within: tuple[float, float] = GOOD, why: str = ""
) -> Callable[[Draw], Draw]:
    """Enter a draw among the scenarios."""

    def enter(draw: Draw) -> Draw:
        SCENARIOS.append(Scenario(measure, setting, draw, within, why))
        return draw

    return enter


def try_out(tried: Scenario, sets: int) -> Coverage:
    """Draw the data sets and count; the seed is the scenario's own, whatever was tried before."""
    rng = np.random.default_rng([SEED, zlib.crc32(tried.name.encode())])
    truth, found = tried.draw(rng, sets)
    lower, upper = (found.lower, found.upper) if isinstance(found, Estimate) else found
    lower, upper, truth = np.broadcast_arrays(lower, upper, truth)
    if lower.shape != (sets,):
        raise ValueError(f"{tried.name}: limits of shape {lower.shape}, expected ({sets},)")
    given = np.isfinite(lower) & np.isfinite(upper)
    below, above = (upper < truth)[given], (lower > truth)[given]
    return Coverage(
        sets=int(given.sum()),
        truth=(float(truth.min()), float(truth.max())),
        held=float((~below & ~above).mean()),
        above=float(above.mean()),
        below=float(below.mean()),
        none=float(1 - given.mean()),
    )
