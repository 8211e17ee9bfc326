"""Deaths and person-years by age of an area's groups by deprivation, from the tables of a pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.estimate import FloatArray
from ineqlib.observations import Dimension, of_dimension
from ineqlib.pack import Area, Pack
from ineqlib.periods import period_label

TABLES = {"deaths": "deaths", "populations": "person_years"}
"""Table by age -> what it counts."""
WHEN = ["period_start", "period_end", "dimension"]
EVERYBODY = "Persons"
APART = ("Male", "Female")


@dataclass(frozen=True)
class GroupDeaths:
    """Deaths and person-years of an area's groups by deprivation, which together are the area."""

    period: str
    dimension: Dimension
    bands: tuple[int, ...]
    """Age at which each starts."""
    causes: tuple[str, ...]
    """One alone where the pack knows none."""
    deaths: FloatArray
    """Of shape groups, causes, bands; the most deprived group first."""
    person_years: FloatArray
    """Of shape groups, bands."""


class _Cut(NamedTuple):
    """One way in which an area is cut into groups, in one period."""

    start: datetime
    end: datetime
    text: str

    @property
    def dimension(self) -> Dimension:
        return Dimension.parse(self.text)


def deaths_of_groups(pack: Pack, area: Area, sex: str) -> GroupDeaths | str:
    """Read an area's groups, in the newest period and the widest cut that both tables have.

    Where there are none, say why.
    """
    lacking = [name for name in TABLES if not pack.has(name)]
    if lacking:
        return f"The pack '{pack.title}' holds no table of {' and '.join(lacking)} by age."
    read = (pack.table(table, [("area_code", "==", area.code)]) for table in TABLES)
    deaths, people = (_of_sex(rows, sex) for rows in read)
    nothing = f"The pack '{pack.title}' holds no deaths and people by age of {area.name}"
    if (cut := _newest_and_widest(deaths, people)) is None:
        return f"{nothing}."
    groups = _of_cut(deaths, people, cut, range(1, cut.dimension.groups + 1))
    return f"{nothing} {groups}" if isinstance(groups, str) else groups


def deaths_of_ends(pack: Pack, area_code: str, sex: str = EVERYBODY) -> GroupDeaths | None:
    """Return the most and the least deprived of an area's own groups; None where they lack."""
    if not all(pack.has(table) for table in TABLES):
        return None
    read = (pack.shared(of_local_groups, table).get(area_code) for table in TABLES)
    deaths, people = (None if rows is None else _of_sex(rows, sex) for rows in read)
    if deaths is None or people is None:
        return None
    if (cut := _newest_and_widest(deaths, people)) is None:
        return None
    ends = _of_cut(deaths, people, cut, (1, cut.dimension.groups))
    return None if isinstance(ends, str) else ends


def of_local_groups(pack: Pack, table: str) -> dict[str, pd.DataFrame]:
    """Return the rows of each area's own groups in the newest period; for `Pack.shared`."""
    rows = pack.table(table)
    rows = rows[of_dimension(rows["dimension"], lambda dimension: dimension.is_local)]
    rows = rows[rows["period_end"] == rows.groupby("area_code")["period_end"].transform("max")]
    return {str(code): own for code, own in rows.groupby("area_code")}


def _of_cut(
    deaths: pd.DataFrame, people: pd.DataFrame, cut: _Cut, order: Sequence[int]
) -> GroupDeaths | str:
    """Return some groups of one cut in one period; if they are not whole, what is wanting."""
    deaths, people = (
        rows[
            (rows["period_end"] == cut.end)
            & (rows["dimension"] == cut.text)
            & rows["subgroup_order"].isin(order)
        ]
        for rows in (deaths, people)
    )
    lived = people.groupby(["subgroup_order", "age_band"])["person_years"].sum().unstack()
    bands = sorted(lived.columns, key=_start)
    if "cause" not in deaths:
        deaths = deaths.assign(cause="all causes")
    causes = sorted(deaths["cause"].unique())
    died = deaths.groupby(["subgroup_order", "cause", "age_band"])["deaths"].sum().unstack()
    cells = pd.MultiIndex.from_product([order, causes])
    is_whole = set(order) <= set(lived.index) and set(cells) <= set(died.index)
    if not is_whole or set(died.columns) != set(bands):
        return "for every one of its groups."
    counted = died.loc[cells, bands].to_numpy(float).reshape(len(order), len(causes), len(bands))
    person_years = lived.loc[list(order), bands].to_numpy(float)
    # A sum over withheld counts would take them for zero.
    withheld = deaths["deaths"].isna().any() or people["person_years"].isna().any()
    if withheld or np.isnan(counted).any() or np.isnan(person_years).any():
        return "without gaps: some counts are withheld or missing."
    return GroupDeaths(
        period_label(cut.start, cut.end),
        cut.dimension,
        tuple(map(_start, bands)),
        tuple(str(cause).replace("_", " ") for cause in causes),
        counted,
        person_years,
    )


def _newest_and_widest(deaths: pd.DataFrame, people: pd.DataFrame) -> _Cut | None:
    """Choose by period, then the area's own groups before others, then few groups before many."""
    common = [cut for cut in _cuts(deaths) & _cuts(people) if cut.dimension.groups]
    return max(
        common,
        key=lambda cut: (cut.end, cut.dimension.is_local, -cut.dimension.groups),
        default=None,
    )


def _cuts(rows: pd.DataFrame) -> set[_Cut]:
    return {_Cut(*row) for row in rows[WHEN].drop_duplicates().to_numpy().tolist()}


def _of_sex(rows: pd.DataFrame, sex: str) -> pd.DataFrame:
    """Keep one sex; everybody's rows are those of men and women, where they are apart."""
    sexes = set(rows["sex"].unique())
    if sex == EVERYBODY and set(APART) <= sexes:
        return rows[rows["sex"].isin(APART)]
    return rows[rows["sex"] == sex]


def _start(band: str) -> int:
    return int(band.split("-", maxsplit=1)[0].rstrip("+"))
