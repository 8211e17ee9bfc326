"""The health equity audit of a service, pre-filled, with room for what people decide."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ineqlib.briefings.equity_audit import shown, words
from ineqlib.briefings.equity_audit.asked import read_asked
from ineqlib.briefings.equity_audit.decisions import require_no_entry
from ineqlib.briefings.equity_audit.decisions import start_decisions as start
from ineqlib.briefings.equity_audit.facts import Audit, audit_facts
from ineqlib.briefings.equity_audit.groups import FEWEST
from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import HOW, answer_section, no_answer_section, sources_section
from ineqlib.document.blocks import Block, bullets
from ineqlib.document.model import Document, Section, comparable
from ineqlib.narrative.sentence import Period, Sentence, sentence
from ineqlib.pack import Pack, open_pack

CYCLE = sentence(
    "The six steps are those of the guidance on health equity audit of Hamer and others (",
    (Period("2003"), ") and of the Department of Health (", Period("2004"), ")."),
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


def open_equity_audit(
    pack: Pack | str | Path,
    area: str,
    *,
    service: str = "",
    uptake: str | Path = "",
    need: str = DEPRIVATION,
    decisions: str | Path = "",
) -> Document:
    """Build the health equity audit of a service in an area.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    service
        Id or name of an indicator of uptake, of which more is better; with `uptake` the name of a
        service in that file. Empty for the first that is known of most places.
    uptake
        A file of who used a service, by place or group; empty for what the pack has.
    need
        ``deprivation``; an indicator of districts of which more is worse; or several of them as a
        formula, ``smoking_adults + 2 * fuel_poverty``.
    decisions
        A file of what people decided (`start_decisions` writes a blank one); it is read, never
        written. Empty where nothing is decided yet.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError, InputError
        A name that does not exist (the message offers the nearest), or a file that cannot be read.
    """
    opened = open_pack(pack)
    asked = read_asked(
        opened, area, service=service, uptake=str(uptake), need=need, decisions=str(decisions)
    )
    audit = audit_facts(opened, asked)
    others = [fact.area_code for fact in (audit.whole, audit.country) if fact]
    others += [group.rate.area_code for group in audit.known if group.rate]
    return Document(
        kind="equity_audit",
        parameters={
            "service": service,
            "uptake": str(uptake),
            "need": need,
            "decisions": str(decisions),
        },
        title=words.title(audit),
        summary=words.in_short(audit),
        outline={
            "answer": partial(answer, audit),
            "equity_profile": partial(shown.profile, opened, audit),
            "groups": partial(shown.groups, audit),
            "not_held": partial(shown.not_held, audit),
            "cycle": partial(shown.cycle, audit),
            "how": partial(how, audit),
            "sources": partial(sources, opened, audit),
        },
        figures=() if asked.uptake or audit.whole is None else (comparable(audit.whole),),
        **about_area(opened, asked.area, audit, others),
    )


def start_decisions(
    path: str | Path,
    pack: Pack | str | Path,
    area: str,
    *,
    service: str = "",
    uptake: str | Path = "",
    need: str = DEPRIVATION,
) -> None:
    """Write the decisions of an audit, all open, to a file; add them to one that is there.

    Whatever the file has stays as it is. Give its path as `decisions` to `open_equity_audit`, or
    in a run file.

    Parameters
    ----------
    path
        The file, such as ``decisions.yml``.
    pack, area, service, uptake, need
        As in `open_equity_audit`.

    Raises
    ------
    ParameterError
        The file has the decisions of this audit already.
    InputError
        The file cannot be read.
    """
    opened = open_pack(pack)
    asked = read_asked(opened, area, service=service, uptake=str(uptake), need=need, decisions="")
    require_no_entry(path, opened, asked.area.code, asked.service)
    audit = audit_facts(opened, asked)
    start(path, (asked.area.code, asked.area.name), asked.service, audit.figures)


def answer(audit: Audit) -> Section:
    """Say whether uptake follows need, how sure that is, and what next."""
    question = words.question(audit)
    if not audit.asked.name:
        place = audit.asked.area.name
        why = (
            f"This pack cannot answer that: it has no uptake of a service for {place} or its "
            "districts."
        )
        instead = (
            "give a file of your own with users and people eligible by place or group, or add a "
            "coverage, such as of screening, to the pack."
        )
        return no_answer_section(question, why, instead)
    return answer_section(
        question, words.answer(audit), words.how_sure(audit), words.what_next(audit)
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
