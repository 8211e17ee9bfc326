"""The published rule for a series' latest five periods, and what it lacks where it cannot say."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ineqlib.estimate import LIMITS_APART
from ineqlib.facts.series import Series
from ineqlib.measures import recent_trend, recent_trend_of_proportion
from ineqlib.measures.trends import CANNOT

COUNTED = ("events", "denominator")
DAYS_A_YEAR = 365.25
NOT_YEARS = "the periods are not whole years"
OUT_OF_ORDER = "two periods begin on one day"
ABOVE = "a count is above its denominator"
HELP = {
    "fewer than": "figures of earlier years: put their files beside the newer ones and build again",
    "periods overlap": "figures of single years, which share nobody",
    "a period is missing": "the file of the year that is missing",
    "a value or its interval": "a file with 95% limits in each of the latest five periods",
    "a count is missing": "a file with counts and denominators in each of the latest five periods",
    NOT_YEARS: "figures of whole years",
    OUT_OF_ORDER: "one figure for each period",
    ABOVE: "a corrected file: nobody can be counted who is not among all",
}
"""How a reason begins -> what would help."""


class RecentTrend(NamedTuple):
    """What the rule says."""

    direction: str
    """In the words of `ineqlib.measures`."""
    reason: str = ""
    """Why it cannot say; empty where it can."""

    @property
    def would_help(self) -> str:
        """What data would let the rule say something; empty where it does."""
        starts = (words for words in HELP if self.reason.startswith(words))
        return HELP[next(starts)] if self.reason else ""


def recent_trend_of(series: Series) -> RecentTrend:
    """Ask the rule about the area's latest five periods."""
    rows = series.unbroken
    if not rows or series.months % 12:
        return RecentTrend(CANNOT, NOT_YEARS if rows else "fewer than 5 periods")
    first = rows[0].period_start
    start = [(row.period_start - first).days / DAYS_A_YEAR for row in rows]
    if any(later <= earlier for earlier, later in pairwise(start)):
        return RecentTrend(CANNOT, OUT_OF_ORDER)
    span = series.months // 12
    if series.indicator.value_type == "proportion":
        count, denominator = ([getattr(row, name) for row in rows] for name in COUNTED)
        if any(n > total for n, total in zip(count, denominator, strict=True)):
            return RecentTrend(CANNOT, ABOVE)
        trend = recent_trend_of_proportion(start, count, denominator, span=span)
    else:
        value = [row.value if row.has_value else np.nan for row in rows]
        se = [(row.upper_ci - row.lower_ci) / LIMITS_APART for row in rows]
        trend = recent_trend(start, value, se, span=span)
    return RecentTrend(trend.direction.item(), trend.reason.item())
