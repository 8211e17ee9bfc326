"""From rows to a table: its heading, its notes, and whether every row is whole."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ineqlib.errors import InputError
from ineqlib.sources.reading.limits import check_columns
from ineqlib.sources.reading.rows import BEGINNING, Row, heading_of, tidy_text
from ineqlib.sources.texts import has_byte

BLOCK = 2_000_000
"""Cells that are kept as Python's texts before they are packed into columns."""

_PAGE = re.compile(r"\s*<(?:!doctype html|html|\?xml|error)\b", re.IGNORECASE)
_END = 20_000
"""Bytes at the end of a text, of which the last line is looked at."""
_PAGE_WITHIN = re.compile(rb"<(?:!doctype html|html|body)\b", re.IGNORECASE)
_JSON = re.compile(r"\s*\[?\s*\{\s*[\"']")
_CODE = re.compile(r"[A-Z]\d{8}")
_NOTE = re.compile(
    r"(?:info|notes?|sources?|footnotes?|contact|copyright|download(?:ed)?|this|these)\b"
    r"|[©*†‡\[]|#\s|\(?\d{1,2}[.):]\s|\(?[a-z]\)",
    re.IGNORECASE,
)
_HEADING_AGAIN = 0.6
"""Share of a row's cells that are names of columns, from which it is a heading itself."""


class _Lengths:
    """How many cells the rows of a text file have, apart from those that have one a column."""

    def __init__(self, width: int) -> None:
        self._width = width
        self.rows = 0
        self._odd: Counter[int] = Counter()
        self._first: dict[int, int] = {}

    def note(self, row: Row) -> None:
        """Note a row that is longer or shorter than the heading."""
        self._odd[len(row.cells)] += 1
        self._first.setdefault(len(row.cells), row.number)

    def check(self, last: int, ends_in_line_end: bool) -> None:
        """Refuse rows that are not all of one length.

        One publisher's heading has a name more than each of its rows: nothing is lost there.
        """
        longer = [cells for cells in self._odd if cells > self._width]
        wrong = longer or list(self._odd)
        number = sum(self._odd[cells] for cells in wrong)
        is_uniform = wrong == [self._width - 1] and number == self.rows
        if not wrong or (is_uniform and (number > 1 or ends_in_line_end)):
            return
        cells = min(wrong, key=self._first.__getitem__)
        row = self._first[cells]
        example = f"ow {row:,} has {cells} cells, the heading has {self._width}"
        if not longer and number == 1 and row == last:
            raise InputError(
                f"R{example}: the file is cut short. Download or export the file again."
            )
        raise InputError(
            f"{number:,} row(s) have {'more' if longer else 'fewer'} cells than the heading has "
            f"columns (r{example}), so no cell can be trusted to be under its own heading. "
            "Download or export the file again, or save it as a workbook."
        )


class TableReader:
    """A table in the rows of a file: title rows above it and notes below are told apart.

    Parameters
    ----------
    rows : iterable of Row
        All rows of a text file or a sheet, in their order.
    is_text : bool
        Whether every row should have a cell for each column, as text files have.

    Raises
    ------
    InputError
        There is no heading, or too many columns.
    """

    def __init__(self, rows: Iterable[Row], *, is_text: bool) -> None:
        self._rows = iter(rows)
        self._is_text = is_text
        beginning = list(itertools.islice(self._rows, BEGINNING))
        place = heading_of(beginning)
        if place is None:
            raise InputError("The table cannot be read: the file is empty.")
        self.heading = beginning[place]
        _refuse_page(self.heading, is_first=True)
        self._rows = itertools.chain(beginning[place + 1 :], self._rows)
        names = [tidy_text(cell) for cell in self.heading.cells]
        self.places = [number for number, name in enumerate(names) if name]
        self._width = self.places[-1] + 1
        check_columns(self._width)
        self._names = names[: self._width]
        self._unnamed = [number for number, name in enumerate(self._names) if not name]
        # Counts of people are often the same as the ages that head their columns.
        self.known = {name for name in names if name and not name.isdecimal()}
        self.columns = _different([names[number] for number in self.places])
        self._first_stray = 0
        self._lengths = _Lengths(self._width)
        self._last = self.heading.number
        self.rows_read = 0
        self.headings_again: list[int] = []
        self.remarks: list[str] = []
        if place:
            self.remarks.append(f"the heading is in row {self.heading.number:,}")

    def blocks(self) -> Iterator[pd.DataFrame]:
        """Give the table in pieces; `check` and `remarks` are of use after the last.

        The index of a piece is such that ``index + 2`` is the number of the row.
        """
        most = max(1, BLOCK // len(self.places))
        pick = itemgetter(*self.places) if len(self.places) > 1 else None
        only = self.places[0]
        rows = self._data()
        while piece := list(itertools.islice(rows, most)):
            cells = [pick(row.cells) if pick else (row.cells[only],) for row in piece]
            yield pd.DataFrame(
                {
                    name: pd.array(list(column), dtype="str")
                    for name, column in zip(self.columns, zip(*cells, strict=True), strict=True)
                },
                index=_index([row.number for row in piece]),
            )

    def check(self, ends_in_line_end: bool) -> None:
        """Refuse a table whose rows are not whole, once all are read.

        Raises
        ------
        InputError
            Rows have more or fewer cells than the heading.
        """
        self._lengths.check(self._last, ends_in_line_end)
        if self._first_stray:
            self.remarks.append(
                f"cells without a heading are not read (the first in row {self._first_stray:,})"
            )

    def _data(self) -> Iterator[Row]:
        """Give the rows of data, each with a cell for every column."""
        pending: list[tuple[Row, bool]] = []
        previous = self.heading.number
        for row in self._rows:
            if not any(row.cells) and (self._width > 1 or not row.cells):
                continue
            if row.number == self.heading.number + 1 and self._names_the_rows(row):
                self.remarks.append(f"row {row.number:,} only names the first column")
                previous = row.number
                continue
            after_blank, previous = row.number > previous + 1, row.number
            if self._may_be_note(row):
                pending.append((row, after_blank))
                continue
            yield from map(self._whole, (before for before, _ in pending))
            pending.clear()
            if self._is_heading(row):
                self.headings_again.append(row.number)
                self.rows_read += 1
            else:
                yield self._whole(row)
        notes = list(itertools.dropwhile(lambda pair: not self._is_note(*pair), pending))
        yield from map(self._whole, (row for row, _ in pending[: len(pending) - len(notes)]))
        if notes:
            coded = [row.number for row, _ in notes if _CODE.fullmatch(_first_text(row))]
            remark = f"{len(notes):,} row(s) of notes below the table are not read"
            if coded:
                remark += (
                    f"; row {coded[0]:,} among them begins with the code of an area: if that is "
                    "another table, save it as a file of its own"
                )
            self.remarks.append(remark)

    def _whole(self, row: Row) -> Row:
        cells = row.cells
        self._last = row.number
        self.rows_read += 1
        self._lengths.rows += 1
        if cells and cells[0][:1] in ("<", "{", "["):
            _refuse_page(row)
        if len(cells) == self._width and not self._unnamed:
            return row
        beyond = any(cells[self._width :])
        if self._is_text and (beyond or len(cells) < self._width):
            self._lengths.note(row)
        elif beyond:
            self._note_stray(row)
        cells = cells + [""] * (self._width - len(cells))
        # R and pandas number the rows in a first column without a name.
        if any(cells[n] for n in self._unnamed if n or not cells[n].isdecimal()):
            self._note_stray(row)
        return row._replace(cells=cells)

    def _note_stray(self, row: Row) -> None:
        self._first_stray = self._first_stray or row.number

    def _may_be_note(self, row: Row) -> bool:
        """Tell whether only the first cell or two of a row are filled, or the service speaks."""
        if row.cells[:1] == ["INFO"]:
            return True
        filled = min(2, (self._width - 1) // 2)
        return bool(filled) and not any(row.cells[self.places[0] + filled :])

    def _names_the_rows(self, row: Row) -> bool:
        """Tell the name of the rows, which a cross table has below its heading, alone."""
        first, *others = row.cells
        is_alone = self._is_text and len(others) < min(2, self._width - 1) and not any(others)
        return is_alone and self._width > 2 and not _CODE.fullmatch(first.strip())

    def _is_note(self, row: Row, after_blank: bool) -> bool:
        """Tell notes below a table from a row that is cut short or badly filled in."""
        text = _first_text(row)
        _refuse_page(row)
        if _CODE.fullmatch(text):
            return False
        is_prose = " " in text and not (self._is_text and len(row.cells) < self._width)
        return after_blank or is_prose or bool(_NOTE.match(text))

    def _is_heading(self, row: Row) -> bool:
        """Tell whether a row is the heading once more.

        Raises
        ------
        InputError
            It is a heading, but of other columns.
        """
        if self.known.isdisjoint(row.cells[:2]):
            return False
        texts = [tidy_text(cell) for cell in row.cells]
        if texts[: self._width] == self._names and not any(texts[self._width :]):
            return True
        filled = [text for text in texts if text]
        if sum(text in self.known for text in filled) >= _HEADING_AGAIN * max(len(filled), 2):
            raise InputError(
                f"Row {row.number:,} is a heading with other columns than the first one: two "
                "tables were joined. Save each as a file of its own."
            )
        return False


def _first_text(row: Row) -> str:
    return next(filter(None, row.cells), "").strip()


def refuse_page_at_the_end(content: bytes) -> None:
    """Refuse a text whose last line goes on as a web page: the service failed while it wrote it.

    Raises
    ------
    InputError
        It does.
    """
    if _PAGE_WITHIN.search(content[-_END:].rstrip().rpartition(b"\n")[2]):
        raise InputError(
            "The last line goes on as a web page, often an error message in the midst of the "
            "data: the file is cut short. Download the file again."
        )


def _refuse_page(row: Row, *, is_first: bool = False) -> None:
    text = row.cells[0] if row.cells else ""
    for pattern, what in ((_PAGE, "web page"), (_JSON, "message in JSON")):
        if pattern.match(text):
            where = "The file is" if is_first else f"Line {row.line:,} begins"
            raise InputError(
                f"{where} a {what}, often an error message that took the place of the data. "
                "Download the file again and look at it before using it."
            )


def _different(names: list[str]) -> list[str]:
    """Number the names that are there before: ``notes``, ``notes.1``."""
    times: Counter[str] = Counter()
    different: list[str] = []
    taken = set(names)
    for name in names:
        number, unique = times[name], name
        while number and unique in taken:
            unique, number = f"{name}.{number}", number + 1
        times[name] = max(number, 1)
        taken.add(unique)
        different.append(unique)
    return different


def columns_with(table: pd.DataFrame, sign: str) -> list[str]:
    """Return the columns that have a sign in some cell; tables may have thousands of columns."""
    return [
        str(name)
        for name, column in table.items()
        if has_byte(column, lambda byte: byte == ord(sign))
        and pc.any(pc.match_substring(pa.array(column.array), sign)).as_py()
    ]


def _index(numbers: list[int]) -> pd.Index:
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return pd.RangeIndex(numbers[0] - 2, numbers[-1] - 1)
    return pd.Index(numbers) - 2
