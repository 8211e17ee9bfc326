"""Every series' newest figure beside the county, region, country and peers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from ineqlib.catalogue import Indicator
from ineqlib.estimate import Estimate
from ineqlib.facts.change_over_time import SURE, Change, change_over_time
from ineqlib.facts.evidence import Evidence, evidence
from ineqlib.facts.fact import Fact, fact_id, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.ranges import Range, range_of
from ineqlib.facts.recent import recent_trend_of
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.facts.standing import Standing, standing
from ineqlib.facts.unrest import Unrest, unrests
from ineqlib.measures import compare
from ineqlib.text import number

JUDGEMENT = {
    ("favourable", "higher"): "better",
    ("favourable", "lower"): "worse",
    ("adverse", "higher"): "worse",
    ("adverse", "lower"): "better",
}
SLOPE = "slope_index"
"""A slope inside an area is not set against the country's: that one spans the whole country, and
is often cut into another number of groups."""
OVERLAP = "95% interval against the country's value"
RECENT_YEARS = 4
NEARLY_ALL = 0.98
PUBLISHER = "the publisher's own comparison"
JUDGED = ("better", "similar", "worse")
LIKELY = ("probably better", "probably worse")


@dataclass(frozen=True)
class Comparison:
    """The area's newest figure of one series, beside its comparators in the same period."""

    series: Series
    newest: Row
    """The area's newest row of the series."""
    facts: dict[str, Fact]
    """The figures by role; a place without a figure is absent and `missing` says why."""
    missing: dict[str, str]
    """Role -> status of a figure that is not there."""
    verdict: str
    """``better``, ``similar`` or ``worse`` than the country; ``higher`` or ``lower`` where the
    catalogue makes no judgement; ``not compared`` where nothing supports a comparison."""
    basis: str
    """What the verdict rests on: the interval, or the publisher's own comparison."""
    peers: Range | None
    neighbours: Range | None
    """Range of all areas of the tier that have a figure, and of the nearest neighbours, in the same
    period; None where no range is shown."""
    recent_trend: str
    """Direction of the area's latest five periods, in the words of `ineqlib.measures`."""
    standing: Standing | None = None
    """Its rank; None among too few areas."""
    evidence: Evidence | None = None
    """What speaks for a difference from the country's; None where nothing can."""
    change: Change | None = None
    """What changed over the last ten years; None with fewer than two periods."""
    unrest: Unrest | None = None
    """The noise of a series without intervals; None where it has them or it cannot be told."""

    @property
    def indicator(self) -> Indicator:
        """The indicator compared."""
        return self.series.indicator

    @property
    def period(self) -> str:
        """The period compared."""
        return self.newest.period

    @property
    def periods(self) -> int:
        """Number of periods the area has a figure for."""
        return sum(row.has_value for row in self.series.of("area"))

    @property
    def likely(self) -> str:
        """What a figure without an interval says by how it moves from period to period.

        ``probably better`` or ``probably worse``; empty where there is a verdict, or no sign of
        a difference, or high is neither good nor bad.
        """
        seen = self.evidence
        if self.verdict != "not compared" or seen is None or seen.basis != "unrest":
            return ""
        side = JUDGEMENT.get((self.indicator.polarity, seen.side))
        return f"probably {side}" if side and seen.p <= SURE and seen.one_sided else ""

    @property
    def side(self) -> str:
        """``better``, ``worse``, ``higher``, ``lower`` or ``level``, whether sure or not."""
        return judge_side(self.indicator, self.evidence.side if self.evidence else "level")

    @property
    def distance(self) -> float:
        """Distance from the country, as a share of the widest distance of any peer; NaN if none."""
        return float(self.place(self.facts["area"].value)) if "area" in self.facts else np.nan

    def place(self, value: float) -> float:
        """Put a value on the spine: the country at 0, right is better, peers mostly within 1."""
        if "country" not in self.facts:
            return np.nan
        if self._widest <= 0:
            return 0.0
        sign = -1 if self.indicator.polarity == "adverse" else 1
        place = sign * (value - self.facts["country"].value) / self._widest
        return float(min(max(place, -1.0), 1.0))

    @cached_property
    def _widest(self) -> float:
        """Distance from the country that the spine's ends stand for."""
        centre = self.facts["country"].value
        values = self.peers.values if self.peers else np.array([])
        own = [abs(fact.value - centre) for fact in self.facts.values()]
        return max(_reach(values, centre), *own)


def _reach(peers: np.ndarray, centre: float) -> float:
    """Distance within which nearly all peers lie: one tiny authority must not set the scale."""
    if not len(peers):
        return 0.0
    return float(np.quantile(np.abs(peers - centre), NEARLY_ALL))


def compare_newest(
    profile: Profile, shown: Sequence[Series], *, only: Collection[str] = ()
) -> tuple[Comparison, ...]:
    """Compare the newest figure of every series the area has, or of some indicators, as ordered.

    The noise of each is told by all series.
    """
    newest = [(series, row) for series in shown if (row := series.latest("area")) is not None]
    noise = unrests(profile, [series for series, _ in newest])
    return tuple(
        _compare(profile, series, row, unrest)
        for (series, row), unrest in zip(newest, noise, strict=True)
        if not only or series.indicator.id in only
    )


def recent(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Leave out figures that end years before the newest: they say little about today."""
    since = recent_since(comparisons)
    return [figure for figure in comparisons if figure.newest.period_end >= since]


def recent_since(comparisons: Sequence[Comparison]) -> datetime:
    """Return the day from which on a figure's period has to end for it to be recent."""
    ends = [comparison.newest.period_end for comparison in comparisons]
    return max(ends) - timedelta(days=366 * RECENT_YEARS) if ends else datetime.min


def count_of(profile: Profile, name: str, value: int, method: str) -> Fact:
    """Make the fact of a count over the figures of one area."""
    area = profile.area
    return Fact(
        id=fact_id("count", name, area.code),
        value=value,
        text=number(value, 0),
        area_code=area.code,
        area_name=area.name,
        method=f"{method}: {name}",
    )


def _compare(profile: Profile, series: Series, newest: Row, unrest: Unrest | None) -> Comparison:
    facts: dict[str, Fact] = {}
    missing = dict.fromkeys(profile.places, "not_available")
    for row in series.rows:
        if row.period_end != newest.period_end or row.when_and_who != newest.when_and_who:
            continue
        if row.has_value:
            facts[row.role] = published(row, series.indicator.decimals)
            missing.pop(row.role)
        else:
            missing[row.role] = row.status
    verdict, basis = _verdict(series.indicator, facts, newest.comparison)
    trend = recent_trend_of(series).direction
    is_level = "area" in facts and series.indicator.value_type != SLOPE
    values = profile.peers.values(newest, profile.of_tier)
    return Comparison(
        series,
        newest,
        facts,
        missing,
        verdict,
        basis,
        range_of(profile, series, newest, "areas"),
        range_of(profile, series, newest, "neighbours"),
        trend,
        standing(profile, series.indicator, newest, values, facts["area"]) if is_level else None,
        evidence(series, facts, verdict, values, unrest) if is_level else None,
        change_over_time(profile, series, trend, unrest) if "area" in facts else None,
        unrest,
    )


def _verdict(indicator: Indicator, facts: dict[str, Fact], as_published: str) -> tuple[str, str]:
    area, country = facts.get("area"), facts.get("country")
    if indicator.value_type == SLOPE:
        return "not compared", ""
    if area and country and area.limits:
        return by_interval(indicator, area, country), OVERLAP
    if area and as_published and _credible(indicator, area, country, as_published):
        return as_published, PUBLISHER
    return "not compared", ""


def by_interval(indicator: Indicator, fact: Fact, reference: Fact) -> str:
    """Compare a figure that has limits with another's value, and judge it by the polarity."""
    value, lower, upper = (
        np.asarray(part, dtype=float) for part in (fact.value, fact.lower_ci, fact.upper_ci)
    )
    estimate = Estimate(value, lower, upper, np.asarray(np.nan))
    return judge_side(indicator, str(compare(estimate, reference.value, rule="overlap")))


def judge_side(indicator: Indicator, side: str) -> str:
    """Return what being ``higher`` or ``lower`` is by the polarity, or the side where neither."""
    return JUDGEMENT.get((indicator.polarity, side), side)


def _credible(indicator: Indicator, area: Fact, country: Fact | None, as_published: str) -> bool:
    """Trust a published judgement only where it agrees with our polarity and with the figures."""
    if as_published not in ("better", "worse"):
        return True
    if country is None:
        return indicator.polarity != "neutral"
    direction = "higher" if area.value >= country.value else "lower"
    level = area.value == country.value
    return level or JUDGEMENT.get((indicator.polarity, direction)) == as_published
