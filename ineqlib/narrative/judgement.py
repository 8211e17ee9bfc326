"""Which of an area's figures a reader must not miss: the editorial rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ineqlib.facts.area import AreaFacts, Trend
from ineqlib.facts.comparisons import SLOPE, Comparison, recent
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.inside import InsideGap
from ineqlib.narrative import area as words
from ineqlib.narrative.sentence import Sentence, number_of, sentence

Kind = Literal["level", "change", "inside"]
Side = Literal["worse", "better", "higher", "lower", "similar"]
MOST_LEADING = 3
MOST_CHANGES = 6


@dataclass(frozen=True)
class Finding:
    """One thing to say of the area.

    Parameters
    ----------
    kind
        ``level``: compared with the country; ``change``: over time; ``inside``: between the area's
        own neighbourhoods.
    topic
        What it is about: at most one finding of a topic is in a list.
    comparison, trend, gradient, spread, gap
        The facts it tells, as far as its kind has them.
    rules
        Names of the rules that chose it.
    score
        Its importance among the area's findings.
    """

    kind: Kind
    topic: str
    side: Side
    comparison: Comparison | None = None
    trend: Trend | None = None
    gradient: Gradient | None = None
    spread: Spread | None = None
    gap: InsideGap | None = None
    rules: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True)
class Judgement:
    """What a briefing of the area says first, and what it leaves to its annex.

    Parameters
    ----------
    leading
        At most three, one a topic, most important first.
    worse, better
        All robust findings, one a topic, most important first.
    changes
        At most six.
    going_well
        The best of what held over periods; None where nothing did.
    older
        Figures too old to lead.
    nothing
        Why there is no finding, where there is none; else empty.
    """

    leading: tuple[Finding, ...]
    worse: tuple[Finding, ...]
    better: tuple[Finding, ...]
    changes: tuple[Finding, ...]
    going_well: Finding | None
    older: tuple[Comparison, ...]
    nothing: str


def judge(facts: AreaFacts, priorities: Sequence[str] = ()) -> Judgement:
    """Choose what a reader must not miss; the same facts give the same choice."""
    newest = recent(facts.comparisons)
    trends = {id(each.comparison): each for each in facts.trends}
    worse, better = (
        tuple(
            Finding(
                "level",
                comparison.indicator.theme,
                side,
                comparison,
                trends.get(id(comparison)),
                rules=("interval",),
                score=abs(comparison.distance),
            )
            for comparison in sorted(newest, key=lambda each: -abs(each.distance))
            if comparison.verdict == side and comparison.indicator.value_type != SLOPE
        )
        for side in ("worse", "better")
    )
    changes = tuple(
        Finding("change", each.comparison.indicator.theme, "similar", each.comparison, each)
        for each in facts.trends[:MOST_CHANGES]
        if each.change
    )
    kept = {id(each) for each in newest}
    older = tuple(each for each in facts.comparisons if id(each) not in kept)
    nothing = "" if worse or better else "Nothing differs clearly from the country."
    going_well = better[0] if better else None
    return Judgement(
        (worse + better)[:MOST_LEADING], worse, better, changes, going_well, older, nothing
    )


def verdict_words(comparison: Comparison) -> Sentence:
    """Say how one figure compares: every figure has words, with an interval or without one."""
    if "area" not in comparison.facts:
        return sentence("no figure")
    country = comparison.facts.get("country")
    if comparison.verdict in words.BESIDE and country is not None:
        start = sentence(words.BESIDE[comparison.verdict], f" {country.area_name}")
    else:
        start = sentence("no interval published")
    standing = comparison.standing
    if standing is None:
        return start
    return sentence(
        start,
        ", ",
        number_of(standing.rank),
        " of ",
        number_of(standing.among),
        " from the ",
        standing.counted_from,
    )
