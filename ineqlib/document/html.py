"""Blocks as HTML. Everything that came from outside is escaped here and nowhere else."""

from collections.abc import Callable, Iterable
from html import escape
from operator import attrgetter

from ineqlib.charts.figure import Figure, table_html
from ineqlib.document.blocks import (
    Block,
    BulletList,
    FigureBeside,
    FigureGrid,
    FoldedList,
    Heading,
    Note,
    Paragraph,
    TableBlock,
)
from ineqlib.narrative.sentence import Number, Part, Period, Sentence, Strong

FigureWriter = Callable[[Figure], str]
CLASSES = {
    "plain": "",
    "note": ' class="figure-note"',
    "no-data": ' class="no-data"',
    "message": ' class="message"',
}


def blocks_html(blocks: Iterable[Block]) -> str:
    """Write blocks in reading order."""
    return "\n".join(block_html(block) for block in blocks)


def block_html(block: Block | Figure, figure_html: FigureWriter = attrgetter("html")) -> str:
    """Write one block as one element, its figures as they usually are or otherwise."""
    match block:
        case Figure():
            return figure_html(block)
        case Paragraph(name, words, style):
            return f'<p data-block="{name}"{CLASSES[style]}>{words_html(words)}</p>'
        case BulletList(name, items):
            return f'<ul data-block="{name}">{"".join(map(_item, items))}</ul>'
        case Note(name, folded):
            return f'<details data-block="{name}">{_folded(folded)}</details>'
        case Heading(name, text):
            return f'<h3 data-block="{name}">{escape(text)}</h3>'
        case TableBlock(name, cells, caption, sortable):
            kind = ' class="sortable-table"' if sortable else ""
            return f'<div data-block="{name}"{kind}>{table_html(cells, caption=caption)}</div>'
        case FigureGrid(figures):
            inner = "\n".join(map(figure_html, figures))
            return f'<div class="figures">{inner}</div>'
        case FigureBeside(words, figure):
            inner = f"{block_html(words)}\n{figure_html(figure)}"
            return f'<div class="figures"><div class="pair">{inner}</div></div>'


def words_html(words: Sentence) -> str:
    """Write a sentence; each number carries its value and the id of its fact."""
    return "".join(map(_part, words.parts))


def _part(part: Part) -> str:
    match part:
        case Number(text, value, fact):
            number = f'<data class="fact" value="{value:.10g}" data-fact="{fact}">'
            return f"{number}{escape(text)}</data>"
        case Period(text):
            return f'<span class="period">{escape(text)}</span>'
        case Strong(text):
            return f"<strong>{escape(text)}</strong>"
        case _:
            return escape(str(part))


def _item(item: Sentence | FoldedList) -> str:
    if isinstance(item, FoldedList):
        return f"<li><details>{_folded(item)}</details></li>"
    return f"<li>{words_html(item)}</li>"


def _folded(folded: FoldedList) -> str:
    items = "".join(f"<li>{words_html(item)}</li>" for item in folded.items)
    return f"<summary>{words_html(folded.summary)}</summary><ul>{items}</ul>"
