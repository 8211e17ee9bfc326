"""Spine charts of an area's newest figures, with their words."""

from collections.abc import Sequence
from itertools import groupby
from math import isnan, nan
from typing import Any

from ineqlib.catalogue import load_catalogue
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.spine_chart import spine
from ineqlib.charts.spine_rows import SpineRow
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.attribution import short_source
from ineqlib.facts.comparisons import JUDGED, LIKELY, SLOPE, Comparison, recent
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.facts.ranges import Range
from ineqlib.facts.standing import Standing
from ineqlib.narrative.area import BESIDE
from ineqlib.text import NO_VALUE, with_unit

MOST_ROWS = 16
"""Of one spine chart, unless one objective alone has more."""
SHORT_UNITS = ("%", "£", "years", "score", "")
VERDICTS = ("worse", "probably worse", "similar", "probably better", "better")
"""As a title counts them."""
OWN_FIGURES = "Own figures"
"""What figures are called together that the council keeps itself."""
NAMED = 3
"""Figures whose values an alternative text gives, on either side."""


def spine_figures(
    facts: AreaFacts, comparisons: Sequence[Comparison], name: str = "at-a-glance"
) -> tuple[Figure, ...]:
    """Draw newest figures beside the country's, parted so that each chart fits a screen.

    In each objective the figure furthest behind comes first; what cannot be placed, and figures
    too old to speak of today, come last. The figures are known by `name`, and a number.
    """
    of_late = {id(comparison) for comparison in recent(facts.comparisons)}
    older = {id(comparison) for comparison in comparisons} - of_late
    parts = enumerate(_parts(comparisons, older))
    return tuple(
        _spine(facts, part, older, f"{name}-{which + 1}" if which else name)
        for which, part in parts
    )


def _parts(comparisons: Sequence[Comparison], older: set[int]) -> list[list[Comparison]]:
    """Part the figures between objectives, so that each chart fits a screen and a sheet."""
    parts: list[list[Comparison]] = []
    for _, of_objective in groupby(comparisons, key=lambda figure: figure.indicator.objective):
        together = sorted(of_objective, key=lambda figure: (id(figure) in older, *_order(figure)))
        if parts and len(parts[-1]) + len(together) <= MOST_ROWS:
            parts[-1] += together
        else:
            parts.append(together)
    return parts


def _order(comparison: Comparison) -> tuple[bool, bool, float]:
    distance = _distance(comparison)
    return isnan(distance), _is_neutral(comparison), 0.0 if isnan(distance) else distance


def _distance(comparison: Comparison) -> float:
    """Return where the area stands; a gap inside it does not compare with the whole country's."""
    return nan if comparison.indicator.value_type == SLOPE else comparison.distance


def _is_neutral(comparison: Comparison) -> bool:
    return comparison.indicator.polarity == "neutral"


def _spine(facts: AreaFacts, part: Sequence[Comparison], older: set[int], name: str) -> Figure:
    profile = facts.profile
    area, country = profile.area.name, profile.country_name
    above = "county" if "county" in profile.places else "region"
    rows = [spine_row(comparison, above, id(comparison) in older) for comparison in part]
    objectives = dict.fromkeys(comparison.indicator.objective for comparison in part)
    findings = [_finding(facts, objective) for objective in objectives]
    if not any(findings):
        findings = ["Nothing that can be judged"]
    sources = {fact.source for comparison in part for fact in comparison.facts.values()}
    labels = Labels(
        id=name,
        title=f"{area} beside {country}. {'; '.join(filter(None, findings))}",
        subtitle=f"Newest figures by their distance from {country}, the furthest behind first",
        alt=glance_alt(area, country, [figure for figure in part if id(figure) not in older]),
        source=short_source(profile.pack, sources),
    )
    higher = profile.places[above].name if above in profile.places else ""
    return spine(rows, labels, area=area, country=country, above=higher)


def _finding(facts: AreaFacts, objective: str) -> str:
    """Count the verdicts of an objective ("Good work: 2 worse, 5 similar"); empty without any."""
    name = _objective_name(objective)
    counts = facts.tally_by_objective.get(objective, {})
    said = [f"{counts[verdict].text} {verdict}" for verdict in VERDICTS if counts]
    said = [words for words in said if not words.startswith("0 ")]
    return f"{name}: {', '.join(said)}" if said else ""


def _objective_name(objective: str) -> str:
    return load_catalogue().objectives[objective].public_name if objective else OWN_FIGURES


def glance_alt(area: str, country: str, of_late: Sequence[Comparison]) -> str:
    """Say the message: what is worse and better, the furthest with their figures."""
    sentences = []
    compared = [figure for figure in of_late if figure.verdict in JUDGED or figure.likely]
    if not compared:
        sentences.append(f"No figure is judged better or worse than {country}.")
    for verdict in (*LIKELY, "better", "worse")[::-1]:
        judged = [figure for figure in of_late if verdict in (figure.verdict, figure.likely)]
        judged.sort(key=lambda figure: -abs(figure.distance))
        if judged:
            first = [_with_values(figure) for figure in judged[:NAMED]]
            rest = [figure.series.name for figure in judged[NAMED:]]
            sentences.append(f"{verdict.capitalize()} than {country}: {'; '.join(first + rest)}.")
        elif compared and verdict not in LIKELY:
            sentences.append(f"None is {verdict} than {country}.")
    similar = [figure.series.name for figure in of_late if figure.verdict == "similar"]
    if similar:
        sentences.append(f"Similar: {'; '.join(similar)}.")
    others = [figure for figure in of_late if figure.verdict not in JUDGED and not figure.likely]
    if others:
        unjudged = "; ".join(map(_with_values, others))
        sentences.append(f"Not judged: {unjudged}.")
    return f"Spine chart of {area}. {' '.join(sentences)}"


def _with_values(comparison: Comparison) -> str:
    area, country = (comparison.facts.get(role) for role in ("area", "country"))
    if area is None:
        elsewhere = f", {country.text} in {country.area_name}" if country else ""
        return f"{comparison.series.name}, no figure here{elsewhere}"
    against = f" against {country.text}" if country else ""
    return f"{comparison.series.name}, {area.text}{against}"


def spine_row(comparison: Comparison, above: str, is_older: bool) -> SpineRow:
    """Return where a figure stands on a spine, under its objective."""
    indicator = comparison.indicator
    area = comparison.facts.get("area")
    near, all_areas = comparison.neighbours, comparison.peers
    row = SpineRow(
        objective=_objective_name(indicator.objective),
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
        verdict=f"{verdict_text(comparison)}{', older figure' * is_older}",
        rank_text=rank_text(comparison.standing),
        look="older" if is_older else _look_of(comparison),
        is_neutral=_is_neutral(comparison) and not isnan(_distance(comparison)),
    )
    if isnan(_distance(comparison)):
        return row
    lower, upper = _placed(comparison, area.limits if area else None)
    neighbour_low, neighbour_high = _placed(comparison, _ends(near))
    lowest, highest = _placed(
        comparison, _ends(all_areas if all_areas and all_areas.is_covered else None)
    )
    positions: dict[str, Any] = {f"{above}_position": _position(comparison, above)}
    return row._replace(
        position=comparison.distance,
        position_lower=lower,
        position_upper=upper,
        neighbour_low=neighbour_low,
        neighbour_high=neighbour_high,
        lowest=lowest,
        highest=highest,
        **positions,
    )


def verdict_text(comparison: Comparison) -> str:
    """Say in a few words how a figure compares with the country's; never only that it does not."""
    area, country = comparison.facts.get("area"), comparison.facts.get("country")
    if area is None:
        return "no figure"
    if comparison.indicator.value_type == SLOPE:
        return "gap inside the area, unlike the whole country's"
    if comparison.verdict in BESIDE:
        return comparison.verdict
    if country is None:
        return "no figure of the country's"
    side, seen, neutral = comparison.side, comparison.evidence, _is_neutral(comparison)
    if seen is None or side == "level":
        return "the same"
    if comparison.likely:
        return comparison.likely
    return "about the same" if seen.basis == "unrest" and not neutral else f"{side}, unsure"


def rank_text(standing: Standing | None) -> str:
    """Write a rank: "rank 12 of 296", and from which end it counts where that is not the worst."""
    if standing is None:
        return ""
    from_highest = " (1 is highest)" if standing.counted_from == "highest" else ""
    return f"rank {standing.rank.text} of {standing.among.text}{from_highest}"


def _look_of(comparison: Comparison) -> str:
    if _is_neutral(comparison) or comparison.verdict in ("higher", "lower"):
        return "no judgement"
    return comparison.verdict if comparison.verdict in JUDGED else "no interval"


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
    if across is None or across.coverage is None:
        return ""
    counted, expected = across.coverage
    return f" ({counted.text} of {expected.text} areas)"
