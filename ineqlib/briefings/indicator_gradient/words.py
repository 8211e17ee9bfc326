"""What the page says: whether the gap closes, how sure that is, and where measures disagree."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.cut_words import breaks
from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.trends import Trend
from ineqlib.facts.fact import Fact
from ineqlib.narrative.reader import name_inside, place_inside
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    Words,
    at,
    at_beginning,
    interval,
    sentence,
    size_of,
)
from ineqlib.text import lower_first

CLEAR = ("wider", "narrower", "reversed")
GREW = {"wider": "grew", "narrower": "shrank", "reversed": "turned round"}
OPEN = {
    "no clear change": "did not clearly change",
    "cannot tell": "cannot be told from these figures",
}


def title(asked: Asked) -> str:
    """What the page is called."""
    return f"{asked.name}, by deprivation: {asked.place.name}"


def question(asked: Asked) -> str:
    """The question as a colleague would put it."""
    return f"{asked.name}: is the gap by deprivation closing in {place_inside(asked.place.name)}?"


def in_units(unit: str) -> str:
    """Say what an absolute gap is in."""
    if unit.startswith("per "):
        return "in the rate"
    known = {"%": "in percentage points", "years": "in years", "£": "in pounds"}
    return known.get(unit, "in size")


def verdict(followed: Followed) -> str:
    """Both scales of the newest stretch in a few words."""
    return _absolute_and_relative(*followed.now, followed.unit)


def _absolute_and_relative(absolute: Trend, relative: Trend, unit: str) -> str:
    pair = absolute.verdict, relative.verdict
    if pair[0] == pair[1]:
        return {
            "wider": "The gap grew",
            "narrower": "The gap shrank",
            "reversed": "The gap turned round",
            "no clear change": "No clear change in the gap",
            "cannot tell": "Cannot tell whether the gap changes",
        }[pair[0]]
    units = in_units(unit)
    if pair[0] in CLEAR and pair[1] in CLEAR:
        return f"The gap {GREW[pair[0]]} {units}, yet {GREW[pair[1]]} in proportion"
    if pair[0] in CLEAR:
        return f"The gap {GREW[pair[0]]} {units}; in proportion it {OPEN[pair[1]]}"
    if pair[1] in CLEAR:
        return f"The gap {GREW[pair[1]]} in proportion; {units} it {OPEN[pair[0]]}"
    return "No clear change in the gap"


def answer(asked: Asked, followed: Sequence[Followed]) -> Sentence:
    """Whether the gap closes, from what to what; or why nobody can tell."""
    if not followed:
        return sentence(Strong("Cannot tell"), f": {why_nothing(asked)}")
    first = followed[0]
    return sentence(Strong(verdict(first)), " between ", Period(first.cut.title), _from_to(first))


def why_nothing(asked: Asked) -> str:
    """Say why the pack cannot answer, and what would be needed."""
    need = (
        "What would be needed: the publisher's figures by tenth or fifth of deprivation, or "
        "figures of five areas or more inside it with a deprivation score."
    )
    place = place_inside(asked.place.name)
    if not asked.rows:
        return (
            f"this pack has no figures of {name_inside(asked.indicator.public_name)} by "
            f"deprivation in {place}, nor of areas inside it, for the years asked for. {need}"
        )
    return (
        f"the figures of {name_inside(asked.name)} in {place} cannot be put in order of "
        f"deprivation, because there are too few areas or groups with figures. {need}"
    )


def _from_to(followed: Followed) -> Sentence:
    """From what to what the gap went: as measured, or else on the line through all periods."""
    absolute, _ = followed.now
    if absolute.first is None or absolute.last is None:
        why = f". No test of change is possible: {absolute.why_not}. "
        return sentence(why, _as_it_stands(followed))
    start, end = (Period(period) for period in absolute.periods)
    measured = followed.ends("sii", absolute)
    first, last = measured or (absolute.first, absolute.last)
    how = "" if measured else "on the line through all periods, "
    turned = first.value * last.value < 0
    higher = "most" if last.value < 0 else "least"
    size = sentence(
        f": {how}from end to end it was ",
        first if turned else size_of(first),
        " in ",
        start,
        " and ",
        last if turned else Number(last.number.lstrip("−"), last.value, last.id),
        " in ",
        end,
    )
    return sentence(size, f", higher at the {higher} deprived end.")


def _as_it_stands(followed: Followed) -> Sentence:
    """The newest gap alone: it can be told also where nobody can say whether it changes."""
    slope = followed.newest.measures.get("sii") if followed.newest else None
    if followed.newest is None or slope is None:
        return sentence()
    return sentence(
        at_beginning(followed.newest.slice.period),
        " it was ",
        size_of(slope),
        interval(slope, turned=True),
        f" from end to end, higher at the {'most' if slope.value < 0 else 'least'} deprived end.",
    )


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
    """The newest figures of both ends, why the scales part, and where the series breaks."""
    said = _today(followed), _times(followed), _break(followed), _disagreement(followed)
    return sentence(*said)


def _break(followed: Followed) -> Sentence:
    if not breaks(followed) or not followed.tested:
        return sentence()
    start = Period(followed.tested[0].slice.period)
    since = sentence("The series breaks: the answer is of the periods since ", start, ". ")
    if len(followed.trends) <= 2:
        return since
    absolute, relative = followed.trends[-4:-2]
    before = _absolute_and_relative(absolute, relative, followed.unit)
    start, end = (Period(period) for period in absolute.periods)
    words = f": {lower_first(before)}. "
    return sentence(since, "Before the break, between ", start, " and ", end, words)


def _today(followed: Followed) -> Sentence:
    newest = followed.newest
    if newest is None:
        return sentence()
    most, least = (newest.slice.groups[end] for end in (0, -1))
    if most.fact is None or least.fact is None:
        return sentence()
    return sentence(
        at_beginning(newest.slice.period),
        " it was ",
        most.fact,
        f" in {_place(most.label, 0)} and ",
        least.fact,
        f" in {_place(least.label, -1)}. ",
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
    reason = {
        (-1, -1): "what is left of the gap is a larger share of a smaller average",
        (1, 1): "a larger gap is a smaller share of a still larger average",
    }
    ways = (_way(gap), _way(average))
    outran = abs(average.value) > abs(gap.value)
    relative = followed.now[1].verdict
    if ways in reason and outran and relative in CLEAR:
        tail = f": {reason[ways]}"
    elif ways[0] == ways[1] and relative not in CLEAR:
        tail = ": the two moved together, and in proportion little changed"
    else:
        tail = ": the gap in proportion is, roughly, the one over the other"
    return sentence(
        f"Why they part: the gap {_moved(gap)} by ",
        size_of(gap),
        f", the average {_moved(average, of_average=True)} by ",
        size_of(average),
        f"{tail}. ",
    )


def _way(fact: Fact) -> int:
    return 1 if fact.value > 0 else -1


def _moved(fact: Fact, *, of_average: bool = False) -> str:
    words = ("rose", "fell") if of_average else ("grew", "shrank")
    return words[0] if fact.value > 0 else words[1]


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
