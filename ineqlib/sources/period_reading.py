"""Which of several readings of a period is meant: what settles it, or the question to ask."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from ineqlib.errors import DESCRIPTION, InputError, listed, nearest
from ineqlib.period_grammar import RUN_TOGETHER, Reading, readings
from ineqlib.periods import PERIOD_KINDS, period_label, plain, question
from ineqlib.sources.period_dates import made_dates
from ineqlib.sources.texts import numbered
from ineqlib.text import day_in_words

UNREADABLE = "period cannot be read"
TO_WRITE = ": write 2023, 2023/24, 2021 - 23, Mar 2023, 2023 Q1 or 2023-04-01 to 2024-03-31"
EMPTY = "period is empty: fill it in, also where it is that of the row above"
_SERIAL = re.compile(r"[345]\d{4}(?:\.\d+)?")
"""A day as a spreadsheet stores it, from 1982 to 2064."""
_FIRST_SERIAL = pd.Timestamp(1899, 12, 30)
_HINTS = (
    (
        r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",
        "which is the day and which the month? Write 1 April 2023",
    ),
    (
        r"\d{1,2}-[a-z]{3}",
        "a spreadsheet makes a date of two numbers: format the column as text and type it again",
    ),
    (
        r"\d{4}-(\d\d-\d\d)(?:/| ?[-–] ?| to )\d{4}-\1",
        "does it end on its last day, or on the day before? Write 2023-04-01 to 2024-03-31",
    ),
    (r"(?:19|20)\d{6}", "a day run together? Write the period it stands for, or 2023-04-01"),
    (
        r"(?:[FAS]Y ?)?(?:20)?\d\d(?: (?:academic|financial|tax) year)?",
        "which of two years is meant? Write 2023/24",
    ),
    (r"\d{4}-\d{2}-\d{2}[T ].*", "a moment, as programs write one: write the period it stands for"),
    (
        r".*[\[(]?\b(?:p|r|prov\w*|rev\w*|e|est\w*)[\])]?|\d[\d/ -]*[pre]",
        "write its mark in the column status",
    ),
    (
        r".*\d ?(?:[*†‡]+|[\[(](?:note ?)?\d{1,2}[\])])",
        "write what the footnote says in the column note",
    ),
    (
        r".*\b(?:YTD|(?:year )?to date)\b.*",
        "part of a year: write its months, as Apr 2024 - Sep 2024",
    ),
)
"""Texts that are no period, and what to ask or advise."""
_DIGITS = re.compile(r"(?!\d{4}$)[\d.]+|\d{6}\D.*|\d{4}-\d{2}.*|\d{4} ?M\d{2}|\d{1,2}[-/].*")
"""Periods that people do not read as they are written: run together, or as programs write them."""
_YEAR = 12
"""Months."""
_SHAPE = re.compile(r"\d")
_FOUR = re.compile(r"\d{4}")


class Span(NamedTuple):
    """The first and the last day of a period, and how people read it."""

    start: pd.Timestamp
    end: pd.Timestamp
    label: str


def check_period_kind(kind: str) -> str:
    """Return the kind of period that a user states, if there is such a kind.

    Raises
    ------
    InputError
        There is none; the message lists those there are.
    """
    if kind and kind not in PERIOD_KINDS:
        raise InputError(
            f"`period_kind: {kind}` is not known.{nearest(kind, PERIOD_KINDS)} "
            f"Known: {', '.join(PERIOD_KINDS)}."
        )
    return kind


def read_periods(
    texts: pd.Series, series: pd.Series, years: pd.Series, kind: str = ""
) -> tuple[dict[tuple[str, str], Span], dict[tuple[str, str], str]]:
    """Read the periods of a file, each in the one way that the file and the catalogue allow.

    A text with several readings is settled by what the user states, by the other rows of its
    series, by how many years the catalogue puts together in the indicator, or by the other rows of
    the file; in this order. Where two of these contradict each other, or none speaks, it is not
    read. Four digits that may be a year of the wrong century (2122, for 2021/22 or for 2022) are
    two years run together only beside others, and beside no year.

    Parameters
    ----------
    texts : Series
        The periods as written.
    series : Series
        What tells one indicator of the file from another, on the same index.
    years : Series
        How many years the catalogue puts together in the row's indicator; missing where the
        catalogue does not know it.
    kind : str
        What the user states the periods to be, see `ineqlib.periods.PERIOD_KINDS`.

    Returns
    -------
    tuple
        Of each pair of series and text what it is read as; and of each that is not read, why.
    """
    years_of: dict[str, dict[str, float]] = defaultdict(dict)
    for name, text, pooled in numbered(series, texts, years)[1]:
        years_of[name][text] = pooled
    ways = {text: readings(text) for years_by_text in years_of.values() for text in years_by_text}
    everywhere = _evidence(ways, ways)
    read, unread = {}, {}
    for name, years_by_text in years_of.items():
        here = _evidence(years_by_text, ways)
        wrong = {} if kind == "financial_year" else _wrong_centuries(years_by_text, ways)
        wrong |= {} if kind == "month" else made_dates(years_by_text, ways)
        for text, pooled in years_by_text.items():
            if text in wrong:
                unread[(name, text)] = wrong[text]
                continue
            left = _settled(ways[text], here, None if pd.isna(pooled) else pooled, kind)
            if len(left) > 1:
                left = _of_kinds(left, everywhere.get(_shape(text), set()))
            left = plain(left)
            if len(left) == 1:
                alone = len(plain(ways[text])) == 1 and left[0].kind != RUN_TOGETHER
                span = left[0].start, left[0].end
                as_written = alone and not _DIGITS.fullmatch(text)
                read[name, text] = Span(*span, text if as_written else period_label(*span))
            else:
                unread[(name, text)] = (
                    f"period can be read in {len(left)} ways: {question(left)}"
                    if left
                    else _why_unread(text)
                )
    return read, unread


def _why_unread(text: str) -> str:
    """Say that a text is no period, and what it looks like instead."""
    if not text:
        return EMPTY
    if _SERIAL.fullmatch(text):
        day = _FIRST_SERIAL + pd.Timedelta(days=int(float(text)))
        return (
            f"{UNREADABLE}: the number of a day, as a spreadsheet stores {day_in_words(day)}; "
            "format the column as text, and type the periods again"
        )
    hint = next((hint for form, hint in _HINTS if re.fullmatch(form, text, re.IGNORECASE)), "")
    return f"{UNREADABLE}: {hint}" if hint else UNREADABLE


def contradicted_kind(frame: pd.DataFrame, kind: str) -> str:
    """Remark on periods that are not of the kind that the description of their file states.

    They can be read in one way only, so that nothing had to be settled.

    Raises
    ------
    InputError
        No period of the file is of that kind.
    """
    if not kind or "period_start" not in frame or frame.empty:
        return ""
    periods = frame[["period", "period_start", "period_end"]].drop_duplicates()
    fits = [_is_of_kind(start, end, kind) for _, start, end in periods.itertuples(index=False)]
    if all(fits):
        return ""
    others = periods["period"][[not fit for fit in fits]]
    rows = frame["period"].isin(others).sum()
    said = f"`period_kind: {kind}` ({PERIOD_KINDS[kind]}), as the description of the file states"
    if not any(fits):
        raise InputError(
            f"{rows:,} row(s): expected periods of {said}, and no period of the file can be read "
            f"so ({listed(map(repr, others.astype('str')))}). Correct the description or the "
            "periods."
        )
    return (
        f"Kept, but look at it: {rows:,} row(s) have a period that is not of {said}, and can be "
        f"read in one way only ({listed(map(repr, others.astype('str')))}). Correct the "
        "description or the periods."
    )


def _is_of_kind(start: pd.Timestamp, end: pd.Timestamp, kind: str) -> bool:
    months = Reading(kind, start, end).months
    match kind:
        case "month":
            return months == 1
        case "calendar_year":
            return months == _YEAR and start.month == 1
        case "calendar_years":
            return months > _YEAR and months % _YEAR == 0 and start.month == 1
    return months % _YEAR == 0 and start.month != 1


def _settled(
    ways: tuple[Reading, ...], here: dict[str, set[str]], years: float | None, kind: str
) -> tuple[Reading, ...]:
    """Return the readings that are left by what is stated, by the series and by the catalogue."""
    if len(ways) < 2:
        return ways
    if kind:
        also = RUN_TOGETHER if kind == "financial_year" else kind
        return tuple(way for way in ways if way.kind in (kind, also)) or ways
    by_rows = _of_kinds(ways, here.get("", set()))
    by_years = tuple(way for way in ways if years and way.months == 12 * years)
    if len(by_rows) != 1:
        return by_years if len(by_years) == 1 else ways
    # A catalogue says how many years are put together, never that there are no months as well.
    agrees = not by_years or by_rows == by_years or by_rows[0].kind == "month"
    return by_rows if agrees else ways


def _wrong_centuries(series: Iterable[str], ways: dict[str, tuple[Reading, ...]]) -> dict[str, str]:
    """Return the texts of a series that may be years of the wrong century, each with the question.

    In which century they are is told by the other periods of four digits: those of the series, or
    where it has none, those of the file.
    """
    alone = {text for text in series if _may_be_wrong(text, ways[text])}
    if not alone:
        return {}
    here = {text for text in series if _FOUR.fullmatch(text)}
    beside = here if len(here) > 1 else {text for text in ways if _FOUR.fullmatch(text)}
    years = sorted(text for text in beside if not _is_there(RUN_TOGETHER, ways[text]))
    if len(beside) > 1 and not years:
        return {}
    return {text: _century_question(text, years) for text in alone}


def _may_be_wrong(text: str, ways: tuple[Reading, ...]) -> bool:
    """Tell two years run together that are no year, but would be in another century."""
    if len(ways) != 1 or not _is_there(RUN_TOGETHER, ways):
        return False
    return any(_is_there("calendar_year", readings(f"{int(text) + n}")) for n in (-100, 100))


def _is_there(kind: str, ways: tuple[Reading, ...]) -> bool:
    return any(way.kind == kind for way in ways)


def _century_question(text: str, years: list[str]) -> str:
    beside = f"{listed(years)} in other rows" if years else "no other period in the file"
    return (
        f"period can be read in 2 ways: 20{text[:2]}/{text[2:]}, or a year whose century is "
        f"mistyped, with {beside}? Correct it, or write 20{text[:2]}/{text[2:]}, or state "
        f"`period_kind: financial_year` in {DESCRIPTION}."
    )


def _evidence(texts: Iterable[str], ways: dict[str, tuple[Reading, ...]]) -> dict[str, set[str]]:
    """Return the kinds of the texts that have one reading, by shape; under "" of all of them."""
    kinds: dict[str, set[str]] = {"": set()}
    for text in texts:
        if len(ways[text]) == 1:
            kind = _kind(ways[text][0])
            kinds[""].add(kind)
            kinds.setdefault(_shape(text), set()).add(kind)
    return kinds


def _of_kinds(ways: tuple[Reading, ...], kinds: set[str]) -> tuple[Reading, ...]:
    """Return the one reading of a kind that is there, or all."""
    fitting = tuple(way for way in ways if _kind(way) in kinds)
    return fitting if len(fitting) == 1 else ways


def _kind(way: Reading) -> str:
    """Years put together are of one kind only with as many."""
    return f"{way.kind} {way.months}" if way.kind == "calendar_years" else way.kind


def _shape(text: str) -> str:
    return _SHAPE.sub("9", text)
