"""The tidy contract: one row is indicator x area x period x sex x age x dimension x subgroup.

Everything downstream reads these columns and nothing else. Checking is in `validation`.
"""

from typing import Literal, get_args

import pandas as pd

Status = Literal[
    "ok", "suppressed", "not_available", "not_applicable", "low_reliability", "provisional"
]
STATUSES: tuple[str, ...] = get_args(Status)
HAS_VALUE = ("ok", "low_reliability", "provisional")

COLUMNS: dict[str, str] = {
    "indicator_id": "string",
    "area_code": "string",
    "area_name": "string",
    "area_type": "string",
    "period": "string",
    "period_start": "datetime64[ns]",
    "period_end": "datetime64[ns]",
    "sex": "string",
    "age": "string",
    "dimension": "string",
    "subgroup": "string",
    "subgroup_order": "Int16",
    "value": "float64",
    "lower_ci": "float64",
    "upper_ci": "float64",
    "count": "float64",
    "denominator": "float64",
    "unit": "string",
    "status": "string",
    "comparison": "string",
    "note": "string",
    "source": "string",
}
"""Column -> pandas dtype. Text is never missing: an empty string says "none". `comparison` is the
publisher's own comparison with the country, in lower case (``better``, ``similar``, ``worse``,
``higher``, ``lower``), kept because many extracts carry it without the intervals behind it."""

KEY = "indicator_id area_code period_start period_end sex age dimension subgroup".split()
"""What makes a row one row."""

SEXES = ("Persons", "Male", "Female")

DIMENSION_KINDS = {
    "local_deprivation_decile": "tenths of the area's own neighbourhoods by deprivation",
    "local_deprivation_quintile": "fifths of the area's own neighbourhoods by deprivation",
    "national_deprivation_decile": "tenths of the country's neighbourhoods by deprivation",
    "national_deprivation_quintile": "fifths of the country's neighbourhoods by deprivation",
    "area_deprivation_decile": "tenths of the country's authorities by deprivation",
}
"""Deprivation dimensions are written ``kind:index``, as ``local_deprivation_decile:imd2019``.
Any other dimension keeps the publisher's words. Order 1 is always the most deprived."""


def empty() -> pd.DataFrame:
    """Return a frame of the contract with no rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in COLUMNS.items()})


def conform(frame: pd.DataFrame) -> pd.DataFrame:
    """Put a frame into the contract: columns, order and dtypes; missing text becomes empty.

    Columns the frame lacks are added empty; columns outside the contract are dropped.
    """
    out = frame.reindex(columns=list(COLUMNS))
    for name, dtype in COLUMNS.items():
        column = out[name]
        out[name] = (
            column.astype("string").fillna("") if dtype == "string" else column.astype(dtype)
        )
    return out


def split_dimension(dimension: str) -> tuple[str, str]:
    """Split ``kind:index`` into its two parts; the index of other dimensions is empty.

    Examples
    --------
    >>> split_dimension("local_deprivation_decile:imd2019")
    ('local_deprivation_decile', 'imd2019')
    """
    kind, _, index = dimension.partition(":")
    return (kind, index) if kind in DIMENSION_KINDS else (dimension, "")
