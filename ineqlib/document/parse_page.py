"""What a finished page says, read back from its HTML without a browser."""

import base64
import csv
import gzip
import io
import re
import zlib
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from markupsafe import Markup

_OPAQUE = re.compile(r"<(script|style|svg)\b(?:[^>]*[^/])?>")
_CELLS = re.compile(r"</?(?:table|thead|tbody|tr|th|td)\b[^<>]*>")
_HEADLINE = re.compile(
    r'<section class="headline" data-area-code="([^"]*)".*?</section>', re.DOTALL
)
_ITEM = re.compile(r"<(li|p)>(.*?)</\1>", re.DOTALL)
_ROW = re.compile(r'<tr id="fact-([^"]*)"><th scope="row">([^<]*)</th>')
_DOWNLOAD = re.compile(r'class="download"[^>]*href="data:text/csv;charset=utf-8;base64,([^"]*)"')
_DATA = re.compile(r'<script type="application/gzip\+base64" id="page-data">([^<]*)<')
_ELSEWHERE = re.compile(r"\s*(?:https?:|ftp:|//)", re.IGNORECASE)
_IN_DRAWING = re.compile(
    r"""<(?:image|use|feImage)\b[^>]*?href\s*=\s*["']?\s*((?:https?:)?//[^"'\s>]*)""", re.IGNORECASE
)
_IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s]*)""", re.IGNORECASE)
_LINKS = {"a", "area"}
"""Elements whose address is only followed when a reader asks."""

_ADDRESSES = {"src", "srcset", "href", "xlink:href", "poster", "data", "action", "formaction"}


@dataclass(frozen=True)
class Headline:
    """One block of headlines: the area it says it is about, and its sentences as text."""

    area_code: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A number in the prose: its fact, the value it carries and the text a reader sees."""

    fact: str
    value: str
    text: str


@dataclass
class PageRead:
    """What one page says.

    Parameters
    ----------
    title, heading
        Of the browser's tab, and the h1.
    area_code
        The line under the h1.
    policy
        The Content-Security-Policy; empty where there is none.
    words
        All text a reader can see, drawings left out.
    figures
        Id of a figure -> its title, subtitle and alternative text.
    facts
        The rows of the file "every figure on this page".
    rows
        Of the table of the same facts: id and number as shown.
    marks
        How often anything is marked as an area's headlines.
    loads
        What the page would load from elsewhere.
    """

    title: str = ""
    heading: str = ""
    area_code: str = ""
    policy: str = ""
    words: str = ""
    headlines: list[Headline] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    facts: list[dict[str, str]] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    marks: int = 0
    loads: list[str] = field(default_factory=list)


def read_page(page: str) -> PageRead:
    """Read what a page says."""
    # Scripts, styles and drawings are most of a page, and hold nothing that is read here; of what
    # is left, most is the tables' scaffolding.
    rest, opaque = _apart(page)
    reader = _Reader()
    reader.feed(_CELLS.sub(" ", rest))
    reader.close()
    return PageRead(
        title=_one_line(reader.text["title"]),
        heading=_one_line(reader.text["h1"]),
        area_code=_one_line(reader.text["code"]).removeprefix("Area code").strip(),
        policy=reader.policy,
        words=_one_line(reader.text["words"]),
        headlines=read_headlines(page),
        shown=reader.shown,
        figures={name: _one_line(words) for name, words in reader.figures.items()},
        facts=_facts(page),
        rows=[(unescape(name), unescape(text)) for name, text in _ROW.findall(page)],
        marks=page.count("data-area-code"),
        loads=[*reader.loads, *_opaque_loads(opaque)],
    )


def read_headlines(html: str) -> list[Headline]:
    """Return every block of headlines in a piece of a page."""
    return [
        Headline(
            Markup(found[1]).unescape(),
            Markup(found[0]).striptags(),
            tuple(Markup(item[1]).striptags() for item in _ITEM.findall(found[0])),
        )
        for found in _HEADLINE.finditer(html)
    ]


def read_live_data(page: str) -> str:
    """Return the JSON that a page's charts come alive with; empty where none do.

    Raises
    ------
    ValueError
        It is damaged.
    """
    found = _DATA.search(page)
    try:
        return gzip.decompress(base64.b64decode(found[1])).decode("utf-8") if found else ""
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("the data of the charts cannot be unpacked") from error


def _facts(page: str) -> list[dict[str, str]]:
    found = _DOWNLOAD.search(page)
    if not found:
        return []
    text = base64.b64decode(found[1]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _apart(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a page with its scripts, styles and drawings emptied; and each of these, by kind."""
    rest, opaque, read, at = [], [], 0, 0
    while found := _OPAQUE.search(page, at):
        end = page.find(f"</{found[1]}>", found.end())
        if end < 0:
            at = found.start() + 1
            continue
        rest.append(page[read : found.end()])
        opaque.append((found[1], page[found.start() : end]))
        read = end
        at = end + 1
    return "".join([*rest, page[read:]]), opaque


def _opaque_loads(opaque: list[tuple[str, str]]) -> list[str]:
    """Addresses in drawings and styles; scripts have none to load from under the page's policy."""
    patterns = {"svg": _IN_DRAWING, "style": _IN_STYLE}
    return [
        load for kind, text in opaque if kind in patterns for load in patterns[kind].findall(text)
    ]


def _one_line(words: str) -> str:
    return " ".join(words.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.policy = ""
        self.shown: list[Shown] = []
        self.loads: list[str] = []
        self.figures: dict[str, str] = {}
        self.text = dict.fromkeys(("title", "h1", "code", "words"), "")
        self._inside = "words"
        self._figure = ""
        self._caption = False
        self._number: tuple[str, str, str] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self._note_loads(tag, held)
        match tag:
            case "title" | "h1":
                self._inside = tag
            case "p" if held.get("class") == "area-code":
                self._inside = "code"
            case "meta" if held.get("http-equiv", "").lower() == "content-security-policy":
                self.policy = self.policy or held.get("content", "")
            case "figure":
                self._figure = held.get("id", f"figure {len(self.figures) + 1}")
                self.figures[self._figure] = ""
            case "figcaption":
                self._caption = True
            case "svg" if self._figure:
                self.figures[self._figure] += f" {held.get('aria-label', '')}"
            case "data" if "data-fact" in held:
                self._number = (held["data-fact"], held.get("value", ""), "")

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._inside != "words":
            self.text[self._inside] += data
        if self._caption and self._figure:
            self.figures[self._figure] += f" {data}"
        if self._number:
            fact, value, text = self._number
            self._number = (fact, value, text + data)

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "title" | "h1" | "p":
                self._inside = "words"
            case "figure":
                self._figure = ""
            case "figcaption":
                self._caption = False
            case "data" if self._number:
                self.shown.append(Shown(*self._number))
                self._number = None

    def close(self) -> None:
        super().close()
        self.text["words"] = "".join(self._words)

    def _note_loads(self, tag: str, held: dict[str, str]) -> None:
        for name in _ADDRESSES & set(held):
            if tag not in _LINKS and _ELSEWHERE.match(held[name]):
                self.loads.append(f"<{tag} {name}> {held[name][:80]}")
        if tag == "meta" and held.get("http-equiv", "").lower() == "refresh":
            self.loads.append(f"<meta refresh> {held.get('content', '')[:80]}")
        if tag == "style" or "style" in held:
            self.loads += _IN_STYLE.findall(held.get("style", ""))
