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
from ineqlib.charts.layout import CHARACTER, LINE, TEXT, shortened, wrapped
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
JUDGED: tuple[Look, ...] = ("worse", "both", "better")
"""What a card tells, in order."""
WIDTH, ROW, NAME = 800, 26, 56
"""Pixels: the drawing at least, a row; characters of a row's name."""
NARROWEST, LONGEST_HEAD = 46, 26
"""Pixels of a column; characters of a slanting name over it."""


class HeatCell(NamedTuple):
    """One cell."""

    look: Look
    """How it is marked and coloured."""
    short: str
    """Beside the mark, where there is room for a number or two."""
    text: str
    """The whole of it in words, for the table and for whoever points at the cell."""


def heat_table(
    rows: Mapping[str, Sequence[HeatCell]],
    columns: Sequence[str],
    labels: Labels,
    *,
    heading: str,
) -> DrawnFigure:
    """Draw a table whose cells are marked and shaded; beside it the same as a table of words.

    `heading` is what the rows are, over the first column of that table.
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
    return DrawnFigure(
        labels, partial(_drawing, rows, columns, labels), cells, _cards(rows, columns)
    )


def _drawing(rows: Mapping[str, Sequence[HeatCell]], columns: Sequence[str], labels: Labels) -> str:
    names = [shortened(name, NAME) for name in rows]
    left = int(max(map(len, names)) * CHARACTER) + 10
    step = max(NARROWEST, (WIDTH - left) // len(columns))
    heads, top, right = _heads(columns, left, step)
    parts = [heads]
    for down, (name, cells) in enumerate(rows.items()):
        y = top + down * ROW
        parts.append(
            f'<text x="{left - 8}" y="{y + 17}" text-anchor="end">{escape(names[down])}</text>'
        )
        for place, cell in enumerate(cells):
            parts.append(_box(cell, left + place * step, y, step, f"{name}, {columns[place]}"))
    size = left + step * len(columns) + right, top + ROW * len(rows) + 2
    return image(size, labels, "".join(parts), text_size=TEXT)


def _heads(columns: Sequence[str], left: int, step: int) -> tuple[str, int, int]:
    """Write the columns' names, level where their words fit, else slanting up to the right.

    Returned are the drawing, its height, and the room it needs to the right of the last column.
    """
    fits = int(step / CHARACTER)
    middles = [left + (place + 0.5) * step for place in range(len(columns))]
    if max(len(word) for column in columns for word in column.split()) <= fits:
        lines = [wrapped(column, fits, 4).split("\n") for column in columns]
        top = max(map(len, lines)) * LINE + 8
        return "".join(map(_head, lines, middles, [top] * len(lines))), top, 0
    names = [wrapped(column, LONGEST_HEAD, 1) for column in columns]
    reach = int(max(map(len, names)) * CHARACTER * 0.71) + 12
    texts = (
        f'<text transform="translate({x:.1f} {reach - 6}) rotate(-45)" '
        f'fill="{theme.SECONDARY_TEXT}">{escape(name)}</text>'
        for name, x in zip(names, middles, strict=True)
    )
    return "".join(texts), reach, max(0, reach - step // 2)


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
    judged = [(column, cell) for look in JUDGED for column, cell in pairs if cell.look == look]
    looks = [cell.look for _, cell in judged]
    more = looks.count("worse") - looks.count("better")
    look = "worse" if more > 0 else "better" if more < 0 else "both"
    words = [f"{column}: {cell.text}" for column, cell in judged]
    if not words:
        is_blank = all(cell.look == "none" for cell in cells)
        words = [cells[0].text if is_blank else "None differs clearly"]
    # The style puts each on a line of its own; the signs part them where there is none.
    said = [*(f"{line}; " for line in words[:-1]), f"{words[-1]}."]
    lines = "".join(f'<span class="card-values">{escape(line)}</span>' for line in said)
    return f'<li class="card card-{look}"><strong>{escape(name)}</strong>: {lines}</li>'
