"""Workbooks that Excel wrote before 2007 (.xls)."""

import io

import xlrd

from ineqlib.errors import InputError
from ineqlib.sources.reading.cells import (
    date_text,
    format_kind,
    formatted_text,
    is_note_mark,
    reference,
)
from ineqlib.sources.reading.limits import MOST_ROWS
from ineqlib.sources.reading.sheets import Merged, Sheet, SheetName

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every file of Office before 2007 begins, and a newer one that a password protects."""

LARGEST = 150_000_000
"""Bytes: as many as the 65,536 rows and 256 columns of such a sheet take. The library has no
bounds of its own, but the format is not packed, so that this one bounds memory and time."""


class OldExcelWorkbook:
    """A workbook in the format of Excel 97 to 2003.

    Parameters
    ----------
    content : bytes
        The file.

    Raises
    ------
    InputError
        It is damaged, protected by a password, another document of Office, or too large.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) > LARGEST:
            raise InputError(f"The workbook is larger than {LARGEST:,} bytes: save it as .xlsx.")
        try:
            self._book = xlrd.open_workbook(
                file_contents=bytes(content),
                formatting_info=True,
                ragged_rows=True,
                logfile=io.StringIO(),
            )
        except Exception as error:  # the library raises whatever a damaged part leads to
            raise InputError(
                "This is a file of Office before 2007 (.xls), or one that is protected by a "
                "password, and it cannot be read: open it in Excel, and save it as .xlsx or CSV "
                "without a password."
            ) from error
        self.sheets = tuple(
            SheetName(sheet.name, bool(sheet.visibility)) for sheet in self._book.sheets()
        )

    def read(self, name: str, most_rows: int = MOST_ROWS) -> Sheet:
        """Read the first rows of a sheet, or all of it.

        Raises
        ------
        InputError
            The sheet is larger than is read.
        """
        source, sheet = self._book.sheet_by_name(name), Sheet(name)
        for row in range(source.nrows):
            is_hidden = row in source.rowinfo_map and bool(source.rowinfo_map[row].hidden)
            columns = range(source.row_len(row))
            texts = [self._text_of(sheet, source, row, column) for column in columns]
            sheet.add(row + 1, texts, is_hidden)
            if len(sheet.rows) >= most_rows:
                break
        sheet.merged = [
            Merged(top + 1, left + 1, bottom, right)
            for top, bottom, left, right in source.merged_cells
        ]
        return sheet

    def _text_of(self, sheet: Sheet, source: xlrd.sheet.Sheet, row: int, column: int) -> str:
        cell = source.cell(row, column)
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                text = self._without_marks(
                    str(cell.value), source.rich_text_runlist_map, row, column
                )
                if text != cell.value:
                    sheet.note_marks.append(reference(row + 1, column + 1))
                return text
            case xlrd.XL_CELL_NUMBER:
                number_format = self._book.xf_list[cell.xf_index].format_key
                shown = self._book.format_map[number_format].format_str
                kind = format_kind(shown)
                # What is a date by its format is a cell of another type here.
                return formatted_text(cell.value, "" if kind == "date" else kind, False)[0]
            case xlrd.XL_CELL_DATE:
                try:
                    moment = xlrd.xldate_as_datetime(cell.value, self._book.datemode)
                except (ValueError, OverflowError):
                    return "#VALUE!"
                sheet.dates.setdefault(column + 1, []).append(row + 1)
                return date_text(moment)
            case xlrd.XL_CELL_BOOLEAN:
                return "TRUE" if cell.value else "FALSE"
            case xlrd.XL_CELL_ERROR:
                return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
        return ""

    def _without_marks(
        self,
        text: str,
        runs_of: dict[tuple[int, int], list[tuple[int, int]]],
        row: int,
        column: int,
    ) -> str:
        """Leave out of the text of a cell the raised marks of notes."""
        starts = [(0, -1), *runs_of.get((row, column), ())]
        ends = [start for start, _ in starts[1:]] + [len(text)]
        runs = [(text[start:end], font) for (start, font), end in zip(starts, ends, strict=True)]
        return "".join(
            run
            for run, font in runs
            if font < 0 or not (self._book.font_list[font].escapement == 1 and is_note_mark(run))
        )
