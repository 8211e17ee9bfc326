"""Whether a frame keeps the tidy contract; every fault of it is told in one message."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.areas import CODE, OWN_CODE
from ineqlib.errors import InputError, listed
from ineqlib.observations import (
    COLUMNS,
    HAS_VALUE,
    KEY,
    SEXES,
    STATUSES,
    Dimension,
    conform,
    plain_texts,
)
from ineqlib.text import plural

_NAMING = ["indicator_id", "area_code", "period", "sex", "subgroup", "value", "status"]
_SHOWN = 5
_CODE = re.compile(f"{CODE.pattern}|{OWN_CODE.pattern}", re.ASCII)
_BLOCK = 50_000
"""Rows of one file that are checked at once; in most no row is at fault."""
ONCE = "one row for each indicator, area, period, sex, age and subgroup"


def validate(frame: pd.DataFrame, where: str, *, merged: bool = True) -> pd.DataFrame:
    """Return the frame if it keeps the contract.

    Parameters
    ----------
    frame : DataFrame
        Observations, see `ineqlib.observations`.
    where : str
        What the rows come from, for the message: a file name, "the pack".
    merged : bool
        Whether each figure must be there once, as in a pack; a file may repeat itself.

    Raises
    ------
    InputError
        One message with every fault: how many rows, the first five, what was expected.
    """
    if broken := faults(frame, merged=merged):
        count = plural(len(broken), "fault")
        lines = "".join(f"\n  - {fault}" for fault in broken)
        raise InputError(f"{where} has {count}:{lines}\nCorrect the rows named and try again.")
    return frame


def faults(frame: pd.DataFrame, *, merged: bool = True) -> list[str]:
    """Say in words what breaks the contract; an empty list if nothing does."""
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        return [f"{len(missing)} column(s) are missing: {listed(missing, most=30)}."]
    if not merged and len(frame) > _BLOCK:
        starts = range(0, len(frame), _BLOCK)
        blocks = (frame.iloc[at : at + _BLOCK] for at in starts)
        if not any(faults(block.apply(_plain), merged=False) for block in blocks):
            return []
    if unreadable := [fault for name in COLUMNS if (fault := _wrong_type(frame[name]))]:
        return unreadable
    rows = conform(frame).reset_index(drop=True)
    if _keeps_all(rows, merged):
        return []
    from pandera.errors import SchemaErrors  # noqa: PLC0415 (loading it takes half a second)

    try:
        schema().validate(rows, lazy=True)
    except SchemaErrors as broken:
        errors = [error for error in broken.schema_errors if merged or error.check.error != ONCE]
        return [_in_words(frame, error) for error in errors]
    return []


def _keeps_all(rows: pd.DataFrame, merged: bool) -> bool:
    """Tell whether nothing is wrong; pandera takes as long as reading a small file to say so."""
    texts = [name for name, dtype in COLUMNS.items() if dtype == "string"]
    if any(rows[name].hasnans for name in texts):
        return False
    return all(rule(rows).all() for rule, words in RULES if merged or words != ONCE)


def _plain(column: pd.Series) -> pd.Series:
    return plain_texts(column) if isinstance(column.dtype, pd.CategoricalDtype) else column


def _wrong_type(column: pd.Series) -> str:
    dtype = COLUMNS[str(column.name)]
    if column.dtype == dtype:
        return ""
    try:
        column.astype(dtype)
    except (ValueError, TypeError) as error:
        return f"{column.name} should be of type {dtype}: {error}."
    return ""


def _in_words(frame: pd.DataFrame, error: Any) -> str:
    rows = sorted({int(row) for row in error.failure_cases["index"].dropna()})
    places = [_place(row) for row in frame.iloc[rows[:_SHOWN]][_NAMING].to_dict("records")]
    more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
    return f"{len(rows):,} row(s): expected {error.check.error}. First: {listed(places)}{more}."


def _place(row: dict[Any, Any]) -> str:
    return "(" + " ".join(str(value) for value in row.values() if value != "") + ")"


Rule = tuple[Callable[[pd.DataFrame], pd.Series], str]
"""What must hold of every row, and the words for it."""


def _filled(name: str) -> Rule:
    return lambda f: f[name] != "", f"{name} to be filled"


def _within(name: str, allowed: tuple[str, ...]) -> Rule:
    words = listed(allowed, most=10)
    return lambda f: f[name].isin(allowed), f"{name} to be one of {words}"


def _not_negative(name: str) -> Rule:
    return lambda f: ~(f[name] < 0), f"{name} to be 0 or more"


def _has_code(frame: pd.DataFrame) -> pd.Series:
    number, codes = pd.factorize(frame["area_code"])
    is_code = np.array([_CODE.fullmatch(code) is not None for code in codes], bool)
    return pd.Series(is_code[number], frame.index)


def _finite(frame: pd.DataFrame) -> pd.Series:
    numbers = frame[["value", "lower_ci", "upper_ci", "count", "denominator"]].to_numpy()
    return pd.Series(~np.isinf(numbers).any(axis=1), frame.index)


def _limits_hold_value(frame: pd.DataFrame) -> pd.Series:
    slack = 1e-6 * frame["value"].abs().clip(lower=1)
    low = frame["lower_ci"] > frame["value"] + slack
    high = frame["upper_ci"] < frame["value"] - slack
    return ~(low | high | (frame["lower_ci"] > frame["upper_ci"]))


def _no_limits_without_value(frame: pd.DataFrame) -> pd.Series:
    limits = frame[["lower_ci", "upper_ci"]].notna().any(axis=1)
    return frame["value"].notna() | ~limits


def _order_is_of_group(frame: pd.DataFrame) -> pd.Series:
    """A deprivation group has a place from 1 to 5 or 10; other dimensions need none."""
    number, dimensions = pd.factorize(frame["dimension"])
    groups = np.array([Dimension.parse(text).groups for text in dimensions], np.int64)[number]
    order = frame["subgroup_order"].to_numpy("float64", na_value=np.nan)
    return pd.Series((groups == 0) | ((order >= 1) & (order <= groups)), frame.index)


RULES: tuple[Rule, ...] = (
    *(_filled(name) for name in ("indicator_id", "area_type", "period", "source")),
    (
        _has_code,
        "area_code to be a GSS code, a letter and eight digits such as E07000243",
    ),
    _within("sex", SEXES),
    _within("status", STATUSES),
    (
        lambda f: f["period_start"] <= f["period_end"],
        "period_start and period_end to be dates, the start not after the end",
    ),
    (
        lambda f: f["value"].notna() == f["status"].isin(HAS_VALUE),
        f"a value where status is {listed(HAS_VALUE)}, and none where it is not",
    ),
    (_finite, "finite numbers"),
    (_limits_hold_value, "lower_ci <= value <= upper_ci"),
    (_no_limits_without_value, "no confidence limits where there is no value"),
    _not_negative("count"),
    _not_negative("denominator"),
    (
        lambda f: (f["dimension"] == "") == (f["subgroup"] == ""),
        "a subgroup wherever there is a dimension, and only there",
    ),
    (
        _order_is_of_group,
        "subgroup_order from 1 (most deprived) to 5 or 10 in a deprivation dimension",
    ),
    (lambda f: ~f.duplicated(KEY, keep=False), ONCE),
)
"""Everything that must hold of the rows of the tidy contract."""


@cache
def schema() -> Any:
    """Return the tidy contract as a pandera schema."""
    import pandera.pandas as pa  # noqa: PLC0415 (loading it takes half a second)

    return pa.DataFrameSchema(
        {name: pa.Column(dtype, nullable=dtype != "string") for name, dtype in COLUMNS.items()},
        checks=[pa.Check(rule, error=words) for rule, words in RULES],
        ordered=False,
        strict=True,
    )
