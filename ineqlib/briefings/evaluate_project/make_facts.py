"""Facts of one evaluation, each about its indicator and its areas."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ineqlib.briefings.evaluate_project.design import Design, Tried
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.measures.placebo import Departures, critical
from ineqlib.text import difference_unit

NINE_IN_TEN = (0.05, 0.95)


@dataclass(frozen=True)
class FactMaker:
    """Makes facts of one evaluation, each about its indicator and first area."""

    design: Design
    first: Fact
    rows: tuple[int, ...]

    def change(self, name: str, value: float, how: str, period: str = "") -> Fact:
        """Make a fact of a difference, in the unit of differences and with its own sign."""
        unit = difference_unit(self.first.unit)
        about = {"unit": unit, "rows": self.rows, "method": how, "decimals": self.decimals}
        return self._fact(name, value, **about, period=period or self.first.period)

    def size(self, name: str, value: float, how: str) -> Fact:
        """Make a fact of the size of a change."""
        return self.change(name, abs(value), how)

    def count(self, name: str, value: float, how: str) -> Fact:
        """Make a fact of a count."""
        return self._fact(name, value, unit="", decimals=0, rows=(), method=how)

    def share(self, name: str, value: float, how: str) -> Fact:
        """Make a fact of a share, given as a fraction, in per cent."""
        return self._fact(name, 100 * value, unit="%", decimals=1, rows=(), method=how)

    @property
    def decimals(self) -> int:
        """Those of the figures, and at least one where they are small."""
        return self.first.decimals if abs(self.first.value) >= 1000 else max(self.first.decimals, 1)

    def _fact(self, name: str, value: float, **details: object) -> Fact:
        day = f"{self.design.start:%Y-%m-%d}"
        areas = "-".join(self.design.project_codes[1:])
        given = {"subgroup": "", "area_name": self.design.asked.places} | details
        prefix = "-".join(filter(None, ["evaluated", name, day, areas, str(details.get("period"))]))
        return derived(self.first, prefix, value, **given)


def project_facts(design: Design, labels: Sequence[str]) -> tuple[Fact, ...]:
    """Return the project's figures, a period each: the area's own, or the mean of several."""
    codes = design.project_codes
    own = [published(design.row(codes[0], label), design.indicator.decimals) for label in labels]
    if len(codes) == 1:
        return tuple(own)
    return tuple(_mean(design, fact, label) for fact, label in zip(own, labels, strict=True))


def similar_facts(
    design: Design, tried: Tried, project: Sequence[Fact], labels: Sequence[str]
) -> tuple[Fact, ...]:
    """Return the mean of the similar areas, a period each; of several projects' areas the mean."""
    rows = tried.similar[tried.here]
    means = design.turn * (rows @ tried.values / rows.sum(axis=1, keepdims=True)).mean(axis=0)
    codes = [tried.codes[row] for row in np.flatnonzero(rows.any(axis=0))]
    return tuple(
        derived(
            fact,
            f"similar-to-{'-'.join(design.project_codes)}",
            float(mean),
            area_code="",
            area_name="similar areas",
            rows=tuple(design.row(code, label).row for code in codes),
            method=f"mean of {len(codes)} areas",
            subgroup="",
        )
        for fact, mean, label in zip(project, means, labels, strict=True)
    )


def path_facts(
    make: FactMaker, tried: Tried, labels: Sequence[str]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Fact, ...]]:
    """Return how far the gap departed in each period, and the limits of nine areas in ten."""
    turn, project, placebos = make.design.turn, tried.project, tried.placebos
    per_spread = placebos.path / placebos.spread[:, None]
    ends = turn * np.quantile(per_spread, NINE_IN_TEN, axis=0) * project.spread[0]
    chance = "between which nine areas in ten depart by themselves"
    lines = {
        "departure": (turn * project.path[0], "gap to similar areas less its mean before"),
        "departure-low": (ends.min(axis=0), chance),
        "departure-high": (ends.max(axis=0), chance),
    }
    facts = [
        tuple(
            make.change(name, value, how, period=label)
            for value, label in zip(values.tolist(), labels, strict=True)
        )
        for name, (values, how) in lines.items()
    ]
    return facts[0], facts[1], facts[2]


def score_limits(project: Departures, placebos: Departures, turn: int) -> tuple[float, float]:
    """Return the effects between which nine areas in ten lie by themselves, the lower first."""
    wanted, unwanted = critical(placebos.score), -critical(-placebos.score)
    ends = sorted((turn * unwanted * project.spread[0], turn * wanted * project.spread[0]))
    return float(ends[0]), float(ends[1])


def _mean(design: Design, first: Fact, label: str) -> Fact:
    codes = design.project_codes
    rows = [design.row(code, label) for code in codes]
    return derived(
        first,
        f"mean-of-{'-'.join(codes[1:])}-and",
        float(np.mean([row.value for row in rows])),
        area_name=design.asked.places,
        rows=tuple(row.row for row in rows),
        method="mean of the areas of the project",
    )
