"""What is said of ways to cut: who is in them, how they moved, where they break or disagree."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.measured import Measured
from ineqlib.briefings.indicator_gradient.words import CLEAR, both_scales, verdict
from ineqlib.measures import REGISTRY
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Words,
    at,
    at_beginning,
    in_a_row,
    interval,
    sentence,
    size_of,
)
from ineqlib.text import joined, lower_first


def one_period(followed: Followed) -> Sentence:
    """Tell both gaps of a cut that is known in one period: no line leads through one point."""
    measured = [period for period in followed.periods if period.measures]
    if len(measured) != 1:
        return sentence()
    [only] = measured
    slope, ratio = only.measures.get("sii"), only.measures.get("rii")
    if slope is None:
        return sentence()
    relative: Words = ". "
    if ratio is not None:
        of_ratio = (ratio, interval(ratio))
        relative = "; the relative index is ", of_ratio, ", where one is no gap. "
    return sentence(
        "One period is known, so nothing is drawn over time. From end to end the gap ",
        (at(only.slice.period), " is ", size_of(slope), interval(slope, turned=True), relative),
    )


def notes(followed: Followed) -> Sentence:
    """What to know of a cut before its charts: who is in it, what is left out, where it breaks."""
    cut = followed.cut
    parts: list[Words] = []
    if cut.areas is not None:
        parts += [cut.areas, " areas have a figure in every period shown. "]
    if cut.left_out:
        when = Period(joined(list(cut.left_out)))
        parts += ["Left out, since too few areas have a figure: ", when, ". "]
    odd = [dated.period for dated in cut.slices if dated.stretch < 0]
    if odd:
        parts += ["Off the line of those beside it, drawn alone: ", Period(joined(odd)), ". "]
    if begins := breaks(followed):
        moved = ": all areas moved at once, far more than usual. "
        parts += ["The series breaks with ", Period(joined(begins)), moved]
    without = [measured.slice for measured in followed.periods if measured.slice.why_not]
    if without and followed.newest:
        when = Period(joined([dated.period for dated in without]))
        parts += ["No slope in ", when, f": {without[-1].why_not}."]
    return sentence(*parts)


def breaks(followed: Followed) -> list[str]:
    """Return the periods with which a new stretch begins."""
    slices = followed.cut.slices
    stretches = [dated.stretch for dated in slices]
    return [
        dated.period
        for at, dated in enumerate(slices)
        if at and dated.stretch > max(0, *stretches[:at])
    ]


def _times(followed: Followed) -> Sentence:
    """How many times as high one end was as the other, by the relative index of both periods."""
    absolute, relative = followed.now
    if absolute.last is None or not relative.times:
        return sentence()
    higher = "most" if absolute.last.value < 0 else "least"
    before, after = relative.times
    start, end = (Period(period) for period in relative.periods)
    return sentence(
        f"In proportion, the {higher} deprived end was ",
        (before, " times as high as the other in ", start),
        (" and ", after, " times in ", end, ". "),
    )


def today(followed: Followed) -> Sentence:
    """The newest figures of both ends, where the series breaks, and why the scales part."""
    said = _newest(followed), _times(followed), _break(followed), _disagreement(followed)
    return sentence(*said)


def _break(followed: Followed) -> Sentence:
    if not breaks(followed) or not followed.tested:
        return sentence()
    start = Period(followed.tested[0].slice.period)
    since = sentence("The series breaks: the answer is of the periods since ", start, ". ")
    if len(followed.trends) <= 2:
        return since
    absolute, relative = followed.trends[-4:-2]
    before = both_scales(absolute, relative, followed.unit)
    start, end = (Period(period) for period in absolute.periods)
    words = f": {lower_first(before)}. "
    return sentence(since, "Before the break, between ", start, " and ", end, words)


def _newest(followed: Followed) -> Sentence:
    newest = followed.newest
    if newest is None:
        return sentence()
    most, least = (newest.slice.groups[end] for end in (0, -1))
    if most.fact is None or least.fact is None:
        return sentence()
    return sentence(
        (at_beginning(newest.slice.period), " it was ", most.fact),
        (f" in {_place(most.label, 0)} and ", least.fact, f" in {_place(least.label, -1)}. "),
    )


def _place(label: str, end: int) -> str:
    if "deprived" in label:
        return f"the {lower_first(label)}"
    return f"{label} ({'least' if end else 'most'} deprived)"


def _disagreement(followed: Followed) -> Sentence:
    """Say in one sentence why absolute and relative part, where they do."""
    absolute, relative = followed.now
    moved = {absolute.verdict, relative.verdict} & set(CLEAR)
    if absolute.verdict == relative.verdict or not moved or not followed.gap_moved:
        return sentence()
    return why_they_part(followed)


def why_they_part(followed: Followed) -> Sentence:
    """Why the absolute and the relative gap part: the average moved too."""
    gap, average = followed.gap_moved, followed.average_moved
    if gap is None or average is None:
        return sentence()
    grew = "grew" if gap.value > 0 else "shrank"
    rose = "rose" if average.value > 0 else "fell"
    reason = {
        ("shrank", "fell"): "what is left of the gap is a larger share of a smaller average",
        ("grew", "rose"): "a larger gap is a smaller share of a still larger average",
    }.get((grew, rose))
    outran = abs(average.value) > abs(gap.value)
    is_clear = followed.now[1].verdict in CLEAR
    if reason and outran and is_clear:
        tail = f": {reason}"
    elif reason and not is_clear:
        tail = ": the two moved together, and in proportion little changed"
    else:
        tail = ": the gap in proportion is, roughly, the one over the other"
    return sentence(
        (f"Why they part: the gap {grew} by ", size_of(gap)),
        (f", the average {rose} by ", size_of(average), f"{tail}. "),
    )


def ends_moved(followed: Followed) -> Sentence:
    """Which end moved between the first and the last period of the newest stretch."""
    own = followed.tested
    if len(own) < 2:
        return sentence()
    parts: list[Words] = []
    for end in (0, -1):
        first, last = (measured.slice.groups[end] for measured in (own[0], own[-1]))
        if first.fact is None or last.fact is None:
            return sentence()
        parts += [f"In {_place(first.label, end)}: ", first.fact, " "]
        parts += [at(own[0].slice.period), ", ", last.fact, " "]
        parts += [at(own[-1].slice.period), ". "]
    return sentence(*parts)


def points_of_dispute(followed: Sequence[Followed]) -> list[Sentence]:
    """Where measures and cuts disagree, and why; one sentence that says so where none do."""
    first = followed[0]
    items: list[Words] = []
    if first.now[0].verdict != first.now[1].verdict and (why := why_they_part(first)):
        items.append(why)
    if split := _ends_against_slope(first):
        items.append(split)
    tested = [followed_cut for followed_cut in followed if followed_cut.now[0].change is not None]
    verdicts = {verdict(followed_cut) for followed_cut in tested}
    if len(verdicts) > 1:
        ways = in_a_row(
            (
                f"{followed_cut.cut.title}, ",
                Period(joined(list(followed_cut.now[0].periods))),
                f": {lower_first(verdict(followed_cut))}",
            )
            for followed_cut in tested
        )
        reason = (
            ". They are of other years, other groups or another index. Whole districts hold rich "
            "and poor, so the gap between them is smaller than between neighbourhoods."
        )
        items.append(("The ways to cut do not say the same: ", ways, reason))
    elif len(tested) > 1:
        items.append("All ways to cut that can be tested say the same.")
    if not items:
        items.append("All measures that can be compared point the same way.")
    return list(map(sentence, items))


def _ends_against_slope(followed: Followed) -> Sentence:
    own = followed.tested
    if len(own) < 2:
        return sentence()
    moved = {name: apart(own, name) for name in ("sii", "difference")}
    if moved["sii"] * moved["difference"] >= 0:
        return sentence()
    before, after = (period.measures["difference"] for period in (own[0], own[-1]))
    way = "further apart" if moved["difference"] > 0 else "nearer to one another"
    return sentence(
        f"The slope takes all {followed.cut.part}s, the difference only the two outermost: those "
        f"came {way} (",
        before,
        ", then ",
        after,
        "), while the slope over all went the other way.",
    )


def apart(own: Sequence[Measured], name: str) -> float:
    """By how much a measure moved away from equality, from the first to the last period."""
    facts = [period.measures.get(name) for period in (own[0], own[-1])]
    if facts[0] is None or facts[1] is None:
        return 0.0
    equality = REGISTRY[name].at_equality
    first, last = (abs(fact.value - equality) for fact in facts if fact)
    return last - first


def moved_word(own: Sequence[Measured], name: str) -> str:
    """How a measure moved, by its first and last value alone."""
    change = apart(own, name)
    return "further from equality" if change > 0 else "nearer to equality" if change < 0 else "–"
