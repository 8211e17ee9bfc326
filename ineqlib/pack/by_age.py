"""The tables of deaths and of people by age, which rates of areas of one's own are made of."""

import pandas as pd

from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.inputs import Input
from ineqlib.pack.tables import once

_WHOSE = ["area_code", "sex", "age_band"]
_WHEN = ["period", "period_start", "period_end"]
_ALONE = (
    "no measure is made of deaths without people by age: `ineq pull` fetches them for a file of "
    "deaths among its downloads (docs/areas-of-your-own.md)"
)


def by_age_tables(
    deaths: list[Input], people: list[Input], history: CodeHistory
) -> dict[str, pd.DataFrame]:
    """Return deaths by age, and the person-years of their periods; nothing where one is lacking.

    Parameters
    ----------
    deaths
        Files of deaths by age.
    people
        Files of people by age in the middle of each year.
    history
        Of codes of areas.
    """
    if not deaths or not people:
        for file in deaths:
            file.report.remarks.append(_ALONE)
        return {}
    died = once(_together(deaths, history), [*_WHOSE, *_WHEN[1:], "cause"], ["deaths"], deaths)
    lived = once(_together(people, history), [*_WHOSE, "year"], ["population"], people)
    periods = died[_WHEN].drop_duplicates().itertuples(index=False)
    years = [_person_years(lived, *period) for period in periods]
    return {"deaths": died, "populations": pd.concat(years, ignore_index=True)}


def _together(inputs: list[Input], history: CodeHistory) -> pd.DataFrame:
    both = pd.concat([file.parsed.frame for file in inputs], ignore_index=True)
    return both.assign(area_code=history.renamed(both["area_code"]))


def _person_years(
    people: pd.DataFrame, period: str, start: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    """Add up the people of each year; who lacks a year has none of the period."""
    within = people[people["year"].between(start.year, end.year)]
    sums = within.groupby(_WHOSE, sort=False)["population"].agg(["sum", "size"]).reset_index()
    whole = sums[sums["size"] == end.year - start.year + 1]
    when = {"period": period, "period_start": start, "period_end": end, "dimension": ""}
    return whole[_WHOSE].assign(**when, person_years=whole["sum"])
