"""The sections about the area as a whole: headlines, trends, figures of wider areas."""

from collections.abc import Sequence

from ineqlib.briefings.area.own_section import but_own_figures
from ineqlib.briefings.area.trend_figures import trend_figures
from ineqlib.document.blocks import Block, FigureGrid, Note, bullets, folded, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts, WiderFigure
from ineqlib.facts.comparisons import SLOPE, Comparison
from ineqlib.measures.trends import CANNOT
from ineqlib.narrative import area as words
from ineqlib.narrative.gaps import few_neighbourhoods
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import Period, Sentence, Strong, sentence

SHARED_YEARS = (
    "Where neighbouring points share years, they rise and fall together, and no recent trend is "
    "given: compare periods that do not overlap."
)


def headline(facts: AreaFacts) -> Section:
    """The few sentences a reader must not miss."""
    profile, leading = facts.profile, [c for c in facts.comparisons if c.indicator.headline]
    items = [words.compared(comparison) for comparison in leading if "area" in comparison.facts]
    if not any(comparison.indicator.value_type == SLOPE for comparison in leading):
        items += [
            words.gap_in_brief(gradient, gradient.sii)
            for gradient in facts.gradients
            if gradient.indicator.headline and gradient.is_clear and gradient.sii
        ]
    if facts.spread:
        place = place_inside(profile.area.name)
        few = few_neighbourhoods(facts.spread, place)
        items.append(few or words.spread(facts.spread, place, profile.country_name))
    if facts.comparisons:
        items.append(words.judged(facts.tally, profile.country_name))
    lead = (
        "Why this matters: people in poorer neighbourhoods live shorter lives, and spend more of "
        "them in ill health. The building blocks of health (a good start, learning, work, money, "
        "homes and places) are unequally shared, and that can be changed."
    )
    but_own = but_own_figures(facts)
    nothing = no_data("no-headlines", f"The pack has no figures for this area{but_own}.")
    blocks = (bullets("headlines", items) if items else nothing,)
    return Section("headline", "Headlines", blocks, sentence(lead))


def trends(facts: AreaFacts, indicators: str | Sequence[str] = ()) -> Section:
    """One small chart per indicator, all or those asked for: area, county or region, country."""
    chosen = facts.profile.known_indicators(indicators)
    shown = [trend for trend in facts.trends if trend.comparison.indicator.id in chosen]
    once = [
        comparison.series.name
        for comparison in facts.comparisons
        if comparison.periods == 1 and comparison.indicator.id in chosen
    ]
    blocks: list[Block] = []
    if shown:
        blocks.append(FigureGrid(trend_figures(facts.profile, shown)))
        if any(_shares_years(trend.comparison) for trend in shown):
            blocks.append(paragraph("shared-years", SHARED_YEARS))
        if once:
            names = "; ".join(once)
            blocks.append(
                paragraph("one-period", f"Known for one period only, so without a chart: {names}.")
            )
    else:
        of_these = " of these indicators" if indicators else ""
        why = f"The pack has no figures over time{of_these} for this area{but_own_figures(facts)}."
        blocks.append(no_data("no-trends", why))
    lead = (
        "One chart for each figure: this area, its county (or region) and the country, with the "
        "interval around this area's figure where one is published. A gap in a line is a period "
        "without a figure. A recent trend is the direction of the latest five periods by the rule "
        "published for Fingertips, given where the counts or intervals it needs are published and "
        "no two of the periods overlap."
    )
    return Section("trends", "Over time", tuple(blocks), sentence(lead))


def _shares_years(comparison: Comparison) -> bool:
    return comparison.recent_trend == CANNOT and comparison.series.has_overlaps


def wider_areas(facts: AreaFacts) -> Section:
    """Figures that exist only for the county or the country, labelled as theirs."""
    items = [_wider_item(figure) for figure in facts.wider_only if figure.facts]
    why = (
        f"The pack does not have these figures for {facts.profile.area.name}, only for wider areas "
        "it is part of. They say nothing about differences inside those."
    )
    about = folded(f"Figures without one for {facts.profile.area.name}", items)
    blocks = (Note("wider-figures", about),) if items else ()
    return Section("wider_areas", "Known only for wider areas", blocks, sentence(why))


def _wider_item(figure: WiderFigure) -> Sentence:
    places = [sentence(f"{fact.area_name} ", fact) for fact in figure.facts]
    first, *others = places
    listed = sentence(first, *((", ", place) for place in others))
    return sentence(
        Strong(figure.series.name), ", ", Period(figure.facts[0].period), ": ", listed, "."
    )
