"""The gap inside the area: each dated, by one method, with what makes it up."""

from collections.abc import Iterator

from ineqlib.briefings.area.readers.summary import where_people_live
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.briefings.area.within_area import NOT_PEOPLE
from ineqlib.document.blocks import (
    Block,
    Paragraph,
    bullets,
    heading,
    no_data,
    paragraph,
)
from ineqlib.document.model import Section
from ineqlib.facts.age_contributions import ContributionByAge
from ineqlib.facts.inside import InsideGap
from ineqlib.facts.levelling_up import LevellingUp
from ineqlib.facts.rounded import rounding_note
from ineqlib.narrative.gaps import change_of_gap, gap
from ineqlib.narrative.reader import Reader
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    at,
    in_a_row,
    interval,
    sentence,
    size_of,
)

METHOD = (
    "The ends are those of a straight line through all groups of neighbourhoods, weighted by "
    "population (the slope index of inequality), as published or, where it is not, computed here: "
    "so a gap is usually wider than from one fifth to another. It cannot be compared with the "
    "whole country's."
)


def inside(telling: Telling) -> Section:
    """Between the area's own neighbourhoods."""
    facts, reader = telling.facts, telling.reader
    title = f"{'The gap inside' if facts.inside else 'Inside'} {telling.place}"
    blocks: list[Block] = []
    if facts.inside:
        items = [_gap(part, reader) for part in facts.inside]
        blocks += [
            bullets("gaps", items),
            Paragraph("method-of-gaps", sentence(METHOD), "note"),
        ]
    if facts.spread:
        where = where_people_live(facts.spread, telling)
        blocks.append(Paragraph("where-people-live", where))
    if not blocks:
        why = f"The pack has no figures for parts of {telling.place}, so its gaps are not known."
        return Section("inside", title, (no_data("no-inside", why),))
    if facts.by_age and not reader.owners:
        blocks += _made_of(facts.by_age)
    blocks += _levelling_up(facts.levelling_up)
    blocks.append(paragraph("area-not-person", NOT_PEOPLE))
    return Section("inside", title, tuple(blocks))


def _gap(part: InsideGap, reader: Reader) -> Sentence:
    """One gap, and how it moved, also where that is not clear."""
    moved = change_of_gap(part.over_time, reader) if part.over_time else sentence()
    return sentence(gap(part, reader), " ", moved) if moved else gap(part, reader)


def _made_of(gap_of: ContributionByAge) -> Iterator[Block]:
    """Say at what ages and by what causes the gap arises; the annex draws it."""
    yield heading("What the gap in length of life is made of")
    whole = sentence(
        "Men and women together, ",
        Period(gap_of.period),
        ", from the most to the least deprived ",
        f"{gap_of.dimension.part}: ",
        size_of(gap_of.gap),
        ".",
    )
    yield Paragraph("gap-as-a-whole", whole)
    # Ages have an order of their own; of causes the largest is what to look at.
    by_cause = dict(sorted(gap_of.by_cause.items(), key=lambda part: -part[1].value))
    for name, parts in (("age", gap_of.by_age), ("cause", by_cause)):
        if parts:
            shares = in_a_row((Period(part), ": ", years) for part, years in parts.items())
            note = rounding_note(parts.values(), gap_of.gap)
            said = sentence(f"By {name}: ", shares, f".{' ' * bool(note)}{note}")
            yield Paragraph(f"gap-by-{name}-in-words", said)


def _levelling_up(parts: tuple[LevellingUp, ...]) -> Iterator[Block]:
    if not parts:
        return
    yield heading("If every neighbourhood matched the best-off fifth")
    items = []
    for part in parts:
        events = sentence()
        if part.events:
            events = sentence(", about ", part.events, interval(part.events))
        items.append(
            sentence(
                Strong(part.gradient.name),
                " ",
                at(part.gradient.period),
                ": ",
                size_of(part.share),
                interval(part.share, turned=True),
                " fewer",
                events,
                ".",
            )
        )
    yield bullets("levelling-up", items)
    yield paragraph("levelling-up-assumptions", parts[0].assumptions)
