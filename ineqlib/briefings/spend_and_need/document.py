"""Whether money follows need: several funders' spending against need, for one area."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.need.units import FIFTH
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import HOW
from ineqlib.briefings.spend_and_need import shown, words
from ineqlib.briefings.spend_and_need.asked import UNKNOWN, read_asked
from ineqlib.briefings.spend_and_need.facts import SpendFacts, spend_facts
from ineqlib.briefings.spend_and_need.money import (
    BELOW_ZERO,
    ELSEWHERE,
    INCOME,
    NO_AMOUNT,
    NOT_KNOWN,
    UNLISTED,
    WHOLE,
    Money,
)
from ineqlib.briefings.spend_and_need.words import meaning
from ineqlib.document.blocks import Block, bullets, paragraph
from ineqlib.document.model import Document, Section
from ineqlib.facts.attribution import source_line
from ineqlib.measures.spend import CANNOT_TELL, FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.narrative.sentence import Period, Sentence, Strong, sentence
from ineqlib.pack import Pack, open_pack

APART = {
    WHOLE: " is for the area as a whole or has no place of this kind, and is in no figure.",
    ELSEWHERE: " is for places outside the area, and is in no figure.",
    NOT_KNOWN: (
        " is for codes that the pack does not know, that have ended, or whose people it does not "
        "know, and is in no figure."
    ),
    INCOME: " is income: it was set off against spending in the same place.",
}
COUNTS = {
    UNLISTED: "places that the file does not list (they are left out, not taken as nothing): ",
    BELOW_ZERO: "places where income is more than spending (left out): ",
    NO_AMOUNT: "rows whose amount is withheld or not available (their places are left out): ",
}


def open_spend_and_need(  # noqa: PLR0913 (two of them say where)
    pack: Pack | str | Path,
    area: str,
    *,
    spending: str | Path = "",
    need: str = DEPRIVATION,
    funders: list[str] | tuple[str, ...] = (),
    period: str = "",
    unlisted: str = UNKNOWN,
) -> Document:
    """Build the page that says whether money follows need.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area, to whose parts money went: a county, a region, a country,
        or a district with its neighbourhoods.
    spending
        A file of one's own spending, or the time series of Revenue Outturn; empty for what the
        pack itself holds.
    need
        ``deprivation``; an indicator of districts of which more is worse; or several of them as a
        formula, ``smoking_adults + 2 * fuel_poverty``, each counted against its own mean.
    funders
        Those to tell of, at most twelve; all by default.
    period
        The newest by default.
    unlisted
        ``unknown`` or ``nothing``: what places got that the file does not list.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError, InputError
        A name that does not exist (the message offers the nearest), or a file that cannot be read.
    """
    opened = open_pack(pack)
    parameters: dict[str, Any] = {
        "spending": str(spending),
        "need": need,
        "funders": list(funders),
        "period": period,
        "unlisted": unlisted,
    }
    asked = read_asked(opened, area, **parameters)
    facts = spend_facts(opened, asked)
    return Document(
        kind="spend_and_need",
        parameters=parameters,
        title=f"Does money follow need in {facts.area.name}?",
        summary=words.in_short(facts),
        outline={
            "answer": partial(words.answer, facts),
            "by_funder": partial(shown.by_funder, facts),
            "per_head": partial(shown.per_head, opened, facts),
            "share_by_need": partial(shown.share_by_need, opened, facts),
            "other_needs": partial(shown.by_other_needs, facts),
            "not_placed": partial(not_placed, facts),
            "how": partial(how, opened, facts),
        },
        **about_area(opened, facts.area, facts),
    )


def not_placed(facts: SpendFacts) -> Section:
    """Money that is in no figure, and places of which the money is not known."""
    items = [words for money in facts.funders for words in _apart(money)]
    remarks = facts.asked.spending.remarks if facts.asked.spending else ()
    items += [sentence(Strong("The file"), ": ", Period(remark), ".") for remark in remarks]
    blocks = (bullets("apart", items),) if items else ()
    return Section("not_placed", "Money and places left out", blocks)


def _apart(money: Money) -> Iterator[Sentence]:
    for why, fact in money.apart:
        name = (Strong(money.name), ": ")
        if why in COUNTS:
            yield sentence(name, COUNTS[why], fact, ".")
        else:
            yield sentence(name, fact, APART[why])


def how(pack: Pack, facts: SpendFacts) -> Section:
    """How it was worked out, what it assumes, and when it cannot answer."""
    need = facts.need
    rank = sentence() if isinstance(need, str) else sentence("Need is ", Period(need.words), ". ")
    index = (
        "The index is Kakwani's, with need in place of ability to pay: the concentration index of "
        "money a head by need, less the Gini coefficient of need. "
        if facts.has_zero
        else "The index is the concentration index of money a head by deprivation, which is an "
        "order: how far money rises with it is measured, not whether it rises far enough. "
    )
    level = "fifths of neighbourhoods" if facts.level == FIFTH else facts.level
    words = paragraph(
        "method",
        rank,
        f"Places are {level} of {facts.area.name}. "
        if facts.level and facts.asked.spending
        else "",
        index,
        "Its interval leaves out each place in turn (the jackknife), for money is known and other "
        "places of this kind would differ; places are taken as independent, which neighbours are "
        "not quite. ",
        "A verdict rests on limits a little wider than those shown, so that it is wrong in at most "
        "five of a hundred funds; flat is said only where they lie within two hundredths of zero. ",
        "With fewer than ten places, or where the money of more than one in twenty people is not "
        "known, the page cannot tell. ",
        "Need is of places, not of the people a fund serves, and the page says nothing of what the "
        "money achieved.",
    )
    verdicts = (PROGRESSIVE, FLAT, REGRESSIVE)
    meant = [sentence(Strong(f"{word}: "), meaning(word, facts), ".") for word in verdicts]
    unsure = sentence(Strong(f"{CANNOT_TELL}: "), "none of these is sure.")
    blocks: list[Block] = [bullets("verdicts", [*meant, unsure]), words]
    sources = () if isinstance(need, str) else need.sources
    given = facts.asked.spending.source if facts.asked.spending else ""
    of_money = f"Spending: {given}. " if given else ""
    blocks.append(
        paragraph("attribution", sentence(of_money, Period(f"{source_line(pack, sources)}.")))
    )
    return Section("how", HOW, tuple(blocks))
