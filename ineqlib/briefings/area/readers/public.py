"""What everybody is told: first what helps people stay well, then how long they live."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ineqlib.briefings.area.map_section import neighbourhoods
from ineqlib.briefings.area.readers.of_one_period import Item, bullets_by_period
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.document.blocks import Block, heading, no_data
from ineqlib.document.model import Section
from ineqlib.facts.comparisons import SLOPE, Comparison, recent
from ineqlib.narrative.gaps import gap
from ineqlib.narrative.levels import level
from ineqlib.narrative.rules import is_tiny
from ineqlib.narrative.sentence import possessive, sentence
from ineqlib.text import slug

MOST = 2
OUTCOMES = "O"


def building_blocks(telling: Telling) -> Section:
    """Homes, money, work, school: what helps people here stay well."""
    title = "What helps people here stay well"
    blocks: list[Block] = []
    if is_tiny(telling.facts):
        why = telling.judgement.nothing
        return Section("building_blocks", title, (no_data("no-building-blocks", why),))
    for objective, name in telling.objectives():
        if objective in telling.reader.first:
            items = list(_items(telling, _figures_of(telling, objective)[:MOST]))
            if items:
                listed = bullets_by_period(f"block-{slug(objective)}", items, telling.reader)
                blocks += [heading(name), *listed]
    if not blocks:
        why = _why_none(telling, "homes, money, work or school", telling.reader.first)
        return Section("building_blocks", title, (no_data("no-building-blocks", why),))
    lead = (
        "A warm home, enough money, good work, a good start and people to turn to keep us well. "
        "Not everybody has them, and that can be changed."
    )
    return Section("building_blocks", title, tuple(blocks), sentence(lead))


def length_of_life(telling: Telling) -> Section:
    """How long people live, because of all this."""
    title = "Because of this, some lives are shorter"
    lives = [
        comparison
        for comparison in _figures_of(telling, OUTCOMES)
        if comparison.indicator.is_life_expectancy and comparison.indicator.headline
    ]
    items = list(_items(telling, by_period(lives[: 2 * MOST])))
    clear = [inside for inside in telling.facts.inside if inside.is_clear]
    gaps = [inside for inside in clear if inside.indicator.headline]
    items += [Item("", partial(gap, inside, telling.reader)) for inside in gaps[:MOST]]
    if not items:
        why = _why_none(telling, "how long people live", OUTCOMES)
        return Section("length_of_life", title, (no_data("no-lives", why),))
    lead = (
        "Over a lifetime, homes, money, work and school add up. They are among the main reasons "
        "why people in some places live longer than people in others."
    )
    blocks = tuple(bullets_by_period("lives", items, telling.reader))
    return Section("length_of_life", title, blocks, sentence(lead))


def _why_none(telling: Telling, about: str, objectives: Container[str]) -> str:
    """Say that there is no figure, or none of late that stands beside the country's."""
    there = any(
        "area" in comparison.facts and comparison.indicator.objective in objectives
        for comparison in telling.facts.comparisons
    )
    if not there:
        return f"We have no figures on {about} in {telling.place}."
    whose = possessive(telling.country)
    return f"We have no recent figures on {about} in {telling.place} to set beside {whose}."


def by_period(figures: Sequence[Comparison]) -> list[Comparison]:
    """Put figures of one period together, where the first of them stands.

    Else one of another period would stand below a list's "In 2023 to 2025:".
    """
    periods = [figure.period for figure in figures]
    return sorted(figures, key=lambda figure: periods.index(figure.period))


def where(telling: Telling) -> Section:
    """The map of the area's neighbourhoods."""
    shown = neighbourhoods(telling.facts)
    return replace(shown, title=f"Where in {telling.place}")


def _figures_of(telling: Telling, objective: str) -> list[Comparison]:
    """Recent figures of an objective: those that differ first, then those that lead."""
    of_late = [
        comparison
        for comparison in recent(telling.facts.comparisons)
        if comparison.indicator.objective == objective
        and "area" in comparison.facts
        and ("country" in comparison.facts or telling.facts.profile.area.area_type == "country")
        and comparison.indicator.told_as
        and comparison.indicator.value_type != SLOPE
    ]
    chosen = {id(comparison) for comparison in telling.chosen}
    return sorted(of_late, key=lambda figure: (id(figure) not in chosen, telling.place_of(figure)))


def _items(telling: Telling, comparisons: Sequence[Comparison]) -> Iterator[Item]:
    for comparison in comparisons:
        yield Item(comparison.period, partial(level, comparison, None, telling.reader))
