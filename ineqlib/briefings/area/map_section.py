"""The section with the map: where in the area its most deprived neighbourhoods are."""

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.small_area_map_chart import NUMBERED, numbered, small_area_map
from ineqlib.document.blocks import FigureGrid, no_data
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.attribution import index_source, shape_source, source_line
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.neighbourhoods import NeighbourhoodMap
from ineqlib.narrative.gaps import FEWEST_NEIGHBOURHOODS
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import possessive
from ineqlib.pack.outlines import surroundings
from ineqlib.text import upper_first

TITLE = "The map"
UNITS = {
    "neighbourhood": "of each neighbourhood",
    "group of neighbourhoods": "of the middle neighbourhood of each group of neighbours (MSOA)",
    "district": "of the middle neighbourhood of each district",
}
"""What one place of the map is -> whose tenth it shows."""
UNITS_IN_WORDS = {"ward": "a ward", "msoa": "an MSOA", "lsoa": ""}
LIE = {"": "lie in several parts of it", "middle": "lie mostly around its middle"}
ALIKE = "Each has about as many people as another, however large it is on the map."


def neighbourhoods(facts: AreaFacts) -> Section:
    """Map of the area's neighbourhoods by deprivation, with what is next to each."""
    spread, shown = facts.spread, facts.neighbourhoods
    if spread is None or shown is None:
        why = no_data("no-map", "The pack has no neighbourhood boundaries for this area.")
        return Section("map", TITLE, (why,))
    return Section("map", TITLE, (FigureGrid((_figure(facts, spread, shown),)),))


def _figure(facts: AreaFacts, spread: Spread, shown: NeighbourhoodMap) -> Figure:
    profile = facts.profile
    name = profile.area.name
    where = _where_deprived(name, shown)
    first = "; ".join(place.full_name for place in shown.places[:NUMBERED] if place.order)
    units = f"{shown.unit}s" if shown.unit != "group of neighbourhoods" else "groups"
    how = "Numbered" if numbered(shown) else "Named"
    listed = f"{how}, the most deprived {units} in this order: {first}."
    beside = " The table below tells of each what is next to it." if len(shown.places) > 1 else ""
    alike = f" {ALIKE}" if shown.unit == "neighbourhood" else ""
    labels = Labels(
        id="neighbourhood-map",
        title=where,
        subtitle=f"National tenth of deprivation {UNITS[shown.unit]}, {spread.index_title}",
        alt=(
            f"Map of {place_inside(name)}, {_how_many(spread)}, by deprivation. {where}: {first}."
            f"{beside}"
        ),
        source=source_line(profile.pack, _sources(spread, shown)),
        note=f"{listed}{alike}{_of_wards(shown)}" if len(shown.places) > 1 else "",
    )
    return small_area_map(shown, labels, surroundings=surroundings(profile.pack))


def _how_many(spread: Spread) -> str:
    known = spread.neighbourhoods
    return f"{known.text} neighbourhood{'s' if known.value != 1 else ''}"


def _sources(spread: Spread, shown: NeighbourhoodMap) -> list[str]:
    of_places = (figure for layer in shown.figures for figure in layer.local.figures)
    own = sorted({figure.fact.source for figure in of_places if figure.fact})
    return [index_source(spread.index), *own, shape_source(spread.index)]


def _of_wards(shown: NeighbourhoodMap) -> str:
    """Say how larger places are shown by the neighbourhoods in them, where they are."""
    larger = {UNITS_IN_WORDS[layer.local.unit] for layer in shown.figures} - {""}
    if not larger or shown.unit != "neighbourhood":
        return ""
    return f" The figure of {' or of '.join(sorted(larger))} colours each neighbourhood in it."


def _where_deprived(name: str, shown: NeighbourhoodMap) -> str:
    many = len(shown.places)
    if many == 1:
        return f"There is one neighbourhood in {place_inside(name)}"
    if many < FEWEST_NEIGHBOURHOODS and shown.unit == "neighbourhood":
        return f"There are {many} neighbourhoods in {place_inside(name)}"
    lie = LIE.get(shown.most_deprived_lie) or f"lie mostly to the {shown.most_deprived_lie}"
    whose = possessive(place_inside(name))
    return f"{upper_first(whose)} most deprived neighbourhoods {lie}"
