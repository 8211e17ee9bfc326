"""Which area is meant, and what lies around it. Pure: publishers' answers in, codes out."""

import csv
import io
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from ineqlib.errors import FetchError, UnknownArea, listed, nearest
from ineqlib.sources.layouts.lookups import known_changes

REGION_TYPE = 6
"""Fingertips' type of the English regions, which has not changed."""

_TIERS = {
    "districts": ("districts", "lower tier"),
    "counties": ("counties", "upper tier"),
}
"""How the names of Fingertips' types of the two tiers begin."""


@dataclass(frozen=True)
class Tier:
    """A type of area of Fingertips."""

    id: int
    name: str


@dataclass(frozen=True)
class Place:
    """An authority, and the county and the region it lies in."""

    code: str
    name: str
    county: str
    region: str
    districts: tuple[str, ...]
    """Codes of all districts of its county."""

    @property
    def is_two_tier(self) -> bool:
        """Whether its county has districts."""
        return self.districts != (self.county,)


def tier(area_types: Iterable[Mapping[str, Any]], which: str) -> Tier:
    """Return the newest type of districts, or of counties, each with unitary authorities.

    Types of later years have higher ids.

    Raises
    ------
    FetchError
        There is none: the publisher has renamed it.
    """
    beginnings = _TIERS[which]
    of_tier = [
        Tier(int(kind["Id"]), str(kind["Name"]))
        for kind in area_types
        if any(str(kind[key]).casefold().startswith(beginnings) for key in ("Name", "Short"))
    ]
    if not of_tier:
        raise FetchError(
            f"Fingertips has no type of area whose name begins with {' or '.join(beginnings)}: it "
            "has changed. Report it, and download the files by hand (docs/how-to-your-area.md)."
        )
    return max(of_tier, key=lambda kind: kind.id)


def find_place(wanted: str, to_counties: bytes, to_regions: bytes) -> Place:
    """Find an authority by code or name in the lookups of ONS.

    Parameters
    ----------
    wanted : str
        Code or name of a district, a unitary authority or a county.
    to_counties, to_regions : bytes
        The lookups from districts, as CSV.

    Raises
    ------
    UnknownArea
        There is none of that code or name.
    """
    county_of, names = _pairs(to_counties)
    region_of, others = _pairs(to_regions)
    names = others | names
    by_name = {name.casefold(): code for code, name in names.items() if code in county_of}
    counties = {county: names[county] for county in county_of.values()}
    by_name |= {name.casefold(): code for code, name in counties.items()}
    code = wanted if wanted in names else by_name.get(wanted.casefold(), "")
    if code not in county_of and code not in counties:
        raise UnknownArea(
            f"No district, unitary authority or county of England is called '{wanted}'."
            f"{nearest(wanted, [names[code] for code in by_name.values()])}"
        )
    county = county_of.get(code, code)
    districts = tuple(sorted(child for child, parent in county_of.items() if parent == county))
    return Place(code, names[code], county, region_of.get(districts[0], ""), districts)


def as_published(codes: Iterable[str], published: Set[str]) -> tuple[str, ...]:
    """Return areas under the codes that a publisher has: it may be years behind a renaming.

    Raises
    ------
    FetchError
        It has one neither under its code nor under the one before.
    """
    changes = known_changes()
    renamed = changes[changes["kind"] == "renamed"]
    former = dict(zip(renamed["new_code"], renamed["old_code"], strict=True))
    known = {code: code if code in published else former.get(code, "") for code in codes}
    if absent := [code for code, own in known.items() if own not in published]:
        raise FetchError(
            f"Fingertips has no area {listed(absent)}, which ONS has in its newest lookup: the two "
            "are of different years. Download the files by hand (docs/how-to-your-area.md)."
        )
    return tuple(known.values())


def _pairs(lookup: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Return child -> parent of the English areas of a lookup, and the names of all its areas."""
    rows = csv.DictReader(io.StringIO(lookup.decode("utf-8-sig")))
    codes = [name for name in rows.fieldnames or () if name.endswith("CD")]
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in rows:
        child, parent = (row[column] for column in codes)
        if child.startswith("E"):
            parents[child] = parent
            names |= {row[c]: row[c.removesuffix("CD") + "NM"] for c in codes}
    return parents, names
