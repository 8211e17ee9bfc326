"""What a briefing ends with: what figures cannot say, what happens next, where there is more."""

from collections.abc import Iterator

from ineqlib.briefings.area.how_made import ABSENT_PEOPLE, made_of
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.document.blocks import Block, FoldedList, Paragraph, bullets, folded, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.attribution import sources_in_full
from ineqlib.facts.fact import FactTable
from ineqlib.narrative.reader import name_inside
from ineqlib.narrative.sentence import Sentence, sentence

FEW = 4
IN_ANNEX = "every figure and chart, what is missing and why, methods and sources"


def uncertain(telling: Telling) -> Section:
    """What is missing, old or hidden, in a few lines; the data notes have all of it."""
    own = made_of(telling.facts.profile)
    items: list[Sentence | FoldedList] = [sentence(own)] if own else []
    items += [*_withheld(telling), *_old(telling), *_not_here(telling)]
    items += [
        sentence("A figure next to another explains nothing: what causes what is not known here."),
        sentence(ABSENT_PEOPLE),
    ]
    return Section("uncertain", "What these figures cannot say", (bullets("uncertain", items),))


def _withheld(telling: Telling) -> Iterator[Sentence]:
    missing = (figure for figure in telling.facts.comparisons if "area" in figure.missing)
    names = [name_inside(figure.series.name) for figure in missing]
    if names:
        yield sentence(f"Withheld or not available in the newest period: {_few_named(names)}.")


def _old(telling: Telling) -> Iterator[FoldedList]:
    names = [f"{figure.series.name} ({figure.period})" for figure in telling.judgement.older]
    if names:
        yield folded("Figures too old to say anything of today, left to the annex", names)


def _not_here(telling: Telling) -> Iterator[Sentence]:
    names = [name_inside(figure.series.name) for figure in telling.facts.wider_only]
    if names:
        # Publishers may have them all the same: a pack holds what was put into it.
        yield sentence(
            f"In these data for wider areas, not for {telling.place} itself: {_few_named(names)}."
        )


def _few_named(names: list[str]) -> str:
    """Name a few; the data notes have the others."""
    more = ["and others that the data notes name"] if len(names) > FEW else []
    return "; ".join([*names[:FEW], *more])


def next_steps(telling: Telling) -> Section:
    """What happens next and how to respond, as far as whoever made the briefing said it."""
    asked = telling.options
    blocks: list[Block] = []
    if asked.next_steps:
        blocks.append(bullets("next-steps", map(sentence, asked.next_steps)))
    if asked.contact and (asked.next_steps or telling.reader.is_plain):
        blocks.append(paragraph("respond", f"To ask or to respond: {asked.contact}."))
    return Section("next_steps", "What happens next", tuple(blocks))


def annex(telling: Telling) -> Section:
    """Say where the figures are from, and where there is more of them."""
    words = {
        "same": f"What follows is for reference: {IN_ANNEX}.",
        "separate": f"The annex of this briefing is a page of its own: {IN_ANNEX}.",
    }
    place = telling.options.annex
    blocks = [paragraph("about-the-annex", words[place])] if place in words else []
    if place != "same":
        blocks.append(
            Paragraph("sources-in-short", sentence(f"Sources: {_sources(telling)}."), "note")
        )
    return Section("annex", "Annex" if place == "same" else "Where this comes from", tuple(blocks))


def _sources(telling: Telling) -> str:
    facts = telling.facts
    shown = FactTable.within(facts.comparisons, facts.gradients, facts.spread, facts.local)
    return sources_in_full(facts.profile.pack, {fact.source for fact in shown.values()})
