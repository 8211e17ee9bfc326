"""What cells of an author's own show, made so that everybody can read it on a page."""

import re
from base64 import b64encode
from functools import partial
from html import escape
from typing import Any

import nbformat

from ineqlib.charts.figure import SCROLLABLE
from ineqlib.errors import RenderError

FIGURES = "## What the figures say"
_ALT = re.compile(r"^#\s*alt:\s*(.+)$", re.MULTILINE)
_SECTION = re.compile(r"^## ", re.MULTILINE)
_CAPTION = re.compile(r"^#\s*table:\s*(.+)$", re.MULTILINE)
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_CELL = re.compile(r"<(table|thead|tbody|tr|th|td)\b([^<>]*)>")
_SPAN = re.compile(r' (?:col|row)span="\d+"')
_NO_HEADING = re.compile(r"<th\b([^<>]*)></th>")
_ID = re.compile(r' id="([^"]+)"')
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_NAMED = re.compile(
    r'(?:(?<=href="#)|(?<=url\(#))[^\s")]+|(?<=\s)(?:id|for|headers|list|form|aria-(?:labelledby|'
    r'describedby|controls|owns|details|flowto))="[^"]*'
)
"""Where a tag names ids: as a target, or in an attribute that holds nothing else."""


def accessible(cells: list[Any]) -> list[Any]:
    """Return the cells of a notebook that ran, with tables and pictures that all can read.

    A frame of pandas becomes a table with headings that say what they head; a picture gets the
    words of its cell's line ``# alt:``; an answer under the title gets a heading above it.

    Raises
    ------
    RenderError
        A picture has no words.
    """
    ready: list[Any] = []
    ids: set[str] = set()
    is_headed = False
    for number, cell in enumerate(cells, start=1):
        for output in cell.get("outputs", []):
            if "data" not in output or "remove-cell" in cell.metadata.get("tags", []):
                continue
            _make_readable(output["data"], cell, number)
            _with_own_ids(output["data"], ids)
            html = output["data"].get("text/html", "")
            if "<h3" in html and "<h2" not in html and not is_headed:
                ready.append(nbformat.v4.new_markdown_cell(FIGURES))
                is_headed = True
            is_headed |= "<h2" in html
        is_headed |= cell.cell_type == "markdown" and bool(_SECTION.search(cell.source))
        ready.append(cell)
    return ready


def _make_readable(data: dict[str, Any], cell: Any, number: int) -> None:
    html = data.get("text/html", "")
    if 'class="dataframe"' in html:
        data["text/html"] = _table(html, _words(_CAPTION, cell))
    elif not html and (picture := next((kind for kind in _PICTURES if kind in data), "")):
        data["text/html"] = _picture(picture, data[picture], _words(_ALT, cell), number)


def _words(pattern: re.Pattern[str], cell: Any) -> str:
    match = pattern.search(cell.source)
    return match[1].strip() if match else ""


def _table(html: str, caption: str) -> str:
    """Return a frame's table without its dress, its headings saying what they head."""
    plain = _STYLE.sub("", html)
    start, end = plain.index("<table"), plain.rindex("</table>")
    head, _, body = plain[start:end].partition("<tbody>")
    head = _undressed(_NO_HEADING.sub(r"<td\1></td>", head), "col")
    named = f"<table><caption>{escape(caption or 'Table')}</caption>"
    return (
        f'<div class="table-scroll" {SCROLLABLE}>{head.replace("<table>", named, 1)}'
        f"<tbody>{_undressed(body, 'row')}</table></div>"
    )


def _undressed(html: str, scope: str) -> str:
    """Leave of a table's tags what they span, and say what their headings head."""

    def tag(match: re.Match[str]) -> str:
        spans = "".join(_SPAN.findall(match[2]))
        heads = f' scope="{scope}"' if match[1] == "th" else ""
        return f"<{match[1]}{heads}{spans}>"

    return _CELL.sub(tag, html)


def _picture(kind: str, content: str, alt: str, number: int) -> str:
    if not alt:
        raise RenderError(
            f"The picture of cell {number} has no words for those who do not see it. Add a line to "
            "the cell that says what it shows: # alt: Visits have doubled since 2019."
        )
    if kind == "image/svg+xml":
        content = b64encode(content.encode("utf-8")).decode("ascii")
    source = f"data:{kind};base64,{''.join(content.split())}"
    return f'<img src="{source}" alt="{escape(alt)}">'


def _with_own_ids(data: dict[str, Any], known: set[str]) -> None:
    """Give what is shown a second time ids of its own."""
    html = data.get("text/html", "")
    ids = _ID.findall(html)
    new: dict[str, str] = {}
    for name in ids:
        if name in known:
            copy = 2
            while f"{name}-{copy}" in known.union(ids, new.values()):
                copy += 1
            new[name] = f"{name}-{copy}"
    known.update(new.get(name, name) for name in ids)
    if new:
        data["text/html"] = _TAG.sub(partial(_renamed, new), html)


def _renamed(new: dict[str, str], tag: re.Match[str]) -> str:
    """Rename ids in a tag, and leave all other words of it."""

    def names(part: re.Match[str]) -> str:
        attribute, quote, values = part[0].rpartition('"')
        return f"{attribute}{quote}{' '.join(new.get(name, name) for name in values.split(' '))}"

    return _NAMED.sub(names, tag[0])
