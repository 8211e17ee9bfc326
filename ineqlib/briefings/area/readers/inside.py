"""The gap inside the area: each dated, by one method, with what makes it up."""

from collections.abc import Iterator

from ineqlib.briefings.area.readers.summary import where_people_live
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.briefings.area.within_area import NOT_PEOPLE
from ineqlib.document.blocks import Block, Paragraph, bullets, heading, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.age_contributions import ContributionByAge
from ineqlib.facts.inside import GapOverTime, InsideGap
from ineqlib.facts.levelling_up import LevellingUp
from ineqlib.narrative.gaps import gap
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    at,
    interval,
    number_of,
    sentence,
    size_of,
)

CLOSING = {
    "wider": "It has grown since ",
    "narrower": "It has narrowed since ",
    "reversed": "It has turned round since ",
    "no clear change": "It shows no clear change since ",
}


def inside(telling: Telling) -> Section:
    """Between the area's own neighbourhoods."""
    title = f"The gap inside {telling.area}"
    facts = telling.facts
    blocks: list[Block] = []
    if facts.inside:
        blocks.append(bullets("gaps", [_gap(each, telling) for each in facts.inside]))
    if facts.spread:
        told_of = where_people_live(facts.spread, telling)
        blocks.append(Paragraph("where-people-live", told_of))
    if not blocks:
        why = f"The pack has no figures for parts of {telling.area}, so its gaps are not known."
        return Section("inside", title, (no_data("no-inside", why),))
    if facts.by_age and not telling.reader.owners:
        blocks += _by_age(facts.by_age)
    blocks += _levelling_up(facts.levelling_up)
    blocks.append(paragraph("area-not-person", NOT_PEOPLE))
    return Section("inside", title, tuple(blocks))


def _gap(inside: InsideGap, telling: Telling) -> Sentence:
    return sentence(gap(inside, telling.reader), f" Method: {inside.method}.", _closing(inside))


def _closing(inside: InsideGap) -> Sentence:
    over: GapOverTime | None = inside.over_time
    if over is None or over.verdict not in CLOSING:
        return sentence()
    return sentence(
        f" {CLOSING[over.verdict]}",
        Period(over.before.period),
        ", when it was ",
        size_of(over.before),
        interval(over.before, turned=True),
        ".",
    )


def _by_age(made_of: ContributionByAge) -> Iterator[Block]:
    yield heading("At what ages the gap in length of life arises")
    for name, parts in (("ages", made_of.by_age), ("causes", made_of.by_cause)):
        if parts:
            items = [
                sentence(Strong(part), ": ", number_of(years)) for part, years in parts.items()
            ]
            yield bullets(f"gap-by-{name}", items)


def _levelling_up(parts: tuple[LevellingUp, ...]) -> Iterator[Block]:
    if not parts:
        return
    yield heading("If every neighbourhood matched the best-off fifth")
    items = []
    for part in parts:
        events = (" (", number_of(part.events), interval(part.events), ")") if part.events else ()
        items.append(
            sentence(
                Strong(part.gradient.name),
                " ",
                at(part.gradient.period),
                ": ",
                size_of(part.share),
                interval(part.share, turned=True),
                " would be different",
                events,
                ".",
            )
        )
    yield bullets("levelling-up", items)
    yield paragraph("levelling-up-assumptions", parts[0].assumptions)
