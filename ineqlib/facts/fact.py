"""A fact: one number with an id, its interval, its unit, its method and the rows it came from."""

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from ineqlib.facts.rows import Row
from ineqlib.text import MARKS, NO_VALUE, number, slug, with_unit

FACTS_MIME = "application/vnd.ineqlib.facts+json"
LONGEST_ID = 160


@dataclass(frozen=True)
class Fact:
    """One number of a document, traceable to the rows of the pack behind it.

    Parameters
    ----------
    id
        Unique in the document; made from what the fact is, so it is the same in every run.
    value
        The number, unrounded.
    text
        The number as shown, with its unit.
    decimals
        With which it and its limits are shown.
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
    decimals: int = 0
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

    @property
    def number(self) -> str:
        """The number as shown, without its unit."""
        return number(self.value, self.decimals)

    @property
    def size(self) -> str:
        """The number as shown, without its sign: words say which way it goes."""
        return self.text.removeprefix("−")

    @property
    def limits(self) -> tuple[float, float] | None:
        """Both limits of the 95% interval, where it has one."""
        if self.lower_ci is None or self.upper_ci is None:
            return None
        return self.lower_ci, self.upper_ci


def value_text(fact: Fact | None, status: str = "not_available") -> str:
    """Return a fact as shown, or the shorthand for why there is none."""
    return fact.text if fact else NO_VALUE.get(status, NO_VALUE["not_available"])


def interval_text(fact: Fact | None) -> str:
    """Return a fact's 95% interval as shown, or the shorthand for not available."""
    limits = fact.limits if fact else None
    if fact is None or limits is None:
        return NO_VALUE["not_available"]
    return " to ".join(number(limit, fact.decimals) for limit in limits)


class FactTable(Mapping[str, Fact]):
    """Every fact of one document by its id: a value, computed whole before anything is shown.

    Parameters
    ----------
    facts
        In the order they are listed. The same fact may come twice.

    Raises
    ------
    ValueError
        Two different facts share an id.
    """

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            known = self._facts.setdefault(fact.id, fact)
            if known is not fact and known != fact:
                raise ValueError(f"two different facts share the id {fact.id}: {known} and {fact}")

    @classmethod
    def within(cls, *figures: object) -> "FactTable":
        """Return the facts that some figures are made of, however deep they are in them."""
        return cls(_facts_in(figures))

    def __getitem__(self, fact_id: str) -> Fact:
        return self._facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def records(self) -> list[dict[str, Any]]:
        """Return all facts as plain values, in order."""
        return [
            {**vars(fact), "value": float(fact.value), "rows": " ".join(map(str, fact.rows))}
            for fact in self._facts.values()
        ]

    @property
    def frame(self) -> pd.DataFrame:
        """All facts, one a row, in order."""
        return pd.DataFrame(self.records())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {FACTS_MIME: {"facts": self.records()}, "text/plain": f"{len(self)} facts"}


_WITHOUT_FACTS = (str, int, float, Row, type(None), datetime)
"""Most of what figures are made of, passed over first: there are tens of thousands of them."""


def _facts_in(figures: Iterable[object]) -> Iterator[Fact]:
    for figure in figures:
        if isinstance(figure, Fact):
            yield figure
        elif isinstance(figure, _WITHOUT_FACTS):
            continue
        elif isinstance(figure, Mapping):
            yield from _facts_in(figure.values())
        elif isinstance(figure, tuple | list):
            yield from _facts_in(figure)
        elif is_dataclass(figure):
            yield from _facts_in(getattr(figure, part.name) for part in fields(figure))


def published(row: Row, decimals: int) -> Fact:
    """Make the fact of one published observation."""
    parts = (row.indicator_id, row.area_code, row.sex, row.age, row.dimension, row.subgroup)
    mark = MARKS.get(row.status, "")
    return Fact(
        id=fact_id(*parts, row.period),
        value=row.value,
        text=f"{with_unit(number(row.value, decimals), row.unit)} {mark}".rstrip(),
        decimals=decimals,
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


def derived(first: Fact, prefix: str, value: float, **details: Any) -> Fact:
    """Make a fact computed from others, about what the first of them is about.

    Parameters
    ----------
    first
        Its indicator, place, period, sex, age and source are the new fact's too.
    prefix
        Stands before the first fact's id in the new one's.
    value
        The number.
    **details
        Further fields of `Fact`. Decimals and unit are the first fact's by default, and the text
        follows from them.
    """
    decimals, unit = details.get("decimals", first.decimals), details.get("unit", first.unit)
    about = ("indicator_id", "area_code", "area_name", "period", "sex", "age", "source", "rows")
    return Fact(
        **{
            **{name: getattr(first, name) for name in about},
            "id": fact_id(prefix, first.id),
            "value": float(value),
            "text": with_unit(number(float(value), decimals), unit),
            "decimals": decimals,
            "unit": unit,
            **details,
        }
    )


def fact_id(*parts: str) -> str:
    """Make an id of what a fact is about; of two that are too long, the ends tell them apart."""
    whole = "-".join(parts)
    known_by = slug(whole, longest=len(whole) or 1)
    if len(known_by) <= LONGEST_ID:
        return known_by
    return f"{known_by[: LONGEST_ID - 9]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _limit(value: float) -> float | None:
    return None if math.isnan(value) else value
