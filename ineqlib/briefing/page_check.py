"""The promises a page keeps, checked without a browser each time a page is written."""

import re
from html.parser import HTMLParser

from ineqlib.errors import RenderError

_ACTIVE = {"script", "style", "iframe", "object", "embed", "link", "base", "form", "meta", "frame"}
_VECTORS = re.compile(r"<svg\b(?:[^>]*[^/])?>.*?</svg>", re.DOTALL)

_TAG = re.compile(r"<[^<>]*>")
_ORDINARY = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|caption|code|data|dd|del|details|div|dl|dt|em|figcaption"
    r"|figure|h[1-6]|hr|i|img|li|ol|p|pre|section|small|span|strong|sub|summary|sup|svg|table"
    r"""|tbody|td|tfoot|th|thead|tr|ul)(?: [a-zA-Z:-]+="[^"]*")* ?/?>"""
)
"""A tag that everybody reads alike, and after which everything is read as before it."""

_BLAMELESS = re.compile(r"""</?[a-z]+(?: (?:class|role|scope|tabindex|aria-[a-z]+)="[^"]*")*>""")
"""Of ordinary tags, one that breaks no promise wherever it stands: the tables' cells above all."""


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
        Lists every promise broken: an id used twice, a heading level skipped or a second h1, a
        number in the prose without its fact, or anything the page's policy would block (scripts,
        event handlers, styles, resources from elsewhere).
    """
    scan = _Scan()
    scan.feed(_to_judge(_VECTORS.sub("<svg></svg>", content)))
    scan.close()
    faults = list(dict.fromkeys(scan.faults))
    faults += [
        f"the number with fact id '{fact}' has no fact on the page; show the fact book too"
        for fact in sorted(scan.facts - fact_ids)
    ]
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise RenderError(
            f"The page was not written; {len(faults)} thing(s) to put right:\n{listed}"
        )


def _to_judge(content: str) -> str:
    """Leave out words and blameless tags, where that cannot change how the others are read.

    They are most of a page, and the parser is slow.
    """
    tags = _TAG.findall(content)
    kinds = set(tags)
    # One other tag, a comment, or a "<" that starts no tag, may change how all that follows reads.
    if len(tags) != content.count("<") or not all(map(_ORDINARY.fullmatch, kinds)):
        return content
    blameless = set(filter(_BLAMELESS.fullmatch, kinds))
    return "".join(tag for tag in tags if tag not in blameless)


class _Scan(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.facts: set[str] = set()
        self.faults: list[str] = []
        self.heading = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.faults.append(
                f"<{tag}> in an output: the page's security policy blocks it; show charts as "
                "Figure and tables with table_html"
            )
        if re.fullmatch(r"h[1-6]", tag):
            self._check_heading(int(tag[1]))
        for name, value in attrs:
            self._check_attribute(tag, name, value or "")

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
        elif name == "data-fact":
            self.facts.add(value)
        elif name == "style" or name.startswith("on"):
            self.faults.append(
                f'<{tag} {name}="…"> in an output: the page\'s security policy blocks it'
            )
        elif name in {"src", "srcset", "poster"} and not value.startswith("data:"):
            self.faults.append(f"<{tag}> loads {value[:80]}: a briefing is one file, embed it")
