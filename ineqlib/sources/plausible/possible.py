"""Which checks may doubt which tables, asked of many small tables at once.

A build has a hundred small tables, and most checks doubt none of their rows. To ask a check of all
rows together takes a part of the time that it takes to ask it of one table after the other.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ineqlib.sources.plausible.checks import CHECKS
from ineqlib.sources.plausible.examine import BLOCK
from ineqlib.sources.plausible.finding import Check, Context
from ineqlib.sources.texts import is_categories


def possible_checks(tables: Sequence[pd.DataFrame], context: Context) -> list[list[Check]]:
    """Return of each table the checks that may doubt one of its rows; the others cannot.

    Checks that ask the context are left out. A check that looks at one indicator at a time doubts
    the same rows when tables that have no indicator in common are put together.

    Parameters
    ----------
    tables
        See `ineqlib.sources.plausible.with_meaning`; one per file.
    context
        What the checks may know besides.
    """
    alone = [check for check in CHECKS if not check.beside]
    possible = [set(alone) for _ in tables]
    for numbers in _without_common_indicator(tables):
        together = pd.concat([tables[number] for number in numbers], ignore_index=True)
        table = np.repeat(numbers, [len(tables[number]) for number in numbers])
        for check in alone:
            if check.across:
                continue
            doubted = [doubt.rows.to_numpy(bool) for doubt in check.find(together, context)]
            doubtful = {number for rows in doubted for number in table[rows].tolist()}
            for number in set(numbers) - doubtful:
                possible[number].discard(check)
    return [[check for check in alone if check in mine] for mine in possible]


def _without_common_indicator(tables: Sequence[pd.DataFrame]) -> Iterator[list[int]]:
    """Give the numbers of several small tables at a time of which no two have one indicator."""
    left = [
        (number, set(table["indicator_id"].unique()), len(table))
        for number, table in enumerate(tables)
        if len(table) <= BLOCK and not is_categories(table["indicator_id"])
    ]
    while len(left) > 1:
        numbers: list[int] = []
        indicators: set[str] = set()
        rows, others = 0, []
        for number, own, size in left:
            if indicators & own or rows + size > BLOCK:
                others.append((number, own, size))
                continue
            numbers.append(number)
            indicators |= own
            rows += size
        left = others
        if len(numbers) > 1:
            yield numbers
