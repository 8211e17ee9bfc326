"""The briefing of one area: what it is built from, and in which sections it is told."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.area import (
    comparisons,
    data_notes,
    map_section,
    overview,
    own_section,
    within_area,
)
from ineqlib.briefings.area.earlier import title_of
from ineqlib.briefings.area.kind import ANNEX, BRIEFING, INDICATOR_SET, SUMMARY
from ineqlib.briefings.area.options import Options, read_options
from ineqlib.briefings.area.readers import annex, inside, member, objectives, owners, peers, public
from ineqlib.briefings.area.readers.questions import questions
from ineqlib.briefings.area.readers.since_last import since_last
from ineqlib.briefings.area.readers.summary import summary
from ineqlib.briefings.area.readers.telling import Telling, telling
from ineqlib.briefings.area.readers.uncertain import uncertain
from ineqlib.briefings.subjects import area_subject, place_names
from ineqlib.document.blocks import TableBlock, sentences
from ineqlib.document.model import Document, Section, comparable
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.fact import FactTable
from ineqlib.facts.profile import COMPARATORS, Profile, read_profile
from ineqlib.narrative.first_line import first_line
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack, open_pack

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
    "questions": (questions, ("member",)),
    "uncertain": (uncertain, OFFICERS),
    "next_steps": (member.next_steps, ALL),
    "annex": (annex.annex, ALL),
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
    "methods": data_notes.methods,
    "sources": data_notes.sources,
}

OF_READERS_THEMSELVES = {"map": "where", "wards": "ward"}
"""Section of the annex -> the reader's section that shows the same: nobody finds it twice."""


def open_briefing(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = INDICATOR_SET,
    **asked: Any,
) -> Document:
    """Build the briefing of one area for one kind of reader.

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
    **asked
        ``audience`` (``director``, ``children``, ``adults``, ``member`` or ``public``),
        ``priorities`` (ids or names of indicators or objectives that come first), ``owner``,
        ``contact``, ``published`` and ``next_steps``, which print where they are given,
        ``annex`` (``same``, ``separate`` or ``none``), and ``previous``, the page or the folder
        of the last briefing, with whose figures these are compared.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    options = read_options(asked)  # first: it takes no time to be refused
    facts = _facts(pack, area, comparators, indicator_set)
    return briefing_of(facts, options, _parameters(comparators, indicator_set, asked))


def briefing_of(
    facts: AreaFacts, options: Options, parameters: Mapping[str, Any] | None = None
) -> Document:
    """Build a briefing of facts that are there: one set of them serves every reader."""
    told = telling(facts, options)
    in_annex = options.annex == "same"
    makers = {
        name: partial(make, told) if options.reader.name in readers else _left_out(name, make)
        for name, (make, readers) in FOR_READERS.items()
    }
    makers |= {
        name: partial(make, facts)
        if in_annex and options.reader.name not in _readers_of(OF_READERS_THEMSELVES.get(name, ""))
        else _left_out(name, make)
        for name, make in OF_ANNEX.items()
    }
    title = title_of(facts.profile.area, options.reader)
    document = _document(BRIEFING, told, title, makers, parameters or {}, facts)
    return document if in_annex else replace(document, facts=_told(document, facts))


def _readers_of(section: str) -> tuple[str, ...]:
    return FOR_READERS[section][1] if section else ()


def open_summary(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = INDICATOR_SET,
    **asked: Any,
) -> Document:
    """Build the one side of A4 that opens a briefing, alone.

    Parameters
    ----------
    pack, area, comparators, indicator_set, **asked
        As for `open_briefing`.

    Returns
    -------
    Document
        With its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    options = read_options(asked)
    facts = _facts(pack, area, comparators, indicator_set)
    return summary_of(facts, options, _parameters(comparators, indicator_set, asked))


def summary_of(
    facts: AreaFacts, options: Options, parameters: Mapping[str, Any] | None = None
) -> Document:
    """Build the one side of facts that are there."""
    told = telling(facts, options)
    title = f"{facts.profile.area.name}: {options.reader.title}, in short"
    makers = {"summary": partial(summary, told)}
    document = _document(SUMMARY, told, title, makers, parameters or {}, facts)
    return replace(document, facts=_told(document, facts))


def open_annex(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = INDICATOR_SET,
) -> Document:
    """Build the annex of an area's briefings alone: every figure, chart, method and source.

    Parameters
    ----------
    pack, area, comparators, indicator_set
        As for `open_briefing`.

    Returns
    -------
    Document
        With its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    facts = _facts(pack, area, comparators, indicator_set)
    told = telling(facts, read_options({}))
    title = f"{facts.profile.area.name}: annex of the health inequalities briefing"
    makers = {name: partial(make, facts) for name, make in OF_ANNEX.items()}
    parameters = _parameters(comparators, indicator_set, {})
    return _document(ANNEX, told, title, makers, parameters, facts)


def _facts(
    pack: Pack | str | Path,
    area: str,
    comparators: list[str] | tuple[str, ...],
    indicator_set: str | list[str],
) -> AreaFacts:
    opened = pack if isinstance(pack, Pack) else open_pack(pack)
    return area_facts(
        read_profile(opened, area, comparators=list(comparators), indicator_set=indicator_set)
    )


def _told(document: Document, facts: AreaFacts) -> FactTable:
    """Keep, for a page without annex, the facts that it tells and those of its map and tables."""
    sections = document.sections
    told = {
        name
        for section in sections
        for words in (section.lead, *sentences(section.blocks))
        for name in words.facts
    }
    has_map = any(section.id == "where" for section in sections)
    has_table = any(isinstance(block, TableBlock) for part in sections for block in part.blocks)
    mapped = FactTable.within(
        (facts.spread, facts.gradients, facts.neighbourhoods) if has_map else (),
        facts.local if has_table else (),
    )
    facts_of_all = document.facts.items()
    return FactTable(fact for name, fact in facts_of_all if name in told or name in mapped)


def _parameters(
    comparators: list[str] | tuple[str, ...],
    indicator_set: str | list[str],
    asked: Mapping[str, Any],
) -> dict[str, Any]:
    return {"comparators": list(comparators), "indicator_set": indicator_set, **asked}


def _left_out(name: str, make: Maker) -> Maker:
    """Stand in for a section that a reader's briefing does not have, whatever is asked of it."""

    def nothing(**_: Any) -> Section:
        return Section(name, "", ())

    _, *takes = inspect.signature(make).parameters.values()
    nothing.__signature__ = inspect.Signature(takes)  # type: ignore[attr-defined]
    return nothing


def _document(
    kind: str,
    told: Telling,
    title: str,
    makers: Mapping[str, Maker],
    parameters: Mapping[str, Any],
    facts: AreaFacts,
) -> Document:
    profile = facts.profile
    return Document(
        kind=kind,
        subject=area_subject(profile.area),
        parameters=parameters,
        title=title,
        summary=first_line(told.judgement, told.facts),
        facts=FactTable([*facts.table.values(), *FactTable.within(told.differences).values()]),
        outline=makers,
        figures=tuple(
            comparable(each.facts.get("area", each.newest), each.verdict)
            for each in (*facts.comparisons, *facts.own)
        ),
        places=_places(profile),
        pack_title=profile.pack.title,
        fictional=profile.pack.fictional,
    )


def _places(profile: Profile) -> dict[str, str]:
    """Return the places that a briefing's figures may be about, besides those of its own facts."""
    area = profile.area
    above = [area.parent_code, area.region_code, area.country_code]
    beside = [district.code for district in profile.pack.districts(area.parent_code or area.code)]
    codes = [area.code, *filter(None, above), *beside, *profile.neighbours]
    return place_names(profile.pack, codes)
