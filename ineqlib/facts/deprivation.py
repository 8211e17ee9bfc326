"""How the area's people, or its neighbourhoods, spread over the national range of deprivation."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from ineqlib.catalogue.indices import index_title
from ineqlib.facts.fact import Fact, calculated, fact_id
from ineqlib.facts.profile import Profile
from ineqlib.measures import assign_quantiles

SHARE_OF_A_TENTH = 10.0
FEW = 100
"""Neighbourhoods, below which one of them is more than one of 100."""


class Neighbourhood(NamedTuple):
    """One small area."""

    code: str
    name: str
    decile: int
    """National tenth of deprivation, 1 the most deprived."""
    fifth: int | None
    """Of the area's own neighbourhoods, 1 the most deprived; None in areas with fewer than five."""


class Tenth(NamedTuple):
    """What lies in one national tenth of deprivation: how much, and which share of the area."""

    decile: int
    amount: Fact
    share: Fact


@dataclass(frozen=True)
class Spread:
    """The area's share in each national tenth of deprivation."""

    index: str
    unit: str
    """``people`` where every neighbourhood's population is known, else ``neighbourhoods``."""
    places: tuple[Neighbourhood, ...]
    """The neighbourhoods, and how many they are."""
    neighbourhoods: Fact
    tenths: tuple[Tenth, ...]
    """Most deprived first."""
    even: Fact
    """The country's share in each tenth."""
    most: Fact
    least: Fact
    """Share living in the most and the least deprived fifth of the country."""
    most_count: Fact
    least_count: Fact
    """How many people, or neighbourhoods, that is."""

    @property
    def ends(self) -> tuple[Fact, Fact]:
        """What to tell of the most and the least deprived fifth: of few neighbourhoods, counts."""
        is_counted = self.unit == "neighbourhoods" and self.neighbourhoods.value < FEW
        return (self.most_count, self.least_count) if is_counted else (self.most, self.least)

    @property
    def index_title(self) -> str:
        """The deprivation index, in words."""
        return index_title(self.index)

    def fills(self, group: str) -> bool:
        """Whether a fifth or tenth of the area, or more, lives in the country's most deprived."""
        share, size = (self.most, 20) if group == "fifth" else (self.tenths[0].share, 10)
        return share.value >= size


def national_spread(profile: Profile) -> Spread | None:
    """Spread the area over the national tenths; None where the pack has no small areas for it."""
    rows = profile.small_areas
    if rows.empty:
        return None
    by_people = bool(rows["population"].notna().all())
    unit = "people" if by_people else "neighbourhoods"
    index = str(rows["index"].iloc[0])

    def fact(name: str, value: float, decimals: int, unit: str, method: str) -> Fact:
        area = profile.area
        return calculated(
            fact_id(name, area.code, index),
            value,
            decimals=decimals,
            unit=unit,
            area_code=area.code,
            area_name=area.name,
            period=index_title(index),
            method=method,
            source=f"deprivation_{index}",
        )

    counts = _count_by_tenth(rows, by_people)
    total = sum(counts.values())
    tenths = tuple(
        Tenth(
            decile,
            fact(f"count-tenth-{decile}", count, 0, "", f"{unit} in national tenth {decile}"),
            fact(
                f"share-tenth-{decile}",
                100 * count / total,
                1,
                "%",
                f"share of the area's {unit} in national tenth {decile}",
            ),
        )
        for decile, count in counts.items()
    )

    def share_of(name: str, part: tuple[Tenth, ...]) -> Fact:
        value = sum(tenth.share.value for tenth in part)
        method = f"share of the area's {unit} in the country's {name} deprived fifth"
        return fact(f"share-{name}-deprived-fifth", value, 0, "%", method)

    def count_of(name: str, part: tuple[Tenth, ...]) -> Fact:
        value = sum(tenth.amount.value for tenth in part)
        method = f"{unit} in the country's {name} deprived fifth"
        return fact(f"count-{name}-deprived-fifth", value, 0, "", method)

    return Spread(
        index,
        unit,
        _places(rows),
        fact("neighbourhoods", len(rows), 0, "", "count of small areas (LSOAs)"),
        tenths,
        fact("share-of-a-tenth", SHARE_OF_A_TENTH, 0, "%", "a tenth of the country, by definition"),
        share_of("most", tenths[:2]),
        share_of("least", tenths[8:]),
        count_of("most", tenths[:2]),
        count_of("least", tenths[8:]),
    )


def _places(rows: pd.DataFrame) -> tuple[Neighbourhood, ...]:
    fifths: list[int | None] = [None] * len(rows)
    if len(rows) >= 5:
        ranks = rows["rank"].to_numpy(dtype=float)
        fifths = assign_quantiles(ranks, 5, most_deprived="lowest").astype(int).tolist()
    columns = (rows[name].tolist() for name in ("small_area_code", "small_area_name", "decile"))
    return tuple(
        Neighbourhood(code, name, int(decile), fifth)
        for code, name, decile, fifth in zip(*columns, fifths, strict=True)
    )


def _count_by_tenth(rows: pd.DataFrame, by_people: bool) -> dict[int, float]:
    counts: Counter[int] = Counter()
    weights = rows["population"].tolist() if by_people else [1.0] * len(rows)
    for decile, weight in zip(rows["decile"].tolist(), weights, strict=True):
        counts[decile] += weight
    return {decile: float(counts[decile]) for decile in range(1, 11)}
