"""Whether each file of a pack is the table it should be, by what its Parquet footer says."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from ineqlib.errors import PackError, listed
from ineqlib.observations import COLUMNS
from ineqlib.pack.files import read_rows
from ineqlib.pack.model import OPTIONAL, TABLES, FileRecord, TableRecord
from ineqlib.pack.row_groups import Written, about, written
from ineqlib.text import repeated

MOST_ROWS = 50_000_000
"""Rows of one file. Known: 200,000."""

MOST_ROWS_AT_ONCE = 1_048_576
"""Rows of a row group, which is read whole: what other programs make at most; ours have 5,000."""

LARGEST_AT_ONCE = 1 << 30
"""Bytes of a row group, unpacked."""

MOST_COLUMNS = 2_000
"""Columns of a table. Known: 29."""

LARGEST_FOOTER = 50_000_000
"""Bytes of what a file says of itself, which is read whole. Known: 40,000."""

_NUMBERS = {
    *("decimals", "rank", "score", "decile", "population", "row", "figures", "made"),
    *("average_score", "average_rank", "share_most_deprived"),
    *(name for name, dtype in COLUMNS.items() if dtype in ("float64", "Int16")),
}
_DATES = {"date", *(name for name, dtype in COLUMNS.items() if dtype.startswith("datetime"))}
_FLAGS = {"ended", "catalogued"}
_SHAPES = {"geometry"}


def require_tables(
    folder: Path, tables: Mapping[str, TableRecord], checked: dict[str, Written]
) -> None:
    """Refuse a pack one of whose files is not the table it should be; no rows are read.

    Parameters
    ----------
    checked
        File -> how it was written when it was found to be right, which is not looked at again.

    Raises
    ------
    PackError
        The message says which, and what was expected.
    """
    for name, table in tables.items():
        marks = {file.file: written(folder / file.file) for file in table.files}
        if all(checked.get(file) == mark for file, mark in marks.items()):
            continue
        schemas = [_schema(folder, name, file) for file in table.files]
        if any(not schema.equals(schemas[0]) for schema in schemas):
            raise _refused(folder, name, "its files have different columns")
        if faults := list(_faults(name, schemas[0], is_empty=not table.rows)):
            raise _refused(folder, name, listed(faults))
        checked.update(marks)


def read_through(folder: Path, tables: Mapping[str, TableRecord]) -> None:
    """Read every cell of a pack, some rows of a column at a time.

    Raises
    ------
    PackError
        A table cannot be read, or lacks a text; the message says which.
    """
    for name, table in tables.items():
        for record in table.files:
            try:
                _read_file(folder / record.file, name)
            except (pa.ArrowException, OSError) as error:
                raise cannot_be_read(folder, name, error) from error


def cannot_be_read(folder: Path, table: str, error: Exception) -> PackError:
    """Return what to raise where a table's file turns out to be damaged."""
    reason = str(error).partition("\n")[0][:200]
    return _refused(folder, table, f"it cannot be read ({reason})")


def _refused(folder: Path, table: str, why: str) -> PackError:
    return PackError(
        f"Table '{table}' of the pack at {folder} is not what a pack has: {why}. Build the pack "
        "again, or take a fresh copy."
    )


def _schema(folder: Path, name: str, record: FileRecord) -> pa.Schema:
    """Return the columns of a file, whose footer says no more than can be read."""
    file = folder / record.file
    try:
        with file.open("rb") as opened:
            opened.seek(-min(8, file.stat().st_size), 2)
            length = int.from_bytes(opened.read(4), "little")
            if length > LARGEST_FOOTER:
                raise _refused(folder, name, f"{record.file} is no whole Parquet file")
        footer, schema = (of_file := about(file, written(file))).metadata, of_file.physical_schema
    except (pa.ArrowException, OSError) as error:
        why = f"{record.file} is no Parquet file ({str(error).partition(chr(10))[0][:120]})"
        raise _refused(folder, name, why) from error
    groups = [footer.row_group(number) for number in range(footer.num_row_groups)]
    most = max((group.num_rows for group in groups), default=0)
    if footer.num_rows != record.rows:
        why = f"{record.file} has {footer.num_rows:,} rows and pack.json says {record.rows:,}"
    elif footer.num_rows > MOST_ROWS or most > MOST_ROWS_AT_ONCE:
        why = f"{record.file} has {footer.num_rows:,} rows, of which {most:,} are read at once"
    elif any(group.total_byte_size > LARGEST_AT_ONCE for group in groups):
        why = f"{record.file} unpacks to more than {LARGEST_AT_ONCE >> 30} GB at once"
    else:
        return schema
    raise _refused(folder, name, why)


def _faults(table: str, schema: pa.Schema, *, is_empty: bool) -> Iterator[str]:
    """Say which columns are missing, doubled or of another type than a table of that name has."""
    wanted = [name for name in TABLES.get(table, ()) if name not in OPTIONAL]
    if missing := [name for name in wanted if name not in schema.names]:
        yield f"it lacks {len(missing)} column(s), {listed(missing)}"
    if len(schema.names) > MOST_COLUMNS:
        yield f"it has {len(schema.names):,} columns, and at most {MOST_COLUMNS:,} are read"
    elif doubled := repeated(schema.names):
        yield f"it has column(s) twice, {listed(doubled)}"
    elif not is_empty:
        for name in (name for name in TABLES.get(table, ()) if name in schema.names):
            if expected := _mismatch(name, schema.field(name).type):
                yield f"column {name} is {schema.field(name).type} and must be {expected}"


def _mismatch(column: str, dtype: pa.DataType) -> str:
    """Return what a column must hold where it holds something else."""
    is_number = types.is_integer(dtype) or types.is_floating(dtype)
    if column in _NUMBERS:
        return "" if is_number or types.is_null(dtype) else "a number"
    if column in _DATES:
        return "" if types.is_timestamp(dtype) or types.is_date(dtype) else "a date"
    if column in _FLAGS:
        return "" if types.is_boolean(dtype) else "true or false"
    if column in _SHAPES:
        return "" if types.is_binary(dtype) or types.is_large_binary(dtype) else "a shape"
    value = dtype.value_type if types.is_dictionary(dtype) else dtype
    is_text = types.is_string(value) or types.is_large_string(value) or types.is_string_view(value)
    return "" if is_text else "a text"


def _read_file(file: Path, table: str) -> None:
    if table.startswith("boundaries_"):
        read_rows({file: 0})
    texts = set(TABLES.get(table, ())) - _NUMBERS - _DATES - _FLAGS - _SHAPES
    with pq.ParquetFile(file, pre_buffer=False) as parquet:
        for group in range(parquet.metadata.num_row_groups):
            for name in parquet.schema_arrow.names:
                cells = parquet.read_row_group(group, [name], use_threads=False)
                cells.validate(full=True)
                if name in texts and cells[name].null_count:
                    raise pa.ArrowInvalid(f"{cells[name].null_count} cells of {name} hold no text")
