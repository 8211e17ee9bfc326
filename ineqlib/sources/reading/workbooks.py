"""Opening a workbook, whatever its format, and choosing among its sheets."""

from ineqlib.errors import InputError
from ineqlib.sources.reading.archive import ZIP, Archive
from ineqlib.sources.reading.excel import TYPES_PART, ExcelWorkbook
from ineqlib.sources.reading.old_excel import MAGIC, OldExcelWorkbook
from ineqlib.sources.reading.open_document import MEDIA_TYPE, OpenDocumentWorkbook
from ineqlib.sources.reading.rows import BEGINNING, Row, heading_of
from ineqlib.sources.reading.sheets import Sheet, Workbook

_OF_NUMBERS = "Index/Document.iwa"
"""Part of a document of Apple Numbers."""


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a workbook or another document of Office.

    Raises
    ------
    InputError
        It is a damaged zip file.
    """
    if not content.startswith(ZIP):
        return content.startswith(MAGIC)
    names = Archive(content).names
    return not {TYPES_PART, "mimetype", _OF_NUMBERS}.isdisjoint(names)


def open_workbook(content: bytes) -> Workbook | None:
    """Open a workbook; None for any other file.

    Raises
    ------
    InputError
        It is damaged, protected by a password, or another document of Office or Apple's.
    """
    if content.startswith(MAGIC):
        return OldExcelWorkbook(content)
    if not content.startswith(ZIP):
        return None
    archive = Archive(content)
    if TYPES_PART in archive.names:
        if not any(name.startswith("xl/") for name in archive.names):
            raise InputError("A document of Office that is no workbook: save its table as .xlsx.")
        if "xl/workbook.bin" in archive.names:
            raise InputError("A binary workbook (.xlsb): save it as .xlsx or CSV.")
        return ExcelWorkbook(archive)
    if "mimetype" in archive.names and archive.read("mimetype").startswith(MEDIA_TYPE):
        return OpenDocumentWorkbook(archive)
    if _OF_NUMBERS in archive.names:
        raise InputError("A document of Apple Numbers: export it as Excel (.xlsx) or CSV.")
    return None


def heading_row(sheet: Sheet) -> Row | None:
    """Return the heading of a sheet of which the beginning is read; None if there is no table."""
    place = heading_of(sheet.rows)
    row = sheet.rows[place] if place is not None else None
    return row if row and sum(1 for cell in row.cells if cell.strip()) > 1 else None


def table_sheets(book: Workbook) -> dict[str, Row]:
    """Return the visible sheets that hold a table, and the heading of each.

    Raises
    ------
    InputError
        There is none.
    """
    headings = {
        sheet.name: heading_row(book.read(sheet.name, BEGINNING))
        for sheet in book.sheets
        if not sheet.hidden
    }
    tables = {name: heading for name, heading in headings.items() if heading}
    if not tables:
        hidden = len(book.sheets) - len(headings)
        raise InputError(
            f"None of the {len(book.sheets)} sheet(s) of the workbook holds a table of two columns "
            f"or more ({hidden} hidden, which are not looked at). Open it, see to its sheets, and "
            "save it as .xlsx or CSV."
        )
    return tables


def chosen_sheet(book: Workbook, name: str) -> str:
    """Return the name of the sheet that is meant: the first with a table, if none is named.

    Raises
    ------
    InputError
        No visible sheet holds a table.
    """
    return name or next(iter(table_sheets(book)))
