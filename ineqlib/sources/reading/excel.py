"""Workbooks of Excel and of whatever else writes .xlsx, read cell by cell.

The library that the project has for workbooks takes ten times as long, gives either a formula or
its result, and keeps hidden rows and merged cells only where it holds the whole sheet in memory.
"""

import posixpath
import re
from functools import cached_property

from openpyxl.styles.numbers import BUILTIN_FORMATS

from ineqlib.errors import InputError
from ineqlib.sources.reading.archive import Archive
from ineqlib.sources.reading.cells import (
    column_number,
    format_kind,
    formatted_text,
    reference,
)
from ineqlib.sources.reading.limits import (
    LARGEST_PART,
    LARGEST_SHEET,
    MOST_ROWS,
    MOST_STRINGS,
    check_columns,
)
from ineqlib.sources.reading.sheets import Merged, Sheet, SheetName
from ineqlib.sources.reading.xml_events import Attributes, Stop, XmlHandler, parse_xml

TYPES_PART = "[Content_Types].xml"
"""A zip file with this part is a document of Office."""

_BOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TRUE = ("1", "true", "on")


class ExcelWorkbook:
    """A workbook of Excel.

    Parameters
    ----------
    archive : Archive
        The zip file that it is.

    Raises
    ------
    InputError
        It is damaged, or no workbook.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        book = _Book()
        self._parse(_BOOK, book, LARGEST_PART)
        links = _Links()
        self._parse("xl/_rels/workbook.xml.rels", links, LARGEST_PART)
        self._mac_dates = book.mac_dates
        self._parts = {
            name: posixpath.normpath(posixpath.join("/xl", links.targets[link]))[1:]
            for name, _, link in book.sheets
            if "worksheet" in links.kinds.get(link, "")
        }
        self.sheets = tuple(
            SheetName(name, hidden) for name, hidden, _ in book.sheets if name in self._parts
        )

    def _parse(self, part: str, handler: XmlHandler, most: int) -> None:
        with self._archive.open(part, most) as member:
            parse_xml(member, handler, part)

    @cached_property
    def _strings(self) -> list[str]:
        strings = _Strings()
        if "xl/sharedStrings.xml" in self._archive.names:
            self._parse("xl/sharedStrings.xml", strings, LARGEST_SHEET)
        return strings.texts

    @cached_property
    def _formats(self) -> list[str]:
        styles = _Styles()
        if "xl/styles.xml" in self._archive.names:
            self._parse("xl/styles.xml", styles, LARGEST_PART)
        return [
            format_kind(styles.own.get(number, BUILTIN_FORMATS.get(number, "")))
            for number in styles.used
        ]

    def read(self, name: str, most_rows: int = MOST_ROWS) -> Sheet:
        """Read the first rows of a sheet, or all of it.

        Raises
        ------
        InputError
            The sheet is damaged or larger than is read.
        """
        sheet = Sheet(name)
        handler = _Cells(sheet, self._strings, self._formats, self._mac_dates, most_rows)
        self._parse(self._parts[name], handler, LARGEST_SHEET)
        return sheet


class _Book(XmlHandler):
    """Names of sheets, in their order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.mac_dates = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            link = next(text for key, text in attributes.items() if key.endswith(":id"))
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes["name"], hidden, link))
        elif name == "workbookPr":
            self.mac_dates = attributes.get("date1904", "0") in _TRUE


class _Links(XmlHandler):
    """Which part of the file is which sheet."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"]
            self.kinds[attributes["Id"]] = attributes["Type"]


class _Styles(XmlHandler):
    """The number format of each style that a cell may have."""

    def __init__(self) -> None:
        self.own: dict[int, str] = {}
        self.used: list[int] = []
        self._in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and "numFmtId" in attributes:
            self.own[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.used.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


class _Texts(XmlHandler):
    """Collects what stands between some tags; how to say a Japanese word (rPh) is no part of it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._is_open = False
        self._sounds = 0

    def open_text(self) -> None:
        self._is_open = not self._sounds

    def close_text(self) -> None:
        self._is_open = False

    def sound(self, change: int) -> None:
        self._sounds += change

    def text(self, text: str) -> None:
        if self._is_open:
            self.pieces.append(text)

    def take(self) -> str:
        text = "".join(self.pieces)
        self.pieces.clear()
        return text


class _Strings(_Texts):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self.open_text()
        elif name == "rPh":
            self.sound(1)

    def end(self, name: str) -> None:
        if name == "t":
            self.close_text()
        elif name == "rPh":
            self.sound(-1)
        elif name == "si":
            self.texts.append(self.take())
            if len(self.texts) > MOST_STRINGS:
                raise InputError(f"The workbook has more than {MOST_STRINGS:,} different texts.")


class _Cells(_Texts):
    """The rows of one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        strings: list[str],
        formats: list[str],
        mac_dates: bool,
        most_rows: int,
    ) -> None:
        super().__init__()
        self._sheet, self._strings, self._formats = sheet, strings, formats
        self._mac_dates, self._most_rows = mac_dates, most_rows
        self._row, self._column, self._is_hidden = 0, 0, False
        self._texts: list[str] = []
        self._type, self._kind = "n", ""
        self._has_formula = False
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self.open_text()
            case "f":
                self._has_formula = True
            case "rPh":
                self.sound(1)
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column, self._texts = 0, []
                self._is_hidden = attributes.get("hidden", "0") in _TRUE
            case "mergeCell":
                self._merge(attributes["ref"])

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self.close_text()
            case "c":
                self._end_cell()
            case "rPh":
                self.sound(-1)
            case "row":
                self._sheet.add(self._row, self._texts, self._is_hidden)
                if len(self._sheet.rows) >= self._most_rows:
                    raise Stop

    def _start_cell(self, attributes: Attributes) -> None:
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        self._kind = self._formats[int(style)] if style else ""
        self._has_formula = False
        letters = attributes.get("r", "").rstrip("0123456789")
        if letters and letters not in self._columns:
            self._columns[letters] = column_number(letters)
        self._column = self._columns[letters] if letters else self._column + 1
        check_columns(self._column)

    def _end_cell(self) -> None:
        stored = self.take()
        text = self._text_of(stored) if stored else ""
        if text:
            missing = self._column - 1 - len(self._texts)
            self._texts += [""] * missing
            self._texts.append(text)
        elif self._has_formula and self._type != "str":
            self._sheet.without_result.append(reference(self._row, self._column))

    def _text_of(self, stored: str) -> str:
        match self._type:
            case "s":
                return self._strings[int(stored)]
            case "n":
                text, is_date = formatted_text(float(stored), self._kind, self._mac_dates)
            case "d":
                text, is_date = stored.removesuffix("T00:00:00"), True
            case "b":
                text, is_date = "TRUE" if stored in _TRUE else "FALSE", False
            case _:
                return stored
        if is_date:
            self._sheet.dates.setdefault(self._column, []).append(self._row)
        return text

    def _merge(self, ref: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in ref.split(":")]
        if len(corners) == 2 and all(corners):
            (left, top), (right, bottom) = (corner.groups() for corner in corners if corner)
            self._sheet.merged.append(
                Merged(int(top), column_number(left), int(bottom), column_number(right))
            )
