"""Workbooks of LibreOffice and of government's live tables (.ods), read cell by cell."""

from ineqlib.sources.reading.archive import Archive
from ineqlib.sources.reading.cells import is_note_mark, number_text, percent_text, reference
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
        super().__init__()
        self.text = lambda _text: None
        self.styles: dict[str, str] = {}
        self.hidden: set[str] = set()
        self._style = ""

    def start_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("style:name", "")

    def start_table_properties(self, attributes: Attributes) -> None:
        if attributes.get("table:display") == "false":
            self.hidden.add(self._style)

    def start_table(self, attributes: Attributes) -> None:
        if "table:name" in attributes:
            self.styles[attributes["table:name"]] = attributes.get("table:style-name", "")


class _Cells(XmlHandler):
    """The rows of one sheet; the cells of others are passed over."""

    def __init__(self, sheet: Sheet, most_rows: int) -> None:
        super().__init__()
        self._sheet, self._most_rows = sheet, most_rows
        self._is_here = False
        self._row, self._repeated, self._is_hidden = 1, 1, False
        self._texts: list[str] = []
        self._dates: list[int] = []
        self._column = 1
        self._cell: Attributes = {}
        self._paragraphs: list[str] = []
        self._notes = 0
        self._style = ""
        self._raised: set[str] = set()
        self._spans: list[tuple[bool, int]] = []
        self._has_mark = False

    def start_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("style:name", "")

    def start_text_properties(self, attributes: Attributes) -> None:
        if attributes.get("style:text-position", "").startswith("super"):
            self._raised.add(self._style)

    def start_table(self, attributes: Attributes) -> None:
        self._is_here = attributes.get("table:name") == self._sheet.name

    def end_table(self) -> None:
        if self._is_here:
            raise Stop

    def start_table_row(self, attributes: Attributes) -> None:
        self._repeated = int(attributes.get("table:number-rows-repeated", "1"))
        self._texts, self._dates, self._column = [], [], 1
        self._is_hidden = attributes.get("table:visibility", "visible") != "visible"

    def start_table_cell(self, attributes: Attributes) -> None:
        self._cell, self._paragraphs, self._has_mark = attributes, [], False

    def start_annotation(self, _attributes: Attributes) -> None:
        self._notes += 1

    def end_annotation(self) -> None:
        self._notes -= 1

    def start_p(self, _attributes: Attributes) -> None:
        self.pieces.clear()

    def start_span(self, attributes: Attributes) -> None:
        is_raised = attributes.get("text:style-name", "") in self._raised
        self._spans.append((is_raised, len(self.pieces)))

    def end_span(self) -> None:
        is_raised, before = self._spans.pop()
        if is_raised and is_note_mark("".join(self.pieces[before:])):
            del self.pieces[before:]
            self._has_mark = True

    def start_s(self, attributes: Attributes) -> None:
        self.pieces.append(" " * min(int(attributes.get("text:c", "1")), 100))

    def start_line_break(self, _attributes: Attributes) -> None:
        self.pieces.append("\n")

    def end_p(self) -> None:
        if not self._notes:
            self._paragraphs.append("".join(self.pieces))

    def start_covered_table_cell(self, attributes: Attributes) -> None:
        # Whatever it holds is not to be seen.
        self._column += int(attributes.get("table:number-columns-repeated", "1"))

    def end_table_cell(self) -> None:
        if self._is_here:
            self._end_cell()

    def end_table_row(self) -> None:
        if self._is_here:
            self._end_row()

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
        if self._has_mark:
            self._sheet.note_marks.append(reference(self._row, column))
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
        return "\n".join(self._paragraphs)

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
