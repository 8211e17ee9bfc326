"""Every fact of the page: each funder's money, all of it, shares by need, and other needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.briefings.need.follows import About, Judged, groups_of, judged
from ineqlib.briefings.need.needs import Need, is_deprivation, need_of, other_needs
from ineqlib.briefings.need.units import (
    DISTRICT,
    FIFTH,
    SMALL,
    UPPER,
    Geography,
    Units,
    current_code,
)
from ineqlib.briefings.spend_and_need.asked import NOTHING, Asked
from ineqlib.briefings.spend_and_need.money import (
    NOT_KNOWN,
    WHOLE,
    Money,
    Placed,
    about_money,
    money_facts,
    place,
    without_unlisted,
)
from ineqlib.catalogue import load_catalogue, load_indicator_set
from ineqlib.facts.fact import Fact
from ineqlib.facts.money import whole_pounds
from ineqlib.measures.spend import LEAST_AREAS
from ineqlib.pack import Area, Pack

EXAMPLE = 100_000.0
"""Pounds shared out by need where no spending was given."""
ALL = "All funders"
NO_PEOPLE = "the pack does not know how many people live in these places"
ORDER = [SMALL, DISTRICT, UPPER]
UNPLACED = (WHOLE, NOT_KNOWN)
OTHERS = "headline"
"""Set of indicators tried as other needs."""


@dataclass(frozen=True)
class ShareRow:
    """What one group has, and would have at the same amount a head and by need."""

    name: str
    money: Fact | None
    flat: Fact
    by_need: Fact | None


@dataclass(frozen=True)
class OtherNeed:
    """The verdict by another need, of which only the order counts."""

    words: str
    level: str
    judged: Judged


@dataclass(frozen=True)
class SpendFacts:
    """Everything the page says."""

    asked: Asked
    need: Need | str
    """What need is; the reason where the pack has none for these places."""
    level: str
    funders: tuple[Money, ...] = ()
    total: Money | None = None
    """All funders together, or the only one there is; None where they cannot be added."""
    unplaced: Fact | None = None
    """Pounds in no place, though they may be inside the area; None where all are placed."""
    shared: Fact | None = None
    """Pounds that `shares` share out."""
    shares: tuple[ShareRow, ...] = ()
    others: tuple[OtherNeed, ...] = ()

    @property
    def area(self) -> Area:
        """The area to whose parts money went."""
        return self.asked.area

    @property
    def has_zero(self) -> bool:
        """Whether need has a true zero, so that money can be in proportion to it."""
        return not is_deprivation(self.asked.need)


def spend_facts(pack: Pack, asked: Asked) -> SpendFacts:
    """Compute every number of the page."""
    places = _Places(pack, asked)
    if asked.spending is None:
        return _without_spending(places)
    levels = {name: places.level(rows) for name, rows in places.rows_of.items()}
    funders = tuple(places.money(name, level, [name]) for name, level in levels.items())
    level = _common(levels.values())
    if not level:
        need = places.need(funders[0].level)
        return SpendFacts(asked, need, "", funders)
    name = ALL if len(levels) > 1 else funders[0].name
    total = places.money(name, level, asked.funders)
    units, need = places.units(level), places.need(level)
    facts = SpendFacts(asked, need, level, funders, total)
    facts = replace(facts, unplaced=_unplaced(places.about(name), funders))
    if units is None or isinstance(need, str) or total.curve is None:
        return facts
    amount = places.placed(asked.funders, units).amount
    shared, shares = _shares(places.about(name), amount, units, need)
    others = tuple(places.by_other_needs(level, need))
    return replace(facts, shared=shared, shares=shares, others=others)


def _unplaced(about: About, funders: Sequence[Money]) -> Fact | None:
    apart = [fact.value for money in funders for why, fact in money.apart if why in UNPLACED]
    return about.fact("unplaced", sum(apart)) if apart else None


def _without_spending(places: "_Places") -> SpendFacts:
    """Share out an example where no spending was given."""
    level = DISTRICT if len(places.geography.districts) > 1 else SMALL
    units, need = places.units(level), places.need(level)
    facts = SpendFacts(places.asked, need, level)
    if units is None or isinstance(need, str):
        return facts
    shared, shares = _shares(places.about("example"), None, units, need)
    return replace(facts, shared=shared, shares=shares)


def _common(levels: Collection[str]) -> str:
    """Return the level at which all money can be added up; empty where there is none."""
    if FIFTH in levels:
        return FIFTH if set(levels) <= {FIFTH, SMALL} else ""
    return max(levels, key=ORDER.index)


class _Places:
    """The places of the subject, level by level, and what was spent there."""

    def __init__(self, pack: Pack, asked: Asked) -> None:
        self.pack, self.area, self.asked = pack, asked.area, asked
        self.geography = Geography(pack, asked.area)
        self._units: dict[str, Units | None] = {}
        rows = asked.spending.rows if asked.spending else pd.DataFrame(columns=["funder"])
        rows = self._with_current_codes(rows)
        self.rows_of = {name: rows[rows["funder"] == name] for name in asked.funders}

    def _with_current_codes(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Put today's codes for those of renamed areas, and note which places are elsewhere."""
        inside = self.geography.district_of
        codes = set(rows.get("area_code", ())) - set(inside) - {""}
        current = {code: current_code(self.pack, code) for code in codes}
        self._elsewhere = {code for code in current.values() if code}
        if not all(current.values()) and self.pack.has("small_areas"):
            every = self.pack.table("small_areas", columns=["small_area_code"])
            self._elsewhere |= set(every["small_area_code"]) - set(inside)
        renamed = {code: now for code, now in current.items() if now}
        return rows.assign(area_code=rows["area_code"].replace(renamed)) if renamed else rows

    def about(self, name: str) -> About:
        source = self.asked.spending.source if self.asked.spending else self.pack.title
        return about_money(self.area, name, self.asked.period, source)

    def units(self, level: str) -> Units | None:
        if level not in self._units:
            self._units[level] = self.geography.units(level)
        return self._units[level]

    def need(self, level: str) -> Need | str:
        units = self.units(level)
        if units is None:
            return NO_PEOPLE
        return need_of(self.pack, self.asked.need, units)

    def level(self, rows: pd.DataFrame) -> str:
        """Return the level at which money is looked at; small places have no indicators."""
        has_fifths = bool((rows["fifth"] != "").any())
        level = self.geography.level_of(set(rows["area_code"]), has_fifths=has_fifths)
        several = len(self.geography.districts) > 1
        if level == SMALL and several and not is_deprivation(self.asked.need):
            return DISTRICT
        return level

    def money(self, name: str, level: str, funders: Sequence[str]) -> Money:
        """Return the facts of the money of some funders together."""
        units, about = self.units(level), self.about(name)
        if units is None:
            return Money(name, about.period, level, None, Judged(why=NO_PEOPLE))
        return money_facts(about, self.placed(funders, units), units, self.need(level))

    def placed(self, funders: Sequence[str], units: Units) -> Placed:
        """Put the money of some funders where it went."""
        of_funders = [self._placed(self.rows_of[funder], units) for funder in funders]
        if len(of_funders) == 1:
            return of_funders[0]
        # A place whose money one funder keeps back is not known as a whole.
        return Placed(np.sum([placed.amount for placed in of_funders], axis=0), {}, {})

    def _placed(self, rows: pd.DataFrame, units: Units) -> Placed:
        placed = place(rows, units, self.area.code, self._elsewhere, self.asked.unlisted)
        codes = set(rows["area_code"])
        if units.level == SMALL or self.asked.unlisted == NOTHING:
            return placed
        if not codes & set(self.geography.district_of):
            return placed
        return without_unlisted(placed, units, codes, self.geography.edition_of(codes))

    def by_other_needs(self, level: str, need: Need) -> list[OtherNeed]:
        """Judge all money by the other needs that the pack holds, here and across districts."""
        catalogue = load_catalogue()
        indicators = [catalogue[name] for name in load_indicator_set(OTHERS)]
        levels = [level]
        if level == SMALL and len(self.geography.districts) >= LEAST_AREAS:
            levels.append(DISTRICT)
        rows = []
        for other_level in levels:
            units = self.units(other_level)
            if units is None or len(units) < LEAST_AREAS:
                continue
            about = self.about(f"others {other_level}")
            amount = self.placed(self.asked.funders, units).amount
            rows += [
                OtherNeed(other.words, other_level, judged(about, amount, units, other))
                for other in other_needs(self.pack, need, units, indicators)
            ]
        return rows


def _shares(
    about: About, amount: NDArray[np.float64] | None, units: Units, need: Need
) -> tuple[Fact, tuple[ShareRow, ...]]:
    """Share the money out again, at the same amount a head and by need, in whole pounds."""
    known = np.ones(len(units), bool) if amount is None else np.isfinite(amount)
    pounds = EXAMPLE if amount is None else float(np.round(amount[known].sum()))
    method = "an example" if amount is None else "added up"
    shared = about.fact("shared", pounds, method=method)
    if not pounds > 0:
        return shared, ()
    names, member = groups_of(units, need)
    people = units.people * known
    of_groups = np.bincount(member, people, len(names)).astype(float)
    flat = whole_pounds(pounds, of_groups)
    by_need = None
    if need.weight is not None:
        weight = np.bincount(member, people * need.weight, len(names)).astype(float)
        by_need = whole_pounds(pounds, weight)
    spent = None if amount is None else np.bincount(member, np.nan_to_num(amount), len(names))
    rows = []
    # Fifths are in order already; districts are put in it.
    is_each = len(names) == len(units) and units.level != FIFTH
    for at in np.argsort(-need.order, kind="stable") if is_each else range(len(names)):
        name = names[at]
        if not of_groups[at] > 0:
            continue
        given = None if spent is None else about.fact("got", spent[at], name)
        rows.append(
            ShareRow(
                name,
                given,
                about.fact("flat", flat[at], name, method="the same for each person"),
                None
                if by_need is None
                else about.fact(
                    "by-need", by_need[at], name, method=f"people times need: {need.words}"
                ),
            )
        )
    return shared, tuple(rows)
