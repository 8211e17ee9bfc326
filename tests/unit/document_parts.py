"""What a document says, part by part."""

import re
from collections.abc import Iterator
from itertools import takewhile

from ineqlib.document.blocks import (
    Block,
    BulletList,
    FigureBeside,
    FigureGrid,
    FoldedList,
    Note,
    Paragraph,
)
from ineqlib.document.model import Document, Section
from ineqlib.narrative.sentence import Sentence

MOST_WORDS, MOST_WORDS_REFUSING = 90, 95
"""Words before the first figure: half a minute at 180 a minute; an honest refusal takes longer."""


def sentences(section: Section) -> list[Sentence]:
    """Return the sentences of a section in reading order, its lead and what is folded included."""
    return [section.lead, *(each for block in section.blocks for each in _sentences(block))]


def _sentences(block: Block | FoldedList | Sentence) -> Iterator[Sentence]:
    match block:
        case Sentence():
            yield block
        case Paragraph(_, words):
            yield words
        case FigureBeside(words, _):
            yield from _sentences(words)
        case BulletList(_, items):
            for item in items:
                yield from _sentences(item)
        case Note(_, folded):
            yield from _sentences(folded)
        case FoldedList(summary, items):
            yield summary
            yield from items


NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
"""A number as a document writes it."""


def written(number: str) -> tuple[float, int]:
    """Return a number that stands in a document, and its decimals."""
    plain = number.replace(",", "").replace("−", "-")
    return float(plain), len(plain.partition(".")[2])


def reads_as(text: str, value: float) -> bool:
    """Tell whether a text begins with this number, rounded, its sign left to the words."""
    shown, decimals = written(NUMBER.findall(text)[0])
    return abs(abs(shown) - abs(value)) <= 0.5 * 10.0**-decimals * (1 + 1e-6)


def words_to_the_first_figure(document: Document) -> int:
    """Count the words that stand before the first figure of an answer.

    Brackets are skipped by who reads fast, and a quoted name is one thing.
    """
    blocks = document.section(next(iter(document.outline))).blocks
    before = takewhile(lambda block: not isinstance(block, FigureGrid), blocks)
    read = " ".join(block.words.text for block in before if isinstance(block, Paragraph))
    text = re.sub(r"“[^”]*”", "name", read)
    return len(re.sub(r" ?\([^()]*\)", "", text).split())
