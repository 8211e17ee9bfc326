"""Digests of the content of a pack's files, and of the parts of it that a briefing may read."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ineqlib.pack.files import ROW, digest_of, json_bytes, plain

Column: TypeAlias = "pa.ChunkedArray | pd.Series"

FEW = 10_000
"""Rows of a table that fits into memory whatever it holds: its columns are read at once."""


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
        few = _columns(parquet.read(use_threads=False)) if parquet.metadata.num_rows < FEW else {}

        def column(name: str) -> Column:
            # One at a time: a whole table of millions of rows takes gigabytes.
            return few[name] if few else _columns(parquet.read([name], use_threads=False))[name]

        rows = {"": np.arange(parquet.metadata.num_rows)}
        if part is not None:
            rows = _rows_of_parts(column(part))
        order = np.concatenate([*rows.values(), np.array([], np.intp)])
        ends = np.cumsum([0, *map(len, rows.values())])
        digest = {value: hashlib.sha256(json_bytes(columns)) for value in rows}
        for name in columns:
            bytes_of = _bytes_of(column(name), order)
            for whole, start, end in zip(digest.values(), ends, ends[1:], strict=False):
                whole.update(bytes_of(start, end))
    parts = {value: whole.hexdigest() for value, whole in digest.items()}
    return parts if part is None else {"": digest_of(parts), **parts}


def _columns(table: pa.Table) -> dict[str, Column]:
    """Return the columns of a table: coded ones as they are, all others as pandas has them."""
    coded = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    others = table.drop_columns(coded).to_pandas(use_threads=False)
    return {name: table[name] if name in coded else others[name] for name in table.column_names}


def _coded(column: Column) -> tuple[NDArray[np.int64], list[Any]]:
    """Return a code for each cell, below zero where it is empty, and what each code stands for."""
    if isinstance(column, pd.Series):
        codes, different = pd.factorize(column)
        return codes, different.tolist()
    whole = column.unify_dictionaries().combine_chunks()
    return whole.indices.fill_null(-1).to_numpy(), whole.dictionary.to_pylist()


def _rows_of_parts(column: Column) -> dict[str, Any]:
    """Return the places of the rows of each part, in the order of the parts."""
    codes, values = _coded(column)
    places = pd.Series(codes).groupby(codes, sort=False).indices
    parts = {str(values[code]): rows for code, rows in places.items() if code >= 0}
    return {part: parts[part] for part in sorted(parts)}


def _bytes_of(column: Column, order: NDArray[np.intp]) -> Callable[[int, int], Any]:
    """Return what gives the bytes of a run of a column's cells, the same on every machine.

    The cells are put in the order of the parts first, so that each part is one run of them.
    """
    if isinstance(column, pd.Series) and isinstance(column.dtype, np.dtype):
        cells = column.to_numpy()[order]
        if column.dtype.kind in "fiM":
            numbers = cells.astype(cells.dtype.newbyteorder("<"), copy=False)
            return lambda start, end: numbers[start:end].tobytes()
        # Outlines are bytes, for which JSON would ask one by one.
        plain_cells = [cell.hex() if isinstance(cell, bytes) else cell for cell in cells.tolist()]
        return lambda start, end: json_bytes(plain_cells[start:end])
    # A list in JSON, each different cell of which is written once.
    codes, different = _coded(column)
    # A line end within a cell is written as a code.
    layout: Any = {"ensure_ascii": False, "default": plain, "separators": ("\n", ": ")}
    lines = json.dumps([*different, None], **layout)
    words = [text + b", " for text in lines[1:-1].encode("utf-8").split(b"\n")]
    # An empty cell's code, -1, counts from the end, where the word for it stands.
    written = pa.array(words, pa.large_binary()).take(pa.array(codes[order] % len(words)))
    _, lengths, content = written.buffers()
    ends = np.frombuffer(lengths, np.int64)

    def listed(start: int, end: int) -> bytes:
        run = memoryview(content or b"")[ends[start] : ends[end]]
        return b"".join([b"[", run[: -len(b", ")], b"]"])

    return listed
