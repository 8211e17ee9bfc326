"""Telling from its content which publisher's layout a file has; its name is never trusted."""

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout
from ineqlib.sources.content import head, read_content
from ineqlib.sources.layouts import (
    boundaries,
    deprivation,
    explore_statistics,
    extracts,
    fingertips,
    lookups,
    neighbours,
    outcomes_by_deprivation,
    own_figures,
    population,
)

__all__ = ["LAYOUTS", "head", "read_content", "recognise"]

LAYOUTS: tuple[Layout, ...] = (
    *fingertips.LAYOUTS,
    *explore_statistics.LAYOUTS,
    *extracts.LAYOUTS,
    *outcomes_by_deprivation.LAYOUTS,
    *deprivation.LAYOUTS,
    *boundaries.LAYOUTS,
    *lookups.LAYOUTS,
    *neighbours.LAYOUTS,
    *population.LAYOUTS,
    *own_figures.LAYOUTS,
)
"""Every layout, in the order they are tried."""


def recognise(content: bytes) -> Layout:
    """Return the layout of a file.

    Raises
    ------
    InputError
        No known layout; the message says what the file looks like instead.
    """
    start = head(content)
    for layout in LAYOUTS:
        if layout.matches(start):
            return layout
    raise InputError(f"Not a layout ineqlib knows: it looks like {_looks_like(start)}.")


def _looks_like(start: Head) -> str:
    text = start.text.lower()
    if not start.text:
        return "an empty file"
    if "<html" in text or "<!doctype html" in text:
        return (
            "a web page (HTML), perhaps an error page or sign-in page saved in place of the data; "
            "fetch the file again"
        )
    if text.startswith("<"):
        return "an XML file"
    if start.json_type == "broken":
        return f"JSON that is cut short or damaged ({start.text})"
    if start.json_type:
        return f"JSON of type '{start.json_type}' with {listed(start.properties) or 'no fields'}"
    kind = "a workbook whose first row is" if start.text == "PK" else "a CSV with the columns"
    return f"{kind} {listed(start.columns, 8)}"
