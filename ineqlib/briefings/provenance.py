"""What a document says of the pack it is made from, for every kind of document about an area."""

from collections.abc import Iterable
from typing import TypedDict

from ineqlib.document.origin import Origin, origin_of
from ineqlib.facts.fact import FactTable
from ineqlib.facts.shared import area_names
from ineqlib.pack import Pack


class Provenance(TypedDict):
    """What a `Document` says of the pack it is made from, by the names of its fields."""

    places: dict[str, str]
    pack_title: str
    fictional: bool
    origin: Origin


def provenance(pack: Pack, facts: FactTable, codes: Iterable[str]) -> Provenance:
    """Return what a document says of the pack it is made from.

    Parameters
    ----------
    pack
        The pack.
    facts
        All that the document shows.
    codes
        Of the places that its figures may be about; empty ones are passed over.
    """
    return {
        "places": place_names(pack, filter(None, codes)),
        "pack_title": pack.title,
        "fictional": pack.fictional,
        "origin": origin_of(pack, facts.values()),
    }


def place_names(pack: Pack, codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each of some areas; a code that the pack does not know names itself."""
    names = pack.shared(area_names)
    return {code: names.get(code, code) for code in codes}
