"""A fact: one number with an id, its interval, its unit, its method and the rows it came from."""

import math
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ineqlib.facts.rows import Row
from ineqlib.text import MARKS, number, slug, with_unit

FACTS_MIME = "application/vnd.ineqlib.facts+json"


@dataclass(frozen=True)
class Fact:
    """One number of a briefing, traceable to the rows of the pack behind it.

    Parameters
    ----------
    id
        Unique in the briefing; made from what the fact is, so it is the same in every run.
    value
        The number, unrounded.
    text
        The number as shown, with its unit.
    rows
        `row` ids of the pack's observations the number came from; empty for counts of other tables.
    mark
        Shorthand that belongs to the value: ``[u]`` unreliable, ``[p]`` provisional.
    method
        ``published``, or how the number was computed.
    """

    id: str
    value: float
    text: str
    unit: str = ""
    lower_ci: float | None = None
    upper_ci: float | None = None
    indicator_id: str = ""
    area_code: str = ""
    area_name: str = ""
    period: str = ""
    sex: str = ""
    age: str = ""
    subgroup: str = ""
    method: str = "published"
    rows: tuple[int, ...] = ()
    source: str = ""
    note: str = ""
    mark: str = ""


@dataclass
class FactTable:
    """Every fact of one briefing: computed once, registered here and shown from here."""

    facts: dict[str, Fact] = field(default_factory=dict)

    def add(self, fact: Fact) -> Fact:
        """Register a fact; the same id with another value is a fault, never overwritten."""
        known = self.facts.setdefault(fact.id, fact)
        if known != fact:
            raise AssertionError(f"two different facts share the id {fact.id}: {known} and {fact}")
        return known

    def records(self) -> list[dict[str, Any]]:
        """Return all facts as plain values, in the order they were first shown."""
        return [
            {**vars(fact), "value": float(fact.value), "rows": " ".join(map(str, fact.rows))}
            for fact in self.facts.values()
        ]

    def frame(self) -> pd.DataFrame:
        """Return all facts, one a row, in the order they were first shown."""
        return pd.DataFrame(self.records())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {FACTS_MIME: {"facts": self.records()}, "text/plain": f"{len(self.facts)} facts"}


def published(row: Row, decimals: int) -> Fact:
    """Make the fact of one published observation."""
    parts = (row.indicator_id, row.area_code, row.sex, row.age, row.dimension, row.subgroup)
    mark = MARKS.get(row.status, "")
    return Fact(
        id=slug("-".join([*parts, row.period]), longest=160),
        value=row.value,
        text=f"{with_unit(number(row.value, decimals), row.unit)} {mark}".rstrip(),
        mark=mark,
        unit=row.unit,
        lower_ci=_limit(row.lower_ci),
        upper_ci=_limit(row.upper_ci),
        indicator_id=row.indicator_id,
        area_code=row.area_code,
        area_name=row.area_name,
        period=row.period,
        sex=row.sex,
        age=row.age,
        subgroup=row.subgroup,
        rows=(row.row,),
        source=row.source,
        note=row.note,
    )


def _limit(value: float) -> float | None:
    return None if math.isnan(value) else value
