"""The one side of A4 that opens every briefing, and can be made alone."""

from collections.abc import Iterable, Iterator
from functools import partial

from ineqlib.briefings.area.how_made import made_of
from ineqlib.briefings.area.readers.of_one_period import Item, bullets_by_period
from ineqlib.briefings.area.readers.telling import Telling, owner_of
from ineqlib.catalogue import Indicator
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.overview_map_chart import named, overview_map
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, bullets, heading, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.attribution import index_source, shape_source, short_source
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.neighbourhoods import NeighbourhoodMap
from ineqlib.narrative import area as words
from ineqlib.narrative import findings
from ineqlib.narrative.gaps import (
    FEWEST_NEIGHBOURHOODS,
    few_neighbourhoods,
    gaps_and_changes,
    spread_in_plain,
)
from ineqlib.narrative.judgement import Finding
from ineqlib.narrative.reader import Reader, name_inside
from ineqlib.narrative.rules import is_tiny
from ineqlib.narrative.sentence import Sentence, Strong, in_a_row, possessive, sentence
from ineqlib.text import joined, upper_first

SOON = {
    "fast": "can show within a year or two",
    "medium": "can show within a few years",
    "slow": "show over many years",
}
"""Sensitivity to local action in the catalogue -> what results of local work do, in words."""
MOST_GAPS, MOST_NAMED = 2, 3
FEWEST_ALIKE = 5
"""Of fewer similar areas with a figure, how many do better says nothing."""
FEWEST_COMPARED = 5
"""Fewer figures do not say that an area is much like the country."""
MANY = {
    "neighbourhood": "neighbourhoods",
    "group of neighbourhoods": "groups of neighbourhoods",
    "district": "districts",
}
HOLD_UP = "What is told first holds up when that is taken into account. "
TOO_FEW = (
    "Nothing above the annex is called worse or better. The annex judges each figure by itself, "
    "which in so small a place can be chance: read several years together, and beside what people "
    "who live here say."
)
COUNTS = {1: "One more thing", 2: "Two more things"}
LIE = {"": "in several parts of it", "middle": "around its middle"}


def summary(telling: Telling) -> Section:
    """What the area must know, what can change, who holds it, and how sure that is."""
    title = "In short"
    message = findings.message(telling.judgement, telling.facts, telling.reader)
    blocks = (
        Paragraph("message", message, "message"),
        *_more_of_it(telling),
        *_leading(telling),
        *_map(telling),
        *_inside(telling),
        *_going_well(telling),
        *_who_can_act(telling),
        *_how_sure(telling),
    )
    return Section("summary", title, blocks)


def _more_of_it(telling: Telling) -> Iterator[Block]:
    """What the message leaves out of its finding."""
    for first in telling.judgement.leading[:1]:
        if more := findings.beyond_the_message(first, telling.reader):
            yield Paragraph("more-of-the-message", more)


def _leading(telling: Telling) -> Iterator[Block]:
    """The findings after the first, which is the message."""
    leading, reader = telling.judgement.leading, telling.reader
    if more := leading[1:]:
        yield heading(f"{COUNTS[len(more)]} to know")
        items = [_item(finding, reader) for finding in more]
        yield from bullets_by_period("leading", items, reader)
    judgement = telling.judgement
    differs = telling.differing or judgement.changes or judgement.is_unsized
    if telling.judgement.inside in leading and not differs:
        yield paragraph("average", _as_a_whole(telling))


def _as_a_whole(telling: Telling) -> str:
    """Say that no figure differs: alike is an area only as far as it is compared."""
    if telling.judgement.not_compared:
        return telling.judgement.not_compared
    service = telling.reader.partner if telling.reader.owners else ""
    if service or telling.facts.tally["judged"].value < FEWEST_COMPARED:
        about = f" that concerns {service}" * bool(service)
        whose = possessive(telling.country)
        return (
            f"No figure of it{about} differs from {whose} clearly, lastingly and by enough to "
            "matter."
        )
    return (
        f"As a whole {telling.place} is much like {telling.country}: no figure of it stands out. "
        "What sets it apart is inside it."
    )


def _item(finding: Finding, reader: Reader) -> Item:
    about = finding.comparison if finding.kind == "level" else None
    return Item(about.period if about else "", partial(findings.in_words, finding, reader))


def _map(telling: Telling) -> Iterator[Block]:
    if shown := mapped(telling):
        yield FigureGrid((small_map(telling, shown),))


def _inside(telling: Telling) -> Iterator[Block]:
    """The gaps in length of life and where people live, unless they lead already."""
    facts, leading = telling.facts, telling.judgement.leading
    leads = [gap.name for finding in leading for gap in finding.gaps]
    gaps = [
        inside
        for inside in facts.inside
        if inside.indicator.headline
        and inside.name not in leads
        and (inside.is_clear or not telling.reader.is_plain)
    ]
    items = gaps_and_changes(gaps[:MOST_GAPS], telling.reader)
    if facts.spread and not any(finding.spread and not finding.gap for finding in leading):
        items.append(where_people_live(facts.spread, telling))
    items += _named_places(telling)
    if items:
        yield heading(f"Inside {telling.place}")
        yield bullets("inside-in-short", items)


def where_people_live(spread: Spread, telling: Telling) -> Sentence:
    """Where they live on the country's range; too few neighbourhoods say nothing of that."""
    if few := few_neighbourhoods(spread, telling.place):
        return few
    if telling.reader.is_plain:
        return spread_in_plain(spread, telling.country)
    return words.spread(spread, telling.place, telling.country)


def _named_places(telling: Telling) -> Iterator[Sentence]:
    """Name the most deprived neighbourhoods; the map says where they lie.

    Readers who are told things plainly hear names that people use, or none.
    """
    shown = mapped(telling)
    if shown is None:
        return
    worst = [place for place in shown.places if place.order][:MOST_NAMED]
    if telling.reader.is_plain and not all(place.locality for place in worst):
        return
    names = joined([place.full_name for place in worst])
    yield sentence(f"The most deprived {MANY[shown.unit]} are ", Strong(names), ".")


def _going_well(telling: Telling) -> Iterator[Block]:
    good = telling.judgement.going_well
    leading_topics = {finding.topic for finding in telling.judgement.leading}
    if good and good.topic not in leading_topics:
        yield heading("One thing going well")
        yield Paragraph("going-well", findings.in_words(good, telling.reader))


def _who_can_act(telling: Telling) -> Iterator[Block]:
    indicators = leading_indicators(telling)
    if not indicators:
        return
    yield heading("What can change, and who holds it")
    levers = list(_alike(indicators))
    soon = {indicator.sensitive_to_local_action for indicator in indicators}
    items = [_lever(lever, with_when=len(soon) > 1) for lever in levers]
    if better := _similar_areas(telling):
        items.append(better)
    yield bullets("who-can-act", items)
    if len(soon) == 1:
        yield paragraph("how-soon", f"Results of local work {SOON[soon.pop()]}.")


def _similar_areas(telling: Telling) -> Sentence:
    """How many of the areas most like this one do better: whom to ask, and how much can change."""
    counts = [] if telling.reader.is_plain else list(_counts(telling.judgement.leading))
    if not counts:
        return sentence()
    return sentence(Strong("Areas most like it"), " that do better: ", in_a_row(counts), ".")


def _counts(leading: Iterable[Finding]) -> Iterator[Sentence]:
    for finding in leading:
        comparison = finding.comparison if finding.kind == "level" else None
        standing = comparison.standing if comparison and finding.side == "worse" else None
        if not (comparison and standing and standing.near_better and standing.near_among):
            continue
        if standing.near_among.value >= FEWEST_ALIKE:
            better, among = standing.near_better, standing.near_among
            yield sentence(better, " of ", among, f" on {name_inside(comparison.series.name)}")


def leading_indicators(telling: Telling) -> list[Indicator]:
    """Return what the leading findings are about, each once; what is better only by itself.

    Who could change what is among the best of the country is no answer to what is worse.
    """
    leading = telling.judgement.leading
    to_change = [finding for finding in leading if finding.side != "better"] or leading
    known = filter(None, map(indicator_of, to_change))
    return list({indicator.id: indicator for indicator in known}.values())


def indicator_of(finding: Finding) -> Indicator | None:
    """Return the indicator that a finding is about, if it is about one."""
    if finding.gap:
        return finding.gap.indicator
    return finding.comparison.indicator if finding.comparison else None


def _alike(indicators: list[Indicator]) -> Iterable[list[Indicator]]:
    """Put together what the same people hold and what shows as soon."""
    alike: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in indicators:
        key = owner_of(indicator), indicator.sensitive_to_local_action
        alike.setdefault(key, []).append(indicator)
    return alike.values()


def _lever(indicators: list[Indicator], *, with_when: bool) -> Sentence:
    first, *others = indicators
    inside = (name_inside(indicator.public_name) for indicator in others)
    names = "; ".join([first.public_name, *inside])
    soon = f"; results {SOON[first.sensitive_to_local_action]}" if with_when else ""
    return sentence(Strong(names), f": {owner_of(first)}{soon}.")


def _how_sure(telling: Telling) -> Iterator[Block]:
    facts = telling.facts
    own = made_of(facts.profile)
    if facts.comparisons or own:
        yield heading("How sure this is")
    if own:
        yield paragraph("made-of", own)
    if not facts.comparisons:
        return
    if telling.reader.is_plain:
        yield paragraph(
            "how-sure",
            f"Small differences can be chance. {HOLD_UP * bool(telling.judgement.leading)}An "
            "area's figures do not tell about any one person.",
        )
        return
    if is_tiny(facts):
        yield paragraph("how-sure", TOO_FEW)
        return
    yield paragraph(
        "how-sure",
        "In this briefing a figure is called worse or better only where the difference is more "
        "than chance explains (allowing for how many are compared), lasted, and is large enough to "
        "matter; the annex judges each figure by its own interval.",
    )


def mapped(telling: Telling) -> NeighbourhoodMap | None:
    """Return the area's neighbourhoods, where they are enough to map."""
    shown = telling.facts.neighbourhoods
    return shown if shown and len(shown.places) >= FEWEST_NEIGHBOURHOODS else None


def small_map(telling: Telling, shown: NeighbourhoodMap) -> Figure:
    """Map the area's neighbourhoods by deprivation, small."""
    spread = telling.facts.spread
    lie = shown.most_deprived_lie
    whose = upper_first(possessive(telling.place))
    title = f"{whose} most deprived neighbourhoods are {LIE.get(lie) or f'mostly to the {lie}'}"
    index, dated = (spread.index, f", {spread.index_title}") if spread else ("", "")
    sources = [index_source(index), shape_source(index)]
    labels = Labels(
        id="map-in-short",
        title=title,
        subtitle=f"Fifths of {possessive(telling.country)} neighbourhoods by deprivation{dated}",
        alt=f"Map. {title}. The most deprived are {joined([p.full_name for p in named(shown)])}.",
        source=short_source(telling.facts.profile.pack, sources),
    )
    return overview_map(shown, labels)
