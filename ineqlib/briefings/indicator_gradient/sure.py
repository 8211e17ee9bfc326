"""How sure the answer is, and what to do next."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.trends import Trend
from ineqlib.briefings.indicator_gradient.words import CLEAR, GREW
from ineqlib.narrative.sentence import Sentence, Strong, interval, number_of, sentence, size_of
from ineqlib.text import SEX_WORDS, joined


def how_sure(followed: Followed) -> Sentence:
    """How sure the answer is."""
    absolute, relative = followed.now
    if absolute.change is None or absolute.count is None:
        return sentence()
    parts = [
        sentence(Strong("How sure:"), " over ", number_of(absolute.count), " periods the gap "),
        _a_year(absolute),
    ]
    if relative.change is not None:
        parts += [sentence("; in proportion it "), _a_year(relative)]
    parts.append(sentence(". "))
    if not absolute.has_limits:
        parts.append(
            sentence(
                "The publisher gives no limits, so only how far the periods lie off their line "
                "tells how sure that is. "
            )
        )
    elif absolute.is_scattered:
        parts.append(
            sentence("Years differ by more than chance explains; the interval allows for it. ")
        )
    if "cannot tell" in (absolute.verdict, relative.verdict):
        parts.append(
            sentence("That leaves room for a change by half of the gap: too wide to tell. ")
        )
    return sentence(*parts)


def _a_year(trend: Trend) -> Sentence:
    change = trend.change
    if change is None:
        return sentence()
    if trend.verdict in ("wider", "narrower"):
        return sentence(
            f"{GREW[trend.verdict]} by ",
            size_of(change),
            " a year",
            interval(change, turned=True),
        )
    return sentence("moved by ", number_of(change), " a year", interval(change))


def next_step(asked: Asked, followed: Sequence[Followed]) -> Sentence:
    """What to do next."""
    start = Strong("What next:")
    if not followed:
        return sentence(
            start,
            " choose another indicator or a larger place, such as the country; the list of "
            "indicators of the pack says what there is.",
        )
    absolute, relative = followed[0].now
    verdicts = {absolute.verdict, relative.verdict}
    if verdicts <= {"cannot tell"}:
        return sentence(
            start, " do not claim a change either way. ", _would_tell(asked, followed[0])
        )
    if not verdicts & set(CLEAR):
        return sentence(
            start,
            " treat the gap as it stands today as the problem; look again when more is published.",
        )
    others = f" The same for {_others(asked)} is a page of its own." if asked.other_sexes else ""
    quote = (
        " quote both scales, never one alone, and look below at which end moved."
        if len(verdicts) > 1
        else " look below at which end moved, and ask there; this page knows no causes."
    )
    return sentence(start, quote, others)


def _others(asked: Asked) -> str:
    return joined([SEX_WORDS[sex] or "everybody" for sex in asked.other_sexes])


def _would_tell(asked: Asked, first: Followed) -> str:
    """What would make it surer."""
    if first.now[0].change is None:
        return "More periods that are counted alike, by one index of deprivation, would tell."
    larger = {"country": "", "region": "the country"}
    if of := larger.get(asked.place.area_type, "the region or the country"):
        return f"The same page of {of} rests on more people and is surer."
    return "Figures with limits or counts for each group, or more periods, would tell."
