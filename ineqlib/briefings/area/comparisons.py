"""Every figure at a glance: the spine charts, and the figures furthest from the country."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from math import nan

from ineqlib.briefings.area.attribution import source_line
from ineqlib.catalogue import load_catalogue
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.spine_chart import spine
from ineqlib.charts.spine_rows import SpineRow
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, bullets, heading, no_data
from ineqlib.document.model import Section
from ineqlib.errors import ParameterError, nearest
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import OVERLAP, Comparison, Range, recent
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.narrative import area as words
from ineqlib.narrative.sentence import sentence
from ineqlib.text import NO_VALUE, with_unit

FURTHEST = 5
MOST_ROWS = 16
"""Of one spine chart, unless one objective alone has more."""
SHORT_UNITS = ("%", "£", "years", "score", "")


def at_a_glance(facts: AreaFacts, objective: str = "") -> Section:
    """Every newest figure on spine charts, or those of one objective; then the furthest."""
    shown = _of_objective(facts.comparisons, objective)
    lead = (
        "The newest figures that the pack holds for this area, beside the wider areas it is part "
        "of and the areas most like it, as far as they are known. Figures are grouped by the "
        "objective of the Marmot reviews they belong to."
    )
    if not shown:
        of_objective = " of this objective" if objective else ""
        why = f"The pack has no figures{of_objective} for this area."
        blocks: tuple[Block, ...] = (no_data("no-figures", why),)
    else:
        parts = enumerate(_parts(shown))
        spines = tuple(_spine(facts, part, which) for which, part in parts)
        lists = _furthest([each for each in recent(facts.comparisons) if each in shown])
        blocks = (_note(facts), FigureGrid(spines), *lists)
    return Section("at_a_glance", "At a glance", blocks, sentence(lead))


def _of_objective(comparisons: Sequence[Comparison], objective: str) -> Sequence[Comparison]:
    """Keep the figures of one objective, by its id or name; all where none is given."""
    if not objective:
        return comparisons
    objectives = load_catalogue().objectives.values()
    names = {
        _spelt(word): each.id
        for each in objectives
        for word in (each.id, each.name, each.public_name)
    }
    short = [_spelt(each.public_name) for each in objectives]
    wanted = _spelt(objective)
    if wanted not in names:
        raise ParameterError(
            f"There is no objective '{objective}'.{nearest(wanted, names)} "
            f"Choose from {', '.join(short)}."
        )
    return [each for each in comparisons if each.indicator.objective == names[wanted]]


def _spelt(name: str) -> str:
    return name.casefold().replace(" ", "_")


def _note(facts: AreaFacts) -> Paragraph:
    profile = facts.profile
    similar = (
        f" The blue bar spans the most similar areas ({profile.neighbour_method})."
        if profile.neighbours
        else ""
    )
    return Paragraph(
        "how-to-read",
        sentence(
            "The grey bar spans the areas of the same tier, where nearly all have a figure; a bar "
            f"that reaches the edge goes on beyond it.{similar} With this many comparisons, about "
            "one in twenty will look different by chance alone."
        ),
        "note",
    )


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


def _spine(facts: AreaFacts, part: Sequence[Comparison], which: int) -> Figure:
    area, country = facts.profile.area.name, facts.profile.country_name
    rows = [_spine_row(comparison) for comparison in part]
    objectives = "; ".join(dict.fromkeys(row.objective for row in rows))
    sources = {fact.source for comparison in part for fact in comparison.facts.values()}
    labels = Labels(
        id="at-a-glance" if which == 0 else f"at-a-glance-{which + 1}",
        title=f"{area} beside {country}: {objectives}",
        subtitle=f"Newest figures, and their distance from {country}; right is better",
        alt=_glance_alt(area, country, part),
        source=source_line(facts.profile, sources),
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


def _furthest(of_late: Sequence[Comparison]) -> list[Block]:
    """List the figures furthest on either side, of those that are really different."""
    blocks: list[Block] = []
    for verdict, title in (
        ("worse", "Where this area does worse"),
        ("better", "Where it does better"),
    ):
        judged = [each for each in of_late if each.verdict == verdict]
        judged.sort(key=lambda each: (each.basis != OVERLAP, -abs(each.distance)))
        if judged:
            items = [words.compared(each) for each in judged[:FURTHEST]]
            blocks += [heading(title), bullets(f"furthest-{verdict}", items)]
    return blocks
