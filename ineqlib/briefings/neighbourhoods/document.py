"""The document that says where in an area to look first, by one figure of its small areas."""

from functools import partial
from pathlib import Path

from ineqlib.briefings.neighbourhoods import shown, words
from ineqlib.briefings.neighbourhoods.asked import check_asked, choose, name_asked
from ineqlib.briefings.neighbourhoods.facts import facts_of
from ineqlib.briefings.neighbourhoods.figures import figures_within
from ineqlib.briefings.neighbourhoods.how import method_items
from ineqlib.briefings.neighbourhoods.kind import NAME
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import method_section, sources_section
from ineqlib.document.model import Document, comparable
from ineqlib.facts.fact import FactTable
from ineqlib.facts.profile import read_profile
from ineqlib.pack import Pack, open_pack


def open_neighbourhoods(
    pack: Pack | str | Path, area: str, *, indicator: str = "", unit: str = ""
) -> Document:
    """Build the document that says where in an area to look first.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    indicator
        Id or name of a figure of its wards, MSOAs or neighbourhoods; empty for the first of which
        the counts are known.
    unit
        ``ward``, ``msoa`` or ``lsoa``; empty for the smallest whose figures can carry weight.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError
        A name that does not exist; the message offers the nearest.
    """
    pack = open_pack(pack)
    check_asked(pack, area, indicator=indicator, unit=unit)
    place, asked = pack.area(area), name_asked(pack, indicator)
    profile = read_profile(pack, place.code, comparators=[], indicator_set=[])
    there = list(figures_within(profile))
    about = facts_of(pack, place, asked, there, choose(there, asked, unit))
    table = FactTable.within(about)
    return Document(
        kind=NAME,
        parameters={"indicator": indicator, "unit": unit},
        title=words.title(about),
        summary=words.summary(about),
        outline={
            "answer": partial(shown.answer, about),
            "first": partial(shown.first, pack, about),
            "maps": partial(shown.maps, pack, about),
            "clusters": partial(shown.clusters, about),
            "places": partial(shown.every_place, about),
            "how": partial(method_section, method_items(about)),
            "sources": partial(sources_section, pack, about.sources),
        },
        figures=tuple(comparable(p.raw) for p in about.first if p.raw),
        **about_area(pack, place, table, [place.code]),
    )
