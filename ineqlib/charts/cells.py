"""Cells of a figure's table twin: numbers as text, and why one is missing."""

import pandas as pd

from ineqlib.text import NO_VALUE, number, with_unit

REMARKS = {"low_reliability": "[u]", "provisional": "[p]"}


def quantity(value: float, unit: str, decimals: int) -> str:
    """Return a number with its unit, or `[x]` where there is none."""
    if pd.isna(value):
        return NO_VALUE["not_available"]
    return with_unit(number(value, decimals), unit)


def limits(lower: float, upper: float, decimals: int) -> str:
    """Return an interval as "a to b", or `[x]` where either limit is missing."""
    if pd.isna(lower) or pd.isna(upper):
        return NO_VALUE["not_available"]
    return f"{number(lower, decimals)} to {number(upper, decimals)}"


def value_cells(frame: pd.DataFrame, unit: str, decimals: int) -> list[str]:
    """Return the column `value` as cells, with the shorthand of `status` where there is one."""
    statuses = frame["status"] if "status" in frame else [""] * len(frame)
    return [
        NO_VALUE.get(status, NO_VALUE["not_available"])
        if pd.isna(value)
        else f"{quantity(value, unit, decimals)} {REMARKS.get(status, '')}".rstrip()
        for value, status in zip(frame["value"], statuses, strict=True)
    ]


def limit_cells(frame: pd.DataFrame, decimals: int) -> list[str]:
    """Return `lower_ci` and `upper_ci` as cells."""
    pairs = zip(frame["lower_ci"], frame["upper_ci"], strict=True)
    return [limits(lower, upper, decimals) for lower, upper in pairs]
