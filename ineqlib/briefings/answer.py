"""The first section of every page that answers a question, in the order a reader meets it."""

from ineqlib.document.blocks import Block, Paragraph
from ineqlib.document.model import Section
from ineqlib.narrative.leads import what_next
from ineqlib.narrative.sentence import Sentence, sentence

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
