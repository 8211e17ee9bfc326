"""Confidence limits that do not hold their value, and what they look like instead."""

import pandas as pd

from ineqlib.sources.rows import Rows


def leave_out_limits(rows: Rows, outside: pd.Series) -> None:
    """Set aside values outside their limits, saying what the limits look like instead."""
    value, lower, upper = (rows.frame[name] for name in ("value", "lower_ci", "upper_ci"))
    few = rows.frame[outside]
    names = ["area_code", "value", "lower_ci", "upper_ci"]
    cells = few[names].itertuples(index=False, name=None)
    words = [
        f"{code} {at:g}, limits {_or_none(low)} to {_or_none(high)}"
        for code, at, low, high in cells
    ]
    shown = pd.Series(words, few.index)
    rows.frame = rows.frame.assign(limits=shown.reindex(rows.frame.index, fill_value=""))
    exchanged = lower.ge(value) & upper.le(value)
    near_nought = lower.isna() | lower.abs().lt(value / 2)
    distance = near_nought & upper.between(0, value / 2, inclusive="neither")
    for hint, found in {
        ": lower_ci is above it and upper_ci below, as if exchanged": exchanged,
        ": they are far below it, as a standard error or a distance is; write the value less and "
        "plus that, of a standard error 1.96 times": distance,
        "": ~exchanged & ~distance,
    }.items():
        wrong = (outside & found)[rows.frame.index]
        rows.leave_out(wrong, "value lies outside its own confidence limits" + hint, "limits")
    rows.frame = rows.frame.drop(columns="limits")


def _or_none(limit: float) -> str:
    return "none" if pd.isna(limit) else f"{limit:g}"
