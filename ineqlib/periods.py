"""Periods as publishers write them, as dates and as people read them."""

import re
from collections.abc import Callable

import pandas as pd

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"([A-Za-z]{3})[a-z]*\.?"
Dates = tuple[pd.Timestamp, pd.Timestamp]


def _span(start: pd.Timestamp, offset: pd.DateOffset) -> Dates:
    return start, start + offset - pd.Timedelta(days=1)


def _calendar(first: int, last: int) -> Dates:
    return pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)


def _financial(first: int, last: int) -> Dates:
    return pd.Timestamp(first, 4, 1), pd.Timestamp(last, 3, 31)


def _quarter(first: int, quarter: str) -> Dates:
    """Quarter of a financial year: the first begins in April."""
    start = pd.Timestamp(first, 4, 1) + pd.DateOffset(months=3 * (int(quarter) - 1))
    return _span(start, pd.DateOffset(months=3))


def _later(first: int, text: str) -> int:
    """Complete a two-digit year that follows a four-digit one (``1999/00`` is 2000)."""
    if len(text) == 4:
        return int(text)
    year = first // 100 * 100 + int(text)
    return year if year >= first else year + 100


def _next(first: int, text: str) -> int:
    """Complete the second year of a financial or school year, which must follow the first."""
    last = _later(first, text)
    if last != first + 1:
        raise ValueError(f"{text} does not follow {first}")
    return last


def _month(year: str, name: str) -> pd.Timestamp:
    return pd.Timestamp(int(year), _MONTHS.index(name.lower()) + 1, 1)


def parse_period(text: str) -> Dates:
    """Return the first and last day of a published period.

    Understands calendar years (``2022``), financial and school years (``2022/23``), pooled years
    (``2021 - 23``, ``2013 to 2015``, ``2020/21 - 24/25``), months (``March 2023``, ``Oct 2021-Sep
    2022``), quarters (``2022 Q3``; of financial years ``2021/22 Q1 - 2023/24 Q2``), ISO dates and
    ISO intervals (``2022-01-01/P3Y``).

    Raises
    ------
    ValueError
        The text is none of these; the message quotes it.

    Examples
    --------
    >>> [day.date().isoformat() for day in parse_period("2021 - 23")]
    ['2021-01-01', '2023-12-31']
    """
    text = " ".join(str(text).split())
    for pattern, read in _PATTERNS:
        if match := re.fullmatch(pattern, text):
            try:
                dates = read(*match.groups())
            except (ValueError, IndexError):
                break
            if dates[0] <= dates[1]:
                return dates
    raise ValueError(
        f"'{text}' is not a period that can be read; expected for example 2022, 2022/23, "
        "2021 - 23, Mar 2023 or 2022-01-01/P3Y."
    )


_DASH = r" ?(?:-|–|to) ?"
_PATTERNS: list[tuple[str, Callable[..., Dates]]] = [
    (r"(\d{4})", lambda y: _calendar(int(y), int(y))),
    (r"(\d{4})/(\d{2}|\d{4})", lambda y, z: _financial(int(y), _next(int(y), z))),
    (rf"(\d{{4}}){_DASH}(\d{{2}}|\d{{4}})", lambda y, z: _calendar(int(y), _later(int(y), z))),
    (
        rf"(\d{{4}})/(?:\d{{2}}|\d{{4}}){_DASH}(\d{{2}}|\d{{4}})/(\d{{2}}|\d{{4}})",
        lambda y, z, n: _financial(int(y), _later(_later(int(y), z), n)),
    ),
    (
        r"(\d{4}) ?Q([1-4])",
        lambda y, q: _span(pd.Timestamp(int(y), 3 * int(q) - 2, 1), pd.DateOffset(months=3)),
    ),
    (r"(\d{4})/(\d{2}) ?Q([1-4])", lambda y, n, q: _quarter(_next(int(y), n) - 1, q)),
    (
        rf"(\d{{4}})/(\d{{2}}) ?Q([1-4]){_DASH}(\d{{4}})/(\d{{2}}) ?Q([1-4])",
        lambda y, n, q, z, m, r: (
            _quarter(_next(int(y), n) - 1, q)[0],
            _quarter(_next(int(z), m) - 1, r)[1],
        ),
    ),
    (rf"{_MONTH} (\d{{4}})", lambda m, y: _span(_month(y, m), pd.DateOffset(months=1))),
    (
        rf"{_MONTH} (\d{{4}}){_DASH}{_MONTH} (\d{{4}})",
        lambda m, y, n, z: (_month(y, m), _span(_month(z, n), pd.DateOffset(months=1))[1]),
    ),
    (r"(\d{4}-\d{2}-\d{2})", lambda d: (pd.Timestamp(d), pd.Timestamp(d))),
    (
        r"(\d{4}-\d{2}-\d{2})/P(\d+)Y",
        lambda d, n: _span(pd.Timestamp(d), pd.DateOffset(years=int(n))),
    ),
    (
        r"(\d{4}-\d{2}-\d{2})/P(\d+)M",
        lambda d, n: _span(pd.Timestamp(d), pd.DateOffset(months=int(n))),
    ),
]


def period_label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Write a period the way people read it.

    Examples
    --------
    >>> period_label(*parse_period("2022-01-01/P3Y"))
    '2022 to 2024'
    >>> period_label(*parse_period("2022-09-01/P1Y"))
    '2022/23'
    """
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start == end:
        return f"{start.day} {start:%B %Y}"
    if months % 12:
        return f"{start:%b %Y} to {end:%b %Y}" if months > 1 else f"{start:%B %Y}"
    if start.month == 1:
        return f"{start.year}" if months == 12 else f"{start.year} to {end.year}"
    first = f"{start.year}/{(start.year + 1) % 100:02d}"
    return first if months == 12 else f"{first} to {end.year - 1}/{end.year % 100:02d}"
