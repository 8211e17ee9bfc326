"""A heat table: rows by columns, each cell with a mark and words, so that it reads without colour.

Written here, not by Vega: a cell is a box with text in it.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Literal, NamedTuple

from ineqlib.charts import theme
from ineqlib.charts.drawn_figure import DrawnFigure, image
from ineqlib.charts.figure import Labels
from ineqlib.charts.layout import CHARACTER, LINE, TEXT, wrapped
from ineqlib.errors import InputError

Look = Literal["worse", "better", "both", "similar", "none"]
MARKS: Mapping[Look, str] = {"worse": "▼", "better": "▲", "both": "▼▲", "similar": "·", "none": ""}
COLOURS: Mapping[Look, tuple[str, str]] = {
    "worse": ("#F9C4A8", theme.TEXT),
    "better": ("#BDD7EE", theme.TEXT),
    "both": ("#E3D5EE", theme.TEXT),
    "similar": ("#F3F2F1", theme.SECONDARY_TEXT),
    "none": ("#FFFFFF", theme.SECONDARY_TEXT),
}
"""Look -> colour of the box and of its text, which has 4.5:1 on it."""
TOLD: tuple[Look, ...] = ("worse", "both", "better")
"""What a card tells, in order."""
WIDTH, ROW, NAME = 800, 26, 40
"""Pixels: the drawing at least, a row; characters of a row's name."""
NARROWEST = 46
"""Pixels of a column."""


class HeatCell(NamedTuple):
    """One cell.

    Parameters
    ----------
    look
        How it is marked and coloured.
    short
        Beside the mark, where there is room for a number or two.
    text
        The whole of it in words, for the table and for whoever points at the cell.
    """

    look: Look
    short: str
    text: str


def heat_table(
    rows: Mapping[str, Sequence[HeatCell]],
    columns: Sequence[str],
    labels: Labels,
    *,
    heading: str,
    narrow: bool = True,
) -> DrawnFigure:
    """Draw a table whose cells are marked and shaded.

    Parameters
    ----------
    rows
        Name of each row -> its cells, in the order of the columns.
    columns
        Their names.
    labels
        Title, subtitle, text alternative and source.
    heading
        What the rows are, over the first column of the table.
    narrow
        Whether rows stand below one another as cards on screens too narrow for the drawing.

    Returns
    -------
    DrawnFigure
        A box for each cell, and the same as a table of words.

    Raises
    ------
    InputError
        When there is no row or no column.
    """
    if not rows or not columns:
        raise InputError("There is nothing to set side by side; show a line of text in its place.")
    cells = {
        heading: list(rows),
        **{
            column: [cells[place].text for cells in rows.values()]
            for place, column in enumerate(columns)
        },
    }
    cards = _cards(rows, columns) if narrow else ""
    return DrawnFigure(labels, partial(_drawing, rows, columns, labels), cells, cards)


def _drawing(rows: Mapping[str, Sequence[HeatCell]], columns: Sequence[str], labels: Labels) -> str:
    names = [wrapped(name, NAME, 1) for name in rows]
    left = int(max(map(len, names)) * CHARACTER) + 10
    step = max(NARROWEST, (WIDTH - left) // len(columns))
    heads = [wrapped(column, int(step / CHARACTER), 4).split("\n") for column in columns]
    top = max(map(len, heads)) * LINE + 8
    parts = [_head(head, left + (place + 0.5) * step, top) for place, head in enumerate(heads)]
    for down, (name, cells) in enumerate(rows.items()):
        y = top + down * ROW
        parts.append(
            f'<text x="{left - 8}" y="{y + 17}" text-anchor="end">{escape(names[down])}</text>'
        )
        for place, cell in enumerate(cells):
            parts.append(_box(cell, left + place * step, y, step, f"{name}, {columns[place]}"))
    size = left + step * len(columns), top + ROW * len(rows) + 2
    return image(size, labels, "".join(parts), text_size=TEXT)


def _head(lines: Sequence[str], x: float, bottom: int) -> str:
    first = bottom - 6 - (len(lines) - 1) * LINE
    return "".join(
        f'<text x="{x:.1f}" y="{first + number * LINE}" text-anchor="middle" '
        f'fill="{theme.SECONDARY_TEXT}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _box(cell: HeatCell, x: float, y: float, step: int, about: str) -> str:
    fill, ink = COLOURS[cell.look]
    words = cell.short or MARKS[cell.look]
    return (
        f'<g data-label="{escape(f"{about}: {cell.text}")}">'
        f'<rect x="{x + 1}" y="{y + 1}" width="{step - 2}" height="{ROW - 2}" fill="{fill}"/>'
        f'<text x="{x + step / 2:.1f}" y="{y + 17}" text-anchor="middle" fill="{ink}">'
        f"{escape(words)}</text></g>"
    )


def _cards(rows: Mapping[str, Sequence[HeatCell]], columns: Sequence[str]) -> str:
    """Write a card for each row: what of it is worse, and what is better."""
    return f'<ul class="cards">{"".join(_card(name, columns, rows[name]) for name in rows)}</ul>'


def _card(name: str, columns: Sequence[str], cells: Sequence[HeatCell]) -> str:
    pairs = list(zip(columns, cells, strict=True))
    told = [(column, cell) for look in TOLD for column, cell in pairs if cell.look == look]
    looks = [cell.look for _, cell in told]
    more = looks.count("worse") - looks.count("better")
    look = "worse" if more > 0 else "better" if more < 0 else "both"
    words = "; ".join(f"{column}: {cell.text}" for column, cell in told) or "None differs for sure"
    if all(cell.look == "none" for cell in cells):
        words = cells[0].text
    return (
        f'<li class="card card-{look}"><strong>{escape(name)}</strong>'
        f'<span class="card-values">{escape(words)}</span></li>'
    )
