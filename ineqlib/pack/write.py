"""Writing a pack: Parquet tables with their hashes."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from ineqlib.errors import PackError, listed
from ineqlib.observations import conform
from ineqlib.pack.code_version import code_fingerprint
from ineqlib.pack.kept import Files, LazyTable, in_memory
from ineqlib.pack.model import MANIFEST, OPTIONAL, REQUIRED, PackMeta, TableRecord
from ineqlib.pack.open import open_pack
from ineqlib.pack.pack import Pack
from ineqlib.pack.place import replacing
from ineqlib.pack.share_numbers import share_of, shares_for
from ineqlib.pack.table_files import FIGURES, write_table
from ineqlib.pack.written_ahead import Ahead
from ineqlib.sources.memory import give_back_memory


def write_pack(
    path: str | Path,
    tables: Mapping[str, pd.DataFrame | Files],
    meta: PackMeta,
    ahead: Mapping[str, Ahead] = MappingProxyType({}),
) -> dict[str, TableRecord]:
    """Write a pack; an earlier pack at the path is replaced only once the new one is complete.

    Parameters
    ----------
    path
        Folder of the pack.
    tables
        Table name -> frame (a `GeoDataFrame` for boundaries), or the rows of each of its files;
        the columns each needs are in `ineqlib.pack.model.TABLES`. The `row` column of observations
        is added here.
    ahead
        Those of the tables that others write meanwhile.

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
    earlier = _earlier(path)
    by_file = {
        name: _files(name, table) if isinstance(table, pd.DataFrame) else table
        for name, table in tables.items()
    }
    if absent := [name for name in REQUIRED if name not in by_file]:
        raise PackError(f"A pack needs the tables {listed(absent, 12)} as well.")
    with replacing(path) as folder:
        records = _write_tables(folder, by_file, earlier, ahead)
        content = replace(meta, tables=records, made_by_code=code_fingerprint()).as_json()
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_text(
            text + "\n", encoding="utf-8", errors="backslashreplace", newline="\n"
        )
    return records


def _write_tables(
    folder: Path, tables: dict[str, Files], earlier: Pack | None, ahead: Mapping[str, Ahead]
) -> dict[str, TableRecord]:
    """Write every table and let go of its rows: the figures, then the others two at a time."""
    names = list(tables)

    def write(name: str) -> TableRecord:
        files = tables.pop(name)
        if name in ahead and (record := ahead[name].taken(files, folder)):
            return record
        record = write_table(folder, name, files, earlier)
        give_back_memory()
        return record

    records = {FIGURES: write(FIGURES)}
    with ThreadPoolExecutor(2) as pool:  # compressing and hashing let other threads go on
        writing = {
            name: pool.submit(copy_context().run, write, name) for name in names if name != FIGURES
        }
        records |= {name: table.result() for name, table in writing.items()}
    return {name: records[name] for name in names}


def _files(name: str, frame: pd.DataFrame) -> Files:
    """Share a table out among its files."""
    if name != FIGURES:
        return {None: in_memory(frame)}
    frame = conform(frame, categories=True)
    frame = frame.drop(columns=[column for column in OPTIONAL if frame[column].eq("").all()])
    files = shares_for(len(frame))
    if files == 1:
        return {None: in_memory(frame)}
    number = {text: share_of(text, files) for text in frame["indicator_id"].unique()}
    numbers = frame["indicator_id"].map(number).to_numpy(np.int64)
    return {
        file: LazyTable("", partial(frame.__getitem__, numbers == file))
        for file in np.unique(numbers).tolist()
    }


def _earlier(path: Path) -> Pack | None:
    """Return the whole pack in place, if the same code made it."""
    with suppress(PackError):
        pack = open_pack(path.resolve())
        if pack.meta.made_by_code == code_fingerprint():
            return pack
    return None
