"""The rows of all parts for one figure of a whole, and whether they can be put together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

import pandas as pd

from ineqlib.errors import listed
from ineqlib.observations import HAS_VALUE, KEY, Dimension

SERIES = tuple(name for name in KEY if name != "area_code")
"""What the rows of one figure's parts have in common."""
MOST_NAMED = 8
OF_EACH_PART = ("local", "area")
"""Whose groups by deprivation differ from part to part."""
_WORST = ("suppressed", "not_available", "not_applicable", "low_reliability", "provisional")

Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Parts:
    """The parts of one figure."""

    rows: Sequence[Row]
    cover: Sequence[str]
    """Codes of all the parts there should be."""

    @property
    def first(self) -> Row:
        """What is the same in all rows is that of the first."""
        return self.rows[0]

    @cached_property
    def values(self) -> pd.Series:
        """The published values by code."""
        return pd.Series({row["area_code"]: row["value"] for row in self.rows}, dtype=float)

    @property
    def groups_differ(self) -> bool:
        """Whether the figure is of a group that each part draws in its own way."""
        return Dimension.parse(self.first["dimension"]).whose in OF_EACH_PART

    @property
    def status(self) -> str:
        """The worst status of any part."""
        present = {row["status"] for row in self.rows}
        return next((status for status in _WORST if status in present), "ok")

    def added(self, column: str) -> float:
        """Return the sum of a column; NaN where one part has none."""
        return float(sum(row[column] for row in self.rows))

    @property
    def weighted(self) -> float:
        """The sum of values times denominators."""
        return float(sum(row["value"] * row["denominator"] for row in self.rows))

    def lacks(self, names: Mapping[str, str]) -> str:
        """Say why the parts, named by code, cannot be put together; empty where they can."""
        if len(units := sorted({row["unit"] for row in self.rows})) > 1:
            return f"its parts are published in different units: {listed(units)}"
        if len(sources := sorted({row["source"] for row in self.rows})) > 1:
            return (
                "its parts are from different sources, whose denominators may mean different "
                f"things: {listed(sources)}"
            )
        known = {row["area_code"] for row in self.rows if has_value(row)}
        lacking = [names.get(code, code) for code in self.cover if code not in known]
        if lacking:
            names_of_all = listed(lacking, MOST_NAMED)
            return f"nothing is published for {names_of_all}, of {len(self.cover)} parts"
        return ""

    def without(self, column: str) -> list[str]:
        """Return the names of the parts that have no number in a column."""
        return [row["area_name"] for row in self.rows if isnan(row[column])]


def has_value(row: Row) -> bool:
    """Tell whether a row has a figure."""
    return row["status"] in HAS_VALUE


def parts_of(rows: pd.DataFrame, cover: Sequence[str]) -> dict[str, list[Parts]]:
    """Part rows by indicator and figure."""
    by_series: dict[Key, list[Row]] = defaultdict(list)
    for row in _records(rows):
        by_series[tuple(row[name] for name in SERIES)].append(row)
    by_indicator: dict[str, list[Parts]] = defaultdict(list)
    for (indicator, *_), of_series in by_series.items():
        by_indicator[indicator].append(Parts(of_series, cover))
    return dict(by_indicator)


def _records(rows: pd.DataFrame) -> Iterable[Row]:
    names = list(rows.columns)
    columns = (rows[name].tolist() for name in names)
    return (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))


def plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations with texts as texts, whatever a build keeps them as."""
    kept = {name: "str" for name in rows if isinstance(rows[name].dtype, pd.CategoricalDtype)}
    return rows.astype(kept) if kept else rows
