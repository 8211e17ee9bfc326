"""Every indicator at a glance: the newest figure beside the county, region, country and peers."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np

from ineqlib.catalogue import Indicator
from ineqlib.estimate import Estimate
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series, series_shown
from ineqlib.measures import compare

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
COVERED = 0.9
FEWEST_NEIGHBOURS = 8
NEARLY_ALL = 0.98
PUBLISHER = "the publisher's own comparison"


@dataclass(frozen=True)
class Comparison:
    """The area's newest figure of one series, beside its comparators in the same period.

    Parameters
    ----------
    newest
        The area's newest row of the series.
    facts
        The figures by role; a place without a figure is absent and `missing` says why.
    missing
        Role -> status of a figure that is not there.
    verdict
        ``better``, ``similar`` or ``worse`` than the country; ``higher`` or ``lower`` where the
        catalogue makes no judgement; ``not compared`` where nothing supports a comparison.
    basis
        What the verdict rests on: the interval, or the publisher's own comparison.
    peers, neighbours
        Values of all areas of the tier that have one, and of the nearest neighbours, in the same
        period.
    tier
        Number of areas of the tier.
    """

    series: Series
    newest: Row
    facts: dict[str, Fact]
    missing: dict[str, str]
    verdict: str
    basis: str
    peers: np.ndarray
    neighbours: np.ndarray
    tier: int

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
    def is_covered(self) -> bool:
        """Whether nearly every area of the tier has a figure, so that a range means something."""
        return len(self.peers) >= COVERED * self.tier

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
        found = sign * (value - self.facts["country"].value) / self._widest
        return float(min(max(found, -1.0), 1.0))

    @cached_property
    def _widest(self) -> float:
        """Distance from the country that the spine's ends stand for."""
        centre = self.facts["country"].value
        known = [fact.value for fact in self.facts.values()]
        return max(_reach(self.peers, centre), *(abs(each - centre) for each in known))


def _reach(peers: np.ndarray, centre: float) -> float:
    """Distance within which nearly all peers lie: one tiny authority must not set the scale."""
    if not len(peers):
        return 0.0
    return float(np.quantile(np.abs(peers - centre), NEARLY_ALL))


def at_a_glance(profile: Profile) -> list[Comparison]:
    """Compare the newest figure of every series the area has, in catalogue order."""
    shown = ((series, series.latest("area")) for series in series_shown(profile))
    return [_compare(profile, series, newest) for series, newest in shown if newest is not None]


def recent(comparisons: list[Comparison]) -> list[Comparison]:
    """Leave out figures that end years before the newest: they say little about today."""
    if not comparisons:
        return []
    newest = max(found.newest.period_end for found in comparisons)
    since = newest - timedelta(days=366 * RECENT_YEARS)
    return [found for found in comparisons if found.newest.period_end >= since]


def only_above(profile: Profile) -> list[Series]:
    """Series published for the county or the country but not for this area."""
    return [series for series in series_shown(profile) if series.latest("area") is None]


def _compare(profile: Profile, series: Series, newest: Row) -> Comparison:
    facts: dict[str, Fact] = {}
    missing = dict.fromkeys(profile.places, "not_available")
    for row in series.rows:
        if row.when_and_who != newest.when_and_who:
            continue
        if row.has_value:
            facts[row.role] = profile.book.add(published(row, series.indicator.decimals))
            missing.pop(row.role)
        else:
            missing[row.role] = row.status
    verdict, basis = _verdict(series.indicator, facts, newest.comparison)
    near = profile.peers.values(newest, profile.near)
    return Comparison(
        series,
        newest,
        facts,
        missing,
        verdict,
        basis,
        profile.peers.values(newest, profile.of_tier),
        near if len(near) >= FEWEST_NEIGHBOURS else np.array([]),
        len(profile.tier),
    )


def _verdict(indicator: Indicator, facts: dict[str, Fact], as_published: str) -> tuple[str, str]:
    area, country = facts.get("area"), facts.get("country")
    if indicator.value_type == SLOPE:
        return "not compared", ""
    if area and country and area.lower_ci is not None and area.upper_ci is not None:
        found = str(compare(_estimate(area), country.value, rule="overlap"))
        return JUDGEMENT.get((indicator.polarity, found), found), OVERLAP
    if area and as_published and _credible(indicator, area, country, as_published):
        return as_published, PUBLISHER
    return "not compared", ""


def _credible(indicator: Indicator, area: Fact, country: Fact | None, as_published: str) -> bool:
    """Trust a published judgement only where it agrees with our polarity and with the figures."""
    if as_published not in ("better", "worse"):
        return True
    if country is None:
        return indicator.polarity != "neutral"
    direction = "higher" if area.value >= country.value else "lower"
    level = area.value == country.value
    return level or JUDGEMENT.get((indicator.polarity, direction)) == as_published


def _estimate(fact: Fact) -> Estimate:
    value, lower, upper = (
        np.asarray(part, dtype=float) for part in (fact.value, fact.lower_ci, fact.upper_ci)
    )
    return Estimate(value, lower, upper, np.asarray(np.nan))
