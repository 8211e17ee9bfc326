"""Whether areas moved otherwise than those like them, judged by how areas move by themselves.

Rows are areas and columns are periods, oldest first; the first `before` periods lie before a start.
These steps of one rule (docs/decisions/0035-verdict-of-an-evaluation.md) serve the kinds that
compare an area with similar ones; they take arrays made there, and are not public one by one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import FloatArray

FEWEST_SIMILAR = 5
FEWEST_PLACEBOS = 20
LEVEL = 0.05
"""Share of areas without a project that may come out as if they had one."""
POWER = 0.8
SETS, SEED = 1999, 20261129
"""Sets of areas that are drawn where several areas are judged together, and their seed."""

Sets = NDArray[np.intp]
"""Row numbers of areas; the last axis runs over the areas of one set."""


def moved(series: FloatArray, before: int) -> FloatArray:
    """Return the mean after less the mean before, over the last axis."""
    return np.asarray(series[..., before:].mean(axis=-1) - series[..., :before].mean(axis=-1))


def gaps(values: FloatArray, similar: NDArray[np.bool_]) -> FloatArray:
    """Return each area's figures less the mean of its similar areas, each of them counted once.

    Parameters
    ----------
    values
        Shape (areas, periods), without missing figures.
    similar
        Shape (areas, areas): which areas (columns) each one (row) is compared with.

    Returns
    -------
    FloatArray
        Shape (areas, periods); NaN for an area with fewer than `FEWEST_SIMILAR`.
    """
    how_many = similar.sum(axis=1, keepdims=True)
    means = similar @ values / np.maximum(how_many, 1)
    return np.where(how_many >= FEWEST_SIMILAR, values - means, np.nan)


@dataclass(frozen=True)
class Departures:
    """How far each area, or set of areas, departed from its own gap before the start.

    Parameters
    ----------
    path
        Gap less its mean before, shape (areas, periods).
    before
        How many periods lie before the start.
    spread
        How much the gap varied before, shape (areas,): half of its variance is the area's own,
        half that of all areas, since a few periods tell little of one area.
    """

    path: FloatArray
    before: int
    spread: FloatArray

    @property
    def effect(self) -> FloatArray:
        """Mean departure after the start: a difference of differences."""
        return np.asarray(self.path[:, self.before :].mean(axis=1))

    @property
    def score(self) -> FloatArray:
        """Effect in units of the area's own spread, so that noisy areas do not stand out."""
        return self.effect / self.spread

    @property
    def drift(self) -> FloatArray:
        """Slope of the gap before the start, a period, in units of the spread."""
        time = np.arange(self.before) - (self.before - 1) / 2
        slope = self.path[:, : self.before] @ time / (time @ time)
        return np.asarray(slope / self.spread)

    def together(self, sets: Sets) -> "Departures":
        """Return the mean departure of each set of areas, whose spreads are taken as independent.

        Parameters
        ----------
        sets
            Shape (sets, areas in one).
        """
        spread = np.sqrt((self.spread[sets] ** 2).sum(axis=1)) / sets.shape[1]
        return Departures(self.path[sets].mean(axis=1), self.before, spread)


def departures(gap: FloatArray, before: int) -> Departures:
    """Return how areas departed from their own gap before; at least two periods lie before.

    Parameters
    ----------
    gap
        Shape (areas, periods), turned so that a rise is what is wanted.
    before
        How many periods lie before the start.
    """
    own = gap[:, :before].var(axis=1, ddof=1)
    # Where no gap ever varied, any unit will do: no area stands out from the others by it.
    spread = np.sqrt((own + own.mean()) / 2) if own.any() else np.ones(len(gap))
    return Departures(gap - gap[:, :before].mean(axis=1, keepdims=True), before, spread)


def placebo_p(score: ArrayLike, others: FloatArray) -> FloatArray:
    """Return the placebo test's p-value: the share that scores as high, oneself among them.

    Never 0, as it is of an order (Phipson and Smyth 2010, Stat Appl Genet Mol Biol 9:39).

    Examples
    --------
    >>> placebo_p([2.5, 0.0], np.array([1.0, 2.0, 3.0])).tolist()
    [0.5, 1.0]
    """
    ordered = np.sort(others)
    reached = len(ordered) - np.searchsorted(ordered, np.asarray(score, float), side="left")
    return np.asarray((1 + reached) / (1 + len(ordered)))


def placebo_p_of_each(scores: FloatArray) -> FloatArray:
    """Return `placebo_p` of each area among all of them.

    Examples
    --------
    >>> placebo_p_of_each(np.array([1.0, 2.0, 3.0, 4.0])).tolist()
    [1.0, 0.75, 0.5, 0.25]
    """
    ordered = np.sort(scores)
    reached = len(ordered) - np.searchsorted(ordered, scores, side="left")
    return np.asarray(reached / len(ordered))


def works_of_each(areas: Departures) -> NDArray[np.bool_]:
    """Tell for each area whether it would be said to have worked there, judged among all.

    It moved further the wanted way than all but `LEVEL` of the areas, and it was not among the
    `LEVEL` that moved that way fastest before the start already.
    """
    return (placebo_p_of_each(areas.score) <= LEVEL) & (placebo_p_of_each(areas.drift) > LEVEL)


def rules_out(tried: Departures, hoped: float, placebos: Departures) -> NDArray[np.bool_]:
    """Tell of each area whether it moved less than a change as large as hoped would have shown."""
    without_it = (tried.effect - hoped) / tried.spread
    return np.asarray(placebo_p(-without_it, -placebos.score) <= LEVEL)


def power(hoped: ArrayLike, spread: ArrayLike, placebos: Departures) -> FloatArray:
    """Return how often a change of some size would be said to have worked.

    Each placebo stands for what would have happened without the change.

    Parameters
    ----------
    hoped, spread
        Size of the change, and spread of the area where it happens; one shape.
    placebos
        Areas, or sets of as many areas, without a project.
    """
    scores, passed = _steady(placebos), critical(placebos.score)
    needed = np.asarray(passed - np.asarray(hoped, float) / np.asarray(spread, float))
    reached = len(scores) - np.searchsorted(scores, needed, side="right")
    return np.asarray(reached / len(placebos.path))


def detectable(spread: ArrayLike, placebos: Departures) -> FloatArray:
    """Return the least change that would be said to have worked `POWER` of the time, or NaN."""
    scores, passed = _steady(placebos), critical(placebos.score)
    needed = int(np.ceil(POWER * len(placebos.path)))
    if needed > len(scores) or not np.isfinite(passed):
        return np.full(np.shape(spread), np.nan)
    # Just above, since a score must pass the critical one.
    return np.asarray(spread, float) * (passed - scores[-needed]) * (1 + 1e-9)


def _steady(placebos: Departures) -> FloatArray:
    """Return the scores, lowest first, of those that did not move fast before the start."""
    return np.sort(placebos.score[placebo_p_of_each(placebos.drift) > LEVEL])


def critical(scores: FloatArray) -> float:
    """Return the score that must be passed to be further than others go, by `LEVEL`.

    It is infinite where there are too few placebos.
    """
    may_reach = int(LEVEL * (1 + len(scores)) + 1e-9) - 1
    if may_reach < 0:
        return np.inf
    return float(np.sort(scores)[-1 - may_reach])


def sets_of(areas: int, size: int, groups: ArrayLike | None = None, *, many: int = SETS) -> Sets:
    """Return sets of areas to judge a set of that size by: each alone, or many drawn with a seed.

    Parameters
    ----------
    areas
        How many there are to draw from.
    size
        How many are in a set.
    groups
        A number for each area: a set then is of one group, as far as that has so many. Areas near
        one another move together, so sets of areas far apart would seem too quiet.
    many
        How many sets are drawn of more than one area.
    """
    if size == 1:
        return np.arange(areas)[:, None]
    random = np.random.default_rng(SEED)
    order = random.random((many, areas))
    if groups is not None:
        group = np.asarray(groups)
        first = random.integers(areas, size=many)
        order += group != group[first][:, None]
    return np.argpartition(order, size - 1, axis=1)[:, :size]
