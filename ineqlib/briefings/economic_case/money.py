"""What the avoidable events cost: each cost, each budget, all together, and what moves it most."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ineqlib.briefings.economic_case.asked import Asked
from ineqlib.briefings.economic_case.events import Avoidable
from ineqlib.briefings.economic_case.ways import Way
from ineqlib.estimate import Estimate
from ineqlib.facts.fact import Fact, derived
from ineqlib.measures.event_cost import EventCost, event_cost, present_value
from ineqlib.pack.unit_costs import AMOUNTS, UnitCost, UnitCosts
from ineqlib.text import slug

MILLION = 1_000_000
DIGITS = 3
"""Figures of a sum that are shown: more would claim what ranges do not bear."""
CHANCE, COST, AIM, DISCOUNT = "counted", "assumed", "chosen", "discounting"
"""What a swing is of."""


@dataclass(frozen=True)
class Cost:
    """One unit cost, and what it comes to."""

    row: UnitCost
    low: Fact
    central: Fact
    high: Fact
    """Pounds for one event."""
    total: Fact
    """What the events cost by it in all, with limits."""


@dataclass(frozen=True)
class Swing:
    """How far one assumption alone moves the total, all others as they are."""

    name: str
    what: str
    """`CHANCE`, `COST`, `AIM` or `DISCOUNT`."""
    total: Fact
    """The total, its limits those that the assumption leads to."""

    @property
    def width(self) -> float:
        """From the lowest to the highest."""
        low, high = self.total.limits or (0.0, 0.0)
        return high - low


@dataclass(frozen=True)
class Check:
    """Mean and standard deviation of the total, by draws and exactly."""

    mean: Fact
    drawn_mean: Fact
    sd: Fact
    drawn_sd: Fact
    agrees: bool


@dataclass(frozen=True)
class Money:
    """What avoidable events cost."""

    source: str
    """The file that the unit costs are from."""
    price_year: str
    """Whose prices."""
    way: Way
    """What is aimed at."""
    total: Fact
    """Of all years asked for, with limits."""
    low: Fact
    high: Fact
    """The total if all unit costs were at their low, or at their high ends."""
    by_aim: dict[str, Fact]
    """The total of each target that leaves something to avoid."""
    costs: tuple[Cost, ...]
    budgets: dict[str, Fact]
    """In the order of the file; name of a budget -> what falls on it."""
    swings: tuple[Swing, ...]
    """What moves the total, the most first."""
    check: Check


class Pounds:
    """How sums are shown on one page: all in pounds, or all in millions of pounds.

    Parameters
    ----------
    first
        A fact that sums are about.
    period
        Whose prices they are in.
    method
        How sums with limits were made.
    digits
        How many figures of the largest are shown.
    """

    def __init__(
        self, largest: float, first: Fact, period: str, method: str, *, digits: int = DIGITS
    ) -> None:
        self.first, self.period, self.method = first, period, method
        places = math.floor(math.log10(max(largest, 1.0)))
        self.step = 10.0 ** max(places - digits + 1, 0)
        self.scale = MILLION if largest >= MILLION else 1
        of_step = math.log10(self.scale / self.step) if self.scale > 1 else 0
        self.decimals = max(round(of_step), 0)

    def rounded(self, pounds: float) -> float:
        """Round a sum to what is shown."""
        return round(pounds / self.step) * self.step / self.scale

    def estimated(self, name: str, cost: Estimate, *, note: str = "") -> Fact:
        """Make the fact of a sum with its limits."""
        limits = float(cost.lower), float(cost.upper)
        return self.fact(name, float(cost.value), self.method, *limits, note=note)

    def fact(self, name: str, pounds: float, method: str, *limits: float, note: str = "") -> Fact:
        """Make the fact of a sum, with limits where they are given."""
        ends = dict(zip(("lower_ci", "upper_ci"), map(self.rounded, limits), strict=False))
        return derived(
            self.first,
            name,
            self.rounded(pounds),
            decimals=self.decimals,
            unit="£ million" if self.scale > 1 else "£",
            period=self.period,
            method=method,
            note=note,
            **ends,
        )


def money_of(asked: Asked, about: Avoidable, costs: UnitCosts) -> Money:
    """Work out what the events of the chosen way cost by the unit costs of them."""
    way, rows = about.ways[about.chosen], costs.of(asked.indicator.id)
    whole = _cost_of(asked, way, rows)
    number = way.yearly.value * present_value(asked.years, asked.discount_rate)
    ends = [number * sum(getattr(row, end) for row in rows) for end in ("low", "high")]
    largest = max(abs(end) for end in (float(whole.total.upper), *ends))
    method = f"events times unit costs; {whole.total.method}, seed {asked.seed}"
    about_all = (largest, way.yearly, rows[0].price_year, method)
    pounds, fine = Pounds(*about_all), Pounds(*about_all, digits=DIGITS + 2)
    return Money(
        costs.source,
        rows[0].price_year,
        way,
        pounds.estimated("cost", whole.total),
        pounds.fact("cost-low", ends[0], "events times unit costs, all of these at their low ends"),
        pounds.fact("cost-high", ends[1], "events times unit costs, all at their high ends"),
        {
            target: pounds.estimated(f"cost-of-{target}", _cost_of(asked, aim, rows).total)
            for target, aim in about.ways.items()
            if aim.yearly.value > 0
        },
        tuple(_cost(pounds, row, at, whole.parts[at]) for at, row in enumerate(rows)),
        _budgets(pounds, asked, way, rows),
        _swings(pounds, asked, about, rows),
        Check(
            fine.fact("mean-exact", whole.mean, "mean, exact"),
            fine.fact("mean-drawn", whole.drawn_mean, "mean of the draws"),
            fine.fact("sd-exact", float(whole.total.se), "standard deviation, exact"),
            fine.fact("sd-drawn", whole.drawn_sd, "standard deviation of the draws"),
            whole.agrees,
        ),
    )


def _cost_of(asked: Asked, way: Way, rows: Sequence[UnitCost]) -> EventCost:
    """Cost the events of one way over the years asked for."""
    factor = present_value(asked.years, asked.discount_rate)
    ends = ([getattr(row, end) for row in rows] for end in AMOUNTS)
    return event_cost(
        way.yearly.value * factor,
        way.se * factor,
        *ends,
        shapes=[row.distribution for row in rows],
        simulation=asked.simulation(),
    )


def _cost(pounds: Pounds, row: UnitCost, at: int, total: Estimate) -> Cost:
    name = slug(row.label, longest=60)
    about: dict[str, Any] = {
        "unit": "£",
        "decimals": 0 if row.low % 1 == row.central % 1 == row.high % 1 == 0 else 2,
        "subgroup": row.label,
        "period": row.price_year,
        "lower_ci": None,
        "upper_ci": None,
        "source": "",
        "rows": (),
        "note": f"{row.source}, {row.link}",
    }
    low, central, high = (
        derived(
            pounds.first,
            f"unit-cost-{at}-{name}-{end}",
            getattr(row, end),
            method=f"given: {end}",
            **about,
        )
        for end in ("low", "central", "high")
    )
    return Cost(row, low, central, high, pounds.estimated(f"cost-{at}-{name}", total))


def _budgets(pounds: Pounds, asked: Asked, way: Way, rows: Sequence[UnitCost]) -> dict[str, Fact]:
    """What falls on each budget, the most first."""
    sums = {}
    for at, budget in enumerate(dict.fromkeys(row.budget for row in rows)):
        cost = _cost_of(asked, way, [row for row in rows if row.budget == budget])
        name = f"cost-of-budget-{at}-{slug(budget)}"
        sums[budget] = pounds.estimated(name, cost.total, note=budget)
    return dict(sorted(sums.items(), key=lambda pair: -pair[1].value))


def _swings(
    pounds: Pounds, asked: Asked, about: Avoidable, rows: Sequence[UnitCost]
) -> tuple[Swing, ...]:
    """How far each assumption alone moves the total."""
    way = about.ways[about.chosen]
    factor = present_value(asked.years, asked.discount_rate)
    per_event = sum(row.central for row in rows)
    total = way.yearly.value * factor * per_event

    def swing(name: str, what: str, ends: tuple[float, float], at: int = 0) -> Swing:
        method = f"the total as far as this alone moves it: {name}"
        return Swing(name, what, pounds.fact(f"swing-{what}-{at}", total, method, *ends))

    limits = way.yearly.limits or (way.yearly.value, way.yearly.value)
    a_year = (limits[0] * factor * per_event, limits[1] * factor * per_event)
    swings = [swing("Chance in the number avoided", CHANCE, a_year)]
    for at, row in enumerate(rows):
        without = total - way.yearly.value * factor * row.central
        low, high = (without + way.yearly.value * factor * end for end in (row.low, row.high))
        swings.append(swing(row.label, COST, (low, high), at))
    # An aim that is met already leaves nothing to avoid.
    aims = [max(other.yearly.value, 0.0) * factor * per_event for other in about.ways.values()]
    if len(aims) > 1:
        swings.append(swing("What is aimed at", AIM, (min(aims), max(aims))))
    if asked.discount_rate:
        ends = (total, total / factor * asked.years)
        swings.append(swing("Discounting, or none", DISCOUNT, ends))
    return tuple(sorted(swings, key=lambda moved: -moved.width))
