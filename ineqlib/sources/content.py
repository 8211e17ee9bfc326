"""The content of a file, read as a table, whatever its name is."""

import re
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.files import unreadable
from ineqlib.sources.base import Account, Content, SetAside
from ineqlib.sources.reading.archive import read_all
from ineqlib.sources.reading.as_numbers import as_numbers
from ineqlib.sources.reading.cells import ERRORS, reference
from ineqlib.sources.reading.decimals import with_decimal_points
from ineqlib.sources.reading.delimited import DelimitedRows
from ineqlib.sources.reading.limits import LARGEST_TABLE
from ineqlib.sources.reading.regular import read_whole_lines
from ineqlib.sources.reading.rows import tidy_text
from ineqlib.sources.reading.sheets import Sheet, Workbook
from ineqlib.sources.reading.tables import TableReader, columns_with, refuse_page_at_the_end
from ineqlib.sources.reading.workbooks import chosen_sheet, open_workbook
from ineqlib.sources.texts import has_byte
from ineqlib.text import visible

_NOT_SHOWN = frozenset("#" * length for length in range(3, 256))
"""What a spreadsheet saves in a CSV for a number that its column was too narrow to show."""
FEWEST_TO_COMPARE, TEN_TIMES = 3, 10
_BESIDE_OTHERS = ("%", "conf")
"""Columns that belong to the one before, so that several have one name."""
_NAMED_BY_PROGRAMS = re.compile(r"unnamed: ?\d+|\.{3}\d+|row[._ ]?names?|_id", re.IGNORECASE)
_ROW_NUMBERS = re.compile(r"index|x|na|row(?:[._ ]?(?:id|no\.?|num(?:ber)?))?|#", re.IGNORECASE)
"""Headings of a first column in which R, pandas or a catalogue of data has numbered the rows."""


def read_content(path: str | Path) -> bytes:
    """Return the bytes of a file; gzip is unpacked, whether or not the name says so.

    Of a large delimited text only a part is held, see `Content`.

    Raises
    ------
    InputError
        The file is missing, a broken gzip, or larger than is read.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            return read_all(file, visible(path.name), lambda: path.open("rb"))
    except OSError as error:
        raise InputError(unreadable(visible(str(path)), error)) from error


def read_table(content: bytes) -> pd.DataFrame:
    """Read a table as text, cell by cell: codes keep their zeros and empty cells stay empty.

    It is a delimited text, or a sheet of a workbook, with title rows above its heading or none.
    White space around or inside cells is put right, and a column that only numbers the rows is no
    part of it.

    Parameters
    ----------
    content : bytes
        The file. What is left out is written into its account, if it is a `Content`.

    Returns
    -------
    DataFrame
        Text columns. ``index + 2`` is the number a spreadsheet gives the row, and
        ``attrs["sheet"]`` the name of its sheet, if it has one.

    Raises
    ------
    InputError
        The table cannot be read, is empty, holds a web page, or its rows are not whole.
    """
    account = content.account if isinstance(content, Content) else Account()
    book = open_workbook(content)
    if book:
        sheet = chosen_sheet(book, content.sheet if isinstance(content, Content) else "")
        table = _read_sheet(book, sheet, account)
    else:
        table = _read_text(content, account)
    if table.empty:
        raise InputError("The table has a header but no rows.")
    if isinstance(content, Content) and content.headings:
        table = table.rename(columns=content.headings)
    _refuse_contradictions(table)
    return _tidied(_without_errors(_without_row_numbers(table), account))


def _without_row_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out a first column in which a program has numbered the rows: ``Unnamed: 0``."""
    name, numbers = str(table.columns[0]).strip(), table.iloc[:, 0]
    is_programs = bool(_NAMED_BY_PROGRAMS.fullmatch(name))
    if len(table.columns) < 2 or not (is_programs or _ROW_NUMBERS.fullmatch(name)):
        return table
    numbers_rows = numbers.str.isdecimal().all() and (is_programs or numbers.is_unique)
    return table.iloc[:, 1:] if numbers_rows else table


def _tidied(table: pd.DataFrame) -> pd.DataFrame:
    """Put right white space around or inside cells, as of texts that a program has padded."""
    for place, (_, column) in enumerate(table.items()):
        if not has_byte(column, lambda byte: (byte <= ord(" ")) | (byte > ord("~"))):
            continue
        tidied = {cell: tidy_text(cell) for cell in column.unique().tolist()}
        if any(cell != text for cell, text in tidied.items()):
            table.isetitem(place, column.map(tidied))
    return table


def _read_text(content: bytes, account: Account) -> pd.DataFrame:
    content = content if isinstance(content, Content) else Content(content)
    with content.open() as file:
        rows = DelimitedRows(file)
        reader = TableReader(rows, is_text=True)
        whole = None if content.whole else read_whole_lines(content, rows.separator, reader)
        table = _row_by_row(content, reader, file) if whole is None else whole
        is_whole = whole is not None or rows.ends_in_line_end
        reader.check(is_whole)
    refuse_page_at_the_end(content)
    _account_for(reader, account)
    table, remark = with_decimal_points(_without_text_marks(table), rows.separator)
    account.remarks += [remark] if remark else []
    return table if is_whole else _without_cut_row(table, account)


def _without_text_marks(table: pd.DataFrame) -> pd.DataFrame:
    """Take texts out of formulas, ``="007"``, by which programs keep spreadsheets from numbers."""
    marked = columns_with(table, "=")
    texts = {name: table[name].str.replace(r'^="(.*)"$', r"\1", regex=True) for name in marked}
    return table.assign(**texts) if texts else table


def _row_by_row(content: Content, reader: TableReader, file: BinaryIO) -> pd.DataFrame:
    blocks = []
    size = 0
    for block in reader.blocks():
        blocks.append(block)
        size += int(block.memory_usage(deep=True).sum())
        if size > LARGEST_TABLE:
            raise InputError(
                f"The table takes more than {LARGEST_TABLE:,} bytes, for it is read row by row: "
                "only a Fingertips download of whole rows, without notes or blank lines, is read "
                "in blocks. Keep the rows and columns that are needed, or divide it."
            )
        if content.whole:
            content.share_read(file)
    return _joined(reader, blocks)


def _without_cut_row(table: pd.DataFrame, account: Account) -> pd.DataFrame:
    """Set aside a last row that may have lost the end of its last number, 14.26 become 1.

    Programs end every line. Where the last has no end, and the number at its end has fewer
    decimals than every other in its column, the file has broken off.
    """
    decimals = table.iloc[:, -1].str.extract(r"\.(\d+)$")[0].str.len().fillna(0)
    if len(table) < 3 or decimals.iloc[:-1].min() <= decimals.iloc[-1]:
        account.remarks += _maybe_cut(table)
        return table
    reason = "the last line has no end and its number fewer decimals than others: cut short"
    row = f"row {table.index[-1] + 2:,}"
    account.set_aside.append(SetAside(reason, 1, (row,)))
    return table.iloc[:-1]


def _maybe_cut(table: pd.DataFrame) -> list[str]:
    """Name a last row whose number may have lost its last figures, 1250 become 12.

    A whole number may be small; where every other is ten times as large, somebody should look.
    """
    if table.empty:
        return []
    values = as_numbers(table.iloc[:, -1])
    last, others = values.iloc[-1], values.iloc[:-1].dropna()
    if len(others) < FEWEST_TO_COMPARE or not 0 < TEN_TIMES * last <= others.min():
        return []
    return [
        f"Kept, but look at it: the file does not end in a line end, and its last number "
        f"({table.iloc[-1, -1]}, row {table.index[-1] + 2:,}) is less than a tenth of every other "
        "in its column. If the file broke off there, download it again."
    ]


def _read_sheet(book: Workbook, name: str, account: Account) -> pd.DataFrame:
    sheet = book.read(name)
    sheet.refuse_formulas_without_result()
    filled = sheet.fill_merged()
    reader = TableReader(sheet.rows, is_text=False)
    table = _joined(reader, list(reader.blocks()))
    reader.check(ends_in_line_end=True)
    _refuse_dated_periods(sheet, reader)
    if len(book.sheets) > 1:
        account.remarks.append(f"sheet '{name}'")
    _account_for(reader, account)
    if sheet.hidden_rows:
        account.remarks.append(f"{sheet.hidden_rows:,} hidden row(s) are read like the others")
    if sheet.struck:
        account.remarks.append(
            f"{len(sheet.struck):,} cell(s) are struck out and read like the others "
            f"({listed(sheet.struck)}): delete what is not meant"
        )
    if sheet.note_marks:
        account.remarks.append(
            f"{len(sheet.note_marks):,} cell(s) are read without the raised mark of a note "
            f"({listed(sheet.note_marks)})"
        )
    if filled:
        account.remarks.append(f"{filled:,} cell(s) filled from the merged cell that spans them")
    account.sheet = table.attrs["sheet"] = name
    return table


def _joined(reader: TableReader, blocks: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(blocks) if blocks else pd.DataFrame(columns=reader.columns, dtype="str")


def _account_for(reader: TableReader, account: Account) -> None:
    account.rows_read = reader.rows_read
    account.remarks += reader.remarks
    if again := reader.headings_again:
        examples = tuple(f"row {number:,}" for number in again[:5])
        account.set_aside.append(SetAside("the heading once more", len(again), examples))


def _refuse_dated_periods(sheet: Sheet, reader: TableReader) -> None:
    """Refuse a period that a spreadsheet has made a date of, which means another time."""
    number, cells = reader.heading.number, reader.heading.cells
    heads = [column for column in reader.places if number in sheet.dates.get(column + 1, [])]
    if heads := [column for column in heads if cells[column].endswith("-01")]:
        raise InputError(
            f"{len(heads):,} column(s) are headed by the first day of a month, which a spreadsheet "
            f"makes of text such as 'Mar 2024' or '2010-11' (first in cell "
            f"{reference(number, heads[0] + 1)}: {cells[heads[0]]}). Format the heading as text, "
            "and type it again."
        )
    for name, column in zip(reader.columns, reader.places, strict=True):
        rows = [row for row in sheet.dates.get(column + 1, []) if row > reader.heading.number]
        if rows and "period" in name.casefold():
            raise InputError(
                f"{len(rows):,} row(s): period cannot be read: the cell is a date, which a "
                f"spreadsheet makes of text such as 'Mar 2024' (first in {name}, cell "
                f"{reference(rows[0], column + 1)}). Format the column as text, and type the "
                "periods again."
            )


def _refuse_contradictions(table: pd.DataFrame) -> None:
    """Refuse a column that is there twice with different numbers: either may be the right one."""
    for name in table.columns:
        first, _, number = str(name).rpartition(".")
        if first not in table or not number.isdecimal() or first.casefold() in _BESIDE_OTHERS:
            continue
        values = [pd.to_numeric(table[column], errors="coerce") for column in (first, name)]
        differ = (values[0] - values[1]).abs() > 0
        if differ.any():
            row = table.index[differ][0] + 2
            raise InputError(
                f"The column '{first}' is there twice, with different numbers in "
                f"{int(differ.sum()):,} row(s) (the first is row {row:,}). Keep the right one."
            )


def _without_errors(table: pd.DataFrame, account: Account) -> pd.DataFrame:
    """Set aside rows in which a spreadsheet shows an error in place of a figure."""
    examples, wrong = [], pd.Series(False, index=table.index)
    for name in columns_with(table, "#"):
        here = table[name].isin(ERRORS | _NOT_SHOWN)
        if here.any():
            wrong |= here
            examples += [f"row {row + 2}, {name}: '{table[name][row]}'" for row in here[here].index]
    if not wrong.any():
        return table
    reason = "a cell shows a spreadsheet's error in place of a value"
    account.set_aside.append(SetAside(reason, int(wrong.sum()), tuple(examples[:5])))
    if wrong.all():
        raise InputError(f"Every row: {reason} ({listed(examples)}).")
    return table[~wrong]


def numbers(column: pd.Series) -> pd.Series:
    """Turn a text column into numbers; empty cells and ``NA`` are missing.

    Raises
    ------
    InputError
        Some cells hold anything else; the message counts them and quotes five.
    """
    blank = ["", "NA"]
    values = as_numbers(column, blank)
    without = column[values.isna()]
    if len(wrong := without[~without.isin(blank)]):
        rows = listed(f"'{text}' in row {row + 2}" for row, text in wrong.items())
        raise InputError(f"Column '{column.name}' has {len(wrong)} cell(s) not a number: {rows}.")
    return values
