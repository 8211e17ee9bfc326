"""A fact: one number with an id, its interval, its unit, its method and the rows it came from."""

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from typing import Any

import pandas as pd

from ineqlib.facts.rows import Row
from ineqlib.observations import ADDED_UP
from ineqlib.pack import Area
from ineqlib.spreadsheet import csv_text
from ineqlib.text import MARKS, NO_VALUE, number, slug, with_unit

FACTS_MIME = "application/vnd.ineqlib.facts+json"
LONGEST_ID = 160
ROUGH = 0.25
"""Half an interval, as a share of its figure, from which on the figure alone promises too much."""
_USUAL_GROUPS = {"Persons": "", "All ages": "", "": "no-sex"}
"""What ids say of the groups that most facts are about: nothing, since a page has thousands."""


@dataclass(frozen=True, slots=True)
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

    @property
    def is_rough(self) -> bool:
        """Whether the interval is so wide that the figure alone promises too much."""
        limits = self.limits
        return limits is not None and limits[1] - limits[0] > 2 * ROUGH * abs(self.value)


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
        return cls(_gather(figures, []))

    def __getitem__(self, fact_id: str) -> Fact:
        return self._facts[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def values(self) -> ValuesView[Fact]:
        """Return all facts, in order; a `Mapping` looks up each by its id."""
        return self._facts.values()

    @property
    def columns(self) -> dict[str, list[Any]]:
        """All facts as plain values, in order: the fields of `Fact`, each for all of them."""
        facts = list(self.values())
        cells = {part.name: list(map(attrgetter(part.name), facts)) for part in fields(Fact)}
        rows = [" ".join(map(str, rows)) for rows in cells["rows"]]
        return {**cells, "value": list(map(float, cells["value"])), "rows": rows}

    @property
    def frame(self) -> pd.DataFrame:
        """All facts, one a row, in order."""
        return pd.DataFrame(self.columns)

    @cached_property
    def csv(self) -> str:
        """All facts as a CSV file, unrounded, one a row, in order."""
        return csv_text(self.columns)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {FACTS_MIME: {"csv": self.csv}, "text/plain": f"{len(self)} facts"}


NOT_IN_TABLE = "not in table"
"""Mark in a field's metadata: what its facts say is drawn, but no word or table of a document says
it, so the document does without them."""

_WITHOUT_FACTS: set[Any] = {str, int, float, bool, type(None), datetime, Row, tuple[Row, ...]}
"""Most of what figures are made of, passed over first: there are tens of thousands of them."""


def _gather(figures: Iterable[object], facts: list[Fact]) -> list[Fact]:
    """Add the facts that figures are made of to those gathered so far."""
    for figure in figures:
        kind: type = type(figure)
        if kind in _WITHOUT_FACTS:
            continue
        if isinstance(figure, Fact):
            facts.append(figure)
        elif (names := _parts(kind)) is not None:
            _gather([getattr(figure, name) for name in names], facts)
        elif isinstance(figure, tuple | list):
            _gather(figure, facts)
        elif isinstance(figure, Mapping):
            _gather(figure.values(), facts)
    return facts


@cache
def _parts(kind: type) -> tuple[str, ...] | None:
    """Return which parts of a dataclass or named tuple may hold facts; None of any other type."""
    if is_dataclass(kind):
        parts = {p.name: p.type for p in fields(kind) if NOT_IN_TABLE not in p.metadata}
    elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
        parts = kind.__annotations__
    else:
        return None
    return tuple(name for name, of in parts.items() if of not in _WITHOUT_FACTS)


@lru_cache(maxsize=5_000)
def published(row: Row, decimals: int) -> Fact:
    """Make the fact of one published observation, once for all who tell it."""
    group = (_USUAL_GROUPS.get(row.sex, row.sex), _age_in_id(row.age), row.dimension, row.subgroup)
    mark = MARKS.get(row.status, "")
    return Fact(
        id=fact_id(row.indicator_id, row.area_code, *group, row.period.replace(" to ", "-")),
        value=row.value,
        text=f"{with_unit(number(row.value, decimals), row.unit)} {mark}".rstrip(),
        decimals=decimals,
        mark=mark,
        unit=row.unit,
        lower_ci=limit_or_none(row.lower_ci),
        upper_ci=limit_or_none(row.upper_ci),
        indicator_id=row.indicator_id,
        area_code=row.area_code,
        area_name=row.area_name,
        period=row.period,
        sex=row.sex,
        age=row.age,
        subgroup=row.subgroup,
        rows=(row.row,),
        method="added up by ineqlib" if row.note.startswith(ADDED_UP) else "published",
        source=row.source,
        note=row.note,
    )


def calculated(
    own_id: str, value: float, *, decimals: int = 0, unit: str = "", **about: Any
) -> Fact:
    """Make a fact computed here, whose text follows from its number; `about` has further fields."""
    text = with_unit(number(float(value), decimals), unit)
    return Fact(own_id, float(value), text, decimals, unit, **about)


def calculated_of(area: Area, own_id: str, value: float, **about: Any) -> Fact:
    """Make a fact computed here of an area as a whole, as `calculated` does."""
    return calculated(own_id, value, area_code=area.code, area_name=area.name, **about)


def derived(first: Fact, prefix: str, value: float, **details: Any) -> Fact:
    """Make a fact computed from others, about what the first of them is about.

    Its id begins with `prefix`. `details` has further fields; decimals and unit are the first
    fact's by default, and the text follows from them.
    """
    decimals, unit = details.get("decimals", first.decimals), details.get("unit", first.unit)
    return Fact(
        **{
            "indicator_id": first.indicator_id,
            "area_code": first.area_code,
            "area_name": first.area_name,
            "period": first.period,
            "sex": first.sex,
            "age": first.age,
            "source": first.source,
            "rows": first.rows,
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
    known_by = "-".join(filter(None, map(_slugged, parts)))
    if len(known_by) <= LONGEST_ID:
        return known_by
    whole = "-".join(parts)
    return f"{known_by[: LONGEST_ID - 9]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


@lru_cache(maxsize=20_000)
def _slugged(part: str) -> str:
    """Return one part of an id; thousands of facts share their indicator, place or year."""
    return slug(part, longest=len(part)) if part.strip("-") else ""


def _age_in_id(age: str) -> str:
    return _USUAL_GROUPS.get(age, age.removesuffix(" yrs")) if age else "no-age"


def limit_or_none(value: float) -> float | None:
    """Return a limit as facts have it: None where there is none."""
    return None if math.isnan(value) else value
