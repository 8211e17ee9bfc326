"""The bytes of a file: unpacked, decoded and looked into, whatever its name is."""

import codecs
import csv
import gzip
import io
import json
import re
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from ineqlib.errors import InputError, listed, nearest
from ineqlib.sources.base import Head
from ineqlib.sources.maps import map_format

LARGEST = 1_000_000_000
"""Bytes, unpacked. The largest publication read is a tenth of this."""

BEGINNING = 100_000
"""Bytes looked at to find the header of a text table."""

ENCODINGS = ("utf-8-sig", "cp1252")
WEB_PAGE = re.compile(r"^[ \t]*<(?:!doctype html|html)\b", re.IGNORECASE | re.MULTILINE)
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"


def read_content(path: str | Path) -> bytes:
    """Return the bytes of a file; gzip is unpacked, whether or not the name says so.

    Raises
    ------
    InputError
        The file is missing, a broken gzip, or larger than `LARGEST`.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            packed = file.read(2) == GZIP
            file.seek(0)
            stream = gzip.GzipFile(fileobj=file) if packed else file
            content = stream.read(LARGEST + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{path.name} is a damaged gzip file: {error}. Fetch it again.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > LARGEST:
        raise InputError(
            f"{path.name} is larger than {LARGEST:,} bytes unpacked; no publication is."
        )
    return content


def head(content: bytes) -> Head:
    """Look at the beginning of a file: its columns, or the kind of JSON it is.

    Raises
    ------
    InputError
        A workbook cannot be opened, or the file is not text.
    """
    if map_kind := map_format(content):
        return Head(json_type=map_kind, text=map_kind)
    if content.startswith(ZIP):
        return Head(columns=_sheet_header(content), text="PK")
    text = decode(content)
    beginning = text[:BEGINNING].lstrip()
    if beginning.startswith(("{", "[")):
        return _json_head(text)
    if not beginning or beginning.startswith("<"):
        return Head(text=beginning[:2000])
    row = next(csv.reader(io.StringIO(beginning, newline="")), [])
    return Head(columns=tuple(cell.strip() for cell in row), text=beginning[:2000])


def decode(content: bytes) -> str:
    """Decode text as UTF-8 (a byte-order mark is dropped), else as Windows-1252.

    Also as UTF-16 where it is marked so: PowerShell makes that of what is redirected to a file.

    Raises
    ------
    InputError
        The bytes are text in none of these.
    """
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_utf16 else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("The file is not text: it is neither UTF-8, UTF-16 nor Windows-1252.")


def read_table(content: bytes, required: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read a CSV as text, cell by cell: codes keep their zeros and empty cells stay empty.

    Raises
    ------
    InputError
        The table cannot be read, is empty, lacks a required column, holds a web page, or its rows
        have more cells than the heading.
    """
    text = decode(content)
    if page := WEB_PAGE.search(text):
        line = text.count("\n", 0, page.start()) + 1
        raise InputError(
            f"Line {line:,} begins a web page, often an error page that took the place of the rest "
            "of the data. Download the file again and look at its end before using it."
        )
    try:
        frame = pd.read_csv(
            io.StringIO(text), dtype="str", keep_default_na=False, skipinitialspace=True
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"The table cannot be read: {error}") from error
    if not isinstance(frame.index, pd.RangeIndex):  # pandas has made an index of the first cells
        raise InputError(
            "The rows have more cells than the heading has columns, so no cell can be trusted to "
            "be under its own heading. Download or export the file again."
        )
    frame.columns = frame.columns.str.strip()
    if missing := [name for name in required if name not in frame.columns]:
        raise InputError(
            f"{len(missing)} column(s) are missing: {listed(missing)}. Found: "
            f"{listed(frame.columns, 30)}.{nearest(missing[0], frame.columns)}"
        )
    if frame.empty:
        raise InputError("The table has a header but no rows.")
    return frame


def numbers(column: pd.Series) -> pd.Series:
    """Turn a text column into numbers; empty cells and ``NA`` are missing.

    Raises
    ------
    InputError
        Some cells hold anything else; the message counts them and quotes five.
    """
    blank = column.isin(["", "NA"])
    values = pd.to_numeric(column.where(~blank), errors="coerce").astype("float64")
    if len(wrong := column[values.isna() & ~blank]):
        rows = listed(f"'{text}' in row {row + 2}" for row, text in wrong.items())
        raise InputError(f"Column '{column.name}' has {len(wrong)} cell(s) not a number: {rows}.")
    return values


def _json_head(text: str) -> Head:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Head(json_type="broken", text=f"{error}")
    if isinstance(parsed, list):
        first = parsed[0] if parsed else None
        return Head(json_type="list", properties=_keys(first), text=text[:2000])
    kind = parsed.get("type")
    return Head(
        json_type=kind[:40] if isinstance(kind, str) and kind.isprintable() else "object",
        properties=_properties(parsed),
        text=text[:2000],
    )


def _properties(parsed: dict[str, Any]) -> tuple[str, ...]:
    """Return the property names of the first feature, or the keys of any other object."""
    match parsed:
        case {"type": "FeatureCollection", "features": [{"properties": inner}, *_]}:
            return _keys(inner)
        case {"type": "FeatureCollection"}:
            return ()
        case {"type": "Topology", "objects": dict(objects)} if objects:
            match next(iter(objects.values())):
                case {"geometries": [{"properties": inner}, *_]}:
                    return _keys(inner)
            return ()
        case _:
            return _keys(parsed)


def _keys(value: object) -> tuple[str, ...]:
    return tuple(filter(str.isprintable, value)) if isinstance(value, dict) else ()


def _sheet_header(content: bytes) -> tuple[str, ...]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except Exception as error:  # openpyxl raises whatever the part of the file raised
        raise InputError(f"The workbook cannot be opened: {error}") from error
    rows = book.worksheets[0].iter_rows(max_row=1, values_only=True)
    return tuple("" if cell is None else str(cell).strip() for cell in next(rows, ()))
