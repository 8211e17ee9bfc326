"""What makes the gap in life expectancy inside the area: its years by age, and by cause."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.facts.profile import Profile
from ineqlib.measures import arriaga_by_cause
from ineqlib.observations import Dimension, of_dimension
from ineqlib.pack import Pack
from ineqlib.periods import period_label

EVERYBODY = "Persons"
SPANS = {
    "under 1": (0, 1),
    "1 to 24": (1, 25),
    "25 to 49": (25, 50),
    "50 to 64": (50, 65),
    "65 to 74": (65, 75),
    "75 and over": (75, 200),
}
"""Ages in words -> where they start and end."""


@dataclass(frozen=True)
class ContributionByAge:
    """Arriaga's decomposition of the gap between the most and the least deprived group."""

    period: str
    """Of the deaths."""
    dimension: Dimension
    """How the area's neighbourhoods are cut."""
    gap: Fact
    """The gap in years."""
    by_age: dict[str, Fact]
    """Words for a span of ages -> the years of the gap that come from it; they add up to `gap`."""
    by_cause: dict[str, Fact]
    """The same by cause; empty where the pack holds none."""


class AreaDeaths(NamedTuple):
    """Deaths and person-years of one area's most and least deprived group."""

    period: str
    dimension: str
    bands: tuple[int, ...]
    """Age at which each starts."""
    causes: tuple[str, ...]
    deaths: NDArray[np.float64]
    """Of shape groups, causes, bands."""
    person_years: NDArray[np.float64]
    """Of shape groups, bands."""


def contributions_by_age(profile: Profile, sex: str = EVERYBODY) -> ContributionByAge | None:
    """Take the gap apart; None where the pack has no deaths and people by age for the groups."""
    tables = ("deaths", "populations")
    if not all(profile.pack.has(table) for table in tables):
        return None
    here = deaths_of_ends(profile.pack, profile.area.code, sex)
    if here is None or not (here.person_years > 0).all():
        return None
    try:
        most, least = here.deaths / here.person_years[:, None, :]
        parts = arriaga_by_cause(most, least, bands=list(here.bands))
    except InputError:  # a band that nobody dies in, or survives
        return None
    total = float(parts.difference)
    by_band = parts.parts.sum(axis=0)
    ages = {
        name: float(by_band[[low <= band < high for band in here.bands]].sum())
        for name, (low, high) in SPANS.items()
    }
    causes = dict(zip(here.causes, parts.parts.sum(axis=1).tolist(), strict=True))
    known = causes if len(causes) > 1 else {}
    of_sex = "" if sex == EVERYBODY else sex

    def fact(what: str, value: float, age: str = "", cause: str = "") -> Fact:
        about = cause.replace("_", " ") or age or "whole gap"
        return calculated_of(
            profile.area,
            fact_id("gap-by-age", what, profile.area.code, here.period, age, cause, of_sex),
            value,
            decimals=1,
            unit="years",
            period=here.period,
            sex=sex,
            age=f"aged {age}" if age else "",
            method=f"{about}: Arriaga's decomposition, from the most to the least deprived group",
        )

    return ContributionByAge(
        here.period,
        Dimension.parse(here.dimension),
        fact("gap", total),
        {name: fact("age", value, age=name) for name, value in ages.items()},
        {name.replace("_", " "): fact("cause", v, cause=name) for name, v in known.items()},
    )


def deaths_of_ends(pack: Pack, area_code: str, sex: str = EVERYBODY) -> AreaDeaths | None:
    """Return deaths and person-years of an area's two ends; None where the pack lacks them.

    Everybody's are those of men and women together.
    """
    tables = (
        pack.shared(of_local_groups, name).get(area_code) for name in ("deaths", "populations")
    )
    deaths, people = tables
    if deaths is None or people is None:
        return None
    if sex != EVERYBODY:
        deaths, people = (rows[rows["sex"] == sex] for rows in (deaths, people))
        if deaths.empty or people.empty:
            return None
    ages = {name: int(name.split("-")[0].rstrip("+")) for name in people["age_band"].unique()}
    return _ends(deaths, people, ages)


def of_local_groups(pack: Pack, table: str) -> dict[str, pd.DataFrame]:
    """Return the rows of each area's own groups in the newest period; for `Pack.shared`."""
    return {str(code): rows for code, rows in _newest_local(pack.table(table)).groupby("area_code")}


def _newest_local(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep each area's own groups, in the newest period; of several cuts the fifths."""
    rows = rows[of_dimension(rows["dimension"], lambda dimension: dimension.is_local)]
    for column in ("period_end", "dimension"):
        rows = rows[rows[column] == rows.groupby("area_code")[column].transform("max")]
    return rows


def _ends(deaths: pd.DataFrame, people: pd.DataFrame, ages: dict[str, int]) -> AreaDeaths | None:
    same = ["period_start", "period_end", "dimension"]
    if not (deaths[same].iloc[0] == people[same].iloc[0]).all():
        return None
    groups = (1, Dimension.parse(str(people["dimension"].iloc[0])).groups)
    lived = people.pivot_table("person_years", "subgroup_order", "age_band", "sum")
    bands = sorted(lived.columns, key=ages.__getitem__)
    keys = ["subgroup_order", "cause"] if "cause" in deaths else ["subgroup_order"]
    died = deaths.pivot_table("deaths", keys, "age_band", "sum")
    if not set(groups) <= set(lived.index) or set(died.columns) != set(bands):
        return None
    causes = sorted(deaths["cause"].unique()) if "cause" in deaths else ["all"]
    if len(died.loc[list(groups)]) != len(groups) * len(causes):
        return None
    start, end = people[["period_start", "period_end"]].iloc[0]
    return AreaDeaths(
        period_label(start, end),
        str(people["dimension"].iloc[0]),
        tuple(ages[band] for band in bands),
        tuple(map(str, causes)),
        np.array([died.loc[[group]][bands].to_numpy(float) for group in groups]),
        np.array([lived.loc[group, bands].to_numpy(float) for group in groups]),
    )
