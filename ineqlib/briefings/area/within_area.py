"""The sections about what the area's average hides, and where it stands given its deprivation."""

from ineqlib.briefings.area.within_area_figures import (
    contribution_figures,
    deprivation_line_figure,
    gradient_figures,
    most_deprived_figures,
    spread_figure,
)
from ineqlib.document.blocks import FigureBeside, FigureGrid, Paragraph, bullets, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.narrative import area as words
from ineqlib.narrative.gaps import few_neighbourhoods
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import sentence

NOT_PEOPLE = (
    "An area's deprivation is not a person's: many people in the most deprived neighbourhoods "
    "are not poor, and many people who are poor live elsewhere."
)


def deprivation(facts: AreaFacts) -> Section:
    """How the area's people spread over the national tenths of deprivation."""
    title = "What the average hides: where people live on the national range"
    spread = facts.spread
    if spread is None:
        why = "The pack has no small-area deprivation for this area."
        if facts.profile.area.area_type == "council":
            why = "The indices of deprivation are of England; other countries have their own."
        return Section("deprivation", title, (no_data("no-deprivation", why),))
    profile = facts.profile
    place = place_inside(profile.area.name)
    if few := few_neighbourhoods(spread, place):
        return Section("deprivation", title, (Paragraph("spread", few),))
    in_words = Paragraph("spread", words.spread(spread, place, profile.country_name))
    chart = spread_figure(profile, spread)
    return Section("deprivation", title, (FigureBeside(in_words, chart),))


def gradients(facts: AreaFacts) -> Section:
    """Each indicator across the area's own fifths or tenths, with its slope in words."""
    title = "The gradient inside this area"
    if not facts.gradients:
        why = "No figures by deprivation inside this area are in the pack."
        return Section("gradients", title, (no_data("no-gradients", why),))
    figures = gradient_figures(facts.profile, facts.gradients)
    if facts.by_age:
        figures += contribution_figures(facts.profile, facts.by_age)
    lead = (
        "Neighbourhoods are put in order of deprivation and cut into groups of equal size. The "
        "steps between them are the social gradient that one average hides."
    )
    blocks = (
        bullets("slopes", map(words.gradient, facts.gradients)),
        paragraph("not-people", NOT_PEOPLE),
        FigureGrid(figures),
    )
    return Section("gradients", title, blocks, sentence(lead))


def most_deprived(facts: AreaFacts) -> Section:
    """Our most deprived neighbourhoods beside the country's."""
    title = "Our most deprived neighbourhoods beside the country's"
    if not facts.most_deprived or "country" not in facts.profile.places:
        why = (
            "No figures for the country's most deprived neighbourhoods, in the same period and by "
            "the same index as this area's, are in the pack."
        )
        return Section("most_deprived", title, (no_data("no-most-deprived", why),))
    name, country = facts.profile.area.name, facts.profile.country_name
    spread = facts.spread
    sentences = [
        words.most_deprived(
            pair, name, country, is_deprived=spread is not None and spread.fills(pair.group)
        )
        for pair in facts.most_deprived
    ]
    figures = most_deprived_figures(facts.profile, facts.most_deprived)
    lead = (
        "How the most deprived neighbourhoods here compare with the most deprived neighbourhoods "
        "of the country."
    )
    blocks = (bullets("most-deprived", sentences), FigureGrid(figures))
    return Section("most_deprived", title, blocks, sentence(lead))


def deprivation_line(facts: AreaFacts) -> Section:
    """The area among all areas of its tier, by deprivation."""
    title = "Where this area stands on the country's gradient"
    if not facts.deprivation_lines:
        why = "The pack cannot place this area among others by deprivation."
        return Section("deprivation_line", title, (no_data("no-line", why),))
    lead = (
        "More deprived areas have worse health. An area above the line does better than its "
        "deprivation alone would suggest; one below it, worse."
    )
    figures = tuple(
        deprivation_line_figure(facts.profile, line) for line in facts.deprivation_lines
    )
    caution = "The line describes areas, not people, and explains nothing by itself."
    blocks = (
        bullets("against-the-line", map(words.on_the_line, facts.deprivation_lines)),
        paragraph("areas-not-people", caution),
        FigureGrid(figures),
    )
    return Section("deprivation_line", title, blocks, sentence(lead))
