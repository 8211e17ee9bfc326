"""Deaths by age of your own, and the people by age that a pull fetches for them.

Together they give standardised rates and life expectancy of areas of one's own
(``docs/areas-of-your-own.md``).
"""

from collections.abc import Callable

import pandas as pd

from ineqlib.areas import CODE
from ineqlib.errors import listed
from ineqlib.periods import parse_period
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.content import numbers
from ineqlib.sources.csv_text import read_csv_text
from ineqlib.sources.layouts.nomis import SOURCE as NOMIS
from ineqlib.sources.layouts.people_by_age import BANDS, EVERYBODY
from ineqlib.sources.own_columns import broken_rules, name_columns, refuse_faults, remark_on
from ineqlib.sources.plausible.finding import FEWEST, SLACK
from ineqlib.sources.texts import whole_numbers
from ineqlib.sources.tidy import id_of_name, stated

OWN_DEATHS = Source(
    id="own_deaths",
    title="Own deaths by age",
    publisher="own organisation",
    licence="not stated",
    attribution="Own deaths by age.",
)
DEATHS = ("area_code", "period", "sex", "age_band", "deaths")
PEOPLE = ("area_code", "area_name", "year", "sex", "age_band", "population")
_SEXES = ("Male", "Female", EVERYBODY)
_WHOLE = ["area_code", "period", "sex", "cause"]
_WHAT = "your own deaths by age"


def _are_deaths(head: Head) -> bool:
    return set(DEATHS) <= set(map(id_of_name, head.columns))


def parse_deaths(content: bytes, described: dict[str, str]) -> Parsed:
    """Read deaths by age of areas.

    Returns
    -------
    Parsed
        `frame` has `area_code`, `period`, `period_start`, `period_end`, `dimension` (empty: of the
        whole area), `sex`, `age_band`, `cause` and `deaths`.

    Raises
    ------
    InputError
        A row cannot be right, or a band of age is missing; the message tells every fault.
    """
    table = read_csv_text(content, (), _WHAT)
    ignored = name_columns(table, DEATHS, ("cause",), _WHAT)
    frame = table.reindex(columns=[*DEATHS, "cause"], fill_value="")
    frame["cause"] = frame["cause"].mask(frame["cause"] == "", "all")
    frame["deaths"] = whole_numbers(frame["deaths"])
    days = {text: _calendar_years(text) for text in frame["period"].unique()}
    not_years = {text for text, dates in days.items() if dates is None}
    refuse_faults("Your own deaths by age have", _faults(frame, not_years))
    known = {text: dates for text, dates in days.items() if dates is not None}
    frame = frame.assign(
        period_start=frame["period"].map({text: start for text, (start, _) in known.items()}),
        period_end=frame["period"].map({text: end for text, (_, end) in known.items()}),
        dimension="",
        deaths=numbers(frame["deaths"]),
    )
    remark = remark_on(ignored)
    return Parsed(
        "deaths", frame, stated(OWN_DEATHS, described), remarks=(remark,) if remark else ()
    )


def _calendar_years(text: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and last day of whole calendar years; None for any other period."""
    try:
        start, end = parse_period(text)
    except ValueError:
        return None
    is_whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return (start, end) if is_whole else None


def _faults(frame: pd.DataFrame, other_periods: set[str]) -> list[str]:
    rules = {
        "area_code is not a GSS code, such as E07000243": ~frame["area_code"].str.fullmatch(
            CODE.pattern
        ),
        "period is not whole calendar years, such as 2024 or 2022 - 24": frame["period"].isin(
            other_periods
        ),
        f"sex is not {', '.join(_SEXES)}": ~frame["sex"].isin(_SEXES),
        "age_band is not 0, 1-4, 5-9 … 85-89, 90+, of which a spreadsheet makes dates": ~frame[
            "age_band"
        ].isin(BANDS),
        "deaths is not a count: write 0 for none": ~frame["deaths"].str.fullmatch(r"\d+"),
        "the same deaths are there twice": frame.duplicated([*_WHOLE, "age_band"]),
    }
    faults = broken_rules(rules, _rows_at(frame))
    bands = frame.groupby(_WHOLE)["age_band"].nunique()
    if len(short := bands[bands < len(BANDS)]) and not faults:
        first = ", ".join(map(str, short.index[0]))
        faults.append(
            f"{len(short)} of {len(bands)} tables lack an age: {first} has {short.iloc[0]} of "
            f"{len(BANDS)}. Write 0 where nobody died."
        )
    return faults or _sums_of_others(frame)


def _sums_of_others(frame: pd.DataFrame) -> list[str]:
    """Tell of deaths of everybody that are not those of men and women together."""
    whole = ["area_code", "period", "cause", "age_band"]
    counts = frame.assign(deaths=numbers(frame["deaths"]))
    by_sex = counts.pivot(index=whole, columns="sex", values="deaths").reindex(columns=_SEXES)
    both, all_of_them = by_sex["Male"] + by_sex["Female"], by_sex[EVERYBODY]
    # Of some people the sex is not known.
    wrong = by_sex[(all_of_them - both).abs() > FEWEST + SLACK * both]
    if wrong.empty:
        return []
    first = ", ".join(wrong.index[0])
    men, women, everybody = wrong.iloc[0]
    return [
        f"{len(wrong)} number(s) of deaths of {EVERYBODY} are not those of men and women together: "
        f"{first} has {everybody:,.0f}, and {men:,.0f} and {women:,.0f}."
    ]


def _are_people(head: Head) -> bool:
    return set(PEOPLE) <= set(head.columns)


def parse_people(content: bytes, described: dict[str, str]) -> Parsed:
    """Read people by age as a pull writes them, in `PEOPLE`.

    Raises
    ------
    InputError
        A row has no year or no number of people.
    """
    table = read_csv_text(content, PEOPLE, "people by age")
    people, year = numbers(table["population"]), numbers(table["year"])
    rules = {"year is not a year": year.isna(), "population is not a number": people.isna()}
    refuse_faults("People by age have", broken_rules(rules, _rows_at(table)))
    frame = table[list(PEOPLE)].assign(population=people, year=year.astype("int64"))
    return Parsed("populations", frame, stated(NOMIS, described))


def _rows_at(frame: pd.DataFrame) -> Callable[[pd.Series], str]:
    return lambda wrong: f"row {listed([str(row + 2) for row in frame.index[wrong]], 5)}"


DEATHS_LAYOUT = Layout(_WHAT, _are_deaths, parse_deaths)
LAYOUTS = (DEATHS_LAYOUT, Layout("people by age", _are_people, parse_people))
