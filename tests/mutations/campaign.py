"""Many damaged files, drawn evenly from every seed and every way to damage it."""

import random
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from .judge import CAUGHT, Judge, Outcome
from .mutations import MUTATIONS
from .seeds import seeds

IN_TESTS = 30
"""Files that the tests damage each time."""


@dataclass(frozen=True)
class Trial:
    """One damaged file and what a build made of it."""

    seed: str
    layout: str
    mutation: str
    is_evident: bool
    outcome: Outcome
    content: bytes

    @property
    def is_caught(self) -> bool:
        """Whether it was refused, set aside or warned of."""
        return self.outcome in CAUGHT


def campaign(number: int, folder: Path, start: int = 0) -> Iterator[Trial]:
    """Damage and judge as many files.

    Parameters
    ----------
    number
        Of files.
    folder
        Where to write them; each takes the place of the one before.
    start
        Of the chance: another start is another campaign.
    """
    judge, rng = Judge(folder), random.Random(start)
    pairs = [(seed, mutation) for seed in seeds() for mutation in MUTATIONS]
    rng.shuffle(pairs)
    tried = 0
    for seed, mutation in cycle(pairs):
        if tried == number:
            return
        mutated = mutation.of(seed, rng)
        if mutated is None:
            continue
        tried += 1
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            outcome = judge.judge(seed, mutated)
        yield Trial(
            *(seed.name, seed.layout, mutation.name, mutated.is_evident, outcome), mutated.content
        )
