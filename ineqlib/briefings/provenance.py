"""What every document about an area says of the area, and of the pack it is made from."""

from collections.abc import Iterable
from typing import TypedDict

from ineqlib.briefings.kinds import area_subject
from ineqlib.document.origin import Origin, origin_of
from ineqlib.document.subject import Subject
from ineqlib.facts.fact import FactTable
from ineqlib.facts.shared import area_names
from ineqlib.pack import Area, Pack


class AboutArea(TypedDict):
    """What a `Document` is about and made from, by the names of its fields."""

    subject: Subject
    facts: FactTable
    places: dict[str, str]
    pack_title: str
    fictional: bool
    origin: Origin


def about_area(
    pack: Pack, area: Area, figures: object, other_places: Iterable[str] = ()
) -> AboutArea:
    """Return what a document is about, and what it says of the pack it is made from.

    Its facts are those that its figures are made of, about the area and about other places, given
    by their codes; empty ones are passed over.
    """
    facts = FactTable.within(figures)
    return {
        "subject": area_subject(area),
        "facts": facts,
        "places": place_names(pack, filter(None, (area.code, *other_places))),
        "pack_title": pack.title,
        "fictional": pack.fictional,
        "origin": origin_of(pack, facts.values()),
    }


def place_names(pack: Pack, codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each of some areas; a code that the pack does not know names itself."""
    names = pack.shared(area_names)
    return {code: names.get(code, code) for code in codes}
