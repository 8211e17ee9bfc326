"""What the tables of results have in common: the columns of an estimate, and the keys of a row."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures.frames.stack import check_columns

Names = TypeVar("Names")
NUMBERS = ("value", "lower_ci", "upper_ci", "se")


def numbers_of(estimate: Estimate) -> FloatArray:
    """Numbers of an estimate, one row for each of `NUMBERS`."""
    return np.stack([estimate.value, estimate.lower, estimate.upper, estimate.se])


def columns_of(kind: type[Names], columns: Names | None) -> Names:
    """Return what the columns are called: the tidy contract's names where nothing is said."""
    if columns is None:
        return kind()
    if not isinstance(columns, kind):
        raise ParameterError(f"columns={columns!r}: expected {kind.__name__}(…) with their names.")
    return columns


def key_columns(frame: pd.DataFrame, by: str | Iterable[str], added: Sequence[str]) -> list[str]:
    """Return the columns of `by`, refusing those the frame has not or the table adds itself."""
    is_names = isinstance(by, Iterable) and not isinstance(by, bytes)
    keys = [by] if isinstance(by, str) else list(by) if is_names else []
    if not keys:
        raise ParameterError("by: name one column or more that tell the rows of the table apart.")
    check_columns(frame, keys)
    if taken := [name for name in keys if name in added]:
        raise ParameterError(
            f"by: the table has columns called {', '.join(taken)} itself; rename them in the frame."
        )
    return keys
