"""What areas ever achieved over runs of some length, the noise of their figures taken out.

This serves the kind `what_would_it_take`; it is no published statistic, so it is not public and
has no row in the registry. Why and how: docs/decisions/0032-what-was-ever-achieved.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import above_zero, flag
from ineqlib.measures.panel import Panel, middles
from ineqlib.measures.variance_components import (
    SEED,
    resampled_components,
    true_paths,
    variance_components,
)

LEVEL = 0.95
NEAR = 0.5
"""Years by which a run may be longer or shorter than asked."""
LEAST = 0.01
Runs = tuple[NDArray[np.intp], NDArray[np.intp]]
"""The periods that runs are from, and those they are to."""


@dataclass(frozen=True)
class RatesOfProgress:
    """What areas achieved over runs of one length, the noise of their figures taken out.

    Parameters
    ----------
    starts, ends
        Which periods each run is from and to.
    ever
        Of each area the best change a year over any of its runs, with its interval; NaN without.
    runs
        How many runs each area has.
    spans
        How many of the runs follow one another without sharing a year.
    usual
        From where to where 95 of 100 runs of such areas go.
    in_other_times
        What 95 of 100 would not surpass, had other years than those been looked at.
    draws : (draws, areas)
        The best change a year of each area, drawn; NaN without a run.
    """

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    ever: Estimate
    runs: NDArray[np.intp]
    spans: int
    usual: Estimate
    in_other_times: float
    draws: FloatArray

    def number(self, required: float, among: NDArray[np.bool_] | None = None) -> Estimate:
        """How many areas ever achieved a change a year, at its best for whoever asks.

        Parameters
        ----------
        required
            Change a year, more being better.
        among : (areas,), optional
            Which areas are counted.
        """
        counted = self.runs > 0 if among is None else among & (self.runs > 0)
        did = (self.draws[:, counted] >= required).sum(axis=1)
        low, high = np.quantile(did, [0.025, 0.975], method="closest_observation")
        value, lower, upper = (np.array(float(n)) for n in (np.median(did), low, high))
        se = np.array(float(did.std()))
        return Estimate(
            np.round(value), lower, upper, se, LEVEL, "areas, drawn given their figures"
        )


def rates_of_progress(
    panel: Panel,
    *,
    run: float,
    higher_is_better: bool = True,
    among: ArrayLike | None = None,
) -> RatesOfProgress | None:
    """What areas achieved over runs of so many years; None where no area has such a run.

    The noise of figures is taken out: see `variance_components`. Changes are turned so that more
    is better.

    Parameters
    ----------
    panel
        Figures of all areas of a tier.
    run
        Years from the first period of a run to its last; it is no shorter than a period.
    higher_is_better
        Whether a rise is an achievement.
    among : (areas,), optional
        The areas that the usual range is of; how areas move is told from all.

    Returns
    -------
    RatesOfProgress or None
        None where no run is to be had.

    Raises
    ------
    InputError
        Too few areas; see `variance_components`.

    Examples
    --------
    >>> years = np.arange(6.0)
    >>> rates = np.linspace(-1, 1, 21)[:, None]
    >>> done = rates_of_progress(Panel(rates * years, years), run=3)
    >>> done.number(0.45).value.item()  # 0.5, 0.6 ... 1.0: nothing here is noise
    6.0
    """
    way = 1.0 if flag(higher_is_better, "higher_is_better") else -1.0
    starts, ends = runs_of(panel, above_zero(run, "run", " of years"))
    there = np.isfinite(panel.value)
    has_run = there[:, starts] & there[:, ends]
    if not has_run.any():
        return None
    years = panel.when[ends] - panel.when[starts]
    drawn = []
    for number, moved in enumerate(resampled_components(panel)):
        paths = way * true_paths(panel, moved, seed=SEED + number)
        changes = (paths[:, :, ends] - paths[:, :, starts]) / years
        drawn.append(np.where(has_run, changes, -np.inf).max(axis=2))
    some: NDArray[np.bool_] = np.asarray(has_run.any(axis=1))
    chosen = some if among is None else some & np.asarray(among, dtype=bool)
    best = np.where(some, np.concatenate(drawn), np.nan)
    ever = np.full((4, len(some)), np.nan)
    ever[0, some] = best[:, some].mean(axis=0)
    ever[1:3, some] = np.quantile(best[:, some], [0.025, 0.975], axis=0)
    ever[3, some] = best[:, some].std(axis=0)
    value, lower, upper, se = ever
    usual = _usual(panel, way, (starts, ends), chosen)
    return RatesOfProgress(
        starts,
        ends,
        Estimate(value, lower, upper, se, LEVEL, "best of all runs, drawn given the figures"),
        has_run.sum(axis=1),
        spans_of(panel, (starts, ends)),
        usual,
        _in_other_times(panel, usual, (starts, ends)),
        best,
    )


def runs_of(panel: Panel, run: float) -> Runs:
    """Return which periods lie so many years apart, half a year more or less.

    They are of one unbroken segment, and share no data.
    """
    apart = panel.when[None, :] - panel.when[:, None]
    near = (np.abs(apart - run) <= NEAR) & (apart >= max(panel.width, LEAST))
    starts, ends = np.nonzero(near & (panel.segments[:, None] == panel.segments))
    return starts, ends


def _usual(panel: Panel, way: float, runs: Runs, chosen: NDArray[np.bool_]) -> Estimate:
    """Where 95 of 100 runs of further areas like those chosen would go."""
    starts, ends = runs
    years = panel.when[ends] - panel.when[starts]
    figures, middle, moved = way * panel.value, middles(panel.value), variance_components(panel)
    changes = (figures[:, ends] - figures[:, starts]) / years
    count = int(chosen.sum())
    if not count:
        nobody = np.array(np.nan)
        return Estimate(nobody, nobody, nobody, nobody, LEVEL, "no area")
    centre = float(np.nanmean(changes[chosen]))
    together = float(np.nanvar((middle[ends] - middle[starts]) / years))
    truly = float(np.mean(moved.true_variance(years) / years**2))
    # Runs share figures, whose noise goes out of their mean where one ends and another begins.
    periods = len(panel.when)
    often = np.bincount(ends, minlength=periods) - np.bincount(starts, minlength=periods)
    noise = np.nan_to_num(moved.noise[chosen].mean(axis=0)) * (often / len(starts)) ** 2
    error = (truly + float(noise.sum()) / float(years.mean()) ** 2) / count
    # How far areas lie apart is told from all of them, where those chosen lie from these alone.
    quantile = float(stdtrit(max(len(figures) - 1, 1), 0.5 + LEVEL / 2))
    reach = quantile * np.sqrt(truly + together + error)
    method = "mean of the runs; Student's interval for the true change of one more area"
    value, lower, upper, se = map(
        np.array, (centre, centre - reach, centre + reach, np.sqrt(truly + together))
    )
    return Estimate(value, lower, upper, se, LEVEL, method)


def _in_other_times(panel: Panel, usual: Estimate, runs: Runs) -> float:
    """What 95 of 100 runs would not surpass, had all areas moved as a random walk might.

    Few runs, which overlap, show too little of what all areas do at once. The walk's steps are
    those of the middle area.
    """
    starts, ends = runs
    same = panel.segments[1:] == panel.segments[:-1]
    steps = np.diff(middles(panel.value))[same] / np.sqrt(np.diff(panel.when)[same])
    years = float((panel.when[ends] - panel.when[starts]).mean())
    walked = float(np.nanvar(steps)) / years if len(steps) > 1 else 0.0
    half = float(usual.upper - usual.value)
    return float(usual.value) + float(np.hypot(half, ndtri(0.5 + LEVEL / 2) * walked**0.5))


def spans_of(panel: Panel, runs: Runs) -> int:
    """Count the runs that follow one another without sharing a year."""
    count, free = 0, -np.inf
    for start, end in sorted(zip(*runs, strict=True), key=lambda run: float(panel.when[run[1]])):
        if panel.when[start] >= free:
            count, free = count + 1, panel.when[end]
    return count
