"""How limits are drawn: generator, number of draws, and where limits stand among draws in order."""

from dataclasses import dataclass

import numpy as np

from ineqlib.errors import ParameterError
from ineqlib.measures._checks import is_whole, one_of, tail
from ineqlib.measures.gradients import SCALES

FEWEST_DRAWS = 1000
MOST_DRAWS = 1_000_000
"""More tell nothing new: limits are then off by a thousandth of their distance."""

BLOCK = 500_000
"""Numbers held at a time; results do not depend on it, memory does."""


@dataclass(frozen=True)
class Simulation:
    """How limits are simulated.

    Parameters
    ----------
    rng
        Generator of the draws, such as ``numpy.random.default_rng(2026)``. It is used up as it
        goes: two calls with one generator differ, two with generators of one seed do not.
    draws
        Number of draws, from 1,000 to 1,000,000; OHID takes 100,000.
    noise
        Where chance is normal: on the ``"linear"``, ``"log"`` or ``"logit"`` scale of the values.
        OHID's value types 0 (others), 1 (rates) and 2 (proportions). ``"same"``: the line's scale.
    """

    rng: np.random.Generator
    draws: int = 100_000
    noise: str = "same"

    def __post_init__(self) -> None:
        if not isinstance(self.rng, np.random.Generator):
            raise ParameterError(
                f"rng={self.rng!r}: expected a generator such as numpy.random.default_rng(2026). "
                "A seed alone would draw the same each time, and no seed could not be repeated."
            )
        if not is_whole(self.draws) or not FEWEST_DRAWS <= self.draws <= MOST_DRAWS:
            raise ParameterError(
                f"draws={self.draws!r}: expected a whole number from {FEWEST_DRAWS:,} "
                f"to {MOST_DRAWS:,}."
            )
        one_of(self.noise, "noise", ("same", *SCALES))


def check_simulation(simulation: object) -> None:
    """Refuse what is no `Simulation`, such as a seed or a generator."""
    if not isinstance(simulation, Simulation):
        words = "expected Simulation(rng, draws=…), a generator and a number of draws."
        raise ParameterError(f"simulation={simulation!r}: {words}")


def limit_places(draws: int, confidence: float) -> list[int]:
    """Where the limits stand among the draws in order, counting from 0."""
    beyond = tail(confidence)
    low, high = round(draws * beyond) - 1, round(draws * (1 - beyond)) - 1
    if low < 0:
        words = f"too few for confidence={confidence!r}; expected {1 / beyond:,.0f} or more."
        raise ParameterError(f"draws={draws!r}: {words}")
    return [low, high]
