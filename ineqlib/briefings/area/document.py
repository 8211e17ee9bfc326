"""The briefing of one area: what it is built from, and in which sections it is told."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from ineqlib.briefings.area import comparisons, data_notes, map_section, overview, within_area
from ineqlib.briefings.area.kind import INDICATOR_SET, NAME
from ineqlib.briefings.subjects import area_subject, place_names
from ineqlib.document.model import Document, comparable
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.profile import COMPARATORS, Profile, read_profile
from ineqlib.pack import Pack, open_pack


def open_briefing(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = INDICATOR_SET,
) -> Document:
    """Build the briefing of one area.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    comparators
        Any of ``county``, ``region``, ``country``, ``neighbours``; one the area does not have
        (a unitary authority has no county) is left out and the data notes say so.
    indicator_set
        Name or file of an indicator set, or indicator ids in order.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    opened = pack if isinstance(pack, Pack) else open_pack(pack)
    profile = read_profile(opened, area, comparators=list(comparators), indicator_set=indicator_set)
    parameters = {"comparators": list(comparators), "indicator_set": indicator_set}
    return _document(area_facts(profile), parameters)


def _document(facts: AreaFacts, parameters: Mapping[str, object]) -> Document:
    profile = facts.profile
    area, pack = profile.area, profile.pack
    makers = {
        "headline": overview.headline,
        "at_a_glance": comparisons.at_a_glance,
        "wider_areas": overview.wider_areas,
        "trends": overview.trends,
        "deprivation": within_area.deprivation,
        "gradients": within_area.gradients,
        "most_deprived": within_area.most_deprived,
        "map": map_section.neighbourhoods,
        "deprivation_line": within_area.deprivation_line,
        "missing": data_notes.missing,
        "publishers_notes": data_notes.publishers_notes,
        "uncatalogued": data_notes.uncatalogued,
        "methods": data_notes.methods,
        "sources": data_notes.sources,
    }
    return Document(
        kind=NAME,
        subject=area_subject(area),
        parameters=parameters,
        title=f"{area.name}: health inequalities briefing",
        summary=overview.summary(facts),
        facts=facts.table,
        outline={name: partial(maker, facts) for name, maker in makers.items()},
        figures=tuple(
            comparable(each.facts.get("area", each.newest), each.verdict)
            for each in facts.comparisons
        ),
        places=_places(profile),
        pack_title=pack.title,
        fictional=pack.fictional,
    )


def _places(profile: Profile) -> dict[str, str]:
    """Return the places that a briefing's figures may be about, besides those of its own facts."""
    area = profile.area
    above = [area.parent_code, area.region_code, area.country_code]
    beside = [district.code for district in profile.pack.districts(area.parent_code or area.code)]
    codes = [area.code, *filter(None, above), *beside, *profile.neighbours]
    return place_names(profile.pack, codes)
