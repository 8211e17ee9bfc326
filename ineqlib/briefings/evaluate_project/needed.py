"""What it would take to tell: more years, or more areas and so more people."""

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from ineqlib.briefings.evaluate_project.design import CannotEvaluate, Design, Tried, try_all
from ineqlib.briefings.evaluate_project.make_facts import FactMaker
from ineqlib.errors import PackError, ParameterError
from ineqlib.facts.beside_similar import MOST_PERIODS
from ineqlib.facts.fact import Fact
from ineqlib.facts.rows import Row
from ineqlib.measures.placebo import POWER, detectable, power
from ineqlib.pack import Pack


@dataclass(frozen=True)
class Needed:
    """What would be needed to find a change of the size hoped for, four times in five."""

    years: Fact | None
    """Further figures like those since the start; None where five in all would not do, or where the
    past is too short to say."""
    areas: Fact | None
    people: Fact | None
    """Areas like this one with the same project, with the figures there are now, and how many
    people live in as many; None where one would do, or where the pack does not know."""


def needed(pack: Pack, tried: Tried, hoped: float, make: FactMaker) -> Needed:
    """Work out what would be needed, from how areas moved over as many years in the past."""
    design, spread = make.design, float(tried.project.spread[0])
    years = _more_years(design, hoped, spread)
    ratio = float(detectable(spread, tried.placebos)) / hoped if hoped else math.inf
    areas = math.ceil(ratio**2) * len(tried.here) if math.isfinite(ratio) else 0
    many = len(tried.here) < areas <= len(tried.codes)
    return Needed(
        make.count("years-needed", years, "further figures needed") if years else None,
        make.count("areas-needed", areas, "areas needed, taken as independent") if many else None,
        _people(pack, design, areas, make) if many else None,
    )


def _more_years(design: Design, hoped: float, spread: float) -> int:
    """Return how many more figures find the change hoped for; 0 where none that can be tried do."""
    labels = single_periods(list(design.figures[design.project_codes[0]].values()))
    before, after = len(design.before), len(design.after)
    for many in range(after + 1, MOST_PERIODS + 1):
        window = labels[-before - many :]
        if len(window) < before + many:
            return 0
        with suppress(CannotEvaluate):
            past = try_all(design, window[:before], window[before:])
            if float(power(hoped, spread, past.placebos)) >= POWER:
                return many - after
    return 0


def single_periods(rows: Sequence[Row]) -> list[str]:
    """Return the labels of periods that share no day, the newest first taken, oldest first."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: row.period_end, reverse=True):
        if not kept or row.period_end < kept[-1].period_start:
            kept.append(row)
    return [row.period for row in reversed(kept)]


def _people(pack: Pack, design: Design, areas: int, make: FactMaker) -> Fact | None:
    """Return how many people live in as many areas like those of the project."""
    with suppress(PackError, ParameterError):
        people = pack.population([area.code for area in design.asked.areas])["population"]
        total = float(np.mean(people)) * areas
        # Two figures say all that is known of areas yet to be found.
        digits = 1 - math.floor(math.log10(total))
        return make.count("people-needed", round(total, digits), "people in as many such areas")
    return None
