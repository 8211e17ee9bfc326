"""A frame as a file that only the next build reads: in the format of Arrow, as it lies in memory.

Nothing is packed or put in another order, so that writing and reading cost little more than the
bytes do.
"""

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from ineqlib.sources.texts import is_categories

BLOCK = 200_000
"""Rows that are written and compared at once."""

_PLAIN = (
    *("str", "string", "bool", "int32", "int64", "Int16", "float64", "datetime64[ns]"),
    "geometry",
)
"""Types of columns that are known to be given back as they were."""

_CRS = b"crs"
"""Under which the file of a map has its projection."""

_NO_THREADS = pa.ipc.IpcReadOptions(use_threads=False)


class NotTheSame(ValueError):
    """A frame that would not be read back the same."""


def write_frame(file: Path, frame: pd.DataFrame) -> None:
    """Write a frame.

    Raises
    ------
    NotTheSame
        It would not be read back the same.
    """
    plain, about = frame, {}
    if isinstance(frame, gpd.GeoDataFrame):
        about = {_CRS: frame.crs.to_json().encode("utf-8")}
        plain = pd.DataFrame(frame).assign(geometry=shapely.to_wkb(frame.geometry.to_numpy()))
    table = pa.Table.from_pandas(plain)
    table = table.replace_schema_metadata({**table.schema.metadata, **about})
    with pa.OSFile(str(file), "wb") as to, pa.ipc.new_file(to, table.schema) as writer:
        writer.write_table(table, max_chunksize=BLOCK)
    if not _is_plain(frame):
        _compare(file, frame)


def read_frame(file: Path) -> pd.DataFrame:
    """Read a frame that was written.

    Raises
    ------
    pyarrow.ArrowInvalid, OSError
        The file is not there or not whole.
    """
    with pa.OSFile(str(file)) as source:
        return _as_frame(pa.ipc.open_file(source, options=_NO_THREADS).read_all())


def _as_frame(table: pa.Table) -> pd.DataFrame:
    crs = (table.schema.metadata or {}).get(_CRS)
    frame = table.to_pandas(use_threads=False, split_blocks=True, self_destruct=True)
    if crs is None:
        return frame
    shapes = gpd.GeoSeries.from_wkb(frame["geometry"], crs=crs.decode("utf-8"))
    return gpd.GeoDataFrame(frame, geometry=shapes)


def _is_plain(frame: pd.DataFrame) -> bool:
    """Tell whether a frame has nothing but what is known to be given back the same."""
    return (
        isinstance(frame.index, pd.RangeIndex)
        and not frame.attrs
        and all(str(dtype) in _PLAIN for dtype in frame.dtypes)
    )


def _compare(file: Path, frame: pd.DataFrame) -> None:
    """Compare a frame with what is read of it, in pieces where its texts are categories."""
    in_pieces = any(is_categories(frame[name]) for name in frame)
    if not in_pieces:
        if not _same(frame, read_frame(file)):
            raise NotTheSame
        return
    with pa.OSFile(str(file)) as source:
        reader = pa.ipc.open_file(source, options=_NO_THREADS)
        at = 0
        for number in range(reader.num_record_batches):
            piece = pa.Table.from_batches([reader.get_batch(number)])
            written = frame.iloc[at : at + len(piece)].reset_index(drop=True)
            if not _same(written, _as_frame(piece).reset_index(drop=True)):
                raise NotTheSame
            at += len(written)
    if at != len(frame):
        raise NotTheSame


def _same(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    """Tell whether two frames are the same to the last cell and its type."""
    if isinstance(first, gpd.GeoDataFrame) and isinstance(second, gpd.GeoDataFrame):
        shapes = [frame.geometry.to_wkb().tolist() for frame in (first, second)]
        plain = [pd.DataFrame(frame.drop(columns=frame.geometry.name)) for frame in (first, second)]
        return shapes[0] == shapes[1] and first.crs == second.crs and _same(*plain)
    objects = [name for name in first if first[name].dtype == object]
    return (
        type(first) is type(second)
        and list(first.columns) == list(second.columns)
        and first.dtypes.equals(second.dtypes)
        and first.index.equals(second.index)
        and first.attrs == second.attrs
        and first.equals(second)
        and all(_types(first[name]) == _types(second[name]) for name in objects)
    )


def _types(column: Iterable[object]) -> list[type]:
    return [type(value) for value in column]
