"""From an executed notebook to one self-contained HTML page."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import mistune
from markupsafe import Markup

from ineqlib.charts.draw.on_page import on_page
from ineqlib.charts.figure import page_html
from ineqlib.document.assets import page_scripts, write_page
from ineqlib.document.content_rules import check_content
from ineqlib.document.facts_table import FactsFile, facts_section
from ineqlib.document.model import PAGE_MIME, SECTION_MIME, Document
from ineqlib.document.origin import NOWHERE, Origin
from ineqlib.errors import RenderError, listed
from ineqlib.facts.fact import FACTS_MIME
from ineqlib.text import slug

if TYPE_CHECKING:  # for a type alone nobody should wait a second
    from nbformat import NotebookNode

LEFT_OUT = "remove-cell"
"""Tag of cells that are for the analyst: their text does not reach the page, their facts do."""

_COVER_WORDS = ("kind", "title", "pack_title", "fictional", "made_with")


def export_html(notebook: "NotebookNode", *, is_checked: bool = True) -> str:
    """Write an executed notebook as one HTML file that needs nothing else.

    Markdown is the prose; of the outputs, HTML, Markdown and the package's own kinds are placed.
    Code, printed text and plain representations are not. A Markdown heading of level 1 is the
    notebook's own title and is replaced by the page's.

    Parameters
    ----------
    is_checked
        Whether its content is to keep the promises of a page; not where that is asked afterwards,
        by `ineqlib.document.verify.page.problems`.

    Raises
    ------
    RenderError
        When a cell failed, the notebook never said what the page is (PAGE_MIME), or its content
        breaks a promise of the page (see `ineqlib.document.content_rules`).
    """
    content = _Content()
    for number, cell in enumerate(notebook.cells, start=1):
        content.add_cell(cell, number)
    return content.page(is_checked=is_checked)


def document_page(document: Document) -> str:
    """Write a document as one HTML file that needs nothing else, without a notebook.

    Raises
    ------
    RenderError
        Its content breaks a promise of the page.
    """
    content = _Content()
    parts: tuple[Any, ...] = (document.cover, *document.sections, document.facts)
    for part in parts:
        content.add_output(part._repr_mimebundle_(), shown=True)
    return content.page()


class _Prose(mistune.HTMLRenderer):
    """Markdown whose headings have ids, with a list of those that belong in the contents."""

    def __init__(self) -> None:
        super().__init__(escape=False)
        self.contents: list[tuple[str, str]] = []
        self._ids: set[str] = set()

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        if level == 1:
            return ""
        words = Markup(text).striptags()
        heading_id = stem = f"section-{slug(words)}"
        copy = 1
        while heading_id in self._ids:
            copy += 1
            heading_id = f"{stem}-{copy}"
        self._ids.add(heading_id)
        if level == 2:
            self.contents.append((heading_id, words))
        return f'<h{level} id="{heading_id}">{text}</h{level}>\n'


@dataclass
class _Content:
    """What the cells read so far put into the page."""

    cover: dict[str, Any] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    """HTML of what is shown, in reading order."""
    facts: list[str] = field(default_factory=list)
    """Files of facts."""
    opens: bool = False
    """Whether the first block holds the message, which stands before the contents."""
    prose: _Prose = field(default_factory=_Prose)

    def __post_init__(self) -> None:
        self.markdown = mistune.create_markdown(renderer=self.prose, plugins=["table"])

    def add_cell(self, cell: "NotebookNode", number: int) -> None:
        shown = LEFT_OUT not in cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and shown:
            self._add_prose(cell.source)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise RenderError(
                    f"Cell {number} failed with {output.ename}: {output.evalue}\n"
                    "A page is only written from a notebook that ran to its end."
                )
            if "data" in output:
                self.add_output(output.data, shown=shown)

    def add_output(self, data: dict[str, Any], *, shown: bool) -> None:
        self.cover |= data.get(PAGE_MIME, {})
        if FACTS_MIME in data:
            self.facts.append(data[FACTS_MIME]["csv"])
        if not shown:
            return
        if SECTION_MIME in data:
            section = data[SECTION_MIME]
            self.opens |= section["has_message"] and not self.blocks
            self.prose.contents.append((section["id"], section["title"]))
        if "text/html" in data:
            self.blocks.append(on_page(page_html(data)))
        elif "text/markdown" in data:
            self._add_prose(data["text/markdown"])

    def _add_prose(self, markdown: str) -> None:
        self.blocks.append(str(self.markdown(markdown)))

    def page(self, *, is_checked: bool = True) -> str:
        if missing := [word for word in _COVER_WORDS if word not in self.cover]:
            raise RenderError(
                f"The notebook never said what its page is: no output of type {PAGE_MIME} gives "
                f"{listed(missing)}. Show the document's cover in its first code cell."
            )
        body = "\n".join(self.blocks)
        file = FactsFile.joined(self.facts)
        origin = Origin.from_json(self.cover["origin"]) if "origin" in self.cover else NOWHERE
        facts = facts_section(file, body, name=slug(self.cover["title"]), origin=origin)
        if is_checked:
            check_content(f"{body}\n{facts}", fact_ids=set(file.ids))
        return write_page(
            "page.html.j2",
            scripts=page_scripts(body),
            page={"subject_code": "", "subject_type": "", **self.cover},
            contents=self.prose.contents,
            opening=Markup("\n".join(self.blocks[: self.opens])),
            body=Markup("\n".join(self.blocks[self.opens :])),
            facts=facts,
            figures="<figure" in body,
        )
