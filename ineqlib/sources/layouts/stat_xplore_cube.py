"""What the interface of Stat-Xplore answers, as its files have it: one row a figure."""

import csv
import io
import re
from itertools import product
from typing import Any

from ineqlib.errors import InputError, listed
from ineqlib.sources.layouts.cross_tables import is_period
from ineqlib.sources.reading.json_text import parse_json

_AREA = re.compile(r".*:([A-Z]\d{8})")
_MONTH = re.compile(r"\d{6} \((\w{3})-(\d\d)\)")
"""A month as some tables name it: ``202505 (May-25)``."""


def as_file(content: bytes) -> bytes:
    """Write a table in the layout of the service's files.

    Parameters
    ----------
    content : bytes
        The answer of ``/table``, of one measure.

    Raises
    ------
    InputError
        It has several measures, or no field of areas.
    """
    answer = parse_json(content)
    try:
        if len(answer["measures"]) != 1:
            names = listed(measure["label"] for measure in answer["measures"])
            raise InputError(f"A table of Stat-Xplore with several measures: {names}. Ask for one.")
        [measure] = answer["measures"]
        headings = [_heading(field) for field in answer["fields"]]
        cells = [[_cell(item) for item in field["items"]] for field in answer["fields"]]
        values = _flat(answer["cubes"][measure["uri"]]["values"])
    except (KeyError, TypeError) as error:
        raise InputError(
            f"A table of Stat-Xplore that lacks {error}: its layout is new."
        ) from error
    if "Geography" not in headings:
        raise InputError(
            f"A table of Stat-Xplore without areas: its fields are {listed(headings)}. Put a field "
            "of areas into it, with codes of the ONS as its values."
        )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([*headings, measure["label"]])
    for labels, value in zip(product(*cells), values, strict=True):
        writer.writerow([*labels, ".." if value is None else value])
    return text.getvalue().encode()


def _heading(field: Any) -> str:
    if all(_AREA.fullmatch(uri) for item in field["items"] for uri in item.get("uris", ())):
        return "Geography"
    return "Time" if all(is_period(_cell(item)) for item in field["items"]) else field["label"]


def _cell(item: Any) -> str:
    """Return the label of a value, with the code of an area, which stands in its address alone."""
    label = ", ".join(item["labels"])
    code = _AREA.fullmatch(item.get("uris", [""])[0])
    return f"{code[1]} : {label}" if code else _MONTH.sub(r"\1 20\2", label)


def _flat(values: Any) -> list[Any]:
    if not isinstance(values, list):
        return [values]
    return [cell for inner in values for cell in _flat(inner)]
