"""The tables of a document as an Excel workbook that people with any software can read.

After the Analysis Function's guidance for spreadsheets: notes first, one table a sheet, each from
the first column with its words above it, numbers as numbers, no merged or hidden cells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as NamedTable
from openpyxl.worksheet.table import TableStyleInfo

from ineqlib.charts.figure import Figure
from ineqlib.charts.plain_columns import Column, plain_columns
from ineqlib.document.blocks import TableBlock, leaves
from ineqlib.spreadsheet import begins_like_formula
from ineqlib.text import SHORTHAND, visible

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from ineqlib.document.model import Document, Section

_NUMBER = re.compile(r"-?(\d[\d,]*)(?:\.(\d+))?")
_TITLE, _BOLD, _LINK = (
    Font(bold=True, size=14),
    Font(bold=True),
    Font(color="1D70B8", underline="single"),
)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_LONGEST_CELL = 32_767
_WIDEST, _NARROWEST = 60, 10
"""Characters of a column."""
NOTES, FACTS = "Notes", "All figures"
HOW_TO_READ = (
    "Each worksheet holds one table. Numbers are as shown in the document; the last worksheet has "
    "all of them unrounded, with where each comes from and how it was made."
)


class _Sheet(NamedTuple):
    """A table with its words."""

    title: str
    words: tuple[str, ...]
    columns: Sequence[Column]


def write_workbook(document: "Document", sections: Iterable["Section"], path: Path) -> None:
    """Write the tables of some sections, and every fact of the document.

    Parameters
    ----------
    document
        What they are of.
    sections
        Those whose tables are wanted, those of their figures included.
    path
        Where to.
    """
    sheets = [sheet for section in sections for sheet in _sheets(section)]
    book = Workbook()
    book.properties.title = document.title
    book.properties.creator = document.cover.details["made_with"]
    book.properties.language = "en-GB"
    notes = book.active
    notes.title = NOTES
    names = [f"Table {number}" for number in range(1, len(sheets) + 1)]
    for name, sheet in zip(names, sheets, strict=True):
        _write_table(book.create_sheet(name), sheet)
    facts = [Column(name, list(cells), False) for name, cells in document.facts.columns.items()]
    _write_table(book.create_sheet(FACTS), _Sheet("Every figure of this document", (), facts))
    titles = [*(sheet.title for sheet in sheets), "Every figure of this document"]
    _write_notes(notes, document, dict(zip([*names, FACTS], titles, strict=True)))
    book.save(path)


def _sheets(section: "Section") -> Iterable[_Sheet]:
    for leaf in leaves(section.blocks):
        if isinstance(leaf, Figure):
            labels = leaf.labels
            words = (labels.subtitle, labels.note, f"Source: {labels.source}")
            yield _Sheet(labels.title, tuple(filter(None, words)), plain_columns(leaf.cells))
        elif isinstance(leaf, TableBlock):
            yield _Sheet(leaf.caption, (f"Section: {section.title}",), plain_columns(leaf.cells))


def _write_notes(sheet: "Worksheet", document: "Document", contents: Mapping[str, str]) -> None:
    details = document.cover.details
    about = [
        *document.imprint,
        ("Data", details["pack_title"]),
        ("Made with", details["made_with"]),
        ("Fictional", "Every place and number is made up" if details["fictional"] else ""),
        ("How to read", HOW_TO_READ),
        *SHORTHAND.items(),
    ]
    _put(sheet, 1, 1, document.title).font = _TITLE
    row = 1
    for name, words in ((name, words) for name, words in about if words):
        row += 1
        _put(sheet, row, 1, name).font = _BOLD
        _put(sheet, row, 2, words)
    for name, title in contents.items():
        row += 1
        link = _put(sheet, row, 1, name)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1")
        link.font = _LINK
        _put(sheet, row, 2, title)
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 90


def _write_table(sheet: "Worksheet", content: _Sheet) -> None:
    """Write the words, then the heading and its rows; the heading stays in sight."""
    _put(sheet, 1, 1, content.title).font = _TITLE
    sheet["A1"].alignment = Alignment(wrap_text=False)
    for row, words in enumerate(("This worksheet contains one table.", *content.words), start=2):
        _put(sheet, row, 1, words).alignment = Alignment(wrap_text=False)
    head = len(content.words) + 3
    names: list[str] = []
    for at, column in enumerate(content.columns, start=1):
        name = column.name or f"Column {at}"
        names.append(name if name not in names else f"{name} ({at})")
        _put(sheet, head, at, names[-1]).font = _BOLD
        numeric = column.holds_numbers and _are_numbers(column.cells)
        for row, cell in enumerate(column.cells, start=head + 1):
            written = _put(sheet, row, at, _as_number(cell) if numeric else cell)
            if numeric and (digits := _NUMBER.fullmatch(cell)):
                written.number_format = f"#,##0{'.' + '0' * len(digits[2]) if digits[2] else ''}"
        widest = max((len(str(cell)) for cell in [name, *column.cells]), default=0)
        width = min(max(widest + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(at)].width = width
    rows = len(content.columns[0].cells) if content.columns else 0
    sheet.freeze_panes = sheet.cell(head + 1, 2)
    if rows:
        place = f"A{head}:{get_column_letter(len(names))}{head + rows}"
        table = NamedTable(displayName=sheet.title.replace(" ", "_"), ref=place)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        sheet.add_table(table)


def _are_numbers(cells: Sequence[str]) -> bool:
    return all(_NUMBER.fullmatch(cell) or cell in SHORTHAND or not cell for cell in cells)


def _as_number(cell: str) -> float | str:
    return float(cell.replace(",", "")) if _NUMBER.fullmatch(cell) else cell


def _put(sheet: "Worksheet", row: int, column: int, content: Any) -> "Cell":
    """Write one cell: a number as a number, and text as text, whatever it begins with."""
    cell: Cell = sheet.cell(row, column)
    if isinstance(content, int | float):
        cell.value = content
        return cell
    text = visible(str(content if content is not None else ""))[:_LONGEST_CELL]
    if text:
        cell.value = text
        cell.data_type = "s"  # or what begins like a formula would be one
        cell.quotePrefix = begins_like_formula(text)
        cell.alignment = _WRAPPED
    return cell
