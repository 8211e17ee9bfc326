"""The one side of A4 that opens every briefing, and can be made alone."""

from collections.abc import Iterable, Iterator
from functools import partial

from ineqlib.briefings.area.made_of import made_of
from ineqlib.briefings.area.readers.of_one_period import Item, bullets_by_period
from ineqlib.briefings.area.readers.telling import Telling, owner_of
from ineqlib.briefings.area.readers.where_in_short import mapped, small_map
from ineqlib.catalogue import Indicator
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, bullets, heading, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.deprivation import Spread
from ineqlib.narrative import area as words
from ineqlib.narrative import findings
from ineqlib.narrative.gaps import few_neighbourhoods, gap_and_change, spread_in_plain
from ineqlib.narrative.judgement import Finding
from ineqlib.narrative.reader import Reader, name_inside
from ineqlib.narrative.sentence import Sentence, Strong, sentence
from ineqlib.text import joined

SOON = {
    "fast": "results of local work can show within a year or two",
    "medium": "results of local work can show within a few years",
    "slow": "results of local work show over many years",
}
"""Sensitivity to local action in the catalogue -> in words."""
MOST_GAPS, MOST_NAMED = 2, 3
MANY = {
    "neighbourhood": "neighbourhoods",
    "group of neighbourhoods": "groups of neighbourhoods",
    "district": "districts",
}
HOLD_UP = "What is told first holds up when that is taken into account. "
COUNTS = {1: "One thing", 2: "Two things", 3: "Three things"}


def summary(telling: Telling) -> Section:
    """What the area must know, what can change, who holds it, and how sure that is."""
    title = "In short"
    message = findings.message(telling.judgement, telling.facts, telling.reader)
    blocks = (
        Paragraph("message", message, "message"),
        *_leading(telling),
        *_map(telling),
        *_inside(telling),
        *_going_well(telling),
        *_who_can_act(telling),
        *_how_sure(telling),
    )
    return Section("summary", title, blocks)


def _leading(telling: Telling) -> Iterator[Block]:
    """The findings; readers who are told things plainly have heard the first as the message."""
    leading, reader = telling.judgement.leading, telling.reader
    heard = leading[:1] if reader.is_plain else ()
    if more := leading[len(heard) :]:
        count, *noun = COUNTS[len(more)].split()
        yield heading(" ".join([count, *(["more"] if heard else []), *noun, "to know"]))
        items = [_item(finding, reader) for finding in more]
        yield from bullets_by_period("leading", items, reader)
    differs = telling.differing or telling.judgement.changes
    if telling.judgement.inside in leading and not differs:
        yield paragraph(
            "average",
            f"As a whole {telling.place} is much like {telling.country}: no figure of it stands "
            "out. What sets it apart is inside it.",
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
    leads = [finding.gap.name for finding in leading if finding.gap]
    gaps = [
        inside
        for inside in facts.inside
        if inside.indicator.headline
        and inside.name not in leads
        and (inside.is_clear or not telling.reader.is_plain)
    ]
    items = [gap_and_change(inside, telling.reader) for inside in gaps[:MOST_GAPS]]
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
    yield sentence(
        f"The most deprived {MANY[shown.unit]} are ",
        Strong(names),
        ".",
    )


def _going_well(telling: Telling) -> Iterator[Block]:
    good = telling.judgement.going_well
    if good and good not in telling.judgement.leading:
        yield heading("One thing going well")
        yield Paragraph("going-well", findings.in_words(good, telling.reader))


def _who_can_act(telling: Telling) -> Iterator[Block]:
    if indicators := leading_indicators(telling):
        yield heading("What can change, and who holds it")
        yield bullets("who-can-act", map(_lever, _alike(indicators)))


def leading_indicators(telling: Telling) -> list[Indicator]:
    """Return the indicators that the leading findings are about, each once."""
    known = filter(None, map(indicator_of, telling.judgement.leading))
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


def _lever(indicators: list[Indicator]) -> Sentence:
    first, *others = indicators
    inside = (name_inside(indicator.public_name) for indicator in others)
    names = "; ".join([first.public_name, *inside])
    soon = SOON[first.sensitive_to_local_action]
    return sentence(Strong(names), f": {owner_of(first)}; {soon}.")


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
    yield paragraph(
        "how-sure",
        "Before the annex a figure is called worse or better only where the difference is more "
        "than chance explains (allowing for how many are compared), lasted, and is large enough to "
        "matter. The annex goes by single intervals.",
    )
