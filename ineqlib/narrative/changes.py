"""Which changes are findings: what moved for sure, further than the country, and to somewhere new.

The rule and what was weighed are in decision 0021.
"""

from collections.abc import Iterable

from ineqlib.facts.area import Trend
from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.evidence import stands
from ineqlib.narrative.importance import change_beyond, importance_of_change
from ineqlib.narrative.rules import SMALLEST, Finding, Side, is_about_few, pooled_rule

WITH_THE_COUNTRY = 0.05
"""A change that is as likely as this where the area moves with the country is the country's."""


def change_findings(speaking: Iterable[Comparison], trends: dict[int, Trend]) -> list[Finding]:
    """What moved for sure, more than the country did or the other way."""
    tested = [
        (comparison, comparison.change)
        for comparison in speaking
        if comparison.change and id(comparison) in trends
    ]
    stand = stands([_p_of_change(comparison, change) for comparison, change in tested])
    findings = []
    for (comparison, change), stood in zip(tested, stand, strict=True):
        if not stood or change.direction not in ("rising", "falling"):
            continue
        if change.is_return or is_about_few(comparison):
            continue
        if not _is_more_than_the_country(comparison, change):
            continue
        side: Side = "higher" if change.direction == "rising" else "lower"
        if change.better is not None:
            side = "better" if change.better else "worse"
        rules = ("recent", *pooled_rule(comparison), "moved")
        trend, score = trends[id(comparison)], importance_of_change(comparison)
        topic = comparison.indicator.topic
        findings.append(Finding("change", topic, side, comparison, trend, rules=rules, score=score))
    return findings


def _is_more_than_the_country(comparison: Comparison, change: Change) -> bool:
    """Whether it went further than the country, by enough to matter; so too where it is unknown."""
    beyond, own = change_beyond(comparison), change.difference.value
    return beyond * own > 0 and abs(beyond) >= SMALLEST and not change.beyond_p > WITH_THE_COUNTRY


def _p_of_change(comparison: Comparison, change: Change) -> float:
    """Chance of as much by luck; of money, which rises everywhere, beyond the country's rise."""
    in_money = comparison.indicator.unit.startswith("£")
    return max(change.p, change.beyond_p) if in_money else change.p
