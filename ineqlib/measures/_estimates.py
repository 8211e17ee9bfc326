"""Estimates as they are given to a measure: what one returned, or rows of `measure_table`."""

from collections.abc import Iterator
from itertools import product
from typing import TypeAlias, TypeGuard

import numpy as np
import pandas as pd

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import at_place, floats, same_labels

Table: TypeAlias = pd.Series | pd.DataFrame
NUMBERS = ("value", "lower_ci", "upper_ci", "se")
TABLE_COLUMNS = (*NUMBERS, "confidence", "method")
"""Those of `measure_table` that make an estimate."""
SAID_OF_THEM = (*TABLE_COLUMNS, "groups", "unit", "status", "note")
"""What a row says of its number; the other columns name the row."""
PERIODS = ("period", "period_start", "period_end", "year")
"""Columns of what may differ between two tables."""


def is_table(given: object) -> TypeGuard[Table]:
    """Tell whether something is a row or rows of `measure_table`."""
    return isinstance(given, Table) and set(TABLE_COLUMNS) <= set(given.keys())


def an_estimate(given: object, name: str) -> Estimate:
    """Return an estimate, also given as a row or rows of `measure_table`; refuse anything else."""
    if isinstance(given, Estimate):
        return given
    if not is_table(given):
        raise InputError(
            f"{name}: expected an Estimate with its interval, found {type(given).__name__}. Give "
            "what a measure returned, or Estimate(value, lower, upper, se) of published figures."
        )
    rows = given.to_frame().T if isinstance(given, pd.Series) else given
    parts = (_numbers(rows[column], f"{name} {column}") for column in NUMBERS)
    value, lower, upper, se = (part[0] if given is not rows else part for part in parts)
    levels = np.unique(_numbers(rows["confidence"], f"{name} confidence"))
    if len(levels) != 1 or np.isnan(levels[0]):
        raise InputError(
            f"{name}: its rows have {len(levels)} confidence levels. Expected rows of one level: "
            "give those of one call of measure_table."
        )
    methods = rows["method"].dropna().unique()
    words = str(methods[0]) if len(methods) == 1 else ""
    return Estimate(value, lower, upper, se, float(levels[0]), words)


def same_rows(**given: object) -> None:
    """Refuse two estimates, tables or labelled numbers whose rows are named in another order.

    Their numbers would be matched by position. One row may serve many, and periods may differ:
    those are what is compared.
    """
    same_labels(
        **{
            name: data.value if isinstance(data, Estimate) else data
            for name, data in given.items()
            if not is_table(data)
        }
    )
    (first, data), (second, other) = given.items()
    for (column, names), (beside, others) in product(_names_of(data), _names_of(other)):
        same = column if column == beside else ""
        if len(names) == len(others) and _contradict(names, others, same):
            place = int(np.argmin(np.asarray(names == others)))
            raise InputError(
                f"{first} and {second} have other rows: {at_place(names, others, place)} of "
                f"{column or beside or 'their labels'}. Put them in one order, and leave out rows "
                "that only one of them has."
            )


def _contradict(names: pd.Index, others: pd.Index, column: str) -> bool:
    """Tell whether two columns name other rows; `column` is what both are called, if they are."""
    if names.equals(others):
        return False
    shared = names.isin(others)
    if column == "measure" or (shared.all() and names.is_unique and others.is_unique):
        return True
    is_one = min(names.nunique(), others.nunique()) == 1  # that serves all of the other
    return bool(column and column not in PERIODS and shared.any() and not is_one)


def _numbers(column: pd.Series, name: str) -> FloatArray:
    return floats(column.to_numpy(object, na_value=np.nan), name)


def _names_of(data: object) -> Iterator[tuple[str, pd.Index]]:
    """Yield what names the rows: columns of a table, and labels that are text."""
    if isinstance(data, pd.DataFrame) and is_table(data):
        for column in data.columns.difference(SAID_OF_THEM, sort=False):
            yield str(column), pd.Index(data[column])
    elif isinstance(data, pd.DataFrame) or is_table(data):
        return
    if isinstance(data, pd.Series | pd.DataFrame):
        for level in range(data.index.nlevels):
            labels = data.index.get_level_values(level)
            if not pd.api.types.is_numeric_dtype(labels):
                yield str(labels.name or ""), labels
