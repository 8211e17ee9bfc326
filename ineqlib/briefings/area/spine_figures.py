"""Spine charts of an area's newest figures, with their words."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from math import nan

from ineqlib.briefings.area.attribution import source_line
from ineqlib.catalogue import load_catalogue
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.spine_chart import spine
from ineqlib.charts.spine_rows import SpineRow
from ineqlib.facts.comparisons import Comparison, Range
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.facts.profile import Profile
from ineqlib.text import NO_VALUE, with_unit

MOST_ROWS = 16
"""Of one spine chart, unless one objective alone has more."""
SHORT_UNITS = ("%", "£", "years", "score", "")


def spine_figures(profile: Profile, comparisons: Sequence[Comparison]) -> tuple[Figure, ...]:
    """Draw newest figures beside the country's, parted so that each chart fits a screen."""
    parts = enumerate(_parts(comparisons))
    return tuple(_spine(profile, part, which) for which, part in parts)


def _parts(comparisons: Sequence[Comparison]) -> list[list[Comparison]]:
    """Part the figures between objectives, so that each chart fits a screen and a sheet."""
    parts: list[list[Comparison]] = []
    for _, of_objective in groupby(comparisons, key=lambda each: each.indicator.objective):
        together = list(of_objective)
        if parts and len(parts[-1]) + len(together) <= MOST_ROWS:
            parts[-1] += together
        else:
            parts.append(together)
    return parts


def _spine(profile: Profile, part: Sequence[Comparison], which: int) -> Figure:
    area, country = profile.area.name, profile.country_name
    rows = [_spine_row(comparison) for comparison in part]
    objectives = "; ".join(dict.fromkeys(row.objective for row in rows))
    sources = {fact.source for comparison in part for fact in comparison.facts.values()}
    labels = Labels(
        id="at-a-glance" if which == 0 else f"at-a-glance-{which + 1}",
        title=f"{area} beside {country}: {objectives}",
        subtitle=f"Newest figures, and their distance from {country}; right is better",
        alt=_glance_alt(area, country, part),
        source=source_line(profile, sources),
    )
    return spine(rows, labels, area=area, country=country)


def _glance_alt(area: str, country: str, comparisons: Sequence[Comparison]) -> str:
    by_verdict: dict[str, list[str]] = defaultdict(list)
    for comparison in comparisons:
        by_verdict[comparison.verdict].append(comparison.series.name)
    parts = [f"{verdict}: {'; '.join(names)}." for verdict, names in by_verdict.items()]
    return (
        f"Spine chart of {area} against {country}. {' '.join(map(_capital, parts))} The table "
        "below the chart has every figure."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spine_row(comparison: Comparison) -> SpineRow:
    indicator = comparison.indicator
    area = comparison.facts.get("area")
    lower, upper = _placed(comparison, area.limits if area else None)
    near, all_areas = comparison.neighbours, comparison.peers
    neighbour_low, neighbour_high = _placed(comparison, _ends(near))
    lowest, highest = _placed(
        comparison, _ends(all_areas if all_areas and all_areas.is_covered else None)
    )
    return SpineRow(
        objective=load_catalogue().objectives[indicator.objective].public_name,
        indicator=comparison.series.name + _unit_in_name(indicator.unit),
        period=comparison.period,
        value_text=_text(comparison, "area"),
        interval_text=interval_text(area),
        country_text=_text(comparison, "country"),
        county_text=_text(comparison, "county"),
        region_text=_text(comparison, "region"),
        neighbours_text=_range_text(near),
        range_text=_range_text(all_areas) + _coverage(all_areas),
        trend_text=comparison.recent_trend,
        verdict=comparison.verdict,
        is_neutral=indicator.polarity == "neutral",
        position=comparison.distance,
        position_lower=lower,
        position_upper=upper,
        county_position=_position(comparison, "county"),
        region_position=_position(comparison, "region"),
        neighbour_low=neighbour_low,
        neighbour_high=neighbour_high,
        lowest=lowest,
        highest=highest,
    )


def _unit_in_name(unit: str) -> str:
    """Units too long for the value's column stand beside the indicator's name."""
    return "" if unit in SHORT_UNITS else f", {unit}"


def _ends(across: Range | None) -> tuple[float, float] | None:
    return (across.lowest.value, across.highest.value) if across else None


def _placed(comparison: Comparison, ends: tuple[float, float] | None) -> tuple[float, float]:
    """Return where two values stand on the spine, left first; nowhere where there are none."""
    if ends is None:
        return nan, nan
    left, right = sorted(map(comparison.place, ends))
    return left, right


def _position(comparison: Comparison, role: str) -> float:
    return comparison.place(comparison.facts[role].value) if role in comparison.facts else nan


def _text(comparison: Comparison, role: str) -> str:
    if role not in comparison.facts:
        return NO_VALUE.get(comparison.missing.get(role, ""), NO_VALUE["not_applicable"])
    fact = comparison.facts[role]
    return f"{_short(fact)} {fact.mark}".rstrip()


def _short(fact: Fact) -> str:
    """Return a fact's number with its unit where that fits into the column."""
    return with_unit(fact.number, fact.unit if fact.unit in SHORT_UNITS else "")


def _range_text(across: Range | None) -> str:
    if across is None:
        return NO_VALUE["not_available"]
    return f"{_short(across.lowest)} to {_short(across.highest)}"


def _coverage(across: Range | None) -> str:
    if across is None or across.is_covered:
        return ""
    return f" ({across.counted.text} of {across.expected.text} areas)"
