"""What the data notes say: what is missing and why, and what publishers say of their figures."""

from collections.abc import Iterable, Iterator, Sequence

from ineqlib.catalogue import load_catalogue
from ineqlib.document.blocks import (
    Block,
    FoldedList,
    Note,
    TableBlock,
    bullets,
    folded,
    heading,
)
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import JUDGEMENT, OVERLAP, Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import Profile
from ineqlib.measures.trends import CANNOT
from ineqlib.narrative.sentence import Sentence, sentence
from ineqlib.observations import ADDED_UP
from ineqlib.pack import Pack
from ineqlib.text import NO_VALUE, SHORTHAND, age_in_words

_JUDGED, _SIDES = ("better", "worse"), ("higher", "lower")
NOTE_WORDS = {
    "remark": "Remarks on the files of figures that the pack was made from",
    "accepted": "Doubts about figures that whoever made the pack has overruled",
}
"""Kind of a note in the pack -> what the notes of that kind are."""


def missing(facts: AreaFacts) -> Section:
    """What the reader might look for and not find, each with the reason."""
    items: list[Sentence | FoldedList] = [
        *_withheld(facts),
        *_no_comparator(facts),
        *_not_here(facts),
        *_not_in_pack(facts.profile),
        *_no_open_measure(),
    ]
    blocks = (
        *_listed("Not in the pack, or without a value", "missing", items),
        *_not_shown(facts),
        *facts.profile.pack.shared(_build_notes),
    )
    return Section("missing", "Data notes: what is missing, and why", blocks)


def _listed(title: str, name: str, items: Sequence[Sentence | FoldedList]) -> Iterator[Block]:
    if items:
        yield heading(title)
        yield bullets(name, items)


def _withheld(facts: AreaFacts) -> Iterator[Sentence]:
    for comparison in facts.comparisons:
        if status := comparison.missing.get("area"):
            reason = _reason(status, comparison.newest.note)
            yield sentence(f"{comparison.series.name}, {comparison.period}: {reason}.")


def _reason(status: str, note: str) -> str:
    """Why a figure is missing: its shorthand, and the note of its row where there is one."""
    mark = NO_VALUE[status]
    words = f"{SHORTHAND[mark]} ({mark})"
    return f"{words}; note: {note.rstrip('.')}" if note else words


def _no_comparator(facts: AreaFacts) -> Iterator[FoldedList]:
    for role, count in facts.without.items():
        place = facts.profile.places[role]
        names = [
            comparison.series.name
            for comparison in facts.comparisons
            if "area" in comparison.facts and role not in comparison.facts
        ]
        none = f" for which the pack has none of {place.name} ({role}) in the same period"
        yield folded(sentence(count, _figures(count), none), names)


def _figures(count: Fact) -> str:
    return " figure" if count.value == 1 else " figures"


def _not_here(facts: AreaFacts) -> Iterator[FoldedList]:
    if names := [figure.series.name for figure in facts.wider_only]:
        yield folded(f"Figures that the pack does not have for {facts.profile.area.name}", names)


def _not_in_pack(profile: Profile) -> Iterator[FoldedList]:
    known = profile.pack.indicator_ids
    if names := [i.name for i in profile.indicators if i.id not in known and i.source == "open"]:
        yield folded("Indicators of the catalogue that are not in this pack", names)


def _no_open_measure() -> Iterator[Sentence]:
    for objective in load_catalogue().objectives_without_open_measure():
        yield sentence(f"{objective.public_name} ({objective.name}): no open measure yet.")


def _not_shown(facts: AreaFacts) -> Iterator[Block]:
    """Figures that are in the pack, so that nobody asks their publisher for them."""
    items = [folded(part.why, part.names) for part in facts.not_shown]
    yield from _listed("In the pack, but not shown", "not-shown", items)


def _build_notes(pack: Pack) -> tuple[Block, ...]:
    """What was noticed or overruled when the figures were put together; for `Pack.shared`."""
    if not pack.has("build_notes"):
        return ()
    notes = pack.table("build_notes")
    items = [
        folded(words, notes.loc[notes["kind"] == kind, "text"])
        for kind, words in NOTE_WORDS.items()
        if (notes["kind"] == kind).any()
    ]
    return tuple(_listed("When the figures were put together", "build-notes", items))


def publishers_notes(facts: AreaFacts) -> Section:
    """What the publishers say of the figures shown, figure by figure, and where they err."""
    items = [
        f"{comparison.series.name}, {comparison.period}: {comparison.newest.note}"
        for comparison in facts.comparisons
        if comparison.newest.note and "area" in comparison.facts
        if not comparison.newest.note.startswith(ADDED_UP)
    ]
    note = Note("publishers-notes", folded("What the publishers say of their figures", items))
    differ = [*labels_that_differ(facts.comparisons, facts.profile.pack.shared(_titles))]
    blocks = (
        *_listed("Labels that their own figures do not bear out", "labels-that-differ", differ),
        *((note,) if items else ()),
    )
    return Section("publishers_notes", "The publishers' own notes", blocks)


def labels_that_differ(
    comparisons: Iterable[Comparison], publishers: dict[str, str]
) -> Iterator[Sentence]:
    """Give a sentence for each label of a newest figure that its own figures do not bear out."""
    for comparison in comparisons:
        newest = comparison.newest
        who = publishers.get(newest.source, "Its publisher")
        what = f"{comparison.series.name}, {comparison.period}"
        if _is_compared_otherwise(comparison):
            yield sentence(
                f"{who} calls {what}, “{newest.comparison}”; by the limits published beside it, "
                f"it is {comparison.verdict}."
            )
        trend = newest.trend.partition(" and ")[0]
        if trend not in ("", CANNOT, comparison.recent_trend) and comparison.recent_trend != CANNOT:
            yield sentence(
                f"{who} calls the recent trend of {what}, “{newest.trend}”; by its figures and "
                f"the published rule: {comparison.recent_trend}."
            )


def _is_compared_otherwise(comparison: Comparison) -> bool:
    """Tell whether a label contradicts the verdict; where one judges alone, the side counts."""
    published, verdict = comparison.newest.comparison, comparison.verdict
    if comparison.basis != OVERLAP or not published:
        return False
    if published in _JUDGED and verdict in _SIDES:
        return False
    if published in _SIDES and verdict in _JUDGED:
        polarity = comparison.indicator.polarity
        verdict = next(side for side in _SIDES if JUDGEMENT[polarity, side] == verdict)
    return published != verdict


def uncatalogued(facts: AreaFacts) -> Section:
    """Figures in the pack that the catalogue does not know, beside the country's, unjudged."""
    title = "Figures that are not in the catalogue"
    if not facts.uncatalogued:
        return Section("uncatalogued", title, ())
    shown = facts.uncatalogued
    cells = {
        "Figure": [figure.name for figure in shown],
        "Who": [
            ", ".join(filter(None, [figure.fact.sex, age_in_words(figure.fact.age)]))
            for figure in shown
        ],
        "Period": [figure.fact.period for figure in shown],
        facts.profile.area.name: [figure.fact.text for figure in shown],
        "Country": [
            figure.country.text if figure.country else NO_VALUE["not_available"] for figure in shown
        ],
    }
    lead = (
        "These figures were in the files, but the catalogue does not know them. They are shown as "
        "they were found, and not judged."
    )
    blocks = (TableBlock("uncatalogued-figures", cells, title),)
    return Section("uncatalogued", title, blocks, sentence(lead))


def _titles(pack: Pack) -> dict[str, str]:
    return dict(zip(pack.sources["source_id"], pack.sources["title"], strict=True))
