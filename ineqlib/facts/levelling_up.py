"""If every neighbourhood had the figure of the best-off group: how many events fewer."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ineqlib.facts.fact import Fact, derived
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.measures import implied_se, paf

COUNTED = ("rate", "proportion")
ASSUMPTIONS = (
    "This supposes that what makes the best-off neighbourhoods healthier could be had by all, "
    "that it is the only difference between them, and that nobody moves. It is a measure of "
    "scale, not a forecast."
)


@dataclass(frozen=True)
class LevellingUp:
    """The share of an indicator's events that would not be, and how many that is.

    Parameters
    ----------
    gradient
        The groups.
    share
        Population attributable fraction in per cent, with its interval.
    events
        How many events in the period, with the interval; None where they are not counted.
    assumptions
        What has to be true for it, in words.
    """

    gradient: Gradient
    share: Fact
    events: Fact | None
    assumptions: str


def levelling_up(profile: Profile, gradients: Sequence[Gradient]) -> Iterator[LevellingUp]:
    """Yield each adverse count whose gradient inside the area is clear."""
    rows = {row.row: row for row in profile.rows if row.dimension and row.role == "area"}
    for gradient in gradients:
        indicator = gradient.indicator
        is_counted = indicator.polarity == "adverse" and indicator.value_type in COUNTED
        if is_counted and gradient.is_clear and gradient.sii and gradient.sii.value < 0:
            groups = [rows[number] for fact in gradient.facts for number in fact.rows]
            if (result := _level_up(gradient, groups)) is not None:
                yield result


def _level_up(gradient: Gradient, groups: Sequence[Row]) -> LevellingUp | None:
    value, people, events = (
        np.array([getattr(row, name) for row in groups])
        for name in ("value", "denominator", "events")
    )
    limits = (np.array([getattr(row, end) for row in groups]) for end in ("lower_ci", "upper_ci"))
    estimate = paf(value, people, se=implied_se(*limits), reference="least_deprived")
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
    total = float(events.sum())
    events_fact = None
    if not math.isnan(total):
        events_fact = derived(
            first,
            "levelled-up-events",
            total * share / 100,
            decimals=0,
            unit="",
            lower_ci=total * low / 100,
            upper_ci=total * high / 100,
            method=f"events in the period that would not be {best}: that share of {total:,.0f}",
            **about,
        )
    return LevellingUp(gradient, share_fact, events_fact, ASSUMPTIONS)
