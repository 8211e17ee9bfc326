"""Sections as Markdown that reads well aloud and in an e-mail: sentences, lists, short tables."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ineqlib.charts.figure import Figure, Labels, Table
from ineqlib.document.blocks import (
    BulletList,
    FoldedList,
    Heading,
    Leaf,
    Note,
    Paragraph,
    TableBlock,
    leaves,
)
from ineqlib.narrative.sentence import Sentence, Strong
from ineqlib.text import plural

if TYPE_CHECKING:
    from ineqlib.document.model import Document, Section

MOST_ROWS, MOST_COLUMNS = 12, 5
"""Of a table that is written out; a longer one is named and stays on the page."""

_SIGNS = re.compile(r"[\\`*_<]|(?<=\])[(:]|^[#>+-](?= )|^(\d+)(?=[.)] )")
"""What Markdown would take for more than it is."""


def markdown(document: "Document", sections: Iterable["Section"]) -> str:
    """Write some sections of a document.

    Parameters
    ----------
    document
        What they are of.
    sections
        In reading order.
    """
    imprint = [f"{name}: {escaped(said)}" for name, said in document.imprint]
    if document.fictional:
        imprint.insert(0, "Fictional demonstration data: every place and number is made up.")
    parts = [f"# {escaped(document.title)}", *imprint]
    for section in sections:
        parts += [f"## {escaped(section.title)}", words(section.lead)]
        parts += [_leaf(leaf) for leaf in leaves(section.blocks)]
    return "\n\n".join(filter(None, parts)) + "\n"


def words(sentence: Sentence) -> str:
    """Write a sentence; what stands out in it is bold.

    Examples
    --------
    >>> from ineqlib.narrative.sentence import sentence
    >>> words(sentence(Strong("Cannot tell. "), "None is sure."))
    '**Cannot tell.** None is sure.'
    """
    return "".join(
        _bold(part.text)
        if isinstance(part, Strong)
        else escaped(part if isinstance(part, str) else part.text)
        for part in sentence.parts
    ).strip()


def _bold(text: str) -> str:
    """Make words bold; Markdown takes no asterisk for the end of that after a space."""
    words = text.rstrip()
    return f"**{escaped(words)}**{text[len(words) :]}"


def escaped(text: str) -> str:
    """Write a text so that it says itself, whoever wrote it.

    Examples
    --------
    >>> print(escaped("[p] in *Ash* <b> [x](y)"))
    [p] in \\*Ash\\* \\<b> [x]\\(y)
    """
    return _SIGNS.sub(
        lambda sign: f"\\{sign[0]}" if not sign[1] else f"{sign[0]}\\", " ".join(text.split(" "))
    )


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Paragraph(_, said, _):
            return words(said)
        case BulletList(_, items):
            return "\n".join(map(_item, items))
        case Note(_, folded):
            return f"{words(folded.summary)}\n\n{_items(folded.items)}"
        case Heading(_, text):
            return f"### {escaped(text)}"
        case TableBlock(_, cells, caption):
            return _table(cells, caption)
        case Figure():
            labels = leaf.labels
            texts = (labels.subtitle, _beyond_the_title(labels), labels.note)
            under = " ".join(f"{escaped(text).rstrip('.')}." for text in texts if text)
            return f"**{escaped(labels.title)}.** {under} Source: {escaped(labels.source)}"


def _beyond_the_title(labels: Labels) -> str:
    """Return the words of a drawing without its title, which many of them repeat."""
    return labels.alt.replace(f"{labels.title.rstrip('.')}. ", "", 1)


def _item(item: Sentence | FoldedList) -> str:
    if isinstance(item, Sentence):
        return f"- {words(item)}"
    return f"- {words(item.summary)}\n{_items(item.items, '  ')}"


def _items(items: Sequence[Sentence], indent: str = "") -> str:
    return "\n".join(f"{indent}- {words(item)}" for item in items)


def _table(cells: Table, caption: str) -> str:
    columns = {str(name): [str(cell) for cell in column] for name, column in cells.items()}
    rows = list(zip(*columns.values(), strict=True))
    if len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS:
        return f"Table on the page, {plural(len(rows), 'row')}: {escaped(caption)}"
    lines = [list(columns), ["---"] * len(columns), *rows]
    body = "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)
    return f"{escaped(caption)}\n\n{body}"


def _cell(text: str) -> str:
    return escaped(" ".join(text.split())).replace("|", "\\|")
