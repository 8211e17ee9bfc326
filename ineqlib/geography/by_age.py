"""Life expectancy and standardised rates of a whole, from deaths and people of its parts by age.

A way of computing is used only where it gives back what is published for every part: so it is the
publisher's own, and so are the tables.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.catalogue import Indicator
from ineqlib.errors import UserError
from ineqlib.estimate import Estimate
from ineqlib.measures import ESP2013, dsr, life_expectancy

ALL_CAUSES = ""
EVERYBODY = "Persons"
_WHEN_AND_WHO = ["period_start", "period_end", "sex"]


class ByAge(NamedTuple):
    """A figure made from deaths and people by age, and how."""

    value: float
    lower: float
    upper: float
    events: float
    denominator: float
    how: str


@dataclass(frozen=True)
class AgeTables:
    """Deaths and person-years of each area by age band, for each period and sex."""

    deaths: dict[tuple, pd.DataFrame] = field(default_factory=dict)
    """By period, sex and cause (`ALL_CAUSES` for all together): areas down, bands across."""
    people: dict[tuple, pd.DataFrame] = field(default_factory=dict)
    """By period and sex."""

    @classmethod
    def of(cls, deaths: pd.DataFrame | None, people: pd.DataFrame | None) -> "AgeTables":
        """Add up the groups and the sexes that a pack has its deaths and people in."""
        if deaths is None or people is None:
            return cls()
        causes = [ALL_CAUSES, *deaths["cause"].unique()]
        of_cause = {
            cause: deaths if cause == ALL_CAUSES else deaths[deaths["cause"] == cause]
            for cause in causes
        }
        return cls(
            {
                (*key, cause): table
                for cause, rows in of_cause.items()
                for key, table in _by_band(rows, "deaths").items()
            },
            _by_band(people, "person_years"),
        )

    @property
    def causes(self) -> list[str]:
        """Causes of death, all of them together first."""
        return list(dict.fromkeys(cause for *_, cause in self.deaths))


def _by_band(table: pd.DataFrame, counted: str) -> dict[tuple, pd.DataFrame]:
    """Return each area's total by band, over the groups of one dimension."""
    first = table.groupby("area_code")["dimension"].transform("min")
    rows = table[table["dimension"] == first]
    bands = list(dict.fromkeys(table["age_band"]))
    tables = {
        key: of_key.pivot_table(
            index="area_code", columns="age_band", values=counted, aggfunc="sum"
        ).reindex(columns=bands)
        for key, of_key in rows.groupby(_WHEN_AND_WHO)
    }
    for start, end in {key[:2] for key in tables}:
        men, women = (tables.get((start, end, sex)) for sex in ("Male", "Female"))
        if (start, end, EVERYBODY) not in tables and men is not None and women is not None:
            tables[start, end, EVERYBODY] = men + women
    return tables


def from_ages(
    tables: AgeTables,
    indicator: Indicator,
    series: pd.Series,
    parts: pd.Series,
    multiplier: float,
    tolerance: float,
) -> ByAge | None:
    """Return a figure of all parts together; None where no way gives back those of each part.

    `series` has period, sex and age of the figure, `parts` the published values by code, and
    `tolerance` is half of what these are rounded to.
    """
    for way in _ways(tables, indicator, series, list(parts.index), multiplier):
        estimate, count, denominator, how = way
        of_parts = estimate.value[:-1]
        if np.allclose(of_parts, parts.to_numpy(float), rtol=1e-9, atol=tolerance * 1.0001):
            value, lower, upper = (
                float(array[-1]) for array in (estimate.value, estimate.lower, estimate.upper)
            )
            return ByAge(value, lower, upper, count, denominator, how)
    return None


def _ways(
    tables: AgeTables, indicator: Indicator, series: pd.Series, codes: list[str], multiplier: float
) -> Iterator[tuple[Estimate, float, float, str]]:
    """Yield ways to compute the figure of each part, and last of all together."""
    key = tuple(series[name] for name in _WHEN_AND_WHO)
    people = _with_sum(tables.people.get(key), codes)
    if people is None:
        return
    if indicator.is_life_expectancy:
        deaths = _with_sum(tables.deaths.get((*key, ALL_CAUSES)), codes)
        age = _age(str(series["age"]))
        if deaths is not None and age is not None:
            data = deaths.to_numpy(), people.to_numpy()
            options = {"bands": list(people.columns), "age": age, "rules": ("population",)}
            if (made := _tried(life_expectancy, *data, **options)) is not None:
                how = "life expectancy from their deaths and people by age"
                yield made, np.nan, float(data[1][-1].sum()), how
        return
    people = _of_standard_bands(people, str(series["age"]))
    for cause in tables.causes if people is not None else ():
        counts = _with_sum(tables.deaths.get((*key, cause)), codes)
        counts = None if counts is None else _of_standard_bands(counts, str(series["age"]))
        if counts is None or people is None:
            continue
        data = counts.to_numpy(), people.to_numpy()
        options = {"bands": list(people.columns), "multiplier": multiplier}
        if (made := _tried(dsr, *data, ESP2013, **options)) is not None:
            how = "standardised to the European population of 2013 from their deaths and people"
            yield made, float(data[0][-1].sum()), float(data[1][-1].sum()), how


def _tried(make: Callable[..., Estimate], *data: object, **options: object) -> Estimate | None:
    try:
        return make(*data, **options)
    except UserError:  # these tables do not fit this measure
        return None


def _with_sum(table: pd.DataFrame | None, codes: list[str]) -> pd.DataFrame | None:
    """Return the rows of all parts, and last their sum; None where one is not whole."""
    if table is None or not set(codes) <= set(table.index):
        return None
    rows = table.loc[codes]
    if rows.isna().any(axis=None):
        return None
    return pd.concat([rows, rows.sum().to_frame("all").T])


def _age(text: str) -> int | None:
    """Return the age from which life expectancy is meant."""
    if text in ("All ages", ""):
        return 0
    digits = text.removesuffix(" yrs").removesuffix("+")
    return int(digits) if digits.isdigit() else None


def _of_standard_bands(table: pd.DataFrame, age: str) -> pd.DataFrame | None:
    """Return the bands of the standard within an age such as ``<75 yrs`` or ``All ages``."""
    end = np.inf if age == "All ages" else _end(age)
    if end is None:
        return None
    if {"0", "1-4"} <= set(table.columns) and "0-4" not in table:
        table = table.assign(**{"0-4": table["0"] + table["1-4"]})
    wanted = [band for band in ESP2013.bands if _start(band) < end]
    return table[wanted] if set(wanted) <= set(table.columns) else None


def _end(age: str) -> float | None:
    digits = age.removeprefix("<").removesuffix(" yrs")
    return float(digits) if age.startswith("<") and digits.isdigit() else None


def _start(band: str) -> float:
    return float(band.rstrip("+").partition("-")[0])
