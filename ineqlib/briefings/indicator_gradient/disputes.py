"""Where measures and ways to cut disagree, and why."""

from collections.abc import Sequence

from ineqlib.briefings.indicator_gradient.cut_words import why_they_part
from ineqlib.briefings.indicator_gradient.followed import Followed
from ineqlib.briefings.indicator_gradient.measured import Measured
from ineqlib.briefings.indicator_gradient.words import verdict
from ineqlib.measures import REGISTRY
from ineqlib.narrative.sentence import Period, Sentence, Words, in_a_row, sentence
from ineqlib.text import joined, lower_first


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
