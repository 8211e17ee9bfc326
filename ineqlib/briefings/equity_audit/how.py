"""How an audit was worked out, what it assumes and when it cannot answer."""

from ineqlib.briefings.equity_audit.facts import Audit
from ineqlib.briefings.equity_audit.groups import FEWEST
from ineqlib.briefings.sections import sources_section
from ineqlib.document.blocks import Block, bullets, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.attribution import source_line
from ineqlib.narrative.sentence import Period, Sentence, sentence
from ineqlib.pack import Pack

CYCLE = sentence(
    "The six steps are those of the guidance on health equity audit of Hamer and others (",
    Period("2003"),
    ") and of the Department of Health (",
    Period("2004"),
    ").",
)


def how(audit: Audit) -> Section:
    """Say how it was worked out, and who published the figures."""
    items: list[Sentence] = [CYCLE]
    need = audit.need
    if not isinstance(need, str):
        items.append(sentence("Need is by: ", Period(need.words), "."))
        items.append(
            sentence(
                "The index is Kakwani's: the concentration index of uptake by need, less the Gini "
                "coefficient of need."
                if audit.has_zero
                else "The index is the concentration index of uptake by deprivation, which is an "
                "order of places: below zero, uptake is lower where deprivation is greater."
            )
        )
        items.append(
            sentence(
                "Its interval leaves out each place in turn (the jackknife). Level is said only "
                "where a straight line would differ by less than two percentage points from end "
                "to end."
            )
        )
    if not audit.is_counted:
        items.append(
            sentence(
                "The pack has shares and no counts of users, so each place counts by all its "
                "people, not by those eligible."
            )
        )
    items.append(
        sentence(
            "With fewer than ten places, or where more than one in twenty people live where uptake "
            "is not known, the page cannot tell."
        )
    )
    if audit.asked.uptake:
        items.append(
            sentence(
                "From your own file, groups in which fewer than ",
                Period(str(FEWEST)),
                " people used the service, or did not, are withheld, and so is the next one where "
                "it would tell.",
            )
        )
    items.append(
        sentence(
            "Need is of places, not of the people who used the service, and the page does not say "
            "why uptake differs. Decisions are in the words of those who took them."
        )
    )
    blocks: list[Block] = [bullets("method", items)]
    if audit.remarks:
        blocks.append(
            bullets("remarks", [sentence("The file: ", Period(r), ".") for r in audit.remarks])
        )
    return Section("how", "How this was worked out", tuple(blocks))


def sources(pack: Pack, audit: Audit) -> Section:
    """Say who published the figures."""
    needs = () if isinstance(audit.need, str) else audit.need.sources
    own = f"Uptake: {audit.asked.uptake.source}. " if audit.asked.uptake else ""
    published = [name for name in audit.sources if not audit.asked.uptake] + list(needs)
    thanks = paragraph("attribution", f"{own}{source_line(pack, published)}.")
    return sources_section(pack, thanks)
