"""The sections about what the area's average hides, and where it stands given its deprivation."""

from ineqlib.briefings.area.attribution import index_source, source_line
from ineqlib.catalogue.indices import index_title
from ineqlib.charts.beside_chart import beside
from ineqlib.charts.deprivation_line_chart import deprivation_line as line_chart
from ineqlib.charts.distribution_chart import distribution, tenth_name
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient as gradient_chart
from ineqlib.document.blocks import FigureBeside, FigureGrid, Paragraph, bullets, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.deprivation_line import DeprivationLine
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.most_deprived_group import MostDeprivedPair
from ineqlib.facts.profile import Profile
from ineqlib.narrative import area as words
from ineqlib.narrative.sentence import sentence
from ineqlib.text import slug

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
    name, country = facts.profile.area.name, facts.profile.country_name
    shares = (f"{tenth_name(tenth.decile)}: {tenth.share.text}." for tenth in spread.tenths)
    labels = Labels(
        id="deprivation-spread",
        title=f"{spread.most.text} of {name}'s {spread.unit} are in {country}'s poorest fifth",
        subtitle=f"Share of {spread.unit} by national tenth of deprivation, {spread.index_title}",
        alt=(
            f"Bar chart of {name}'s {spread.unit} by national tenth of deprivation. "
            f"{' '.join(shares)} {country} has {spread.even.text} in each tenth."
        ),
        source=source_line(facts.profile, [index_source(spread.index)]),
    )
    chart = distribution(spread.tenths, spread.even, labels, unit=spread.unit, country=country)
    in_words = Paragraph("spread", words.spread(spread, name, country))
    return Section("deprivation", title, (FigureBeside(in_words, chart),))


def gradients(facts: AreaFacts) -> Section:
    """Each indicator across the area's own fifths or tenths, with its slope in words."""
    title = "The gradient inside this area"
    if not facts.gradients:
        why = "No figures by deprivation inside this area are in the pack."
        return Section("gradients", title, (no_data("no-gradients", why),))
    figures = tuple(_gradient_figure(facts.profile, each) for each in facts.gradients)
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


def _gradient_figure(profile: Profile, inside: Gradient) -> Figure:
    indicator = inside.indicator
    texts = ", ".join(f"{fact.subgroup or 'group'} {fact.text}" for fact in inside.facts)
    groups = words.groups_in_words(inside)
    labels = Labels(
        id=slug(f"gradient-{indicator.id}-{inside.sex}"),
        title=_gradient_title(profile, inside),
        subtitle=(
            f"{indicator.name} by {inside.group_name} of {profile.area.name}'s own "
            f"neighbourhoods, {inside.period} ({inside.index_title})"
        ),
        alt=f"Chart of {groups}, most deprived first: {texts}.",
        source=source_line(profile, {fact.source for fact in inside.facts}),
        note=f"{groups.capitalize()}, linear scale, weighted by population." if inside.sii else "",
    )
    return gradient_chart(inside.groups, inside.line, labels, unit=indicator.unit)


def _gradient_title(profile: Profile, inside: Gradient) -> str:
    if inside.sii is None:
        return f"{inside.name} by deprivation inside {profile.area.name}"
    if not inside.is_clear:
        return f"{inside.name}: no clear gradient inside {profile.area.name}"
    return f"{inside.name}: a gap of {inside.sii.size} inside {profile.area.name}"


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
    sentences = [words.most_deprived(pair, name, country) for pair in facts.most_deprived]
    figures = tuple(_pair_figure(facts.profile, pair) for pair in facts.most_deprived)
    lead = (
        "An area that looks well off on average can still leave its most deprived neighbourhoods "
        "with worse health than the most deprived neighbourhoods elsewhere."
    )
    blocks = (bullets("most-deprived", sentences), FigureGrid(figures))
    return Section("most_deprived", title, blocks, sentence(lead))


def _pair_figure(profile: Profile, pair: MostDeprivedPair) -> Figure:
    name, country = profile.area.name, profile.country_name
    ours = "national" if pair.like_for_like else "own"
    places = {
        "area_most_deprived": f"{name}, most deprived {pair.group} ({ours})",
        "area_average": f"{name}, average",
        "country_most_deprived": f"{country}, most deprived {pair.group}",
        "country_average": f"{country}, average",
    }
    texts = "; ".join(f"{places[role]}: {fact.text}" for role, fact in pair.facts.items())
    labels = Labels(
        id=slug(f"most-deprived-{pair.indicator.id}-{pair.sex}"),
        title=f"{pair.name}: our most deprived {pair.group} beside {country}'s",
        subtitle=f"{pair.indicator.name} ({pair.indicator.unit}), {pair.period}",
        alt=f"Dot chart with intervals. {texts}.",
        source=source_line(profile, {fact.source for fact in pair.facts.values()}),
    )
    return beside(pair.facts, places, labels)


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
    figures = tuple(_line_figure(facts.profile, line) for line in facts.deprivation_lines)
    caution = "The line describes areas, not people, and explains nothing by itself."
    blocks = (
        bullets("against-the-line", map(words.on_the_line, facts.deprivation_lines)),
        paragraph("areas-not-people", caution),
        FigureGrid(figures),
    )
    return Section("deprivation_line", title, blocks, sentence(lead))


def _line_figure(profile: Profile, line: DeprivationLine) -> Figure:
    indicator, area = line.comparison.indicator, line.comparison.facts["area"]
    side = words.side_of_line(line)
    where = f"{line.beyond.size} {side} the line" if side else "on the line"
    labels = Labels(
        id=slug(f"deprivation-line-{indicator.id}-{area.sex}"),
        title=f"{line.name}: {where} for its deprivation",
        subtitle=(
            f"{indicator.name} ({indicator.unit}), {area.period}, by average score on the "
            f"{index_title(line.index)}; each dot is an area"
        ),
        alt=(
            f"Scatter chart of areas. {area.area_name} has {area.text}; the line through all "
            f"areas has {line.expected.text} at its level of deprivation."
        ),
        source=source_line(profile, [area.source, index_source(line.index)]),
    )
    return line_chart(line, labels)
