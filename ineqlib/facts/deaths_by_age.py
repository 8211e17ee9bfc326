"""Deaths and person-years by age of an area's groups by deprivation, from the tables of a pack."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.estimate import FloatArray
from ineqlib.observations import Dimension
from ineqlib.pack import Area, Pack
from ineqlib.periods import period_label

TABLES = {"deaths": "deaths", "populations": "person_years"}
"""Table by age -> what it counts."""
WHEN = ["period_start", "period_end", "dimension"]
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


def deaths_of_groups(pack: Pack, area: Area, sex: str) -> GroupDeaths | str:
    """Read an area's groups, in the newest period and the widest cut that both tables have.

    Where there are none, say why.
    """
    lacking = [name for name in TABLES if not pack.has(name)]
    if lacking:
        return f"The pack '{pack.title}' holds no table of {' and '.join(lacking)} by age."
    nothing = f"The pack '{pack.title}' holds no deaths and people by age of {area.name}"
    read = (pack.table(table, [("area_code", "==", area.code)]) for table in TABLES)
    deaths, people = (_of_sex(rows, sex) for rows in read)
    usable = [cut for cut in _cuts(deaths) & _cuts(people) if Dimension.parse(cut[2]).groups]
    if not usable:
        return f"{nothing}."
    start, end, text = max(usable, key=_newest_and_widest)
    deaths, people = (
        rows[(rows["period_end"] == end) & (rows["dimension"] == text)] for rows in (deaths, people)
    )
    dimension = Dimension.parse(text)
    order = list(range(1, dimension.groups + 1))
    lived = people.pivot_table("person_years", "subgroup_order", "age_band", "sum")
    bands = sorted(lived.columns, key=_start)
    if "cause" not in deaths:
        deaths = deaths.assign(cause="all causes")
    causes = sorted(deaths["cause"].unique())
    died = deaths.pivot_table("deaths", ["subgroup_order", "cause"], "age_band", "sum")
    cells = pd.MultiIndex.from_product([order, causes])
    is_whole = set(order) <= set(lived.index) and set(cells) <= set(died.index)
    if not is_whole or set(died.columns) != set(bands):
        return f"{nothing} for every one of its groups."
    counted = died.loc[cells, bands].to_numpy(float).reshape(len(order), len(causes), len(bands))
    person_years = lived.loc[order, bands].to_numpy(float)
    # A sum over withheld counts would take them for zero.
    withheld = deaths["deaths"].isna().any() or people["person_years"].isna().any()
    if withheld or np.isnan(counted).any() or np.isnan(person_years).any():
        return f"{nothing} without gaps: some counts are withheld or missing."
    return GroupDeaths(
        period_label(start, end),
        dimension,
        tuple(map(_start, bands)),
        tuple(str(cause).replace("_", " ") for cause in causes),
        counted,
        person_years,
    )


def _cuts(rows: pd.DataFrame) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in rows[WHEN].drop_duplicates().to_numpy().tolist()}


def _newest_and_widest(cut: tuple[Any, ...]) -> tuple[object, bool, int]:
    """Order cuts by period, then those of the area's own groups, then those of few groups."""
    _, end, text = cut
    dimension = Dimension.parse(text)
    return end, dimension.is_local, -dimension.groups


def _of_sex(rows: pd.DataFrame, sex: str) -> pd.DataFrame:
    """Keep one sex; everybody's rows are those of men and women, where they are apart."""
    sexes = set(rows["sex"])
    if sex == "Persons" and set(APART) <= sexes:
        return rows[rows["sex"].isin(APART)]
    return rows[rows["sex"] == sex]


def _start(band: str) -> int:
    return int(band.split("-", maxsplit=1)[0].rstrip("+"))
