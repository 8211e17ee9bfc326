"""The groups of one area of a pack: every measure of them, and their gap by age."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from ineqlib.briefings.methods.table_facts import Measured, measured, measured_cells
from ineqlib.document.blocks import Paragraph, TableBlock, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.errors import InputError, PackError
from ineqlib.facts.deaths_by_age import APART, deaths_of_groups
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.measures import REGISTRY, arriaga, measure_table
from ineqlib.narrative.sentence import Number, sentence
from ineqlib.observations import Dimension, of_dimension
from ineqlib.pack import Area, Pack
from ineqlib.text import number

INDICATOR = "life_expectancy"
AUTHORITIES = ("lad", "utla")
WHOSE = {"Male": "men", "Female": "women", "Persons": "everybody"}


@dataclass(frozen=True)
class OneArea:
    """The area whose groups are measured, and what its pack says of itself."""

    area: Area
    pack_title: str
    fictional: bool


def whose(where: OneArea, name: str) -> Paragraph:
    """Say whose groups are measured, and whether they are made up."""
    made_up = " It is fictional: every number of it is made up." if where.fictional else ""
    return paragraph(name, f"Area: {where.area.name}, from the pack '{where.pack_title}'.{made_up}")


def newest_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the area's own groups by deprivation: one period, and one way to cut them.

    The newest period; of those that end on one day, the longest.
    """
    rows = rows[of_dimension(rows["dimension"], lambda dimension: dimension.is_local)]
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    rows = rows[rows["period_start"] == rows["period_start"].min()]
    return rows[rows["dimension"] == rows["dimension"].max()]


@dataclass(frozen=True)
class OneAreaFacts:
    """Every measure of one area's groups; none without groups."""

    measures: tuple[Measured, ...] = ()
    part: str = ""
    """One of the groups: a fifth, or a tenth."""


def one_area_facts(pack: Pack, area: Area) -> OneAreaFacts:
    """Make every measure of life expectancy of the area's groups, by sex."""
    if INDICATOR not in set(pack.indicators["indicator_id"]):
        return OneAreaFacts()
    groups = newest_groups(pack.observations(indicator=INDICATOR, area=area.code))
    if groups.empty:
        return OneAreaFacts()
    table = measure_table(groups, list(REGISTRY), by="sex")
    about = {str(sex): _about(rows) for sex, rows in groups.groupby("sex")}
    part = Dimension.parse(str(groups["dimension"].iloc[0])).part
    return OneAreaFacts(measured(table, about, decimals=4), part)


def first_with_groups(pack: Pack) -> str:
    """Return the code of the first authority by name that has groups to measure, or of any."""
    areas = pack.areas
    areas = areas[areas["area_type"].isin(AUTHORITIES) & ~areas["ended"].astype(bool)]
    if areas.empty:
        raise PackError(f"The pack '{pack.title}' has no authority whose groups could be measured.")
    codes = areas.sort_values("area_name")["area_code"].tolist()
    if INDICATOR not in set(pack.indicators["indicator_id"]):
        return str(codes[0])
    rows = pack.observations(indicator=INDICATOR, columns=["area_code", "dimension"])
    local = of_dimension(rows["dimension"], lambda dimension: dimension.is_local)
    with_groups = set(rows.loc[local, "area_code"])
    return str(next((code for code in codes if code in with_groups), codes[0]))


def _about(rows: pd.DataFrame) -> Mapping[str, Any]:
    first = rows.iloc[0]
    names = ("indicator_id", "area_code", "area_name", "period", "sex", "age", "source")
    details = {name: str(first[name]) for name in names}
    parts = (details[name] for name in ("indicator_id", "area_code", "sex", "age"))
    return {
        **details,
        "id": fact_id(*parts, str(first["dimension"]), details["period"]),
        "rows": tuple(rows.sort_values("subgroup_order")["row"].tolist()),
    }


def one_area_section(facts: OneAreaFacts, where: OneArea) -> Section:
    """Every measure of the registry of one area's life expectancy."""
    title = "Every measure of one area"
    lead = sentence(
        f"Now the groups of one area of the pack: life expectancy in its {facts.part or 'group'}s, "
        "in the newest period. Absolute measures are in years; relative ones have no unit. Where "
        "a measure cannot be made, its row says why."
    )
    measures = facts.measures
    if not measures:
        why = f"The pack has no life expectancy by deprivation inside {where.area.name}."
        blocks: tuple[Paragraph | TableBlock, ...] = (no_data("no-measures", why),)
    else:
        cells = measured_cells(measures) | {"status": [row.status for row in measures]}
        table = TableBlock("measures", cells, "All measures of life expectancy, by sex")
        blocks = (whose(where, "whose-measures"), table)
    return Section("every_measure", title, blocks, lead)


class GapOfSex(NamedTuple):
    """The gap in life expectancy of one sex."""

    years: Mapping[str, Fact]
    """Age at which a band starts -> the years of the gap that come from it."""
    total: Fact
    gap: Fact
    """The sum of those years, and the gap."""


@dataclass(frozen=True)
class GapByAge:
    """The gap in life expectancy between the most and the least deprived group, apart by age."""

    by_sex: Mapping[str, GapOfSex] = field(default_factory=dict)
    """Each sex apart, for men and women die at different ages; empty where `why_not` says why."""
    part: str = ""
    """One of the groups: a fifth, or a tenth."""
    why_not: str = ""


def gap_by_age(pack: Pack, area: Area) -> GapByAge:
    """Take the gap inside an area apart by age, or say why that cannot be done."""
    read = {sex: deaths_of_groups(pack, area, sex) for sex in WHOSE}
    known = {
        sex: own for sex, own in read.items() if not isinstance(own, str) and own.dimension.is_local
    }
    if not known:
        why = read["Persons"]
        if isinstance(why, str):
            return GapByAge(why_not=f"{why} The demonstration pack has: ineq demo makes it.")
        return GapByAge(why_not=f"The pack has no deaths by age of groups inside {area.name}.")
    by_sex = {}
    # Everybody's are those of men and women, where these are apart.
    for sex in [sex for sex in APART if sex in known] or known:
        own = known[sex]
        most, least = own.deaths.sum(axis=1)[[0, -1]] / own.person_years[[0, -1]]
        try:
            parts = arriaga(most, least, bands=own.bands)
        except InputError as error:
            return GapByAge(why_not=f"The gap cannot be taken apart by age: {error}")
        about = _About(area, own.period, sex)
        years = zip(own.bands, parts.total.tolist(), strict=True)
        by_sex[sex] = GapOfSex(
            {str(age): about.fact("part of the gap", part, 2, str(age)) for age, part in years},
            about.fact("sum of the parts", float(parts.total.sum()), 6),
            about.fact("gap", float(parts.difference), 6),
        )
    return GapByAge(by_sex, own.dimension.part)


@dataclass(frozen=True)
class _About:
    """What the facts of one decomposition are about."""

    area: Area
    period: str
    sex: str

    def fact(self, what: str, value: float, decimals: int, age: str = "") -> Fact:
        return calculated_of(
            self.area,
            fact_id("arriaga", what, self.area.code, self.period, self.sex, age),
            value,
            decimals=decimals,
            unit="years",
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
        "from 1 to 4, and so on. The parts add up to the gap, but for rounding. Men and women are "
        "taken apart each for themselves, as far as the pack has them so."
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
