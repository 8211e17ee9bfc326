"""How an area's figures were made: what it is made of, the method, the sources."""

from collections.abc import Iterator

from ineqlib.document.blocks import (
    Block,
    Note,
    TableBlock,
    bullets,
    folded,
    heading,
    paragraph,
)
from ineqlib.document.model import Section
from ineqlib.errors import listed
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import OVERLAP, PUBLISHER
from ineqlib.facts.profile import COMPARATORS, Profile
from ineqlib.narrative.sentence import sentence
from ineqlib.observations import ADDED_UP, NOT_STATED
from ineqlib.pack import Pack
from ineqlib.text import SHORTHAND, joined, plural

ABSENT_PEOPLE = (
    "Some people are hardly in these figures at all: people sleeping rough, Gypsy, Roma and "
    "Traveller communities, people in prison, sex workers, and others who are rarely counted by "
    "area. An average for an area does not speak for them."
)
MOST_NAMED = 12


def made_of(profile: Profile) -> str:
    """Say what an area of one's own is made of, and who made its figures; empty for any other."""
    parts = profile.pack.parts(profile.area.code)
    if parts.empty:
        return ""
    kind = parts["own_type"].iloc[0]
    return (
        f"{profile.area.name} is a {kind}, made of {listed(parts['part_name'], MOST_NAMED)}. Its "
        "figures are added up from those of its parts by ineqlib, where their counts allow it; no "
        "publisher stands behind them."
    )


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
