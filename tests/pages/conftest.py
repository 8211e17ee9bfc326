"""Pages in a real browser (`open_page` of tests/conftest.py): are they accessible, what is printed?

`axe(page)` gives the accessibility rules the page breaks, `printed(page)` what stands on paper.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import axe_playwright_python
import pypdf
import pytest

pytest.importorskip("playwright.sync_api", reason="the browser tests need `playwright` (dev extra)")
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Of what passes, axe would otherwise describe each element: most of its time.
    "resultTypes": ["violations"],
}
CONTRAST = {"id": "color-contrast", "selector": "[data-look]"}
"""Of the texts that look alike, the first few: the colours of all others are the same."""
MARK_LOOKS = """() => {
  const FEW = 5;
  const LOOK = ["color", "backgroundColor", "backgroundImage", "opacity", "visibility",
    "fontSize", "fontWeight", "textShadow", "display", "position", "clip", "clipPath"];
  const looks = new Map([[null, 0]]), numbers = new Map(), times = new Map();
  for (const element of document.querySelectorAll(":not(svg *)")) {
    const style = getComputedStyle(element);
    const look = [
      looks.get(element.parentElement),  // what is behind it is part of how it looks
      element.checkVisibility(),
      ...LOOK.map(name => style[name]),
    ].join("|");
    if (!numbers.has(look)) numbers.set(look, numbers.size + 1);
    const number = numbers.get(look);
    looks.set(element, number);
    element.removeAttribute("data-look");  // from when the page was looked at before
    const hasWords = [...element.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.data.trim()
    );
    if (!hasWords && !element.matches("input, select, textarea")) continue;
    times.set(number, (times.get(number) ?? 0) + 1);
    if (times.get(number) <= FEW) element.setAttribute("data-look", number);
  }
}"""
"""Words in drawings get none: axe spends long on them and gives no verdict ("incomplete").

What their colours are to be on white is kept by `tests/unit/test_theme.py`.
"""

LAID_OUT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Only once a page is laid out is its script told what scrolls, and lets keys reach it."""


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Return the broken rules, each with its elements; empty = none.

    To compare the colours of texts with what is behind them is much of the work on a large page:
    where the same page was looked at in the same colours, `colours=False` leaves it out.
    """
    script = AXE.read_text(encoding="utf-8")

    def violations(page: Page, *, colours: bool = True) -> list[str]:
        # Through evaluate: the page's policy admits no other script.
        page.evaluate(script)
        page.evaluate(LAID_OUT)
        if colours:
            page.evaluate(MARK_LOOKS)
        page.evaluate("rule => axe.configure({rules: [rule]})", CONTRAST)
        result = page.evaluate(
            "options => axe.run(options)",
            {**AXE_OPTIONS, "rules": {"color-contrast": {"enabled": colours}}},
        )
        return [
            f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]

    return violations


def names_heard(page: Page) -> list[tuple[str, str]]:
    """Return role and name of all that a screen reader meets, in order, as the browser tells it."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    told = [node for node in tree["nodes"] if not node["ignored"] and "name" in node]
    return [(node["role"]["value"], node["name"].get("value", "")) for node in told]


class Words(NamedTuple):
    """Some words on a printed sheet, and how far down they stand: 0 at the top, 1 at the foot."""

    down: float
    text: str


def printed(page: Page, folder: Path) -> list[list[Words]]:
    """Print a page as it opens, and return the words of each sheet in the order they are drawn."""
    path = folder / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    return [list(_words(sheet)) for sheet in pypdf.PdfReader(path).pages]


def _words(sheet: pypdf.PageObject) -> Iterator[Words]:
    found: list[Words] = []

    def note(text: str, matrix: list[float], at: list[float], *_: object) -> None:
        height = at[4] * matrix[1] + at[5] * matrix[3] + matrix[5]
        if text.strip():
            found.append(Words(1 - height / float(sheet.mediabox.height), text.strip()))

    sheet.extract_text(visitor_text=note)
    yield from found
