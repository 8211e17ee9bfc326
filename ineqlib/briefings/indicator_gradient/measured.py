"""Every measure of each period as facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.cut import Cut, Slice
from ineqlib.facts.deprivation_line import LineEnd
from ineqlib.facts.estimated import limits_of
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.facts.gradients import EVEN, FEWEST_GROUPS
from ineqlib.measures import REGISTRY, Measure, gradient_checks
from ineqlib.text import difference_unit

SHOWN = ("sii", "rii", "difference", "ratio", "aci", "rci")
"""Measures shown for each period, an absolute one before its relative one."""


@dataclass(frozen=True)
class MeasureResult:
    """One measure of one period: its fact, or why there is none."""

    measure: str
    fact: Fact | None
    why_not: str = ""


@dataclass(frozen=True)
class Measured:
    """One period with its measures."""

    slice: Slice
    average: Fact | None
    """Mean of the groups; None where a group has no figure."""
    line: tuple[LineEnd, ...]
    """The fitted line's ends; empty without a slope."""
    measures: Mapping[str, Fact]
    """Those of `SHOWN` that can be made, by name."""


@dataclass(frozen=True)
class About:
    """What the facts of one cut are about."""

    asked: Asked
    cut: Cut

    @property
    def unit(self) -> str:
        """Unit of a difference between groups."""
        return difference_unit(self.asked.rows[0].unit)

    def fact(
        self, name: str, value: float, method: str, *, at: Sequence[Slice], **details: Any
    ) -> Fact:
        """Make a fact of one or more periods' groups."""
        groups = [group.fact for slice_ in at for group in slice_.groups if group.fact]
        first = groups[0]
        period = at[0].period if len(at) == 1 else f"{at[0].period} – {at[-1].period}"
        decimals, unit = details.pop("decimals", 1), details.pop("unit", first.unit)
        where = (self.asked.indicator.id, self.asked.place.code, self.asked.sex, self.cut.key)
        rows = tuple(dict.fromkeys(row for fact in groups for row in fact.rows))
        return calculated_of(
            self.asked.place,
            fact_id(name, *where, period),
            value,
            decimals=decimals,
            unit=unit,
            indicator_id=first.indicator_id,
            period=period,
            sex=first.sex,
            age=first.age,
            method=f"{method}{EVEN * self.cut.is_even}",
            rows=rows if len(at) == 1 or not self.cut.is_of_areas else (),
            source=first.source,
            note=details.pop("note", self.cut.title),
            **details,
        )


def measured(about: About, slice_: Slice) -> Measured:
    """Measure one period; nothing where a group has no figure, or groups are too few."""
    if slice_.why_not or len(slice_.groups) < FEWEST_GROUPS:
        return Measured(slice_, None, (), {})
    decimals = about.asked.indicator.decimals
    mean = float((slice_.value * slice_.people).sum() / slice_.people.sum())
    average = about.fact(
        "average",
        mean,
        "mean of the groups",
        at=[slice_],
        decimals=decimals,
        note=about.cut.short_title,
    )
    by_name = {name: _measure(about, REGISTRY[name], slice_) for name in SHOWN}
    checks = gradient_checks(slice_.value, slice_.people, se=slice_.se)
    ends = {"most": (0.0, checks.most_deprived_end), "least": (1.0, checks.least_deprived_end)}
    line = tuple(
        LineEnd(
            position,
            about.fact(
                f"fitted-{name}",
                float(fitted),
                f"value of the fitted line at the {name} deprived end",
                at=[slice_],
                decimals=decimals,
            ),
        )
        for name, (position, fitted) in ends.items()
    )
    return Measured(slice_, average, line, {name: m.fact for name, m in by_name.items() if m.fact})


def fits(about: About, slice_: Slice) -> Iterator[MeasureResult]:
    """Yield every measure of the registry, or why the groups cannot have it."""
    for row in REGISTRY.values():
        yield _measure(about, row, slice_)


def _measure(about: About, row: Measure, slice_: Slice) -> MeasureResult:
    """Make one measure, or say why these groups cannot have it."""
    usual = getattr(row.function, "__kwdefaults__", None) or {}
    unmet = [
        need.words
        for need in row.needs
        if not bool(need.is_met(slice_.value, slice_.people, usual))
    ]
    if unmet or len(slice_.groups) < row.least_groups:
        why = f"needs {unmet[0]}" if unmet else "too few groups"
        return MeasureResult(row.name, None, why)
    data = (slice_.value, slice_.people) if row.weighted else (slice_.value,)
    estimate = row.function(*data, se=slice_.se)
    unit = about.unit if row.kind == "absolute" and not row.squared else ""
    decimals = _decimals(row, float(estimate.value), about.asked.indicator.decimals)
    fact = about.fact(
        row.name,
        float(estimate.value),
        estimate.method,
        at=[slice_],
        unit=unit,
        decimals=decimals,
        **limits_of(estimate),
    )
    return MeasureResult(row.name, fact)


def _decimals(row: Measure, value: float, of_indicator: int) -> int:
    """Decimals to show: those of the indicator; of what is nearer to equality, as many as tell."""
    least = max(of_indicator, 1) if row.kind == "absolute" else 2
    return enough_decimals(value - row.at_equality, least, most=5)


def enough_decimals(value: float, least: int, *, most: int) -> int:
    """Return the decimals with which a number of this size is not written as nothing."""
    if not abs(value) > 0:
        return least
    return min(max(least, int(np.ceil(-np.log10(abs(value)))) + 1), most)
