"""What a page says of one funder's money, or of all of it, as facts."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.need.follows import (
    About,
    Curve,
    Judged,
    curve_of,
    groups_of,
    judged,
    need_curve_of,
)
from ineqlib.briefings.need.needs import Need
from ineqlib.briefings.need.units import Units
from ineqlib.briefings.spend_and_need.placed import Placed
from ineqlib.facts.fact import Fact
from ineqlib.pack import Area


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
    curve: Curve | None = None
    need_curve: Curve | None = None
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
