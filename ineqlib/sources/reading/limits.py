"""How much of a file is read at most, and why: whatever is beyond is refused in words.

Text is read row by row and sheets cell by cell, so each bound is met while reading, before memory
is. None is near what a publisher has: the largest of each that is known is named beside it.
"""

from ineqlib.errors import InputError

LARGEST = 1_000_000_000
"""Bytes of one file, unpacked, that are kept in memory; delimited text may be larger. Known: 100
million."""

LARGEST_HELD_TEXT = 16_000_000
"""Bytes of a delimited text, unpacked, beyond which it is read bit by bit from where it lies."""

LARGEST_TABLE = 1_000_000_000
"""Bytes that the cells of a delimited text may take where it is read row by row, as nearly every
layout is: what follows takes some four times as much. Known: 60 million."""

MOST_COLUMNS = 16_384
"""Columns of a table: what a spreadsheet can have. Known: 2,475 (Revenue Outturn)."""

LONGEST_LINE = 2_000_000
"""Characters of one line of text: a full heading of long names."""

MOST_CELLS = 10_000_000
"""Cells of one sheet, empty ones to the left of a cell among them: about 1 GB of memory at worst.
Known: 2 million (File 7 of the Indices of Deprivation)."""

MOST_ROWS = 1_048_576
"""Number of the last row of a sheet: what a spreadsheet can have."""

LARGEST_SHEET = 600_000_000
"""Bytes of XML of one sheet or of all its strings: the most cells, at 60 bytes each."""

MOST_STRINGS = 5_000_000
"""Different texts of a workbook."""

LARGEST_PART = 20_000_000
"""Bytes of the parts of a workbook that list sheets and formats, which are read whole."""

MOST_MEMBERS = 1_000
"""Files in one archive."""

HIGHEST_RATIO = 120
"""Unpacked bytes for each packed one. Known: 25 for repetitive tables; a bomb has 400 and more."""

SMALL = 20_000_000
"""Bytes unpacked, up to which no ratio is suspicious: a column of zeros packs very well."""


def check_ratio(packed: int, unpacked: int, name: str) -> None:
    """Refuse what is packed far more tightly than any data.

    Raises
    ------
    InputError
        It unpacks to more than `HIGHEST_RATIO` times its size.
    """
    if unpacked > SMALL and unpacked > HIGHEST_RATIO * max(packed, 1):
        raise InputError(
            f"{name} unpacks to more than {HIGHEST_RATIO} times its size, which no table does: it "
            "may be made to fill the memory, and is not read. Ask for the file unpacked."
        )


def check_columns(number: int) -> None:
    """Refuse a table that is wider than any spreadsheet.

    Raises
    ------
    InputError
        It has more than `MOST_COLUMNS` columns.
    """
    if number > MOST_COLUMNS:
        raise InputError(
            f"The table has {number:,} columns; at most {MOST_COLUMNS:,} are read, as many as a "
            "spreadsheet has. Keep the columns that are needed, or one row for each figure."
        )
