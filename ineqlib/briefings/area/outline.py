"""The sections of an area's documents: which there are, in which order, and who is shown them."""

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ineqlib.briefings.area import (
    comparisons,
    data_notes,
    how_made,
    map_section,
    overview,
    own_section,
    within_area,
)
from ineqlib.briefings.area.readers import (
    closing,
    inside,
    member,
    objectives,
    owners,
    peers,
    public,
)
from ineqlib.briefings.area.readers.since_last import since_last
from ineqlib.briefings.area.readers.summary import summary
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.narrative.reader import AUDIENCES

Maker = Callable[..., Section]
ALL = tuple(AUDIENCES)
OFFICERS = ("director", "children", "adults")
FOR_READERS: Mapping[str, tuple[Maker, tuple[str, ...]]] = {
    "summary": (summary, ALL),
    "ward": (member.ward, ("member",)),
    "building_blocks": (public.building_blocks, ("public",)),
    "length_of_life": (public.length_of_life, ("public",)),
    "where": (public.where, ("public",)),
    "objectives": (objectives.objectives, OFFICERS),
    "changes": (objectives.changes, OFFICERS),
    "since_last": (since_last, ALL),
    "inside": (inside.inside, OFFICERS),
    "peers": (peers.peers, OFFICERS),
    "owners": (owners.owners, OFFICERS),
    "last_year": (member.last_year, ("member",)),
    "questions": (member.questions, ("member",)),
    "uncertain": (closing.uncertain, OFFICERS),
    "next_steps": (closing.next_steps, ALL),
    "annex": (closing.annex, ALL),
}
"""Section -> what makes it, and whose briefing it is in; in the order in which they stand."""
OF_ANNEX: Mapping[str, Maker] = {
    "headline": overview.headline,
    "at_a_glance": comparisons.at_a_glance,
    "wider_areas": overview.wider_areas,
    "trends": overview.trends,
    "deprivation": within_area.deprivation,
    "gradients": within_area.gradients,
    "most_deprived": within_area.most_deprived,
    "map": map_section.neighbourhoods,
    "deprivation_line": within_area.deprivation_line,
    "own_figures": own_section.own_figures,
    "wards": own_section.wards,
    "missing": data_notes.missing,
    "publishers_notes": data_notes.publishers_notes,
    "uncatalogued": data_notes.uncatalogued,
    "methods": how_made.methods,
    "sources": how_made.sources,
}
OF_READERS_THEMSELVES = {"map": "where", "wards": "ward"}
"""Section of the annex -> the reader's section that shows the same: nobody finds it twice."""


def outline_of_briefing(facts: AreaFacts, telling: Telling) -> dict[str, Maker]:
    """Return what makes each section of a reader's briefing; those it leaves out are empty."""
    reader = telling.reader.name
    of_reader = {
        name: partial(make, telling) if reader in readers else _left_out(name, make)
        for name, (make, readers) in FOR_READERS.items()
    }
    return of_reader | {
        name: _left_out(name, make)
        if telling.options.annex != "same" or reader in _shown_themselves(name)
        else partial(make, facts)
        for name, make in OF_ANNEX.items()
    }


def outline_of_annex(facts: AreaFacts) -> dict[str, Maker]:
    """Return what makes each section of an annex that stands alone."""
    return {name: partial(make, facts) for name, make in OF_ANNEX.items()}


def _shown_themselves(name: str) -> tuple[str, ...]:
    """Return the readers who have a section of their own that shows what one of the annex does."""
    return FOR_READERS[OF_READERS_THEMSELVES[name]][1] if name in OF_READERS_THEMSELVES else ()


def _left_out(name: str, make: Maker) -> Maker:
    """Stand in for a section that a reader's briefing does not have, whatever is asked of it."""

    def nothing(**_: Any) -> Section:
        return Section(name, "", ())

    _, *takes = inspect.signature(make).parameters.values()
    nothing.__signature__ = inspect.Signature(takes)  # type: ignore[attr-defined]
    return nothing
