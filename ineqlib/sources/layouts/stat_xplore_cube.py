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
    try:
        heading, rows = _table(parse_json(content))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise InputError(
            f"A table of Stat-Xplore that is damaged, or of a new layout ({error}). Fetch it again."
        ) from error
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue().encode()


def _table(answer: Any) -> tuple[list[str], list[list[Any]]]:
    measures = answer["measures"]
    if len(measures) != 1:
        names = listed(measure["label"] for measure in measures)
        raise InputError(f"A table of Stat-Xplore with several measures: {names}. Ask for one.")
    fields = answer["fields"]
    headings = [_heading(field) for field in fields]
    if "Geography" not in headings:
        raise InputError(
            f"A table of Stat-Xplore without areas: its fields are {listed(headings)}. Put a field "
            "of areas into it, with codes of the ONS as its values."
        )
    cells = [[_cell(item) for item in field["items"]] for field in fields]
    figures = _flat(answer["cubes"][measures[0]["uri"]]["values"], [len(items) for items in cells])
    rows = [
        [*labels, ".." if figure is None else figure]
        for labels, figure in zip(product(*cells), figures, strict=True)
    ]
    return [*headings, measures[0]["label"]], rows


def _heading(field: Any) -> str:
    if all(_AREA.fullmatch(uri) for item in field["items"] for uri in item.get("uris", ())):
        return "Geography"
    return "Time" if all(is_period(_cell(item)) for item in field["items"]) else field["label"]


def _cell(item: Any) -> str:
    """Return the label of a value, with the code of an area, which stands in its address alone."""
    label = ", ".join(item["labels"])
    code = _AREA.fullmatch(item.get("uris", [""])[0])
    return f"{code[1]} : {label}" if code else _MONTH.sub(r"\1 20\2", label)


def _flat(values: Any, sizes: list[int]) -> list[Any]:
    """Return the figures in one row, if each place has as many as its field has items."""
    if not sizes:
        return [values]
    if len(values) != sizes[0]:
        raise ValueError(f"{len(values)} figures where its fields have {sizes[0]} items")
    return [figure for inner in values for figure in _flat(inner, sizes[1:])]
