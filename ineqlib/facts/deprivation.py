"""How the area's people, or its neighbourhoods, spread over the national range of deprivation."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from ineqlib.catalogue.indices import index_title
from ineqlib.facts.attribution import index_source
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.facts.profile import Profile
from ineqlib.measures import assign_quantiles
from ineqlib.pack import Area

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
    make = _Facts(
        profile.area, str(rows["index"].iloc[0]), "people" if by_people else "neighbourhoods"
    )
    tenths = make.tenths(_count_by_tenth(rows, by_people))
    definition = "a tenth of the country, by definition"
    return Spread(
        index=make.index,
        unit=make.unit,
        places=_places(rows),
        neighbourhoods=make.fact("neighbourhoods", len(rows), "count of small areas (LSOAs)"),
        tenths=tenths,
        even=make.fact("share-of-a-tenth", SHARE_OF_A_TENTH, definition, unit="%"),
        most=make.share_of("most", tenths[:2]),
        least=make.share_of("least", tenths[8:]),
        most_count=make.count_of("most", tenths[:2]),
        least_count=make.count_of("least", tenths[8:]),
    )


@dataclass(frozen=True)
class _Facts:
    """Makes facts of an area's deprivation by one index, of people or of neighbourhoods."""

    area: Area
    index: str
    unit: str

    def fact(self, name: str, value: float, method: str, **shown: Any) -> Fact:
        return calculated_of(
            self.area,
            fact_id(name, self.area.code, self.index),
            value,
            period=index_title(self.index),
            method=method,
            source=index_source(self.index),
            **shown,
        )

    def tenths(self, counts: dict[int, float]) -> tuple[Tenth, ...]:
        total = sum(counts.values())
        where = {decile: f"{self.unit} in national tenth {decile}" for decile in counts}
        return tuple(
            Tenth(
                decile,
                self.fact(f"count-tenth-{decile}", count, where[decile]),
                self.fact(
                    f"share-tenth-{decile}",
                    100 * count / total,
                    f"share of the area's {where[decile]}",
                    decimals=1,
                    unit="%",
                ),
            )
            for decile, count in counts.items()
        )

    def share_of(self, end: str, tenths: tuple[Tenth, ...]) -> Fact:
        share = sum(tenth.share.value for tenth in tenths)
        method = f"share of the area's {self.unit} in the country's {end} deprived fifth"
        return self.fact(f"share-{end}-deprived-fifth", share, method, unit="%")

    def count_of(self, end: str, tenths: tuple[Tenth, ...]) -> Fact:
        count = sum(tenth.amount.value for tenth in tenths)
        method = f"{self.unit} in the country's {end} deprived fifth"
        return self.fact(f"count-{end}-deprived-fifth", count, method)


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
