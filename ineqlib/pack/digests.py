"""Digests of the content of a pack's files, and of the parts of it that a briefing may read."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyarrow import compute

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

        rows = {"": slice(None)} if part is None else _rows_of_parts(column(part))
        digest = {value: hashlib.sha256(json_bytes(columns)) for value in rows}
        for name in columns:
            bytes_of = _bytes_of(column(name))
            for value, chosen in rows.items():
                for piece in bytes_of(chosen):
                    digest[value].update(piece)
    parts = {value: digest[value].hexdigest() for value in rows}
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


def _bytes_of(column: Column) -> Callable[[Any], Iterable[Any]]:
    """Return what gives the bytes of some rows of a column, the same on every machine."""
    if isinstance(column, pd.Series) and isinstance(column.dtype, np.dtype):
        cells = column.to_numpy()
        if column.dtype.kind not in "fiM":
            return lambda rows: [json_bytes(cells[rows].tolist())]
        numbers = cells.astype(cells.dtype.newbyteorder("<"), copy=False)
        return lambda rows: [numbers[rows].tobytes()]
    # A list in JSON, each different cell of which is written once.
    codes, different = _coded(column)
    # A line end within a cell is written as a code.
    layout: Any = {"ensure_ascii": False, "default": plain, "separators": ("\n", ": ")}
    lines = json.dumps([*different, None], **layout)
    texts = [text.encode("utf-8") for text in lines[1:-1].split("\n")]
    words = pa.array([text + b", " for text in texts], pa.large_binary())

    def pieces(rows: Any) -> Iterator[Any]:
        chosen = codes[rows]
        cells = words.take(pa.array(np.where(chosen < 0, len(different), chosen)))
        yield b"["
        if len(cells):
            length = compute.sum(compute.binary_length(cells)).as_py()
            yield memoryview(cells.buffers()[2])[: length - len(b", ")]
        yield b"]"

    return pieces
