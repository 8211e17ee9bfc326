"""What is asked of an economic case, checked: of what, against what, at which costs, for whom."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ineqlib.briefings.asked import require_sex
from ineqlib.catalogue import Indicator
from ineqlib.errors import InputError, ParameterError, choose_from
from ineqlib.facts.levelling_up import multiplier_of
from ineqlib.facts.own_indicators import first_headline, indicator_named, indicators_by_id
from ineqlib.measures import Simulation
from ineqlib.measures.cost_shapes import fit_fault
from ineqlib.narrative.reader import AUDIENCES, reader_named
from ineqlib.pack import Area, Pack
from ineqlib.pack.unit_costs import UnitCosts, costs_in, read_unit_costs

LEAST_DEPRIVED, COUNTRY, HALF = "least_deprived", "country", "half_the_gap"
TARGETS = (LEAST_DEPRIVED, COUNTRY, HALF)
MOST_YEARS = 60


@dataclass(frozen=True)
class Asked:
    """What is asked, checked; see `open_economic_case`."""

    place: Area
    indicator: Indicator
    target: str
    costs: UnitCosts | None
    sex: str
    years: int
    discount_rate: float
    draws: int
    seed: int
    possible: tuple[Indicator, ...] = ()
    """What a case could be made of where no indicator was named; `indicator` is the first."""

    def simulation(self) -> Simulation:
        """Return the generator of the draws, always at its beginning."""
        return Simulation(np.random.default_rng(self.seed), draws=self.draws)


def read_asked(  # noqa: PLR0913 (what is asked of a case)
    pack: Pack,
    area: str,
    *,
    indicator: str,
    target: str,
    costs: str,
    sex: str,
    years: int,
    discount_rate: float,
    draws: int,
    seed: int,
    audience: str,
) -> Asked:
    """Check what is asked, and read the file of costs."""
    place = pack.area(area)
    _require_professional(audience)
    if target and target not in TARGETS:
        raise ParameterError(
            f"There is no target '{target}'.{choose_from(target, TARGETS)}; without one it is the "
            "first that the pack can answer."
        )
    require_sex(sex)
    if not 1 <= years <= MOST_YEARS:
        raise ParameterError(f"years={years}: expected 1 to {MOST_YEARS}.")
    if not (math.isfinite(discount_rate) and 0 <= discount_rate < 1):
        raise ParameterError(
            f"discount_rate={discount_rate}: expected a fraction a year, such as 0.035 for 3.5%, "
            "or 0 for none."
        )
    if discount_rate and years == 1:
        raise ParameterError(
            f"discount_rate={discount_rate} with years=1: a single year is not discounted. Give "
            "years too, or leave the rate out."
        )
    if seed < 0:
        raise ParameterError(f"seed={seed}: expected a whole number, zero or above.")
    given = read_unit_costs(costs) if costs else costs_in(pack)
    _require_fit(given)
    possible = () if indicator else tuple(candidates(pack, place, given))
    what = indicator_named(pack, indicator) if indicator else next(iter(possible), None)
    what = what or first_headline(pack)
    rate = float(discount_rate)
    asked = Asked(place, what, target, given, sex, years, rate, draws, seed, possible)
    asked.simulation()  # refuses a number of draws that cannot be
    return asked


def _require_fit(costs: UnitCosts | None) -> None:
    """Refuse means and limits that the distributions named could not have."""
    rows = costs.rows if costs else ()
    faults = [
        (row.label, fit_fault(row.distribution, row.low, row.central, row.high)) for row in rows
    ]
    if lines := "".join(f"\n  - {label}: {fault}." for label, fault in faults if fault):
        raise InputError(
            f"Unit costs in {costs.source if costs else ''} do not fit their distribution:{lines}"
        )


def _require_professional(audience: str) -> None:
    reader = reader_named(audience)
    if not reader.is_plain:
        return
    professionals = [name for name, other in AUDIENCES.items() if not other.is_plain]
    raise ParameterError(
        f"An economic case is for professional readers, and '{audience}' is none: a sum of money "
        "beside deaths and illness reads as a saving that can be spent, or as the price of a "
        "person, where nobody is there to talk through what was assumed. Choose from "
        f"{', '.join(professionals)}; for councillors and the public make area_briefing."
    )


def why_not(indicator: Indicator) -> str:
    """Say why no case can be made of an indicator, whatever its figures; empty where one can."""
    if indicator.modelled:
        return (
            "it is modelled: each area's figure is worked out from figures of other places, so "
            "there are no events here that were counted and could be avoided"
        )
    if indicator.sampled:
        return (
            "it comes from a survey or sample: its counts are of the people asked or looked at, "
            "not of everybody, and cannot be multiplied by what one costs"
        )
    if indicator.polarity == "neutral":
        return "neither more nor less of it is judged better, so nothing of it is avoidable"
    if not multiplier_of(indicator.unit):
        return f"it does not count events: it is measured in {indicator.unit or 'no unit'}"
    return ""


def usable(pack: Pack, place: Area) -> Iterator[Indicator]:
    """Yield the indicators with counts there of which a case could be made, the newest first."""
    columns = ["indicator_id", "count", "period_end"]
    rows = pack.observations(area=place.code, columns=columns).dropna(subset="count")
    newest = rows.groupby("indicator_id", observed=True)["period_end"].max()
    known = indicators_by_id(pack)
    counted = [name for name in known if name in newest.index]
    for name in sorted(counted, key=newest.get, reverse=True):
        if known[name].catalogued and not why_not(known[name]):
            yield known[name]


def candidates(pack: Pack, place: Area, costs: UnitCosts | None) -> list[Indicator]:
    """Return what a case could be made of: with a cost and counts, else with either."""
    known = indicators_by_id(pack)
    there = list(usable(pack, place))
    priced = dict.fromkeys(row.indicator for row in costs.rows) if costs else {}
    with_cost = [indicator for indicator in there if indicator.id in priced]
    without_counts = [known[name] for name in priced if name in known]
    return with_cost or without_counts or there
