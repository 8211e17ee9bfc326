"""How many events a year could be avoided: against the least deprived, or the country."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ineqlib.briefings.economic_case.asked import (
    COUNTRY,
    HALF,
    LEAST_DEPRIVED,
    TARGETS,
    Asked,
    usable,
    why_not,
)
from ineqlib.estimate import Estimate
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.gradients import Gradient, gradient_of, newest_groups
from ineqlib.facts.levelling_up import excess_of
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series, one_definition, series_shown
from ineqlib.measures import excess_over_target, implied_se
from ineqlib.observations import Dimension
from ineqlib.pack import Pack

MONTHS = 12
OFF = 0.02
"""A count over its percentage may be off the people it is out of by this share: rounding."""
MOST_INSTEAD = 5


@dataclass(frozen=True)
class Aim:
    """What is aimed at.

    Parameters
    ----------
    target
        One of `TARGETS`.
    words
        What would be, after "if".
    name
        In few words.
    goal
        The figure.
    """

    target: str
    words: str
    name: str
    goal: Fact


@dataclass(frozen=True)
class Way:
    """One thing to aim at, and how many events a year that is.

    Parameters
    ----------
    now
        The area's figure in the period of the aim's.
    counted
        Events in the period.
    yearly
        How many fewer a year of what is adverse, or more of what is favourable, with limits.
    share
        That as a share of all events, in per cent.
    se
        Standard error of `yearly`.
    """

    aim: Aim
    now: Fact
    counted: Fact
    yearly: Fact
    share: Fact
    se: float

    @property
    def is_sure(self) -> bool:
        """Whether chance alone does not explain it."""
        return self.yearly.limits is not None and self.yearly.limits[0] > 0


@dataclass(frozen=True)
class Avoidable:
    """What could be avoided, or why that cannot be told.

    Parameters
    ----------
    series
        The area's figures and the country's; None where the pack has none.
    gradient
        Groups by deprivation, of which the least deprived is aimed at; None without.
    ways
        By target, as far as the pack can answer.
    missing
        Target -> why the pack cannot answer it.
    chosen
        The target that the page is about; empty where none can be answered.
    why_not
        Why nothing can be told.
    newer
        Newest period, where that has no count.
    instead
        Names of indicators that could be asked for.
    """

    profile: Profile
    series: Series | None
    gradient: Gradient | None
    ways: dict[str, Way]
    missing: dict[str, str]
    chosen: str
    why_not: str = ""
    newer: str = ""
    instead: tuple[str, ...] = ()

    @property
    def way(self) -> Way | None:
        """What the page aims at."""
        return self.ways.get(self.chosen)


def avoidable(pack: Pack, asked: Asked) -> Avoidable:
    """Work out how many events could be avoided."""
    profile = read_profile(pack, asked.place.code, comparators=["country"], indicator_set=[])
    profile = replace(profile, indicators=(asked.indicator,))
    nothing = Avoidable(profile, None, None, {}, {}, asked.target)
    why = why_not(asked.indicator)
    shown = [s for s in series_shown(profile) if s.of("area") and asked.sex in ("", s.sex)]
    if not why and not shown:
        why = "the pack has no figures of it there"
    if why:
        return replace(nothing, why_not=why, instead=_instead(pack, asked))
    found = _ways(replace(nothing, series=shown[0]))
    if not found.ways:
        reasons = list(dict.fromkeys(found.missing.values()))
        return replace(found, why_not="; and ".join(reasons), instead=_instead(pack, asked))
    if asked.target and asked.target not in found.ways:
        return replace(found, why_not=found.missing[asked.target])
    return replace(found, chosen=asked.target or next(iter(found.ways)))


def _instead(pack: Pack, asked: Asked) -> tuple[str, ...]:
    others = [one.public_name for one in usable(pack, asked.place) if one != asked.indicator]
    return tuple(others[:MOST_INSTEAD])


def _ways(begun: Avoidable) -> Avoidable:
    series = begun.series
    assert series is not None
    ways: dict[str, Way] = {}
    missing: dict[str, str] = {}
    gradient, why = _groups(begun.profile, series)
    if gradient is None:
        missing[LEAST_DEPRIVED] = why
    else:
        ways[LEAST_DEPRIVED] = _against_least_deprived(series, begun.profile, gradient)
    row, newer = newest_count(series)
    other = _of_country(begun.profile, series, row)
    for target in (COUNTRY, HALF):
        if row is None:
            missing[target] = "the pack has no counts of it for the whole area"
        elif row.value <= 0:
            missing[target] = f"none was counted in {row.period}"
        elif isinstance(other, str):
            missing[target] = other
        else:
            ways[target] = _against_country(series, row, other, is_half=target == HALF)
    ordered = {target: ways[target] for target in TARGETS if target in ways}
    return replace(begun, gradient=gradient, ways=ordered, missing=missing, newer=newer)


def newest_count(series: Series) -> tuple[Row | None, str]:
    """Return the newest figure with a count, and the newest period where that is a later one."""
    rows = [row for row in series.of("area") if row.has_value]
    counted = [row for row in rows if row.events >= 0 and _fits(row)]
    if not counted:
        return None, ""
    return counted[-1], rows[-1].period if rows[-1] is not counted[-1] else ""


def _fits(row: Row) -> bool:
    """Whether a percentage's count is out of the people that it says."""
    if row.unit != "%" or not (row.value > 0 and row.denominator > 0):
        return True
    return bool(abs(100 * row.events / row.value / row.denominator - 1) <= OFF)


def _of_country(profile: Profile, series: Series, row: Row | None) -> Row | str:
    if "country" not in profile.places or profile.places["country"] == profile.area:
        return f"{profile.area.name} is the country itself"
    if row is not None:
        for other in series.of("country"):
            if other.has_value and other.when_and_who == row.when_and_who:
                return other
    when = f" in {row.period}" if row is not None else ""
    return f"the pack has no figure of {profile.country_name}{when} to set it against"


def _groups(profile: Profile, series: Series) -> tuple[Gradient | None, str]:
    """Return the newest groups by deprivation, or why there are none to count by."""
    is_country = profile.area.area_type == "country"
    whose = "national" if is_country else "local"
    name = profile.area.name
    rows = [
        row
        for row in profile.rows
        if row.role == "area"
        and row.sex == series.sex
        and row.dimension
        and Dimension.parse(row.dimension).whose == whose
        and Dimension.parse(row.dimension).is_deprivation
    ]
    if not rows:
        return None, f"the pack has no figures of it by deprivation inside {name}"
    newest = newest_groups(one_definition(rows, series.indicator))
    gradient = gradient_of(series.indicator, newest)
    complete = len(newest) == gradient.dimension.groups and all(row.has_value for row in newest)
    if not complete:
        return None, f"figures by deprivation inside {name} are withheld or missing for some groups"
    has_limits = all(row.lower_ci <= row.upper_ci for row in newest)
    counts = np.array([row.events for row in newest])
    if not (counts >= 0).all() or not counts.sum() > 0 or not has_limits:
        return None, f"figures by deprivation inside {name} come without counts or limits"
    return gradient, ""


def _against_least_deprived(series: Series, profile: Profile, gradient: Gradient) -> Way:
    rows = gradient.rows
    share, excess = excess_of(rows)
    assert excess is not None
    first, best = gradient.facts[0], gradient.facts[-1]
    about = {"rows": tuple(row.row for row in rows), "subgroup": ""}
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
    return _way(aim, now, (total, rows[0].months), excess, ends, _sign(series))


def _against_country(series: Series, row: Row, country: Row, *, is_half: bool) -> Way:
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
    return _way(aim, now, (row.events, row.months), excess, share, _sign(series))


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
    aim: "Aim",
    now: Fact,
    counted: tuple[float, int],
    excess: Estimate,
    fraction: Sequence[float],
    sign: float,
) -> Way:
    """Make the facts of one aim.

    Parameters
    ----------
    counted
        Events, and the months they were counted in.
    excess
        Events beyond the aim.
    fraction
        The same as a fraction of all, with its limits.
    sign
        1 where events beyond the aim are to be avoided, -1 where those short of it are.
    """
    events, months = counted
    a_year = sign * MONTHS / months
    number, one, other = (a_year * float(e) for e in (excess.value, excess.lower, excess.upper))
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
            lower_ci=min(one, other),
            upper_ci=max(one, other),
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
