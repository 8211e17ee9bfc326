"""Workbooks of Excel and of whatever else writes .xlsx, read cell by cell.

The usual library takes several times as long, gives either a formula or its result, and knows of
hidden rows and merged cells only where it keeps the whole sheet in memory.
"""

import posixpath
import re
from functools import cached_property, partial

from ineqlib.errors import InputError
from ineqlib.sources.reading.archive import Archive
from ineqlib.sources.reading.cells import (
    column_number,
    formatted_text,
    is_note_mark,
    number_text,
    reference,
)
from ineqlib.sources.reading.excel_styles import PLAIN, CellStyle, cell_styles
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

_BOOK, _ROOT, _DOCUMENT = "xl/workbook.xml", "_rels/.rels", "officeDocument"
_ESCAPED = re.compile("_x((?!D[89A-F])[0-9A-F]{4})_", re.IGNORECASE)
"""How Excel writes letters that XML cannot hold, such as the end of a line of Windows."""

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
        part = self._book_part()
        self._parse(part, book, LARGEST_PART)
        folder, name = posixpath.split(part)
        self._links = _Links(f"/{folder}")
        self._parse(f"{folder}/_rels/{name}.rels", self._links, LARGEST_PART)
        self._mac_dates = book.mac_dates
        self._parts = {
            name: self._links.parts[link]
            for name, _, link in book.sheets
            if self._links.kinds.get(link) == "worksheet"
        }
        self.sheets = tuple(
            SheetName(name, hidden) for name, hidden, _ in book.sheets if name in self._parts
        )

    def _book_part(self) -> str:
        """Return which part lists the sheets: services give it other names than Excel does."""
        if _BOOK in self._archive.names or _ROOT not in self._archive.names:
            return _BOOK
        links = _Links("/")
        self._parse(_ROOT, links, LARGEST_PART)
        named = [links.parts[link] for link, kind in links.kinds.items() if kind == _DOCUMENT]
        return named[0] if named else _BOOK

    def _parse(self, part: str, handler: XmlHandler, most: int) -> None:
        with self._archive.open(part, most) as member:
            parse_xml(member, handler, part)

    def _parse_linked(self, kind: str, handler: XmlHandler, most: int) -> None:
        for link, other in self._links.kinds.items():
            if other == kind:
                self._parse(self._links.parts[link], handler, most)

    @cached_property
    def _strings(self) -> "_Strings":
        strings = _Strings()
        self._parse_linked("sharedStrings", strings, LARGEST_SHEET)
        return strings

    @cached_property
    def _styles(self) -> list[CellStyle]:
        return cell_styles(partial(self._parse_linked, "styles", most=LARGEST_PART))

    def read(self, name: str, most_rows: int = MOST_ROWS) -> Sheet:
        """Read the first rows of a sheet, or all of it.

        Raises
        ------
        InputError
            The sheet is damaged or larger than is read.
        """
        sheet = Sheet(name)
        handler = _Cells(sheet, self._strings, self._styles, self._mac_dates, most_rows)
        self._parse(self._parts[name], handler, LARGEST_SHEET)
        return sheet


class _Book(XmlHandler):
    """Names of sheets, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool, str]] = []
        self.mac_dates = False

    def start_sheet(self, attributes: Attributes) -> None:
        link = next((text for key, text in attributes.items() if key.endswith(":id")), "")
        hidden = attributes.get("state", "visible") != "visible"
        self.sheets.append((attributes["name"], hidden, link))

    def start_workbookPr(self, attributes: Attributes) -> None:  # noqa: N802
        self.mac_dates = attributes.get("date1904", "0") in _TRUE


class _Links(XmlHandler):
    """Which part of the file is what: a sheet, the texts, the styles."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.parts: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def start_Relationship(self, attributes: Attributes) -> None:  # noqa: N802
        path = posixpath.normpath(posixpath.join(self._folder, attributes["Target"]))
        self.parts[attributes["Id"]] = path.lstrip("/")
        self.kinds[attributes["Id"]] = attributes["Type"].rpartition("/")[2]


class _Texts(XmlHandler):
    """Collects texts, without marks of notes and how to say a Japanese word (rPh)."""

    def __init__(self) -> None:
        super().__init__()
        self.stored = ""
        self.has_mark = False
        self._is_sound = self._is_raised = False

    def start_t(self, _attributes: Attributes) -> None:
        self.pieces.clear()

    def end_t(self) -> None:
        if self._is_sound:
            return
        text = "".join(self.pieces)
        if self._is_raised and is_note_mark(text):
            self.has_mark = True
        else:
            self.stored += _ESCAPED.sub(_unescaped, text) if "_x" in text else text

    def start_r(self, _attributes: Attributes) -> None:
        self._is_raised = False

    def start_vertAlign(self, attributes: Attributes) -> None:  # noqa: N802
        self._is_raised = attributes.get("val") == "superscript"

    def start_rPh(self, _attributes: Attributes) -> None:  # noqa: N802
        self._is_sound = True

    def end_rPh(self) -> None:  # noqa: N802
        self._is_sound = False


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


class _Strings(_Texts):
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.with_mark: set[int] = set()

    def start_si(self, _attributes: Attributes) -> None:
        self.stored, self.has_mark, self._is_raised = "", False, False

    def end_si(self) -> None:
        if self.has_mark:
            self.with_mark.add(len(self.texts))
        self.texts.append(self.stored)
        if len(self.texts) > MOST_STRINGS:
            raise InputError(f"The workbook has more than {MOST_STRINGS:,} different texts.")


class _Cells(_Texts):
    """The rows of one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        strings: _Strings,
        styles: list[CellStyle],
        mac_dates: bool,
        most_rows: int,
    ) -> None:
        super().__init__()
        self._sheet, self._strings, self._styles = sheet, strings.texts, styles
        self._with_mark = strings.with_mark
        self._mac_dates, self._most_rows = mac_dates, most_rows
        self._row, self._column, self._is_hidden = 0, 0, False
        self._texts: list[str] = []
        self._type, self._style = "n", PLAIN
        self._has_formula = False
        self._columns: dict[str, int] = {}

    def start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column, self._texts = 0, []
        self._is_hidden = attributes.get("hidden", "0") in _TRUE

    def end_row(self) -> None:
        self._sheet.add(self._row, self._texts, self._is_hidden)
        if len(self._sheet.rows) >= self._most_rows:
            raise Stop

    def start_c(self, attributes: Attributes) -> None:
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        self._style = self._styles[int(style)] if style else PLAIN
        self._has_formula, self.stored = False, ""
        self.has_mark = self._is_raised = False
        letters = attributes.get("r", "").rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = column_number(letters) if letters else self._column + 1
            check_columns(column)
            if letters:
                self._columns[letters] = column
        self._column = column

    def start_f(self, _attributes: Attributes) -> None:
        self._has_formula = True

    start_v = _Texts.start_t
    end_v = _Texts.end_t

    def end_c(self) -> None:
        text = self._text() if self.stored else ""
        if text:
            missing = self._column - len(self._texts)
            if missing > 0:
                self._texts += [""] * missing
            self._texts[self._column - 1] = text
            if self.has_mark:
                self._sheet.note_marks.append(reference(self._row, self._column))
            if self._style.is_struck:
                self._sheet.struck.append(reference(self._row, self._column))
        elif self._has_formula and self._type != "str":
            self._sheet.without_result.append(reference(self._row, self._column))

    def _text(self) -> str:
        stored = self.stored
        match self._type:
            case "s":
                number = int(stored)
                self.has_mark = number in self._with_mark
                return self._strings[number]
            case "n" if not self._style.kind:
                return number_text(float(stored))
            case "n":
                text, is_date = formatted_text(float(stored), self._style.kind, self._mac_dates)
            case "d":
                text, is_date = stored.removesuffix("T00:00:00"), True
            case "b":
                return "TRUE" if stored in _TRUE else "FALSE"
            case _:
                return stored
        if is_date:
            self._sheet.dates.setdefault(self._column, []).append(self._row)
        return text

    def start_mergeCell(self, attributes: Attributes) -> None:  # noqa: N802
        corners = [_REFERENCE.fullmatch(corner) for corner in attributes["ref"].split(":")]
        if len(corners) == 2 and all(corners):
            (left, top), (right, bottom) = (corner.groups() for corner in corners if corner)
            self._sheet.merged.append(
                Merged(int(top), column_number(left), int(bottom), column_number(right))
            )
