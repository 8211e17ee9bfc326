"""The sections that most kinds of document have: the answer, the method, the sources."""

from collections.abc import Iterable

from ineqlib.document.blocks import Block, Paragraph, bullets, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.attribution import source_line
from ineqlib.facts.fact import FactTable
from ineqlib.narrative.leads import what_next
from ineqlib.narrative.sentence import Sentence, Words, sentence
from ineqlib.pack import Pack

HOW = "How this was worked out"
HOW_SURE_ID = "how-sure"
NEXT_ID = "next"


def answer_section(
    question: str, message: Sentence, sure: Sentence, following: Sentence, *more: Block
) -> Section:
    """Make the section that answers: what `answer_blocks` returns, and more blocks."""
    return Section("answer", question, (*answer_blocks(message, sure, following), *more))


def no_answer_section(question: str, why: str, instead: str) -> Section:
    """Make the section of a page that cannot answer: why, and what to do instead."""
    blocks = Paragraph("message", sentence(why), "no-data"), Paragraph(NEXT_ID, what_next(instead))
    return Section("answer", question, blocks)


def left_out() -> Section:
    """Return a section that has nothing to show, of a page that cannot answer."""
    return Section("", "", ())


def answer_blocks(message: Sentence, sure: Sentence, following: Sentence) -> list[Block]:
    """Return the message, how sure it is and what next, each as a paragraph if it says anything."""
    after = (Paragraph(HOW_SURE_ID, sure), Paragraph(NEXT_ID, following))
    return [Paragraph("message", message, "message"), *(block for block in after if block.words)]


def method_section(items: Iterable[Words]) -> Section:
    """Make the section of how it was worked out, what it assumes, and when it cannot answer."""
    return Section("how", HOW, (bullets("method", map(sentence, items)),))


def attribution(pack: Pack, source_ids: Iterable[str]) -> Paragraph:
    """Name the publishers of figures, as their licences ask for."""
    return paragraph("attribution", f"{source_line(pack, source_ids)}.")


def sources_section(pack: Pack, source_ids: Iterable[str], *more: Block, own: str = "") -> Section:
    """Make the section of whom to thank for figures, and of which pack they are."""
    used = set(source_ids)
    whom = f"{source_line(pack, used)}." if used else "No published figure stands on this page."
    thanks = paragraph("attribution", f"{own}{whom}")
    of_pack = paragraph("data-pack", f"Data pack: {pack.title}; {pack.meta.vintage}.")
    return Section("sources", "Sources", (thanks, *more, of_pack))


def sources_of_facts(pack: Pack, facts: FactTable) -> Section:
    """Make the section of whom to thank for some facts."""
    return sources_section(pack, {fact.source for fact in facts.values() if fact.source})
