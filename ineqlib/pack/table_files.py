"""Writing one table of a pack: its files, and what `pack.json` says of them."""

import hashlib
import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ineqlib.errors import PackError, listed
from ineqlib.observations import KEY, plain_texts
from ineqlib.pack.digests import digests
from ineqlib.pack.files import PARTS, ROW, digest_of, sha256
from ineqlib.pack.kept import Files, recall, remember
from ineqlib.pack.model import OPTIONAL, TABLES, FileRecord, TableRecord
from ineqlib.pack.pack import Pack
from ineqlib.sources.memory import give_back_memory
from ineqlib.sources.texts import is_categories
from ineqlib.sources.unseen import unseen_in

ROW_GROUP = 5_000
"""Rows per Parquet row group: an area's rows lie in one or two of them."""

FIGURES = "observations"
"""The largest table, which takes much memory."""

SORTED_BY = {
    FIGURES: ["area_code", *(name for name in KEY if name != "area_code")],
    "small_areas": ["index", "area_code", "small_area_code"],
    "boundaries_small_area": ["index", "area_code", "code"],
    "neighbours": ["method", "area_code", "rank"],
}
"""The order that keeps what is read together in one place."""


def write_table(folder: Path, name: str, files: Files, earlier: Pack | None) -> TableRecord:
    """Write a table; a file of the earlier pack with the same rows is taken over."""
    table = earlier.meta.tables.get(name) if earlier else None
    known = {record.content: record for record in table.files} if table else {}
    records = []
    for number, rows in files.items():
        file = folder / (f"{name}.parquet" if number is None else f"{name}-{number:03}.parquet")
        # Of rows that are known by what they are made of, it is known what they come to.
        memory = f"contents/{digest_of(rows.key)}" if rows.key else ""
        content = recall(memory)
        frame = None
        if content not in known:
            frame = _prepared(name, rows.read())
            content = _content(name, frame)
            remember(memory, content)
        record = known.get(content)
        if earlier and record and _taken_over(earlier.path / record.file, file, record.sha256):
            records.append(replace(record, file=file.name))
            continue
        frame = _prepared(name, rows.read()) if frame is None else frame
        _write_file(file, name, frame)
        digest = digests(file, PARTS.get(name))
        records.append(FileRecord(file.name, len(frame), sha256(file), content, digest))
        give_back_memory(len(frame))
    return TableRecord(tuple(records))


def _content(name: str, frame: pd.DataFrame) -> str:
    """Return the digest of what a file is written from; the order of observations is no part."""
    types = {column: str(frame[column].dtype) for column in frame}
    if name.startswith("boundaries_"):
        shapes = hashlib.sha256(b"".join(frame.geometry.to_wkb())).hexdigest()
        # A projection that was read from a file writes itself at length.
        types["shapes"] = f"{shapes} {frame.crs.to_string()}"
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    rows = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    rows = np.sort(rows) if name == FIGURES else rows
    return digest_of([types, hashlib.sha256(rows.astype("<u8").tobytes()).hexdigest()])


def _taken_over(earlier: Path, file: Path, digest: str) -> bool:
    shutil.copyfile(earlier, file)
    return sha256(file) == digest


def _write_file(file: Path, name: str, frame: pd.DataFrame) -> None:
    if _is_compact(frame):
        _write_texts(file, frame, _order(frame, SORTED_BY[name]))
        return
    if name in SORTED_BY:
        frame = frame.sort_values(SORTED_BY[name], kind="stable")
    frame = frame.reset_index(drop=True)
    if name == FIGURES:
        frame[ROW] = np.arange(len(frame), dtype=np.int64)
    options = {"index": False, "row_group_size": ROW_GROUP, "compression": "zstd"}
    if name.startswith("boundaries_"):
        frame.to_parquet(file, schema_version="1.0.0", **options)
    else:
        frame.to_parquet(file, engine="pyarrow", **options)


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
        for at in range(0, max(1, len(frame)), size)  # a table without rows has columns too
        for block in [frame.take(order[at : at + size])]
    )
    blocks = (pa.Table.from_pandas(block, preserve_index=False) for block in blocks)
    first = next(blocks)
    with pq.ParquetWriter(file, first.schema, compression="zstd") as writer:
        for block in itertools.chain([first], blocks):
            writer.write_table(block, row_group_size=ROW_GROUP)


def _prepared(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Check the columns of some rows of a table."""
    if name == FIGURES:
        frame = frame.assign(row=np.int64(0))
    wanted = [column for column in TABLES.get(name, ()) if column not in OPTIONAL]
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        raise PackError(
            f"Table '{name}' lacks {len(missing)} column(s): {listed(missing, 10)}. "
            f"It has {listed(frame.columns, 30)}."
        )
    columns = [frame[column] for column in TABLES.get(name, ()) if column in frame.columns]
    unseen = sorted({coded for column in columns for coded in unseen_in(column).values()})
    if unseen:
        raise PackError(
            f"Table '{name}' holds {len(unseen)} text(s) with signs that no screen shows, at which "
            f"a drawing program ends: {listed(unseen)}. Write them as codes, as "
            "`ineqlib.text.visible` does."
        )
    return frame


def _is_compact(frame: pd.DataFrame) -> bool:
    return any(is_categories(frame[column]) for column in frame)
