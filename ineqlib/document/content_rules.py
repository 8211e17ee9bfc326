"""The promises a page keeps, checked without a browser each time a page is written."""

import re
from html import unescape

from ineqlib.errors import RenderError, listed

_SPACE = r"[ \t\r\n\f]"
_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:.-]*"
_VALUE = rf"""{_SPACE}*={_SPACE}*("[^"]*"|'[^']*'|[^\s"'=<>`]+)"""

_OPENING = re.compile(r"<[a-zA-Z/!?]")
_OPENED = re.compile(r"<([a-zA-Z][^\s/>]*)")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_TO_NEXT_END = re.compile(r"<[a-zA-Z/!?][^>]*>")
"""The same of a content whose every "<" begins a tag, found in half the time."""

_PLAIN = re.compile(
    rf"</?[a-zA-Z][a-zA-Z0-9:-]*(?:{_SPACE}+{_NAME}(?:{_VALUE})?)*{_SPACE}*/?>|<!--[^<>]*-->"
)
"""A tag or comment that begins and ends at the same place for whoever reads it.

Where there are only such tags, and none after which what follows is not read as HTML, no reader can
see a tag that is not seen here.
"""

_ATTRIBUTE = re.compile(rf"{_SPACE}({_NAME})(?:{_VALUE})?")

_BLAMELESS = re.compile(
    r"</?(?:[abipq]|abbr|br|caption|circle|code|data|dd|details|div|dl|dt|ellipse|em|figcaption"
    r"|figure|g|hr|img|li|line|ol|path|polygon|polyline|pre|rect|section|small|span|strong|sub"
    r"|summary|sup|svg|table|tbody|td|text|tfoot|th|thead|tr|tspan|ul)"
    r"(?: (?:aria-[a-z]+|colspan|cx|cy|d|data-(?:at|beside|code|label|of|r)|dx|dy|fill-opacity"
    r"|font-(?:family|size|style|weight)|height|opacity|points|r|role|rowspan|rx|ry|scope|stroke-[a-z]+|tabindex|text-anchor"
    r"|transform|viewBox|width|[xy][12]?|xmlns)"
    r'="[^"]*"| class="(?![^"]*(?:visually-h|skip-))[^"&]*"'
    r'| (?:fill|stroke)="[^"&\\(]*")*/?>'
)
"""A tag that breaks no promise wherever it stands: nearly all of tables and drawings."""

_ACTIVE = {
    *("script", "style", "iframe", "object", "embed", "link", "base", "form", "meta", "frame"),
    *("frameset", "applet", "portal", "animate", "animatemotion", "animatetransform", "set"),
}
_READ_OTHERWISE = {
    *("textarea", "title", "xmp", "noembed", "noframes", "noscript", "plaintext", "template"),
}
"""Elements whose content a browser does not read, or not as HTML."""

_UNSEEN = {"canvas", "datalist", "dialog"}
_HIDING = {"hidden", "popover"}
_HIDDEN_CLASSES = {"visually-hidden", "skip-link"}
"""With these, readers do not see what is read as part of the page."""

_NOT_SEEN = "readers would not see what it holds; use <details> to fold something away"

_LOADED = {"src", "srcset", "poster", "background", "data", "action", "formaction", "ping"}
_ADDRESSES = {"href", "xlink:href"}
_LINKS = {"a", "area"}
_DRAWN_WITH = {
    *("clip-path", "cursor", "fill", "filter", "marker", "marker-start", "marker-mid"),
    *("marker-end", "mask", "stroke"),
}
"""Attributes of drawings that can name something to load."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_FOLLOWED = {"http:", "https:", "mailto:", "tel:", "data:"}
_HERE = re.compile(r"url\(#[\w:.-]+\)")


def check_content(content: str, *, fact_ids: set[str]) -> None:
    """Check what a notebook puts into its page.

    Parameters
    ----------
    content
        HTML of everything between the page's h1 and its footer.
    fact_ids
        Ids of the facts that travel with the page.

    Raises
    ------
    RenderError
        Lists every promise broken.
    """
    faults = broken_promises(content, fact_ids=fact_ids)
    if faults:
        text = "\n".join(f"- {fault}" for fault in faults)
        raise RenderError(f"The page was not written; {len(faults)} thing(s) to put right:\n{text}")


def broken_promises(content: str, *, fact_ids: set[str]) -> list[str]:
    """Return what is wrong with a page's content, in words.

    An id used twice, a heading level skipped or a second h1, a number in the prose without its
    fact, anything the page's policy would block (scripts, event handlers, styles, resources from
    elsewhere), and what not every program would read alike.
    """
    scan = _Scan()
    scan.read(content)
    return [
        *dict.fromkeys(scan.faults),
        *(
            f"the number with fact id '{fact}' has no fact on the page; show its facts too"
            for fact in sorted(scan.facts - fact_ids)
        ),
    ]


def _tags(content: str) -> list[str]:
    tags = _TO_NEXT_END.findall(content)
    return tags if len(tags) == content.count("<") else _TAG.findall(content)


def _unlike(content: str, tags: list[str], kinds: set[str]) -> list[str]:
    """Return the beginnings of whatever not everybody would read as the same tag.

    Parameters
    ----------
    content, tags
        What is read, and its tags.
    kinds
        Those tags that are not known to be plain.
    """
    odd = [tag for tag in sorted(kinds) if not _PLAIN.fullmatch(tag)]
    if len(tags) != content.count("<"):
        # A "<" before anything else than an opening has is text.
        between = _TAG.sub(" ", content)
        odd += [between[opening.start() :] for opening in _OPENING.finditer(between)]
    return [" ".join(beginning.split())[:60] for beginning in odd]


class _Scan:
    """What the tags of a page's content amount to, read one after the other."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.blocks: set[str] = set()
        self.facts: set[str] = set()
        self.faults: list[str] = []
        self.heading = 1

    def read(self, content: str) -> None:
        tags = _tags(content)
        kinds = set(tags)
        blameless = set(filter(_BLAMELESS.fullmatch, kinds))
        if odd := _unlike(content, tags, kinds - blameless):  # what is blameless is plain
            self.faults.append(
                f"markup that not every program reads alike: {listed(odd, 3)}; close every tag and "
                "quote, and write &lt; and &gt; for signs that open and close none"
            )
        for tag in tags:
            if tag not in blameless:
                self._read_tag(tag)

    def _read_tag(self, text: str) -> None:
        opening = _OPENED.match(text)
        if opening is None:
            return
        tag = opening[1].lower()
        if tag in _ACTIVE:
            self.faults.append(
                f"<{tag}> in an output: the page's security policy blocks it; show charts as "
                "Figure and tables with table_html"
            )
        if tag in _READ_OTHERWISE:
            self.faults.append(f"<{tag}> in an output: what follows it is not read as HTML")
        if tag in _UNSEEN:
            self.faults.append(f"<{tag}> in an output: {_NOT_SEEN}")
        if tag in _HEADINGS:
            self._check_heading(int(tag[1]))
        for name, value in _ATTRIBUTE.findall(text, opening.end()):
            plain = value[1:-1] if value[:1] in {'"', "'"} else value
            self._check_attribute(tag, name.lower(), unescape(plain))

    def _check_heading(self, level: int) -> None:
        if level == 1:
            self.faults.append("a second <h1>: the page's title is its only one")
        elif level > self.heading + 1:
            self.faults.append(f"a heading of level {level} follows one of level {self.heading}")
        self.heading = level

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            if value in self.ids:
                self.faults.append(f"the id '{value}' is used twice; ids are unique in a page")
            self.ids.add(value)
        elif name == "data-block":
            if value in self.blocks:
                self.faults.append(f"the block '{value}' is shown twice; a page shows each once")
            self.blocks.add(value)
        elif name == "data-fact":
            self.facts.add(value)
        elif name in {"style", "srcdoc"} or name.startswith("on"):
            self.faults.append(
                f'<{tag} {name}="…"> in an output: the page\'s security policy blocks it'
            )
        elif name in _HIDING or (name == "class" and _HIDDEN_CLASSES & set(value.split())):
            self.faults.append(f"<{tag} {name}> in an output: {_NOT_SEEN}")
        elif _loads(tag, name, value):
            self.faults.append(f"<{tag}> loads {value[:80]}: a briefing is one file, embed it")
        elif name in _ADDRESSES and tag in _LINKS and not _can_be_followed(value):
            self.faults.append(f"<{tag}> leads to {value[:80]}: the page's policy blocks it")


def _loads(tag: str, name: str, value: str) -> bool:
    if name in _DRAWN_WITH:
        return bool(re.search(r"""["'\\]|url""", _HERE.sub("", value), re.IGNORECASE))
    if name in _ADDRESSES and tag not in _LINKS:
        return not value.startswith(("#", "data:"))
    return name in _LOADED and not value.startswith("data:")


def _can_be_followed(address: str) -> bool:
    """Tell whether a link leads to a page; browsers leave out spaces and control characters."""
    before, colon, _ = address.partition(":")  # what follows may be a whole file
    scheme = re.sub(r"[\x00-\x20]", "", f"{before}{colon}").lower()
    return not _SCHEME.fullmatch(scheme) or scheme in _FOLLOWED
