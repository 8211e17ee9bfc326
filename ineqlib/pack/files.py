"""The files of a pack: reading what is asked for, and digests of what was read.

No reader here starts a thread: a process that has read a pack may be forked.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyarrow import acero, compute

from ineqlib.pack.model import MANIFEST, TableRecord
from ineqlib.pack.row_groups import TablesInMemory, about, groups_of, written

if TYPE_CHECKING:
    from pyproj import CRS

PARTS = {
    "observations": "indicator_id",
    "small_areas": "area_code",
    "neighbours": "area_code",
    "boundaries_lad": "code",
    "boundaries_utla": "code",
    "boundaries_region": "code",
    "boundaries_small_area": "area_code",
}
"""Table -> the column whose values part it, for telling what was read and what has changed."""

ROW = "row"
"""Column of the number that a row of observations has in its pack."""

FEW = 10_000
"""Rows of a table that fits into memory whatever it holds: its columns are read at once."""

Filters = list[tuple[Any, ...]] | None


class Read(NamedTuple):
    """Something a briefing read of a pack.

    Parameters
    ----------
    table
        Name of a table; `MANIFEST` stands for the pack's title and vintage.
    part
        Value of the table's column in `PARTS`; empty for the whole table.
    """

    table: str
    part: str = ""


ABOUT = Read(MANIFEST)
"""Title, vintage and whether the pack is fictional, which every page says."""


_records: list[set[Read]] = []


@contextmanager
def recorded_reads() -> Iterator[set[Read]]:
    """Record what is read in this process meanwhile, through whichever object of a pack."""
    record: set[Read] = {ABOUT}
    _records.append(record)
    try:
        yield record
    finally:
        _records.remove(record)


def record_reads(reads: Iterable[Read]) -> None:
    """Note that something was read, for everyone who records."""
    for record in _records:
        record.update(reads)


def reads_of(table: str, filters: Filters) -> set[Read]:
    """Return what filters choose of a table: parts of it where they name them, else all."""
    for column, operator, value in filters or ():
        if column == PARTS.get(table) and operator in ("==", "in"):
            return {Read(table, part) for part in ([value] if operator == "==" else value)}
    return {Read(table)}


def read_rows(
    files: Mapping[Path, int],
    filters: Filters = None,
    columns: list[str] | None = None,
    in_memory: TablesInMemory = MappingProxyType({}),
) -> Any:
    """Read a table, or the rows that pass pyarrow `filters`, or some columns.

    Row groups whose statistics rule them out are not touched.

    Parameters
    ----------
    files
        The files of the table, and the number of the first row of each.
    filters
        In the words of pyarrow.
    columns
        Only these.
    in_memory
        Files that are in memory.

    Returns
    -------
    DataFrame or GeoDataFrame
        The latter where a geometry is among the columns.
    """
    tables = [_rows_of(file, start, filters, columns, in_memory) for file, start in files.items()]
    table = pa.concat_tables(tables) if len(tables) > 1 else tables[0]
    geometry = (table.schema.metadata or {}).get(b"geo")
    frame = table.to_pandas(use_threads=False)
    if geometry is None or "geometry" not in frame:
        return frame
    import geopandas as gpd  # noqa: PLC0415 (half a second, for maps alone)

    try:
        shapes = gpd.GeoSeries.from_wkb(frame["geometry"], crs=_crs(geometry))
        return gpd.GeoDataFrame(frame, geometry=shapes)
    except Exception as error:  # three libraries read bytes of the file here
        raise pa.ArrowInvalid(f"no shapes: {error}") from error


def columns_of(file: Path) -> list[str]:
    """Return the columns of a file."""
    names: list[str] = about(file, written(file)).physical_schema.names
    return names


def _rows_of(
    file: Path, start: int, filters: Filters, columns: list[str] | None, in_memory: TablesInMemory
) -> pa.Table:
    """Read one file of a table, whose rows are numbered from 0 in the file."""
    filters = [_from(start, *condition) for condition in filters or ()]
    whole = about(file, written(file))
    if not filters:
        table = groups_of(file, None, columns, in_memory)
    else:
        # Of no values pyarrow cannot tell of which type they are.
        chooses_none = any(how == "in" and not len(values) for _, how, values in filters)
        passes = compute.scalar(False) if chooses_none else pq.filters_to_expression(filters)
        wanted = None if columns is None else [*columns, *_columns_of(filters, columns)]
        ids = [group.id for group in whole.subset(passes).row_groups]
        table = groups_of(file, ids, wanted, in_memory)
        about_all = table.schema.metadata
        table = _filtered(table, passes).replace_schema_metadata(about_all)
    if columns is not None:
        table = table.select(columns)
    if start and ROW in table.column_names:
        numbers = compute.add(table[ROW], start)
        table = table.set_column(table.column_names.index(ROW), table.schema.field(ROW), numbers)
    return table


def _from(start: int, column: str, operator: str, value: Any) -> tuple[str, str, Any]:
    """Return what a condition on numbers of rows means in a file that begins at one of them."""
    if column != ROW or not start:
        return column, operator, value
    return column, operator, [n - start for n in value] if operator == "in" else value - start


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(file: Path, part: str | None) -> dict[str, str]:
    """Return the SHA-256 of a table's content under ``""``, and of each of its parts.

    The number of a row is not part of it: it moves when rows are added elsewhere.

    Parameters
    ----------
    part
        Column whose values part the table; None for the whole only.
    """
    with pq.ParquetFile(file, pre_buffer=False) as parquet:
        schema = parquet.schema_arrow
    columns = [name for name in schema.names if name != ROW]
    is_text = (pa.types.is_string, pa.types.is_large_string)
    texts = [field.name for field in schema if any(holds(field.type) for holds in is_text)]
    with pq.ParquetFile(file, pre_buffer=False, read_dictionary=texts) as parquet:
        read = partial(parquet.read, use_threads=False)
        if parquet.metadata.num_rows < FEW:
            read = read().select
        rows = {"": np.arange(parquet.metadata.num_rows)}
        if part is not None:
            rows = _rows_of_parts(_column(read, part))
        order = np.concatenate([*rows.values(), np.array([], np.intp)])
        ends = np.cumsum([0, *map(len, rows.values())])
        digest = {value: hashlib.sha256(_json(columns)) for value in rows}
        # One column at a time: a whole table of millions of rows takes gigabytes.
        for name in columns:
            bytes_of = _bytes_of(_column(read, name).take(order))
            for whole, start, end in zip(digest.values(), ends, ends[1:], strict=False):
                whole.update(bytes_of(start, end))
    parts = {value: whole.hexdigest() for value, whole in digest.items()}
    return parts if part is None else {"": digest_of(parts), **parts}


def digests_of(table: TableRecord) -> dict[str, str]:
    """Return the digests of a table's content and parts, which its files share out."""
    every = {part: digest for file in table.files for part, digest in file.digests.items() if part}
    if len(table.files) == 1:
        return table.files[0].digests
    return {"": digest_of({part: every[part] for part in sorted(every)}), **every}


def _column(read: Callable[[list[str]], pa.Table], name: str) -> pd.Series:
    table = read([name])
    if pa.types.is_dictionary(table.schema.field(name).type):
        table = table.replace_schema_metadata()  # by which they would be texts again
    return table.to_pandas(use_threads=False)[name]


def _rows_of_parts(column: pd.Series) -> dict[str, NDArray[np.intp]]:
    """Return the places of the rows of each part, in the order of the parts."""
    places = column.groupby(column, sort=False, observed=True).indices
    return {str(value): places[value] for value in sorted(places)}


def digest_of(content: object) -> str:
    """Return the SHA-256 of anything JSON can write."""
    return hashlib.sha256(_json(content)).hexdigest()


def _bytes_of(column: pd.Series) -> Callable[[int, int], Any]:
    """Return what gives the bytes of a run of a column's rows, the same on every machine."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiM":
        numbers = column.to_numpy()
        numbers = numbers.astype(numbers.dtype.newbyteorder("<"), copy=False)
        return lambda start, end: numbers[start:end].tobytes()
    if not isinstance(column.dtype, pd.api.extensions.ExtensionDtype):
        # Outlines are bytes, for which JSON would ask one by one.
        plain = [cell.hex() if isinstance(cell, bytes) else cell for cell in column.tolist()]
        return lambda start, end: _json(plain[start:end])
    # A list in JSON, each different cell of which is written once.
    codes, different = pd.factorize(column)
    # A line end within a cell is written as a code.
    lines = json.dumps(
        [*different.tolist(), None], ensure_ascii=False, default=_plain, separators=("\n", ": ")
    )
    words = [text + b", " for text in lines[1:-1].encode("utf-8").split(b"\n")]
    cells = pa.array(words, pa.large_binary()).take(pa.array(codes % len(words)))
    _, lengths, content = cells.buffers()
    ends = np.frombuffer(lengths, np.int64)

    def listed(start: int, end: int) -> bytes:
        run = memoryview(content or b"")[ends[start] : ends[end]]
        return b"".join([b"[", run[: -len(b", ")], b"]"])

    return listed


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, default=_plain).encode("utf-8")


def _plain(value: Any) -> str | None:
    """Write what JSON has no word for: outlines are bytes, the rest is missing."""
    return value.hex() if isinstance(value, bytes) else None


def _columns_of(filters: list[tuple[Any, ...]], besides: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(column for column, *_ in filters) if name not in besides]


def _filtered(table: pa.Table, passes: compute.Expression) -> pa.Table:
    # `Table.filter` would start threads.
    source = acero.Declaration("table_source", acero.TableSourceNodeOptions(table))
    chosen = acero.Declaration("filter", acero.FilterNodeOptions(passes), inputs=[source])
    return chosen.to_table(use_threads=False)


@cache
def _crs(geometry: bytes) -> "CRS":
    from pyproj import CRS  # noqa: PLC0415 (for maps alone)

    content = json.loads(geometry)
    return CRS.from_user_input(content["columns"][content["primary_column"]]["crs"])
