"""Every measure of the groups of one area of a pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ineqlib.briefings.methods.table_facts import Measured, measured, measured_cells
from ineqlib.document.blocks import Paragraph, TableBlock, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.errors import PackError
from ineqlib.facts.fact import fact_id
from ineqlib.measures import REGISTRY, measure_table
from ineqlib.narrative.sentence import sentence
from ineqlib.observations import Dimension, of_dimension
from ineqlib.pack import Area, Pack

INDICATOR = "life_expectancy"
AUTHORITIES = ("lad", "utla")


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
