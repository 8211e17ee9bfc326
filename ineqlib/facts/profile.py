"""What one briefing reads from a pack, read once: the area, its comparators and its peers."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from ineqlib.areas import is_upper_tier
from ineqlib.catalogue import Indicator, load_catalogue, load_indicator_set
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.facts.fact import FactBook
from ineqlib.observations import HAS_VALUE, SEXES
from ineqlib.pack import Area, Pack
from ineqlib.periods import period_label

COMPARATORS = ("county", "region", "country", "neighbours")
NEIGHBOURS = 15
PEER_COLUMNS = [
    *("indicator_id", "area_code", "area_name", "period_start", "period_end", "sex", "age"),
    *("value", "lower_ci", "upper_ci", "status"),
]


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
        """Return all rows of the area and its comparators, each with its `role` and `months`.

        Subgroups are included. Periods are written one way, whoever published them (``2022 to
        2024``); men stand before women.
        """
        roles = {place.code: role for role, place in self.places.items()}
        rows = self.pack.observations(area=list(roles))
        rows = rows.assign(
            role=rows["area_code"].map(roles), period=_labels(rows), months=months(rows)
        )
        return rows.sort_values("sex", key=lambda sex: sex.map(SEXES.index), kind="stable")

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Return the rows that are not about a subgroup, oldest first."""
        rows = self.observations
        return rows[rows["dimension"] == ""].sort_values(["period_start", "period_end"])

    @cached_property
    def peer_totals(self) -> dict[str, pd.DataFrame]:
        """Every current lower-tier and upper-tier area's rows with a value, by indicator."""
        areas = self.pack.areas
        peers = areas[areas["area_type"].isin(["lad", "utla"]) & ~areas["ended"]]
        held = set(self.pack.indicators["indicator_id"])
        rows = self.pack.observations(
            indicator=[indicator.id for indicator in self.indicators if indicator.id in held],
            area=list(peers["area_code"]),
            dimension="",
            columns=PEER_COLUMNS,
        )
        rows = rows[rows["status"].isin(HAS_VALUE)]
        return dict(tuple(rows.groupby("indicator_id", sort=False)))

    def peers_of(self, code: str) -> set[str]:
        """Codes of the areas of the same tier as `code`, which is itself included."""
        areas = self.pack.areas
        current = areas[~areas["ended"]]
        if current.loc[current["area_code"] == code, "area_type"].eq("utla").any():
            return {c for c in current["area_code"] if is_upper_tier(c)}
        return set(current.loc[current["area_type"] == "lad", "area_code"])


def _labels(rows: pd.DataFrame) -> list[str]:
    dates = list(zip(rows["period_start"], rows["period_end"], strict=True))
    labels = {pair: period_label(*pair) for pair in set(dates)}
    return [labels[pair] for pair in dates]


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
