"""The answer in words: whether money follows need, how sure that is, and what to do next."""

from collections.abc import Sequence

from ineqlib.briefings.need.follows import (
    NONE_KNOWN,
    NOT_LISTED,
    NOT_SURE,
    TOO_FEW,
    Judged,
    how_sure_of_index,
    place_in_words,
)
from ineqlib.briefings.sections import answer_section
from ineqlib.briefings.spend_and_need.facts import ALL, ShareRow, SpendFacts
from ineqlib.briefings.spend_and_need.money import GroupMoney, Money
from ineqlib.document.blocks import no_data
from ineqlib.document.model import Section
from ineqlib.facts.fact import Fact
from ineqlib.measures.spend import CANNOT_TELL, FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.narrative.leads import what_next
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import Period, Sentence, Strong, in_a_row, sentence

VERDICTS = (PROGRESSIVE, FLAT, REGRESSIVE, CANNOT_TELL)
PER_HEAD = {
    PROGRESSIVE: "more money a head goes where {need} is greater",
    FLAT: "about the same money a head goes everywhere, whatever the {need}",
    REGRESSIVE: "less money a head goes where {need} is greater",
}
IN_PROPORTION = {
    PROGRESSIVE: "money is more than in proportion to need",
    FLAT: "money is in proportion to need",
    REGRESSIVE: "money is less than in proportion to need",
}
TITLE = "Is the money where the need is?"
NEXT_IF_UNSURE = {
    TOO_FEW: "get the same money by neighbourhood.",
    NOT_LISTED: (
        "get the amounts of the other places; or, where they got nothing, say so with "
        "'unlisted: nothing'."
    ),
    NOT_SURE: "get the same money by smaller places, or of several years.",
    NONE_KNOWN: "get amounts for places inside the area.",
}


def meaning(verdict: str, facts: SpendFacts) -> str:
    """Say what a verdict means by the need that was chosen; "cannot tell" means nothing."""
    return IN_PROPORTION[verdict] if facts.has_zero else a_head(verdict, facts)


def a_head(verdict: str, facts: SpendFacts) -> str:
    """Say what a verdict means of money a head alone."""
    return PER_HEAD[verdict].format(need="need" if facts.has_zero else "deprivation")


def finding(judged: Judged, facts: SpendFacts) -> str:
    """Say what was found, which is not "cannot tell"; of money a head too, where that is sure."""
    words = meaning(judged.verdict, facts)
    if not facts.has_zero or judged.a_head == CANNOT_TELL:
        return words
    joint = "but" if judged.verdict == REGRESSIVE and judged.a_head == PROGRESSIVE else "and"
    return f"{a_head(judged.a_head, facts)}, {joint} {words}"


def index_of(facts: SpendFacts, money: Money) -> Fact | None:
    """Return the index that the verdict is about."""
    return money.judged.kakwani if facts.has_zero else money.judged.index


def called(money: Money) -> str:
    """Name some money inside a sentence."""
    return "all funders together" if money.name == ALL else money.name


def by_verdict(money: Sequence[Money]) -> Sentence:
    """List funders under their verdicts."""
    named = {
        verdict: [funded.name for funded in money if funded.judged.verdict == verdict]
        for verdict in VERDICTS
    }
    parts = [(f"{verdict}: ", _named(names)) for verdict, names in named.items() if names]
    return in_a_row(parts)


def _named(names: Sequence[str]) -> Sentence:
    """Join funders' names, whose digits are no figures."""
    last = len(names) - 1
    joints = ["" if not at else " and " if at == last else ", " for at in range(len(names))]
    return sentence(*[(joint, Period(name)) for joint, name in zip(joints, names, strict=True)])


def answer(facts: SpendFacts) -> Section:
    """Say it in two sentences; or why it cannot be said, and what would be needed."""
    sure = sentence()
    if facts.asked.spending is None:
        message, step = _without_spending(facts), _next_without(facts)
    elif facts.total is None:
        message = _not_together()
        step = what_next(
            "get money by the same kind of place from each funder; until then, read them one by "
            "one below."
        )
    else:
        message = _verdict(facts, facts.total)
        sure = how_sure_of_index(
            facts.total.judged, has_zero=facts.has_zero, level="the same a head everywhere"
        )
        step = what_next(_next(facts, facts.total))
    no_need = [no_data("no-need", f"Need: {facts.need}.")] if isinstance(facts.need, str) else []
    return answer_section(TITLE, message, sure, step, *no_need)


def in_short(facts: SpendFacts) -> str:
    """Return the answer in one line, for an index."""
    if facts.asked.spending is None:
        return "No spending was given"
    if facts.total is None or facts.total.judged.verdict == CANNOT_TELL:
        return "Cannot tell whether money follows need"
    verdict = facts.total.judged.verdict
    return f"{verdict.capitalize()}: {meaning(verdict, facts)}"


def _verdict(facts: SpendFacts, money: Money) -> Sentence:
    judged, place = money.judged, place_inside(facts.area.name)
    whose = (" (", Period(called(money)), ", ", Period(money.period), ")")
    if judged.verdict == CANNOT_TELL:
        asked = (
            "money is in proportion to need"
            if facts.has_zero
            else "more money a head goes where deprivation is greater"
        )
        words = (Strong("Cannot tell "), f"whether {asked} in {place}", whose, f": {judged.why}. ")
    else:
        lead = Strong(f"{judged.verdict.capitalize()}: ")
        words = (lead, f"in {place} {finding(judged, facts)}", whose, ". ")
    return sentence(words, _ends(facts, money), _left_out(facts))


def _left_out(facts: SpendFacts) -> Sentence:
    if facts.unplaced is None:
        return sentence()
    return sentence(facts.unplaced, " could not be placed and is left out. ")


def _ends(facts: SpendFacts, money: Money) -> Sentence:
    """Tell the pounds a head of the groups of most and of least need."""
    known = [
        (group.per_head, place_in_words(group.name))
        for group in in_order_of_need(facts, money)
        if group.per_head
    ]
    if len(known) < 2:
        return sentence()
    (most, first), (least, last) = known[0], known[-1]
    return sentence(most, f" a head went to {first} and ", least, f" to {last}. ")


def in_order_of_need(facts: SpendFacts, money: Money) -> list[GroupMoney]:
    """Return the groups from most need to least: districts stand in the order of their codes."""
    is_same_level = facts.level == money.level
    if isinstance(facts.need, str) or len(facts.need.order) != len(money.groups):
        return list(money.groups)
    order = (-facts.need.order).argsort(kind="stable")
    return [money.groups[at] for at in order] if is_same_level else list(money.groups)


def _next(facts: SpendFacts, money: Money) -> Sentence:
    judged = money.judged
    if judged.verdict == CANNOT_TELL:
        other = "choose a need that the pack has of these places."
        return sentence(NEXT_IF_UNSURE.get(judged.why, other))
    behind = max(facts.shares, key=_short_of, default=None)
    if behind is None or behind.by_need is None or behind.money is None or _short_of(behind) <= 0:
        return sentence("ask each funder what it takes for need; see whether other needs agree.")
    more = judged.verdict == PROGRESSIVE and not facts.has_zero
    return sentence(
        ("ask why ", place_in_words(behind.name), " has ", behind.money, ": shared by people and "),
        "need" if facts.has_zero else "deprivation score",
        (", the same money would give it ", behind.by_need),
        ". More a head may still be too little." if more else ".",
    )


def _short_of(row: ShareRow) -> float:
    """Return how many pounds more a share by need would be."""
    return row.by_need.value - row.money.value if row.by_need and row.money else 0.0


def _without_spending(facts: SpendFacts) -> Sentence:
    has_share = bool(facts.shares and facts.shares[0].by_need)
    can = (
        "What the pack can say is how a sum would be shared by need: an example is below."
        if has_share
        else "Nor does the pack have what a sum could be shared by."
    )
    return sentence(
        Strong("Cannot tell. "),
        f"This page was given no spending in {place_inside(facts.area.name)}, and the pack has "
        f"none. {can}",
    )


def _next_without(facts: SpendFacts) -> Sentence:
    return what_next(
        f"ask the funders in {place_inside(facts.area.name)} for their amounts, and give this page "
        "a file with a row for each amount: funder, area_code (or fifth), period, amount."
    )


def _not_together() -> Sentence:
    return sentence(
        Strong("Cannot tell of all money together. "),
        "Some funders' money is known by fifth and others' by district, which cannot be added up.",
    )
