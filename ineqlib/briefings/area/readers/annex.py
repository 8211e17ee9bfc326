"""Where the briefing ends and its annex begins, or where to find that."""

from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.document.blocks import Paragraph, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.attribution import sources_in_full
from ineqlib.facts.fact import FactTable
from ineqlib.narrative.sentence import sentence

WHAT = "every figure and chart, what is missing and why, methods and sources"


def annex(telling: Telling) -> Section:
    """Say where the figures are from, and where there is more of them."""
    words = {
        "same": f"What follows is for reference: {WHAT}.",
        "separate": f"The annex of this briefing is a page of its own: {WHAT}.",
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
