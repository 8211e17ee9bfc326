"""Telling from its content which publisher's layout a file has; its name is never trusted."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Content, Head, Layout
from ineqlib.sources.beginning import head
from ineqlib.sources.content import read_content
from ineqlib.sources.headings import as_published
from ineqlib.sources.layouts import (
    area_deprivation,
    boundaries,
    by_age,
    deprivation,
    education,
    explore_statistics,
    extracts,
    fingertips,
    fingertips_next,
    lg_inform,
    life_expectancy,
    lookups,
    neighbours,
    nested_areas,
    nhs,
    nomis,
    nomis_tables,
    ons_datasets,
    outcomes_by_deprivation,
    own_figures,
    population,
    revenue_outturn,
    scotpho,
    stat_xplore,
    who_equity,
)
from ineqlib.sources.not_read import (
    columns_not_read,
    format_not_read,
    interface_of,
    json_not_read,
    markup_not_read,
)
from ineqlib.sources.reading.records import records_as_csv
from ineqlib.sources.reading.sheets import Workbook
from ineqlib.sources.reading.workbooks import open_workbook, table_sheets

__all__ = ["LAYOUTS", "head", "read_content", "recognise", "recognise_sheets"]

LAYOUTS: tuple[Layout, ...] = (
    *fingertips.LAYOUTS,
    *fingertips_next.LAYOUTS,
    *explore_statistics.LAYOUTS,
    *education.LAYOUTS,
    *nomis.LAYOUTS,
    *nomis_tables.LAYOUTS,
    *ons_datasets.LAYOUTS,
    *who_equity.LAYOUTS,
    *scotpho.LAYOUTS,
    *extracts.LAYOUTS,
    *outcomes_by_deprivation.LAYOUTS,
    *life_expectancy.LAYOUTS,
    *deprivation.LAYOUTS,
    *area_deprivation.LAYOUTS,
    *boundaries.LAYOUTS,
    *lookups.LAYOUTS,
    *nested_areas.LAYOUTS,
    *neighbours.LAYOUTS,
    *population.LAYOUTS,
    *by_age.LAYOUTS,
    *nhs.LAYOUTS,
    *lg_inform.LAYOUTS,
    *revenue_outturn.LAYOUTS,
    *stat_xplore.LAYOUTS,
    *own_figures.LAYOUTS,
)
"""Every layout, in the order they are tried."""


_LONGEST_NAME = 60
_NO_NAME = re.compile(r"[-+£$]?[\d.,:/\- ]+%?|.*@.*|[A-Z]\d{8}")
"""What heads no column: numbers, dates, addresses, codes of areas."""


_RECORDS = "JSON of records, read as a table of which row 2 is the first"
_HEAD_IT = (
    "To have its figures read, head its columns area_code, indicator, period and value, with one "
    "row for each figure (docs/your-own-figures.md)"
)


def recognise(content: bytes) -> Layout:
    """Return the layout of a file; of a workbook, that of the first sheet that has one.

    Raises
    ------
    InputError
        No known layout; the message says what the file looks like instead.
    """
    parts, _ = recognise_sheets(content)
    return parts[0][0]


def recognise_sheets(content: bytes) -> tuple[list[tuple[Layout, Content]], str]:
    """Return the layout of a file, or of each sheet of a workbook that has one.

    Returns
    -------
    tuple
        Each layout with the content that it reads; and which sheets are left out, if any are.

    Raises
    ------
    InputError
        No known layout; the message says what the file looks like instead.
    """
    content = content if isinstance(content, Content) else Content(content)
    book = open_workbook(content)
    if unread := format_not_read(content):
        raise InputError(f"Not read, for it is {unread}.")
    if book is None:
        starts = {"": head(content)}
    else:
        starts = {
            name: Head(tuple(cell.strip() for cell in heading.cells), is_workbook=True)
            for name, heading in table_sheets(book).items()
        }
    layouts = {name: _layout_of(start) for name, start in starts.items()}
    parts = [
        (layout, Content(content, name) if name else content)
        for name, layout in layouts.items()
        if layout
    ] or list(_respelt(starts, content))
    if not parts and (table := _table_of_records(starts, content)):
        with suppress(InputError):
            return recognise_sheets(table)[0], _RECORDS
    if not parts:
        start = next(iter(starts.values()))
        raise InputError(f"Not a layout ineqlib knows: it looks like {_looks_like(start)}.")
    read = {part.sheet for _, part in parts} if book else set()
    return parts, _left_out(book, read)


def _respelt(starts: dict[str, Head], content: Content) -> Iterator[tuple[Layout, Content]]:
    """Give the tables whose headings a program such as R has spelt otherwise."""
    for name, start in starts.items():
        for layout in filter(lambda layout: layout.headings, LAYOUTS):
            columns = as_published(start.columns, layout.headings)
            if layout.matches(replace(start, columns=columns)):
                part = Content(content, name)
                part.headings = dict(zip(start.columns, columns, strict=True))
                yield layout, part
                break


def _table_of_records(starts: dict[str, Head], content: Content) -> Content | None:
    start = starts.get("")
    is_list = start is not None and start.json_type in ("list", "broken", "object")
    return records_as_csv(content) if is_list else None


def _layout_of(start: Head) -> Layout | None:
    return next((layout for layout in LAYOUTS if layout.matches(start)), None)


def _left_out(book: Workbook | None, read: set[str]) -> str:
    unread = [sheet for sheet in book.sheets if sheet.name not in read] if book else []
    reasons = [
        f"{len(names)} {what}: {listed(names)}"
        for names, what in (
            ([name for name, hidden in unread if not hidden], "sheet(s) without a known table"),
            ([name for name, hidden in unread if hidden], "hidden sheet(s), to be read if shown"),
        )
        if names
    ]
    return f"not read: {'; '.join(reasons)}" if reasons else ""


def _looks_like(start: Head) -> str:
    text = start.text.lower()
    if known := columns_not_read(start.columns):
        return known
    if start.is_workbook:
        return f"a workbook whose first table has {_names(start)}. {_HEAD_IT}"
    if start.members:
        return f"an archive of {len(start.members)} file(s)"
    if not start.text:
        return "an empty file"
    if text.startswith("<"):
        return markup_not_read(text)
    if start.json_type == "broken" and start.text.startswith("Extra data"):
        return (
            "several JSON values one after the other, such as one shape or record a line. Save "
            "them as one file: shapes as GeoJSON, figures as CSV"
        )
    if start.json_type == "broken":
        return f"JSON that is cut short or damaged ({start.text})"
    if interface := interface_of(start.properties):
        return interface
    if start.json_type:
        fields = listed(name[:_LONGEST_NAME] for name in start.properties) or "no fields"
        return json_not_read(start.json_type[:_LONGEST_NAME], fields)
    return f"a CSV with {_names(start)}. {_HEAD_IT}"


def _names(start: Head) -> str:
    """Name the first columns, unless they may be a line of the content: that is not repeated."""
    names = [name for name in start.columns if name]
    odd = any(len(name) > _LONGEST_NAME or _NO_NAME.fullmatch(name) for name in names)
    if len(names) < 2 or odd or not start.is_regular:
        return f"{len(start.columns)} column(s) and no heading that can be told from its content"
    return f"the columns {listed(names)}"
