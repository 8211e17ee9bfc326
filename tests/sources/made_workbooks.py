"""Small workbooks, made byte by byte where no library writes what a test needs."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import openpyxl

SHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def saved(*rows, change=lambda sheet: None, **others) -> bytes:
    """A workbook of one sheet, and others by name."""
    book = openpyxl.Workbook()
    book.active.title = "Figures"
    for sheet, content in {
        book.active: rows,
        **{book.create_sheet(n): r for n, r in others.items()},
    }.items():
        for row in content:
            sheet.append(row)
    change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(sheet: str, **parts: str) -> bytes:
    """A workbook of Excel with one sheet, whose XML is given."""
    targets = {"worksheet": "worksheets/sheet1", **{name: name for name in parts}}
    links = "".join(
        f"<Relationship Id='rId{number}' Type='x/{kind}' Target='{target}.xml'/>"
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns:r="{LINKS}"><sheets>'
            '<sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET_NAMESPACE}">{sheet}</worksheet>',
            **{f"xl/{name}.xml": text for name, text in parts.items()},
        }
    )


def ods(*rows: Sequence[str], name: str = "Figures") -> bytes:
    """A workbook of LibreOffice; cells are XML, or text."""
    written = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": "<office:document-content xmlns:office='o' xmlns:table='t' "
            "xmlns:text='x'><office:body><office:spreadsheet>"
            f"<table:table table:name={quoteattr(name)}>{written}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_number(value: float, kind: str = "float") -> str:
    return f"<table:table-cell office:value-type='{kind}' office:value='{value!r}'/>"


def _ods_cell(cell: str) -> str:
    if cell.startswith("<"):
        return cell
    return f"<table:table-cell office:value-type='string'><text:p>{escape(cell)}</text:p>" + (
        "</table:table-cell>"
    )


GENERAL, PERCENT, DAY = 0, 1, 2
"""Numbers of the styles of cells in `xls`."""


def xls(
    *rows: Sequence[str | float | tuple[float, int] | list[str] | None],
    hidden: Sequence[int] = (),
) -> bytes:
    """A workbook of Excel 97: texts, numbers, numbers with a style, and [text, what is raised]."""
    name = b"Figures"
    formats = (0, 10, 14)  # General, 0.00% and a date
    styles = b"".join(
        _record(0xE0, struct.pack("<HHH", 0, each, 0) + bytes(14)) for each in formats
    )
    fonts = b"".join(
        _record(0x31, struct.pack("<HHHHHBBBBBB", 200, 0, 8, 400, raised, *bytes(4), 1, 0) + b"A")
        for raised in (0, 1)
    )
    globals_ = _begin(0x0005) + _record(0x42, struct.pack("<H", 1200)) + fonts + styles
    size = len(globals_) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IBBBB", size, 0, 0, len(name), 0) + name
    cells = b"".join(
        _record(0x208, struct.pack("<HHHHHHI", number, 0, 9, 255, 0, 0, 0x20)) for number in hidden
    )
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = (number, column)
            match cell:
                case str():
                    text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                    cells += _record(0x204, struct.pack("<HHH", *place, GENERAL) + text)
                case [str(plain), str(raised)]:
                    both = plain + raised
                    text = struct.pack("<HB", len(both), 1) + both.encode("utf-16-le")
                    runs = struct.pack("<HHH", 1, len(plain), 1)
                    cells += _record(0xD6, struct.pack("<HHH", *place, GENERAL) + text + runs)
                case (value, style):
                    cells += _record(0x203, struct.pack("<HHHd", *place, style, value))
                case float() | int():
                    cells += _record(0x203, struct.pack("<HHHd", *place, GENERAL, cell))
    stream = (
        globals_ + _record(0x85, bound) + _record(0x0A) + _begin(0x0010) + cells + _record(0x0A)
    )
    return _compound(stream)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 1997, 0x41, 6))


def _compound(stream: bytes) -> bytes:
    """Put a stream into the container of old Office files: table, directory, then the stream."""
    stream = stream.ljust(4608, b"\0")
    sectors = -(-len(stream) // 512)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    root = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    book = _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIII", 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0)
    return (
        header.ljust(512, b"\xff")
        + table
        + (root + book).ljust(512, b"\0")
        + (stream.ljust(512 * sectors, b"\0"))
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )
