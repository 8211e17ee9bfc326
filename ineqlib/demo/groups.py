"""The groups of neighbourhoods that figures are published for: areas and their fifths."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.areas import area_type, is_upper_tier
from ineqlib.demo.parameters import Parameters
from ineqlib.demo.people import Country
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures.quantiles import assign_quantiles
from ineqlib.observations import Dimension, Whose, group_label, of_dimension
from ineqlib.periods import parse_period

ABSENT = "No neighbourhood of this area is in this part of the country's range of deprivation"
Z = 1.959964
SMALL = ("suppressed", "Withheld: a number this small could point at people")
TOO_FEW = ("not_available", "Too few people or events for a dependable figure")


@dataclass(frozen=True)
class Groups:
    """Which neighbourhoods each published row adds up."""

    frame: pd.DataFrame
    """One row per group: ``area_code, area_name, area_type, dimension, subgroup,
    subgroup_order``."""
    members: FloatArray
    """1 where the neighbourhood is in the group, shape (groups, neighbourhoods)."""

    def __getitem__(self, wanted: pd.Series | NDArray[np.bool_]) -> "Groups":
        chosen = np.asarray(wanted)
        return Groups(self.frame[chosen].reset_index(drop=True), self.members[chosen])

    @property
    def totals(self) -> NDArray[np.bool_]:
        """Groups that are whole areas."""
        return (self.frame["dimension"] == "").to_numpy()

    @property
    def upper_tier(self) -> NDArray[np.bool_]:
        """Groups of areas for which upper-tier figures are published: not the districts."""
        kinds = ("region", "country")
        return np.array(
            [is_upper_tier(code) or area_type(code) in kinds for code in self.frame["area_code"]]
        )

    def by(self, whose: Whose, k: int) -> NDArray[np.bool_]:
        """Groups of a division by deprivation: whose, and into how many."""
        return of_dimension(
            self.frame["dimension"], lambda cut: (cut.whose, cut.groups) == (whose, k)
        ).to_numpy()

    def sum(self, values: FloatArray) -> FloatArray:
        """Add up the neighbourhoods, which are the first axis, into groups."""
        return np.tensordot(self.members, values, axes=1)


@dataclass(frozen=True)
class Series:
    """What every row of one series shares."""

    indicator_id: str
    unit: str
    age: str
    sex: str = "Persons"


@dataclass(frozen=True)
class Figures:
    """The figures of one series and period, one per group.

    `absence` is the status and the reason of those without a value: `SMALL` or `TOO_FEW`.
    """

    estimate: Estimate
    denominator: FloatArray
    count: FloatArray | None = None
    absence: tuple[str, str] = TOO_FEW


def make_groups(country: Country) -> Groups:
    """List every area, its own fifths, and its parts of the country's fifths and tenths."""
    parameters, frame = country.parameters, country.neighbourhoods
    tenth = frame["decile"].to_numpy()
    national = {5: (tenth + 1) // 2, 10: tenth}
    rows, members = [], []
    for code, name, inside in _areas(parameters, frame["area_code"]):
        local_fifth = np.zeros(len(frame), dtype=int)
        local_fifth[inside] = assign_quantiles(
            frame.loc[inside, "score"].to_numpy(), 5, most_deprived="highest"
        )
        rows.append((code, name, area_type(code), "", "", pd.NA))
        members.append(inside)
        for whose, k in _divisions(code):
            part = {"local": local_fifth, "national": national[k]}[whose]
            dimension = str(Dimension.of_deprivation(whose, k, parameters.index))
            for order in range(1, k + 1):
                label = group_label(order, k)
                rows.append((code, name, area_type(code), dimension, label, order))
                members.append(inside & (part == order))
    columns = ["area_code", "area_name", "area_type", "dimension", "subgroup", "subgroup_order"]
    named = pd.DataFrame(rows, columns=columns).astype({"subgroup_order": "Int16"})
    return Groups(named, np.array(members, dtype=float))


def observations(groups: Groups, series: Series, period: str, figures: Figures) -> pd.DataFrame:
    """Put the figures of one series and period into the tidy contract, with their status."""
    start, end = parse_period(period)
    absent = figures.denominator == 0
    missing = np.isnan(figures.estimate.value)
    status, reason = figures.absence
    shared = {
        "indicator_id": series.indicator_id,
        "period": period,
        "period_start": start,
        "period_end": end,
        "sex": series.sex,
        "age": series.age,
        "value": figures.estimate.value,
        "lower_ci": np.where(missing, np.nan, figures.estimate.lower),
        "upper_ci": np.where(missing, np.nan, figures.estimate.upper),
        "count": np.nan if figures.count is None else np.where(missing, np.nan, figures.count),
        "denominator": figures.denominator,
        "unit": series.unit,
        "status": np.select([absent, missing], ["not_applicable", status], "ok"),
        "note": np.select([absent, missing], [ABSENT, reason], ""),
        "source": "demo",
    }
    # At once: a frame that gets its columns one after the other takes several times as long.
    return pd.DataFrame({**groups.frame, **shared})


def with_normal_limits(value: FloatArray, se: FloatArray) -> Estimate:
    """Return an estimate with 95% limits from its standard error; NaN gives none."""
    return Estimate(value, value - Z * se, value + Z * se, se)


def spread_out(estimate: Estimate, enough: NDArray[np.bool_]) -> Estimate:
    """Put an estimate made for some groups back among all of them; the others have no value."""

    def among_all(values: FloatArray) -> FloatArray:
        out = np.full(len(enough), np.nan)
        out[enough] = values
        return out

    return estimate.map_parts(among_all)


def _areas(parameters: Parameters, of: pd.Series) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    for place in parameters.places:
        yield place.code, place.name, (of == place.code).to_numpy()
    for code, name in parameters.counties.items():
        yield code, name, of.isin([place.code for place in parameters.of_county(code)]).to_numpy()
    for region in parameters.regions:
        inside = [place.code for place in parameters.of_region(region)]
        yield region.code, region.name, of.isin(inside).to_numpy()
    yield parameters.country["code"], parameters.country["name"], np.ones(len(of), dtype=bool)


def _divisions(code: str) -> list[tuple[Whose, int]]:
    """Return the divisions published for an area: whose, and into how many groups."""
    if area_type(code) == "country":
        return [("national", 5), ("national", 10)]
    if area_type(code) == "region":
        return [("national", 5)]
    return [("national", 5), ("local", 5)]
