"""Large delimited text of which every line is a whole row: read in blocks, its texts as categories.

Nothing is put right here. Whatever asks for a judgement (notes, quotation marks that hold line
ends, decimal commas, errors of spreadsheets) is left to the reader that goes row by row.
"""

import csv as python_csv
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv

from ineqlib.errors import InputError
from ineqlib.sources.base import Content
from ineqlib.sources.reading.delimited import DelimitedRows
from ineqlib.sources.reading.rows import tidy_text
from ineqlib.sources.reading.tables import TableReader
from ineqlib.sources.texts import categories

BLOCK = 2_000_000
"""Bytes that are taken at once; the reader of Arrow is up to 32 such pieces ahead."""

_ODD_CELL = r'^#|^[<{]|^ *=?"|[\x00\r\n]|^[-+]?[0-9.]*,[0-9.,]* ?%?$'
_LINE_END = r"[\x00\r\n]"
_PAGE = r"^[<{]"
"""Cells of which the reader that goes row by row makes something else, or nothing: the latter where
a row begins so."""

LEAST = 20_000
"""Bytes of the smallest text that is held and read in one piece."""

_MISSING = pa.array(["", "NA"])
_NUMBER = r"^(?:NA|-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+|E-?[0-9]+)?|)$"
"""Not with ``E+``: a spreadsheet may have shortened those."""


class _Irregular(Exception):
    """The text must be read row by row."""


class _NotNumbers(Exception):
    """A column of numbers has a cell that is none; its name is the argument."""


def read_regular(content: bytes, kind_of: Callable[[str], str]) -> pd.DataFrame | None:
    """Read some columns of a delimited text that is not held.

    Parameters
    ----------
    content
        The file.
    kind_of
        Whether a column is of ``text`` or of ``number``; empty for one that is not wanted.

    Returns
    -------
    DataFrame or None
        As `read_csv_text` gives it, but texts are categories, and columns of numbers that hold
        nothing else are numbers. None where the file has to be read row by row, or is held.
    """
    if not isinstance(content, Content) or content.whole is None:
        return None
    try:
        rows = DelimitedRows(io.BytesIO(content))
        reader = TableReader(rows, is_text=True)
    except InputError:
        return None
    line = content.partition(b"\n")[0].decode("utf-8-sig", "replace").rstrip("\r")
    heading = next(python_csv.reader([line], delimiter=rows.separator, skipinitialspace=True))
    is_plain = heading == reader.heading.cells and len(set(heading)) == len(heading)
    if not is_plain or reader.columns != [tidy_text(cell) for cell in heading]:
        return None
    if not content.endswith((b"\n", b"\r")):
        return None
    kinds = {name: kind_of(name) for name in reader.columns}
    while True:
        try:
            table = _Table(content, rows.separator, kinds).read()
        except _NotNumbers as column:
            kinds[column.args[0]] = "text"
        except (_Irregular, pa.ArrowInvalid):
            return None
        else:
            content.account.rows_read = len(table)
            return table


def read_whole_lines(content: bytes, separator: str, reader: TableReader) -> pd.DataFrame | None:
    """Read a delimited text that is held, every cell as text, many times as fast as row by row.

    Parameters
    ----------
    content
        The file.
    separator
        Of its cells.
    reader
        Has its heading.

    Returns
    -------
    DataFrame or None
        What the reader's blocks would be together. None where the text asks for a judgement, or is
        so small that it is read as fast row by row.
    """
    line, _, below = content.partition(b"\n")
    first_row = python_csv.reader([line.decode("utf-8-sig", "replace")], delimiter=separator)
    try:
        heading = next(first_row)
    except python_csv.Error:
        return None
    is_plain = list(map(tidy_text, heading)) == reader.columns and reader.heading.number == 1
    if len(below) < LEAST or not is_plain or not below.endswith(b"\n"):
        return None
    read = csv.ReadOptions(use_threads=False, block_size=len(below), column_names=reader.columns)
    parse = csv.ParseOptions(delimiter=separator, ignore_empty_lines=False)
    types = dict.fromkeys(reader.columns, pa.large_string())
    convert = csv.ConvertOptions(column_types=types, strings_can_be_null=False)
    try:
        table = csv.read_csv(io.BytesIO(below), read, parse, convert).combine_chunks()
        _check_rows(table.to_batches()[0], reader.known)
    except (_Irregular, pa.ArrowInvalid):
        return None
    if pc.any(pc.match_substring_regex(table.column(0), _PAGE)).as_py():
        return None
    if any(pc.any(pc.starts_with(cells, " ")).as_py() for cells in table.columns):
        return None
    # Where each row is a line, no cell holds the end of one.
    has_others = b"\r" in below and below.count(b"\r") != below.count(b"\r\n")
    if (below.count(b"\n") != len(table) or has_others or b"\0" in below) and any(
        pc.any(pc.match_substring_regex(cells, _LINE_END)).as_py() for cells in table.columns
    ):
        return None
    reader.rows_read = len(table)
    return table.to_pandas(types_mapper={pa.large_string(): pd.StringDtype(na_value=np.nan)}.get)


class _Column:
    """The values of one column, put one block after the other into one piece of memory.

    Thousands of small arrays would leave holes in memory that nothing else fits in.
    """

    def __init__(self, dtype: type[np.generic]) -> None:
        self._room: NDArray[Any] = np.empty(0, dtype)
        self._used = 0

    def add(self, values: NDArray[Any], share: float) -> None:
        """Add values, of which a share of all has been read so far; codes widen where they must."""
        end = self._used + len(values)
        dtype = np.promote_types(self._room.dtype, values.dtype)
        if end > len(self._room) or dtype != self._room.dtype:
            # Room that is not written to takes no memory.
            wider = np.empty(max(len(self._room), end, int(1.1 * end / max(share, 1e-9))), dtype)
            wider[: self._used] = self.values
            self._room = wider
        self._room[self._used : end] = values
        self._used = end

    @property
    def values(self) -> NDArray[Any]:
        """All that were added."""
        return self._room[: self._used]


class _Table:
    """The columns that are wanted, block by block."""

    def __init__(self, content: Content, separator: str, kinds: dict[str, str]) -> None:
        self._content = content
        self._columns = list(kinds)
        self._known = {name for name in kinds if not name.isdecimal()}
        self._parse = csv.ParseOptions(delimiter=separator, ignore_empty_lines=False)
        self._numbers = {n: _Column(np.float64) for n, kind in kinds.items() if kind == "number"}
        self._codes = {n: _Column(np.uint8) for n, kind in kinds.items() if kind == "text"}
        self._texts: dict[str, dict[str, int]] = {name: {} for name in self._codes}

    def read(self) -> pd.DataFrame:
        """Read them all."""
        read = csv.ReadOptions(
            use_threads=False, block_size=BLOCK, column_names=self._columns, skip_rows=1
        )
        types = dict.fromkeys(self._columns, pa.string())
        types |= {name: pa.dictionary(pa.int32(), pa.string()) for name in self._codes}
        convert = csv.ConvertOptions(column_types=types, strings_can_be_null=False)
        with self._content.open() as file, csv.open_csv(file, read, self._parse, convert) as blocks:
            for block in blocks:
                self._take(block, self._content.share_read(file))
        frame: dict[str, Any] = {}
        for name in self._columns:
            if name in self._numbers:
                frame[name] = self._numbers.pop(name).values
            elif name in self._codes:
                codes = self._codes.pop(name).values
                frame[name] = categories(codes, list(map(tidy_text, self._texts[name])))
        return pd.DataFrame(frame, copy=False)

    def _take(self, block: pa.RecordBatch, share: float) -> None:
        _check_rows(block, self._known)
        for name, column in zip(self._columns, block.columns, strict=True):
            if name in self._numbers:
                self._numbers[name].add(_numbers(name, column), share)
                continue
            cells = _different(column)
            if pc.any(pc.match_substring_regex(cells, _ODD_CELL)).as_py():
                raise _Irregular
            if name in self._codes:
                known = self._texts[name]
                places = [known.setdefault(text, len(known)) for text in cells.to_pylist()]
                narrow = np.array(places, np.min_scalar_type(max(len(known) - 1, 0)))
                self._codes[name].add(narrow[column.indices.to_numpy()], share)


def _check_rows(block: pa.RecordBatch, known: set[str]) -> None:
    """Leave rows that may be notes, or a heading, to the other reader."""
    for column in block.columns[:2]:
        cells = _different(column)
        if pc.any(pc.is_in(cells, pa.array(known, cells.type))).as_py():
            raise _Irregular
    empty = pa.array(np.ones(len(block), dtype=bool))
    for column in block.columns[min(2, (block.num_columns - 1) // 2) :]:
        if not pc.any(pc.equal(_different(column), "")).as_py():
            return
        is_dictionary = pa.types.is_dictionary(column.type)
        texts = column.dictionary_decode() if is_dictionary else column
        empty = pc.and_(empty, pc.equal(texts, ""))
        if not pc.any(empty).as_py():
            return
    raise _Irregular


def _different(column: pa.Array) -> pa.Array:
    """Return the different texts of a column that is kept as such, or else all."""
    return column.dictionary if pa.types.is_dictionary(column.type) else column


def _numbers(name: str, column: pa.Array) -> NDArray[np.float64]:
    if not pc.all(pc.match_substring_regex(column, _NUMBER)).as_py():
        raise _NotNumbers(name)
    filled = pc.if_else(pc.is_in(column, _MISSING), pa.scalar(None, pa.string()), column)
    numbers: NDArray[np.float64] = pc.cast(filled, pa.float64()).to_numpy(zero_copy_only=False)
    return numbers
