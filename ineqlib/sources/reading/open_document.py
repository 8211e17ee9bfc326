"""Workbooks of LibreOffice and of government's live tables (.ods), read cell by cell."""

from ineqlib.sources.reading.archive import Archive
from ineqlib.sources.reading.cells import number_text, percent_text, reference
from ineqlib.sources.reading.limits import LARGEST_SHEET, MOST_ROWS, check_columns
from ineqlib.sources.reading.sheets import Merged, Sheet, SheetName
from ineqlib.sources.reading.xml_events import Attributes, Stop, XmlHandler, parse_xml

MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
"""How the part ``mimetype`` of such a workbook begins."""

_CONTENT = "content.xml"


class OpenDocumentWorkbook:
    """A workbook in the OpenDocument format.

    Parameters
    ----------
    archive : Archive
        The zip file that it is.

    Raises
    ------
    InputError
        It is damaged.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        tables = _Tables()
        self._parse(tables)
        self.sheets = tuple(
            SheetName(name, style in tables.hidden) for name, style in tables.styles.items()
        )

    def _parse(self, handler: XmlHandler) -> None:
        with self._archive.open(_CONTENT, LARGEST_SHEET) as member:
            parse_xml(member, handler, _CONTENT)

    def read(self, name: str, most_rows: int = MOST_ROWS) -> Sheet:
        """Read the first rows of a sheet, or all of it.

        Raises
        ------
        InputError
            The sheet is damaged or larger than is read.
        """
        sheet = Sheet(name)
        self._parse(_Cells(sheet, most_rows))
        return sheet


class _Tables(XmlHandler):
    """Names of sheets, in their order, and which styles hide one."""

    def __init__(self) -> None:
        self.styles: dict[str, str] = {}
        self.hidden: set[str] = set()
        self._style = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._style)
        elif name == "table" and "table:name" in attributes:
            self.styles[attributes["table:name"]] = attributes.get("table:style-name", "")


class _Cells(XmlHandler):
    """The rows of one sheet."""

    def __init__(self, sheet: Sheet, most_rows: int) -> None:
        self._sheet, self._most_rows = sheet, most_rows
        self._is_here = False
        self._row, self._repeated, self._is_hidden = 1, 1, False
        self._texts: list[str] = []
        self._dates: list[int] = []
        self._column = 1
        self._cell: Attributes = {}
        self._paragraphs: list[list[str]] = []
        self._in_paragraph, self._in_note = False, 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self._is_here = attributes.get("table:name") == self._sheet.name
        if not self._is_here:
            return
        match name:
            case "table-row":
                self._repeated = int(attributes.get("table:number-rows-repeated", "1"))
                self._texts, self._dates, self._column = [], [], 1
                self._is_hidden = attributes.get("table:visibility", "visible") != "visible"
            case "table-cell" | "covered-table-cell":
                self._cell, self._paragraphs = attributes, []
            case "annotation":
                self._in_note += 1
            case "p" if not self._in_note:
                self._paragraphs.append([])
                self._in_paragraph = True
            case "s" if self._in_paragraph:
                self.text(" ")
            case "line-break" if self._in_paragraph:
                self.text("\n")

    def text(self, text: str) -> None:
        if self._in_paragraph and not self._in_note:
            self._paragraphs[-1].append(text)

    def end(self, name: str) -> None:
        if not self._is_here:
            return
        match name:
            case "p" if not self._in_note:
                self._in_paragraph = False
            case "annotation":
                self._in_note -= 1
            case "table-cell":
                self._end_cell()
            case "covered-table-cell":  # whatever it holds is not to be seen
                self._column += int(self._cell.get("table:number-columns-repeated", "1"))
            case "table-row":
                self._end_row()
            case "table":
                raise Stop

    def _end_cell(self) -> None:
        cell, column = self._cell, self._column
        repeated = int(cell.get("table:number-columns-repeated", "1"))
        self._column += repeated
        text = self._text_of(cell)
        if not text:
            if "table:formula" in cell and "office:value-type" not in cell:
                self._sheet.without_result.append(reference(self._row, column))
            return
        check_columns(self._column - 1)
        self._texts += [""] * (column - 1 - len(self._texts)) + [text] * repeated
        if cell.get("office:value-type") == "date":
            self._dates += range(column, column + repeated)
        rows, columns = (
            int(cell.get(f"table:number-{what}-spanned", "1")) for what in ("rows", "columns")
        )
        if rows > 1 or columns > 1:
            span = (self._row, column, self._row + rows - 1, column + columns - 1)
            self._sheet.merged.append(Merged(*span))

    def _text_of(self, cell: Attributes) -> str:
        match cell.get("office:value-type", ""):
            case "percentage":
                return percent_text(float(cell["office:value"]))
            case "float" | "currency":
                return number_text(float(cell["office:value"]))
            case "date":
                return cell["office:date-value"].removesuffix("T00:00:00").replace("T", " ")
            case "boolean":
                return cell["office:boolean-value"].upper()
        return "\n".join("".join(pieces) for pieces in self._paragraphs)

    def _end_row(self) -> None:
        if any(self._texts):
            # Rows are repeated in number only where they are alike: mostly the empty ones.
            for number in range(self._row, self._row + self._repeated):
                self._sheet.add(number, list(self._texts), self._is_hidden)
                for column in self._dates:
                    self._sheet.dates.setdefault(column, []).append(number)
                if len(self._sheet.rows) >= self._most_rows:
                    raise Stop
        self._row += self._repeated
