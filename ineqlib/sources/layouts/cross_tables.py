"""What the layouts of cross tables share: titles above, columns made rows, names that say units."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice

import pandas as pd

from ineqlib.period_grammar import readings
from ineqlib.sources.base import Content, Parsed
from ineqlib.sources.reading.delimited import DelimitedRows
from ineqlib.sources.reading.rows import BEGINNING, heading_of, tidy_text
from ineqlib.sources.reading.workbooks import chosen_sheet, open_workbook

LOW = "rounds to 0 but is not 0"
"""Note of a value that is published as `low`, and stands as 0."""

WITHHELD = "c"
NOT_AVAILABLE = "x"
NOT_APPLICABLE = "z"
UNRELIABLE = "u"

_PER = re.compile(r"\bper ([\d,]+|thousand|million)\b", re.IGNORECASE)
_SHARE = re.compile(r"%|\b(?:per ?cent|percentages?|pct|perc)\b", re.IGNORECASE)


def titles_above(content: bytes) -> list[list[str]]:
    """Return the filled cells of each row above the heading of a table."""
    if book := open_workbook(content):
        sheet = content.sheet if isinstance(content, Content) else ""
        rows = book.read(chosen_sheet(book, sheet), BEGINNING).rows
    else:
        rows = list(islice(DelimitedRows(io.BytesIO(content)), BEGINNING))
    above = rows[: heading_of(rows) or 0]
    titles = [list(filter(None, map(tidy_text, row.cells))) for row in above]
    return [cells for cells in titles if cells]


def statements(titles: Iterable[list[str]]) -> dict[str, str]:
    """Return what the titles state of the whole table, as ``Date : 2021`` in one cell or two.

    Examples
    --------
    >>> statements([["Claimants"], ["Date :", "2021"], ["Counting: People"]])
    {'date': '2021', 'counting': 'People'}
    """
    stated = {}
    for cells in titles:
        key, colon, rest = cells[0].partition(":")
        text = " ".join([rest.strip(), *cells[1:]]).strip()
        if colon and text and key.strip():
            stated[key.strip().casefold()] = text
    return stated


def is_period(heading: str) -> bool:
    """Tell whether a column is headed by a period."""
    return bool(readings(without_mark(heading)[0]))


def without_mark(text: str) -> tuple[str, str]:
    """Part a period, or a number, from the mark behind it that tells how final it is.

    Examples
    --------
    >>> without_mark("2021/22 (p)"), without_mark("2021/22")
    (('2021/22', 'p'), ('2021/22', ''))
    """
    match = re.fullmatch(r"(.*?) ?[(\[]([pr])[)\]]", text.strip(), re.IGNORECASE)
    return (match[1], match[2].lower()) if match else (text.strip(), "")


def lengthened(table: pd.DataFrame, columns: Iterable[str], heading: str) -> pd.DataFrame:
    """Make a row of each cell in `columns`, beside the other columns of its row.

    Parameters
    ----------
    table : DataFrame
        As read; its index tells the rows of the file, and is kept.
    columns : iterable of str
        Columns of values.
    heading : str
        Name of the new column that holds their headings; the cells go to ``value``.
    """
    values = [str(name) for name in columns]
    others = table.drop(columns=values)
    pieces = [others.assign(**{heading: name, "value": table[name]}) for name in values]
    return pd.concat(pieces).sort_index(kind="stable") if pieces else others.iloc[:0]


def with_rows_added(parsed: Parsed, rows_read: int) -> Parsed:
    """Account for the figures that are more than the rows of the file."""
    figures = len(parsed.frame) + sum(out.rows for out in parsed.set_aside)
    return replace(parsed, rows_added=max(0, figures - rows_read))


def in_shorthand(values: pd.Series, meanings: Mapping[str, str]) -> pd.DataFrame:
    """Return value, status and note of cells in which a publisher's signs stand for no number.

    Parameters
    ----------
    values : Series
        Cells as text.
    meanings : mapping
        Sign in lower case -> shorthand (``c``, ``x``, ``z``, ``u``) or ``low``.
    """
    sign = values.str.strip("[]() ").str.casefold()
    code = sign.map(lambda text: meanings.get(text, "")).astype("str")
    low = code == "low"
    return pd.DataFrame(
        {
            "value": values.mask(code != "", "").mask(low, "0"),
            "status": code.mask(low, ""),
            "note": low.map({True: LOW, False: ""}),
        }
    )


def unit_in(name: str) -> str:
    """Return the unit that an indicator's name or measure says; nothing where it says none.

    Examples
    --------
    >>> unit_in("Smokers (%)"), unit_in("Deaths per 100,000"), unit_in("Number of visits")
    ('%', 'per 100,000', '')
    """
    if match := _PER.search(name):
        words = {"thousand": "1,000", "million": "1,000,000"}
        return f"per {words.get(match[1].lower(), match[1])}"
    return "%" if _SHARE.search(name.replace("_", " ")) else ""
