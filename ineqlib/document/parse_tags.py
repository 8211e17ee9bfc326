"""The tags of a page and what stands between them: its title, numbers, figures and addresses."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_ELSEWHERE = re.compile(r"\s*(?:https?:|ftp:|//)", re.IGNORECASE)
IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s]*)""", re.IGNORECASE)
_LINKS = {"a", "area"}
"""Elements whose address is only followed when a reader asks."""

_ADDRESSES = {"src", "srcset", "href", "xlink:href", "poster", "data", "action", "formaction"}

_DOCTYPE = "<!doctype html>"
_SPACE = r"[ \t\r\n\f]"
_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:.-]*"
_VALUE = r"""(?:"[^"<>]*"|'[^'<>]*')"""
_PLAIN = re.compile(
    rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:{_SPACE}+{_NAME}(?:={_VALUE})?)*){_SPACE}*(/?)>"
)
"""A tag that everybody reads alike: slash, name, attributes, slash."""
_ATTRIBUTE = re.compile(rf"{_SPACE}({_NAME})(?:=({_VALUE}))?")
_TEXT_ALONE = {
    *("iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea"),
    *("title", "xmp"),
}
"""Elements in which some readers see no tags, and in some of them no references to characters."""
_STARTS = {"title", "h1", "p", "meta", "figure", "figcaption", "svg", "data"}
_ENDS = {"title", "h1", "p", "figure", "figcaption", "data"}
_MAY_LOAD = re.compile(
    rf"{_SPACE}(?:{'|'.join(sorted({*_ADDRESSES, 'style'}))})(?![a-zA-Z0-9_:.-])", re.IGNORECASE
)


@dataclass(frozen=True)
class Shown:
    """A number in the prose: its fact, the value it carries and the text a reader sees."""

    fact: str
    value: str
    text: str


def read_tags(html: str) -> "TagReader":
    """Read the tags of HTML whose scripts, styles and drawings are emptied."""
    plain = read_plain(html)
    if plain is not None:
        return plain
    reader = TagReader()
    reader.feed(html)
    reader.close()
    return reader


def read_plain(html: str) -> "TagReader | None":
    """Read HTML that has none but plain tags; None where it has others.

    The pages that we write are such, and Python's parser takes five times as long for them.
    """
    texts, *tags = _taken_apart(html)
    if any("<" in text for text in texts):
        return None
    reader, inside = TagReader(), ""
    for text, slash, name, said, slash_after in zip(texts, *tags, strict=False):
        if text:
            reader.handle_data(unescape(text))
        tag = name.lower()
        if inside and not (slash and tag == inside and (inside == "title" or not text)):
            return None
        inside = tag if tag in _TEXT_ALONE and not (slash or slash_after) else ""
        if slash:
            if tag in _ENDS:
                reader.handle_endtag(tag)
        elif tag in _STARTS or _MAY_LOAD.search(said):
            attributes: list[tuple[str, str | None]] = [
                (name.lower(), unescape(value[1:-1])) for name, value in _ATTRIBUTE.findall(said)
            ]
            reader.handle_starttag(tag, attributes)
            if slash_after:
                reader.handle_endtag(tag)
    if texts[-1]:
        reader.handle_data(unescape(texts[-1]))
    reader.close()
    return None if inside else reader


def _taken_apart(html: str) -> tuple[list[str], ...]:
    """Return the texts between tags, one more than there are tags, and these group by group."""
    if html[: len(_DOCTYPE)].lower() == _DOCTYPE:
        html = html[len(_DOCTYPE) :]
    pieces = _PLAIN.split(html)
    groups = _PLAIN.groups + 1
    return tuple(pieces[group::groups] for group in range(groups))


class TagReader(HTMLParser):
    """What the tags of a page, and the texts between them, amount to."""

    def __init__(self) -> None:
        super().__init__()
        self.policy = ""
        self.meta: dict[str, str] = {}
        self.shown: list[Shown] = []
        self.loads: list[str] = []
        self.figures: dict[str, str] = {}
        self.text = dict.fromkeys(("title", "h1", "code", "words"), "")
        self._inside = "words"
        self._figure = ""
        self._caption = False
        self._number: tuple[str, str, str] | None = None
        self._words: list[str] = []

    # What these do is the parser's to say.
    # ruff: noqa: D102
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._note_loads(tag, attributes)
        match tag:
            case "title" | "h1":
                self._inside = tag
            case "p" if attributes.get("class") == "subject-code":
                self._inside = "code"
            case "meta" if attributes.get("http-equiv", "").lower() == "content-security-policy":
                self.policy = self.policy or attributes.get("content", "")
            case "meta" if "name" in attributes:
                self.meta.setdefault(attributes["name"], attributes.get("content", ""))
            case "figure":
                self._figure = attributes.get("id", f"figure {len(self.figures) + 1}")
                self.figures[self._figure] = ""
            case "figcaption":
                self._caption = True
            case "svg" if self._figure:
                self.figures[self._figure] += f" {attributes.get('aria-label', '')}"
            case "data" if "data-fact" in attributes:
                self._number = (attributes["data-fact"], attributes.get("value", ""), "")

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

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: nobody asks where something stands, and counting takes long."""
        return j

    def close(self) -> None:
        super().close()
        self.text["words"] = "".join(self._words)

    def _note_loads(self, tag: str, attributes: dict[str, str]) -> None:
        for name in _ADDRESSES & set(attributes):
            if tag not in _LINKS and _ELSEWHERE.match(attributes[name]):
                self.loads.append(f"<{tag} {name}> {attributes[name][:80]}")
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            self.loads.append(f"<meta refresh> {attributes.get('content', '')[:80]}")
        if tag == "style" or "style" in attributes:
            self.loads += IN_STYLE.findall(attributes.get("style", ""))
