"""What the tables of results have in common: the columns of an estimate, and the keys of a row."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ineqlib.errors import ParameterError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures.frames.stack import check_columns

NUMBERS = ("value", "lower_ci", "upper_ci", "se")


def numbers_of(estimate: Estimate) -> FloatArray:
    """Numbers of an estimate, one row for each of `NUMBERS`."""
    return np.stack([estimate.value, estimate.lower, estimate.upper, estimate.se])


def key_columns(frame: pd.DataFrame, by: str | Iterable[str], added: Sequence[str]) -> list[str]:
    """Return the columns of `by`, refusing those the frame has not or the table adds itself."""
    keys = [by] if isinstance(by, str) else list(by)
    if not keys:
        raise ParameterError("by: name one column or more that tell the rows of the table apart.")
    check_columns(frame, keys)
    if taken := [name for name in keys if name in added]:
        raise ParameterError(
            f"by: the table has columns called {', '.join(taken)} itself; rename them in the frame."
        )
    return keys
