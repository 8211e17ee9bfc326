"""The map of a first side: where the most deprived neighbourhoods are."""

from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.overview_map_chart import named, overview_map
from ineqlib.facts.attribution import index_source, shape_source, short_source
from ineqlib.facts.neighbourhoods import NeighbourhoodMap
from ineqlib.narrative.gaps import FEWEST_NEIGHBOURHOODS
from ineqlib.narrative.sentence import possessive
from ineqlib.text import joined

LIE = {"": "in several parts of it", "middle": "around its middle"}


def mapped(telling: Telling) -> NeighbourhoodMap | None:
    """Return the area's neighbourhoods, where they are enough to map."""
    shown = telling.facts.neighbourhoods
    return shown if shown and len(shown.places) >= FEWEST_NEIGHBOURHOODS else None


def small_map(telling: Telling, shown: NeighbourhoodMap) -> Figure:
    """Map the area's neighbourhoods by deprivation, small."""
    spread = telling.facts.spread
    lie = shown.most_deprived_lie
    most = possessive(telling.area)
    title = f"{most} most deprived neighbourhoods are {LIE.get(lie) or f'mostly to the {lie}'}"
    index = spread.index if spread else ""
    sources = [index_source(index), shape_source(index)]
    labels = Labels(
        id="map-in-short",
        title=title,
        subtitle=f"Fifths of {possessive(telling.country)} neighbourhoods by deprivation",
        alt=f"Map. {title}. The most deprived are {joined([p.full_name for p in named(shown)])}.",
        source=short_source(telling.facts.profile.pack, sources),
    )
    return overview_map(shown, labels)
