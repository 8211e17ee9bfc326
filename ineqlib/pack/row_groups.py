"""Groups of rows of a file of a pack, from disk or from memory; no reader starts a thread."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import dataset, fs


class Written(NamedTuple):
    """What is another whenever somebody has written a file again; times in nanoseconds."""

    inode: int
    size: int
    modified: int
    changed: int


def written(file: Path) -> Written:
    """Tell how a file was written."""
    status = file.stat()
    return Written(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@lru_cache(maxsize=64)
def about(file: Path, _written: Written) -> dataset.ParquetFileFragment:
    """Return what a file says of itself, which takes half as long to read as the rows."""
    return dataset.ParquetFileFormat().make_fragment(str(file), fs.LocalFileSystem())


TablesInMemory: TypeAlias = Mapping[tuple[Path, Written], pa.Table]
"""Files that are in memory, each by how it was written."""


def groups_of(
    file: Path, ids: list[int] | None, columns: list[str] | None, in_memory: TablesInMemory
) -> pa.Table:
    """Return groups of rows of a file, None all of them: of what is held in memory, else of it."""
    at = written(file)
    if (file, at) in in_memory:
        table = in_memory[file, at]
        table = table if columns is None else table.select(columns)
        if ids is None:
            return table
        starts = _starts(file, at)
        pieces = [table.slice(starts[id], starts[id + 1] - starts[id]) for id in ids]
        return pa.concat_tables(pieces) if pieces else table.slice(0, 0)
    with pq.ParquetFile(file, metadata=about(file, at).metadata, pre_buffer=False) as parquet:
        if ids is None:
            return parquet.read(columns, use_threads=False)
        return parquet.read_row_groups(ids, columns, use_threads=False)


def whole_file(file: Path) -> tuple[tuple[Path, Written], pa.Table]:
    """Return a file to be held in memory, and what it is known by there."""
    return (file, written(file)), groups_of(file, None, None, {})


@lru_cache(maxsize=64)
def _starts(file: Path, at: Written) -> list[int]:
    """Return the number of the first row of each group, and how many rows there are."""
    metadata = about(file, at).metadata
    sizes = (metadata.row_group(group).num_rows for group in range(metadata.num_row_groups))
    return [0, *accumulate(sizes)]
