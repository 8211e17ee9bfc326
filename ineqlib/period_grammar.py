"""Every way in which publishers write a period, and every way in which a text can be read."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

Dates = tuple[pd.Timestamp, pd.Timestamp]

RUN_TOGETHER = "run_together"
"""Kind of ``2021`` read as 2020/21, which it is only beside others such as ``2122``."""

LONGEST = 10
"""Years that a two-digit second year may be away: ``2001-12`` is a month, for nobody puts twelve
years together."""
_FEW = 5
"""The same where the second year has one digit: ``2001-3`` is three years, ``2001-8`` August."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_FIRST, _LAST = pd.Timestamp(1900, 1, 1), pd.Timestamp(2100, 12, 31)
_TURN = 70
"""Two digits from here on are of the last century."""

_YEAR = r"((?:19|20)\d{2})"
_MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|january|february|march|april|june|july|august|sept|september|october|november|december)\.?"
)
_SHORT_YEAR = r"((?:19|20)\d{2}|'?\d{2})"
_NTH = r"(\d{1,2})(?:[snrt][tdh])?"
_DASH = r" ?(?:-|to) ?"
_APART = r"(?: - | to )"


class Reading(NamedTuple):
    """One way to read a period: what kind it is, its first and its last day."""

    kind: str
    start: pd.Timestamp
    end: pd.Timestamp

    @property
    def months(self) -> int:
        """Number of months from the first to the last, both counted."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


def _year(text: str) -> int:
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


def _month(year: str, month: str) -> Dates:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return _span(pd.Timestamp(_year(year), number, 1), 1)


def _calendar(first: int, last: int) -> Dates:
    return pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)


def _pooled(first: int, text: str, longest: int = LONGEST) -> Dates:
    last = _later(first, text)
    if not 0 < last - first < longest:
        raise ValueError(f"{text} is the same year, or too far from {first}")
    return _calendar(first, last)


def _financial(first: str, second: str, last: str = "", after: str = "") -> Dates:
    """Financial years from the one to the other, each written as two years that follow."""
    start = _year(first)
    end = _next(start, second)
    if last:
        end = _next(_later(start, last), after)
    return pd.Timestamp(start, 4, 1), pd.Timestamp(end, 3, 31)


def _quarter(year: str, second: str | None, number: str) -> Dates:
    """Quarter of a calendar year, or of a financial one: its first begins in April."""
    start = pd.Timestamp(int(year), 1, 1)
    if second:
        start = _financial(year, second)[0]
    return _span(start + pd.DateOffset(months=3 * (int(number) - 1)), 3)


def _quarters(*parts: str | None) -> Dates:
    year, second, number, other, other_second, last = parts
    if not other:
        other, other_second = year, second
    start, _ = _quarter(str(year), second, str(number))
    return start, _quarter(str(other), other_second, str(last))[1]


def _half(year: str, number: str) -> Dates:
    return _span(pd.Timestamp(int(year), 6 * int(number) - 5, 1), 6)


def _day(day: str, month: str, year: str) -> pd.Timestamp:
    return pd.Timestamp(_year(year), _month(year, month)[0].month, int(day))


def _day_by_day(*parts: str) -> Dates:
    """Days of figures alone, in an order that one of them shows: ``31/03/2024``, never 01/04."""
    if max(map(int, parts[0::3])) <= _MONTHS_A_YEAR:
        raise ValueError("the day and the month cannot be told apart")
    days = [_day(*parts[place : place + 3]) for place in range(0, len(parts), 3)]
    return days[0], days[-1]


def _census(year: str) -> Dates:
    day = {"2001": (4, 29), "2011": (3, 27), "2021": (3, 21)}[year]
    return pd.Timestamp(int(year), *day), pd.Timestamp(int(year), *day)


def _ending(number: str | None, unit: str, day: str | None, month: str, year: str) -> Dates:
    """A rolling period by its end: ``year ending March 2023``, ``3 months to June 2024``."""
    months = int(number or 1) * {"m": 1, "q": 3, "y": 12}[unit[0].lower()]
    end = _day(day, month, year) if day else _month(year, month)[1]
    start = end + pd.Timedelta(days=1) - pd.DateOffset(months=months)
    return start, end


def _interval(start: str, number: str, unit: str) -> Dates:
    return _span(pd.Timestamp(start), int(number) * (12 if unit.upper() == "Y" else 1))


_MONTHS_A_YEAR = 12
_ISO = r"((?:19|20)\d{2}-\d{2}-\d{2})"
_QUARTER = rf"{_YEAR}(?:[/-](\d{{2}}))?[ -]?Q([1-4])"
_FIGURES = rf"(\d{{1,2}})/(\d{{1,2}})/{_YEAR}"
_PATTERNS: list[tuple[str, str, Callable[..., Dates]]] = [
    (r"(19[5-9]\d|20\d\d)", "calendar_year", lambda y: _calendar(int(y), int(y))),
    (r"(\d\d)(\d\d)", RUN_TOGETHER, _financial),
    (rf"{_YEAR}(?:/?|{_DASH})(\d\d|\d{{4}})", "financial_year", _financial),
    (rf"{_YEAR}[/-](\d)", "financial_year", _financial),
    (
        rf"(?:FYE|(?:financial|fiscal) year (?:ending|ended|to)) (?:31 )?(?:Mar(?:ch)? )?{_YEAR}",
        "financial_year",
        lambda y: _financial(str(int(y) - 1), y),
    ),
    (rf"{_YEAR}{_DASH}(\d\d|\d{{4}})", "calendar_years", lambda y, z: _pooled(int(y), z)),
    (rf"{_YEAR}-(\d)", "calendar_years", lambda y, z: _pooled(int(y), z, _FEW)),
    (rf"(\d\d)(?:/|{_DASH})(\d\d)", "financial_year", _financial),
    (rf"(\d\d){_DASH}(\d\d)", "calendar_years", lambda y, z: _pooled(_year(y), z)),
    (rf"{_YEAR}(?:-?| ?M)(0[1-9]|1[0-2])", "month", _month),
    (rf"{_YEAR}[/-]([1-9])", "month", _month),
    (rf"(0?[1-9]|1[0-2])[/-]{_YEAR}", "month", lambda m, y: _month(y, m)),
    (rf"{_MONTH}[ -]?{_SHORT_YEAR}", "month", lambda m, y: _month(y, m)),
    (rf"{_YEAR}[ -]?{_MONTH}", "month", _month),
    (
        rf"{_YEAR}/(\d{{2}}|\d{{4}}){_DASH}(\d{{2}}|\d{{4}})/(\d{{2}}|\d{{4}})",
        "financial_years",
        _financial,
    ),
    (rf"{_YEAR}-(\d\d){_APART}(\d\d|\d{{4}})-(\d\d)", "financial_years", _financial),
    (_QUARTER, "quarter", _quarter),
    (rf"Q([1-4])[ -]{_YEAR}(?:[/-](\d{{2}}))?", "quarter", lambda q, y, z: _quarter(y, z, q)),
    (r"Q([1-4]) (\d\d)/(\d\d)", "quarter", lambda q, y, z: _quarter(f"{_year(y)}", z, q)),
    (r"(\d\d)/(\d\d) Q([1-4])", "quarter", lambda y, z, q: _quarter(f"{_year(y)}", z, q)),
    (rf"{_QUARTER}{_DASH}(?:{_YEAR}(?:[/-](\d{{2}}))? ?)?Q([1-4])", "quarters", _quarters),
    (
        rf"{_MONTH}[ -]{_SHORT_YEAR}{_DASH}{_MONTH}[ -]{_SHORT_YEAR}",
        "months",
        lambda m, y, n, z: (_month(y, m)[0], _month(z, n)[1]),
    ),
    (
        rf"{_MONTH}{_DASH}{_MONTH} {_SHORT_YEAR}",
        "months",
        lambda m, n, y: (_month(y, m)[0], _month(y, n)[1]),
    ),
    (rf"{_YEAR} ?H([12])", "half", _half),
    (rf"H([12]) {_YEAR}", "half", lambda h, y: _half(y, h)),
    (_ISO, "day", lambda d: (pd.Timestamp(d), pd.Timestamp(d))),
    (rf"end (?:of )?{_MONTH} {_YEAR}", "day", lambda m, y: (_month(y, m)[1], _month(y, m)[1])),
    (rf"{_NTH}[ -]{_MONTH}[ -]{_YEAR}", "day", lambda d, m, y: (_day(d, m, y), _day(d, m, y))),
    (_FIGURES, "day", _day_by_day),
    (rf"{_FIGURES}{_DASH}{_FIGURES}", "days", _day_by_day),
    (
        rf"(?:mid[- ]?(?:year )?{_YEAR}|{_YEAR} mid[- ]?year)",
        "day",
        lambda y, z: (pd.Timestamp(int(y or z), 6, 30), pd.Timestamp(int(y or z), 6, 30)),
    ),
    (r"census (?:day )?(20[0-2]1)", "day", _census),
    (r"(20[0-2]1) census", "day", _census),
    (
        r"(?:rolling )?(?:(\d+)[ -])?(months?|years?|quarter)"
        rf" (?:end|ending|ended|to|up to) (?:{_NTH} )?{_MONTH} {_SHORT_YEAR}",
        "rolling",
        _ending,
    ),
    (rf"()(y)/?e (?:{_NTH} )?{_MONTH} {_SHORT_YEAR}", "rolling", _ending),
    (rf"{_ISO}/P(\d{{1,3}})([YM])", "interval", _interval),
]
_COMPILED = [(re.compile(pattern, re.IGNORECASE), kind, of) for pattern, kind, of in _PATTERNS]
_NAMED = re.compile(
    r"(?P<before>financial|fiscal|academic|school|calendar) year:? (?P<a>.+)"
    r"|(?P<fy>[FASC]Y) ?(?P<b>.+)"
    r"|(?P<c>.+?),? \(?(?P<after>financial|fiscal|academic|school|calendar) year\)?",
    re.IGNORECASE,
)
_PLAINER = (
    (re.compile("[‐‑‒–—−]"), "-"),
    (re.compile(r"^(\d{4}|\d{6})\.0$"), r"\1"),
    (re.compile(r"(?<=\d) ?[/\\] ?(?=\d)"), "/"),
    (re.compile(r"(?<=\d)_(?=\d)"), "-"),
    (re.compile(r"^(?:as )?at (?=\d)", re.IGNORECASE), ""),
    (re.compile(r"^year (?=\d{4})", re.IGNORECASE), ""),
    (re.compile(r"\b([1-4])[snrt][tdh] (?:quarter|qtr)\b", re.IGNORECASE), r"Q\1"),
    (re.compile(r"\b(?:quarter|qtr) ?(?=[1-4]\b)", re.IGNORECASE), "Q"),
    (re.compile(r"(?<=Q[1-4]), "), " "),
    (re.compile(r",? \(?(?:combined|pooled)\)?$", re.IGNORECASE), ""),
)
"""What says nothing, and the plain way of writing it."""
_BETWEEN = [re.compile(at, re.I) for at in (" to | - ", "-", "/", r"(?<=-\d\d)-(?=\d{4})")]
"""What may stand between a beginning and an end, the plainest first."""


def readings(text: str) -> tuple[Reading, ...]:
    """Return every way a published period can be read: none, one, or several.

    Examples
    --------
    >>> [reading.kind for reading in readings("2023-24")]
    ['financial_year', 'calendar_years']
    >>> [reading.kind for reading in readings("2024-03")]
    ['month']
    >>> [reading.kind for reading in readings("2022 to 2023 academic year")]
    ['financial_year']
    >>> [reading.months for reading in readings("2024-04 to 2025-03")]
    [12]
    """
    text = " ".join(str(text).split())
    for odd, plain in _PLAINER:
        text = odd.sub(plain, text)
    ways = _plain_readings(text) or _from_to(text)
    if not ways and (match := _NAMED.fullmatch(text)):
        word = match["before"] or match["fy"] or match["after"]
        rest = match["a"] or match["b"] or match["c"]
        wanted = "calendar_year" if word.lower() in ("calendar", "cy") else "financial_year"
        return tuple(reading for reading in _plain_readings(rest) if reading.kind == wanted)
    return ways


def _plain_readings(text: str) -> tuple[Reading, ...]:
    ways = []
    for pattern, kind, read in _COMPILED:
        if match := pattern.fullmatch(text):
            try:
                start, end = read(*match.groups())
            except (ValueError, IndexError):
                continue
            if _FIRST <= start <= end <= _LAST:
                ways.append(Reading(kind, start, end))
    return tuple(ways)


def _from_to(text: str) -> tuple[Reading, ...]:
    """Read two months or days, however written, as the beginning and the end of a period.

    A last day of the same number as the first (``2024-04-01 to 2025-04-01``) may or may not belong
    to the period, and where both sides may be years too, what is meant is not known.
    """
    sides = next((sides for at in _BETWEEN if len(sides := at.split(text)) == 2), ())
    ways = [{way.kind: way for way in _plain_readings(side)} for side in sides]
    if not ways or min(map(len, ways)) > 1:
        return ()
    for kind in ("month", "day"):
        if all(kind in side for side in ways):
            start, end = ways[0][kind].start, ways[1][kind].end
            if start < end and start.day != end.day:
                return (Reading(f"{kind}s", start, end),)
    return ()
