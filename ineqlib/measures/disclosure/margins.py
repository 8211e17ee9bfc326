"""A table of counts with its published totals, laid out as one list of counts and their sums."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import numbers, possibly_missing, require
from ineqlib.measures.disclosure.sums import Sum

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Totals:
    """Totals published beside a table of shape ``(…, r, c)``; None where they are not published.

    Parameters
    ----------
    rows
        Total of each row, shape ``(…, r)``.
    columns
        Total of each column, shape ``(…, c)``.
    grand
        Total of the whole table, shape ``(…)``.
    """

    rows: Any = None
    columns: Any = None
    grand: Any = None


@dataclass
class Layout:
    """Counts and totals in one list, and how to put them back.

    Parameters
    ----------
    cells
        Counts, then totals.
    sums
        What adds up to what among them.
    shapes
        Shape and first place of the counts and of each kind of total that there is.
    """

    cells: FloatArray
    sums: list[Sum] = field(default_factory=list)
    shapes: dict[str, tuple[Shape, int]] = field(default_factory=dict)

    def add(self, name: str, totals: ArrayLike, parts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add totals of the last axis of `parts`; return the places of the totals."""
        array = numbers(totals, f"totals.{name}")
        if array.shape != parts.shape[:-1]:
            raise InputError(
                f"totals.{name}: shape {array.shape} found, {parts.shape[:-1]} expected: one total "
                "for each line of counts."
            )
        counts = self.cells[parts]
        require(
            ~np.isnan(counts).any(axis=-1),
            f"totals.{name}",
            "a total of counts that are all there",
            "Find the counts that are missing, or do not publish the total of that line.",
        )
        require(
            counts.sum(axis=-1) == array,
            f"totals.{name}",
            "the sum of their parts",
            "Take totals from the same data as the counts, before any rounding.",
        )
        places = len(self.cells) + np.arange(array.size).reshape(array.shape)
        self.shapes[name] = (array.shape, len(self.cells))
        self.cells = np.append(self.cells, array.ravel())
        self.link(
            "the grand total" if name == "grand" else f"the total of {name[:-1]}", places, parts
        )
        return places

    def link(self, name: str, totals: NDArray[np.int64], parts: NDArray[np.int64]) -> None:
        """Say that each total is the sum of its parts."""
        for place in np.ndindex(totals.shape):
            self.sums.append(
                Sum(
                    int(totals[place]),
                    tuple(int(part) for part in parts[place]),
                    f"{name} {', '.join(map(str, place))}".strip(),
                )
            )

    def apart(self, cells: NDArray[Any]) -> tuple[NDArray[Any], Totals]:
        """Put a list of counts and totals back into their shapes."""

        def back(name: str) -> NDArray[Any] | None:
            if name not in self.shapes:
                return None
            shape, first = self.shapes[name]
            return cells[first : first + int(np.prod(shape))].reshape(shape)

        return cells[: self.places.size].reshape(self.places.shape), Totals(
            back("rows"), back("columns"), back("grand")
        )

    @property
    def places(self) -> NDArray[np.int64]:
        """Place of each count of the table."""
        shape, _ = self.shapes["counts"]
        return np.arange(int(np.prod(shape))).reshape(shape)


def lay_out(counts: ArrayLike, totals: Totals | ArrayLike | None) -> Layout:
    """Lay out counts and totals, refusing totals that are not the sum of their parts."""
    array = np.atleast_1d(possibly_missing(counts, "counts"))
    given = totals if isinstance(totals, Totals) else Totals(rows=totals)
    layout = Layout(array.ravel(), shapes={"counts": (array.shape, 0)})
    places = layout.places
    margins = []
    if given.rows is not None:
        margins.append(("rows", layout.add("rows", given.rows, places)))
    if (given.columns is not None or given.grand is not None) and array.ndim < 2:
        raise InputError(
            "totals: one line of counts has no columns and no grand total. Give its total as rows."
        )
    if given.columns is not None:
        down = np.swapaxes(places, -1, -2)
        margins.append(("columns", layout.add("columns", given.columns, down)))
    if given.grand is not None:
        whole = layout.add("grand", given.grand, places.reshape(*array.shape[:-2], -1))
        for name, lines in margins:
            layout.link(f"the grand total over {name}", whole, lines)
    return layout
