"""What was spent where: a file of one's own, Revenue Outturn, or what a pack itself holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.errors import InputError
from ineqlib.sources.base import Head, Parsed
from ineqlib.sources.content import read_content, read_table
from ineqlib.sources.layouts import own_spending, revenue_outturn
from ineqlib.text import plural

if TYPE_CHECKING:
    from ineqlib.pack.pack import Pack

TABLE = "spending"
COLUMNS = ["funder", "area_code", "fifth", "period", "amount", "status"]
_THOUSAND = 1_000
LINES = {"RS_phs": "Public health"}
"""Lines of Revenue Outturn that have a name of their own here; others go by their code."""


@dataclass(frozen=True)
class Spending:
    """What several funders spent where and when.

    Parameters
    ----------
    rows
        ``funder``, ``area_code`` or ``fifth`` (``"1"`` is the most deprived), ``period``,
        ``amount`` in pounds (below zero is income) and ``status``, ``ok`` where there is an amount.
    source
        Whose figures they are, in words.
    remarks
        What reading the file left out or read in a way that should be known.
    """

    rows: pd.DataFrame
    source: str
    remarks: tuple[str, ...] = ()


def read_spending(path: str | Path) -> Spending:
    """Read a file of one's own spending, or the time series of Revenue Outturn.

    Parameters
    ----------
    path
        The file; which of the two it is, its headings say.

    Raises
    ------
    InputError
        There is no such file, it is neither, or its rows cannot be right; the message says which.
    """
    content = read_content(path)
    headings = Head(columns=tuple(map(str, read_table(content).columns)))
    [outturn] = revenue_outturn.LAYOUTS
    if not outturn.matches(headings):
        parsed = own_spending.LAYOUT.parse(content, {})
        return Spending(parsed.frame[COLUMNS], parsed.source.title, _remarks(parsed))
    parsed = outturn.parse(content, {})
    frame = parsed.frame
    # The country's is the sum of the others.
    frame = frame[frame["area_code"].map(area_type) != "country"]
    if frame.empty:
        raise InputError(f"{Path(path).name} is Revenue Outturn, and has no authority's spending.")
    rows = frame.rename(columns={"year": "period"}).assign(
        fifth="",
        amount=frame["net_expenditure"] * _THOUSAND,
        status="ok",
        funder=frame["line"].replace(LINES),
    )
    rows = rows[COLUMNS].reset_index(drop=True)
    return Spending(rows, revenue_outturn.SOURCE.publisher, _remarks(parsed))


def _remarks(parsed: Parsed) -> tuple[str, ...]:
    aside = (f"{plural(out.rows, 'row')} not read: {out.reason}" for out in parsed.set_aside)
    return (*parsed.remarks, *aside)


def spending_in(pack: "Pack") -> Spending | None:
    """Return the spending that a pack itself holds; None where it has none."""
    if not pack.has(TABLE):
        return None
    table = pack.table(TABLE)
    rows = table.rename(
        columns={"service": "funder", "spend": "amount", "small_area_code": "place"}
    )
    rows = rows.assign(area_code=rows["place"], fifth="", status="ok")
    return Spending(rows[COLUMNS].reset_index(drop=True), pack.title)
