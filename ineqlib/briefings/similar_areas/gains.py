"""Who narrowed the gap: how the gaps of some areas changed, beyond those that began as far away."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.tier_series import TierSeries
from ineqlib.measures import false_discovery
from ineqlib.measures.regression_to_mean import change_beyond_regression_to_mean
from ineqlib.text import difference_unit

LONGEST_YEARS, SHORTEST_YEARS = 10.5, 2.5
FALSE = 0.05
"""Share of false ones among the areas that are said to have clearly done more."""


@dataclass(frozen=True)
class Gain:
    """How one area's gap changed; below zero is worse than what it is set against."""

    code: str
    name: str
    before: Fact
    after: Fact
    change: Fact
    expected: Fact
    """Change of areas that began as far away."""
    beyond: Fact
    """Change less that, with its interval."""
    clear: bool
    """Whether that is more than chance, allowing for all areas looked at."""


class GapChanges(NamedTuple):
    """How the gaps of some areas changed, or why that is not known."""

    gains: tuple[Gain, ...] = ()
    against: str = ""
    """What gaps are to."""
    start: str = ""
    end: str = ""
    """The periods between which gaps changed."""
    why_not: str = ""
    """Why no change of gaps can be told."""


def gap_changes(series: TierSeries, codes: Collection[str]) -> GapChanges:
    """Return how gaps of areas changed, the largest gain first, or why that is not known."""
    span = _span(series)
    if span is None:
        return GapChanges(
            why_not="the pack has no two periods of it that are years apart in an unbroken series"
        )
    base, against = _base(series)
    way = better_sign(series)
    before, after = (way * (series.panel.value[:, at] - base[at]) for at in span)
    try:
        moved = change_beyond_regression_to_mean(before, after)
    except InputError:
        return GapChanges(why_not="too few areas of its tier have figures in both periods")
    chosen = [
        at for at, code in enumerate(series.codes) if code in codes and np.isfinite(moved.p[at])
    ]
    if not chosen:
        return GapChanges(why_not="none of the similar areas has figures in both periods")
    clear = false_discovery(moved.p[chosen].tolist(), rate=FALSE).discoveries.tolist()
    start, end = (series.labels[at] for at in span)
    about = (start, before, after, moved.expected, moved.beyond)
    gains = [
        _gain(series, at, end, about, clear=bool(sure))
        for at, sure in zip(chosen, clear, strict=True)
    ]
    gains.sort(key=lambda gain: -gain.beyond.value)
    return GapChanges(tuple(gains), against, start, end)


def better_sign(series: TierSeries) -> float:
    """Return -1 where lower figures are better, else 1."""
    return -1.0 if series.indicator.polarity == "adverse" else 1.0


def _gain(
    series: TierSeries,
    at: int,
    end: str,
    about: tuple[str, FloatArray, FloatArray, FloatArray, Estimate],
    *,
    clear: bool,
) -> Gain:
    start, before, after, expected, beyond = about
    code = series.codes[at]
    last = published(series.rows[code][end], series.indicator.decimals)
    unit = difference_unit(last.unit)

    def fact(name: str, value: float, method: str, **limits: float) -> Fact:
        return derived(last, f"{name}-{start}", float(value), unit=unit, method=method, **limits)

    low, high = float(beyond.lower[at]), float(beyond.upper[at])
    turned = "below zero is worse"
    return Gain(
        code,
        last.area_name,
        replace(fact("gap-before", before[at], f"gap in {start}; {turned}"), period=start),
        fact("gap-after", after[at], f"gap in {end}; {turned}"),
        fact("gap-change", after[at] - before[at], "change of the gap; above zero is better"),
        fact("gap-expected", expected[at], "change of areas that began as far away"),
        fact("gap-beyond", beyond.value[at], beyond.method, lower_ci=low, upper_ci=high),
        clear,
    )


def _span(series: TierSeries) -> tuple[int, int] | None:
    """Return the newest period and the earliest of ten years that shares no data with it."""
    if not len(series.panel.when):
        return None
    last = len(series.panel.when) - 1
    least = max(SHORTEST_YEARS, series.panel.width)
    years: NDArray[np.float64] = series.panel.when[last] - series.panel.when
    same = series.panel.segments == series.panel.segments[last]
    usable = np.flatnonzero(same & (years >= least) & (years <= LONGEST_YEARS))
    return (int(usable[0]), last) if len(usable) else None


def _base(series: TierSeries) -> tuple[FloatArray, str]:
    """What gaps are to: the country's figures, or the middle area's where it has none."""
    country = {row.period: row for row in series.series.of("country") if row.has_value}
    if all(label in country for label in series.labels):
        values = [country[label].value for label in series.labels]
        return np.array(values), series.profile.country_name
    return np.asarray(np.nanmedian(series.panel.value, axis=0)), "the middle area of its tier"
