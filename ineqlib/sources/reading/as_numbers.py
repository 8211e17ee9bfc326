"""Columns of text as columns of numbers."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def as_numbers(column: pd.Series, blank: Sequence[str] = ()) -> pd.Series:
    """Return the number that each text of a column is; missing where it is none, or a blank.

    Examples
    --------
    >>> as_numbers(pd.Series(["1.5", "-2", "many"])).tolist()
    [1.5, -2.0, nan]
    """
    cells = pa.array(column.array)
    if blank:
        is_blank = pc.is_in(cells, pa.array(blank, cells.type))
        cells = pc.if_else(is_blank, pa.scalar(None, cells.type), cells)
    try:
        values = pc.cast(cells, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowException:  # Arrow reads all or none, many times as fast
        return pd.to_numeric(column, errors="coerce").astype("float64")
    return pd.Series(values, column.index, name=column.name)
