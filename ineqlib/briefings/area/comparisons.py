"""Every figure at a glance: the spine charts, and the figures furthest from the country."""

from collections import Counter
from html import escape
from itertools import groupby
from typing import Any

import numpy as np

from ineqlib.briefings.area.attribution import source_line
from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.spine import spine
from ineqlib.document.blocks import Blocks, Html, bullets, heading, nothing
from ineqlib.facts.comparisons import OVERLAP, Comparison, recent
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import Profile
from ineqlib.narrative import area as words
from ineqlib.text import NO_VALUE, number, with_unit

FURTHEST = 5
MOST_ROWS = 16
"""Of one spine chart, unless one objective alone has more."""
SHORT_UNITS = ("%", "£", "years", "score", "")


def section(profile: Profile, comparisons: list[Comparison]) -> Blocks:
    """Every newest figure on one chart, then those furthest from the country."""
    if not comparisons:
        return Blocks([nothing("The pack has no figures for this area.")])
    charts = [_spine(profile, part, which) for which, part in enumerate(_parts(comparisons))]
    note = Html(
        '<p class="figure-note">The grey bar spans the areas of the same tier, where nearly all '
        "have a figure; a bar that reaches the edge goes on beyond it."
        f"{escape(_neighbours_note(profile))} With this many comparisons, about one in twenty "
        "will look different by chance alone.</p>"
    )
    return Blocks([note, *charts, *_furthest(comparisons)])


def _parts(comparisons: list[Comparison]) -> list[list[Comparison]]:
    """Part the figures between objectives, so that each chart fits a screen and a sheet."""
    parts: list[list[Comparison]] = []
    for _, found in groupby(comparisons, key=lambda each: each.indicator.objective):
        together = list(found)
        if parts and len(parts[-1]) + len(together) <= MOST_ROWS:
            parts[-1] += together
        else:
            parts.append(together)
    return parts


def _spine(profile: Profile, found: list[Comparison], which: int) -> Figure:
    rows = [_spine_row(each) for each in found]
    objectives = "; ".join(dict.fromkeys(row["objective"] for row in rows))
    labels = Labels(
        id="at-a-glance" if which == 0 else f"at-a-glance-{which + 1}",
        title=f"{profile.area.name} beside {profile.country_name}: {objectives}",
        subtitle=f"Newest figures, and their distance from {profile.country_name}; right is better",
        alt=_glance_alt(profile, found),
        source=source_line(profile, _sources(found)),
    )
    return spine(rows, labels, area=profile.area.name, country=profile.country_name)


def _neighbours_note(profile: Profile) -> str:
    if not profile.neighbours:
        return ""
    return f" The blue bar spans the most similar areas ({profile.neighbour_method})."


def _sources(comparisons: list[Comparison]) -> set[str]:
    return {fact.source for found in comparisons for fact in found.facts.values()}


def _glance_alt(profile: Profile, comparisons: list[Comparison]) -> str:
    counts = Counter(found.verdict for found in comparisons)
    parts = [f"{n} {verdict}" for verdict, n in counts.most_common()]
    return (
        f"Spine chart of {len(comparisons)} figures for {profile.area.name} against "
        f"{profile.country_name}: {', '.join(parts)}. The table below the chart has every figure."
    )


def _spine_row(found: Comparison) -> dict[str, Any]:
    objective = load_catalogue().objectives[found.indicator.objective]
    lower, upper = _placed_limits(found, found.facts.get("area"))
    neighbours = _placed_range(found, found.neighbours)
    peers = _placed_range(found, found.peers if found.is_covered else np.array([]))
    return {
        "objective": objective.public_name,
        "indicator": found.series.name + _unit_in_name(found.indicator.unit),
        "period": found.period,
        "value_text": _text(found, "area"),
        "interval_text": _interval_text(found),
        "country_text": _text(found, "country"),
        "county_text": _text(found, "county"),
        "region_text": _text(found, "region"),
        "neighbours_text": _range_text(found, found.neighbours),
        "range_text": _range_text(found, found.peers) + _coverage(found),
        "position": found.distance,
        "position_lower": lower,
        "position_upper": upper,
        "county_position": _position(found, "county"),
        "region_position": _position(found, "region"),
        "neighbour_low": neighbours[0],
        "neighbour_high": neighbours[1],
        "lowest": peers[0],
        "highest": peers[1],
        "verdict": found.verdict,
        "neutral": found.indicator.polarity == "neutral",
    }


def _unit_in_name(unit: str) -> str:
    """Units too long for the value's column stand beside the indicator's name."""
    return "" if unit in SHORT_UNITS else f", {unit}"


def _placed_limits(found: Comparison, area: Fact | None) -> tuple[float, float]:
    if area is None or area.lower_ci is None or area.upper_ci is None:
        return np.nan, np.nan
    low, high = sorted((found.place(area.lower_ci), found.place(area.upper_ci)))
    return low, high


def _placed_range(found: Comparison, values: np.ndarray) -> tuple[float, float]:
    """Return where the lowest and the highest of some values stand on the spine, left first."""
    if not len(values):
        return np.nan, np.nan
    left, right = sorted((found.place(values.min()), found.place(values.max())))
    return left, right


def _position(found: Comparison, role: str) -> float:
    return found.place(found.facts[role].value) if role in found.facts else np.nan


def _text(found: Comparison, role: str) -> str:
    if role not in found.facts:
        return NO_VALUE.get(found.missing.get(role, ""), NO_VALUE["not_applicable"])
    fact = found.facts[role]
    return f"{_written(found.indicator, fact.value)} {fact.mark}".rstrip()


def _written(indicator: Indicator, value: float) -> str:
    unit = indicator.unit if indicator.unit in SHORT_UNITS else ""
    return with_unit(number(value, indicator.decimals), unit)


def _interval_text(found: Comparison) -> str:
    area = found.facts.get("area")
    if area is None or area.lower_ci is None or area.upper_ci is None:
        return NO_VALUE["not_available"]
    limits = (number(limit, found.indicator.decimals) for limit in (area.lower_ci, area.upper_ci))
    return " to ".join(limits)


def _range_text(found: Comparison, values: np.ndarray) -> str:
    if not len(values):
        return NO_VALUE["not_available"]
    ends = (_written(found.indicator, end) for end in (values.min(), values.max()))
    return " to ".join(ends)


def _coverage(found: Comparison) -> str:
    return "" if found.is_covered else f" ({len(found.peers)} of {found.tier} areas)"


def _furthest(comparisons: list[Comparison]) -> list[Html]:
    """List the figures furthest on either side, of those that are really different."""
    blocks: list[Html] = []
    for verdict, title in (
        ("worse", "Where this area does worse"),
        ("better", "Where it does better"),
    ):
        found = [each for each in recent(comparisons) if each.verdict == verdict]
        found.sort(key=lambda each: (each.basis != OVERLAP, -abs(each.distance)))
        if found:
            blocks += [heading(title), bullets([words.compared(each) for each in found[:FURTHEST]])]
    return blocks
