"""The drawings of a finished page, read back from its HTML."""

import re
from collections.abc import Iterator
from html import unescape

_FIGURE = re.compile(r'<figure class="[^"]*" id="([^"]*)"')
_DRAWING = re.compile(r'<svg\b(?:[^>]*? aria-label="([^"]*)")?[^>]*>')
_DRAWING_END = "</svg>"


def read_drawings(page: str) -> dict[str, str]:
    """Return the drawing of each figure of a page that has one, by the figure's id."""
    drawings, at = {}, 0
    while figure := _FIGURE.search(page, at):
        at = figure.end()
        end = page.find("</figure>", at)
        for opening, after in _drawings(page[at : end if end >= 0 else None]):
            drawings[unescape(figure[1])] = page[at + opening.start() : at + after]
            break
    return drawings


def without_drawings(html: str) -> str:
    """Return HTML with each drawing reduced to its text alternative."""
    pieces, at = [], 0
    for opening, after in _drawings(html):
        pieces += [html[at : opening.start()], f"<svg>{unescape(opening[1] or '')}</svg>"]
        at = after
    return "".join([*pieces, html[at:]])


def _drawings(html: str) -> Iterator[tuple[re.Match[str], int]]:
    """Find drawings: each one's opening, with its text alternative, and where it has ended."""
    at = 0
    while opening := _DRAWING.search(html, at):
        at = opening.end()
        if not opening[0].endswith("/>"):
            end = html.find(_DRAWING_END, at)
            if end < 0:
                continue
            at = end + len(_DRAWING_END)
        yield opening, at
