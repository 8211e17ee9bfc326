"""The gap inside the area: one for each indicator and sex, dated, and whether it closes."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from scipy.special import stdtr

from ineqlib.catalogue import Indicator
from ineqlib.estimate import LIMITS_APART, Estimate
from ineqlib.facts.change_over_time import WINDOW_YEARS
from ineqlib.facts.comparisons import SLOPE, Comparison
from ineqlib.facts.evidence import spread_of, unrest_p
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.gaps_of_areas import INDEX
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.noise_of_years import years_between
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.unrest import Unrest
from ineqlib.measures import change_in_gap

Closing = Literal[
    "wider", "narrower", "reversed", "may be chance", "no clear change", "cannot tell"
]
SURE = 0.01
"""Of a gap without an interval: the chance of as much where there is none, or where it is level."""
CHANGED = 0.05
"""Of a change without an interval: what chance does no more often is told, as what may be chance.

One area in twenty moves so far by chance, and hardly more do: of England's districts 19 gaps in
584. So such a change is never left out, and never called one.
"""
MOVED: tuple[Closing, ...] = ("wider", "narrower", "reversed")

Limits = tuple[float | None, float | None]


@dataclass(frozen=True)
class GapOverTime:
    """One gap in two periods that share nobody."""

    before: Fact
    after: Fact
    """The gap in each."""
    change: Fact
    """After less before, with its interval where both have one."""
    verdict: Closing
    """``may be chance``: as large as chance alone makes it in one area of twenty. ``cannot tell``
    where nothing says how sure the change is."""


@dataclass(frozen=True)
class InsideGap:
    """The gap between the most and the least deprived end of the area, in the newest period."""

    indicator: Indicator
    """The published index, or what the groups of `gradient` were compared in."""
    sex: str
    name: str
    period: str
    gap: Fact
    """A slope index: published, or computed from the groups of `gradient`."""
    most: Fact | None
    least: Fact | None
    """The figures of the most and the least deprived group in the same period; None where not
    published."""
    method: str
    """In words."""
    comparison: Comparison | None
    """The published index that the gap is; None where it is computed here."""
    gradient: Gradient | None
    """The groups of the same period; None where there are none."""
    over_time: GapOverTime | None
    """Whether it closes; None where one period is known."""
    is_clear: bool
    """Whether it can be told from no gap at all."""
    size: float
    """How much wider it is than the middle area's, in spreads of the areas; 0 where unknown."""

    @property
    def end(self) -> datetime:
        """The last day of its period."""
        if self.comparison is not None:
            return self.comparison.newest.period_end
        return self.gradient.end if self.gradient else datetime.max

    @property
    def is_usual_way(self) -> bool:
        """Whether the most deprived end is the worse one."""
        if self.comparison is not None or self.indicator.polarity != "adverse":
            return self.gap.value > 0
        return self.gap.value < 0

    def is_like(self, other: "InsideGap") -> bool:
        """Whether both are one published measure of one period, of different people."""
        return (
            (self.indicator.id, self.period) == (other.indicator.id, other.period)
            and self.indicator.value_type == SLOPE
            and (self.gap.limits is None) == (other.gap.limits is None)
        )


def inside_gaps(
    profile: Profile, comparisons: Sequence[Comparison], gradients: Sequence[Gradient]
) -> Iterator[InsideGap]:
    """Yield one gap for each indicator and sex: the newest, and of two of one period the published.

    A published index and one computed from the groups differ in method and often in period, so a
    briefing never sets them side by side.
    """
    as_published: dict[tuple[str, str], Comparison] = {}
    for comparison in comparisons:
        if comparison.indicator.value_type == SLOPE and "area" in comparison.facts:
            as_published[_of(comparison.indicator), comparison.series.sex] = comparison
    computed = {(slope.indicator.id, slope.sex): slope for slope in gradients if slope.sii}
    for key in dict.fromkeys([*as_published, *computed]):
        index, gradient = as_published.get(key), computed.get(key)
        if index is not None and (gradient is None or index.newest.period_end >= gradient.end):
            same = gradient if gradient and gradient.period == index.period else None
            yield _published(profile, index, same)
        elif gradient is not None and gradient.sii is not None:
            yield _computed(gradient, gradient.sii)


def _of(indicator: Indicator) -> str:
    """Return the id of what a slope index is of."""
    return indicator.id.removesuffix(INDEX)


def _published(profile: Profile, index: Comparison, gradient: Gradient | None) -> InsideGap:
    gap = index.facts["area"]
    values = profile.peers.values(index.newest, profile.of_tier)
    spread = spread_of(values, gap.decimals)
    size = (gap.value - float(np.median(values))) / spread if spread else 0.0
    rows = index.series.independent
    if gap.limits:
        is_clear = not gap.limits[0] <= 0 <= gap.limits[1]
    elif index.unrest is None:
        is_clear = False
    else:
        is_clear = unrest_p([row.value for row in rows[:3]], index.unrest) <= SURE
    return InsideGap(
        index.indicator,
        index.series.sex,
        index.series.name,
        index.period,
        gap,
        gradient.facts[0] if gradient else None,
        gradient.facts[-1] if gradient else None,
        "slope index of inequality, as published",
        index,
        gradient,
        _over_time(rows, index),
        is_clear,
        size,
    )


def _computed(gradient: Gradient, sii: Fact) -> InsideGap:
    return InsideGap(
        gradient.indicator,
        gradient.sex,
        gradient.name,
        gradient.period,
        sii,
        gradient.facts[0],
        gradient.facts[-1],
        sii.method,
        None,
        gradient,
        None,
        sii.limits is not None and gradient.is_clear,
        0.0,
    )


def _over_time(rows: Sequence[Row], index: Comparison) -> GapOverTime | None:
    """Compare the newest period with the earliest that shares nobody with it, in ten years."""
    within = [row for row in rows if years_between(row, rows[0]) <= WINDOW_YEARS]
    if len(within) < 2:
        return None
    newest, earliest = within[0], within[-1]
    decimals = index.indicator.decimals
    before, after = published(earliest, decimals), published(newest, decimals)
    interval, verdict = change_between(earliest, newest, index.unrest)
    return GapOverTime(before, after, change_of("gap", before, after, interval), verdict)


def change_of(what: str, before: Fact, after: Fact, interval: Limits) -> Fact:
    """Make the fact of by how much a gap or a slope changed between two periods."""
    return derived(
        after,
        f"change-of-{what}",
        after.value - before.value,
        lower_ci=interval[0],
        upper_ci=interval[1],
        rows=before.rows + after.rows,
        method=f"{what} in {after.period} less the {what} in {before.period}, which share no year",
    )


def change_between(earliest: Row, newest: Row, unrest: Unrest | None) -> tuple[Limits, Closing]:
    """Test whether a gap changed between two periods that share nobody."""
    limits = [earliest.lower_ci, earliest.upper_ci, newest.lower_ci, newest.upper_ci]
    if not np.isnan(limits).any():
        apart = years_between(earliest, newest)
        span = min(newest.months / 12, apart)
        result = change_in_gap(_estimate(earliest), _estimate(newest), start=(0, apart), span=span)
        verdict: Closing = "no clear change"
        verdict = next((way for way in MOVED if way == str(result.verdict)), verdict)
        return (float(result.change.lower), float(result.change.upper)), verdict
    if unrest is None or unrest.se <= 0:
        return (None, None), "cannot tell"
    moved = newest.value - earliest.value
    p = 2 * stdtr(unrest.freedom, -abs(moved) / (unrest.se * math.sqrt(2)))
    if p > CHANGED:
        return (None, None), "no clear change"
    return (None, None), way_of(earliest.value, newest.value) if p <= SURE else "may be chance"


def way_of(before: float, after: float) -> Closing:
    """Say which way a gap went, whether or not by chance."""
    if after * before < 0:
        return "reversed"
    return "wider" if abs(after) > abs(before) else "narrower"


def _estimate(row: Row) -> Estimate:
    se = (row.upper_ci - row.lower_ci) / LIMITS_APART
    value, lower, upper, error = map(np.asarray, (row.value, row.lower_ci, row.upper_ci, se))
    return Estimate(value, lower, upper, error)
