"""Rows of a delimited text file, and whether quotation marks have swallowed any."""

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from ineqlib.errors import InputError
from ineqlib.sources.reading.limits import check_columns
from ineqlib.sources.reading.rows import BEGINNING, Row, heading_of
from ineqlib.sources.reading.text import encoding_of, lines_of

SEPARATORS = (",", ";", "\t", "|")

FEW = 3
"""Separators that one line of a cell may have anyhow."""

LONGEST_BEGINNING = 200_000
"""Characters after which no more lines are looked at to find the separator."""

SWALLOWED_SHARE = 0.75
"""Share of a row's separators that a cell must have for each of its line ends to hold rows."""


class DelimitedRows:
    """The rows of a text file, one by one; the separator is the one that divides the heading most.

    Parameters
    ----------
    file : binary file
        Open, and able to go back to its beginning.

    Raises
    ------
    InputError
        The file is no text. While the rows are read: a line is too long, there are too many
        columns, or a quotation mark is not closed.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._encoding = encoding_of(file)
        self.separator = max(SEPARATORS, key=partial(_heading_cells, self._first_lines()))
        self._last_line = ""

    @property
    def ends_in_line_end(self) -> bool:
        """Whether the last line that was read is a whole one."""
        return self._last_line.endswith(("\n", "\r"))

    def _first_lines(self) -> list[str]:
        lines, length = [], 0
        with contextlib.closing(lines_of(self._file, self._encoding)) as every:
            for line in itertools.islice(every, 2 * BEGINNING):
                lines.append(line)
                length += len(line)
                if length > LONGEST_BEGINNING:
                    break
        return lines

    def _lines(self) -> Iterator[str]:
        for line in lines_of(self._file, self._encoding):
            self._last_line = line
            yield line

    def _is_open_at_the_end(self) -> bool:
        """Tell whether a cell of the last line begins with a quotation mark and has no other.

        A cell may end in a separator before the mark that closes it, so the marks are even then.
        """
        begins = rf'(?:^|{re.escape(self.separator)}) *"(?:[^"]|"")*$'
        is_odd = self._last_line.count('"') % 2 == 1
        return is_odd and re.search(begins, self._last_line.rstrip()) is not None

    def __iter__(self) -> Iterator[Row]:
        """Give every row, empty ones too."""
        reader = csv.reader(self._lines(), delimiter=self.separator, skipinitialspace=True)
        line = last = 0
        try:
            for number, cells in enumerate(reader, start=1):
                line, last = last + 1, reader.line_num
                if last > line:
                    _refuse_swallowed(number, cells, self.separator)
                check_columns(len(cells))
                yield Row(number, cells, line)
            # Of a row of several lines the last line may begin with the mark that closes a cell.
            if line == last and self._is_open_at_the_end():
                raise InputError(
                    f"Line {last:,}: a quotation mark is not closed at the end of the file: the "
                    "file is cut short. Download or export the file again."
                )
        except csv.Error as error:
            raise InputError(
                f"Line {last + 1:,}: a cell that begins there is longer than "
                f"{csv.field_size_limit():,} characters; a quotation mark is not closed. "
                "Download or export the file again."
            ) from error


def _heading_cells(lines: list[str], separator: str) -> int:
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    try:
        rows = [Row(0, cells, 0) for cells in itertools.islice(reader, BEGINNING)]
    except csv.Error:  # an unclosed quotation mark, which reading the rows tells with its line
        return 0
    place = heading_of(rows)
    return 0 if place is None else sum(1 for cell in rows[place].cells if cell.strip())


def _refuse_swallowed(number: int, cells: list[str], separator: str) -> None:
    """Refuse a row one of whose cells holds other rows: a quotation mark was not closed."""
    for cell in cells:
        text = cell.rstrip("\r\n")  # what the end of the file closes has the last line's end too
        ends = text.count("\n") or text.count("\r")
        if not ends:
            continue
        between = max(1, len(text.strip().splitlines()) - 1)
        # In prose a comma is followed by a space.
        lines = [
            len(re.findall(f"{re.escape(separator)}(?! )", line)) for line in text.splitlines()
        ]
        inside = sum(lines)
        of_a_row = SWALLOWED_SHARE * (len(cells) - 1)
        if inside > 1 and (inside >= between * of_a_row or max(lines) >= of_a_row > FEW):
            raise InputError(
                f"Row {number:,}: a cell holds {ends:,} line end(s) and {inside:,} separators; a "
                "quotation mark is not closed, and the rows after it are swallowed. Download or "
                "export the file again."
            )
