"""If every neighbourhood had the figure of the best-off group: how many events fewer."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ineqlib.estimate import Estimate
from ineqlib.facts.fact import Fact, derived
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.measures import excess_events, implied_se, paf

COUNTED = ("rate", "proportion")
_PER = re.compile(r"per ([\d,]+)")
ASSUMPTIONS = (
    "This supposes that what makes the best-off neighbourhoods healthier could be had by all, "
    "that it is the only difference between them, and that nobody moves. It is a measure of "
    "scale, not a forecast."
)


@dataclass(frozen=True)
class LevellingUp:
    """The share of an indicator's events that would not be, and how many that is."""

    gradient: Gradient
    share: Fact
    """Population attributable fraction in per cent, with its interval."""
    events: Fact | None
    """How many events in the period, with the interval; None where they are not counted."""
    assumptions: str
    """What has to be true for it, in words."""


def levelling_up(profile: Profile, gradients: Sequence[Gradient]) -> Iterator[LevellingUp]:
    """Yield each adverse count whose gradient inside the area is clear by its interval."""
    rows = {row.row: row for row in profile.rows if row.dimension and row.role == "area"}
    for gradient in gradients:
        indicator = gradient.indicator
        is_counted = indicator.polarity == "adverse" and indicator.value_type in COUNTED
        slope = gradient.sii if gradient.is_clear else None
        if is_counted and slope and slope.limits and slope.value < 0:
            groups = [rows[number] for fact in gradient.facts for number in fact.rows]
            if (result := _level_up(gradient, groups)) is not None:
                yield result


def excess_of(groups: Sequence[Row]) -> tuple[Estimate, Estimate | None]:
    """Return the fraction and the number of events beyond the least deprived group's rate.

    The groups have values and limits, the most deprived first. The fraction is the least deprived
    group's value less the average, over the average: below zero where there are more events than
    that. The events are None where they are not counted.
    """
    value, people, events = (
        np.array([getattr(row, name) for row in groups])
        for name in ("value", "denominator", "events")
    )
    per = multiplier_of(groups[0].unit)
    is_counted = bool((events >= 0).all()) and per > 0
    if is_counted:
        # Of a rate standardised for age, the people of the standard's ages.
        people = np.divide(per * events, value, out=people.copy(), where=value > 0)
    limits = (np.array([getattr(row, end) for row in groups]) for end in ("lower_ci", "upper_ci"))
    share = paf(value, people, se=implied_se(*limits), reference="least_deprived")
    kind = "proportion" if groups[0].unit == "%" else "rate"
    return share, excess_events(events, people, kind=kind) if is_counted else None


def multiplier_of(unit: str) -> float:
    """Return of how many people a figure counts some; 0 where it counts none.

    Examples
    --------
    >>> multiplier_of("%"), multiplier_of("per 100,000"), multiplier_of("years")
    (100.0, 100000.0, 0.0)
    """
    matched = _PER.match(unit)
    return 100.0 if unit == "%" else float(matched[1].replace(",", "")) if matched else 0.0


def _level_up(gradient: Gradient, groups: Sequence[Row]) -> LevellingUp | None:
    estimate, excess = excess_of(groups)
    # The measure is the best-off group's less the average: of what is adverse, the smaller less
    # the larger.
    share, high, low = (
        -100 * float(part) for part in (estimate.value, estimate.lower, estimate.upper)
    )
    if not low > 0 or math.isnan(low + high):
        return None
    first = gradient.facts[0]
    about = {"rows": tuple(row.row for row in groups), "subgroup": ""}
    best = f"if every neighbourhood had the figure of the least deprived {gradient.group_name}"
    share_fact = derived(
        first,
        "levelled-up-share",
        share,
        decimals=0,
        unit="%",
        lower_ci=low,
        upper_ci=high,
        method=f"share that would not be {best}: {estimate.method}",
        **about,
    )
    events_fact = None
    if excess is not None:
        events_fact = derived(
            first,
            "levelled-up-events",
            float(excess.value),
            decimals=0,
            unit="",
            lower_ci=float(excess.lower),
            upper_ci=float(excess.upper),
            method=f"events in the period that would not be {best}: {excess.method}",
            **about,
        )
    return LevellingUp(gradient, share_fact, events_fact, ASSUMPTIONS)
