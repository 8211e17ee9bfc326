"""Every figure of the page: the target, the change it requires, and who ever achieved as much."""

import math
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import numpy as np

from ineqlib.briefings.what_would_it_take.done import (
    ALREADY,
    CANNOT,
    Asked,
    Done,
    Verdict,
    done_by,
    verdict_of,
    yearly,
)
from ineqlib.briefings.what_would_it_take.target import Target, target_of
from ineqlib.errors import InputError
from ineqlib.estimate import Estimate
from ineqlib.facts.alike import most_like_with_figures
from ineqlib.facts.fact import NOT_IN_TABLE, Fact, derived, published
from ineqlib.facts.rows import Row
from ineqlib.facts.series import TrendPoint, trend_points
from ineqlib.facts.tier_series import DAYS_A_YEAR, TierSeries
from ineqlib.measures.rates_of_progress import RatesOfProgress, rates_of_progress
from ineqlib.measures.required_change import required_change
from ineqlib.measures.variance_components import variance_components

YEARS_AHEAD = 5
PATH = "county"
"""The look of the line to the target: no county is on this chart."""
FEWEST_SIMILAR = 8
TOO_FEW = "too few areas have figures in several periods"


@dataclass(frozen=True)
class Takes:
    """What it would take, or why that cannot be told."""

    series: TierSeries = field(metadata={NOT_IN_TABLE: True})
    verdict: Verdict
    by: int
    """The year of the target."""
    method: str
    now: Fact | None = None
    target: Target | None = None
    country: Fact | None = None
    years: Fact | None = None
    run: Fact | None = None
    """Years until the target, and those of the runs looked at."""
    required: Fact | None = None
    """Change a year for the better, with its interval."""
    done: Done | None = None
    people: Fact | None = None
    events: Fact | None = None
    fewer: Fact | None = None
    """How many are counted in the newest period, the events among them, and how many of these would
    not be (or would be more)."""
    points: tuple[TrendPoint, ...] = ()
    why_not: str = ""
    """Why the verdict is what it is where it cannot be told."""

    @property
    def higher_is_better(self) -> bool:
        """Which way leads to the target."""
        polarity = self.series.indicator.polarity
        if polarity == "neutral" and self.now is not None and self.target is not None:
            return self.target.fact.value >= self.now.value
        return polarity != "adverse"


def takes(series: TierSeries, target: str, by: int) -> Takes:
    """Work out every figure; the target is one of `TARGETS`, or a number as text.

    The year 0 stands for five years after the newest figure.
    """
    there = [code for code in series.codes if series.rows[code]]
    similar, method = most_like_with_figures(series.profile, there, FEWEST_SIMILAR)
    newest = series.newest("area")
    if newest is None:
        return Takes(series, CANNOT, by, method, why_not="the pack has no figure of it there")
    by = by or newest.period_end.year + YEARS_AHEAD
    decimals = series.indicator.decimals
    now = published(newest, decimals)
    same = series.series.country.get(newest.when_and_who)
    country = published(same, decimals) if same else None
    goal = target_of(series, newest, country=country, similar=similar, target=target, by=by)
    if goal is None:
        why = "the pack has no figure to set as the target in the same period"
        return Takes(series, CANNOT, by, method, now, why_not=why)
    years = by - newest.period_end.year
    counted = derived(
        now, f"years-until-{by}", years, decimals=0, unit="years", method="years to the target"
    )
    draft = Takes(
        series,
        CANNOT,
        by,
        method,
        now,
        goal,
        country,
        counted,
        points=_points(series, goal, by, years),
    )
    if years < max(1.0, series.panel.width):
        first = newest.period_end.year + math.ceil(max(1.0, series.panel.width))
        why = f"no figure before {first} shares no year with the newest one"
        return replace(draft, why_not=why)
    return _judged(draft, newest, similar, years)


def _judged(draft: Takes, newest: Row, similar: tuple[str, ...], years: int) -> Takes:
    series, now, goal = draft.series, draft.now, draft.target
    assert now is not None and goal is not None
    at = series.codes.index(series.profile.area.code)
    try:
        moved = variance_components(series.panel)
    except InputError:
        return replace(draft, why_not=TOO_FEW)
    known = np.flatnonzero(np.isfinite(series.panel.value[at]))
    noise = float(moved.noise[at, known[-1]]) if len(known) else math.nan
    freedom = float(moved.freedom[at])
    is_noisy = math.isfinite(noise)
    se = math.sqrt(noise) if is_noisy else 0.0
    share = 0.5 if goal.words.startswith("half") else 1.0
    way = 1.0 if draft.higher_is_better else -1.0
    change = required_change(
        way * now.value,
        way * goal.fact.value,
        years=years,
        se=share * math.hypot(se, goal.se),
        freedom=freedom,
    )
    required = yearly(series, now, f"required-{draft.by}", change, "change a year to the target")
    people, events, fewer = _events(newest, now, goal.fact, change, years)
    draft = replace(draft, required=required, people=people, events=events, fewer=fewer)
    if required.value <= 0:
        return replace(draft, verdict=ALREADY)
    try:
        result, run = _longest(series, years, similar, draft.higher_is_better)
    except InputError:
        return replace(draft, why_not=TOO_FEW)
    if result is None:
        why = "the pack has no figures so far apart, in an unbroken series"
        return replace(draft, why_not=why)
    length = derived(
        now, f"run-of-{run}", run, decimals=0, unit="years", method="years of the runs looked at"
    )
    among = series.are(similar) & (result.runs > 0)
    if among.sum() < FEWEST_SIMILAR:
        why = "too few similar areas have figures so far apart"
        return replace(draft, run=length, why_not=why)
    done = done_by(series, now, result, among, Asked(float(change.value), years, draft.by))
    verdict, why = verdict_of(result, among, change)
    return replace(draft, run=length, done=done, verdict=verdict, why_not=why)


def _longest(
    series: TierSeries, years: int, similar: tuple[str, ...], higher_is_better: bool
) -> tuple[RatesOfProgress | None, int]:
    """Runs as long as asked, or the longest there are if that is at least half as long."""
    for run in range(years, max(0, (years - 1) // 2), -1):
        result = rates_of_progress(
            series.panel, run=run, higher_is_better=higher_is_better, among=series.are(similar)
        )
        if result is not None and (series.are(similar) & (result.runs > 0)).any():
            return result, run
    return None, years


def _events(
    newest: Row, now: Fact, target: Fact, change: Estimate, years: int
) -> tuple[Fact | None, Fact | None, Fact | None]:
    """People and events of the newest period, and how many more or fewer at the target."""
    is_counted = now.unit == "%" or re.match(r"per [\d,]+", now.unit)
    if not (newest.events > 0 and newest.value > 0 and newest.denominator > 0 and is_counted):
        return None, None, None
    whole: dict[str, Any] = {"decimals": 0, "unit": ""}
    people = derived(now, "people", newest.denominator, **whole, method="people counted")
    events = derived(now, "events", newest.events, **whole, method="events counted")
    people_a_unit = newest.events / newest.value
    low, high = (float(limit) * years * people_a_unit for limit in (change.lower, change.upper))
    fewer = derived(
        now,
        f"fewer-{target.period}",
        abs(target.value - now.value) * people_a_unit,
        **whole,
        lower_ci=low,
        upper_ci=high,
        method="events at today's figure less those at the target, of as many people",
    )
    return people, events, fewer


def _points(series: TierSeries, goal: Target, by: int, years: int) -> tuple[TrendPoint, ...]:
    """The area and the country over time, and the line from the newest figure to the target."""
    points = [
        point
        for point in trend_points(series.series, ("area", "country"))
        if point.period not in series.left_out
    ]
    last = [point for point in points if point.role == "area" and point.fact][-1]
    assert last.fact is not None
    ahead = timedelta(days=DAYS_A_YEAR * years)
    path = "What it takes"
    goal_fact = derived(last.fact, f"path-to-{by}", goal.fact.value, period=str(by))
    return (
        *points,
        TrendPoint(PATH, path, last.period, last.middle, 0, "ok", last.fact),
        TrendPoint(PATH, path, str(by), last.middle + ahead, 0, "ok", goal_fact),
    )
