"""What changed since the last briefing: which figures are newer, revised, new here or gone."""

from collections.abc import Iterator, Sequence

from ineqlib.briefings.area.differences import Difference
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.document.blocks import Block, FoldedList, bullets, folded, heading, no_data
from ineqlib.document.model import Section
from ineqlib.narrative.reader import Reader, name_inside
from ineqlib.narrative.sentence import Period, Sentence, Strong, at, sentence

TITLE = "What changed since the last briefing"
MOST, MOST_PLAIN = 6, 3
"""Figures of one kind that are told with their numbers."""
KINDS = {
    "revised": "Revised by the publisher",
    "newer": "A newer period",
    "new": "New here",
    "gone": "Gone",
}


def since_last(telling: Telling) -> Section:
    """Say what is not as it was; nothing where there was no briefing before."""
    if not telling.options.previous:
        return Section("since_last", TITLE, ())
    if telling.earlier is None:
        why = f"The earlier run has no briefing of {telling.place} for this reader."
        return Section("since_last", TITLE, (no_data("no-last-briefing", why),))
    lead = sentence("A newer figure may differ from the one before by chance.")
    if published := telling.earlier.published:
        lead = sentence("The last briefing was published on ", Period(published), ". ", lead)
    blocks: list[Block] = []
    for kind, title in KINDS.items():
        of_kind = [difference for difference in telling.differences if difference.kind == kind]
        if of_kind:
            blocks += [heading(title), bullets(f"since-{kind}", _items(of_kind, telling.reader))]
    if not blocks:
        why = "No figure is newer, revised, new or gone since the last briefing."
        blocks = [no_data("nothing-since", why)]
    return Section("since_last", TITLE, tuple(blocks), lead)


def _items(of_kind: Sequence[Difference], reader: Reader) -> Iterator[Sentence | FoldedList]:
    """Tell the furthest moved with their numbers, and name the others."""
    most = MOST_PLAIN if reader.is_plain else MOST
    by_size = sorted(of_kind, key=lambda difference: -difference.size)
    furthest = [difference for difference in by_size[:most] if difference.moved]
    yield from (_item(difference, reader) for difference in furthest)
    names = [difference.name for difference in of_kind if difference not in furthest]
    if furthest and names:
        yield folded("And less far, or in figures that are not compared", names)
    elif names:
        yield sentence(
            f"{names[0]}{'; ' * (len(names) > 1)}{'; '.join(map(name_inside, names[1:]))}."
        )


def _item(difference: Difference, reader: Reader) -> Sentence:
    assert difference.now and difference.before and difference.moved  # whatever moved was and is
    decimals = reader.decimals(difference.now, difference.before)
    way = "higher" if difference.moved.value > 0 else "lower"
    then = sentence(" ", at(difference.before.period)) if difference.kind == "newer" else sentence()
    return sentence(
        Strong(difference.name),
        ": ",
        reader.number(difference.now, decimals),
        " ",
        at(difference.now.period),
        ", ",
        reader.number(difference.moved),
        f" {way} than the last briefing had it",
        " (",
        reader.number(difference.before, decimals),
        then,
        ").",
    )
