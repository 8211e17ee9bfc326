"""What the average hides: an indicator across the area's own neighbourhoods, by deprivation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from ineqlib.catalogue import Indicator
from ineqlib.catalogue.indices import index_title
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.facts.deprivation_line import LineEnd
from ineqlib.facts.estimated import limits_of
from ineqlib.facts.fact import Fact, derived, fact_id, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import by_indicator, one_definition
from ineqlib.measures import GradientChecks, gradient_checks, implied_se, rii, sii
from ineqlib.observations import Dimension
from ineqlib.text import difference_unit, series_name

FEWEST_GROUPS = 5
EVEN = "; each group taken as equally many people, whose number is not published"
FEWEST_KNOWN = 2
"""Groups with a figure: one alone is all of its area, and no gradient."""


class GroupPoint(NamedTuple):
    """One group of neighbourhoods."""

    order: int
    """1 is the most deprived."""
    label: str
    status: str
    start: float
    end: float
    """Cumulative share of the population; equal shares, for drawing only, where the populations are
    unknown, and in its place among all where not every group is there."""
    share: Fact | None
    """The group's share of the population, in per cent; None where it is unknown."""
    fact: Fact | None
    """Its figure; None where `status` says why there is none."""


@dataclass(frozen=True)
class Gradient:
    """One indicator across local groups, with its slope where one exists."""

    indicator: Indicator
    sex: str
    period: str
    end: datetime
    """Last day of the period."""
    dimension: Dimension
    """How the groups are cut."""
    groups: tuple[GroupPoint, ...]
    """Most deprived first."""
    line: tuple[LineEnd, ...] = ()
    """The fitted value at the most (0) and the least (1) deprived end; empty without a slope."""
    sii: Fact | None = None
    rii: Fact | None = None
    """Slope and relative index; None where `why_not` says why there is none."""
    checks: GradientChecks | None = None
    why_not: str = ""
    rows: tuple[Row, ...] = ()
    """The groups as published."""

    @property
    def name(self) -> str:
        """The indicator's public name and whose figure it is."""
        age = next((fact.age for fact in self.facts), "")
        return series_name(self.indicator.public_name, self.sex, age, self.indicator.age)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The groups' figures, most deprived first."""
        return tuple(group.fact for group in self.groups if group.fact)

    @property
    def is_clear(self) -> bool:
        """Whether the slope's interval leaves out zero, as far as it has one."""
        if self.sii is None:
            return False
        limits = self.sii.limits
        return limits is None or not limits[0] <= 0 <= limits[1]

    @property
    def group_name(self) -> str:
        """``fifth`` or ``tenth``."""
        return self.dimension.part

    @property
    def index_title(self) -> str:
        """The deprivation index the groups were made with."""
        return index_title(self.dimension.index)


def local_gradients(profile: Profile) -> Iterator[Gradient]:
    """Yield every indicator published across the area's own fifths or tenths, newest period."""
    local = by_indicator(
        row
        for row in profile.rows
        if row.role == "area" and row.dimension and Dimension.parse(row.dimension).is_local
    )
    for indicator in profile.indicators:
        if indicator.id not in local:
            continue
        of_indicator = one_definition(local[indicator.id], indicator)
        for sex in dict.fromkeys(row.sex for row in of_indicator):
            newest = newest_groups([row for row in of_indicator if row.sex == sex])
            if sum(row.has_value for row in newest) >= FEWEST_KNOWN:
                yield gradient_of(indicator, newest)


def newest_groups(rows: list[Row]) -> list[Row]:
    """Return the groups of the newest period, most deprived first; fifths before tenths."""
    end = max(row.period_end for row in rows)
    rows = [row for row in rows if row.period_end == end]
    dimension = max(row.dimension for row in rows)
    chosen = [row for row in rows if row.dimension == dimension]
    return sorted(chosen, key=lambda row: row.subgroup_order)


def gradient_of(indicator: Indicator, rows: list[Row], *, is_even: bool = False) -> Gradient:
    """Fit the slope across the groups of one place and period, given most deprived first.

    They may be taken as equally many people, which tenths of a country's neighbourhoods nearly are.
    """
    dimension = Dimension.parse(rows[0].dimension)
    groups = _groups(rows, indicator.decimals, dimension.groups)
    parts: dict[str, Any] = {
        "indicator": indicator,
        "sex": rows[0].sex,
        "period": rows[0].period,
        "end": rows[0].period_end,
        "dimension": dimension,
        "groups": groups,
        "rows": tuple(rows),
    }
    if why := _cannot_fit(rows, dimension.groups, is_even):
        return Gradient(**parts, why_not=why)
    first = published(rows[0], indicator.decimals)
    value = np.array([row.value for row in rows])
    population = np.array([1.0 if is_even else row.denominator for row in rows])
    se = published_se(rows)
    # With errors, a bend that chance explains is not called one.
    checks = gradient_checks(value, population, se=se)
    parts["checks"] = checks
    slope = _of_even(sii(value, population, se=se), is_even)
    parts["sii"] = _index("sii", first, rows, slope, 1, difference_unit(first.unit))
    if checks.rii_defined:
        relative = _of_even(rii(value, population, se=se), is_even)
        decimals = _rii_decimals(float(relative.value))
        parts["rii"] = _index("rii", first, rows, relative, decimals, "")
    ends = {"most": (0.0, checks.most_deprived_end), "least": (1.0, checks.least_deprived_end)}
    parts["line"] = tuple(
        LineEnd(
            position,
            _of_all_groups(
                first,
                rows,
                id=fact_id(f"fitted-{name}-deprived-end", first.id),
                value=float(fitted),
                method=f"value of the fitted line at the {name} deprived end",
            ),
        )
        for name, (position, fitted) in ends.items()
    )
    return Gradient(**parts)


def published_se(rows: Sequence[Row]) -> FloatArray | None:
    """Return standard errors by the published 95% limits; None unless all rows have some."""
    lower, upper = (
        np.array([getattr(row, end) for row in rows]) for end in ("lower_ci", "upper_ci")
    )
    known = np.isfinite(lower).all() and np.isfinite(upper).all() and (upper > lower).all()
    return implied_se(lower, upper) if known else None


def _cannot_fit(rows: list[Row], groups: int, is_even: bool) -> str:
    if len(rows) < groups or not all(row.has_value for row in rows):
        return "not every group has a published figure"
    if len(rows) < FEWEST_GROUPS:
        return "a slope needs at least five groups"
    if not is_even and not all(row.denominator > 0 for row in rows):
        return "the number of people in each group is not published"
    return ""


def group_points(
    labels: Sequence[str], statuses: Sequence[str], people: FloatArray, facts: Sequence[Fact | None]
) -> tuple[GroupPoint, ...]:
    """Place groups on the share of the population; of unknown populations, evenly."""
    weights = people if (people > 0).all() else np.ones(len(people))
    share = weights / weights.sum()
    end = np.cumsum(share)
    return tuple(
        GroupPoint(order, label, status, left, right, None, fact)
        for order, (label, status, left, right, fact) in enumerate(
            zip(labels, statuses, (end - share).tolist(), end.tolist(), facts, strict=True), 1
        )
    )


def _groups(rows: list[Row], decimals: int, whole: int) -> tuple[GroupPoint, ...]:
    labels, statuses = [row.subgroup for row in rows], [row.status for row in rows]
    people = np.array([row.denominator for row in rows])
    facts = [published(row, decimals) if row.has_value else None for row in rows]
    in_order = zip(rows, group_points(labels, statuses, people, facts), strict=True)
    # Of some of the groups the people are no share of the population.
    if (people > 0).all() and len(rows) == whole:
        return tuple(
            point._replace(
                order=row.subgroup_order, share=_share_fact(row, 100 * (point.end - point.start))
            )
            for row, point in in_order
        )
    return tuple(
        point._replace(
            order=row.subgroup_order,
            start=(row.subgroup_order - 1) / whole,
            end=row.subgroup_order / whole,
        )
        for row, point in in_order
    )


def _share_fact(row: Row, share: float) -> Fact:
    # A group whose own figure is withheld has its share all the same.
    group = published(row._replace(value=share, unit="%"), 1)
    return derived(
        group,
        "population-share",
        share,
        subgroup=group.subgroup,
        method="the group's share of the population of all groups",
    )


def _of_all_groups(first: Fact, rows: list[Row], value: float, **details: Any) -> Fact:
    """Make a fact about all groups of one gradient."""
    return derived(first, "", value, rows=tuple(row.row for row in rows), **details)


def _index(
    measure: str,
    first: Fact,
    rows: list[Row],
    index: Estimate,
    decimals: int,
    unit: str,
) -> Fact:
    about = (first.indicator_id, first.area_code, first.sex, f"{len(rows)}-groups", first.period)
    return _of_all_groups(
        first,
        rows,
        id=fact_id(measure, *about),
        value=float(index.value),
        decimals=decimals,
        unit=unit,
        **limits_of(index),
        method=f"{measure.upper()} across {len(rows)} groups: {index.method}",
    )


def _of_even(index: Estimate, is_even: bool) -> Estimate:
    return replace(index, method=f"{index.method}{EVEN * is_even}")


def _rii_decimals(value: float) -> int:
    """Decimals of a relative index: near 1, two would round a limit onto equality."""
    return 3 if abs(value - 1) < 0.1 else 2
