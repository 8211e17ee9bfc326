"""Sheets of a workbook as rows of text, whichever program wrote it."""

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ineqlib.errors import InputError, listed
from ineqlib.sources.reading.limits import MOST_CELLS, MOST_ROWS, check_columns
from ineqlib.sources.reading.rows import Row


class SheetName(NamedTuple):
    """A sheet that a workbook has."""

    name: str
    hidden: bool


class Merged(NamedTuple):
    """Cells merged into one; rows and columns count from 1, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Workbook(Protocol):
    """What each reader of workbooks offers."""

    sheets: tuple[SheetName, ...]

    def read(self, name: str, most_rows: int = MOST_ROWS) -> "Sheet":
        """Read the first rows of a sheet, or all of it."""


@dataclass
class Sheet:
    """The cells of a sheet; a reader of workbooks adds them row by row, within bounds."""

    name: str
    rows: list[Row] = field(default_factory=list)
    dates: dict[int, list[int]] = field(default_factory=dict)
    """Column -> rows of the cells that are dates; both counted from 1."""
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: int = 0
    struck: list[str] = field(default_factory=list)
    """Cells whose text is struck out."""
    note_marks: list[str] = field(default_factory=list)
    """Cells without the raised mark of a note that stands in them."""
    without_result: list[str] = field(default_factory=list)
    """Cells that hold a formula whose result was never saved."""
    size: int = 0

    def add(self, number: int, texts: list[str], is_hidden: bool = False) -> None:
        """Add a row; one without any text is passed over.

        Raises
        ------
        InputError
            The sheet is larger than is read.
        """
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            return
        check_columns(len(texts))
        self.grow(len(texts))
        if number > MOST_ROWS:
            raise InputError(f"The sheet '{self.name}' has more than {MOST_ROWS:,} rows.")
        self.hidden_rows += is_hidden
        self.rows.append(Row(number, texts, number))

    def grow(self, cells: int) -> None:
        """Count cells that are about to be kept.

        Raises
        ------
        InputError
            They are more than is read.
        """
        self.size += cells
        if self.size > MOST_CELLS:
            raise InputError(
                f"The sheet '{self.name}' has more than {MOST_CELLS:,} cells. Keep the rows and "
                "columns that are needed, or save it as CSV."
            )

    def refuse_formulas_without_result(self) -> None:
        """Refuse a sheet that no spreadsheet has worked out yet.

        Raises
        ------
        InputError
            A formula has no result; the message counts them and names the first cells.
        """
        if self.without_result:
            raise InputError(
                f"{len(self.without_result):,} cells hold a formula without a saved result (sheet "
                f"'{self.name}': {listed(self.without_result)}): open and save the file in Excel, "
                "and build again."
            )

    def fill_merged(self) -> int:
        """Write the text of cells merged downwards into every row that they span; count those."""
        by_number = {row.number: row.cells for row in self.rows}
        last, filled = max(by_number, default=0), 0
        for cells in self.merged:
            texts = by_number.get(cells.first_row, [])
            place = cells.first_column - 1
            if cells.first_column != cells.last_column or place >= len(texts):
                continue
            spanned = range(cells.first_row + 1, min(cells.last_row, last) + 1)
            self.grow(len(spanned))
            for below in filter(None, map(by_number.get, spanned)):
                below.extend([""] * (place + 1 - len(below)))
                below[place] = texts[place]
                filled += 1
        return filled
