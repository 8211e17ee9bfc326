"""The editorial rules: which figures may be told at all, and as what.

Every rule has a name, which a finding carries as its receipt, and a decision record:

1. ``recent`` (0017): a figure that ended years before the newest is kept for the annex.
2. ``pooled`` (0017): where years are published together, the single years do not speak.
3. ``false discovery`` (0018): it stands when all the comparisons of the area are allowed for.
4. ``holds`` (0018): two of the last three periods that share no day say the same.
5. ``size`` (0018): it differs by at least half of what areas usually differ, and is not about a few
   events.
6. ``same people`` (0018): praise stands where every figure of the topic about the same people has
   it.
7. ``sign`` (0019): of deaths that are each looked into, a first sign is told, as a sign.
8. ``inside`` and ``divided`` (0020): what an average hides is a finding of its own.
9. ``moved`` (0021): a change stands among all changes, and is more than the country's; this one is
   in `ineqlib.narrative.changes`.

What is true and no message (`stands_behind`, 0022) stands behind the others. How what they let pass
is put in order is in `ineqlib.narrative.judgement`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ineqlib.facts.area import AreaFacts, Trend
from ineqlib.facts.comparisons import SLOPE, Comparison, recent_since
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.evidence import Evidence, stands
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.inside import InsideGap
from ineqlib.narrative.importance import (
    BOTH_ENDS,
    importance,
    importance_of_gap,
    is_in_worst_tenth,
)
from ineqlib.text import MARKS

Kind = Literal["level", "change", "inside"]
Side = Literal["worse", "better", "higher", "lower", "similar"]
SMALLEST = 0.5
"""Half a (robust) standard deviation of the areas: less is no news, however sure it is."""
FEWEST_EVENTS = 10
FEWEST_NEIGHBOURHOODS = 10
"""Of about 1,500 people each."""
UNRELIABLE = MARKS["low_reliability"]
HALF = 0.5
WITHOUT_COUNTRY = 0.2
INSIDE = "inside the area"


@dataclass(frozen=True)
class Finding:
    """One thing to say of the area."""

    kind: Kind
    """``level``: compared with the country; ``change``: over time; ``inside``: between the area's
    own neighbourhoods."""
    topic: str
    """What it is about: of each topic a list has one."""
    side: Side
    comparison: Comparison | None = None
    trend: Trend | None = None
    gradient: Gradient | None = None
    spread: Spread | None = None
    gap: InsideGap | None = None
    """The facts it tells, as far as its kind has them."""
    rules: tuple[str, ...] = ()
    """Names of the rules that chose it."""
    score: float = 0.0
    """Its importance among the area's findings."""
    sure: bool = True
    """False for a first sign of more deaths that are each looked into: it may be chance."""
    beside: Comparison | None = None
    """A figure that says nearly the same again, told with it."""
    also_gap: InsideGap | None = None
    """The same gap of the other sex, told with it."""

    @property
    def gaps(self) -> tuple[InsideGap, ...]:
        """The gap, and the same one of the other sex; the larger first."""
        known = [gap for gap in (self.gap, self.also_gap) if gap]
        return tuple(sorted(known, key=lambda gap: -gap.gap.value))


def is_tiny(facts: AreaFacts) -> bool:
    """Whether so few people live here that one more or less changes any figure."""
    return facts.spread is not None and (facts.spread.neighbourhoods.value < FEWEST_NEIGHBOURHOODS)


def speaking_figures(newest: Iterable[Comparison]) -> list[Comparison]:
    """Leave out what cannot be judged, and single years of what is published pooled."""
    known = [
        comparison
        for comparison in newest
        if "area" in comparison.facts
        and comparison.indicator.value_type != SLOPE
        and comparison.evidence
    ]
    pooled = {comparison.indicator.pools for comparison in known}
    return [comparison for comparison in known if comparison.indicator.id not in pooled]


def _evidence(comparison: Comparison) -> Evidence:
    if comparison.evidence is None:
        raise ValueError(f"{comparison.series.name} has nothing to be judged by")
    return comparison.evidence


def _side(comparison: Comparison) -> Side:
    """Better or worse than the country; ``similar`` where high is neither good nor bad."""
    side = comparison.side
    return "better" if side == "better" else "worse" if side == "worse" else "similar"


def judged_figures(speaking: Iterable[Comparison]) -> list[Comparison]:
    """Keep the figures of which more is good or bad, and that lie on one side."""
    return [comparison for comparison in speaking if _side(comparison) != "similar"]


def are_unsized(speaking: Iterable[Comparison]) -> bool:
    """Whether figures differ for sure, but too few areas have them to say if that is much."""
    judged = judged_figures(speaking)
    stand = stands([_evidence(comparison).p for comparison in judged])
    return any(
        stood and _evidence(comparison).holds and not _evidence(comparison).spread
        for comparison, stood in zip(judged, stand, strict=True)
    )


def level_findings(
    facts: AreaFacts,
    speaking: Sequence[Comparison],
    trends: dict[int, Trend],
    *,
    together: Sequence[Comparison] = (),
) -> list[Finding]:
    """Return what differs from the country for sure, over periods, and by enough to matter.

    `together` are the comparisons to allow for, where other areas' are told beside these.
    """
    judged = judged_figures(speaking)
    among = together or judged
    stand = stands([_evidence(comparison).p for comparison in among])
    sure = {id(comparison) for comparison, stood in zip(among, stand, strict=True) if stood}
    findings = []
    for comparison in judged:
        if id(comparison) not in sure or not _is_news(comparison):
            continue
        side = _side(comparison)
        if side == "better" and not _is_whole_praise(comparison, judged, sure):
            continue
        score, reasons = importance(comparison, facts.gradients)
        pooled, holds = pooled_rule(comparison), _holds_rule(comparison)
        rules = ("recent", *pooled, "false discovery", *holds, "size", *reasons)
        trend, topic = trends.get(id(comparison)), comparison.indicator.topic
        findings.append(Finding("level", topic, side, comparison, trend, rules=rules, score=score))
    return findings


def _is_news(comparison: Comparison) -> bool:
    """Whether it held, and is neither small nor about a few events."""
    seen = _evidence(comparison)
    is_large = abs(seen.size) >= SMALLEST and _is_far_out(comparison)
    return seen.holds and is_large and not is_about_few(comparison)


def _is_far_out(comparison: Comparison) -> bool:
    """Whether a figure that only other areas can be compared with is in the worst or best fifth."""
    if "country" in comparison.facts or comparison.standing is None:
        return True
    return min(comparison.standing.share, 1 - comparison.standing.share) <= WITHOUT_COUNTRY


def is_about_few(comparison: Comparison) -> bool:
    """Whether the events are counted, and are few."""
    return comparison.newest.events < FEWEST_EVENTS


def pooled_rule(comparison: Comparison) -> tuple[str, ...]:
    """Name the rule that a figure of years together speaks by, where it is one."""
    return ("pooled",) if comparison.indicator.pools else ()


def _holds_rule(comparison: Comparison) -> tuple[str, ...]:
    return ("holds",) if _evidence(comparison).periods > 1 else ()


def _is_whole_praise(praised: Comparison, judged: Iterable[Comparison], sure: set[int]) -> bool:
    """Whether each figure of the topic about the same people, and newest too, is praised."""
    about = (praised.indicator.topic, praised.series.sex, praised.indicator.age)
    return all(
        id(comparison) in sure and _side(comparison) == "better"
        for comparison in judged
        if (comparison.indicator.topic, comparison.series.sex, comparison.indicator.age) == about
    )


def signs(speaking: Iterable[Comparison], trends: dict[int, Trend]) -> list[Finding]:
    """The strongest first sign of more deaths that are each looked into, if there is one."""
    findings = []
    for comparison in speaking:
        if not comparison.indicator.sentinel or is_about_few(comparison):
            continue
        if _is_high(comparison) or _rises(comparison):
            score, reasons = importance(comparison, ())
            trend, topic = trends.get(id(comparison)), comparison.indicator.topic
            sign = Finding("level", topic, "worse", comparison, trend, score=score, sure=False)
            findings.append(replace(sign, rules=("recent", "sign", *reasons)))
    return sorted(findings, key=lambda finding: -finding.score)[:1]


def _is_high(comparison: Comparison) -> bool:
    """Worse by the usual interval, on that side in all periods, and in the worst tenth."""
    is_worst = comparison.verdict == "worse" and is_in_worst_tenth(comparison.standing)
    return is_worst and _evidence(comparison).one_sided


def _rises(comparison: Comparison) -> bool:
    """On the worse side, and getting worse by the usual test."""
    change = comparison.change
    goes_on = change is not None and change.better is False and change.goes_on
    return _side(comparison) == "worse" and goes_on


def inside_area(facts: AreaFacts) -> Finding | None:
    """The widest gap that is sure, or where people live at both ends of the country's range."""
    spread = facts.spread
    divided = spread is not None and min(spread.most.value, spread.least.value) >= BOTH_ENDS
    since = recent_since(facts.comparisons)
    gaps = [
        gap
        for gap in facts.inside
        if gap.is_clear and gap.is_usual_way and gap.indicator.headline and gap.end >= since
    ]
    gap = max(gaps, key=lambda gap: gap.size, default=None)
    if gap is None and not divided:
        return None
    others = (other for other in gaps if gap and other is not gap and other.is_like(gap))
    score, reasons = importance_of_gap(gap, spread if divided else None)
    return Finding(
        "inside",
        INSIDE,
        "worse",
        comparison=gap.comparison if gap else None,
        gradient=gap.gradient if gap else None,
        spread=spread if divided else None,
        gap=gap,
        rules=reasons,
        score=score,
        also_gap=next(others, None),
    )


def is_achieved(finding: Finding) -> bool:
    """Whether local work can move it, or it is a headline: cheap homes are nobody's success."""
    indicator = finding.comparison.indicator if finding.comparison else None
    return indicator is not None and (
        indicator.headline or indicator.sensitive_to_local_action != "slow"
    )


def is_held(finding: Finding) -> bool:
    """Whether two of its last periods say the same, as far as there are two."""
    return finding.comparison is not None and _evidence(finding.comparison).holds


def stands_behind(finding: Finding) -> bool:
    """Whether it is true, and no message: it leads only where nothing else can.

    A price tells in what circumstances people live; a figure that its publisher calls unreliable
    proves little; and a figure that got worse is no alarm while it is among the better half, nor,
    if a few hundred were asked, before a second period is worse than the country's.
    """
    comparison = finding.comparison
    if comparison is None or finding.kind == "inside":
        return False
    if comparison.indicator.circumstance or comparison.facts["area"].mark == UNRELIABLE:
        return True
    if (finding.kind, finding.side) != ("change", "worse"):
        return False
    standing = comparison.standing
    is_good_still = standing is not None and standing.share > HALF
    return is_good_still or not _is_borne_out(comparison)


def _is_borne_out(comparison: Comparison) -> bool:
    """Whether a survey's figure is worse than the country's in two periods; any other is."""
    if not comparison.indicator.sampled:
        return True
    is_worse = comparison.side == "worse" and comparison.verdict in ("worse", "not compared")
    return is_worse and _evidence(comparison).agreeing > 1
