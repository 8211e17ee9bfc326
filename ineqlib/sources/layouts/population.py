"""Mid-year population estimates and census counts; small areas' totals weight deprivation."""

import re

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.content import numbers, read_table
from ineqlib.sources.ons_columns import code_columns, read_ons_table

ONS_POPULATION = Source(
    id="ons_population",
    title="Population estimates",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    attribution="Office for National Statistics licensed under the Open Government Licence v3.0.",
)

TOTAL = "total_population"
_CENSUS = re.compile(r"ltla\d\d_code")


def _is_population(head: Head) -> bool:
    return TOTAL in head.columns and len(code_columns(head.columns)) == 1


def parse_population(content: bytes, described: dict[str, str]) -> Parsed:
    """Read total populations.

    Returns
    -------
    Parsed
        `frame` has one row per area: code, population; `attributes` the level and vintage of the
        codes, and the period the user states.

    Raises
    ------
    InputError
        A cell is not a number, or an area is there more than once.
    """
    table = read_ons_table(content)
    code, (level, year) = next(iter(code_columns(table.columns).items()))
    if twice := list(table.loc[table[code].duplicated(), code].unique()):
        raise InputError(
            f"{len(twice)} areas are there more than once: {listed(twice)}. Expected one total "
            "for each."
        )
    frame = table[[code]].set_axis(["code"], axis=1).assign(population=numbers(table[TOTAL]))
    stated = described.get("period")
    return Parsed(
        "population",
        frame,
        ONS_POPULATION,
        remarks=(f"population of {stated}" if stated else "the date is not stated",),
        attributes={"level": level, "vintage": str(year), "period": stated or ""},
    )


def _is_census(head: Head) -> bool:
    columns = set(head.columns)
    return any(_CENSUS.fullmatch(name) for name in columns) and (
        "ethnic_group" in columns or {TOTAL, "working_age_females"} <= columns
    )


def parse_census(content: bytes, _described: dict[str, str]) -> Parsed:
    """Recognise census counts by ethnic group, or by broad age and sex; no table has them."""
    return Parsed("reference", read_table(content), ONS_POPULATION, remarks=("not used",))


LAYOUTS = (
    Layout("ONS census counts", _is_census, parse_census),
    Layout("ONS population estimates", _is_population, parse_population),
)
