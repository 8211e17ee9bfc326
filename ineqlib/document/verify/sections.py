"""Whether the sections of a page are the document's, block by block, built again."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from markupsafe import Markup

from ineqlib.charts.figure import Figure
from ineqlib.document.blocks import Block, leaves, name_of, only
from ineqlib.document.html import block_html
from ineqlib.document.model import Document, Section
from ineqlib.document.parse_drawings import without_drawings
from ineqlib.document.parse_page import PageRead, SectionRead, read_sections
from ineqlib.errors import ParameterError
from ineqlib.text import plural

_FIGURE = re.compile(r'<figure class="figure[^"]*" ')
_NAMED = re.compile(r'(?:data-block|<figure class="figure" id)="([^"]*)"')
_SIGHT = 40
"""Characters shown before and after the first difference."""


def rebuilt(read: PageRead, document: Document) -> list[tuple[SectionRead, Section | None]]:
    """Return each section of a page beside the document's; None where it has none like that."""
    pairs: list[tuple[SectionRead, Section | None]] = []
    for shown in read.sections:
        try:
            pairs.append((shown, document.section(shown.name, **json.loads(shown.arguments))))
        # The page says what was asked, and may say anything.
        except (ParameterError, ValueError, TypeError, AttributeError):
            pairs.append((shown, None))
    return pairs


def sections_shown(page: str, document: Document) -> list[Section]:
    """Return a document's sections with what a page, found to be right, shows of them."""
    shown = []
    for part in read_sections(page):
        section = document.section(part.name, **json.loads(part.arguments))
        on_page = set(_NAMED.findall(undrawn(part.html)))
        shown.append(replace(section, blocks=only(section.blocks, on_page)))
    return shown


def section_problems(
    read: PageRead, pairs: list[tuple[SectionRead, Section | None]], document: Document
) -> Iterator[str]:
    """Find sections that are not what the document says; of drawings, their words alone.

    Parameters
    ----------
    read
        The page.
    pairs
        Its sections, each `rebuilt`.
    document
        The document, built again.
    """
    if read.marks != len(read.sections):
        yield "A part of the page is marked as a section, but is not written as one."
    if read.outside:
        yield (
            f"The block '{read.outside[0]}' stands outside its section. Show the section, "
            "without the blocks you leave out."
        )
    for shown, section in pairs:
        if shown.subject != document.subject.code:
            whose = document.places.get(shown.subject, "another subject")
            yield f"The section '{shown.name}' is marked as that of {whose} ({shown.subject})."
        elif section is None:
            yield (
                f"A document of the kind '{document.kind}' has no section '{shown.name}' with "
                f"the arguments {shown.arguments}."
            )
        else:
            yield from _differences(shown, section, document)


def figures_beside(read: PageRead, checked: Iterable[str], document: Document) -> dict[str, Figure]:
    """Return the document's figures that a page shows by themselves, beside its sections."""
    others = read.figures.keys() - set(checked)
    if not others:
        return {}
    figures = (figure for section in document.sections for figure in section.figures)
    return {figure.labels.id: figure for figure in figures if figure.labels.id in others}


def beside_problems(page: str, figures: Mapping[str, Figure], document: Document) -> Iterator[str]:
    """Find figures shown by themselves whose words or table are not the document's."""
    html = undrawn(page) if figures else ""
    for name, figure in figures.items():
        if _undrawn(figure) not in html:
            yield (
                f"The figure '{name}' is not what the pack gives for {document.subject.name} "
                f"({document.subject.code}). Show a figure of your own under another id."
            )


def undrawn(html: str) -> str:
    """Return HTML with each drawing reduced to its text alternative, whatever its size."""
    return _FIGURE.sub('<figure class="figure" ', without_drawings(html))


def _differences(shown: SectionRead, section: Section, document: Document) -> Iterator[str]:
    """Compare as a whole first: nearly every page is as it should be."""
    page = undrawn(shown.html)
    on_page = set(_NAMED.findall(page))
    inner = "\n".join(map(_undrawn, only(section.blocks, on_page)))
    if page == f"{section.opening}\n{inner}\n</section>":
        return
    parts = leaves(section.blocks)
    wrong = [part for part in parts if name_of(part) in on_page and _undrawn(part) not in page]
    strange = on_page - {name_of(part) for part in parts}
    about = f"{document.subject.name} ({document.subject.code})"
    if wrong:
        name = name_of(wrong[0])
        page_words, own_words = _words_apart(page, _undrawn(wrong[0]), name)
        yield (
            f"The section '{shown.name}' is not what the pack gives for {about}: "
            f"{plural(len(wrong), 'block')} of {len(parts)} differ. In “{name}” the page "
            f"says “{page_words}”; computed afresh it is “{own_words}”."
        )
    elif strange:
        yield (
            f"The section '{shown.name}' holds '{sorted(strange)[0]}', which it does not have for "
            f"{about}. Show a block of your own beside the section, under another id."
        )
    else:
        yield (
            f"The section '{shown.name}' holds something besides its blocks, or not in their "
            f"order, for {about}. Show what is your own beside the section."
        )


def _undrawn(block: Block | Figure) -> str:
    """Write a block as the page has it, without drawings."""
    return block_html(block, _undrawn_figure)


def _undrawn_figure(figure: Figure) -> str:
    before, after = figure.undrawn_parts
    return f'<figure class="figure" {before}<svg>{figure.labels.alt}</svg>{after}'


def _words_apart(page: str, own: str, name: str) -> tuple[str, str]:
    """Return the words of page and document about where a block first differs."""
    begins = page.find(own[: own.find(f'"{name}"') + len(name) + 2])
    theirs = Markup(page[max(begins, 0) :]).striptags()
    ours = Markup(own).striptags()
    first = next((at for at, (a, b) in enumerate(zip_longest(theirs, ours)) if a != b), 0)
    # Where the words agree, it is the numbers behind them that do not.
    if first >= len(ours):
        return "the same words over other values", ours[: 2 * _SIGHT]
    piece = slice(max(0, first - _SIGHT), first + _SIGHT)
    return theirs[piece], ours[piece]
