"""What is not as the last briefing of an area had it, figure by figure."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from ineqlib.briefings.area.earlier import Earlier, Key
from ineqlib.catalogue import load_catalogue
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import Fact, derived
from ineqlib.text import difference_unit, number, series_name


class Difference(NamedTuple):
    """One figure that is not what it was."""

    kind: Literal["revised", "newer", "new", "gone"]
    name: str
    now: Fact | None = None
    before: Fact | None = None
    moved: Fact | None = None
    size: float = 0.0
    """How far it moved, in units of what areas usually differ."""


def differences(earlier: Earlier, comparisons: Sequence[Comparison]) -> tuple[Difference, ...]:
    """Compare the newest figures with those of the last briefing.

    Where that held only what it told, a figure that it does not have need not be new.
    """
    known: dict[Key, Comparison] = {
        (comparison.series.indicator.id, comparison.series.sex, comparison.series.age): comparison
        for comparison in comparisons
        if "area" in comparison.facts
    }
    differing = [
        difference
        for key, comparison in known.items()
        if (difference := _difference(comparison, earlier.figures.get(key), earlier))
    ]
    catalogue = load_catalogue().indicators
    for key, fact in earlier.figures.items():
        # What the catalogue does not know was in the annex alone.
        if earlier.is_whole and key not in known and fact.indicator_id in catalogue:
            about = catalogue[fact.indicator_id]
            name = series_name(about.public_name, fact.sex, fact.age, about.age)
            differing.append(Difference("gone", name, before=fact))
    return tuple(differing)


def _difference(comparison: Comparison, before: Fact | None, earlier: Earlier) -> Difference | None:
    now, name = comparison.facts["area"], comparison.series.name
    if before is None:
        return Difference("new", name, now) if earlier.is_whole else None
    if now.period == before.period and math.isclose(now.value, before.value, rel_tol=1e-9):
        return None
    before = replace(before, unit=now.unit)  # the file of a page has no column of units
    moved = derived(
        now,
        f"since-last-briefing-{before.period}",
        now.value - before.value,
        unit=difference_unit(now.unit),
        method=f"figure of {now.period} less that of {before.period} in the last briefing",
    )
    spread = comparison.evidence.spread if comparison.evidence else 0.0
    size = abs(moved.value) / spread if spread else 0.0
    is_shown = float(number(abs(moved.value), moved.decimals).replace(",", "")) > 0
    kind: Literal["revised", "newer"] = "revised" if now.period == before.period else "newer"
    return Difference(kind, name, now, before, moved if is_shown else None, size)
