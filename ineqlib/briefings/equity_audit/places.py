"""Who used a service: by place and in all, from a pack or a file of one's own."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.equity_audit.asked import Asked
from ineqlib.briefings.equity_audit.groups import Group, counts_of, rate_of
from ineqlib.briefings.need.follows import MOST_MISSING, About
from ineqlib.briefings.need.needs import figures, is_deprivation
from ineqlib.briefings.need.units import DISTRICT, FIFTH, SMALL, UPPER, Geography, Units
from ineqlib.catalogue import Indicator
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.facts.series import one_definition
from ineqlib.pack import Pack
from ineqlib.pack.uptake import Uptake


@dataclass(frozen=True)
class Taken:
    """How many used a service in each place."""

    units: Units
    """The places; their people are those eligible."""
    used: NDArray[np.float64]
    """Of each place; NaN where it is not known."""
    period: str
    sources: tuple[str, ...]
    rows: dict[int, Row]
    """Place -> its published figure; empty for a file of one's own."""
    decimals: int = 1
    has_counts: bool = True
    """Whether users and people eligible are counted, and not worked out from shares."""
    unplaced: int = 0
    """Rows of places whose people the pack does not know."""

    @property
    def share_known(self) -> float:
        """Share of the people of whom it is known how many used the service."""
        people = self.units.people
        return float(people[np.isfinite(self.used)].sum() / people.sum())

    def group(self, about: About, name: str, places: NDArray[np.intp]) -> Group:
        """Return the uptake of some places together, as far as they are known."""
        known = places[np.isfinite(self.used[places])]
        if not len(known):
            return Group(name)
        used, eligible = self.used[known].sum(), self.units.people[known].sum()
        if len(places) == 1 and (row := self.rows.get(int(places[0]))):
            group = Group(name, rate=published(row, self.decimals))
            return self._counted(about, group, used, eligible)
        rate = rate_of(about, f"place {name}", used, eligible, is_counted=self.has_counts)
        return self._counted(about, Group(name, rate=rate), used, eligible)

    def _counted(self, about: About, group: Group, used: float, eligible: float) -> Group:
        if not self.has_counts:
            return group
        return replace(
            group,
            used=about.fact("used", used, group.name),
            eligible=about.fact("eligible", eligible, group.name),
        )


def published_places(pack: Pack, geography: Geography, indicator: Indicator | None) -> Taken | None:
    """Return what the pack has of the places inside the area; None where there are none."""
    if indicator is None or len(geography.districts) < 2:
        return None
    best: Taken | None = None
    for level in (DISTRICT, UPPER):
        units = geography.units(level)
        if units is None or len(units) < 2:
            continue
        taken = _published(pack, units, indicator)
        if taken and (best is None or taken.share_known > best.share_known):
            best = taken
    return best


def _published(pack: Pack, units: Units, indicator: Indicator) -> Taken | None:
    rows = figures(pack, indicator, units)
    at = {units.codes.index(code): row for code, row in rows.items() if code in units.codes}
    if len(at) < 2:
        return None
    has_counts = all(row.events >= 0 and row.denominator > 0 for row in at.values())
    people = units.people.astype(float).copy()
    used = np.full(len(units), np.nan)
    for place, row in at.items():
        if has_counts:
            people[place] = row.denominator
        used[place] = row.events if has_counts else row.value / 100 * people[place]
    if has_counts:
        # People eligible where it is not known how many: as many of all as elsewhere.
        known = np.array([place in at for place in range(len(units))])
        share = people[known].sum() / units.people[known].sum()
        people[~known] = units.people[~known] * share
    sources = tuple(sorted({row.source for row in rows.values()}))
    period = next(iter(at.values())).period
    return Taken(
        replace(units, people=people), used, period, sources, at, indicator.decimals, has_counts
    )


def own_places(geography: Geography, uptake: Uptake, need: str) -> Taken | None:
    """Put a file's users and people eligible in the places they are of; None without places."""
    rows = uptake.rows
    has_fifths = bool((rows["fifth"] != "").any())
    codes = set(rows["area_code"]) - {""}
    if not codes and not has_fifths:
        return None
    if codes:
        level = geography.level_of(codes, has_fifths=False)
        if level == SMALL and len(geography.districts) > 1 and not is_deprivation(need):
            level = DISTRICT
    else:
        level = FIFTH
    units = geography.units(level)
    if units is None:
        return None
    key = rows["fifth"] if level == FIFTH else rows["area_code"]
    at = key.map(units.place_of)
    inside = rows[at.notna()]
    place = at.dropna().astype(int).to_numpy()
    if not len(place):
        return None
    is_known = (inside["status"] == "ok").to_numpy()
    used = np.bincount(place, inside["used"].fillna(0), len(units)).astype(float)
    eligible = np.bincount(place, inside["eligible"].fillna(0), len(units)).astype(float)
    listed = np.bincount(place[is_known], minlength=len(units)) > 0
    listed[place[~is_known]] = False
    used[~listed] = np.nan
    unplaced = int((rows["area_code"] != "").sum() - len(inside)) if level != FIFTH else 0
    if not listed.any():
        return None
    share = eligible[listed].sum() / units.people[listed].sum()
    people = np.where(listed, eligible, units.people * share)
    return Taken(replace(units, people=people), used, uptake.period, (), {}, unplaced=unplaced)


def whole_of(
    pack: Pack, asked: Asked, taken: Taken | None
) -> tuple[Fact | None, Fact | None, list[Row]]:
    """Return the uptake of the area and of the country, and the rows of the area's period."""
    area = asked.area
    if asked.uptake is not None:
        about = About(
            area, asked.service, asked.uptake.period, asked.uptake.source, "audit", "%", ""
        )
        whole = counts_of(about, asked.uptake)
        if whole is None and taken is not None and taken.share_known >= 1 - MOST_MISSING:
            whole = taken.group(about, "everybody", np.arange(len(taken.units))).rate
        return whole, None, []
    if asked.indicator is None:
        return None, None, []
    roles = [(area.code, "area")]
    if area.country_code and area.country_code != area.code:
        roles.append((area.country_code, "country"))
    rows = read_rows(pack, (asked.indicator.id,), *roles)
    own = [row for row in rows if row.role == "area"]
    totals = known_totals(own)
    if not totals:
        return None, None, []
    definition = one_definition(totals, asked.indicator)
    newest = max(definition, key=lambda row: (row.period_end, row.sex == "Persons"))
    decimals = asked.indicator.decimals
    theirs = [
        row
        for row in rows
        if row.role == "country"
        and row.has_value
        and not row.dimension
        and row.when_and_who == newest.when_and_who
    ]
    same = [row for row in own if row.period_end == newest.period_end]
    country = published(theirs[0], decimals) if theirs else None
    return published(newest, decimals), country, same
