"""The first lines of every page that answers a question, in the order a reader meets them."""

from typing import Literal

from ineqlib.document.blocks import Block, Paragraph
from ineqlib.narrative.sentence import Sentence

HOW_SURE_ID = "how-sure"
NEXT_ID = "next"


def answer_blocks(
    message: Sentence,
    sure: Sentence,
    following: Sentence,
    *,
    style: Literal["message", "no-data"] = "message",
) -> list[Block]:
    """Return the message, how sure it is and what next, each as a paragraph if it says anything.

    Parameters
    ----------
    message
        The answer, or why there is none.
    sure, following
        As `ineqlib.narrative.leads` begins them.
    style
        "no-data" where the page cannot answer.
    """
    after = (Paragraph(HOW_SURE_ID, sure), Paragraph(NEXT_ID, following))
    return [Paragraph("message", message, style), *(block for block in after if block.words)]
