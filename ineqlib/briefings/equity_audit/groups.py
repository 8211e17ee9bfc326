"""Uptake by who people are: sex, age and ethnicity, from the pack or a file of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.briefings.equity_audit.asked import Asked
from ineqlib.briefings.need.follows import About
from ineqlib.briefings.need.units import FIFTHS
from ineqlib.facts.estimated import estimate_of, limits_of
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.gradients import newest_groups
from ineqlib.facts.rows import Row
from ineqlib.measures import compare, proportion
from ineqlib.observations import Dimension
from ineqlib.pack.uptake import GROUPS, PLACE, Uptake

KINDS = ("sex", "age", "ethnicity")
ETHNIC = "ethnic"
"""Stands in what publishers call groups by ethnicity."""
WITHHELD = "suppressed"
FEWEST = 10
"""Groups of a file of one's own in which fewer people used it, or did not, are withheld."""


@dataclass(frozen=True)
class Group:
    """Uptake in one group."""

    name: str
    eligible: Fact | None = None
    used: Fact | None = None
    """People; None where they are not counted."""
    rate: Fact | None = None
    """Share that used the service, in per cent; None where it is not known or withheld."""
    side: str = ""
    """``lower``, ``similar`` or ``higher`` than everybody; empty where it cannot be told."""
    status: str = ""
    """Why there is no rate; empty where there is."""


def rate_of(
    about: About, name: str, used: float, eligible: float, *, is_counted: bool = True
) -> Fact:
    """Make the fact of a share of people, with its interval where they are counted."""
    estimate = proportion(used, eligible, multiplier=100) if is_counted else None
    limits = limits_of(estimate) if estimate else {}
    method = estimate.method if estimate else "mean of the places' shares, weighted by their people"
    return about.fact(
        "rate", 100 * used / eligible, name, unit="%", decimals=1, method=method, **limits
    )


def counts_of(about: About, uptake: Uptake) -> Fact | None:
    """Return the uptake of everybody: as the file has it, else of both sexes or all fifths."""
    rows = uptake.rows
    is_ok = rows["status"] == "ok"
    blank = (rows[[PLACE, *GROUPS]] == "").all(axis=1)
    for chosen, fewest in ((blank, 1), (rows["sex"] != "", 2), (rows["fifth"] != "", FIFTHS)):
        if chosen.sum() >= fewest and is_ok[chosen].all():
            of_kind = rows[chosen]
            if is_few(of_kind["used"].sum(), of_kind["eligible"].sum()):
                return None
            return rate_of(about, "everybody", of_kind["used"].sum(), of_kind["eligible"].sum())
    return None


def published_fifths(rows: Sequence[Row], decimals: int) -> tuple[str, tuple[Group, ...]]:
    """Return the uptake of an area's own groups by deprivation, and the index they are cut by.

    Fifths come before tenths, as elsewhere; empty where none are published.
    """
    of_groups = [
        row
        for row in rows
        if row.dimension and Dimension.parse(row.dimension).is_local and row.subgroup_order
    ]
    if not any(row.has_value for row in of_groups):
        return "", ()
    newest = newest_groups(of_groups)
    groups = (
        Group(
            row.subgroup,
            rate=published(row, decimals) if row.has_value else None,
            status=row.status,
        )
        for row in newest
    )
    return Dimension.parse(newest[0].dimension).index, tuple(groups)


def groups_by_kind(
    about: About, asked: Asked, rows: Sequence[Row], whole: Fact | None
) -> dict[str, tuple[Group, ...]]:
    """Return the groups of each kind by which the uptake is known."""
    if asked.uptake is not None:
        by_kind = {kind: _own_groups(about, asked.uptake, kind) for kind in KINDS}
    else:
        by_kind = {kind: _published(asked, rows, kind, whole) for kind in KINDS}
    return {
        kind: tuple(replace(group, side=_side(group.rate, whole)) for group in groups)
        for kind, groups in by_kind.items()
        if len(groups) > 1
    }


def _side(rate: Fact | None, whole: Fact | None) -> str:
    if rate is None or whole is None or rate.limits is None:
        return ""
    return str(compare(estimate_of(rate), whole.value))


def _own_groups(about: About, uptake: Uptake, kind: str) -> list[Group]:
    rows = uptake.rows[uptake.rows[kind] != ""]
    hidden = small(rows["used"], rows["eligible"] - rows["used"])
    groups = []
    for is_hidden, row in zip(hidden, rows.to_dict("records"), strict=True):
        name = str(row[kind])
        if row["status"] != "ok" or is_hidden:
            groups.append(Group(name, status=WITHHELD if is_hidden else str(row["status"])))
            continue
        groups.append(
            Group(
                name,
                about.fact("eligible", row["eligible"], kind, name, method="counted in the file"),
                about.fact("used", row["used"], kind, name, method="counted in the file"),
                rate_of(about, f"{kind} {name}", row["used"], row["eligible"]),
            )
        )
    return groups


def is_few(used: float, eligible: float) -> bool:
    """Tell whether so few used a service, or did not, that they are withheld."""
    return any(0 < people < FEWEST for people in (used, eligible - used))


def small(used: ArrayLike, others: ArrayLike) -> list[bool]:
    """Tell which groups are withheld: small ones, and the next, where one would be told by it."""
    fewest = np.minimum(np.asarray(used, float), np.asarray(others, float))
    hidden = (fewest > 0) & (fewest < FEWEST)
    if hidden.sum() == 1 and len(hidden) > 1:
        hidden[np.argmin(np.where(hidden | np.isnan(fewest), np.inf, fewest))] = True
    return [bool(is_hidden) for is_hidden in hidden]


def _published(asked: Asked, rows: Sequence[Row], kind: str, whole: Fact | None) -> list[Group]:
    if asked.indicator is None or whole is None:
        return []
    chosen: Mapping[str, Row]
    if kind == "sex":
        chosen = {
            row.sex: row
            for row in rows
            if not row.dimension and row.age == whole.age and row.sex != whole.sex
        }
    elif kind == "age":
        chosen = {
            row.age: row
            for row in rows
            if not row.dimension and row.sex == whole.sex and row.age != whole.age
        }
    else:
        chosen = {row.subgroup: row for row in rows if ETHNIC in row.dimension.casefold()}
    decimals = asked.indicator.decimals
    return [
        Group(name, rate=published(row, decimals) if row.has_value else None, status=row.status)
        for name, row in chosen.items()
    ]
