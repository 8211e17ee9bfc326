"""The areas most like this one, and how many of them do better."""

from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.briefings.provenance import place_names
from ineqlib.document.blocks import Block, bullets, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.narrative.judgement import Finding
from ineqlib.narrative.rules import is_tiny
from ineqlib.narrative.sentence import Sentence, Strong, sentence
from ineqlib.text import joined

MOST = 6


def peers(telling: Telling) -> Section:
    """Where similar areas do better: a reason to ask them."""
    title = "Areas most like this one"
    profile = telling.facts.profile
    if not profile.neighbours:
        why = "The pack does not say which areas are most like this one."
        return Section("peers", title, (no_data("no-peers", why),))
    if is_tiny(telling.facts):
        why = "With so few people here, what other areas are like it would say little."
        return Section("peers", title, (no_data("no-peers", why),))
    names = list(place_names(profile.pack, profile.neighbours).values())
    blocks: list[Block] = [
        paragraph("similar-areas", f"Most like it, by {profile.neighbour_method}: {joined(names)}.")
    ]
    items = [item for finding in telling.judgement.worse if (item := _item(finding))]
    if items:
        blocks.append(bullets("similar-areas-better", items[:MOST]))
    else:
        why = "No figure here is clearly worse, so none is set beside theirs."
        blocks.append(paragraph("similar-areas-better", why))
    return Section("peers", title, tuple(blocks))


def _item(finding: Finding) -> Sentence:
    comparison = finding.comparison
    if comparison is None or comparison.standing is None:
        return sentence()
    better, among = comparison.standing.near_better, comparison.standing.near_among
    if better is None or among is None:
        return sentence()
    verb = "does" if better.value == 1 else "do"
    return sentence(
        Strong(comparison.series.name),
        ": ",
        better,
        " of ",
        among,
        f" similar areas {verb} better.",
    )
