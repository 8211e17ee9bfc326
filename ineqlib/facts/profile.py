"""What one briefing reads from a pack, read once: the area, its comparators and its peers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.catalogue import MARMOT, Indicator, load_catalogue, load_indicator_set, newest_index
from ineqlib.errors import ParameterError, UnknownIndicator, choose_from, listed, nearest
from ineqlib.facts.own_indicators import uncatalogued
from ineqlib.facts.rows import Row, read_rows
from ineqlib.facts.shared import WIDER, Peers, read_peers, tiers, wider_rows
from ineqlib.observations import SEXES
from ineqlib.pack import Area, Pack

COMPARATORS = ("county", "region", "country", "neighbours")


@dataclass(frozen=True)
class Profile:
    """One area of a pack with everything its briefing compares it with."""

    pack: Pack
    places: dict[str, Area]
    """The area and its comparators by role: ``area``, ``county``, ``region``, ``country``; a role
    that does not exist (a unitary authority has no county) or was not asked for is absent."""
    neighbours: tuple[str, ...]
    """Codes of the nearest statistical neighbours, nearest first; empty when not asked for."""
    neighbour_method: str
    """How they were found; empty without neighbours."""
    indicators: tuple[Indicator, ...]
    """Indicators to show, in catalogue order."""

    @property
    def area(self) -> Area:
        """The area the briefing is about."""
        return self.places["area"]

    @property
    def country_name(self) -> str:
        """The country's name, or what to call it where it is not compared with."""
        return self.places["country"].name if "country" in self.places else "the country"

    @cached_property
    def rows(self) -> list[Row]:
        """Return the rows of the area and its comparators, subgroups included; men before women.

        The indicators are those to show and those the catalogue does not know.
        """
        indicators = tuple(dict.fromkeys([*self.in_pack, *self.pack.shared(uncatalogued)]))
        own = [(place.code, role) for role, place in self.places.items() if role not in WIDER]
        rows = read_rows(self.pack, indicators, *own)
        for role in WIDER & self.places.keys():
            rows += self.pack.shared(wider_rows, indicators)[self.places[role].code]
        rows.sort(key=attrgetter("row"))
        return [row for sex in SEXES for row in rows if row.sex == sex]

    @cached_property
    def totals(self) -> list[Row]:
        """Return the rows that are not about a subgroup, oldest first."""
        whole = [row for row in self.rows if not row.dimension]
        return sorted(whole, key=attrgetter("period_start", "period_end"))

    @cached_property
    def in_pack(self) -> tuple[str, ...]:
        """Return the ids of the indicators to show that the pack has, which the `peers` are of."""
        known = self.pack.indicator_ids
        ids = (indicator.id for indicator in self.indicators)
        return tuple(dict.fromkeys(name for name in ids if name in known))

    @cached_property
    def small_areas(self) -> pd.DataFrame:
        """Return the area's neighbourhoods by the newest index of deprivation; may be empty."""
        if not self.pack.has("small_areas"):
            return pd.DataFrame()
        rows = self.pack.small_areas(self.area.code)
        return rows[rows["index"] == newest_index(rows["index"].unique())]

    def known_indicators(self, ids: str | Iterable[str] = ()) -> set[str]:
        """Return the ids of the indicators to show, or of those asked for; refuse others."""
        known = {indicator.id for indicator in self.indicators}
        ids = [ids] if isinstance(ids, str) else list(ids)
        if unknown := [name for name in ids if name not in known]:
            raise UnknownIndicator(
                f"The briefing has no indicator '{unknown[0]}'.{nearest(unknown[0], known)} "
                f"It has {len(known)}, such as {listed(sorted(known))}."
            )
        return set(ids) or known

    @cached_property
    def peers(self) -> Peers:
        """Every current lower-tier and upper-tier area's figures."""
        return self.pack.shared(read_peers, self.in_pack)

    @cached_property
    def tier(self) -> frozenset[str]:
        """Codes of the areas of the same tier as this one, which is itself included."""
        return self.pack.shared(tiers).of(self.area.code)

    @cached_property
    def of_tier(self) -> NDArray[np.bool_]:
        """Which of the `peers` are of this area's tier."""
        return self.peers.are(self.tier)

    @cached_property
    def near(self) -> NDArray[np.bool_]:
        """Which of the `peers` are among the nearest neighbours."""
        return self.peers.are(self.neighbours)


def read_profile(
    pack: Pack,
    area: str,
    *,
    comparators: Sequence[str] = COMPARATORS,
    indicator_set: str | Sequence[str] = MARMOT,
) -> Profile:
    """Choose what a briefing about `area` reads: all that one shows where nothing else is asked.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name that the pack, the catalogue or `COMPARATORS` does not have.
    """
    unknown = [name for name in comparators if name not in COMPARATORS]
    if unknown:
        raise ParameterError(
            f"{len(unknown)} unknown comparator(s): {listed(unknown)}."
            f"{choose_from(unknown[0], COMPARATORS)}."
        )
    here = pack.area(area)
    places = {"area": here} | {
        role: pack.area(code) for role, code in here.above.items() if code and role in comparators
    }
    near, method = pack.neighbours(here.code) if "neighbours" in comparators else ((), "")
    return Profile(pack, places, near, method, _catalogued(pack, indicator_set))


def _catalogued(pack: Pack, indicator_set: str | Sequence[str]) -> tuple[Indicator, ...]:
    """Read the set; where the pack holds only an indicator's duplicate, that one stands in."""
    catalogue = load_catalogue()
    chosen = load_indicator_set(indicator_set) if isinstance(indicator_set, str) else indicator_set
    known = pack.indicator_ids
    instead = {
        indicator.duplicate_of: indicator.id
        for indicator in catalogue.indicators.values()
        if indicator.duplicate_of and indicator.id in known
    }
    return tuple(catalogue[name if name in known else instead.get(name, name)] for name in chosen)
