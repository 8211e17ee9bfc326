"""Rows of a frame as arrays: problem after problem, each in order, equal sizes side by side.

A problem is what one number is made of: the groups of an area, the age bands of a population.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.errors import InputError, ParameterError, nearest
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import floats, within_bounds

Mask = NDArray[np.bool_]
Positions = NDArray[np.int64]

SHOWN = 5
"""How many culprits a note names."""


@dataclass(frozen=True)
class Stack:
    """Which rows make which problem, and in what order.

    Parameters
    ----------
    keys
        What tells the problems apart, one row each, in order of first appearance.
    rows
        Positions of the rows, sorted by problem and by place in it.
    problem
        Problem of each sorted row.
    size
        Rows of each problem.
    """

    keys: pd.DataFrame
    rows: Positions
    problem: Positions
    size: Positions

    @property
    def start(self) -> Positions:
        """Where each problem begins among the sorted rows."""
        return np.cumsum(self.size) - self.size

    def count(self, mask: Mask) -> Positions:
        """How many rows of each problem the mask holds for."""
        return np.bincount(self.problem[mask], minlength=len(self.size))

    def any(self, mask: Mask) -> Mask:
        """Whether the mask holds for any row of each problem."""
        return np.asarray(self.count(mask) > 0)

    def differs(self, codes: NDArray) -> Mask:
        """Whether the rows of each problem differ in something."""
        return self.any(codes != codes[self.start[self.problem]])

    def again(self, place: NDArray) -> Mask:
        """Whether each sorted row has the place of the row before it in its problem."""
        same = (np.diff(self.problem) == 0) & (np.diff(place) == 0)
        return np.append(False, same)[: len(place)]

    def blocks(self, wanted: Mask) -> Iterator[tuple[Positions, Positions]]:
        """Yield the wanted problems of each size and their rows, of shape (problems, size)."""
        for size in np.unique(self.size[wanted]):
            chosen = np.flatnonzero(wanted & (self.size == size))
            yield chosen, self.start[chosen][:, None] + np.arange(size)


class Findings:
    """Why a result is absent or to be read with care: a status and a note for each problem.

    Parameters
    ----------
    stack
        The problems and their rows.
    names
        What a note calls each sorted row; None where a problem is one row.
    noun
        What rows are called together.
    """

    def __init__(self, stack: Stack, names: NDArray | None, noun: str = "groups") -> None:
        self.stack, self._names, self._noun = stack, names, noun
        self.status = np.full(len(stack.size), "ok", dtype=object)
        self.note = np.full(len(stack.size), "", dtype=object)

    def copy(self) -> "Findings":
        """Return findings to add to, leaving these as they are."""
        twin = Findings(self.stack, self._names, self._noun)
        twin.status, twin.note = self.status.copy(), self.note.copy()
        return twin

    def add_rows(self, bad: Mask, status: str, words: str, advice: str = "") -> None:
        """Note of each problem how many of its rows are bad, and which."""
        self.add(self.stack.any(bad), status, self.describe(bad, words, advice))

    def remark_rows(self, bad: Mask, words: str, advice: str = "") -> None:
        """Note the same, leaving the status as it is."""
        self.remark(self.stack.any(bad), self.describe(bad, words, advice))

    def add(self, where: Mask, status: str, words: NDArray | str) -> None:
        """Note something of some problems; their status is that of the first thing found."""
        self.status[where & (self.status == "ok")] = status
        self.remark(where, words)

    def remark(self, where: Mask, words: NDArray | str) -> None:
        """Note something that leaves the status as it is."""
        new = words[where] if isinstance(words, np.ndarray) else words
        before = self.note[where]
        self.note[where] = np.where(before == "", "", before + "; ") + new

    def describe(self, bad: Mask, words: str, advice: str = "") -> NDArray:
        """Say of each problem how many of its rows are bad, and which; empty where none is."""
        stack, names, noun = self.stack, self._names, self._noun
        sentences = np.full(len(stack.size), "", dtype=object)
        if not bad.any():
            return sentences
        count = stack.count(bad)
        if names is None:
            sentences[count > 0] = words
            return sentences
        which = culprits(stack.problem[bad], names[bad], len(stack.size))
        end = f": {advice}" if advice else ""
        for problem in np.flatnonzero(count):
            total = stack.size[problem]
            sentences[problem] = (
                f"all {total} {noun} {words}{end}"
                if count[problem] == total
                else f"{count[problem]} of {total} {noun} {words} ({which[problem]}){end}"
            )
        return sentences


def stack_rows(keys: pd.DataFrame, place: FloatArray, member: Mask) -> Stack:
    """Stack the rows that are members, by their keys and in order of place.

    Problems without any member are kept, with size 0.
    """
    keys = keys.reset_index(drop=True)  # its names may be those of columns
    number = keys.groupby(list(keys), sort=False, dropna=False, observed=True).ngroup()
    problem = number.to_numpy(np.int64)
    _, first = np.unique(problem, return_index=True)
    rows = np.flatnonzero(member)
    rows = rows[np.lexsort((place[rows], problem[rows]))]
    size = np.bincount(problem[rows], minlength=len(first))
    return Stack(keys.iloc[first].reset_index(drop=True), rows, problem[rows], size)


def culprits(problem: Positions, names: NDArray, problems: int) -> NDArray:
    """Name the first few culprits of each problem: ``"3, 7 and 2 more"``; empty where none is."""
    named = pd.DataFrame({"problem": problem, "name": names})
    nth = named.groupby("problem").cumcount()
    few = named[nth < SHOWN].groupby("problem")["name"].agg(", ".join)
    count = np.bincount(problem, minlength=problems)
    shown = few.reindex(range(problems), fill_value="").to_numpy(object)
    more = np.char.add(np.char.add(" and ", (count - SHOWN).astype(str)), " more").astype(object)
    return np.asarray(shown + np.where(count > SHOWN, more, ""), dtype=object)


def plain_numbers(column: pd.Series) -> FloatArray:
    """Return a column as floats, missing ones as NaN; text is refused, even text of digits."""
    if column.dtype.kind in "mMc":
        raise InputError(
            f"{column.name}: the rows hold dates, spans of time or complex numbers; expected "
            "plain numbers."
        )
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return within_bounds(column.to_numpy(dtype=np.float64, na_value=np.nan))
    text = column[column.map(lambda item: isinstance(item, str)).to_numpy(bool)]
    if len(text):
        raise InputError(
            f"{column.name}: {len(text)} of {len(column)} rows hold text, such as "
            f"{text.iloc[0]!r}; expected numbers. Text sorts as 1, 10, 2: convert the column "
            f"first, frame.assign({column.name}=pd.to_numeric(frame[{str(column.name)!r}]))."
        )
    return within_bounds(floats(column.to_numpy(dtype=object, na_value=np.nan), str(column.name)))


def plain_text(column: pd.Series) -> NDArray:
    """Return a column as text, missing text as an empty string."""
    return column.astype(object).where(column.notna(), "").astype(str).to_numpy(object)


def pandas_frame(frame: Any) -> pd.DataFrame:
    """Return a frame as pandas', taking in any that hands over its columns as Arrow."""
    if isinstance(frame, pd.DataFrame):
        return frame
    if hasattr(frame, "__arrow_c_stream__"):
        try:
            return pd.DataFrame.from_arrow(frame)
        except (ImportError, ValueError):
            pass  # no pyarrow, so that its owner has to convert it; or one column and no frame
    raise InputError(
        f"frame: {type(frame).__module__}.{type(frame).__name__} found, expected a pandas "
        "DataFrame, such as frame.to_pandas() gives."
    )


def check_columns(frame: pd.DataFrame, wanted: Sequence[str], advice: str = "") -> None:
    """Refuse columns the frame has not, with the nearest name."""
    for name in wanted:
        if name in frame.index.names:
            advice = "It is in the index: give frame.reset_index()."
        if name not in frame:
            raise ParameterError(
                f"The frame has no column {name!r}.{nearest(str(name), map(str, frame))}"
                f"{' ' + advice if advice else ''}"
            )
        if isinstance(frame[name], pd.DataFrame):
            raise ParameterError(f"The frame has several columns called {name!r}: rename them.")
