"""The beginning of a file's content: enough to tell in which layout it is."""

import io
from itertools import islice
from typing import Any

from ineqlib.errors import InputError
from ineqlib.sources.base import Content, Head
from ineqlib.sources.maps import map_format, maps_of
from ineqlib.sources.reading.archive import ZIP, Archive
from ineqlib.sources.reading.delimited import DelimitedRows
from ineqlib.sources.reading.json_text import parse_json
from ineqlib.sources.reading.rows import BEGINNING, heading_of
from ineqlib.sources.reading.text import encoding_of
from ineqlib.sources.reading.workbooks import chosen_sheet, open_workbook, table_sheets

_BEGINNING = 2000


def head(content: bytes) -> Head:
    """Look at the beginning of a file: its columns, or the kind of JSON it is.

    Raises
    ------
    InputError
        A workbook cannot be opened, or the file is not text.
    """
    if map_kind := map_format(content):
        return Head(json_type=map_kind, text=map_kind)
    if book := open_workbook(content):
        sheet = content.sheet if isinstance(content, Content) else ""
        headings = table_sheets(book)
        return Head(_stripped(headings[chosen_sheet(book, sheet)].cells), is_workbook=True)
    if content.startswith(ZIP):
        return Head(members=Archive(content).names)
    beginning = _beginning(content)
    if beginning.startswith(("{", "[")):
        return _json_head(content, beginning)
    if not beginning or beginning.startswith("<"):
        return Head(text=beginning)
    first = list(islice(DelimitedRows(io.BytesIO(content)), BEGINNING))
    place = heading_of(first)
    if place is None:
        return Head(text=beginning)
    below = [row for row in first[place + 1 :] if any(row.cells)][:1]
    is_regular = all(len(row.cells) == len(first[place].cells) for row in below)
    return Head(_stripped(first[place].cells), text=beginning, is_regular=is_regular)


def _beginning(content: bytes) -> str:
    """Return the first characters of a text; its lines may be longer than any table's."""
    encoding = encoding_of(io.BytesIO(content))
    return content[: 4 * _BEGINNING].decode(encoding, "ignore").lstrip()[:_BEGINNING]


def _stripped(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)


def _json_head(content: bytes, beginning: str) -> Head:
    try:
        parsed = parse_json(content)
    except RecursionError as error:
        raise InputError(
            "JSON that is nested too deeply to be data: it is damaged, or made to do harm."
        ) from error
    except ValueError as error:
        return Head(json_type="broken", text=f"{error}")
    if isinstance(parsed, list):
        first = parsed[0] if parsed else None
        return Head(json_type="list", properties=_keys(first), text=beginning)
    kind = parsed.get("type")
    return Head(
        json_type=kind[:40] if isinstance(kind, str) and kind.isprintable() else "object",
        properties=_properties(parsed),
        text=beginning,
    )


def _properties(parsed: dict[str, Any]) -> tuple[str, ...]:
    """Return the property names of the first feature, or the keys of any other object."""
    match parsed:
        case {"type": "FeatureCollection", "features": [{"properties": inner}, *_]}:
            return _keys(inner)
        case {"type": "FeatureCollection"}:
            return ()
        case {"type": "Topology", "objects": dict(objects)}:
            for shapes in maps_of(objects).values():
                return _keys(shapes[0].get("properties")) if isinstance(shapes[0], dict) else ()
            return ()
        case _:
            return _keys(parsed)


def _keys(value: object) -> tuple[str, ...]:
    return tuple(filter(str.isprintable, value)) if isinstance(value, dict) else ()
