"""Writing a pack: Parquet tables with their hashes."""

import hashlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pandas.api.types import is_string_dtype

from ineqlib.errors import PackError, listed
from ineqlib.observations import KEY, conform, plain_texts
from ineqlib.pack.files import PARTS, digests
from ineqlib.pack.model import MANIFEST, REQUIRED, TABLES, PackMeta, TableRecord
from ineqlib.pack.place import replacing
from ineqlib.sources.memory import give_back_memory
from ineqlib.sources.texts import is_categories
from ineqlib.text import visible

ROW_GROUP = 5_000
"""Rows per Parquet row group: an area's rows lie in one or two of them."""

SORTED_BY = {
    "observations": ["area_code", *(name for name in KEY if name != "area_code")],
    "small_areas": ["index", "area_code", "small_area_code"],
    "boundaries_small_area": ["index", "area_code", "code"],
    "neighbours": ["method", "area_code", "rank"],
}
"""The order that keeps what is read together in one place."""


def write_pack(
    path: str | Path, tables: Mapping[str, pd.DataFrame], meta: PackMeta
) -> dict[str, TableRecord]:
    """Write a pack; an earlier pack at the path is replaced only once the new one is complete.

    Parameters
    ----------
    path
        Folder of the pack.
    tables
        Table name -> frame (a `GeoDataFrame` for boundaries); the columns each needs are in
        `ineqlib.pack.model.TABLES`. The `row` column of observations is added here.

    Returns
    -------
    dict
        Table name -> file, rows, SHA-256 and digests, as written to `pack.json`.

    Raises
    ------
    PackError
        A table or column is missing, or a text holds control characters.
    OutputError
        The folder holds something that is not a pack of ours, it cannot be written, or a file of
        the earlier pack is open in another program.
    """
    path = Path(path)
    prepared = {name: _prepared(name, frame) for name, frame in tables.items()}
    if absent := [name for name in REQUIRED if name not in prepared]:
        raise PackError(f"A pack needs the tables {listed(absent, 12)} as well.")
    with replacing(path) as folder:
        records = {}
        for name in list(prepared):
            records[name] = _write_table(folder, name, prepared.pop(name))
            give_back_memory()
        content = replace(meta, tables=records).as_json()
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_text(
            text + "\n", encoding="utf-8", errors="backslashreplace", newline="\n"
        )
    return records


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prepared(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Check the columns of a table, and put its rows in the order it is read in, if they fit twice.

    Rows whose texts are categories are put in order while they are written.
    """
    if name == "observations":
        frame = conform(frame, categories=True).assign(row=np.int64(0))
    missing = [column for column in TABLES.get(name, ()) if column not in frame.columns]
    if missing:
        raise PackError(
            f"Table '{name}' lacks {len(missing)} column(s): {listed(missing, 10)}. "
            f"It has {listed(frame.columns, 30)}."
        )
    if unseen := _unseen(frame, TABLES.get(name, ())):
        raise PackError(
            f"Table '{name}' holds {len(unseen)} text(s) with signs that no screen shows, at which "
            f"a drawing program ends: {listed(unseen)}. Write them as codes, as "
            "`ineqlib.text.visible` does."
        )
    if name in SORTED_BY and not _is_compact(frame):
        frame = frame.sort_values(SORTED_BY[name], kind="stable")
    frame = frame.reset_index(drop=True)
    if name == "observations":
        frame["row"] = np.arange(len(frame), dtype=np.int64)
    return frame


def _is_compact(frame: pd.DataFrame) -> bool:
    return any(is_categories(frame[column]) for column in frame)


def _unseen(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[str]:
    """Return the texts of some columns that hold control characters, as codes."""
    every = (frame[column] for column in columns)
    kinds = (column for column in every if is_categories(column) or is_string_dtype(column.dtype))
    texts = {text for column in kinds for text in column.unique() if isinstance(text, str)}
    return sorted(visible(text) for text in texts if visible(text) != text)


def _write_table(folder: Path, name: str, frame: pd.DataFrame) -> TableRecord:
    file = folder / f"{name}.parquet"
    options = {"index": False, "row_group_size": ROW_GROUP, "compression": "zstd"}
    if name.startswith("boundaries_"):
        frame.to_parquet(file, schema_version="1.0.0", **options)
    elif _is_compact(frame):
        _write_texts(file, frame, _order(frame, SORTED_BY[name]))
    else:
        frame.to_parquet(file, engine="pyarrow", **options)
    give_back_memory(len(frame))
    return TableRecord(file.name, len(frame), sha256(file), digests(file, PARTS.get(name)))


def _order(frame: pd.DataFrame, columns: list[str]) -> NDArray[np.int64]:
    """Return the places of the rows in the order of some columns, categories and dates."""
    rank = np.zeros(len(frame), np.int64)
    most = 1
    for name in columns:
        column = frame[name]
        if is_categories(column):
            codes, different = column.cat.codes.to_numpy(), len(column.cat.categories)
        else:
            codes, values = pd.factorize(column, sort=True)
            different = len(values)
        if most > np.iinfo(np.int64).max // max(different, 1):
            ranks, rank = np.unique(rank, return_inverse=True)
            most = len(ranks)
        rank = rank * different + codes
        most *= max(different, 1)
    order = np.argsort(rank, kind="stable")
    del rank
    give_back_memory(len(order))
    return order


def _write_texts(file: Path, frame: pd.DataFrame, order: NDArray[np.int64]) -> None:
    """Write a table whose texts are categories as one of texts, some row groups at a time."""
    texts = [name for name in frame if is_categories(frame[name])]
    size = 5 * ROW_GROUP
    blocks = (
        block.assign(
            row=np.arange(at, at + len(block), dtype=np.int64),
            **{name: plain_texts(block[name]) for name in texts},
        )
        for at in range(0, len(frame), size)
        for block in [frame.take(order[at : at + size])]
    )
    blocks = (pa.Table.from_pandas(block, preserve_index=False) for block in blocks)
    first = next(blocks)
    with pq.ParquetWriter(file, first.schema, compression="zstd") as writer:
        for block in itertools.chain([first], blocks):
            writer.write_table(block, row_group_size=ROW_GROUP)
