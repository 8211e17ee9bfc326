"""Every figure of an audit: uptake as a whole, by place and need, and by who people are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.equity_audit.asked import Asked
from ineqlib.briefings.equity_audit.groups import (
    WITHHELD,
    Group,
    groups_by_kind,
    published_fifths,
    small,
)
from ineqlib.briefings.equity_audit.places import Taken, own_places, published_places, whole_of
from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.need.follows import (
    TOO_FEW,
    About,
    Judged,
    curve_of,
    groups_of,
    judged,
    need_curve_of,
)
from ineqlib.briefings.need.needs import Need, is_deprivation, need_of
from ineqlib.briefings.need.units import FIFTH, Geography
from ineqlib.catalogue import index_title
from ineqlib.charts.concentration_chart import CurveDrawn
from ineqlib.facts.attribution import index_source
from ineqlib.facts.estimated import limits_of, se_of
from ineqlib.facts.fact import Fact
from ineqlib.facts.rows import Row
from ineqlib.measures.gaps import difference
from ineqlib.pack import Pack
from ineqlib.text import difference_unit, plural

NO_PLACES = "it is not known who used the service where"
UNKNOWN = Judged(why=NO_PLACES)
LEVEL_POINTS = 2.0
"""Uptake is called level where it differs by fewer percentage points from end to end."""


@dataclass(frozen=True)
class Audit:
    """Everything the page says."""

    asked: Asked
    period: str
    sources: tuple[str, ...]
    whole: Fact | None
    country: Fact | None
    """Uptake in the area and in the country; None where it is not known."""
    by: Mapping[str, tuple[Group, ...]]
    """Kind of group -> its groups: sex, age, ethnicity; the kinds that are known."""
    taken: Fact
    open: Fact
    """Decisions taken, and those that are open."""
    need: Need | str = NO_PLACES
    """What need is; the reason where these places have none."""
    level: str = ""
    in_fifths: bool = False
    """Whether the places are shown as fifths of them."""
    is_counted: bool = True
    """Whether users and people eligible are counted, and not worked out from shares."""
    judged: Judged = UNKNOWN
    """Whether uptake follows need over the places."""
    places: tuple[Group, ...] = ()
    """The places, or fifths of them, most need first."""
    curve: CurveDrawn | None = None
    need_curve: CurveDrawn | None = None
    gap: Fact | None = None
    """Uptake where there is least need, less that where there is most."""
    missed: Fact | None = None
    """People more, had every group the uptake of the one of least need; None where that is not
    known or none would be."""
    remarks: tuple[str, ...] = ()

    @property
    def has_zero(self) -> bool:
        """Whether need has a true zero, so that uptake can be in proportion to it."""
        return not isinstance(self.need, str) and self.need.a_head is not None

    @property
    def known(self) -> list[Group]:
        """The places whose uptake is known and shown, most need first."""
        return [place for place in self.places if place.rate]

    @property
    def places_period(self) -> str:
        """The period that the places' uptake is of."""
        return next((place.rate.period for place in self.places if place.rate), self.period)

    @property
    def figures(self) -> dict[str, str]:
        """The figures that decisions rest on: name -> text, as a file of decisions keeps them."""
        shown = {"uptake": self.whole, "country": self.country, "index": self.judged.index}
        if len(self.known) > 1:
            shown |= {"most need": self.known[0].rate, "least need": self.known[-1].rate}
        shown |= {"gap": self.gap, "people missed": self.missed}
        return {name: f"{fact.text} ({fact.period})" for name, fact in shown.items() if fact}


def audit_facts(pack: Pack, asked: Asked) -> Audit:
    """Compute every figure of the page."""
    geography = Geography(pack, asked.area)
    taken = (
        own_places(geography, asked.uptake, asked.need)
        if asked.uptake
        else published_places(pack, geography, asked.indicator)
    )
    whole, country, rows = whole_of(pack, asked, taken)
    period = asked.uptake.period if asked.uptake else whole.period if whole else ""
    source = asked.uptake.source if asked.uptake else whole.source if whole else ""
    about = About(asked.area, asked.service, period, source, "audit", "", "added up")
    sources = {row.source for row in rows} | {source} - {""}
    filled, left = _decided(about, asked)
    audit = Audit(
        asked,
        period,
        tuple(sorted(sources)),
        whole,
        country,
        groups_by_kind(about, asked, rows, whole),
        filled,
        left,
        remarks=asked.uptake.remarks if asked.uptake else (),
    )
    if taken is not None:
        audit = _with_places(pack, audit, replace(about, period=taken.period or period), taken)
    elif asked.indicator is not None and is_deprivation(asked.need):
        audit = _with_published_fifths(audit, rows)
    return _with_gap(audit, about)


def _with_published_fifths(audit: Audit, rows: Sequence[Row]) -> Audit:
    """Add the fifths of the area's own neighbourhoods, where the service is published by them."""
    indicator = audit.asked.indicator
    index, groups = published_fifths(rows, indicator.decimals) if indicator else ("", ())
    if not groups:
        return audit
    order = -np.arange(len(groups), dtype=float)
    need = Need(DEPRIVATION, index_title(index), order, None, None, (index_source(index),))
    return replace(
        audit, need=need, level=FIFTH, in_fifths=True, places=groups, judged=Judged(why=TOO_FEW)
    )


def _decided(about: About, asked: Asked) -> tuple[Fact, Fact]:
    filled = sum(bool(decision.text) for decision in asked.decided.values())
    method = "counted in the file of decisions"
    return (
        about.fact("decisions-taken", filled, method=method),
        about.fact("decisions-open", len(asked.decided) - filled, method=method),
    )


def _with_places(pack: Pack, audit: Audit, about: About, taken: Taken) -> Audit:
    units = taken.units
    need = need_of(pack, audit.asked.need, units)
    audit = replace(
        audit,
        need=need,
        level=units.level,
        sources=(*audit.sources, *taken.sources),
        is_counted=taken.has_counts,
    )
    if isinstance(need, str):
        names, member, order = units.names, np.arange(len(units)), units.deprivation
    else:
        (names, member), order = groups_of(units, need), need.order
    rows = [taken.group(about, name, np.flatnonzero(member == at)) for at, name in enumerate(names)]
    is_each = len(names) == len(units) and units.level != FIFTH
    places = [rows[at] for at in np.argsort(-order, kind="stable")] if is_each else rows
    if audit.asked.uptake is not None:
        places = _without_small(places)
    if taken.unplaced:
        why = "of places whose people the pack does not know (codes of another census, say)"
        left_out = f"{plural(taken.unplaced, 'row')} left out, {why}"
        audit = replace(audit, remarks=(*audit.remarks, left_out))
    audit = replace(audit, places=tuple(places), in_fifths=not is_each)
    if isinstance(need, str):
        return replace(audit, judged=Judged(why=need))
    used, people = taken.used, units.people
    return replace(
        audit,
        judged=judged(about, used, units, need, margin=_margin(used, people)),
        curve=curve_of(about, "users", used, people, need.order)
        if audit.asked.uptake is None
        else _curve_of_groups(about, places),
        need_curve=need_curve_of(about, used, people, need),
    )


def _curve_of_groups(about: About, places: Sequence[Group]) -> CurveDrawn | None:
    """Return the curve over the groups that are shown: finer points would tell of small places."""
    counted = [(p.used.value, p.eligible.value) for p in places if p.used and p.eligible]
    if len(counted) < len(places):
        return None
    used, eligible = np.array(counted).T
    return curve_of(about, "users", used, eligible, -np.arange(len(counted), dtype=float))


def _margin(used: NDArray[np.float64], people: NDArray[np.float64]) -> float:
    """Return the index that a straight line over `LEVEL_POINTS` from end to end would have.

    Twice the covariance with the rank is a sixth of that slope, so the index is the slope over six
    times the mean.
    """
    known = np.isfinite(used)
    mean = 100 * used[known].sum() / people[known].sum()
    return float(LEVEL_POINTS / (6 * mean)) if mean > 0 else LEVEL_POINTS


def _without_small(places: list[Group]) -> list[Group]:
    """Withhold places in which so few used the service that they could be told."""
    counted = [group for group in places if group.used and group.eligible]
    used = [group.used.value for group in counted if group.used]
    others = [group.eligible.value for group in counted if group.eligible]
    hidden = {
        group.name
        for group, is_small in zip(counted, small(used, np.subtract(others, used)), strict=True)
        if is_small
    }
    return [Group(g.name, status=WITHHELD) if g.name in hidden else g for g in places]


def _with_gap(audit: Audit, about: About) -> Audit:
    """Add what lies between the ends, and how many more people that would be."""
    if len(audit.known) < 2 or isinstance(audit.need, str):
        return audit
    most, least = audit.known[0].rate, audit.known[-1].rate
    if most is None or least is None:
        return audit
    errors = [se_of(fact) for fact in (most, least)]
    estimate = difference([most.value, least.value], se=errors if all(errors) else None)
    gap = about.fact(
        "gap",
        float(estimate.value),
        unit=difference_unit(most.unit),
        decimals=most.decimals,
        period=least.period,
        method="uptake where there is least need, less that where there is most",
        **limits_of(estimate),
    )
    short = [
        group.eligible.value * max(0.0, least.value - group.rate.value) / 100
        for group in audit.known
        if group.eligible and group.rate
    ]
    missed = None
    if len(short) == len(audit.known) and round(sum(short)):
        method = "people more, had each place the uptake of the one of least need"
        missed = about.fact("missed", round(sum(short)), period=gap.period, method=method)
    return replace(audit, gap=gap, missed=missed)
