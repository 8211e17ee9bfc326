"""How sure the answer is, and what to do next."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.trends import Trend
from ineqlib.briefings.indicator_gradient.words import CLEAR, GREW
from ineqlib.narrative import leads
from ineqlib.narrative.sentence import Period, Sentence, Words, interval, sentence, size_of
from ineqlib.text import SEX_WORDS, joined


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
        "The publisher's own index of this gap is newer (",
        asked.newer_index,
        " in ",
        Period(asked.newer_index.period),
        ") but made otherwise: do not compare the two.",
    )


def _would_tell(asked: Asked, first: Followed) -> str:
    """What would make it surer."""
    if first.now[0].change is None:
        return "More periods that are counted alike, by one index of deprivation, would tell."
    larger = {"country": "", "region": "the country"}
    if of := larger.get(asked.place.area_type, "the region or the country"):
        return f"The same page of {of} rests on more people and is surer."
    return "Figures with limits or counts for each group, or more periods, would tell."
