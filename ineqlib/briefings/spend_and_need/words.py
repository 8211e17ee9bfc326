"""Verdicts, levels and needs in words."""

from collections.abc import Sequence

from ineqlib.briefings.need.follows import Judged
from ineqlib.briefings.spend_and_need.facts import ALL, SpendFacts
from ineqlib.briefings.spend_and_need.money_facts import Money
from ineqlib.facts.fact import Fact
from ineqlib.measures.spend import CANNOT_TELL, FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.narrative.sentence import Period, Sentence, in_a_row, sentence

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
