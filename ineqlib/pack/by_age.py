"""The tables of deaths and of people by age, which rates of areas of one's own are made of."""

import pandas as pd

from ineqlib.errors import listed
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.inputs import Input
from ineqlib.pack.tables import once
from ineqlib.text import plural

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
    if died.empty:
        return {}
    lived = once(_together(people, history), [*_WHOSE, "year"], ["population"], people)
    periods = died[_WHEN].drop_duplicates().itertuples(index=False)
    years = [_person_years(lived, *period) for period in periods]
    populations = pd.concat(years, ignore_index=True)
    for file in deaths:
        file.report.remarks += _remarks(died, populations)
    return {"deaths": died, "populations": populations}


def _remarks(died: pd.DataFrame, populations: pd.DataFrame) -> list[str]:
    """Remark on deaths of nobody knows how many people, and of more than there were."""
    both = died.merge(populations, on=[*_WHOSE, *_WHEN], how="left")
    unknown = both.loc[both["person_years"].isna(), ["area_code", "period"]].drop_duplicates()
    more = both.loc[both["deaths"] > both["person_years"], [*_WHOSE, "period"]]
    shown = {
        name: listed(map(" ".join, rows.to_numpy()))
        for name, rows in (("unknown", unknown), ("more", more))
    }
    remarks = {
        "no people by age of these, so that no measure is made of their deaths: "
        f"{shown['unknown']}. `ineq pull` fetches them; correct codes and periods that are wrong": (
            unknown
        ),
        f"Kept, but look at it: more people died than there were in {plural(len(more), 'row')} "
        f"({shown['more']}). Correct the deaths, or the codes, ages and periods they stand "
        "beside.": more,
    }
    return [words for words, rows in remarks.items() if not rows.empty]


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
