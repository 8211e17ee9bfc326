"""Whether the gradient of one cut changes, on both scales."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np

from ineqlib.briefings.indicator_gradient.cut import Cut, Slice
from ineqlib.briefings.indicator_gradient.measured import About, Measured, enough_decimals
from ineqlib.estimate import FloatArray
from ineqlib.facts.fact import Fact
from ineqlib.measures import slope_trend
from ineqlib.measures.slope_trend import LEAST_PERIODS, SlopeTrend

Verdict = Literal["wider", "narrower", "reversed", "no clear change", "cannot tell"]
SCALES = {"absolute": "sii", "relative": "rii"}
HALF = 0.5
"""Where a gap may as well have shrunk as grown by this part of it, nothing is told."""
SURE = 0.05
NEAR_ONE, MOST_DECIMALS = 0.2, 4


@dataclass(frozen=True)
class Trend:
    """Whether the gradient changes over one unbroken stretch, on one scale."""

    scale: str
    periods: tuple[str, str]
    """The first and the last."""
    verdict: Verdict
    count: Fact | None = None
    """How many periods; None where there are too few."""
    change: Fact | None = None
    """Growth of the gap a year: in the unit, or relative in per cent; below zero it shrinks."""
    first: Fact | None = None
    last: Fact | None = None
    """The line through the slopes, at the first and at the last period."""
    times: tuple[Fact, ...] = ()
    """Of the relative scale: how many times the figure of the one end the other end has, at the
    first and at the last period, the way round that is above one."""
    is_scattered: bool = False
    """Whether years lie further off the line than chance explains."""
    has_limits: bool = True
    why_not: str = ""
    """Why nothing can be told."""


def tested(periods: Sequence[Measured], cut: Cut) -> list[Measured]:
    """Return the periods of the newest unbroken stretch that can be measured."""
    stretches = _stretches(periods, cut)
    return stretches[-1] if stretches else []


def _stretches(periods: Sequence[Measured], cut: Cut) -> list[list[Measured]]:
    usable = [period for period in periods if period.measures and period.slice.stretch >= 0]
    if not cut.is_one_index:
        return [[period] for period in usable]
    return [list(own) for _, own in groupby(usable, key=lambda period: period.slice.stretch)]


def trends_of(about: About, periods: Sequence[Measured]) -> Iterator[Trend]:
    """Yield the trend of each stretch with enough periods; of the newest one in any case."""
    stretches = _stretches(periods, about.cut)
    for at, own in enumerate(stretches):
        if len(own) < LEAST_PERIODS and at < len(stretches) - 1:
            continue
        for scale in SCALES:
            yield _trend(about, own, scale)
    if not stretches:
        slices = [period.slice for period in periods]
        ends = (slices[0].period, slices[-1].period)
        for scale in SCALES:
            yield Trend(scale, ends, "cannot tell", why_not=slices[-1].why_not or "too few groups")


def _trend(about: About, own: Sequence[Measured], scale: str) -> Trend:
    slices = [period.slice for period in own]
    ends = (slices[0].period, slices[-1].period)
    if why := _why_not_tested(about, own, SCALES[scale]):
        return Trend(scale, ends, "cannot tell", why_not=why)
    trend = _tested(slices, about.cut.span, scale)
    relative = scale == "relative"
    first, last = _ends_of_line(about, slices, trend, scale)
    return Trend(
        scale,
        ends,
        _verdict(trend, slices, relative=relative),
        about.fact(
            f"periods-{scale}",
            len(own),
            "periods that the test is of",
            at=slices,
            unit="",
            decimals=0,
        ),
        _growth_a_year(about, slices, trend, scale),
        first,
        last,
        _times(about, own, trend) if relative else (),
        bool(trend.scatter_p < SURE),
        all(of_period.se is not None for of_period in slices),
    )


def _why_not_tested(about: About, own: Sequence[Measured], measure: str) -> str:
    """Say why nothing can be told of a stretch; empty where something can."""
    if not about.cut.is_one_index:
        return "each period is cut by the index of its own time, and such periods are not compared"
    if len(own) < LEAST_PERIODS:
        return "a trend needs three periods or more that are counted alike"
    if not all(measure in period.measures for period in own):
        return "its line does not stay above zero"
    return ""


def _growth_a_year(about: About, slices: Sequence[Slice], trend: SlopeTrend, scale: str) -> Fact:
    relative = scale == "relative"
    grew, lower, upper = _growth(trend, relative=relative)
    least = about.asked.indicator.decimals
    return about.fact(
        f"growth-{scale}",
        grew,
        f"growth of the gap a year, below zero where it shrinks: {trend.change.method}",
        at=slices,
        unit="%" if relative else about.unit,
        decimals=enough_decimals(upper - lower, 1 if relative else least, most=MOST_DECIMALS),
        lower_ci=lower,
        upper_ci=upper,
    )


def _ends_of_line(
    about: About, slices: Sequence[Slice], trend: SlopeTrend, scale: str
) -> list[Fact]:
    """Return the line through the slopes at the first and at the last period."""
    relative = scale == "relative"
    least = max(about.asked.indicator.decimals, 1)
    return [
        about.fact(
            f"{end}-{scale}",
            float(value),
            f"{SCALES[scale].upper()} at the {end} period, on the line through all periods",
            at=slices,
            unit="" if relative else about.unit,
            decimals=_of_ratio(trend)
            if relative
            else enough_decimals(float(value), least, most=MOST_DECIMALS),
        )
        for end, value in (("first", trend.first), ("last", trend.last))
    ]


def _growth(trend: SlopeTrend, *, relative: bool) -> tuple[float, float, float]:
    """Growth of the gap a year with its limits: the change, turned so that wider is above zero."""
    change = trend.change
    parts = [float(part) for part in (change.value, change.lower, change.upper)]
    onto = np.log if relative else np.asarray
    if float(onto(trend.first)) + float(onto(trend.last)) < 0:
        value, lower, upper = (1 / part if relative else -part for part in parts)
        parts = [value, upper, lower]
    value, lower, upper = (100 * (part - 1) if relative else part for part in parts)
    return value, lower, upper


def _of_ratio(trend: SlopeTrend) -> int:
    """Decimals of a relative index: near 1, two would hide how it moves."""
    return 3 if max(abs(float(trend.first) - 1), abs(float(trend.last) - 1)) < NEAR_ONE else 2


def _times(about: About, own: Sequence[Measured], trend: SlopeTrend) -> tuple[Fact, ...]:
    """The relative index of the first and the last period, the way round that is above one.

    None where it crosses one, or where the two do not go the way of the line that was tested.
    """
    first, last = (period.measures["rii"] for period in (own[0], own[-1]))
    is_against = (last.value - first.value) * float(trend.last - trend.first) < 0
    if (first.value - 1) * (last.value - 1) <= 0 or is_against:
        return ()
    turned = last.value < 1
    return tuple(
        about.fact(
            f"times-{end}",
            1 / index.value if turned else index.value,
            f"relative index of the {end} period{'; one over it' if turned else ''}",
            at=[period.slice for period in own],
            unit="",
            decimals=index.decimals,
        )
        for end, index in {"first": first, "last": last}.items()
    )


def _tested(slices: Sequence[Slice], span: float, scale: str) -> SlopeTrend:
    errors = [of_period.se for of_period in slices]
    known = [error for error in errors if error is not None]
    return slope_trend(
        np.stack([of_period.value for of_period in slices]),
        np.stack([of_period.people for of_period in slices]),
        np.array([of_period.years for of_period in slices]),
        se=np.stack(known) if len(known) == len(errors) else None,
        span=span,
        scale=scale,
    )


def _verdict(trend: SlopeTrend, slices: Sequence[Slice], *, relative: bool) -> Verdict:
    known: dict[str, Verdict] = {"wider": "wider", "narrower": "narrower", "reversed": "reversed"}
    word = str(trend.verdict)
    if word in known:
        return known[word]
    onto = np.log if relative else np.asarray
    first, last = float(onto(trend.first)), float(onto(trend.last))
    low, high = float(onto(trend.change.lower)), float(onto(trend.change.upper))
    reach = (high - low) / 2 * (slices[-1].years - slices[0].years)
    return "no clear change" if reach <= HALF * abs(first + last) / 2 else "cannot tell"


def moved(
    about: About, own: Sequence[Measured], trends: Sequence[Trend]
) -> tuple[Fact | None, Fact | None]:
    """By how many per cent the gap and the average moved, each on its own straight line."""
    absolute = trends[-2]
    if absolute.first is None or absolute.last is None:
        return None, None
    slices = [period.slice for period in own]
    years: FloatArray = np.array([of_period.years for of_period in slices])
    averages = [period.average.value for period in own if period.average]
    slope, level = np.polyfit(years - years.mean(), averages, 1)
    ends = {
        "gap": (absolute.first.value, absolute.last.value),
        "average": tuple(level + slope * (year - years.mean()) for year in (years[0], years[-1])),
    }
    facts = [
        about.fact(
            f"{name}-moved",
            100 * (last / first - 1),
            f"{name} at the last over that at the first period, on straight lines, less one",
            at=slices,
            unit="%",
            decimals=0,
        )
        if first * last > 0
        else None
        for name, (first, last) in ends.items()
    ]
    return facts[0], facts[1]
