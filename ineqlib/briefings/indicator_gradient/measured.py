"""Every measure of each period as facts, and whether the gradient changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np

from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.cuts import Cut, Slice
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.facts.deprivation_line import LineEnd
from ineqlib.facts.fact import Fact, fact_id
from ineqlib.facts.gradients import EVEN, FEWEST_GROUPS
from ineqlib.measures import REGISTRY, Measure, gradient_checks, slope_trend
from ineqlib.measures.slope_trend import LEAST_PERIODS, SlopeTrend
from ineqlib.text import difference_unit, number, with_unit

Verdict = Literal["wider", "narrower", "reversed", "no clear change", "cannot tell"]
SHOWN = ("sii", "rii", "difference", "ratio", "aci", "rci")
"""Measures shown for each period, an absolute one before its relative one."""
SCALES = {"absolute": "sii", "relative": "rii"}
HALF = 0.5
"""Where a gap may as well have shrunk as grown by this part of it, nothing is told."""
SURE = 0.05
NEAR_ONE = 0.2


@dataclass(frozen=True)
class Made:
    """One measure of one period: its fact, or why there is none."""

    measure: str
    title: str
    kind: str
    fact: Fact | None
    why_not: str = ""


@dataclass(frozen=True)
class Measured:
    """One period with its measures.

    Parameters
    ----------
    average
        Mean of the groups; None where a group has no figure.
    line
        The fitted line's ends; empty without a slope.
    measures
        Those of `SHOWN` that can be made, by name.
    """

    slice: Slice
    average: Fact | None
    line: tuple[LineEnd, ...]
    measures: Mapping[str, Fact]


@dataclass(frozen=True)
class Trend:
    """Whether the gradient changes over one unbroken stretch, on one scale.

    Parameters
    ----------
    periods
        The first and the last.
    count
        How many periods; None where there are too few.
    change
        Change a year: in the unit, or relative in per cent.
    first, last
        The line through the slopes, at the first and at the last period.
    is_scattered
        Whether years lie further off the line than chance explains.
    why_not
        Why nothing can be told.
    """

    scale: str
    periods: tuple[str, str]
    verdict: Verdict
    count: Fact | None = None
    change: Fact | None = None
    first: Fact | None = None
    last: Fact | None = None
    is_scattered: bool = False
    has_limits: bool = True
    why_not: str = ""


@dataclass(frozen=True)
class Followed:
    """One cut over all its periods.

    Parameters
    ----------
    fits
        Every measure of the registry of the newest period.
    trends
        Of each stretch with enough periods, absolute before relative, the newest stretch last.
    average_first, average_last
        The average on its own straight line, over the newest stretch.
    """

    cut: Cut
    periods: tuple[Measured, ...]
    fits: tuple[Made, ...]
    trends: tuple[Trend, ...]
    average_first: Fact | None = None
    average_last: Fact | None = None

    @property
    def now(self) -> tuple[Trend, Trend]:
        """The absolute and the relative trend of the newest stretch."""
        absolute, relative = self.trends[-2:]
        return absolute, relative

    @property
    def newest(self) -> Measured | None:
        """The newest period whose groups are whole."""
        return next((one for one in reversed(self.periods) if one.measures), None)

    @property
    def tested(self) -> list[Measured]:
        """The periods that the newest test is of."""
        return tested(self.periods, self.cut)


@dataclass(frozen=True)
class _About:
    """What the facts of one cut are about."""

    asked: Asked
    cut: Cut

    @property
    def unit(self) -> str:
        """Unit of a difference between groups."""
        return difference_unit(self.asked.rows[0].unit)

    def fact(
        self, name: str, value: float, method: str, *, at: Sequence[Slice], **details: Any
    ) -> Fact:
        """Make a fact of one or more periods' groups."""
        groups = [group.fact for one in at for group in one.groups if group.fact]
        first = groups[0]
        period = at[0].period if len(at) == 1 else f"{at[0].period} to {at[-1].period}"
        decimals, unit = details.pop("decimals", 1), details.pop("unit", first.unit)
        where = (self.asked.indicator.id, self.asked.place.code, self.asked.sex, self.cut.key)
        rows = tuple(dict.fromkeys(row for fact in groups for row in fact.rows))
        return Fact(
            id=fact_id(name, *where, period),
            value=float(value),
            text=with_unit(number(float(value), decimals), unit),
            decimals=decimals,
            unit=unit,
            indicator_id=first.indicator_id,
            area_code=self.asked.place.code,
            area_name=self.asked.place.name,
            period=period,
            sex=first.sex,
            age=first.age,
            method=f"{method}{EVEN * self.cut.is_even}",
            rows=rows if len(at) == 1 else (),
            source=first.source,
            **details,
        )


def followed(asked: Asked, cut: Cut) -> Followed:
    """Measure every period of a cut, and test whether its gradient changes."""
    about = _About(asked, cut)
    periods = tuple(_measured(about, one) for one in cut.slices)
    newest = next((one for one in reversed(periods) if one.measures), None)
    fits = tuple(_fits(about, newest.slice)) if newest else ()
    trends = tuple(_trends(about, periods))
    first, last = _average_line(about, tested(periods, cut))
    return Followed(cut, periods, fits, trends, first, last)


def tested(periods: Sequence[Measured], cut: Cut) -> list[Measured]:
    """Return the periods of the newest unbroken stretch that can be measured."""
    stretches = _stretches(periods, cut)
    return stretches[-1] if stretches else []


def _stretches(periods: Sequence[Measured], cut: Cut) -> list[list[Measured]]:
    usable = [one for one in periods if one.measures and one.slice.stretch >= 0]
    if not cut.is_one_index:
        return [[one] for one in usable]
    return [list(own) for _, own in groupby(usable, key=lambda one: one.slice.stretch)]


def _measured(about: _About, one: Slice) -> Measured:
    if one.why_not or len(one.groups) < FEWEST_GROUPS:
        return Measured(one, None, (), {})
    decimals = about.asked.indicator.decimals
    mean = float((one.value * one.people).sum() / one.people.sum())
    average = about.fact("average", mean, "mean of the groups", at=[one], decimals=decimals)
    made = {name: _made(about, REGISTRY[name], one) for name in SHOWN}
    checks = gradient_checks(one.value, one.people, se=one.se)
    ends = {"most": (0.0, checks.most_deprived_end), "least": (1.0, checks.least_deprived_end)}
    line = tuple(
        LineEnd(
            position,
            about.fact(
                f"fitted-{name}",
                float(fitted),
                f"value of the fitted line at the {name} deprived end",
                at=[one],
                decimals=decimals,
            ),
        )
        for name, (position, fitted) in ends.items()
    )
    return Measured(one, average, line, {name: m.fact for name, m in made.items() if m.fact})


def _fits(about: _About, one: Slice) -> Iterator[Made]:
    for row in REGISTRY.values():
        yield _made(about, row, one)


def _made(about: _About, row: Measure, one: Slice) -> Made:
    """Make one measure, or say why these groups cannot have it."""
    unmet = [
        need.words
        for need in row.needs
        if not need.when and not bool(need.met(one.value, one.people))
    ]
    if unmet or len(one.groups) < row.least_groups:
        why = f"needs {unmet[0]}" if unmet else "too few groups"
        return Made(row.name, row.title, row.kind, None, why)
    data = (one.value, one.people) if row.weighted else (one.value,)
    estimate = row.function(*data, se=one.se)
    unit = about.unit if row.kind == "absolute" and not row.squared else ""
    decimals = _decimals(row, float(estimate.value), about.asked.indicator.decimals)
    limits = _limits(estimate)
    fact = about.fact(
        row.name,
        float(estimate.value),
        estimate.method,
        at=[one],
        unit=unit,
        decimals=decimals,
        **limits,
    )
    return Made(row.name, row.title, row.kind, fact)


def _limits(estimate: Estimate) -> dict[str, float]:
    lower, upper = float(estimate.lower), float(estimate.upper)
    return {"lower_ci": lower, "upper_ci": upper} if np.isfinite([lower, upper]).all() else {}


def _decimals(row: Measure, value: float, of_indicator: int) -> int:
    """Decimals to show: those of the indicator; of what is nearer to equality, as many as tell."""
    distance = abs(value - row.at_equality)
    least = max(of_indicator, 1) if row.kind == "absolute" else 2
    if not distance:
        return least
    return min(max(least, int(np.ceil(-np.log10(distance))) + 1), 5)


def _trends(about: _About, periods: Sequence[Measured]) -> Iterator[Trend]:
    """Yield the trend of each stretch with enough periods; of the newest one in any case."""
    stretches = _stretches(periods, about.cut)
    for at, own in enumerate(stretches):
        if len(own) < LEAST_PERIODS and at < len(stretches) - 1:
            continue
        for scale in SCALES:
            yield _trend(about, own, scale)
    if not stretches:
        slices = [one.slice for one in periods]
        ends = (slices[0].period, slices[-1].period)
        for scale in SCALES:
            yield Trend(scale, ends, "cannot tell", why_not=slices[-1].why_not or "too few groups")


def _trend(about: _About, own: Sequence[Measured], scale: str) -> Trend:
    slices = [one.slice for one in own]
    ends = (slices[0].period, slices[-1].period)
    name = SCALES[scale]
    if not about.cut.is_one_index:
        why = "each period is cut by the index of its own time, and such periods are not compared"
        return Trend(scale, ends, "cannot tell", why_not=why)
    if len(own) < LEAST_PERIODS:
        why = "a trend needs three periods or more that are counted alike"
        return Trend(scale, ends, "cannot tell", why_not=why)
    if not all(name in one.measures for one in own):
        return Trend(scale, ends, "cannot tell", why_not="its line does not stay above zero")
    trend = _tested(slices, about.cut.span, scale)
    decimals = about.asked.indicator.decimals
    many = about.fact(
        f"periods-{scale}", len(own), "periods that the test is of", at=slices, unit="", decimals=0
    )
    relative = scale == "relative"
    per_year = trend.change
    of_change = [float(per_year.value), float(per_year.lower), float(per_year.upper)]
    if relative:
        of_change = [100 * (value - 1) for value in of_change]
    change = about.fact(
        f"change-{scale}",
        of_change[0],
        f"{per_year.method}{'; in per cent of the relative index' if relative else ''}",
        at=slices,
        unit="%" if relative else about.unit,
        decimals=_enough(of_change[0], 1 if relative else decimals),
        lower_ci=of_change[1],
        upper_ci=of_change[2],
    )
    first, last = (
        about.fact(
            f"{end}-{scale}",
            float(value),
            f"{name.upper()} at the {end} period, on the line through all periods",
            at=slices,
            unit="" if relative else about.unit,
            decimals=_of_ratio(trend) if relative else max(decimals, 1),
        )
        for end, value in (("first", trend.first), ("last", trend.last))
    )
    return Trend(
        scale,
        ends,
        _verdict(trend, slices, relative=relative),
        many,
        change,
        first,
        last,
        bool(trend.scatter_p < SURE),
        slices[0].se is not None and all(one.se is not None for one in slices),
    )


def _of_ratio(trend: SlopeTrend) -> int:
    """Decimals of a relative index: near 1, two would hide how it moves."""
    return 3 if max(abs(float(trend.first) - 1), abs(float(trend.last) - 1)) < NEAR_ONE else 2


def _enough(value: float, decimals: int) -> int:
    """Decimals with which a small change a year is not written as nothing."""
    return decimals + 1 if abs(value) < 10.0**-decimals * 5 else decimals


def _tested(slices: Sequence[Slice], span: float, scale: str) -> SlopeTrend:
    errors = [one.se for one in slices]
    known = [error for error in errors if error is not None]
    return slope_trend(
        np.stack([one.value for one in slices]),
        np.stack([one.people for one in slices]),
        np.array([one.years for one in slices]),
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


def _average_line(about: _About, own: Sequence[Measured]) -> tuple[Fact | None, Fact | None]:
    """The average at the first and at the last period, on its own straight line."""
    if len(own) < LEAST_PERIODS or not about.cut.is_one_index:
        return None, None
    slices = [one.slice for one in own]
    years: FloatArray = np.array([one.years for one in slices])
    values = [one.average.value for one in own if one.average]
    slope, level = np.polyfit(years - years.mean(), values, 1)
    decimals = about.asked.indicator.decimals
    first, last = (
        about.fact(
            f"average-{end}",
            level + slope * (year - years.mean()),
            f"average of the groups at the {end} period, on the line through all periods",
            at=slices,
            decimals=decimals,
        )
        for end, year in (("first", years[0]), ("last", years[-1]))
    )
    return first, last
