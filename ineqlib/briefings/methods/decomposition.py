"""Where the gap in life expectancy inside one area comes from, by age."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from ineqlib.briefings.methods.one_area import OneArea, newest_groups, whose
from ineqlib.document.blocks import Paragraph, TableBlock, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact, calculated, fact_id
from ineqlib.measures import arriaga
from ineqlib.narrative.sentence import Number, sentence
from ineqlib.observations import Dimension
from ineqlib.pack import Area, Pack
from ineqlib.text import number

COLUMNS = {"deaths": "deaths", "populations": "person_years"}
"""Table by age -> what it counts."""
WHOSE = {"Male": "men", "Female": "women", "Persons": "everybody"}
KEYS = ["period_start", "period_end", "period", "dimension", "subgroup_order", "sex", "age_band"]


class GapOfSex(NamedTuple):
    """The gap in life expectancy of one sex.

    Parameters
    ----------
    years
        Age at which a band starts -> the years of the gap that come from it.
    total, gap
        The sum of those years, and the gap.
    """

    years: Mapping[str, Fact]
    total: Fact
    gap: Fact


@dataclass(frozen=True)
class GapByAge:
    """The gap in life expectancy between the most and the least deprived group, apart by age.

    Parameters
    ----------
    by_sex
        Each sex apart, for men and women die at different ages; empty where `why_not` says why.
    part
        One of the groups: a fifth, or a tenth.
    """

    by_sex: Mapping[str, GapOfSex] = field(default_factory=dict)
    part: str = ""
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
    dimension = Dimension.parse(rows["dimension"].iloc[0])
    groups = dimension.groups
    by_sex = {}
    for sex in _sexes(rows):
        rates = death_rates(rows[rows["sex"] == sex])
        if list(rates.columns) != list(range(1, groups + 1)):
            has = f"Of {groups} groups inside {area.name}, {len(rates.columns)} have deaths by age"
            return GapByAge(why_not=f"{has}; the gap runs from the first to the last.")
        try:
            parts = arriaga(rates[1], rates[groups], bands=rates.index)
        except InputError as error:
            return GapByAge(why_not=f"The gap cannot be taken apart by age: {error}")
        about = _About(area, str(rows["period"].iloc[0]), sex)
        years = zip(rates.index, parts.total, strict=True)
        by_sex[sex] = GapOfSex(
            {str(age): about.fact("part of the gap", part, 2, str(age)) for age, part in years},
            about.fact("sum of the parts", float(parts.total.sum()), 6),
            about.fact("gap", float(parts.difference), 6),
        )
    return GapByAge(by_sex, dimension.part)


def _sexes(rows: pd.DataFrame) -> list[str]:
    """Return men and women where both are there, else whom the tables have."""
    there = set(rows["sex"])
    return [sex for sex in ("Male", "Female") if sex in there] or sorted(there)


def deaths_by_age(pack: Pack, area: Area) -> pd.DataFrame:
    """Deaths and person-years by sex, group and age, in the newest period that has both."""
    of_area = [("area_code", "==", area.code)]
    deaths, people = (
        pack.table(table, of_area).groupby(KEYS, as_index=False)[column].sum()
        for table, column in COLUMNS.items()
    )
    keys = ["period", "dimension", "sex", "subgroup_order", "age_band"]
    rows = newest_groups(deaths.merge(people, on=KEYS)).groupby(keys, as_index=False)
    summed = rows[list(COLUMNS.values())].sum()
    age = summed["age_band"].str.extract(r"(\d+)", expand=False).astype(int)
    return summed.assign(age=age).sort_values(["subgroup_order", "age"])


def death_rates(by_age: pd.DataFrame) -> pd.DataFrame:
    """Deaths a person-year of one sex by age (rows) and group (columns, 1 = most deprived)."""
    rates = by_age.assign(rate=by_age["deaths"] / by_age["person_years"])
    return rates.pivot(index="age", columns="subgroup_order", values="rate")


@dataclass(frozen=True)
class _About:
    """What the facts of one decomposition are about."""

    area: Area
    period: str
    sex: str

    def fact(self, what: str, value: float, decimals: int, age: str = "") -> Fact:
        return calculated(
            fact_id("arriaga", what, self.area.code, self.period, self.sex, age),
            value,
            decimals=decimals,
            unit="years",
            area_code=self.area.code,
            area_name=self.area.name,
            period=self.period,
            sex=self.sex,
            age=f"from {age}" if age else "",
            method=f"{what}: Arriaga's decomposition, from the most to the least deprived group",
        )


def decomposition_section(parts: GapByAge, where: OneArea) -> Section:
    """How many years of the gap come from deaths at each age, of men and of women."""
    title = "Where the gap in life expectancy comes from"
    lead = sentence(
        f"Arriaga's decomposition takes the gap between the most and the least deprived "
        f"{parts.part or 'group'} apart by age: how many of its years come from deaths under 1, "
        "from 1 to 4, and so on. The parts add up to the gap exactly. Men and women are taken "
        "apart each for themselves, as far as the pack has them so."
    )
    if not parts.by_sex:
        return Section("decomposition", title, (no_data("no-decomposition", parts.why_not),), lead)
    first, *_ = parts.by_sex.values()
    cells = {"age": list(first.years)}
    for sex, gap in parts.by_sex.items():
        cells[f"{WHOSE[sex]}, years"] = [fact.number for fact in gap.years.values()]
    gaps = (f"{WHOSE[sex]} {number(gap.gap.value, 2)}" for sex, gap in parts.by_sex.items())
    caption = f"Years of the gap by age ({'; '.join(gaps)})"
    sums = [
        sentence(
            f"{WHOSE[sex].capitalize()}: sum of the parts ",
            (_bare(gap.total), ", gap ", _bare(gap.gap), ". "),
        )
        for sex, gap in parts.by_sex.items()
    ]
    reach = "A gap that comes mostly from ages under 75 is one that prevention can reach."
    blocks = (
        whose(where, "whose-gap"),
        TableBlock("years-by-age", cells, caption),
        Paragraph("sum-and-gap", sentence(*sums)),
        paragraph("reach", reach),
    )
    return Section("decomposition", title, blocks, lead)


def _bare(fact: Fact) -> Number:
    """Tell a fact's number without its unit."""
    return Number(fact.number, fact.value, fact.id)
