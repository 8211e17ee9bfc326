"""Every way in which publishers write a period, and every way in which a text can be read."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from ineqlib.period_parts import (
    MONTHS_A_YEAR,
    Dates,
    calendar_years,
    census_day,
    days_in_figures,
    ending,
    financial_years,
    full_year,
    half,
    interval,
    one_day,
    pooled,
    quarter,
    quarters,
    whole_month,
    whole_year,
)

RUN_TOGETHER = "run_together"
"""Kind of ``2021`` read as 2020/21, which it is only beside others such as ``2122``."""

_FEW = 5
"""Years that a second year of one digit may be away: ``2001-3`` is three years, ``2001-8`` August.
"""

_FIRST, _LAST = pd.Timestamp(1900, 1, 1), pd.Timestamp(2100, 12, 31)

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


_ISO = r"((?:19|20)\d{2}-\d{2}-\d{2})"
_QUARTER = rf"{_YEAR}(?:[/-](\d{{2}}))?[ -]?Q([1-4])"
_FIGURES = rf"(\d{{1,2}})/(\d{{1,2}})/{_YEAR}"
_PATTERNS: list[tuple[str, str, Callable[..., Dates]]] = [
    (r"(19[5-9]\d|20\d\d)", "calendar_year", lambda y: calendar_years(int(y), int(y))),
    (r"(\d\d)(\d\d)", RUN_TOGETHER, financial_years),
    (rf"{_YEAR}(?:/?|{_DASH})(\d\d|\d{{4}})", "financial_year", financial_years),
    (rf"{_YEAR}[/-](\d)", "financial_year", financial_years),
    (
        rf"(?:FYE|(?:financial|fiscal) year (?:ending|ended|to)) (?:31 )?(?:Mar(?:ch)? )?{_YEAR}",
        "financial_year",
        lambda y: financial_years(str(int(y) - 1), y),
    ),
    (rf"{_YEAR}{_DASH}(\d\d|\d{{4}})", "calendar_years", lambda y, z: pooled(int(y), z)),
    (rf"{_YEAR}-(\d)", "calendar_years", lambda y, z: pooled(int(y), z, _FEW)),
    (rf"(\d\d)(?:/|{_DASH})(\d\d)", "financial_year", financial_years),
    (rf"(\d\d){_DASH}(\d\d)", "calendar_years", lambda y, z: pooled(full_year(y), z)),
    (rf"{_YEAR}(?:-?| ?M)(0[1-9]|1[0-2])", "month", whole_month),
    (rf"{_YEAR}[/-]([1-9])", "month", whole_month),
    (rf"(0?[1-9]|1[0-2])[/-]{_YEAR}", "month", lambda m, y: whole_month(y, m)),
    (rf"{_MONTH}[ -]?{_SHORT_YEAR}", "month", lambda m, y: whole_month(y, m)),
    (rf"{_YEAR}[ -]?{_MONTH}", "month", whole_month),
    (
        rf"{_YEAR}/(\d{{2}}|\d{{4}}){_DASH}(\d{{2}}|\d{{4}})/(\d{{2}}|\d{{4}})",
        "financial_years",
        financial_years,
    ),
    (rf"{_YEAR}-(\d\d){_APART}(\d\d|\d{{4}})-(\d\d)", "financial_years", financial_years),
    (_QUARTER, "quarter", quarter),
    (rf"Q([1-4])[ /-]{_YEAR}(?:[/-](\d{{2}}))?", "quarter", lambda q, y, z: quarter(y, z, q)),
    (r"Q([1-4]) (\d\d)/(\d\d)", "quarter", lambda q, y, z: quarter(f"{full_year(y)}", z, q)),
    (r"(\d\d)/(\d\d) Q([1-4])", "quarter", lambda y, z, q: quarter(f"{full_year(y)}", z, q)),
    (rf"{_QUARTER}{_DASH}(?:{_YEAR}(?:[/-](\d{{2}}))? ?)?Q([1-4])", "quarters", quarters),
    (
        rf"{_MONTH}[ -]{_SHORT_YEAR}{_DASH}{_MONTH}[ -]{_SHORT_YEAR}",
        "months",
        lambda m, y, n, z: (whole_month(y, m)[0], whole_month(z, n)[1]),
    ),
    (
        rf"{_MONTH}{_DASH}{_MONTH} {_SHORT_YEAR}",
        "months",
        lambda m, n, y: (whole_month(y, m)[0], whole_month(y, n)[1]),
    ),
    (
        rf"{_MONTH}{_DASH}{_MONTH} {_YEAR}[/-](\d\d|\d{{4}})",
        "months",
        whole_year,
    ),
    (rf"{_YEAR}(?:[/-](\d{{2}}))? ?H([12])", "half", half),
    (rf"H([12]) {_YEAR}(?:[/-](\d{{2}}))?", "half", lambda h, y, z: half(y, z, h)),
    (_ISO, "day", lambda d: (pd.Timestamp(d), pd.Timestamp(d))),
    (
        rf"end (?:of )?{_MONTH} {_YEAR}",
        "day",
        lambda m, y: (whole_month(y, m)[1], whole_month(y, m)[1]),
    ),
    (rf"{_NTH}[ -]{_MONTH}[ -]{_SHORT_YEAR}", "day", one_day),
    (_FIGURES, "day", days_in_figures),
    (rf"{_FIGURES}{_DASH}{_FIGURES}", "days", days_in_figures),
    (
        rf"(?:mid[- ]?(?:year )?{_YEAR}|{_YEAR} mid[- ]?year)(?: (?:population )?estimates?)?",
        "day",
        lambda y, z: (pd.Timestamp(int(y or z), 6, 30), pd.Timestamp(int(y or z), 6, 30)),
    ),
    (r"census (?:day )?(20[0-2]1)", "day", census_day),
    (r"(20[0-2]1) census", "day", census_day),
    (
        r"(?:rolling )?(?:(\d+)[ -])?(months?|years?|quarter)"
        rf" (?:end|ending|ended|to|up to) (?:{_NTH}[ -])?{_MONTH}[ -]{_SHORT_YEAR}",
        "rolling",
        ending,
    ),
    (rf"()(y)/?e (?:{_NTH} )?{_MONTH} {_SHORT_YEAR}", "rolling", ending),
    (rf"{_ISO}/P(\d{{1,3}})([YM])", "interval", interval),
]
_COMPILED = [(re.compile(pattern, re.IGNORECASE), kind, of) for pattern, kind, of in _PATTERNS]
_NAMED = re.compile(
    r"(?P<before>financial|fiscal|academic|school|calendar) year:? (?P<a>.+)"
    r"|(?P<fy>[FASC]Y) ?(?P<b>.+)"
    r"|(?P<c>.+?),? \(?(?P<after>(?:financial|fiscal|academic|school|calendar) year|[FASC]Y)\)?",
    re.IGNORECASE,
)
_PLAINER = (
    (re.compile("[‐‑‒–—−]"), "-"),
    (re.compile(r"^(\d{4}|\d{6})\.0$"), r"\1"),
    (re.compile(r"(?<=\d) ?[/\\⁄∕] ?(?=\d)"), "/"),
    (re.compile(r"(?<=\d)_(?=\d)"), "-"),
    (re.compile(r"^(?:as )?at (?=\d)", re.IGNORECASE), ""),
    (re.compile(r"^year (?=\d{4})", re.IGNORECASE), ""),
    (re.compile(r"\b([1-4])[snrt][tdh] (?:quarter|qtr)\b", re.IGNORECASE), r"Q\1"),
    (re.compile(r"\b(?:quarter|qtr) ?(?=[1-4]\b)", re.IGNORECASE), "Q"),
    (re.compile(r"(?<=Q[1-4]), "), " "),
    (re.compile(r",? \(?(?:combined|pooled)\)?$", re.IGNORECASE), ""),
)
"""What says nothing, and the plain way of writing it."""
_LENGTH = re.compile(
    r"(?P<a>\d)[- ](?:years?|yrs?) (?:average|pooled|combined|rolling|data),? (?P<of>\d.+)"
    r"|(?P<what>.+\d),? \(?(?P<b>\d)[- ]?(?:years?|yrs?)"
    r"(?: (?:average|pooled|combined|rolling|data))?\)?",
    re.IGNORECASE,
)
"""How many years a period is of, beside it: ``2022-2024 (3 years)``."""
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
    >>> [reading.kind for reading in readings("2023-24 (2 years)")]
    ['calendar_years']
    """
    text = " ".join(str(text).split())
    for odd, plain in _PLAINER:
        text = odd.sub(plain, text)
    ways = _plain_readings(text) or _from_to(text)
    if not ways and (match := _LENGTH.fullmatch(text)):
        months = MONTHS_A_YEAR * int(match["a"] or match["b"])
        return tuple(way for way in readings(match["of"] or match["what"]) if way.months == months)
    if not ways and (match := _NAMED.fullmatch(text)):
        word = match["before"] or match["fy"] or match["after"]
        rest = match["a"] or match["b"] or match["c"]
        is_calendar = word.lower().removesuffix(" year") in ("calendar", "cy")
        wanted = "calendar_year" if is_calendar else "financial_year"
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
