"""What a finished page says, read back from its HTML without a browser."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from itertools import zip_longest
from urllib.parse import unquote_to_bytes

from markupsafe import Markup

from ineqlib.document.parse_tags import IN_STYLE, Shown, read_tags

_OPAQUE = re.compile(r"<(script|style|svg)\b(?:[^>]*[^/])?>")
_CELLS = re.compile(r"</?(?:table|thead|tbody|tr|th|td)\b[^<>]*>")
_SECTION = re.compile(
    r'<section id="part-[^"]*" data-section="([^"]*)" data-subject="([^"]*)" '
    r'data-arguments="([^"]*)"[^>]*>'
)
_SECTION_END = "\n</section>"
_BLOCK = re.compile(r'data-block="([^"]*)"')
_ROW = re.compile(r'<tr id="fact-([^"]*)"><th scope="row">([^<]*)<')
_DOWNLOAD = re.compile(r'class="download"[^>]*href="(data:text/csv;charset=utf-8,[^"]*)"')
_IN_DRAWING = re.compile(
    r"""<(?:image|use|feImage)\b[^>]*?href\s*=\s*["']?\s*((?:https?:)?//[^"'\s>]*)""", re.IGNORECASE
)


@dataclass(frozen=True)
class SectionRead:
    """One section of a document: what it says it is, and its HTML.

    Parameters
    ----------
    name
        Which section.
    subject
        Code of what it is about.
    arguments
        JSON of what was asked of it.
    """

    name: str
    subject: str
    arguments: str
    html: str

    @property
    def text(self) -> str:
        """Its words, drawings left out, as they stand among those of the page."""
        return Markup(_CELLS.sub(" ", _apart(self.html)[0])).striptags()


@dataclass
class PageRead:
    """What one page says.

    Parameters
    ----------
    title, heading
        Of the browser's tab, and the h1.
    kind
        What kind of document it is.
    subject_code
        In the line under the h1.
    policy
        The Content-Security-Policy; empty where there is none.
    pack, parameters
        Id of the pack it says it is made from, and JSON of the parameters.
    words
        All text a reader can see, drawings left out.
    figures
        Id of a figure -> its title, subtitle and alternative text.
    download
        The link that holds the file "every figure on this page"; empty where there is none.
    rows
        Of the table of the facts in words: id and number as shown.
    sections
        Of documents, in reading order.
    marks
        How often anything is marked as a section.
    outside
        Names of a document's blocks that stand in none of its sections.
    loads
        What the page would load from elsewhere.
    """

    title: str = ""
    heading: str = ""
    kind: str = ""
    subject_code: str = ""
    policy: str = ""
    pack: str = ""
    parameters: str = ""
    words: str = ""
    sections: list[SectionRead] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    download: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    marks: int = 0
    outside: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    @cached_property
    def facts(self) -> list[dict[str, str]]:
        """The rows of the file "every figure on this page"."""
        file = self.download.partition(",")[2]
        text = unquote_to_bytes(file).decode("utf-8").removeprefix("\ufeff")
        rows = filter(None, csv.reader(io.StringIO(text, newline="")))
        heading = next(rows, [])
        return [dict(zip_longest(heading, row)) for row in rows]


def read_page(page: str) -> PageRead:
    """Read what a page says."""
    # Scripts, styles, drawings and the file of the facts are most of a page, and hold nothing that
    # is read with the rest; of what is left, most is the tables' scaffolding.
    file = _DOWNLOAD.search(page)
    rest, opaque = _apart(page[: file.start(1)] + page[file.end(1) :] if file else page)
    reader = read_tags(_CELLS.sub(" ", rest))
    sections = read_sections(page)
    inside = Counter(name for section in sections for name in _BLOCK.findall(section.html))
    return PageRead(
        title=_one_line(reader.text["title"]),
        heading=_one_line(reader.text["h1"]),
        kind=reader.meta.get("document-kind", ""),
        subject_code=_one_line(reader.text["code"]).rpartition(" ")[2],
        policy=reader.policy,
        pack=reader.meta.get("made-from-pack", ""),
        parameters=reader.meta.get("made-with-parameters", ""),
        words=_one_line(reader.text["words"]),
        sections=sections,
        shown=reader.shown,
        figures={name: _one_line(words) for name, words in reader.figures.items()},
        download=file[1] if file else "",
        rows=[(unescape(name), unescape(text)) for name, text in _ROW.findall(page)],
        marks=rest.count("data-section="),
        outside=list(Counter(_BLOCK.findall(rest)) - inside),
        loads=[*reader.loads, *_opaque_loads(opaque)],
    )


def read_sections(html: str) -> list[SectionRead]:
    """Return the sections of documents in a piece of a page, in reading order."""
    sections, at = [], 0
    while opening := _SECTION.search(html, at):
        end = html.find(_SECTION_END, opening.end())
        if end < 0:
            break
        at = end + len(_SECTION_END)
        name, subject, arguments = map(unescape, opening.groups())
        sections.append(SectionRead(name, subject, arguments, html[opening.start() : at]))
    return sections


def _apart(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a page with its scripts, styles and drawings emptied; and each of these, by kind."""
    rest, opaque, read, at = [], [], 0, 0
    while opening := _OPAQUE.search(page, at):
        end = page.find(f"</{opening[1]}>", opening.end())
        if end < 0:
            at = opening.start() + 1
            continue
        rest.append(page[read : opening.end()])
        opaque.append((opening[1], page[opening.start() : end]))
        read = end
        at = end + 1
    return "".join([*rest, page[read:]]), opaque


def _opaque_loads(opaque: list[tuple[str, str]]) -> list[str]:
    """Addresses in drawings and styles; scripts have none to load from under the page's policy."""
    patterns = {"svg": _IN_DRAWING, "style": IN_STYLE}
    return [
        load for kind, text in opaque if kind in patterns for load in patterns[kind].findall(text)
    ]


def _one_line(words: str) -> str:
    return " ".join(words.split())
