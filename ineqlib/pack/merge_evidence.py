"""What may decide between rows for one figure: dates, how much a row says, and how finely."""

import numpy as np
import pandas as pd

from ineqlib.observations import COLUMNS, KEY
from ineqlib.pack.editions import DATES, Edition
from ineqlib.pack.merge_reasons import BESIDE, FILE

RENAMED = "renamed"
"""Extra column a file's rows may have: whether the publisher has the row under an old code."""

WORDS = ("comparison", "trend", "note")
"""Columns in which rows may differ and yet say the same."""

_CONTENT = [name for name in COLUMNS if name not in KEY]


def scored(again: pd.DataFrame, rows: pd.DataFrame, editions: list[Edition]) -> pd.DataFrame:
    """Put beside each repeated row what may decide whether it stands: more is better.

    Parameters
    ----------
    again
        Rows of figures that are given differently.
    rows
        All rows, as `ineqlib.pack.merge.numbered` puts them together.
    editions
        Dates of each file.
    """
    known = pd.DataFrame(editions, columns=list(Edition._fields))
    days = known[list(DATES)].map(lambda day: day.toordinal() if day else float("nan"))
    involved = rows[rows["indicator_id"].isin(again["indicator_id"].unique())]
    by_series = [involved[FILE], involved["indicator_id"]]
    last = involved["period_end"].groupby(by_series)
    numbers = again[BESIDE].notna().sum(axis=1)
    return again.assign(
        figure=again.groupby(KEY, dropna=False, sort=False).ngroup(),
        **{name: again[FILE].map(days[name]) for name in DATES},
        names_publisher=again[FILE].map(known["names_publisher"]),
        last_day=last.transform("max").reindex(again.index).astype("int64").astype("float64"),
        series_rows=last.transform("size").reindex(again.index),
        final=(again["status"] != "provisional").astype("float64"),
        present_code=again[RENAMED].ne(True) if RENAMED in again else True,
        complete=numbers.astype("float64"),
        filled=numbers + again[list(WORDS)].ne("").sum(axis=1),
        decimals=_decimals(involved).reindex(again.index).where(again["value"].notna(), 0),
        # Rows of one content are the same, whichever is kept.
        content=pd.util.hash_pandas_object(again[_CONTENT].astype("str"), index=False),
    )


def _decimals(rows: pd.DataFrame) -> pd.Series:
    """Return how finely each row's file gives the row's indicator: the most decimals seen."""
    number, values = pd.factorize(rows["value"])
    texts = [f"{value:.10f}".rstrip("0").partition(".")[2] for value in values]
    of_value = np.array([*map(len, texts), 0])  # the last of no value
    decimals = pd.Series(of_value[number], rows.index)
    return decimals.groupby([rows[FILE], rows["indicator_id"]]).transform("max")
