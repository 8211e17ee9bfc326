"""The groups of neighbourhoods that figures are published for: areas and their fifths."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.areas import area_type, is_upper_tier
from ineqlib.demo.parameters import Parameters
from ineqlib.demo.people import Country
from ineqlib.estimate import Estimate
from ineqlib.measures.quantiles import assign_quantiles
from ineqlib.periods import parse_period

FloatArray = NDArray[np.float64]

LABELS = {
    5: (
        "Most deprived fifth",
        "Second most deprived fifth",
        "Middle fifth",
        "Second least deprived fifth",
        "Least deprived fifth",
    ),
    10: (
        "Most deprived tenth",
        *(f"{word} most deprived tenth" for word in ("Second", "Third", "Fourth", "Fifth")),
        *(f"{word} least deprived tenth" for word in ("Fifth", "Fourth", "Third", "Second")),
        "Least deprived tenth",
    ),
}

ABSENT = "No neighbourhood of this area is in this part of the country's range of deprivation"
Z = 1.959964
SMALL = ("suppressed", "Withheld: a number this small could point at people")
TOO_FEW = ("not_available", "Too few people or events for a dependable figure")


@dataclass(frozen=True)
class Groups:
    """Which neighbourhoods each published row adds up.

    Attributes
    ----------
    frame
        One row per group: ``area_code, area_name, area_type, dimension, subgroup,
        subgroup_order``.
    members
        1 where the neighbourhood is in the group, shape (groups, neighbourhoods).
    """

    frame: pd.DataFrame
    members: FloatArray

    def __getitem__(self, wanted: pd.Series | NDArray[np.bool_]) -> "Groups":
        held = np.asarray(wanted)
        return Groups(self.frame[held].reset_index(drop=True), self.members[held])

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def codes(self) -> set[str]:
        """Codes of the areas there are groups of."""
        return set(self.frame["area_code"])

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
    national_fifth = (frame["decile"].to_numpy() + 1) // 2
    rows, members = [], []
    for code, name, held in _areas(parameters, frame["area_code"]):
        local_fifth = np.zeros(len(frame), dtype=int)
        local_fifth[held] = assign_quantiles(
            frame.loc[held, "score"].to_numpy(), 5, most_deprived="highest"
        )
        for dimension, part, k in _dimensions(code, local_fifth, national_fifth, frame["decile"]):
            for order in range(1, k + 1) if k else [0]:
                label = LABELS[k][order - 1] if k else ""
                full = f"{dimension}:{parameters.index}" if k else ""
                rows.append((code, name, area_type(code), full, label, order or pd.NA))
                members.append(held & (part == order) if k else held)
    columns = ["area_code", "area_name", "area_type", "dimension", "subgroup", "subgroup_order"]
    named = pd.DataFrame(rows, columns=columns).astype({"subgroup_order": "Int16"})
    return Groups(named, np.array(members, dtype=float))


def observations(groups: Groups, series: Series, period: str, figures: Figures) -> pd.DataFrame:
    """Put the figures of one series and period into the tidy contract, with their status."""
    start, end = parse_period(period)
    absent = figures.denominator == 0
    missing = np.isnan(figures.estimate.value)
    status, reason = figures.absence
    return groups.frame.assign(
        indicator_id=series.indicator_id,
        period=period,
        period_start=start,
        period_end=end,
        sex=series.sex,
        age=series.age,
        value=figures.estimate.value,
        lower_ci=np.where(missing, np.nan, figures.estimate.lower),
        upper_ci=np.where(missing, np.nan, figures.estimate.upper),
        count=np.nan if figures.count is None else np.where(missing, np.nan, figures.count),
        denominator=figures.denominator,
        unit=series.unit,
        status=np.select([absent, missing], ["not_applicable", status], "ok"),
        note=np.select([absent, missing], [ABSENT, reason], ""),
        source="demo",
    )


def with_normal_limits(value: FloatArray, se: FloatArray) -> Estimate:
    """Return an estimate with 95% limits from its standard error; NaN gives none."""
    return Estimate(value, value - Z * se, value + Z * se, se)


def spread_out(estimate: Estimate, enough: NDArray[np.bool_]) -> Estimate:
    """Put an estimate made for some groups back among all of them; the others have no value."""

    def part(values: FloatArray) -> FloatArray:
        out = np.full(len(enough), np.nan)
        out[enough] = values
        return out

    return Estimate(
        part(estimate.value), part(estimate.lower), part(estimate.upper), part(estimate.se)
    )


def _areas(parameters: Parameters, of: pd.Series) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    for place in parameters.places:
        yield place.code, place.name, (of == place.code).to_numpy()
    for code, name in parameters.counties.items():
        yield code, name, of.isin([place.code for place in parameters.of_county(code)]).to_numpy()
    for region in parameters.regions:
        inside = [place.code for place in parameters.of_region(region)]
        yield region.code, region.name, of.isin(inside).to_numpy()
    yield parameters.country["code"], parameters.country["name"], np.ones(len(of), dtype=bool)


def _dimensions(
    code: str, local_fifth: NDArray, national_fifth: NDArray, national_tenth: pd.Series
) -> list[tuple[str, NDArray, int]]:
    """Return the divisions published for an area: name, part of each neighbourhood, parts."""
    parts = [("", local_fifth, 0), ("national_deprivation_quintile", national_fifth, 5)]
    if area_type(code) == "country":
        return [*parts, ("national_deprivation_decile", national_tenth.to_numpy(), 10)]
    if area_type(code) == "region":
        return parts
    return [*parts, ("local_deprivation_quintile", local_fifth, 5)]
