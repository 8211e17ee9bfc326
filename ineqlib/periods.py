"""Periods as publishers write them, as dates and as people read them."""

import re

import pandas as pd

from ineqlib.errors import DESCRIPTION
from ineqlib.period_grammar import Reading, readings
from ineqlib.period_parts import Dates
from ineqlib.text import day_in_words

PERIOD_KINDS = {
    "month": "one month",
    "calendar_year": "one calendar year",
    "calendar_years": "several calendar years",
    "financial_year": "one financial year",
}
"""What a user may state the periods of a file to be, where the text can be read in two ways."""

_YEAR_STARTS = (4, 8, 9)
"""Months in which financial years, and school years as DfE and others count them, begin."""


def parse_period(text: str) -> Dates:
    """Return the first and last day of a published period.

    Understands calendar years (``2022``), financial and school years (``2022/23``, ``22/23``,
    ``202223``), pooled years (``2021 - 23``, ``2013 to 2015``, ``2020/21 - 24/25``), months
    (``March 2023``, ``2023-03``, ``Oct 2021-Sep 2022``), quarters (``2022 Q3``; of financial years
    ``2021/22 Q1 - 2023/24 Q2``), rolling periods (``year ending March 2023``), mid-years
    (``mid-2022``, which is 30 June), ISO dates and ISO intervals (``2022-01-01/P3Y``). A financial
    and a school year of one name have the same dates, as publishers do not tell them apart.

    Raises
    ------
    ValueError
        The text is none of these, or can be read in several ways; the message quotes it.

    Examples
    --------
    >>> [day.date().isoformat() for day in parse_period("2021 - 23")]
    ['2021-01-01', '2023-12-31']
    """
    ways = plain(readings(text))
    if not ways:
        raise ValueError(
            f"'{' '.join(str(text).split())}' is not a period that can be read; expected for "
            "example 2022, 2022/23, 2021 - 23, Mar 2023 or 2022-01-01/P3Y."
        )
    if len(ways) > 1:
        raise ValueError(f"'{text}' can be read in {len(ways)} ways: {question(ways)}")
    return ways[0].start, ways[0].end


def plain(ways: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Leave out reading four digits as two years where they are a year by themselves."""
    years = [way for way in ways if way.kind == "calendar_year"]
    return tuple(years) or ways


def question(ways: tuple[Reading, ...]) -> str:
    """Ask which of several readings is meant, and say how to answer.

    Examples
    --------
    >>> question(readings("2023-24"))
    'one financial year, or 2 calendar years? State `period_kind: financial_year` or \
`period_kind: calendar_years` in the description of the file (`ineq build --describe`), or write \
2023/24 for the financial year.'
    """
    words = ", or ".join(
        PERIOD_KINDS[way.kind].replace("several", f"{way.months // 12}") for way in ways
    )
    keys = " or ".join(f"`period_kind: {way.kind}`" for way in ways)
    written = "".join(
        f", or write {period_label(way.start, way.end)} for the financial year"
        for way in ways
        if way.kind == "financial_year"
    )
    return f"{words}? State {keys} in {DESCRIPTION}{written}."


def years_named(period: str) -> tuple[int, ...]:
    """Return the years in the name of a period, however it is written.

    Examples
    --------
    >>> years_named("2021/22"), years_named("2021 to 2023"), years_named("1999/00")
    ((2021, 2022), (2021, 2023), (1999, 2000))
    """
    years: list[int] = []
    for digits in re.findall(r"\d+", period):
        year = int(digits)
        if year < 100 and years:  # two digits are the first such year that is not before the first
            year = years[0] + (year - years[0]) % 100
        years.append(year)
    return tuple(years)


def period_label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a period the way people read it, so that it can be read in one way only.

    Examples
    --------
    >>> period_label(*parse_period("2022-01-01/P3Y"))
    '2022 to 2024'
    >>> period_label(*parse_period("2022-09-01/P1Y"))
    '2022/23'
    >>> period_label(*parse_period("year ending June 2023"))
    'Jul 2022 to Jun 2023'
    >>> period_label(*parse_period("2023-03-13 to 2023-03-19"))
    '13 March 2023 to 19 March 2023'
    """
    months = Reading("", start, end).months
    if start == end:
        return day_in_words(start)
    whole = start.day == (end + pd.Timedelta(days=1)).day == 1
    if not whole and (months == 1 or months % 12 == 0):  # else taken for a month or for years
        return f"{day_in_words(start)} to {day_in_words(end)}"
    if months == 1:
        return f"{start:%B %Y}"
    if months % 12 == 0 and start.month == 1 and months != 24:
        return f"{start.year}" if months == 12 else f"{start.year} to {end.year}"
    if months % 12 == 0 and start.month in _YEAR_STARTS:
        first = f"{start.year}/{(start.year + 1) % 100:02d}"
        return first if months == 12 else f"{first} to {end.year - 1}/{end.year % 100:02d}"
    return f"{start:%b %Y} to {end:%b %Y}"
