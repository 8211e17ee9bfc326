"""Every figure of the page: the target, the change it requires, and who ever achieved as much."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.what_would_it_take.verdict import (
    ALREADY,
    CANNOT,
    Verdict,
    verdict_of,
)
from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate
from ineqlib.facts.alike import most_like
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.rows import Row
from ineqlib.facts.series import TrendPoint, trend_points
from ineqlib.facts.tier_series import DAYS_A_YEAR, TierSeries
from ineqlib.measures.achieved import Achieved, achieved, required_change
from ineqlib.measures.movement import movement
from ineqlib.text import difference_unit

TARGETS = ("country", "best_similar", "half_the_gap")
YEARS_AHEAD = 5
FEWEST_SIMILAR = 8
QUARTER = 0.75
"""Of the areas' best runs: what one in four of them reached."""
COUNTED = ("proportion", "rate")


@dataclass(frozen=True)
class Target:
    """What is to be reached, by when.

    Parameters
    ----------
    fact
        The figure.
    words
        Whose it is, to stand after "reach".
    se
        Its standard error; zero where somebody set it.
    """

    fact: Fact
    words: str
    se: float


@dataclass(frozen=True)
class Done:
    """What areas did over runs of the length that there is.

    Parameters
    ----------
    usual
        Change a year of the similar areas, from where to where 95 of 100 runs go.
    best
        Best change a year of each similar area and of this one, the best first.
    similar, similar_did, tier, tier_did
        How many areas have such a run, and how many ever did as much, with intervals.
    quarter
        The change a year that one in four of the similar areas reached at their best.
    until
        The year by which that pace reaches the target; None where it never does.
    """

    usual: Fact
    best: tuple[Fact, ...]
    similar: Fact
    similar_did: Fact
    tier: Fact
    tier_did: Fact
    quarter: Fact
    until: int | None


@dataclass(frozen=True)
class Takes:
    """What it would take, or why that cannot be told.

    Parameters
    ----------
    by, years, run
        The year of the target, the years until then, and those of the runs looked at.
    now, target
        The newest figure and the figure to be reached.
    required
        Change a year for the better, with its interval.
    people, events, fewer
        How many are counted in the newest period, the events among them, and how many of these
        would not be (or would be more).
    why_not
        Why the verdict is what it is where it cannot be told.
    """

    series: TierSeries
    verdict: Verdict
    by: int
    method: str
    now: Fact | None = None
    target: Target | None = None
    country: Fact | None = None
    years: Fact | None = None
    run: Fact | None = None
    required: Fact | None = None
    done: Done | None = None
    people: Fact | None = None
    events: Fact | None = None
    fewer: Fact | None = None
    points: tuple[TrendPoint, ...] = field(default=())
    why_not: str = ""

    @property
    def higher_is_better(self) -> bool:
        """Which way leads to the target."""
        return _higher_is_better(self.series, self.now, self.target)


def takes(series: TierSeries, target: str, by: int) -> Takes:
    """Work out every figure.

    Parameters
    ----------
    series
        The area's, with those of its tier.
    target
        One of `TARGETS`, or a number as text.
    by
        The year to reach it by; 0 for five years after the newest figure.
    """
    similar, method = most_like(series.profile)
    newest = series.newest("area")
    if newest is None:
        return Takes(series, CANNOT, by, method, why_not="it has no newest figure")
    by = by or newest.period_end.year + YEARS_AHEAD
    decimals = series.indicator.decimals
    now = published(newest, decimals)
    country = _same_period(series, newest)
    goal = _target(series, newest, country, similar, target, by)
    if goal is None:
        why = "the pack has no figure to set as the target in the same period"
        return Takes(series, CANNOT, by, method, now, why_not=why)
    years = by - newest.period_end.year
    counted = derived(
        now, f"years-until-{by}", years, decimals=0, unit="years", method="years to the target"
    )
    begun = Takes(
        series, CANNOT, by, method, now, goal, country, counted, points=_points(series, goal, by)
    )
    if years < max(1.0, series.width):
        why = f"before {newest.period_end.year + math.ceil(max(1.0, series.width))} no figure " + (
            "is published that shares no year with the newest one"
        )
        return replace(begun, why_not=why)
    return _judged(begun, newest, similar, years)


def _judged(begun: Takes, newest: Row, similar: tuple[str, ...], years: int) -> Takes:
    series, now, goal = begun.series, begun.now, begun.target
    assert now is not None and goal is not None
    at = series.codes.index(series.profile.area.code)
    try:
        moved = movement(
            series.value, series.when, width=series.width, se=series.se, stretch=series.stretch
        )
    except InputError:
        few = "too few areas have figures in several periods"
        return replace(begun, why_not=few)
    known = np.flatnonzero(np.isfinite(series.value[at]))
    noise = float(moved.noise[at, known[-1]]) if len(known) else math.nan
    freedom = float(moved.freedom[at])
    is_noisy = math.isfinite(noise)
    se = math.sqrt(noise) if is_noisy else 0.0
    share = 0.5 if goal.words.startswith("half") else 1.0
    way = 1.0 if begun.higher_is_better else -1.0
    change = required_change(
        way * now.value,
        way * goal.fact.value,
        years=years,
        se=share * se,
        target_se=share * goal.se,
        freedom=freedom,
    )
    required = _yearly(series, now, f"required-{begun.by}", change, "change a year to the target")
    people, events, fewer = _events(newest, now, goal.fact, change, years)
    begun = replace(begun, required=required, people=people, events=events, fewer=fewer)
    if required.value <= 0:
        return replace(begun, verdict=ALREADY)
    result, run = _longest(series, years, similar, begun.higher_is_better)
    if result is None:
        why = "the pack has no figures so far apart, in an unbroken series"
        return replace(begun, why_not=why)
    length = derived(
        now, f"run-of-{run}", run, decimals=0, unit="years", method="years of the runs looked at"
    )
    among = series.are(similar) & (result.runs > 0)
    if among.sum() < FEWEST_SIMILAR:
        why = "too few similar areas have figures so far apart"
        return replace(begun, run=length, why_not=why)
    done = _done(begun, result, among, change, at)
    verdict, why = verdict_of(result, among, change)
    return replace(begun, run=length, done=done, verdict=verdict, why_not=why)


def _longest(
    series: TierSeries, years: int, similar: tuple[str, ...], higher_is_better: bool
) -> tuple[Achieved | None, int]:
    """Runs as long as asked, or the longest there are if that is at least half as long."""
    for run in range(years, max(0, (years - 1) // 2), -1):
        result = achieved(
            series.value,
            series.when,
            run=run,
            width=series.width,
            se=series.se,
            stretch=series.stretch,
            higher_is_better=higher_is_better,
            among=series.are(similar),
        )
        if result is not None and (series.are(similar) & (result.runs > 0)).any():
            return result, run
    return None, years


def _done(
    begun: Takes, result: Achieved, among: NDArray[np.bool_], change: Estimate, at: int
) -> Done:
    series, now = begun.series, begun.now
    assert now is not None
    required = float(change.value)
    tier = result.runs > 0
    own_too = among.copy()
    own_too[at] = tier[at]
    best = [
        _yearly(series, published(_a_row(series, code), now.decimals), "best", ever, "best run")
        for code, ever in ((series.codes[n], result.ever[n]) for n in np.flatnonzero(own_too))
    ]
    quarter = float(np.quantile(result.ever.value[among], QUARTER))
    gap = required * (begun.years.value if begun.years else 0)
    until = math.ceil(begun.by - (begun.years.value if begun.years else 0) + gap / quarter)

    def count(name: str, who: NDArray[np.bool_], did: bool) -> Fact:
        counted = result.number(required, who)
        limits = {"lower_ci": float(counted.lower), "upper_ci": float(counted.upper)}
        value = float(counted.value) if did else float(who.sum())
        method = "areas that ever did as much" if did else "areas with a run so long"
        details: dict[str, Any] = limits if did else {}
        return derived(now, name, value, decimals=0, unit="", method=method, **details)

    return Done(
        _yearly(series, now, "usual", result.usual, "mean of the similar areas' runs"),
        tuple(sorted(best, key=lambda fact: -fact.value)),
        count("similar", among, False),
        count("similar-did", among, True),
        count("tier", tier, False),
        count("tier-did", tier, True),
        _yearly(series, now, "quarter", _plain(quarter), "what one in four similar areas reached"),
        until if quarter > 0 and until < begun.by + 100 else None,
    )


def _a_row(series: TierSeries, code: str) -> Row:
    return next(reversed(series.rows[code].values()))


def _plain(value: float) -> Estimate:
    nan = np.array(math.nan)
    return Estimate(np.array(value), nan, nan, nan)


def _yearly(series: TierSeries, first: Fact, name: str, change: Estimate, method: str) -> Fact:
    """Make the fact of a change a year."""
    low, high = float(change.lower), float(change.upper)
    known = {} if math.isnan(low) else {"lower_ci": low, "upper_ci": high}
    unit = f"{difference_unit(first.unit)} a year".strip()
    return derived(
        first,
        name,
        float(change.value),
        decimals=series.indicator.decimals + 1,
        unit=unit,
        method=f"{method}; for the better where above zero",
        **known,
    )


def _same_period(series: TierSeries, row: Row) -> Fact | None:
    for other in series.series.of("country"):
        if other.has_value and other.when_and_who == row.when_and_who:
            return published(other, series.indicator.decimals)
    return None


def _higher_is_better(series: TierSeries, now: Fact | None, target: Target | None) -> bool:
    polarity = series.indicator.polarity
    if polarity == "neutral" and now is not None and target is not None:
        return target.fact.value >= now.value
    return polarity != "adverse"


def _target(
    series: TierSeries,
    newest: Row,
    country: Fact | None,
    similar: tuple[str, ...],
    target: str,
    by: int,
) -> Target | None:
    now = published(newest, series.indicator.decimals)
    if target == "best_similar":
        return _best_similar(series, newest, similar)
    if target not in TARGETS:
        value = number_in(target)
        about = {"period": str(by), "method": "set by whoever asks", "rows": ()}
        return Target(derived(now, "target", value, **about), "the target of", 0.0)
    if country is None:
        return None
    se = _se(country)
    if target == "country":
        return Target(country, f"{country.area_name}'s figure of", se)
    middle = (now.value + country.value) / 2
    about = {"period": str(by), "method": f"half way to {country.area_name}'s figure"}
    halved = derived(now, "half-way", middle, rows=now.rows + country.rows, **about)
    return Target(halved, f"half the gap to {country.area_name}, that is", se)


def _best_similar(series: TierSeries, newest: Row, similar: tuple[str, ...]) -> Target | None:
    rows = [series.rows[code].get(newest.period) for code in similar if code in series.rows]
    there = [row for row in rows if row is not None]
    if not there:
        return None
    choose = min if series.indicator.polarity == "adverse" else max
    best = published(choose(there, key=lambda row: row.value), series.indicator.decimals)
    words = f"the figure of {best.area_name}, the best of the similar areas,"
    return Target(best, words, _se(best))


def _se(fact: Fact) -> float:
    return (fact.limits[1] - fact.limits[0]) / 3.92 if fact.limits else 0.0


def number_in(target: str) -> float:
    """Return a target given as a number.

    Raises
    ------
    ParameterError
        It is neither a number nor one of `TARGETS`.
    """
    try:
        value = float(target.replace(",", "").rstrip("%"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ParameterError(
            f"There is no target '{target}'. Choose from {', '.join(TARGETS)}, or give a number as "
            "text, such as '12.5'."
        )
    return value


def _events(
    newest: Row, now: Fact, target: Fact, change: Estimate, years: int
) -> tuple[Fact | None, Fact | None, Fact | None]:
    """People and events of the newest period, and how many fewer or more they would be at the target."""
    if not (
        newest.events > 0 and newest.value > 0 and newest.denominator > 0 and _is_counted(now.unit)
    ):
        return None, None, None
    people = derived(
        now, "people", newest.denominator, decimals=0, unit="", method="people counted"
    )
    events = derived(now, "events", newest.events, decimals=0, unit="", method="events counted")
    each = newest.events / newest.value
    low, high = (float(limit) * years * each for limit in (change.lower, change.upper))
    details: Mapping[str, Any] = {
        "lower_ci": low,
        "upper_ci": high,
        "decimals": 0,
        "unit": "",
        "method": "events at today's figure less those at the target, of as many people",
    }
    fewer = derived(now, f"fewer-{target.period}", abs(target.value - now.value) * each, **details)
    return people, events, fewer


def _is_counted(unit: str) -> bool:
    return unit == "%" or re.match(r"per [\d,]+", unit) is not None


def _points(series: TierSeries, goal: Target, by: int) -> tuple[TrendPoint, ...]:
    """The area and the country over time, and the line from the newest figure to the target."""
    points = [
        point
        for point in trend_points(series.series, ("area", "country"))
        if point.period not in series.left_out
    ]
    last = [point for point in points if point.role == "area" and point.fact][-1]
    assert last.fact is not None
    ahead = timedelta(days=DAYS_A_YEAR * (by - _end_year(series)))
    path = "What it takes"
    goal_fact = derived(last.fact, f"path-to-{by}", goal.fact.value, period=str(by))
    return (
        *points,
        TrendPoint("county", path, last.period, last.middle, 0, "ok", last.fact),
        TrendPoint("county", path, str(by), last.middle + ahead, 0, "ok", goal_fact),
    )


def _end_year(series: TierSeries) -> int:
    newest = series.newest("area")
    return newest.period_end.year if newest else 0
