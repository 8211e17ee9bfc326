"""Periods of years that a spreadsheet has made months: 2010-12 became Dec-10."""

import re
from collections.abc import Iterable, Mapping

from ineqlib.period_grammar import Reading

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH_OF_SPREADSHEET = re.compile(rf"({'|'.join(_MONTHS)})-(\d\d)", re.IGNORECASE)
"""As it is shown where nobody has chosen a format."""


def made_dates(series: Iterable[str], ways: Mapping[str, tuple[Reading, ...]]) -> dict[str, str]:
    """Return the months of a series that were years put together, each with the question.

    A spreadsheet makes Dec-10 of 2010-12, and Oct-14 of 10-14. The months of a series are believed
    to be such where all of them give as many years as another of its periods.

    Parameters
    ----------
    series : iterable of str
        The periods of one indicator, as written.
    ways : mapping
        Of each period the ways to read it.

    Returns
    -------
    dict
        Empty where there is none.
    """
    series = list(series)
    months = {text: match for text in series if (match := MONTH_OF_SPREADSHEET.fullmatch(text))}
    if not months:
        return {}
    others = {
        _years_named(way): text for text in series if text not in months for way in ways[text]
    }
    made = {}
    for text, match in months.items():
        month, year = _MONTHS.index(match[1].casefold()) + 1, int(match[2])
        # The first of the two numbers was read as the month, or it was a year of four digits.
        first, last = sorted((month, year))
        if like := others.get(last - first + 1):
            made[text] = f"20{first:02}-{last:02}", like
    if len(made) < len(months):
        return {}
    return {
        text: f"period can be read in 2 ways: the month {text}, or {years}, of which a spreadsheet "
        f"makes it, with {like} in other rows? Format the column as text and type it again, or "
        "write the month in full"
        for text, (years, like) in made.items()
    }


def _years_named(way: Reading) -> int:
    """Return how many years a period is of, as it is written; 0 for months and single years."""
    if way.kind == "financial_year":
        return 2
    return way.months // 12 if way.kind == "calendar_years" else 0
