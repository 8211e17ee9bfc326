"""Which area is meant, and what lies around it. Pure: publishers' answers in, codes out."""

import csv
import io
import re
from calendar import month_abbr, month_name
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Self

from ineqlib.errors import FetchError, UnknownArea, listed, nearest
from ineqlib.sources.layouts.lookups import known_changes

REGION_TYPE = 6
"""Fingertips' type of the English regions, which has not changed."""
COMBINED = ("E06000053", "E09000001")
"""The Isles of Scilly and the City of London, which publishers often put with a neighbour."""

Whole = Literal["districts", "counties"]
"""A tier, each with the unitary authorities."""
_TIERS: dict[Whole, tuple[str, str]] = {
    "districts": ("districts", "lower tier"),
    "counties": ("counties", "upper tier"),
}
"""How the names of Fingertips' types of the two tiers begin."""
_SINCE = re.compile(
    r"(?:post|from) (?:(?P<number>\d+)/|(?P<month>[A-Z][a-z]{2,8}) )(?P<year>\d{2,4})"
)
"""How a name says since when a type holds."""


@dataclass(frozen=True)
class Tier:
    """A type of area of Fingertips."""

    id: int
    name: str

    @property
    def words(self) -> str:
        """Return the name in words, with the time since which it holds.

        Examples
        --------
        >>> Tier(501, "Lower tier local authorities (post 4/23)").words
        'Districts and unitary authorities, April 2023'
        >>> Tier(502, "Counties & UAs (from Apr 2023)").words
        'Counties and unitary authorities, April 2023'
        """
        folded = self.name.casefold()
        of_tier = [words for words, starts in _TIERS.items() if folded.startswith(starts)]
        if not of_tier:
            return self.name
        since = _SINCE.search(self.name)
        month = int(since["number"] or 4) if since else 0
        if since and since["month"]:
            month = list(month_abbr).index(since["month"][:3].title())
        date = f", {month_name[month]} {2000 + int(since['year']) % 100}" if since else ""
        return f"{of_tier[0].capitalize()} and unitary authorities{date}"


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


def tier(area_types: Iterable[Mapping[str, Any]], which: Whole) -> Tier:
    """Return the newest type of districts, or of counties, each with unitary authorities.

    Types of later years have higher ids.
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


@dataclass(frozen=True)
class Authorities:
    """The authorities of England as the newest lookups of ONS have them."""

    county_of: Mapping[str, str]
    """Code of a district or unitary authority -> that of the county it lies in, or its own."""
    region_of: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def read(cls, to_counties: bytes, to_regions: bytes) -> Self:
        """Read the two lookups from districts, which are CSV."""
        county_of, names = _pairs(to_counties)
        region_of, others = _pairs(to_regions)
        return cls(county_of, region_of, others | names)

    @property
    def counties(self) -> tuple[str, ...]:
        """Codes of all upper-tier authorities."""
        return tuple(sorted(set(self.county_of.values())))

    @property
    def with_districts(self) -> tuple[str, ...]:
        """Codes of the counties that have districts."""
        return tuple(code for code in self.counties if code not in self.county_of)

    def district_codes(self, county: str) -> tuple[str, ...]:
        """Return the codes of the districts of a county; of a unitary authority its own."""
        return tuple(sorted(code for code, above in self.county_of.items() if above == county))

    def find(self, wanted: str) -> Place:
        """Find a district, unitary authority or county by code or name."""
        known = [*self.counties, *self.county_of]
        by_name = {self.names[code].casefold(): code for code in known}
        code = wanted if wanted in known else by_name.get(wanted.casefold(), "")
        if not code:
            raise UnknownArea(
                f"No district, unitary authority or county of England is called '{wanted}'."
                f"{nearest(wanted, [self.names[code] for code in by_name.values()])} "
                "`ineq pull --list` lists them."
            )
        county = self.county_of.get(code, code)
        districts = self.district_codes(county)
        return Place(
            code, self.names[code], county, self.region_of.get(districts[0], ""), districts
        )

    def counties_in(self, region: str) -> set[str]:
        """Return the codes of the upper-tier authorities of a region."""
        inside = (code for code, above in self.region_of.items() if above == region)
        return {self.county_of[code] for code in inside if code in self.county_of}

    def how_many(self, parent: str) -> int:
        """Return how many districts and unitary authorities lie in a county or region."""
        return sum(
            parent in (above, self.region_of.get(code)) for code, above in self.county_of.items()
        )

    def around(self, code: str) -> Place | None:
        """Return an authority under its present code or an earlier one; None where it is gone."""
        known = {*self.county_of, *self.counties}
        now = code if code in known else _renamed().get(code, "")
        return self.find(now) if now in known else None


def as_published(codes: Iterable[str], published: Set[str]) -> tuple[str, ...]:
    """Return areas under the codes that a publisher has: it may be years behind a renaming."""
    former = {new: old for old, new in _renamed().items()}
    known = {code: code if code in published else former.get(code, "") for code in codes}
    if absent := [code for code, own in known.items() if own not in published]:
        raise FetchError(
            f"Fingertips has no area {listed(absent)}, which ONS has in its newest lookup: the two "
            "are of different years. Download the files by hand (docs/how-to-your-area.md)."
        )
    return tuple(known.values())


def with_former(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes and those that the same areas had before: a lookup may be years old."""
    wanted = set(codes)
    return tuple(sorted(wanted | {old for old, new in _renamed().items() if new in wanted}))


@cache
def _renamed() -> dict[str, str]:
    """Return old -> new code of the authorities that were renamed."""
    changes = known_changes()
    renamed = changes[changes["kind"] == "renamed"]
    return dict(zip(renamed["old_code"], renamed["new_code"], strict=True))


def neighbourhoods_in(lookup: bytes, districts: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the LSOAs that a lookup, which is CSV, has in some districts."""
    rows = list(csv.DictReader(io.StringIO(lookup.decode("utf-8-sig"))))
    district = next(name for name in rows[0] if re.fullmatch(r"LAD\d\dCD", name))
    has = {_renamed().get(row[district], row[district]) for row in rows}
    if absent := sorted(set(districts) - has):
        raise FetchError(
            f"the lookup of ONS from neighbourhoods has none in {listed(absent)}: it is of other "
            "years than that of districts"
        )
    return tuple(sorted(row["LSOA21CD"] for row in rows))


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
