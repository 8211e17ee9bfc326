"""The documents about one area: the briefing, its first side alone, and its annex alone."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.area.earlier import title_of
from ineqlib.briefings.area.options import Options, read_options
from ineqlib.briefings.area.outline import Maker, outline_of_annex, outline_of_briefing
from ineqlib.briefings.area.readers.summary import summary
from ineqlib.briefings.area.readers.telling import Telling, telling_of
from ineqlib.briefings.kinds import ANNEX, AREA_BRIEFING, BRIEFING_OPTIONS, SUMMARY
from ineqlib.briefings.provenance import about_area
from ineqlib.catalogue import MARMOT
from ineqlib.document.ahead import opens_ahead
from ineqlib.document.blocks import TableBlock, sentences
from ineqlib.document.kinds import Kind
from ineqlib.document.model import Document, comparable
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.fact import FactTable
from ineqlib.facts.profile import COMPARATORS, Profile, read_profile
from ineqlib.narrative.first_line import first_line
from ineqlib.pack import Pack, open_pack


@opens_ahead(AREA_BRIEFING.name)
def open_briefing(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = MARMOT,
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
    telling = telling_of(facts, options)
    title = title_of(facts.profile.area, options.reader)
    outline = outline_of_briefing(facts, telling)
    document = _document(
        AREA_BRIEFING, telling, facts, title=title, outline=outline, parameters=parameters or {}
    )
    if options.annex == "same":
        return document
    return replace(document, facts=_facts_shown(document, facts))


@opens_ahead(SUMMARY.name)
def open_summary(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = MARMOT,
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
    telling = telling_of(facts, options)
    title = f"{facts.profile.area.name}: {options.reader.title}, in short"
    outline = {"summary": partial(summary, telling)}
    document = _document(
        SUMMARY, telling, facts, title=title, outline=outline, parameters=parameters or {}
    )
    return replace(document, facts=_facts_shown(document, facts))


@opens_ahead(ANNEX.name)
def open_annex(
    pack: Pack | str | Path,
    area: str,
    *,
    comparators: list[str] | tuple[str, ...] = COMPARATORS,
    indicator_set: str | list[str] = MARMOT,
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
    telling = telling_of(facts, read_options({}))
    title = f"{facts.profile.area.name}: annex of the health inequalities briefing"
    parameters = _parameters(comparators, indicator_set, {})
    outline = outline_of_annex(facts)
    return _document(ANNEX, telling, facts, title=title, outline=outline, parameters=parameters)


def _facts(
    pack: Pack | str | Path,
    area: str,
    comparators: list[str] | tuple[str, ...],
    indicator_set: str | list[str],
) -> AreaFacts:
    opened = open_pack(pack)
    return area_facts(
        read_profile(opened, area, comparators=comparators, indicator_set=indicator_set)
    )


def _facts_shown(document: Document, facts: AreaFacts) -> FactTable:
    """Keep, for a page without annex, the facts that it tells and those of its map and tables."""
    sections = document.sections
    in_words = {
        name
        for section in sections
        for words in (section.lead, *sentences(section.blocks))
        for name in words.facts
    }
    has_map = any(section.id == "where" for section in sections)
    has_table = any(isinstance(block, TableBlock) for part in sections for block in part.blocks)
    not_in_words = FactTable.within(
        (facts.spread, facts.gradients, facts.neighbourhoods) if has_map else (),
        facts.local if has_table else (),
    )
    return FactTable(
        fact for name, fact in document.facts.items() if name in in_words or name in not_in_words
    )


def _parameters(
    comparators: list[str] | tuple[str, ...],
    indicator_set: str | list[str],
    asked: Mapping[str, Any],
) -> dict[str, Any]:
    """Return what a document was asked with; what is as usual says nothing, given or not."""
    unusual = {name: value for name, value in asked.items() if value != BRIEFING_OPTIONS.get(name)}
    return {"comparators": list(comparators), "indicator_set": indicator_set, **unusual}


def _document(
    kind: Kind,
    telling: Telling,
    facts: AreaFacts,
    *,
    title: str,
    outline: Mapping[str, Maker],
    parameters: Mapping[str, Any],
) -> Document:
    profile = facts.profile
    table = FactTable([*facts.table.values(), *FactTable.within(telling.differences).values()])
    return Document(
        kind=kind.name,
        parameters=parameters,
        title=title,
        summary=first_line(telling.judgement, telling.facts),
        outline=outline,
        figures=tuple(
            comparable(comparison.facts.get("area", comparison.newest), comparison.verdict)
            for comparison in (*facts.comparisons, *facts.own)
        ),
        **about_area(profile.pack, profile.area, table, _codes(profile)),
    )


def _codes(profile: Profile) -> list[str]:
    """Return the places that a briefing's figures may be about, besides those of its own facts."""
    area = profile.area
    beside = [district.code for district in profile.pack.districts(area.parent_code or area.code)]
    return [*area.above.values(), *beside, *profile.neighbours]
