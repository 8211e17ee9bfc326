"""What adds up to what among counts that are published together."""

from collections.abc import Sequence
from dataclasses import dataclass

from ineqlib.errors import InputError, listed
from ineqlib.measures._checks import is_whole


@dataclass(frozen=True)
class Sum:
    """A count that is the sum of others, by their places among the counts.

    Parameters
    ----------
    total
        Place of the total.
    parts
        Places of what it is the sum of.
    name
        What a reader would call it: "Wendlemere = its ten districts".
    """

    total: int
    parts: tuple[int, ...]
    name: str = ""

    @property
    def cells(self) -> tuple[int, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def check_sums(sums: Sequence[Sum], n: int) -> None:
    """Refuse sums of places that are not there, or are there twice."""
    is_list = isinstance(sums, Sequence) and not isinstance(sums, str | bytes)
    if not is_list or not all(isinstance(addition, Sum) for addition in sums):
        raise InputError(
            f"sums: {type(sums).__name__} found, expected a list of Sum(total, parts), by their "
            "places among the counts."
        )
    absent = [
        addition
        for addition in sums
        if not all(is_whole(cell) and 0 <= cell < n for cell in addition.cells)
    ]
    if absent:
        raise InputError(
            f"sums: {len(absent)} of {len(sums)} name a place that is not among the {n} counts: "
            f"{_named(absent)}. Expected places among the counts, counting from 0."
        )
    twice = [addition for addition in sums if len(set(addition.cells)) < len(addition.cells)]
    if twice:
        raise InputError(
            f"sums: {len(twice)} of {len(sums)} name a place twice: {_named(twice)}. "
            "Expected a total and its parts, each once."
        )


def _named(sums: Sequence[Sum]) -> str:
    return listed(addition.name or addition.cells for addition in sums)
