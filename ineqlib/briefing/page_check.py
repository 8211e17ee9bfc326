"""The promises a page keeps, checked without a browser each time a page is written."""

import re
from html.parser import HTMLParser

from ineqlib.errors import RenderError

_ACTIVE = {"script", "style", "iframe", "object", "embed", "link", "base", "form", "meta", "frame"}
_VECTORS = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


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
    scan.feed(_VECTORS.sub("<svg></svg>", content))
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
