"""What similar areas did at their best, and what a required change is called by that."""

import math
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import Estimate
from ineqlib.facts.estimated import limits_of
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.tier_series import TierSeries
from ineqlib.measures.rates_of_progress import RatesOfProgress
from ineqlib.text import difference_unit

QUARTER = 0.75
"""Of the areas' best runs: what one in four of them reached."""
LONGEST_WAIT = 100
"""Years after which nobody waits for a target."""
Verdict = Literal[
    "within what similar areas did", "seldom done", "never done", "already there", "cannot tell"
]
WITHIN: Verdict = "within what similar areas did"
SELDOM: Verdict = "seldom done"
NEVER: Verdict = "never done"
ALREADY: Verdict = "already there"
CANNOT: Verdict = "cannot tell"
OFTEN = 0.25
"""Share of the similar areas from which on a change is within what they did."""
FEWEST_SPANS = 2
"""Runs that share no year. Of fewer, nobody having done it tells of those times alone."""


class Asked(NamedTuple):
    """The change a year that is required, and over which years, up to which."""

    required: float
    years: float
    by: int


@dataclass(frozen=True)
class Done:
    """What areas did over runs of the length that there is."""

    usual: Fact
    """Change a year of the similar areas, from where to where 95 of 100 runs go."""
    best: tuple[Fact, ...]
    """Best change a year of each similar area and of this one, the best first."""
    similar: Fact
    similar_did: Fact
    tier: Fact
    tier_did: Fact
    """How many areas have such a run, and how many ever did as much, with intervals."""
    quarter: Fact
    """The change a year that one in four of the similar areas reached at their best."""
    until: int | None
    """The year by which that pace reaches the target; None where it never does."""


def done_by(
    series: TierSeries, now: Fact, result: RatesOfProgress, among: NDArray[np.bool_], asked: Asked
) -> Done:
    """Make the facts of what areas achieved; `among` are the similar areas that have a run."""
    tier = result.runs > 0
    own = np.array([code == series.profile.area.code for code in series.codes])
    shown = np.flatnonzero(among | (own & tier))
    newest = (next(reversed(series.rows[series.codes[at]].values())) for at in shown)
    best = [
        yearly(series, published(row, now.decimals), "best", result.ever[at], "best run")
        for at, row in zip(shown, newest, strict=True)
    ]
    quarter = float(np.quantile(result.ever.value[among], QUARTER))
    wait = asked.years * asked.required / quarter if quarter > 0 else math.inf

    def count(name: str, who: NDArray[np.bool_], did: bool) -> Fact:
        counted = result.number(asked.required, who)
        value = float(counted.value) if did else float(who.sum())
        method = "areas that ever did as much" if did else "areas with a run so long"
        details: dict[str, Any] = limits_of(counted) if did else {}
        return derived(now, name, value, decimals=0, unit="", method=method, **details)

    nobody = np.array(math.nan)
    pace = Estimate(np.array(quarter), nobody, nobody, nobody)
    return Done(
        yearly(series, now, "usual", result.usual, "mean of the similar areas' runs"),
        tuple(sorted(best, key=lambda fact: -fact.value)),
        count("similar", among, False),
        count("similar-did", among, True),
        count("tier", tier, False),
        count("tier-did", tier, True),
        yearly(series, now, "quarter", pace, "what one in four similar areas reached"),
        math.ceil(asked.by - asked.years + wait) if wait < LONGEST_WAIT else None,
    )


def yearly(series: TierSeries, first: Fact, name: str, change: Estimate, method: str) -> Fact:
    """Make the fact of a change a year."""
    unit = f"{difference_unit(first.unit)} a year".strip()
    return derived(
        first,
        name,
        float(change.value),
        decimals=series.indicator.decimals + 1,
        unit=unit,
        method=f"{method}; for the better where above zero",
        **limits_of(change),
    )


def verdict_of(
    result: RatesOfProgress, among: NDArray[np.bool_], change: Estimate
) -> tuple[Verdict, str]:
    """Judge a change required a year, and say why where it cannot be judged.

    Where the verdict turns round within one standard error of it, the newest figure is too
    uncertain to judge by.
    """
    total = int(among.sum())
    required, se = float(change.value), float(change.se)
    easy, hard = (
        by_share(float(result.number(end, among).value) / total)
        for end in (required - se, required + se)
    )
    if (easy, hard) == (WITHIN, NEVER):
        return CANNOT, "chance in the newest figure alone decides"
    verdict = by_share(float(result.number(required, among).value) / total)
    if verdict == NEVER and result.spans < FEWEST_SPANS and required <= result.in_other_times:
        return CANNOT, "the pack's years are too few to show better times"
    return verdict, ""


def by_share(share: float) -> Verdict:
    """Return what a change is called that a share of areas ever achieved.

    Examples
    --------
    >>> by_share(0.4), by_share(0.1), by_share(0)
    ('within what similar areas did', 'seldom done', 'never done')
    """
    if share >= OFTEN:
        return WITHIN
    return SELDOM if share > 0 else NEVER
