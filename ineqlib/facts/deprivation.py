"""How the area's people, or its neighbourhoods, spread over the national range of deprivation."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.facts.fact import Fact
from ineqlib.facts.indices import index_name, newest_index
from ineqlib.facts.profile import Profile
from ineqlib.measures import assign_quantiles
from ineqlib.text import number, slug, with_unit


@dataclass(frozen=True)
class Spread:
    """The area's share in each national tenth of deprivation, most deprived first.

    Parameters
    ----------
    unit
        ``people`` where every neighbourhood's population is known, else ``neighbourhoods``.
    groups
        One row a tenth: decile, count, share (per cent), country_share.
    most, least
        Share living in the most and the least deprived fifth of the country.
    """

    index: str
    unit: str
    neighbourhoods: Fact
    groups: list[dict[str, Any]]
    most: Fact
    least: Fact

    @property
    def index_name(self) -> str:
        """The deprivation index, in words."""
        return index_name(self.index)


def small_areas(profile: Profile) -> pd.DataFrame:
    """Return the area's neighbourhoods on the newest index, each with its own-area `fifth`.

    Fifths are of the area's own neighbourhoods, 1 the most deprived; areas with fewer than five
    neighbourhoods have none. Empty where the pack has no small areas.
    """
    return profile.once(_small_areas)


def _small_areas(profile: Profile) -> pd.DataFrame:
    if not profile.pack.has("small_areas"):
        return pd.DataFrame()
    rows = profile.pack.small_areas(profile.area.code)
    if rows.empty:
        return rows
    rows = rows[rows["index"] == newest_index(rows["index"].unique())].copy()
    enough = len(rows) >= 5
    rows["fifth"] = (
        assign_quantiles(rows["rank"].to_numpy(dtype=float), 5, most_deprived="lowest")
        if enough
        else np.nan
    )
    return rows


def national_spread(profile: Profile) -> Spread | None:
    """Spread the area over the national tenths; None where the pack has no small areas for it."""
    rows = small_areas(profile)
    if rows.empty:
        return None
    by_people = bool(rows["population"].notna().all())
    unit = "people" if by_people else "neighbourhoods"
    index = str(rows["index"].iloc[0])
    groups = _tenths(rows, by_people)

    def fact(name: str, value: float, text: str, method: str) -> Fact:
        area = profile.area
        return profile.book.add(
            Fact(
                id=slug(f"{name}-{area.code}-{index}"),
                value=float(value),
                text=text,
                area_code=area.code,
                area_name=area.name,
                period=index_name(index),
                method=method,
            )
        )

    def share_fact(name: str, deciles: slice, which: str) -> Fact:
        value = sum(group["share"] for group in groups[deciles])
        method = f"share of the area's {unit} in the country's {which} deprived fifth"
        return fact(name, value, with_unit(number(value, 0), "%"), method)

    return Spread(
        index,
        unit,
        fact("neighbourhoods", len(rows), number(len(rows), 0), "count of small areas (LSOAs)"),
        groups,
        share_fact("share-most-deprived-fifth", slice(0, 2), "most"),
        share_fact("share-least-deprived-fifth", slice(8, 10), "least"),
    )


def _tenths(rows: pd.DataFrame, by_people: bool) -> list[dict[str, Any]]:
    count = dict.fromkeys(range(1, 11), 0.0)
    weights = rows["population"].tolist() if by_people else [1.0] * len(rows)
    for decile, weight in zip(rows["decile"].tolist(), weights, strict=True):
        if decile in count:
            count[decile] += weight
    total = sum(count.values())
    return [
        {"decile": decile, "count": held, "share": 100 * held / total, "country_share": 10.0}
        for decile, held in count.items()
    ]
