"""The first and the last day of a period, from the parts of its text."""

import pandas as pd

Dates = tuple[pd.Timestamp, pd.Timestamp]

LONGEST = 10
"""Years that a two-digit second year may be away: ``2001-12`` is a month, for nobody puts twelve
years together."""
MONTHS_A_YEAR = 12
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TURN = 70
"""Two digits from here on are of the last century."""


def full_year(text: str) -> int:
    """Complete a year of two digits."""
    year = int(text.lstrip("'"))
    return year if year > 99 else year + (1900 if year >= _TURN else 2000)


def _later(first: int, text: str) -> int:
    """Complete a year of one or two digits that follows one of four (``1999/00`` is 2000)."""
    if len(text) == 4:
        return int(text)
    turn = 10 ** len(text)
    year = first // turn * turn + int(text)
    year = year if year >= first else year + turn
    if year - first >= LONGEST:
        raise ValueError(f"{text} is too far from {first}")
    return year


def _next(first: int, text: str) -> int:
    """Complete the second year of a financial or school year, which must follow the first."""
    last = _later(first, text)
    if last != first + 1:
        raise ValueError(f"{text} does not follow {first}")
    return last


def _span(start: pd.Timestamp, months: int) -> Dates:
    return start, start + pd.DateOffset(months=months) - pd.Timedelta(days=1)


def whole_month(year: str, month: str) -> Dates:
    """From the first to the last day of a month, which may be a number or a name."""
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return _span(pd.Timestamp(full_year(year), number, 1), 1)


def calendar_years(first: int, last: int) -> Dates:
    """From the first day of a year to the last of another."""
    return pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)


def pooled(first: int, text: str, longest: int = LONGEST) -> Dates:
    """Calendar years put together, the second of which may have one or two digits."""
    last = _later(first, text)
    if not 0 < last - first < longest:
        raise ValueError(f"{text} is the same year, or too far from {first}")
    return calendar_years(first, last)


def financial_years(first: str, second: str, last: str = "", after: str = "") -> Dates:
    """Financial years from the one to the other, each written as two years that follow."""
    start = full_year(first)
    end = _next(start, second)
    if last:
        end = _next(_later(start, last), after)
    return pd.Timestamp(start, 4, 1), pd.Timestamp(end, 3, 31)


def quarter(year: str, second: str | None, number: str) -> Dates:
    """Quarter of a calendar year, or of a financial one: its first begins in April."""
    start = pd.Timestamp(int(year), 1, 1)
    if second:
        start = financial_years(year, second)[0]
    return _span(start + pd.DateOffset(months=3 * (int(number) - 1)), 3)


def quarters(*parts: str | None) -> Dates:
    """Quarters from the one to the other, which may be of the same year: ``2019/20 Q1-Q3``."""
    year, second, number, other, other_second, last = parts
    if not other:
        other, other_second = year, second
    start, _ = quarter(str(year), second, str(number))
    return start, quarter(str(other), other_second, str(last))[1]


def half(year: str, second: str | None, number: str) -> Dates:
    """Half of a calendar year, or of a financial one: its first begins in April."""
    start = quarter(year, second, "1")[0]
    return _span(start + pd.DateOffset(months=6 * (int(number) - 1)), 6)


def whole_year(first: str, last: str, year: str, second: str) -> Dates:
    """Months that are a year from one calendar year into the next: ``Sep-Aug 2023/24``."""
    start, end = whole_month(year, first)[0], whole_month(f"{_next(int(year), second)}", last)[1]
    if end != _span(start, MONTHS_A_YEAR)[1]:
        raise ValueError("in which of the two years some months are depends on what begins in it")
    return start, end


def one_day(day: str, month: str, year: str) -> Dates:
    """Return a day, as the first and the last of its period."""
    date = pd.Timestamp(full_year(year), whole_month(year, month)[0].month, int(day))
    return date, date


def days_in_figures(*parts: str) -> Dates:
    """Days of figures alone, in an order that one of them shows: ``31/03/2024``, never 01/04."""
    if max(map(int, parts[0::3])) <= MONTHS_A_YEAR:
        raise ValueError("the day and the month cannot be told apart")
    return one_day(*parts[:3])[0], one_day(*parts[-3:])[1]


def census_day(year: str) -> Dates:
    """Return the day of a census."""
    day = {"2001": (4, 29), "2011": (3, 27), "2021": (3, 21)}[year]
    return pd.Timestamp(int(year), *day), pd.Timestamp(int(year), *day)


def ending(number: str | None, unit: str, day: str | None, month: str, year: str) -> Dates:
    """A rolling period by its end: ``year ending March 2023``, ``3 months to June 2024``."""
    months = int(number or 1) * {"m": 1, "q": 3, "y": 12}[unit[0].lower()]
    end = (one_day(day, month, year) if day else whole_month(year, month))[1]
    start = end + pd.Timedelta(days=1) - pd.DateOffset(months=months)
    return start, end


def interval(start: str, number: str, unit: str) -> Dates:
    """So many years or months from a day on, as ISO 8601 writes them."""
    return _span(pd.Timestamp(start), int(number) * (MONTHS_A_YEAR if unit.upper() == "Y" else 1))
