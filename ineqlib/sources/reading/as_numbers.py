"""Columns of text as columns of numbers."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def as_numbers(column: pd.Series) -> pd.Series:
    """Return the number that each text of a column is; missing where it is none.

    Examples
    --------
    >>> as_numbers(pd.Series(["1.5", "-2", "many"])).tolist()
    [1.5, -2.0, nan]
    """
    try:
        values = pc.cast(pa.array(column.array), pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowException:  # Arrow reads all or none, many times as fast
        return pd.to_numeric(column, errors="coerce").astype("float64")
    return pd.Series(values, column.index, name=column.name)
