"""What is aimed at, and how many events a year lie between it and the figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ineqlib.briefings.economic_case.asked import COUNTRY, HALF, LEAST_DEPRIVED
from ineqlib.estimate import Estimate
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.levelling_up import excess_of
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.measures import excess_over_target, implied_se

MONTHS = 12


@dataclass(frozen=True)
class Aim:
    """What is aimed at."""

    target: str
    """One of `TARGETS`."""
    words: str
    """What would be, after "if"."""
    name: str
    """In few words."""
    goal: Fact


@dataclass(frozen=True)
class Way:
    """One thing to aim at, and how many events a year that is."""

    aim: Aim
    now: Fact
    """The area's figure in the period of the aim's."""
    counted: Fact
    """Events in the period."""
    yearly: Fact
    """How many fewer a year of what is adverse, or more of what is favourable, with limits."""
    share: Fact
    """That as a share of all events, in per cent."""
    se: float
    """Standard error of `yearly`."""

    @property
    def is_sure(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.yearly.limits is not None and self.yearly.limits[0] > 0


def against_least_deprived(series: Series, profile: Profile, gradient: Gradient) -> Way:
    """Aim at the figure of the least deprived group of neighbourhoods, each with a count."""
    rows = gradient.rows
    share, excess = excess_of(rows)
    assert excess is not None
    first, best = gradient.facts[0], gradient.facts[-1]
    about = {"rows": tuple(row.row for row in rows), "subgroup": "", "note": gradient.index_title}
    part = gradient.group_name
    whose = "the" if profile.area.area_type == "country" else "its"
    name = f"the least deprived {part}"
    had = f"had the figure of {whose} least deprived {part}"
    aim = Aim(LEAST_DEPRIVED, f"all neighbourhoods of {profile.area.name} {had}", name, best)
    # The fraction is of the average, so the average follows from it.
    mean = best.value / (1 + float(share.value))
    now = derived(first, "all-groups", mean, method="average of all groups", **about)
    total = float(sum(row.events for row in rows))
    ends = [-float(part) for part in (share.value, share.upper, share.lower)]
    counted = total, _months(series, rows[0])
    return _way(aim, now, counted, excess, fraction=ends, sign=_sign(series))


def against_country(series: Series, row: Row, country: Row, *, is_half: bool) -> Way:
    """Aim at the country's figure of the same period, or at the middle of the way to it."""
    now = published(row, series.indicator.decimals)
    goal = published(country, series.indicator.decimals)
    part = 0.5 if is_half else 1.0
    at = now.value + part * (goal.value - now.value)
    excess = excess_over_target(
        row.events, row.value, at, se=part * _se(row), target_se=part * _se(country)
    )
    if is_half:
        method = f"half way to {country.area_name}'s figure"
        halved = derived(now, "half-way", at, rows=now.rows + goal.rows, method=method)
        words = f"{row.area_name} came half the way to {country.area_name}'s figure"
        aim = Aim(HALF, words, f"half the gap to {country.area_name}", halved)
    else:
        words = f"{row.area_name} had {country.area_name}'s figure"
        aim = Aim(COUNTRY, words, f"{country.area_name}'s figure", goal)
    share = [float(part) / row.events for part in (excess.value, excess.lower, excess.upper)]
    counted = row.events, _months(series, row)
    return _way(aim, now, counted, excess, fraction=share, sign=_sign(series))


def _months(series: Series, row: Row) -> float:
    """Over how long events were counted: of screening within 2.5 years of a day, all of these."""
    years = series.indicator.pooling_years
    return MONTHS * years if years % 1 else row.months


def _sign(series: Series) -> float:
    """What is favourable is short of the aim, where what is adverse is beyond it."""
    return -1.0 if series.indicator.polarity == "favourable" else 1.0


def _se(row: Row) -> float:
    """Standard error of a figure: by its limits, or where it has none by its count."""
    if row.lower_ci <= row.upper_ci:
        return float(implied_se(row.lower_ci, row.upper_ci))
    if not row.events > 0:
        return 0.0
    left = 1 - row.value / 100 if row.unit == "%" else 1.0
    return float(row.value * np.sqrt(max(left, 0.0) / row.events))


def _way(
    aim: Aim,
    now: Fact,
    counted: tuple[float, float],
    excess: Estimate,
    *,
    fraction: Sequence[float],
    sign: float,
) -> Way:
    """Make the facts of one aim, given the events of how many months, and those beyond the aim.

    `fraction` is these as a fraction of all, with its limits; `sign` is 1 where events beyond the
    aim are to be avoided, -1 where those short of it are.
    """
    events, months = counted
    a_year = sign * MONTHS / months
    number, end, other_end = (a_year * float(e) for e in (excess.value, excess.lower, excess.upper))
    share, first, last = (100 * sign * part for part in fraction)
    whole: dict[str, Any] = {"decimals": 0, "unit": "", "subgroup": ""}
    return Way(
        aim,
        now,
        derived(now, "events", events, method="events counted in the period", **whole),
        derived(
            now,
            f"avoidable-{aim.target}",
            number,
            lower_ci=min(end, other_end),
            upper_ci=max(end, other_end),
            method=f"events a year if {aim.words}: {excess.method}",
            **whole,
        ),
        derived(
            now,
            f"avoidable-share-{aim.target}",
            share,
            **{**whole, "unit": "%"},
            lower_ci=min(first, last),
            upper_ci=max(first, last),
            method=f"share of all events that these are: {aim.words}",
        ),
        float(excess.se) * MONTHS / months,
    )
