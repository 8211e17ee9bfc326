"""How many events a year could be avoided: against the least deprived, or the country."""

from dataclasses import dataclass, replace
from itertools import islice

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
from ineqlib.briefings.economic_case.ways import Way, against_country, against_least_deprived
from ineqlib.catalogue import Indicator
from ineqlib.facts.comparisons import RECENT_YEARS
from ineqlib.facts.gradients import Gradient, gradient_of, newest_groups
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series, one_definition, series_shown
from ineqlib.observations import Dimension
from ineqlib.pack import Area, Pack

OFF = 0.02
"""A count over its percentage may be off the people it is out of by this share: rounding."""
MOST_INSTEAD = 5
LONG_AGO_DAYS = 366 * RECENT_YEARS


@dataclass(frozen=True)
class Avoidable:
    """What could be avoided, or why that cannot be told."""

    profile: Profile
    series: Series | None
    """The area's figures and the country's; None where the pack has none."""
    gradient: Gradient | None
    """Groups by deprivation, of which the least deprived is aimed at; None without."""
    ways: dict[str, Way]
    """By target, as far as the pack can answer."""
    missing: dict[str, str]
    """Target -> why the pack cannot answer it."""
    chosen: str
    """The target that the page is about; empty where none can be answered."""
    why_not: str = ""
    """Why nothing can be told."""
    newer: str = ""
    """Newest period, where that has no count."""
    is_old: bool = False
    """Whether what is counted ended years before the newest of the area's figures."""
    instead: tuple[str, ...] = ()
    """Names of indicators that could be asked for."""

    @property
    def way(self) -> Way | None:
        """What the page aims at."""
        return self.ways.get(self.chosen)

    @property
    def is_sure(self) -> bool:
        """Whether something could be avoided, more than chance explains."""
        return self.way is not None and self.way.is_sure


def avoidable(pack: Pack, asked: Asked) -> Avoidable:
    """Work out how many events could be avoided."""
    draft = _first_look(pack, asked.place, asked.indicator, asked.sex)
    if not draft.ways:
        return replace(draft, instead=_instead(pack, asked))
    if asked.target and asked.target not in draft.ways:
        return replace(draft, why_not=draft.missing[asked.target])
    chosen = asked.target or next(iter(draft.ways))
    return replace(draft, chosen=chosen, is_old=_is_old(pack, draft, chosen))


def _is_old(pack: Pack, draft: Avoidable, chosen: str) -> bool:
    """Whether the chosen aim's figures ended long before the newest of the area, of whatever."""
    assert draft.series is not None
    groups = draft.gradient if chosen == LEAST_DEPRIVED else None
    counted, _ = newest_count(draft.series)
    ended = groups.end if groups else counted.period_end if counted else None
    columns = ["period_end"]
    newest = pack.observations(area=draft.profile.area.code, columns=columns)["period_end"].max()
    return ended is not None and (newest - ended).days > LONG_AGO_DAYS


def worth_a_case(pack: Pack, asked: Asked) -> tuple[Asked, Avoidable]:
    """Work out what is asked; where no indicator was named, of the first with surely something."""
    first = avoidable(pack, asked)
    if first.is_sure:
        return asked, first
    for indicator in asked.possible[1:]:
        other = replace(asked, indicator=indicator)
        about = avoidable(pack, other)
        if about.is_sure:
            return other, about
    return asked, first


def _first_look(pack: Pack, place: Area, indicator: Indicator, sex: str) -> Avoidable:
    """Work out every aim that the pack can answer, or say why there is none."""
    profile = read_profile(pack, place.code, comparators=["country"], indicator_set=[])
    profile = replace(profile, indicators=(indicator,))
    nothing = Avoidable(profile, None, None, {}, {}, "")
    shown = [s for s in series_shown(profile) if s.of("area") and sex in ("", s.sex)]
    why = why_not(indicator) or ("" if shown else "the pack has no figures of it there")
    if why:
        return replace(nothing, why_not=why)
    draft = _ways(replace(nothing, series=shown[0]))
    reasons = dict.fromkeys(draft.missing.values())
    return draft if draft.ways else replace(draft, why_not="; and ".join(reasons))


def _instead(pack: Pack, asked: Asked) -> tuple[str, ...]:
    """Name a few indicators of which the pack can make a case."""
    others = (indicator for indicator in usable(pack, asked.place) if indicator != asked.indicator)
    possible = (
        indicator.public_name
        for indicator in others
        if _first_look(pack, asked.place, indicator, "").ways
    )
    return tuple(islice(possible, MOST_INSTEAD))


def _ways(draft: Avoidable) -> Avoidable:
    series = draft.series
    assert series is not None
    ways: dict[str, Way] = {}
    missing: dict[str, str] = {}
    gradient, why = _groups(draft.profile, series)
    if gradient is None:
        missing[LEAST_DEPRIVED] = why
    else:
        ways[LEAST_DEPRIVED] = against_least_deprived(series, draft.profile, gradient)
    row, newer = newest_count(series)
    other = _of_country(draft.profile, series, row)
    for target in (COUNTRY, HALF):
        if row is None:
            missing[target] = "the pack has no counts of it for the whole area"
        elif row.value <= 0:
            missing[target] = f"none was counted in {row.period}"
        elif isinstance(other, str):
            missing[target] = other
        else:
            ways[target] = against_country(series, row, other, is_half=target == HALF)
    ordered = {target: ways[target] for target in TARGETS if target in ways}
    return replace(draft, gradient=gradient, ways=ordered, missing=missing, newer=newer)


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
    if row is not None and (other := series.country.get(row.when_and_who)):
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
