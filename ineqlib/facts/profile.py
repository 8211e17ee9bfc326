"""What one briefing reads from a pack, read once: the area, its comparators and its peers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from ineqlib.catalogue import Indicator, load_catalogue, load_indicator_set
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.facts.fact import FactBook
from ineqlib.facts.national import PeerRows, Tiers, peer_rows, tiers
from ineqlib.observations import SEXES
from ineqlib.pack import Area, Pack
from ineqlib.periods import period_label

COMPARATORS = ("county", "region", "country", "neighbours")
NEIGHBOURS = 15
T = TypeVar("T")


@dataclass(frozen=True)
class Profile:
    """One area of a pack with everything its briefing compares it with.

    Parameters
    ----------
    places
        The area and its comparators by role: ``area``, ``county``, ``region``, ``country``; a role
        that does not exist (a unitary authority has no county) or was not asked for is absent.
    neighbours
        Codes of the nearest statistical neighbours, nearest first; empty when not asked for.
    neighbour_method
        How they were found; empty without neighbours.
    indicators
        Indicators to show, in catalogue order.
    """

    pack: Pack
    places: dict[str, Area]
    neighbours: tuple[str, ...]
    neighbour_method: str
    indicators: tuple[Indicator, ...]
    book: FactBook = field(default_factory=FactBook)
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def area(self) -> Area:
        """The area the briefing is about."""
        return self.places["area"]

    @property
    def country_name(self) -> str:
        """The country's name, or what to call it where it is not compared with."""
        return self.places["country"].name if "country" in self.places else "the country"

    @cached_property
    def observations(self) -> pd.DataFrame:
        """Return the rows of the area and its comparators, each with its `role` and `months`.

        The indicators are those to show and those the catalogue does not know; subgroups are
        included. Periods are written one way, whoever published them (``2022 to 2024``); men stand
        before women.
        """
        roles = {place.code: role for role, place in self.places.items()}
        known = self.pack.indicators
        unknown = known.loc[~known["catalogued"], "indicator_id"]
        rows = self.pack.observations(
            indicator=[*self._held, *(name for name in unknown if name not in self._held)],
            area=list(roles),
        )
        rows = rows.assign(
            role=rows["area_code"].map(roles), period=_labels(rows), months=months(rows)
        )
        # As plain objects: hundreds of small selections follow, for which Arrow text is slow.
        text = {name: object for name in rows if isinstance(rows[name].dtype, pd.StringDtype)}
        rows = rows.astype(text).sort_values(
            "sex", key=lambda sex: sex.map(SEXES.index), kind="stable"
        )
        return rows.copy()

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Return the rows that are not about a subgroup, oldest first."""
        rows = self.observations
        return rows[rows["dimension"] == ""].sort_values(["period_start", "period_end"])

    def records(self, rows: Iterable[int]) -> list[Any]:
        """Return rows of `observations`, by their `row`, as named tuples: quicker to look into."""
        return [self._records[row] for row in rows]

    def once(self, make: "Callable[[Profile], T]") -> T:
        """Return ``make(self)``, made once for this briefing."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @cached_property
    def _records(self) -> dict[int, Any]:
        return {each.row: each for each in self.observations.itertuples(index=False)}

    @cached_property
    def _held(self) -> tuple[str, ...]:
        held = set(self.pack.indicators["indicator_id"])
        return tuple(dict.fromkeys(each.id for each in self.indicators if each.id in held))

    @property
    def peers(self) -> dict[str, PeerRows]:
        """Every current lower-tier and upper-tier area's rows with a value, by indicator."""
        return self.pack.shared(peer_rows, self._held)

    @property
    def tier(self) -> frozenset[str]:
        """Codes of the areas of the same tier as this one, which is itself included."""
        found: Tiers = self.pack.shared(tiers)
        return found.of(self.area.code)


_label = cache(period_label)


def _labels(rows: pd.DataFrame) -> pd.Series:
    """Write each row's period; rows of one period are written once."""
    dates = rows[["period_start", "period_end"]]
    labels = [_label(*pair) for pair in dates.drop_duplicates().itertuples(index=False)]
    which = dates.groupby(list(dates), sort=False).ngroup()
    return pd.Series(np.array(labels, dtype=object)[which], index=rows.index, dtype=object)


def months(rows: pd.DataFrame) -> pd.Series:
    """Length of each row's period in months: one-year and three-year rows are not one series."""
    start, end = rows["period_start"], rows["period_end"]
    return (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month + 1


def read_profile(
    pack: Pack, area: str, *, comparators: list[str], indicator_set: str | list[str]
) -> Profile:
    """Choose what a briefing about `area` reads.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name that the pack, the catalogue or `COMPARATORS` does not have.
    """
    unknown = [name for name in comparators if name not in COMPARATORS]
    if unknown:
        raise ParameterError(
            f"{len(unknown)} unknown comparator(s): {listed(unknown)}."
            f"{nearest(unknown[0], COMPARATORS)} Choose from {', '.join(COMPARATORS)}."
        )
    here = pack.area(area)
    codes = {
        "county": here.parent_code,
        "region": here.region_code,
        "country": here.country_code,
    }
    places = {"area": here} | {
        role: pack.area(code) for role, code in codes.items() if code and role in comparators
    }
    method = _neighbour_method(pack, here.code) if "neighbours" in comparators else ""
    near = pack.neighbours(here.code, n=NEIGHBOURS, method=method) if method else []
    return Profile(pack, places, tuple(near), method, _catalogued(pack, indicator_set))


def _neighbour_method(pack: Pack, code: str) -> str:
    """Prefer areas alike in their economy, which lies closer to health than their age structure."""
    if not pack.has("neighbours"):
        return ""
    methods = pack.table("neighbours", [("area_code", "==", code)], ["method"])["method"].unique()
    return max(methods, key=lambda method: ("economic" in method, method), default="")


def _catalogued(pack: Pack, indicator_set: str | list[str]) -> tuple[Indicator, ...]:
    """Read the set; where the pack holds only an indicator's duplicate, that one stands in."""
    catalogue = load_catalogue()
    chosen = (
        load_indicator_set(indicator_set, catalogue).indicators
        if isinstance(indicator_set, str)
        else indicator_set
    )
    held = set(pack.indicators["indicator_id"])
    instead = {
        each.duplicate_of: each.id
        for each in catalogue.indicators.values()
        if each.duplicate_of and each.id in held
    }
    return tuple(catalogue[name if name in held else instead.get(name, name)] for name in chosen)
