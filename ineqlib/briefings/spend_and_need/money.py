"""A funder's money put where it went, and what a page says of it; nothing is ever spread."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.briefings.need.follows import (
    MOST_MISSING,
    About,
    Judged,
    curve_of,
    groups_of,
    judged,
    need_curve_of,
)
from ineqlib.briefings.need.needs import Need
from ineqlib.briefings.need.units import FIFTH, Units
from ineqlib.briefings.spend_and_need.asked import NOTHING
from ineqlib.charts.concentration_chart import CurveDrawn
from ineqlib.facts.fact import Fact
from ineqlib.pack import Area

WHOLE, ELSEWHERE, NOT_KNOWN, NO_AMOUNT = "whole", "elsewhere", "not known", "no amount"
INCOME, BELOW_ZERO, UNLISTED = "income", "below zero", "unlisted"


@dataclass(frozen=True)
class Placed:
    """One funder's money."""

    amount: NDArray[np.float64]
    """Pounds in each place; NaN where they are not known."""
    apart: dict[str, float]
    """Reason -> pounds that are in no place, or that were set off."""
    counts: dict[str, int]
    """Reason -> rows or places without an amount."""


def place(
    rows: pd.DataFrame, units: Units, subject: str, elsewhere: Collection[str], unlisted: str
) -> Placed:
    """Put the rows of one funder and period (of `Spending.rows`) where they belong.

    Money for the subject as a whole is in no place. `elsewhere` has the codes of places outside it.
    """
    fifths = rows["fifth"] if units.level == FIFTH else rows["fifth"].mask(rows["fifth"] != "", "?")
    key = rows["area_code"].where(rows["fifth"] == "", fifths)
    where = key.map(units.place_of)
    inside = where.notna()
    reason = pd.Series(NOT_KNOWN, rows.index).mask(key.isin(list(elsewhere)), ELSEWHERE)
    reason = reason.mask(key.isin([subject, "?"]), WHOLE).mask(inside, "")
    has_amount = rows["status"] == "ok"
    apart = {
        name: float(rows.loc[(reason == name) & has_amount, "amount"].sum())
        for name in (WHOLE, ELSEWHERE, NOT_KNOWN)
        if ((reason == name) & has_amount).any()
    }
    counts: dict[str, int] = {}
    at = where[inside].astype(int).to_numpy()
    pounds = rows.loc[inside, "amount"].to_numpy(float)
    amount = np.bincount(at, np.nan_to_num(pounds), len(units)).astype(float)
    listed = np.bincount(at, minlength=len(units)) > 0
    if not listed.all() and unlisted != NOTHING:
        counts[UNLISTED] = int((~listed).sum())
        amount[~listed] = np.nan
    if income := float(pounds[pounds < 0].sum()):
        apart[INCOME] = -income
    below = amount < 0
    if below.any():
        counts[BELOW_ZERO] = int(below.sum())
        amount[below] = np.nan
    if not has_amount.all():
        counts[NO_AMOUNT] = int((~has_amount).sum())
        amount[where[inside & ~has_amount].astype(int).to_numpy()] = np.nan
    return Placed(amount, apart, counts)


def without_unlisted(
    placed: Placed, units: Units, listed: Collection[str], every: pd.Series
) -> Placed:
    """Leave out places of which too many neighbourhoods are not listed: theirs is not nothing."""
    member = every.map(units.place_of)
    is_missing = ~every.isin(listed)[member.notna()].to_numpy()
    at = member.dropna().astype(int).to_numpy()
    total = np.bincount(at, minlength=len(units))
    missing = np.bincount(at[is_missing], minlength=len(units))
    # What is listed as a whole, or not at all, has been dealt with.
    in_part = (missing > 0) & (missing < total) & ~np.isin(units.codes, list(listed))
    if not in_part.any():
        return placed
    short = in_part & (missing > MOST_MISSING * total)
    counts = placed.counts | {
        UNLISTED: placed.counts.get(UNLISTED, 0) + int(missing[in_part].sum())
    }
    return replace(placed, amount=np.where(short, np.nan, placed.amount), counts=counts)


def about_money(area: Area, name: str, period: str, source: str) -> About:
    """Say what facts of some money are about: whole pounds, from the file."""
    method = "added up from the file of spending"
    return About(area, name, period, source, "spend", "£", method)


@dataclass(frozen=True)
class GroupMoney:
    """One fifth or district: its people, its money, and that per head; None where not known."""

    name: str
    people: Fact
    money: Fact | None
    per_head: Fact | None


@dataclass(frozen=True)
class Money:
    """One funder's money, or all of it."""

    name: str
    period: str
    level: str
    total: Fact | None
    """What was placed; None where no amount is known."""
    judged: Judged
    groups: tuple[GroupMoney, ...] = ()
    curve: CurveDrawn | None = None
    need_curve: CurveDrawn | None = None
    apart: tuple[tuple[str, Fact], ...] = ()
    """Reason -> pounds in no place; reason -> places or rows without an amount."""


def money_facts(about: About, placed: Placed, units: Units, need: Need | str) -> Money:
    """Make every fact of some money that was put in places."""
    is_known = np.isfinite(placed.amount)
    total = about.fact("total", np.nansum(placed.amount)) if is_known.any() else None
    apart = [(why, about.fact("apart", value, why)) for why, value in placed.apart.items()]
    apart += [
        (why, about.fact("count", value, why, unit="")) for why, value in placed.counts.items()
    ]
    money = Money(about.name, about.period, units.level, total, Judged())
    money = replace(money, apart=tuple(apart))
    if isinstance(need, str):
        return replace(money, judged=Judged(why=need))
    return replace(
        money,
        judged=judged(about, placed.amount, units, need),
        groups=group_money(about, placed.amount, units, need),
        curve=curve_of(about, "money", placed.amount, units.people, need.order),
        need_curve=need_curve_of(about, placed.amount, units.people, need),
    )


def group_money(
    about: About, amount: NDArray[np.float64], units: Units, need: Need
) -> tuple[GroupMoney, ...]:
    """Add money up over the groups that it is shown in, as far as their places are known."""
    names, member = groups_of(units, need)
    rows = []
    for place, name in enumerate(names):
        inside = member == place
        known = inside & np.isfinite(amount)
        if not inside.any():
            continue
        people = about.fact("people", units.people[inside].sum(), name, unit="", method="counted")
        money = a_head = None
        if known.any():
            pounds = float(amount[known].sum())
            money = about.fact("money", pounds, name)
            a_head = about.fact("head", pounds / units.people[known].sum(), name, decimals=2)
        rows.append(GroupMoney(name, people, money, a_head))
    return tuple(rows)
