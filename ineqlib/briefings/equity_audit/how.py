"""How an audit was worked out, what it assumes and when it cannot answer."""

from collections.abc import Iterator

from ineqlib.briefings.equity_audit.facts import Audit
from ineqlib.briefings.equity_audit.groups import FEWEST
from ineqlib.briefings.sections import HOW, sources_section
from ineqlib.document.blocks import Block, bullets
from ineqlib.document.model import Section
from ineqlib.narrative.sentence import Period, Sentence, sentence
from ineqlib.pack import Pack

CYCLE = sentence(
    "The six steps are those of the guidance on health equity audit of Hamer and others (",
    Period("2003"),
    ") and of the Department of Health (",
    Period("2004"),
    ").",
)


KAKWANI = (
    "The index is Kakwani's: the concentration index of uptake by need, less the Gini coefficient "
    "of need."
)
CONCENTRATION = (
    "The index is the concentration index of uptake by deprivation, which is an order of places: "
    "below zero, uptake is lower where deprivation is greater."
)
INTERVAL = (
    "Its interval leaves out each place in turn (the jackknife). Level is said only where a "
    "straight line would differ by less than two percentage points from end to end."
)
NOT_COUNTED = (
    "The pack has shares and no counts of users, so each place counts by all its people, not by "
    "those eligible."
)
CANNOT_TELL = (
    "With fewer than ten places, or where more than one in twenty people live where uptake is not "
    "known, the page cannot tell."
)
WITHHELD = sentence(
    "From your own file, groups in which fewer than ",
    Period(str(FEWEST)),
    " people used the service, or did not, are withheld, and so is the next one where it would "
    "tell.",
)
LIMITS = (
    "Need is of places, not of the people who used the service, and the page does not say why "
    "uptake differs. Decisions are in the words of those who took them."
)


def how(audit: Audit) -> Section:
    """Say how it was worked out, and who published the figures."""
    blocks: list[Block] = [bullets("method", _method(audit))]
    if audit.remarks:
        blocks.append(
            bullets("remarks", [sentence("The file: ", Period(r), ".") for r in audit.remarks])
        )
    return Section("how", HOW, tuple(blocks))


def _method(audit: Audit) -> Iterator[Sentence]:
    yield CYCLE
    if not isinstance(audit.need, str):
        yield sentence("Need is by: ", Period(audit.need.words), ".")
        yield sentence(KAKWANI if audit.has_zero else CONCENTRATION)
        yield sentence(INTERVAL)
    if not audit.is_counted:
        yield sentence(NOT_COUNTED)
    yield sentence(CANNOT_TELL)
    if audit.asked.uptake:
        yield WITHHELD
    yield sentence(LIMITS)


def sources(pack: Pack, audit: Audit) -> Section:
    """Say who published the figures."""
    needs = () if isinstance(audit.need, str) else audit.need.sources
    if audit.asked.uptake is None:
        return sources_section(pack, [*audit.sources, *needs])
    return sources_section(pack, needs, own=f"Uptake: {audit.asked.uptake.source}. ")
