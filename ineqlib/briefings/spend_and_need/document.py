"""Whether money follows need: several funders' spending against need, for one area."""

from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.spend_and_need import answer, by_need, shown
from ineqlib.briefings.spend_and_need.asked import read_asked
from ineqlib.briefings.spend_and_need.facts import spend_facts
from ineqlib.briefings.spend_and_need.how import how, not_placed
from ineqlib.briefings.spend_and_need.kind import DEPRIVATION, NAME, UNKNOWN
from ineqlib.document.model import Document
from ineqlib.facts.fact import FactTable
from ineqlib.pack import Pack, open_pack


def open_spend_and_need(  # noqa: PLR0913 (two of them say where)
    pack: Pack | str | Path,
    area: str,
    *,
    spending: str | Path = "",
    need: str = DEPRIVATION,
    funders: list[str] | tuple[str, ...] = (),
    period: str = "",
    unlisted: str = UNKNOWN,
) -> Document:
    """Build the page that says whether money follows need.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area, to whose parts money went: a county, a region, a country,
        or a district with its neighbourhoods.
    spending
        A file of one's own spending, or the time series of Revenue Outturn; empty for what the
        pack itself holds.
    need
        ``deprivation``; an indicator of districts of which more is worse; or several of them as a
        formula, ``smoking_adults + 2 * fuel_poverty``, each counted against its own mean.
    funders
        Those to tell of, at most twelve; all by default.
    period
        The newest by default.
    unlisted
        ``unknown`` or ``nothing``: what places got that the file does not list.

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
    parameters: dict[str, Any] = {
        "spending": str(spending),
        "need": need,
        "funders": list(funders),
        "period": period,
        "unlisted": unlisted,
    }
    asked = read_asked(opened, area, **parameters)
    facts = spend_facts(opened, asked)
    subject, table = asked.area, FactTable.within(facts)
    return Document(
        kind=NAME,
        parameters=parameters,
        title=f"Does money follow need in {subject.name}?",
        summary=answer.in_short(facts),
        outline={
            "answer": partial(answer.answer, facts),
            "by_funder": partial(shown.by_funder, facts),
            "per_head": partial(shown.per_head, opened, facts),
            "share_by_need": partial(by_need.share_by_need, opened, facts),
            "other_needs": partial(by_need.by_other_needs, facts),
            "not_placed": partial(not_placed, facts),
            "how": partial(how, opened, facts),
        },
        **about_area(opened, subject, table, [subject.code]),
    )
