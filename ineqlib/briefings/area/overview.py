"""The sections about the area as a whole: headline, trends, figures of wider areas."""

from collections import Counter
from html import escape
from typing import Any

from ineqlib.briefings.area.attribution import source_line
from ineqlib.catalogue import Indicator
from ineqlib.charts.figure import Labels
from ineqlib.charts.trend import trend
from ineqlib.document.blocks import (
    Blocks,
    Html,
    bullets,
    heading,
    nothing,
    paragraph,
    shown,
)
from ineqlib.facts.comparisons import Comparison, recent
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series, trend_points
from ineqlib.narrative import area as words
from ineqlib.text import number, plural, series_name, slug, when, with_unit

PUBLISHED_GAP = "life_expectancy_inequality"
HEADLINE = ("life_expectancy", "healthy_life_expectancy", PUBLISHED_GAP)


def headline(
    profile: Profile,
    comparisons: list[Comparison],
    spread: Spread | None,
    gradients: list[Gradient],
) -> Html:
    """The few sentences a reader must not miss."""
    items = [
        words.compared(found)
        for found in comparisons
        if found.indicator.id in HEADLINE and "area" in found.facts
    ]
    if not any(found.indicator.id == PUBLISHED_GAP for found in comparisons):
        items += [
            words.gap_in_brief(found)
            for found in gradients
            if found.indicator.id in HEADLINE and found.is_clear
        ]
    if spread:
        items.append(words.spread(spread, profile.area.name, profile.country_name))
    if comparisons:
        items.append(_tally(profile, comparisons))
    body = bullets(items).html if items else "<p>The pack has no figures for this area.</p>"
    return Html(
        f'<section class="headline" data-area-code="{escape(profile.area.code)}" '
        f'data-area-name="{escape(profile.area.name)}" aria-label="Headlines">{body}</section>'
    )


def summary(profile: Profile, comparisons: list[Comparison]) -> str:
    """One plain line for the index page: how many figures are better, similar and worse."""
    counts = Counter(found.verdict for found in recent(comparisons))
    parts = [f"{counts[verdict]} {verdict}" for verdict in ("better", "similar", "worse")]
    return f"Against {profile.country_name}: {', '.join(parts)}"


def _tally(profile: Profile, comparisons: list[Comparison]) -> str:
    counts = Counter(found.verdict for found in recent(comparisons))

    def count(name: str, value: int) -> str:
        fact = Fact(
            id=slug(f"count-{name}-{profile.area.code}"),
            value=value,
            text=str(value),
            area_code=profile.area.code,
            area_name=profile.area.name,
            method=f"count of this briefing's newest figures: {name}",
        )
        return shown(profile.book.add(fact))

    total = sum(counts[verdict] for verdict in ("better", "similar", "worse"))
    return (
        f"Of {count('judged', total)} recent figures that can be compared with "
        f"{escape(profile.country_name)}: {count('better', counts['better'])} better, "
        f"{count('similar', counts['similar'])} similar, {count('worse', counts['worse'])} worse."
    )


def trends(profile: Profile, comparisons: list[Comparison]) -> Blocks:
    """One small chart per indicator: the area, its county or region, and the country over time."""
    roles: list[str] = [
        role
        for role in ("area", "county" if "county" in profile.places else "region", "country")
        if role in profile.places
    ]
    blocks = Blocks(_trend(profile, found, roles) for found in comparisons if found.periods > 1)
    if not blocks:
        return Blocks([nothing("The pack has no figures over time for this area.")])
    once = [found.series.name for found in comparisons if found.periods == 1]
    if once:
        blocks.append(
            paragraph(f"Known for one period only, so without a chart: {escape('; '.join(once))}.")
        )
    return blocks


def _trend(profile: Profile, found: Comparison, roles: list[str]) -> object:
    points = trend_points(found.series, roles)
    indicator = found.indicator
    labels = Labels(
        id=slug(f"trend-{indicator.id}-{found.series.sex}"),
        title=_trend_title(profile, found),
        subtitle=_measure(indicator, found.series),
        alt=_trend_alt(points, indicator),
        source=source_line(profile, {row.source for row in found.series.rows}),
    )
    return trend(points, labels, unit=indicator.unit, decimals=indicator.decimals)


def _measure(indicator: Indicator, series: Series) -> str:
    pooled = f", {series.months // 12} years together" if series.months >= 24 else ""
    return f"{series_name(indicator.name, series.sex)} ({indicator.unit}){pooled}"


def _trend_title(profile: Profile, found: Comparison) -> str:
    against = words.BESIDE.get(found.verdict)
    if against:
        return f"{found.series.name}: {against} {profile.country_name} {when(found.period)}"
    return f"{found.series.name}, to {found.period}"


def _trend_alt(points: list[dict[str, Any]], indicator: Indicator) -> str:
    sentences = []
    held = [point for point in points if "value" in point]
    for place in dict.fromkeys(point["place"] for point in held):
        own = [point for point in held if point["place"] == place]
        texts = [
            f"{with_unit(number(point['value'], indicator.decimals), indicator.unit)} in "
            f"{point['period']}"
            for point in (own[0], own[-1])
        ]
        moved = texts[1] if len(own) == 1 else f"from {texts[0]} to {texts[1]}"
        sentences.append(f"{place}: {moved}.")
    periods = plural(len({point["period"] for point in held}), "period")
    return f"Line chart over {periods}. {' '.join(sentences)}"


def above_only(profile: Profile, series: list[Series]) -> Blocks:
    """Figures that exist only for the county or the country, labelled as theirs."""
    items = []
    for each in series:
        held = [row for row in each.rows if row.has_value]
        if held:
            newest = max(row.period_end for row in held)
            items.append(
                _above_item(profile, each, [row for row in held if row.period_end == newest])
            )
    if not items:
        return Blocks()
    why = (
        f"The pack has no figures of these for {escape(profile.area.name)}. Those shown are the "
        "wider area's, and say nothing about differences inside it."
    )
    return Blocks([heading("Known only for wider areas"), paragraph(why), bullets(items)])


def _above_item(profile: Profile, series: Series, newest: list[Row]) -> str:
    facts = [profile.book.add(published(row, series.indicator.decimals)) for row in newest]
    parts = ", ".join(f"{escape(fact.area_name)} {shown(fact)}" for fact in facts)
    return f"<strong>{escape(series.name)}</strong>, {words.period(facts[0].period)}: {parts}."
