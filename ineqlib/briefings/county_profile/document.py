"""The county profile: all districts of a county or region side by side."""

from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.area import how_made
from ineqlib.briefings.county_profile import gaps, side_by_side
from ineqlib.briefings.county_profile.answer import answer, message, no_answer
from ineqlib.briefings.county_profile.county import County, areas_of, read_county
from ineqlib.briefings.county_profile.facts import CountyFacts, county_facts
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import left_out
from ineqlib.catalogue import MARMOT
from ineqlib.document.model import Document
from ineqlib.facts.profile import read_profile
from ineqlib.pack import Pack, open_pack


def open_county_profile(
    pack: Pack | str | Path,
    area: str,
    *,
    districts: list[str] | tuple[str, ...] = (),
    indicator_set: str | list[str] = MARMOT,
) -> Document:
    """Build the page that sets all districts of a county or region side by side.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a county or region, or of an area whose districts are named.
    districts
        Names or codes of the districts that make it up, where the pack does not know them, as of
        a combined authority; empty for those that it knows.
    indicator_set
        Name or file of an indicator set, or indicator ids in order.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`. Where the pack does not
        know the districts, the page says so.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.

    Examples
    --------
    >>> import ineqlib as iq
    >>> profile = iq.open_county_profile("demo", "Wendlemere")
    >>> list(profile.outline)[:3]
    ['answer', 'figures', 'ranks']
    """
    opened = open_pack(pack)
    county = read_county(opened, area, districts, indicator_set)
    facts = None if county.why_not else county_facts(county)
    contents = _side_by_side(facts) if facts else _refused(county)
    about = county.area
    inside = [own.profile.area for own in county.districts]
    around = {code for own in inside for code in (own.parent_code, own.region_code) if code}
    others = [*about.above.values(), *(own.code for own in inside), *sorted(around)]
    return Document(
        kind="county_profile",
        parameters={"districts": list(districts), "indicator_set": indicator_set},
        title=f"{about.name}: its districts side by side",
        **contents,
        **about_area(opened, about, facts, others),
    )


def _side_by_side(facts: CountyFacts) -> dict[str, Any]:
    """Return what the document says of the districts."""
    return {
        "summary": message(facts).text,
        "outline": {
            "answer": partial(answer, facts),
            "figures": partial(side_by_side.figures, facts),
            "ranks": partial(side_by_side.ranks, facts),
            "gaps": partial(gaps.between_and_inside, facts),
            "inequality": partial(gaps.inequality, facts),
            "priorities": partial(side_by_side.priorities, facts),
            "how": partial(side_by_side.how, facts),
            "sources": partial(how_made.sources, facts.county.districts[0]),
        },
    }


def _refused(county: County) -> dict[str, Any]:
    """Return what the document says where there is nothing to set side by side."""
    shown = ("figures", "ranks", "gaps", "inequality", "priorities")
    return {
        "summary": county.why_not,
        "outline": {
            "answer": partial(no_answer, county),
            **dict.fromkeys(shown, left_out),
            "how": side_by_side.needed,
            "sources": left_out,
        },
    }


def check(pack: Pack, area: str, *, districts: list[str], indicator_set: str | list[str]) -> None:
    """Refuse an area, a district or an indicator that there is not; the rest the page says."""
    areas_of(pack, area, districts)
    read_profile(pack, area, comparators=[], indicator_set=indicator_set)
