"""What the page says: whether the gap closes, how sure that is, and what to do next."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.trends import Trend
from ineqlib.narrative import leads
from ineqlib.narrative.reader import name_inside, place_inside
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    Words,
    at_beginning,
    interval,
    sentence,
    size_of,
)
from ineqlib.text import SEX_WORDS, joined

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
    return both_scales(*followed.now, followed.unit)


def both_scales(absolute: Trend, relative: Trend, unit: str) -> str:
    """Say how the gap moved on both scales; `unit` is that of the figures."""
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
        (f": {how}from end to end it was ", first if turned else size_of(first), " in ", start),
        (" and ", last if turned else Number(last.number.lstrip("−"), last.value, last.id)),
        (" in ", end),
    )
    return sentence(size, f", higher at the {higher} deprived end.")


def _as_it_stands(followed: Followed) -> Sentence:
    """The newest gap alone: it can be told also where nobody can say whether it changes."""
    slope = followed.newest.measures.get("sii") if followed.newest else None
    if followed.newest is None or slope is None:
        return sentence()
    return sentence(
        (at_beginning(followed.newest.slice.period), " it was ", size_of(slope)),
        interval(slope, turned=True),
        f" from end to end, higher at the {'most' if slope.value < 0 else 'least'} deprived end.",
    )


def how_sure(followed: Followed) -> Sentence:
    """How sure the answer is."""
    absolute, relative = followed.now
    if absolute.change is None or absolute.count is None:
        return sentence()
    parts: list[Words] = [
        ("over ", absolute.count, " periods the gap ", _verb(absolute)),
        _a_year(absolute),
    ]
    if relative.change is not None:
        verb = "" if _verb(relative) == _verb(absolute) else f" it {_verb(relative)}"
        parts += ["; in proportion", verb, _a_year(relative)]
    parts.append(". ")
    if not absolute.has_limits:
        parts.append(
            "(The figures have no published intervals: these are by how far periods lie off "
            "their line.) "
        )
    elif absolute.is_scattered:
        parts.append("Years differ by more than chance explains; the intervals allow for it. ")
    if "cannot tell" in (absolute.verdict, relative.verdict):
        parts.append("That leaves room for a change by half of the gap: too wide to tell. ")
    return leads.how_sure(*parts)


def _a_year(trend: Trend) -> Sentence:
    change = trend.change
    if change is None:
        return sentence()
    if trend.verdict in ("wider", "narrower"):
        return sentence(" by ", size_of(change), " a year", interval(change, turned=True))
    return sentence(" by ", change, " a year", interval(change))


def _verb(trend: Trend) -> str:
    return GREW[trend.verdict] if trend.verdict in ("wider", "narrower") else "changed"


def next_step(asked: Asked, followed: Sequence[Followed]) -> Sentence:
    """What to do next."""
    if not followed:
        return leads.what_next(
            "choose another indicator or a larger place, such as the country; the pack's list of "
            "indicators says what there is."
        )
    absolute, relative = followed[0].now
    verdicts = {absolute.verdict, relative.verdict}
    if verdicts <= {"cannot tell"}:
        would_tell = _newer(asked) or _would_tell(asked, followed[0])
        return leads.what_next("do not claim a change either way. ", would_tell)
    if not verdicts & set(CLEAR):
        return leads.what_next(
            "work on the gap as it stands today; look again when more is published."
        )
    whose = [SEX_WORDS[sex] or "everybody" for sex in asked.other_sexes]
    others = f" A page of its own does the same for {joined(whose)}." if whose else ""
    quote = (
        "quote both scales, never one alone, and see below which end moved."
        if len(verdicts) > 1
        else "see below which end moved, and ask why there; the figures do not say."
    )
    return leads.what_next(quote, others)


def _newer(asked: Asked) -> Sentence:
    """Tell of the index that the briefing of the place has: it is of later years."""
    if asked.newer_index is None:
        return sentence()
    return sentence(
        ("The publisher's own index of this gap is newer (", asked.newer_index),
        (" in ", Period(asked.newer_index.period), ") but made otherwise: do not compare the two."),
    )


def _would_tell(asked: Asked, first: Followed) -> str:
    """What would make it surer."""
    if first.now[0].change is None:
        return "More periods that are counted alike, by one index of deprivation, would tell."
    larger = {"country": "", "region": "the country"}
    if of := larger.get(asked.place.area_type, "the region or the country"):
        return f"The same page of {of} rests on more people and is surer."
    return "Figures with limits or counts for each group, or more periods, would tell."
