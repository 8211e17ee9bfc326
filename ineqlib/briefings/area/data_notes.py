"""Data notes: sources, what is missing and why, what the catalogue does not know, the method."""

from collections.abc import Iterator, Sequence

from ineqlib.briefings.area.made_of import made_of
from ineqlib.briefings.area.published_labels import labels_that_differ
from ineqlib.catalogue import load_catalogue
from ineqlib.document.blocks import (
    Block,
    FoldedList,
    Note,
    TableBlock,
    bullets,
    folded,
    heading,
    paragraph,
)
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import OVERLAP, PUBLISHER
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import COMPARATORS, Profile
from ineqlib.narrative.sentence import Sentence, sentence
from ineqlib.observations import ADDED_UP, NOT_STATED
from ineqlib.pack import Pack
from ineqlib.text import NO_VALUE, SHORTHAND, age_in_words, joined, plural

ABSENT_PEOPLE = (
    "Some people are hardly in these figures at all: people sleeping rough, Gypsy, Roma and "
    "Traveller communities, people in prison, sex workers, and others who are rarely counted by "
    "area. An average for an area does not speak for them."
)
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


def sources(facts: AreaFacts) -> Section:
    """Publishers, licences, attributions and days of everything in the pack."""
    return Section("sources", "Sources", facts.profile.pack.shared(_source_blocks))


def _source_blocks(pack: Pack) -> tuple[Block, ...]:
    columns = {
        "title": "Data",
        "publisher": "Publisher",
        "licence": "Licence",
        "attribution": "Attribution",
        "day": "Newest file",
    }
    rows = pack.sources.replace("", NOT_STATED)
    cells = {head: rows[name].tolist() for name, head in columns.items() if name in rows}
    blocks: tuple[Block, ...] = (
        paragraph("data-pack", f"Data pack: {pack.title}; {pack.meta.vintage}."),
        TableBlock("source-table", cells, "Sources of the data in this briefing's pack"),
    )
    if unlicensed := rows.loc[rows["licence"] == NOT_STATED, "title"].tolist():
        words = (
            f"The licence of {plural(len(unlicensed), 'source')} is not stated: "
            f"{joined(unlicensed)}. Ask who made the data before this page is passed on."
        )
        blocks = (*blocks, paragraph("licence-not-stated", words))
    return blocks


def methods(facts: AreaFacts) -> Section:
    """How the figures were calculated, for whoever has to sign them; and the shorthand."""
    bases = {comparison.basis for comparison in facts.comparisons}
    own = made_of(facts.profile)
    items = [
        *([own] if own else []),
        "Figures are the publishers' own, shown to the catalogue's number of decimals. Nothing "
        "missing is filled in, and no comparator is computed from its parts.",
    ]
    if OVERLAP in bases:
        items.append(
            "Better, similar and worse: the area's 95% interval is set against the country's "
            "value, the rule published for Fingertips. It is not a test of the difference."
        )
    if PUBLISHER in bases:
        items.append(
            "Where the files carry no interval, better, similar and worse are the publisher's own "
            "comparison, shown only where it agrees with the figures and with what a high value "
            "means."
        )
    items.append(
        "Recent trend: the rule published for Fingertips, over the latest five periods. It finds "
        "figures worth a look, and is no rigorous analysis of them."
    )
    if limits := _limits_used(facts):
        items.append(
            "Slope index of inequality: least squares across the groups, most deprived first, "
            "weighted by population; the fitted value at the least deprived end minus that at "
            "the most deprived end. Relative index: the first value divided by the second. Limits "
            f"follow from the groups' own standard errors. {limits}"
        )
    items += [ABSENT_PEOPLE, _asked(facts.profile)]
    shorthand = (sentence(f"{mark} {meaning}") for mark, meaning in SHORTHAND.items())
    blocks: tuple[Block, ...] = (
        Note("method", folded("How this was calculated", items)),
        *_added_up(facts),
        heading("Shorthand"),
        bullets("shorthand", shorthand),
    )
    return Section("methods", "How it was made", blocks)


def _added_up(facts: AreaFacts) -> Iterator[Note]:
    """Of each figure that no publisher has, from whose it was added up and how."""
    items = [
        f"{comparison.series.name}, {comparison.period}: {comparison.newest.note}."
        for comparison in facts.comparisons
        if comparison.newest.note.startswith(ADDED_UP)
    ]
    if items:
        yield Note("added-up", folded("Figures that ineqlib added up", items))


def _limits_used(facts: AreaFacts) -> str:
    used = (f"{gradient.sii.method}." for gradient in facts.gradients if gradient.sii)
    return " ".join(dict.fromkeys(used))


def _asked(profile: Profile) -> str:
    absent = [role for role in COMPARATORS if role not in profile.places and role != "neighbours"]
    if not absent:
        return (
            "The area has all the comparators asked for; figures that one of them lacks are named "
            "among what is missing."
        )
    return f"Comparators this area does not have, or that were not asked for: {joined(absent)}."
