"""What a reader of an area's briefing must not miss: findings that stand, in order.

What may be told at all, the rules say (`ineqlib.narrative.rules`). Of these a list has at most one
of a topic, and the order is that of `importance` (decision 0022), after what the area has chosen as
its own priorities.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import Comparison, recent
from ineqlib.narrative.changes import change_findings
from ineqlib.narrative.importance import outcome_topics
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.rules import (
    Finding,
    are_unsized,
    inside_area,
    is_achieved,
    is_held,
    is_tiny,
    level_findings,
    signs,
    speaking_figures,
    stands_behind,
)
from ineqlib.narrative.sentence import possessive

__all__ = ["Finding", "Judgement", "judge"]

MOST_LEADING = 3
MOST_CHANGES = 6
FAR_MORE = 2.0
"""What is better leads where it is so many times as important as the first of what is worse."""
UNSIZED = (
    "The figures are of too few areas to say how far areas usually lie apart, so none is called "
    "worse or better here. The annex of the briefing judges each by its own interval."
)
WIDER = {"wide", "divided", "priority"}
"""Rules of a gap inside the area that is more than the gap every area has."""


@dataclass(frozen=True)
class Judgement:
    """What a briefing of the area says first, and what it leaves to its annex."""

    leading: tuple[Finding, ...]
    """At most three, one a topic, most important first."""
    worse: tuple[Finding, ...]
    better: tuple[Finding, ...]
    """All findings that stand, one a topic, most important first."""
    changes: tuple[Finding, ...]
    """At most six, one a topic."""
    going_well: Finding | None
    """The best of what held over periods, or got better by more than the country; or None."""
    older: tuple[Comparison, ...]
    """Figures too old to lead."""
    nothing: str
    """Why there is no finding, where there is none; else empty."""
    inside: Finding | None = None
    """The gap inside the area, whether or not it leads; None where none is sure."""
    is_unsized: bool = False
    """Whether figures that differ for sure are no findings, for want of areas to size them by."""
    not_compared: str = ""
    """Why no figure is compared with the country's, where none is; else empty."""


def judge(
    facts: AreaFacts,
    priorities: Sequence[str] = (),
    about: str = "",
    whole: AreaFacts | None = None,
) -> Judgement:
    """Choose what a reader must not miss; the same facts give the same choice.

    Priorities come first where they have a finding. Where the facts were kept to some figures,
    `about` says which, and `whole` are all: what stands does so among all, so that no reader is
    told that a figure is worse and another that it is not.
    """
    everything = whole or facts
    newest = recent(everything.comparisons)
    speaking = [] if is_tiny(facts) else speaking_figures(newest)
    trends = {id(trend.comparison): trend for trend in everything.trends}
    levels = _kept_to(facts, level_findings(everything, speaking, trends))
    moved = _kept_to(facts, change_findings(speaking, trends))
    own = {id(comparison) for comparison in facts.comparisons}
    speaking = [comparison for comparison in speaking if id(comparison) in own]
    topics = {finding.topic for finding in levels}
    levels += [sign for sign in signs(speaking, trends) if sign.topic not in topics]
    worse, better = (
        _one_a_topic(finding for finding in levels if finding.side == side)
        for side in ("worse", "better")
    )
    changes = _one_a_topic(moved)[:MOST_CHANGES]
    getting_worse = [change for change in changes if change.side == "worse"]
    inside = _for_its_reader(inside_area(facts), is_part=everything is not facts)
    gaps = [] if inside is None else [inside]
    wide = [gap for gap in gaps if WIDER & set(gap.rules)]
    first = _one_a_topic([*worse, *wide, *getting_worse], priorities)
    topics = {finding.topic for finding in first}
    then = [finding for finding in _by_score(better, priorities) if finding.topic not in topics]
    good = list(filter(is_achieved, then))
    in_order = _worse_or_better(first, [*good, *(gap for gap in gaps if not wide)])
    leading = _leading(_one_outcome(in_order))
    why = _why_nothing(facts, speaking, about, some_better=bool(better))
    recent_ids = {id(comparison) for comparison in newest}
    return Judgement(
        leading,
        worse,
        better,
        changes,
        _going_well(better, changes, topics | _beside(leading)),
        tuple(comparison for comparison in facts.comparisons if id(comparison) not in recent_ids),
        "" if leading else why,
        inside,
        are_unsized(speaking),
        "" if speaking else why,
    )


def _for_its_reader(inside: Finding | None, *, is_part: bool) -> Finding | None:
    """Put a divide behind what one service's own figures say: it tells of none of its people."""
    return replace(inside, score=0.0) if inside and is_part and inside.gap is None else inside


def _kept_to(facts: AreaFacts, findings: Iterable[Finding]) -> list[Finding]:
    """Keep the findings of some of the area's figures."""
    own = {id(comparison) for comparison in facts.comparisons}
    return [finding for finding in findings if id(finding.comparison) in own]


def _worse_or_better(worse: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """Put what is worse first, unless it is no message or the first of the others outweighs it."""
    if not worse or not others or "priority" in worse[0].rules:
        return [*worse, *others]
    is_slight = others[0].score > FAR_MORE * worse[0].score
    if is_slight or stands_behind(worse[0]):
        return [others[0], *worse, *others[1:]]
    return [*worse, *others]


def _one_outcome(findings: Sequence[Finding]) -> list[Finding]:
    """Keep one place for how long and how well people live, and put more of that behind all else.

    Length of life, years in good health and early deaths say nearly the same of a place: three of
    them would leave no room for what makes them so. What an area chose itself stays where it is.
    """
    outcomes = outcome_topics()
    alike = [
        place
        for place, finding in enumerate(findings)
        if finding.topic in outcomes and "priority" not in finding.rules
    ]
    again = [findings[place] for place in alike[1:]]
    in_order = [finding for place, finding in enumerate(findings) if place not in alike[1:]]
    if again:
        first = in_order[alike[0]]
        kinds = {(finding.kind, finding.side) for finding in (first, again[0])}
        if kinds == {("level", "worse")}:
            in_order[alike[0]] = replace(first, beside=again[0].comparison)
    return [*in_order, *again]


def _beside(leading: Sequence[Finding]) -> set[str]:
    return {finding.beside.indicator.topic for finding in leading if finding.beside}


def _leading(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Take the first three; a sign, which may be chance, stands after what is sure."""
    sure = [finding for finding in findings if finding.sure]
    unsure = [finding for finding in findings if not finding.sure]
    return (*_with_lives(sure, MOST_LEADING - len(unsure)), *unsure)


def _with_lives(findings: Sequence[Finding], places: int) -> Sequence[Finding]:
    """Take the first few, the last of them for shorter lives where nothing else tells of those."""
    first, later = findings[:places], findings[places:]
    lives = outcome_topics()
    are_told = any(finding.topic in lives or finding.kind == "inside" for finding in first)
    shorter = [
        finding
        for finding in later
        if finding.topic in lives and (finding.kind, finding.side) == ("level", "worse")
    ]
    if are_told or not shorter or "priority" in first[-1].rules:
        return first
    return [*first[:-1], shorter[0]]


def _going_well(
    better: Sequence[Finding], changes: Sequence[Finding], leading_topics: set[str]
) -> Finding | None:
    """What held over periods and holds still; failing that, what got better."""
    lasting = [
        finding
        for finding in better
        if "holds" in finding.rules and "worsening" not in finding.rules
    ]
    improved = [finding for finding in changes if finding.side == "better" and _goes_on(finding)]
    unsaid = (finding for finding in [*lasting, *improved] if finding.topic not in leading_topics)
    return next(filter(is_achieved, unsaid), None)


def _goes_on(finding: Finding) -> bool:
    """Whether a change has neither turned since nor only led back, nor is one lucky year's."""
    change = finding.comparison.change if finding.comparison else None
    return change is not None and change.goes_on and is_held(finding)


def _by_score(findings: Iterable[Finding], priorities: Sequence[str] = ()) -> list[Finding]:
    """Most important first, an area's own priorities before all; what is no message last."""
    marked = [_with_priority(finding, priorities) for finding in findings]
    return sorted(marked, key=_order)


def _order(finding: Finding) -> tuple[bool, bool, float, str]:
    is_chosen, behind = "priority" in finding.rules, stands_behind(finding)
    return not is_chosen, behind, -round(finding.score, 6), finding.topic


def _with_priority(finding: Finding, priorities: Sequence[str]) -> Finding:
    indicator = finding.comparison.indicator if finding.comparison else None
    names = {finding.topic, *((indicator.id, indicator.objective) if indicator else ())}
    if not names & set(priorities):
        return finding
    return replace(finding, rules=("priority", *finding.rules))


def _one_a_topic(
    findings: Iterable[Finding], priorities: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Keep the most important finding of each topic, in order of importance."""
    first: dict[str, Finding] = {}
    for finding in _by_score(findings, priorities):
        first.setdefault(finding.topic, finding)
    return tuple(first.values())


def _why_nothing(
    facts: AreaFacts, speaking: Sequence[Comparison], about: str, *, some_better: bool
) -> str:
    """Say why there is no finding: that is the finding."""
    area, country = place_inside(facts.profile.area.name), facts.profile.country_name
    if not facts.comparisons and facts.own:
        return f"The pack has own figures for {area}, and none that can be a finding."
    if not facts.comparisons:
        return f"The pack has no figure for {area}{about}."
    if is_tiny(facts):
        return (
            f"So few people live in {area} that one more or one fewer changes any figure: its "
            "figures cannot show a difference."
        )
    if not speaking:
        return f"No figure of {area}{about} can be compared with {country}."
    if are_unsized(speaking):
        return UNSIZED
    # What is better and nobody's doing leads no page, but stands below: "differs" would deny it.
    how = "is worse than" if some_better else "differs from"
    return (
        f"No recent figure of {area}{about} {how} {possessive(country)} clearly, lastingly and by "
        f"enough to matter{'; some are better' * some_better}."
    )
