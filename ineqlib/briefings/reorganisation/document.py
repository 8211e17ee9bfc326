"""What if these councils were one: options compared, today's districts beside them."""

from functools import partial
from pathlib import Path

from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.reorganisation import sections
from ineqlib.briefings.reorganisation.facts import options_facts
from ineqlib.briefings.reorganisation.options import county_of
from ineqlib.catalogue import MARMOT, load_catalogue, load_indicator_set
from ineqlib.document.model import Document
from ineqlib.pack import Pack, open_pack


def open_reorganisation(
    pack: Pack | str | Path, area: str, *, indicator_set: str = MARMOT
) -> Document:
    """Build the document that compares ways to divide a county into authorities.

    Parameters
    ----------
    pack
        A pack with proposed unitaries in it (see ``docs/reorganisation.md``), or where it is.
    area
        Code or name of the county.
    indicator_set
        Which indicators to compare, of those that every authority of every option has.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea
        A name that does not exist; the message offers the nearest.
    ParameterError
        The pack has no option for the county, or one that does not divide all of it.
    """
    opened = open_pack(pack)
    county = county_of(opened, area)
    catalogue, known = load_catalogue(), set(opened.indicators["indicator_id"])
    chosen = load_indicator_set(indicator_set)
    indicators = tuple(catalogue[name] for name in chosen if name in known)
    facts = options_facts(opened, county, indicators)
    authorities = [
        authority.area.code for option in county.options for authority in option.authorities
    ]
    return Document(
        kind="reorganisation",
        parameters={"indicator_set": indicator_set},
        title=f"What if? Ways to divide {county.area.name}",
        summary=f"{len(county.options) - 1} option(s) beside today's districts",
        outline={
            "in_short": partial(sections.in_short, facts),
            "authorities": partial(sections.authorities, facts),
            "maps": partial(sections.maps, facts, opened),
            "deprivation": partial(sections.deprivation, facts),
            "gaps": partial(sections.gaps, facts),
            "neighbours": partial(sections.neighbours, facts),
            "limits": partial(sections.limits, facts),
        },
        **about_area(opened, county.area, facts, authorities),
    )


def check(pack: Pack, area: str, indicator_set: str) -> None:
    """Refuse a county that the pack has no options for, or a set that does not exist."""
    county_of(pack, area)
    load_indicator_set(indicator_set)
