"""Where the gap in life expectancy inside one area comes from, by age."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from ineqlib.briefings.methods.one_area import OneArea, newest_groups, whose
from ineqlib.document.blocks import Paragraph, TableBlock, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact, fact_id
from ineqlib.measures import arriaga
from ineqlib.narrative.sentence import Number, sentence
from ineqlib.observations import Dimension
from ineqlib.pack import Area, Pack
from ineqlib.text import number, with_unit

COLUMNS = {"deaths": "deaths", "populations": "person_years"}
"""Table by age -> what it counts."""

KEYS = [
    *("period_start", "period_end", "period", "dimension", "subgroup_order", "sex", "age_band"),
]


@dataclass(frozen=True)
class GapByAge:
    """The gap in life expectancy between the most and the least deprived group, apart by age.

    Parameters
    ----------
    years
        Age at which a band starts -> the years of the gap that come from it; empty where `why_not`
        says why.
    total, gap
        The sum of those years, and the gap.
    """

    years: Mapping[str, Fact] = field(default_factory=dict)
    total: Fact | None = None
    gap: Fact | None = None
    why_not: str = ""


def gap_by_age(pack: Pack, area: Area) -> GapByAge:
    """Take the gap inside an area apart by age, or say why that cannot be done."""
    for table in COLUMNS:
        if not pack.has(table):
            return GapByAge(
                why_not=f"'{pack.title}' has no table of {table} by age. "
                "The demonstration pack has: ineq demo makes it."
            )
    rows = deaths_by_age(pack, area)
    if rows.empty:
        return GapByAge(why_not=f"The pack has no deaths by age and fifth inside {area.name}.")
    groups = Dimension.parse(rows["dimension"].iloc[0]).groups
    rates = death_rates(rows)
    if list(rates.columns) != list(range(1, groups + 1)):
        has = f"Of {groups} groups inside {area.name}, {len(rates.columns)} have deaths by age"
        return GapByAge(why_not=f"{has}; the gap runs from the first to the last.")
    try:
        parts = arriaga(rates[1], rates[groups], bands=rates.index)
    except InputError as error:
        return GapByAge(why_not=f"The gap cannot be taken apart by age: {error}")
    about = _About(area, str(rows["period"].iloc[0]))
    years = zip(rates.index, parts.total, strict=True)
    return GapByAge(
        {str(age): about.fact("part of the gap", part, 2, str(age)) for age, part in years},
        about.fact("sum of the parts", float(parts.total.sum()), 6),
        about.fact("gap", float(parts.difference), 6),
    )


def deaths_by_age(pack: Pack, area: Area) -> pd.DataFrame:
    """Deaths and person-years by group and age, both sexes, in the newest period that has both."""
    of_area = [("area_code", "==", area.code)]
    deaths, people = (
        pack.table(table, of_area).groupby(KEYS, as_index=False)[column].sum()
        for table, column in COLUMNS.items()
    )
    keys = ["period", "dimension", "subgroup_order", "age_band"]
    rows = newest_groups(deaths.merge(people, on=KEYS)).groupby(keys, as_index=False)
    summed = rows[list(COLUMNS.values())].sum()
    age = summed["age_band"].str.extract(r"(\d+)", expand=False).astype(int)
    return summed.assign(age=age).sort_values(["subgroup_order", "age"])


def death_rates(by_age: pd.DataFrame) -> pd.DataFrame:
    """Deaths a person-year by age (rows) and group of the area (columns, 1 = most deprived)."""
    rates = by_age.assign(rate=by_age["deaths"] / by_age["person_years"])
    return rates.pivot(index="age", columns="subgroup_order", values="rate")


@dataclass(frozen=True)
class _About:
    """What the facts of one decomposition are about."""

    area: Area
    period: str

    def fact(self, what: str, value: float, decimals: int, age: str = "") -> Fact:
        return Fact(
            id=fact_id("arriaga", what, self.area.code, self.period, age),
            value=float(value),
            text=with_unit(number(value, decimals), "years"),
            decimals=decimals,
            unit="years",
            area_code=self.area.code,
            area_name=self.area.name,
            period=self.period,
            sex="Persons",
            age=f"from {age}" if age else "",
            method=f"{what}: Arriaga's decomposition, from the most to the least deprived group",
        )


def decomposition_section(parts: GapByAge, where: OneArea) -> Section:
    """How many years of the gap come from deaths at each age."""
    title = "Where the gap in life expectancy comes from"
    lead = sentence(
        "Arriaga's decomposition takes the gap between the most and the least deprived fifth apart "
        "by age: how many of its years come from deaths under 1, from 1 to 4, and so on. The parts "
        "add up to the gap exactly."
    )
    if parts.total is None or parts.gap is None:
        return Section("decomposition", title, (no_data("no-decomposition", parts.why_not),), lead)
    cells = {"age": list(parts.years), "years": [fact.number for fact in parts.years.values()]}
    caption = f"Years of the gap of {number(parts.gap.value, 2)}, by age"
    added_up = Paragraph(
        "sum-and-gap",
        sentence(
            ("Sum of the parts: ", _bare(parts.total), ". Gap: ", _bare(parts.gap), "."),
        ),
    )
    reach = "A gap that comes mostly from ages under 75 is one that prevention can reach."
    blocks = (
        whose(where, "whose-gap"),
        TableBlock("years-by-age", cells, caption),
        added_up,
        paragraph("reach", reach),
    )
    return Section("decomposition", title, blocks, lead)


def _bare(fact: Fact) -> Number:
    """Tell a fact's number without its unit."""
    return Number(fact.number, fact.value, fact.id)
