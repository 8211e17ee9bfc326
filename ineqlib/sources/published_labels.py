"""The labels of a Fingertips download beside its figures, each as the publisher has written it."""

import re

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import InputError
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.headings import plain_heading
from ineqlib.sources.layouts.fingertips import LAYOUTS
from ineqlib.sources.recognise import recognise_sheets
from ineqlib.sources.rows import FILE_ROW

ENGLAND = "Compared to England value or percentiles"
_PARENT = re.compile(r"comparedto(?!england).+valueorpercentiles")
_LIMITS = {"lower_998": "Lower CI 99.8 limit", "upper_998": "Upper CI 99.8 limit"}
_KEPT = (
    *("area_code", "area_name", "period", "period_start", "period_end", "sex", "age"),
    *("value", "lower_ci", "upper_ci", "count", "denominator", "trend"),
)


def read_labels(content: bytes) -> pd.DataFrame:
    """Read a Fingertips download as rows with labels (`ineqlib.audit.labels.COLUMNS`).

    Raises
    ------
    InputError
        It is no Fingertips download.
    """
    (layout, content), *_ = recognise_sheets(content)[0]
    if layout not in LAYOUTS:
        raise InputError(
            f"This file is not a Fingertips download but in another layout ({layout.name}), which "
            "has no labels to recompute. Give the CSV file as Fingertips offers it."
        )
    rows = layout.parse(content, {}).frame
    raw = read_csv_text(content, (), "a Fingertips download")
    raw = raw.loc[(rows[FILE_ROW] - 2).to_numpy()].reset_index(drop=True)
    raw.columns = raw.columns.map(plain_heading)
    parent = next(filter(_PARENT.fullmatch, raw.columns), "")
    group = _column(raw, "Category Type") + ": " + _column(raw, "Category")
    plain = rows.assign(**{name: rows[name].astype("str") for name in rows if _is_text(rows[name])})
    return plain[list(_KEPT)].assign(
        indicator=plain["publisher_id"],
        name=plain["indicator_name"],
        is_country=plain["area_type"].eq("country"),
        parent_code=_column(raw, "Parent Code"),
        months=months(plain),
        group=group.str.removeprefix(": "),
        comparison=_column(raw, ENGLAND),
        parent_comparison=_column(raw, parent),
        **{name: _numbers(raw, heading) for name, heading in _LIMITS.items()},
        **meanings(plain["publisher_id"]),
    )


def months(rows: pd.DataFrame) -> pd.Series:
    """Return the length of each row's period in months."""
    start, end = rows["period_start"].dt, rows["period_end"].dt
    return (end.year - start.year) * 12 + end.month - start.month + 1


def meanings(fingertips_id: pd.Series) -> dict[str, pd.Series]:
    """Return what the catalogue says of ids of Fingertips: `polarity` and `value_type`."""
    catalogue = load_catalogue()
    known = {text: catalogue.find("fingertips", text) for text in fingertips_id.unique()}
    return {
        name: fingertips_id.map(
            {text: getattr(match[0], name) if match else "" for text, match in known.items()}
        )
        for name in ("polarity", "value_type")
    }


def _column(raw: pd.DataFrame, heading: str) -> pd.Series:
    name = plain_heading(heading)
    return raw[name].astype("str") if name in raw else pd.Series("", index=raw.index)


def _numbers(raw: pd.DataFrame, heading: str) -> pd.Series:
    return pd.to_numeric(_column(raw, heading), errors="coerce")


def _is_text(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype | pd.StringDtype)
