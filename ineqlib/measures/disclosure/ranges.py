"""How small and how large each unknown number can be, given bounds and sums (linear programming).

Unknown numbers that no sum links to one another are separate problems (components), and small.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import FloatArray

TOLERANCE = 1e-6
ROOM = 1000
"""Added to the largest number the sums could make, to stand for "no limit"."""

FEW = 4
"""So few numbers are sought one by one."""

Cells = tuple[int, ...]
Answer = tuple[FloatArray, Cells]


def components(
    lower: FloatArray, upper: FloatArray, sums: Sequence[Cells]
) -> Iterator["Component"]:
    """Part the sums into problems that have no unknown number in common.

    Parameters
    ----------
    lower, upper
        What each number can be at least and at most; equal where it is known.
    sums
        Places of a total, then of its parts.
    """
    unknown = lower < upper
    leader = {int(place): int(place) for place in np.flatnonzero(unknown)}

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    open_cells = [[cell for cell in cells if unknown[cell]] for cells in sums]
    for cells in open_cells:
        for cell in cells[1:]:
            leader[find(cell)] = find(cells[0])
    groups: dict[int, list[int]] = {}
    for number, cells in enumerate(open_cells):
        # A sum without unknown numbers stands alone: it can only be right or wrong.
        groups.setdefault(find(cells[0]) if cells else -1 - number, []).append(number)
    for members in groups.values():
        yield Component(lower, upper, {number: sums[number] for number in members})


class Component:
    """Sums that share unknown numbers.

    Parameters
    ----------
    lower, upper
        As in `components`.
    sums
        Number of each sum, and its places.
    """

    def __init__(self, lower: FloatArray, upper: FloatArray, sums: dict[int, Cells]) -> None:
        self.sums = sums
        used = {cell for cells in sums.values() for cell in cells}
        self.cells = sorted(cell for cell in used if lower[cell] < upper[cell])
        place = {cell: column for column, cell in enumerate(self.cells)}
        self._place = place
        self.lower, self.upper = lower[self.cells], upper[self.cells]
        self._equations = np.zeros((len(sums), len(self.cells)))
        self._right = np.zeros(len(sums))
        for row, (total, *parts) in enumerate(sums.values()):
            for cell, sign in ((total, 1), *((part, -1) for part in parts)):
                if cell in place:
                    self._equations[row, place[cell]] += sign
                else:
                    self._right[row] -= sign * lower[cell]
        self._least = np.full(len(self.cells), np.inf)
        self._most = np.full(len(self.cells), -np.inf)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two components the same problem."""
        return tuple(self.cells), tuple(self.sums), self.lower.tobytes(), self.upper.tobytes()

    def fault(self) -> Cells | None:
        """Return the numbers of sums that contradict what is known, None where there are none."""
        low, high = self._reach(self._equations, self._right)
        alone = np.flatnonzero((low > TOLERANCE) | (high < -TOLERANCE))
        numbers = tuple(self.sums)
        if len(alone):
            return tuple(numbers[row] for row in alone)
        if len(self.sums) > 1 and self._extreme(np.zeros(len(self.cells))) is None:
            return numbers
        return None

    def survey(self, cells: Sequence[int], enough: tuple[float, float]) -> None:
        """Find tables that leave many numbers open at once, so that few are sought one by one.

        Half of the numbers are made large and the other half small, then the reverse; each time
        other halves, so that any two numbers part company once.
        """
        if len(self.sums) == 1:
            return
        columns = np.array([self._place[cell] for cell in cells], dtype=np.int64)
        order = np.arange(len(self.cells))
        for half in range(len(self.cells).bit_length() + 1):
            shut = [column for column in columns if not self._open(column, enough)]
            if len(shut) < FEW:
                return
            goal = np.zeros(len(self.cells))
            goal[shut] = np.where(order[shut] >> half & 1, 1.0, -1.0)
            self._extreme(goal)
            self._extreme(-goal)

    def range_of(self, cell: int, enough: tuple[float, float]) -> tuple[float, float, Cells]:
        """Return the least and greatest a number can be, and the sums that say so.

        Parameters
        ----------
        cell
            Its place.
        enough
            A range that need not be looked beyond: once numbers at both its ends, or two numbers
            one of which is outside it, are known to be possible, the search stops.
        """
        column = self._place[cell]
        if len(self.sums) == 1:
            low, high = self._alone(column)
            return low, high, tuple(self.sums)
        # Plain subtraction, where that suffices, is the reason an analyst wants to read.
        alone = (self._equations[:, column] != 0) & (np.count_nonzero(self._equations, axis=1) == 1)
        if alone.any():
            row = int(np.argmax(alone))
            value = float(self._right[row] / self._equations[row, column])
            return value, value, (tuple(self.sums)[row],)
        because: set[int] = set()
        for sign in (1.0, -1.0):
            if self._open(column, enough):
                break
            goal = np.zeros(len(self.cells))
            goal[column] = sign
            answer = self._extreme(goal)
            if answer is None:
                raise ArithmeticError("a table that was possible no longer is")
            because.update(answer[1])
        least, most = float(self._least[column]), float(self._most[column])
        return least, max(least, most), tuple(sorted(because))

    def _open(self, column: int, enough: tuple[float, float]) -> bool:
        """Tell whether tables already found leave a number open enough."""
        least, most = self._least[column], self._most[column]
        outside = least < enough[0] or most > enough[1]
        return bool(least < most and (outside or (least <= enough[0] and most >= enough[1])))

    def _reach(self, equations: FloatArray, right: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return how far below and above zero each sum can miss."""
        plus, minus = np.maximum(equations, 0), np.minimum(equations, 0)
        ceiling = self._ceiling
        low = plus @ self.lower + minus @ ceiling - right
        high = plus @ ceiling + minus @ self.lower - right
        return low, high

    def _alone(self, column: int) -> tuple[float, float]:
        """Solve one sum for one number: the others at their ends."""
        sign = self._equations[0, column]
        others = self._equations.copy()
        others[0, column] = 0
        low, high = self._reach(others, self._right)
        ends = sorted((-sign * float(low[0]), -sign * float(high[0])))
        return max(float(self.lower[column]), ends[0]), min(float(self._ceiling[column]), ends[1])

    @cached_property
    def _ceiling(self) -> FloatArray:
        finite = self.upper[np.isfinite(self.upper)]
        furthest = np.abs(self._right).sum() + self.lower.sum() + finite.sum() + ROOM
        return np.minimum(self.upper, furthest)

    def _extreme(self, goal: FloatArray) -> Answer | None:
        """Return the possible table with the least `goal`, and the sums that hold it there."""
        from scipy.optimize import linprog  # noqa: PLC0415 (half a second nobody else should wait)

        solution = linprog(
            goal,
            A_eq=self._equations,
            b_eq=self._right,
            bounds=np.column_stack([self.lower, self._ceiling]),
            method="highs",
        )
        if solution.x is None:
            return None
        numbers = tuple(self.sums)
        tight = np.flatnonzero(np.abs(solution.eqlin.marginals) > TOLERANCE)
        self._remember(solution.x, np.flatnonzero(goal))
        return solution.x, tuple(numbers[row] for row in tight)

    def _remember(self, table: FloatArray, sought: NDArray[np.int64]) -> None:
        """Keep how far numbers went: a table in whole numbers shows something of every number."""
        whole = np.round(table)
        if np.abs(table - whole).max(initial=0) < TOLERANCE:
            self._least = np.minimum(self._least, whole)
            self._most = np.maximum(self._most, whole)
            return
        if len(sought) != 1:
            return
        # Limits of the sought number hold whole numbers between them; other numbers show nothing.
        self._least[sought] = np.minimum(self._least[sought], np.ceil(table[sought] - TOLERANCE))
        self._most[sought] = np.maximum(self._most[sought], np.floor(table[sought] + TOLERANCE))
