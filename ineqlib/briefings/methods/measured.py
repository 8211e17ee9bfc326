"""The rows of a measure table as facts, and the table that shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.facts.fact import Fact, fact_id
from ineqlib.text import MARKS, NO_VALUE, number, with_unit

NONE = NO_VALUE["not_applicable"]


@dataclass(frozen=True)
class Measured:
    """One measure of one sex's groups: its fact, or None where `status` says why there is none."""

    sex: str
    measure: str
    unit: str
    status: str
    fact: Fact | None


def measured(
    table: pd.DataFrame, about: Mapping[str, Mapping[str, Any]], decimals: int
) -> tuple[Measured, ...]:
    """Make facts of a table that `measure_table` made by sex.

    `about` has for each sex what `Fact` says of its groups; of the id, what follows the measure's
    name.
    """
    return tuple(
        Measured(
            sex=row.sex,
            measure=row.measure,
            unit=row.unit,
            status=f"{row.status}: {row.note}" if row.note else row.status,
            fact=_fact(row, about[row.sex], decimals) if np.isfinite(row.value) else None,
        )
        for row in table.itertuples()
    )


def measured_cells(rows: Sequence[Measured]) -> dict[str, list[str]]:
    """Write the measures as a table whose units stand in a column of their own."""
    return {
        "sex": [row.sex for row in rows],
        "measure": [row.measure for row in rows],
        "value": [row.fact.number if row.fact else NONE for row in rows],
        "lower_ci": [_limit(row, 0) for row in rows],
        "upper_ci": [_limit(row, 1) for row in rows],
        "unit": [row.unit for row in rows],
    }


def _limit(row: Measured, end: int) -> str:
    if row.fact is None or row.fact.limits is None:
        return NONE
    return number(row.fact.limits[end], row.fact.decimals)


def _fact(row: Any, about: Mapping[str, Any], decimals: int) -> Fact:
    mark = MARKS.get(row.status, "")
    limits = (row.lower_ci, row.upper_ci)
    lower, upper = map(float, limits) if np.isfinite(limits).all() else (None, None)
    details = {
        **about,
        "id": fact_id(row.measure, about["id"]),
        "value": float(row.value),
        "text": f"{with_unit(number(row.value, decimals), row.unit)} {mark}".rstrip(),
        "decimals": decimals,
        "unit": row.unit,
        "lower_ci": lower,
        "upper_ci": upper,
        "method": row.method,
        "note": row.note,
        "mark": mark,
    }
    return Fact(**details)
