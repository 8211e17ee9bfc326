"""What can be chosen in one pack; each choice follows from those before it."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import NamedTuple

import pandas as pd

from ineqlib.areas import OWN_AREA
from ineqlib.catalogue import load_catalogue
from ineqlib.errors import PackError, UserError, listed
from ineqlib.exploring.search import Entry
from ineqlib.facts.deprivation import national_spread
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.observations import HAS_VALUE, SEXES, Dimension
from ineqlib.pack import Area, Pack
from ineqlib.periods import period_label

KEPT = 32
"""Series whose choices are kept: going back to them is quick, and memory does not grow."""
ALL = "All indicators"
OFFERED = ("lad", "utla", OWN_AREA, "region", "country")
"""Types of area that are offered; others are reached by their code."""
_READ = ["area_code", "sex", "dimension", "period_start", "period_end", "status"]


class Series(NamedTuple):
    """What there is of one indicator for one area."""

    sexes: tuple[str, ...]
    """In the usual order; never empty."""
    dimensions: tuple[str, ...]
    """What people are grouped by, deprivation first; everybody together, ``""``, leads."""
    periods: tuple[str, ...]
    """Oldest first."""


class Choices:
    """The areas, indicators, sexes, groupings and periods of a pack, read when asked for."""

    def __init__(self, pack: Pack) -> None:
        self.pack, self.catalogue = pack, load_catalogue()
        # Caches of this object: those of its class would keep every pack that was ever opened.
        self.series: Callable[[str, str], Series] = lru_cache(KEPT)(self._series)
        self.fifths: Callable[[str], dict[str, int]] = lru_cache(KEPT)(self._fifths)

    @cached_property
    def areas(self) -> dict[str, Entry]:
        """The current areas by code, districts and counties first, each kind by name."""
        frame = self.pack.areas
        frame = frame[~frame["ended"] & frame["area_type"].isin(OFFERED)]
        late = frame["area_type"].isin(["region", "country"])
        twice = frame["area_name"].duplicated(keep=False)
        frame = frame.assign(late=late, twice=twice).sort_values(
            ["late", "area_name"], kind="stable"
        )
        return {
            row.area_code: Entry(
                row.area_code,
                f"{row.area_name} ({row.area_code})" if row.twice else row.area_name,
                (row.area_name, row.area_code),
            )
            for row in frame.itertuples(index=False)
        }

    @cached_property
    def indicators(self) -> dict[str, Entry]:
        """The indicators of the pack by id, in the catalogue's order, then those it lacks."""
        names = dict(self.pack.indicators[["indicator_id", "name"]].to_numpy().tolist())
        catalogued = [id for id in self.catalogue.indicators if id in names]
        others = sorted(set(names) - set(catalogued), key=lambda id: names[id].casefold())
        entries = [
            Entry(
                known.id,
                known.public_name,
                (known.name, known.public_name, known.id),
                f"{known.told_as} {known.topic} {known.theme} {known.why_this_indicator}",
            )
            for known in map(self.catalogue.__getitem__, catalogued)
        ]
        entries += [Entry(id, names[id], (names[id], id)) for id in others]
        return {entry.key: entry for entry in entries}

    @cached_property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """Names of lists of indicators -> ids: all, of an objective, of who leads on them."""
        known = [self.catalogue[id] for id in self.indicators if id in self.catalogue]
        lists = {ALL: tuple(self.indicators)}
        for objective in self.catalogue.objectives.values():
            own = tuple(i.id for i in known if i.objective == objective.id)
            lists[f"Objective: {objective.public_name}"] = own
        for owner in sorted({indicator.lead_owner for indicator in known} - {""}):
            lists[f"Lead: {owner}"] = tuple(i.id for i in known if i.lead_owner == owner)
        others = tuple(id for id in self.indicators if id not in self.catalogue)
        lists["Not in the catalogue"] = others
        return {name: ids for name, ids in lists.items() if ids}

    @cached_property
    def default_area(self) -> str:
        """Code of the area to begin with: the first district."""
        if not self.areas:
            kinds = self.pack.areas["area_type"].value_counts()
            there = listed(f"{count} of type {kind}" for kind, count in kinds.items())
            raise PackError(
                f"The pack '{self.pack.title}' has no current area that can be explored: of type "
                f"{', '.join(OFFERED)}. It has {there or 'no areas'}. Choose another pack, or "
                "build this one with figures of a district, county, region or country."
            )
        return next(iter(self.areas))

    @cached_property
    def default_indicator(self) -> str:
        """Id of the indicator to begin with: life expectancy, or the first there is."""
        if not self.indicators:
            raise PackError(
                f"The pack '{self.pack.title}' has no indicators, so there is nothing to explore. "
                "Choose another pack, or build this one with figures."
            )
        lead = (
            id for id in self.indicators if id in self.catalogue and self.catalogue[id].headline
        )
        return next(lead, next(iter(self.indicators)))

    def area(self, code_or_name: str) -> Area | None:
        """Return a current area of the pack; None where there is none of that code or name."""
        try:
            return self.pack.area(code_or_name)
        except UserError:
            return None

    def comparators(self, code: str) -> tuple[str, ...]:
        """Return which comparators an area has."""
        area = self.pack.area(code)
        has = {
            **area.above,
            "country": area.country_code not in ("", code),
            "neighbours": self.pack.has("neighbours") and self.pack.neighbours(code, 1).codes,
        }
        return tuple(name for name in COMPARATORS if has[name])

    def name(self, code: str) -> str:
        """Return what an area or neighbourhood is called; its code where that is not known."""
        area = self.area(code)
        return area.name if area else code

    def _series(self, area: str, indicator: str) -> Series:
        """Read what there is of an indicator for an area, or else for any."""
        frame = self.pack.observations(indicator=indicator, area=area, columns=_READ)
        frame = frame[frame["status"].isin(HAS_VALUE)]
        if frame.empty:
            frame = self.pack.observations(indicator=indicator, columns=_READ)
        return Series(
            tuple(sex for sex in SEXES if sex in set(frame["sex"])) or SEXES[:1],
            ("", *sorted({*frame["dimension"]} - {""}, key=_deprivation_first)),
            _periods(frame),
        )

    def _fifths(self, area: str) -> dict[str, int]:
        """Return the neighbourhoods of an area with their fifths of it, 0 where it has none."""
        profile = read_profile(self.pack, area, comparators=[], indicator_set=[])
        spread = national_spread(profile)
        return {place.code: place.fifth or 0 for place in spread.places} if spread else {}


def _deprivation_first(dimension: str) -> tuple[bool, str]:
    return not Dimension.parse(dimension).is_deprivation, dimension


def _periods(frame: pd.DataFrame) -> tuple[str, ...]:
    spans = frame[["period_start", "period_end"]].drop_duplicates()
    spans = spans.sort_values(["period_end", "period_start"], ascending=[True, False])
    return tuple(dict.fromkeys(period_label(*span) for span in spans.itertuples(index=False)))
