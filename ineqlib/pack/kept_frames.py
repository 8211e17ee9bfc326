"""A frame as a file that only the next build reads: in the format of Arrow, as it lies in memory.

Nothing is packed or put in another order, so that writing and reading cost little more than the
bytes do.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    import geopandas as gpd  # takes half a second, for maps alone

BLOCK = 200_000
"""Rows that are written at once."""

_PLAIN = (
    *("str", "string", "bool", "int32", "int64", "Int16", "float64", "datetime64[ns]"),
    "geometry",
)
"""Types of columns that are known to be given back as they were, as are texts as categories."""

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
    if _is_map(frame):
        about = {_CRS: frame.crs.to_json().encode("utf-8")}
        plain = pd.DataFrame(frame).assign(geometry=frame.geometry.to_wkb())
    table = pa.Table.from_pandas(plain, nthreads=1)  # more take longer in all
    table = table.replace_schema_metadata({**table.schema.metadata, **about})
    with pa.OSFile(str(file), "wb") as to, pa.ipc.new_file(to, table.schema) as writer:
        writer.write_table(table, max_chunksize=BLOCK)
    if not _is_plain(frame) and not _same(frame, read_frame(file)):
        raise NotTheSame


def read_frame(file: Path) -> pd.DataFrame:
    """Read a frame that was written.

    Raises
    ------
    pyarrow.ArrowInvalid, OSError
        The file is not there or not whole.
    """
    with pa.OSFile(str(file)) as source:
        table = pa.ipc.open_file(source, options=_NO_THREADS).read_all()
    crs = (table.schema.metadata or {}).get(_CRS)
    frame = table.to_pandas(use_threads=False, split_blocks=True, self_destruct=True)
    if crs is None:
        return frame
    import geopandas as gpd  # noqa: PLC0415 (for maps alone)

    shapes = gpd.GeoSeries.from_wkb(frame["geometry"], crs=crs.decode("utf-8"))
    return gpd.GeoDataFrame(frame, geometry=shapes)


def _is_map(frame: pd.DataFrame) -> "TypeGuard[gpd.GeoDataFrame]":
    return any(str(dtype) == "geometry" for dtype in frame.dtypes)


def _is_plain(frame: pd.DataFrame) -> bool:
    """Tell whether a frame has nothing but what is known to be given back the same."""
    return (
        len(frame) > 0
        and isinstance(frame.index, pd.RangeIndex)
        and not frame.attrs
        and all(map(_is_known, frame.dtypes))
    )


def _is_known(dtype: object) -> bool:
    if isinstance(dtype, pd.CategoricalDtype):
        texts = dtype.categories
        return not dtype.ordered and len(texts) > 0 and str(texts.dtype) == "str"
    return str(dtype) in _PLAIN


def _same(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    """Tell whether two frames are the same to the last cell and its type."""
    if _is_map(first) and _is_map(second):
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
