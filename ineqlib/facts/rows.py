"""Rows of observations as plain tuples: a briefing looks into each many times, one at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

import pandas as pd

from ineqlib.observations import HAS_VALUE
from ineqlib.pack import Pack
from ineqlib.periods import period_label


class Row(NamedTuple):
    """One row of the tidy contract, its number in the pack, and where it stands in the briefing."""

    indicator_id: str
    area_code: str
    area_name: str
    period_start: datetime
    period_end: datetime
    sex: str
    age: str
    dimension: str
    subgroup: str
    subgroup_order: int
    """0 where the subgroups have no order."""
    value: float
    lower_ci: float
    upper_ci: float
    events: float
    denominator: float
    unit: str
    status: str
    comparison: str
    trend: str
    """The publisher's own label of the recent trend; empty where there is none."""
    note: str
    source: str
    row: int
    role: str
    """Whose it is: ``area``, ``county``, ``region`` or ``country``."""
    period: str
    """Written one way, whoever published it (``2022 to 2024``)."""

    @property
    def has_value(self) -> bool:
        """Whether there is a figure, however uncertain."""
        return self.status in HAS_VALUE

    @property
    def months(self) -> int:
        """Length of the period: one-year and three-year rows are not one series."""
        start, end = self.period_start, self.period_end
        return (end.year - start.year) * 12 + end.month - start.month + 1

    @property
    def middle(self) -> datetime:
        """The middle of the period, where a chart draws the figure."""
        return self.period_start + (self.period_end - self.period_start) / 2

    @property
    def when_and_who(self) -> tuple[datetime, datetime, str, str]:
        """Period, sex and age: figures that share them can be compared."""
        return self.period_start, self.period_end, self.sex, self.age


RENAMED = {"events": "count"}  # a tuple has a `count` of its own
COLUMNS = [RENAMED.get(name, name) for name in Row._fields if name not in ("role", "period")]
"""Those the pack has as they are."""
DAYS = ("period_start", "period_end")

_label = cache(period_label)


def read_rows(pack: Pack, indicators: tuple[str, ...], *roles: tuple[str, str]) -> list[Row]:
    """Read the rows of some places, given as area code and role, in the order of the pack."""
    role_of = dict(roles)
    frame = pack.observations(indicator=indicators, area=role_of, columns=COLUMNS)
    return rows_of(frame, role_of)


def rows_of(frame: pd.DataFrame, role_of: Mapping[str, str]) -> list[Row]:
    """Return observations (`COLUMNS`) as rows, whose roles are given by area code."""
    columns = {name: frame[name].tolist() for name in COLUMNS if name not in DAYS}
    columns |= {name: columns.pop(given) for name, given in RENAMED.items()}
    for name in DAYS:
        columns[name] = frame[name].to_numpy().astype("datetime64[us]").tolist()
    columns["subgroup_order"] = frame["subgroup_order"].fillna(0).tolist()
    columns["role"] = [role_of[code] for code in columns["area_code"]]
    columns["period"] = list(map(_label, *(columns[name] for name in DAYS)))
    return [
        Row._make(cells) for cells in zip(*(columns[name] for name in Row._fields), strict=True)
    ]


def known_totals(rows: Iterable[Row]) -> list[Row]:
    """Keep the figures of whole areas, not of groups in them, that are known."""
    return [row for row in rows if not row.dimension and row.has_value]


def independent(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with a value that share no day with one another, newest first."""
    chosen: list[Row] = []
    for row in reversed(rows):
        if row.has_value and (not chosen or row.period_end < chosen[-1].period_start):
            chosen.append(row)
    return chosen
