"""JSON of records, as R, pandas and interfaces write a table: an object a row."""

import csv
import io
import json
from typing import Any

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Content
from ineqlib.sources.reading.text import decode


def records_as_csv(content: Content) -> Content | None:
    """Write JSON of records, in a list or one a line, as a table; None where it is none.

    Numbers stay as they are written, and a record that lacks a field has an empty cell.

    Raises
    ------
    InputError
        A record has a field twice.
    """
    records = [] if content.whole else _records(decode(content))
    if not records or not all(map(_is_flat, records)):
        return None
    text = io.StringIO()
    fields = list(dict.fromkeys(name for record in records for name in record))
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(fields)
    writer.writerows([_cell(record.get(name)) for name in fields] for record in records)
    return Content(text.getvalue().encode())


def _records(text: str) -> list[Any]:
    """Return what a list holds, or each line, or the one record; nothing where it is no JSON."""
    try:
        parsed = _parse(text)
    except ValueError:
        try:
            return [_parse(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            return []
    return parsed if isinstance(parsed, list) else [parsed]


def _parse(text: str) -> Any:
    return json.loads(
        text,
        parse_float=str,
        parse_int=str,
        parse_constant=lambda _: None,
        object_pairs_hook=_record,
    )


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(f"JSON of which a record has a field twice: {listed(twice)}. Keep one.")
    return dict(pairs)


def _is_flat(record: object) -> bool:
    return isinstance(record, dict) and not any(
        isinstance(value, (dict, list)) for value in record.values()
    )


def _cell(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value or ""
