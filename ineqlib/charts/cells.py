"""Cells of a figure's table twin: numbers as text, and why one is missing."""

import math

from ineqlib.charts.vegalite import Spec
from ineqlib.text import NO_VALUE, number, with_unit

REMARKS = {"low_reliability": "[u]", "provisional": "[p]"}


def quantity(value: float | None, unit: str, decimals: int) -> str:
    """Return a number with its unit, or `[x]` where there is none."""
    if value is None or math.isnan(value):
        return NO_VALUE["not_available"]
    return with_unit(number(value, decimals), unit)


def value_cell(row: Spec, unit: str, decimals: int) -> str:
    """Return the `value` of a row as a cell, with the shorthand of its `status` if it has one."""
    status = row.get("status", "")
    if "value" not in row:
        return NO_VALUE.get(status, NO_VALUE["not_available"])
    return f"{quantity(row['value'], unit, decimals)} {REMARKS.get(status, '')}".rstrip()


def limits_cell(row: Spec, decimals: int) -> str:
    """Return `lower_ci` and `upper_ci` of a row as a cell, or `[x]` where either is missing."""
    if "lower_ci" not in row or "upper_ci" not in row:
        return NO_VALUE["not_available"]
    return f"{number(row['lower_ci'], decimals)} to {number(row['upper_ci'], decimals)}"
