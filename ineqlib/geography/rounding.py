"""How coarsely counts and values were published, told from all of one source."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.estimate import FloatArray

STEPS = (100, 10, 5)
"""What publishers round counts to, the coarsest first."""
FEWEST = 20
"""Counts from which a common step is no chance."""
DECIMALS = range(7)


def count_step(counts: pd.Series) -> int:
    """Return what the counts of one indicator are rounded to; 1 where they are not.

    Examples
    --------
    >>> count_step(pd.Series(range(0, 200, 5))), count_step(pd.Series(range(200)))
    (5, 1)
    """
    known = counts[counts.notna() & (counts != 0)].to_numpy(float)
    if len(known) < FEWEST:
        return 1
    return next((step for step in STEPS if not np.any(known % step)), 1)


def value_step(values: pd.Series) -> float:
    """Return what the values of one indicator are rounded to; 0 where they are not.

    Examples
    --------
    >>> value_step(pd.Series([0.1, 0.2, 12.3])), value_step(pd.Series([1 / 3, 2 / 3]))
    (0.1, 0.0)
    """
    return step_of(values.dropna().to_numpy(float))


def step_of(known: FloatArray) -> float:
    """Return what numbers are rounded to; 0 where they are not."""
    for decimals in DECIMALS:
        if len(known) and np.allclose(known, known.round(decimals), rtol=0, atol=1e-9):
            return float(10.0**-decimals)
    return 0.0


class Steps:
    """What the figures of each indicator and source are rounded to, told from all observations."""

    def __init__(self, rows: pd.DataFrame) -> None:
        grouped = rows.groupby(["indicator_id", "source"], observed=True)
        self._counts = grouped["count"].agg(count_step).to_dict()
        self._values = grouped["value"].agg(value_step).to_dict()

    def half_count(self, row: Mapping[str, Any]) -> float:
        """Return by how much a row's count may be off; 0 where counts are not rounded."""
        step = self.count(row)
        return step / 2 if step > 1 else 0.0

    def count(self, row: Mapping[str, Any]) -> int:
        """Return what a row's count is rounded to; 1 where it is not."""
        return int(self._counts[row["indicator_id"], row["source"]])

    def half_value(self, row: Mapping[str, Any]) -> float:
        """Return by how much a row's value may be off, and a little for the arithmetic."""
        return float(self._values[row["indicator_id"], row["source"]]) / 2 * 1.0001 + 1e-6
