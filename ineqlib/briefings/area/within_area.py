"""The sections about what the area's average hides, and where it stands given its deprivation."""

from functools import partial

import geopandas as gpd

from ineqlib.briefings.area.attribution import index_source, shape_source, source_line
from ineqlib.briefings.area.deprivation_line_figures import deprivation_line_figure
from ineqlib.briefings.area.gradient_figures import gradient_figures
from ineqlib.briefings.area.most_deprived_figures import most_deprived_figures
from ineqlib.briefings.area.spread_figure import spread_figure
from ineqlib.charts.distribution_chart import tenth_name
from ineqlib.charts.figure import Labels
from ineqlib.charts.small_area_map_chart import NO_DATA, MapBar, MapPlace, small_area_map
from ineqlib.document.blocks import FigureBeside, FigureGrid, Paragraph, bullets, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.deprivation import Neighbourhood, Spread
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import Profile
from ineqlib.narrative import area as words
from ineqlib.narrative.sentence import sentence
from ineqlib.pack.outlines import mapped_small_areas

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
    in_words = Paragraph("spread", words.spread(spread, profile.area.name, profile.country_name))
    chart = spread_figure(profile, spread)
    return Section("deprivation", title, (FigureBeside(in_words, chart),))


def gradients(facts: AreaFacts) -> Section:
    """Each indicator across the area's own fifths or tenths, with its slope in words."""
    title = "The gradient inside this area"
    if not facts.gradients:
        why = "No figures by deprivation inside this area are in the pack."
        return Section("gradients", title, (no_data("no-gradients", why),))
    figures = gradient_figures(facts.profile, facts.gradients)
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
    sentences = [words.most_deprived(pair, name, country) for pair in facts.most_deprived]
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


def neighbourhood_map(facts: AreaFacts) -> Section:
    """Map of the area's neighbourhoods, linked to its gradient or to its spread."""
    spread, profile = facts.spread, facts.profile
    nothing = no_data("no-map", "The pack has no neighbourhood boundaries for this area.")
    if spread is None or not profile.pack.has("boundaries_small_area"):
        return Section("map", "The map", (nothing,))
    mapped = _mapped(profile, spread.index)
    if not mapped:
        return Section("map", "The map", (nothing,))
    linked = next((each for each in facts.gradients if _by_same_fifths(each, spread)), None)
    bars = _fifth_bars(linked) if linked else _tenth_bars(spread)
    known = {place.code: place for place in spread.places}
    places = [_place(code, name, known.get(code), bars, linked) for code, name in mapped.items()]
    unit = f"{linked.name} ({linked.indicator.unit})" if linked else f"Share of {spread.unit} (%)"
    figure = small_area_map(
        places,
        bars,
        _map_labels(profile, linked, spread),
        outlines=partial(_outlines, profile, spread.index),
        value_title=unit,
    )
    return Section("map", "The map", (FigureGrid((figure,)),))


def _mapped(profile: Profile, index: str) -> dict[str, str]:
    """Return code and name of the area's neighbourhoods on the map."""
    districts = profile.pack.districts(profile.area.code) or [profile.area]
    by_district = (mapped_small_areas(profile.pack, each.code, index) for each in districts)
    return {code: name for mapped in by_district for code, name in mapped.items()}


def _place(
    code: str, name: str, known: Neighbourhood | None, bars: list[MapBar], linked: Gradient | None
) -> MapPlace:
    group = (known.fifth if linked else known.decile) if known else None
    if known is None or group is None:
        return MapPlace(code, name, NO_DATA, "no data")
    label = next(bar.label for bar in bars if bar.group == group)
    return MapPlace(code, known.name, group, f"{label}; national tenth {known.decile}")


def _outlines(profile: Profile, index: str) -> gpd.GeoDataFrame:
    return profile.pack.boundaries("small_area", area_code=profile.area.code, index=index)


def _by_same_fifths(inside: Gradient, spread: Spread) -> bool:
    cut = inside.dimension
    return (cut.whose, cut.groups, cut.index) == ("local", 5, spread.index)


def _fifth_bars(inside: Gradient) -> list[MapBar]:
    return [MapBar(group.order, group.label, group.fact, group.status) for group in inside.groups]


def _tenth_bars(spread: Spread) -> list[MapBar]:
    return [MapBar(t.decile, tenth_name(t.decile), t.share) for t in spread.tenths]


def _map_labels(profile: Profile, linked: Gradient | None, spread: Spread) -> Labels:
    name = profile.area.name
    if linked:
        title = f"Where {name}'s most and least deprived neighbourhoods are"
        subtitle = (
            f"Fifths of {name}'s own neighbourhoods ({spread.index_title}), linked to "
            f"{linked.name}, {linked.period}"
        )
    else:
        title = f"Deprivation across {name}'s neighbourhoods"
        subtitle = f"National tenth of deprivation of each neighbourhood, {spread.index_title}"
    sources = [index_source(spread.index), shape_source(spread.index)]
    return Labels(
        id="neighbourhood-map",
        title=title,
        subtitle=subtitle,
        alt=(
            f"Map of {spread.neighbourhoods.text} neighbourhoods of {name} shaded by deprivation, "
            "beside a bar chart of the same groups. The table below lists every group and "
            "neighbourhood."
        ),
        source=source_line(profile, sources),
        note="With JavaScript on, choosing a bar marks its neighbourhoods, and vice versa.",
    )
