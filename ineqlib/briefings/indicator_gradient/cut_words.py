"""What is said of a way to cut beside its charts: who is in it, where it cannot be followed."""

from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Words,
    at,
    interval,
    sentence,
    size_of,
)
from ineqlib.text import joined


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
