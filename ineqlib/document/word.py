"""Sections as a Word file for a committee paper: words, tables, figures with their sources."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ineqlib.charts.figure import Figure
from ineqlib.charts.picture import drawing_png
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
from ineqlib.errors import InputError
from ineqlib.narrative.sentence import Sentence, Strong
from ineqlib.text import visible

if TYPE_CHECKING:
    from ineqlib.document.model import Document, Section

NEEDS = (
    "Word files need the package python-docx, which is not installed. Install ineqlib with its "
    "extra 'word': pip install 'ineqlib[word]'."
)
PAGE, MARGIN = (210, 297), 20
"""Millimetres."""
INCH = 96
"""Pixels of a drawing."""


def write_word(document: "Document", sections: Iterable["Section"], path: Path) -> None:
    """Write some sections of a document.

    Parameters
    ----------
    document
        What they are of.
    sections
        In reading order.
    path
        Where to.

    Raises
    ------
    InputError
        python-docx is not installed.
    """
    try:
        import docx  # noqa: PLC0415 (an optional extra)
    except ImportError:
        raise InputError(NEEDS) from None
    file = docx.Document()
    _set_up(file, document)
    file.add_heading(visible(document.title), level=0)
    for name, said in document.imprint:
        file.add_paragraph(visible(f"{name}: {said}"))
    if document.fictional:
        file.add_paragraph("Fictional demonstration data: every place and number is made up.")
    for section in sections:
        file.add_heading(visible(section.title), level=1)
        if section.lead:
            _say(file.add_paragraph(), section.lead)
        for leaf in leaves(section.blocks):
            _add(file, leaf)
    file.save(str(path))


def _set_up(file: Any, document: "Document") -> None:
    """Make the paper A4, the language British English, and the title the head of every page."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    [part] = file.sections
    part.page_width, part.page_height = map(Mm, PAGE)
    for side in ("left", "right", "top", "bottom"):
        setattr(part, f"{side}_margin", Mm(MARGIN))
    part.header.paragraphs[0].text = visible(document.title)
    properties = file.core_properties
    properties.title, properties.language = visible(document.title), "en-GB"
    properties.author = visible(str(document.cover.details.get("owner", "")))
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _add(file: Any, leaf: Leaf) -> None:
    match leaf:
        case Paragraph(_, words, _):
            _say(file.add_paragraph(), words)
        case BulletList(_, items):
            _add_items(file, items)
        case Note(_, folded):
            _add_folded(file, folded, level=0)
        case Heading(_, text):
            file.add_heading(visible(text), level=2)
        case TableBlock(_, cells, caption):
            _add_table(file, cells, caption)
        case Figure():
            _add_figure(file, leaf)


def _say(paragraph: Any, words: Sentence) -> None:
    for part in words.parts:
        run = paragraph.add_run(visible(part if isinstance(part, str) else part.text))
        run.bold = isinstance(part, Strong) or None


def _add_items(file: Any, items: Sequence[Sentence | FoldedList]) -> None:
    for item in items:
        if isinstance(item, FoldedList):
            _add_folded(file, item, level=1)
        else:
            _say(file.add_paragraph(style="List Bullet"), item)


def _add_folded(file: Any, folded: FoldedList, *, level: int) -> None:
    style, inner = [(None, "List Bullet"), ("List Bullet", "List Bullet 2")][level]
    _say(file.add_paragraph(style=style), folded.summary)
    for item in folded.items:
        _say(file.add_paragraph(style=inner), item)


def _add_table(file: Any, cells: Any, caption: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    file.add_paragraph(visible(caption)).paragraph_format.keep_with_next = True
    columns = [[str(name), *map(str, column)] for name, column in cells.items()]
    table = file.add_table(rows=len(columns[0]), cols=len(columns), style="Light List")
    for cell, text in zip(
        table._cells, (text for row in zip(*columns, strict=True) for text in row), strict=True
    ):
        cell.text = visible(text)
    heads = table.rows[0]._tr.get_or_add_trPr()
    heads.append(OxmlElement("w:tblHeader"))  # repeated on every page


def _add_figure(file: Any, figure: Figure) -> None:
    from docx.shared import Inches, Mm  # noqa: PLC0415

    labels = figure.labels
    for words, bold in ((labels.title, True), (labels.subtitle, False)):
        paragraph = file.add_paragraph()
        paragraph.add_run(visible(words)).bold = bold
        paragraph.paragraph_format.keep_with_next = True
    png, wide = drawing_png(figure)
    width = min(Inches(wide / INCH), Mm(PAGE[0] - 2 * MARGIN))
    picture = file.add_picture(io.BytesIO(png), width=width)
    picture._inline.docPr.set("descr", visible(labels.alt))
    file.paragraphs[-1].paragraph_format.keep_with_next = True
    for words in filter(None, (labels.note, f"Source: {labels.source}")):
        file.add_paragraph(visible(words))
