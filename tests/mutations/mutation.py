"""One way to damage a file: a small function of a seed and a source of chance."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass

from .evidence import contradicts
from .table import Seed


@dataclass(frozen=True)
class Mutated:
    """A damaged file, and whether what is left in it shows that a number is another."""

    content: bytes
    is_evident: bool = False


Change = Callable[[Seed, random.Random], Seed | Mutated | bytes | None]
"""A damaged table or file; None where the seed has nothing that this could damage."""

NUMBERS = ("value", "lower", "upper", "count", "denominator", "second")


@dataclass(frozen=True)
class Mutation:
    """One way to damage a file.

    Parameters
    ----------
    name
        In words, for the page of results.
    change
        What does it.
    of_tables
        Whether it takes rows and cells, which a map in JSON has none of.
    """

    name: str
    change: Change
    of_tables: bool = True

    def of(self, seed: Seed, rng: random.Random) -> Mutated | None:
        """Damage a seed; None where it cannot be done, or would do nothing."""
        if self.of_tables and not seed.rows:
            return None
        made = self.change(seed, rng)
        if isinstance(made, Seed):
            if made == seed:
                return None
            made = Mutated(made.content, contradicts(made))
        elif isinstance(made, bytes):
            made = Mutated(made, _reads_wrong(seed, made))
        if made is None or made.content == seed.content:
            return None
        # Of what a build keeps nothing of, nothing needs to be found.
        return made if seed.is_used else Mutated(made.content)


def _reads_wrong(seed: Seed, content: bytes) -> bool:
    """Tell whether a text still is the seed's table but contradicts itself."""
    if not seed.is_plain:
        return False
    text = io.StringIO(content.decode("utf-8", "replace").replace("\0", ""), newline="")
    try:
        rows = list(csv.reader(text))
    except csv.Error:
        return False
    whole = [row for row in rows[1:] if len(row) == len(seed.columns)]
    same = bool(rows) and tuple(rows[0]) == seed.columns and len(whole) == len(rows) - 1
    return same and contradicts(seed.with_rows(whole))
