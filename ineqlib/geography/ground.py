"""Which neighbourhoods an area of one's own is made of, and which published areas make it up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

import pandas as pd

from ineqlib.areas import LSOA_NAME
from ineqlib.catalogue import deprivation_index, newest_index
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.geography.changes import COLUMNS, SmallAreaChanges
from ineqlib.geography.own_areas import OwnArea

WORDS = {"lad": "district", "ward": "ward", "msoa": "MSOA", "lsoa": "LSOA"}
"""Type of part -> what to call one."""


@dataclass(frozen=True)
class Part:
    """One part of an area of one's own."""

    code: str
    name: str
    kind: str
    small_areas: frozenset[str] = field(default=frozenset(), repr=False)
    """Its neighbourhoods by the newest index of the pack; none where the pack has none."""


@dataclass(frozen=True)
class ResolvedArea:
    """An area of one's own, with everything named in it found."""

    area: OwnArea
    parts: tuple[Part, ...]
    districts: frozenset[str]
    """Codes of those its parts lie in."""
    covers: tuple[tuple[str, ...], ...]
    """Ways to put it together from published areas without a gap or an overlap, the largest areas
    first; the codes of each."""
    members: dict[str, frozenset[str]]
    """Its neighbourhoods by index of deprivation."""
    without: dict[str, str]
    """Index of which it has no neighbourhoods, and why."""


class Ground:
    """The areas of a pack and the neighbourhoods they are made of.

    Without `changes` of neighbourhoods from 2011 to 2021, none is carried to the other year.
    """

    def __init__(
        self, areas: pd.DataFrame, small_areas: pd.DataFrame, changes: pd.DataFrame
    ) -> None:
        self._areas = areas[~areas["ended"].astype(bool)]
        self._ended = areas[areas["ended"].astype(bool)]
        self._changes = SmallAreaChanges(changes if len(changes) else pd.DataFrame(columns=COLUMNS))
        self._has_changes = len(changes) > 0
        indices = small_areas["index"].astype(str)
        self._newest = newest_index(indices.unique())
        self._of_index = {
            str(index): {str(code): frozenset(small) for code, small in _by(rows, "area_code")}
            for index, rows in small_areas.groupby(indices)
        }
        small = small_areas[indices == self._newest].astype(
            dict.fromkeys(["small_area_code", "small_area_name", "area_code"], "str")
        )
        self._small = small.drop_duplicates("small_area_code")
        self._of_district = self._of_index.get(self._newest, {})
        stems = self._small["small_area_name"].str.extract(LSOA_NAME.pattern, expand=False)
        self._of_msoa = {
            str(name): frozenset(rows) for name, rows in _by(self._small.assign(stem=stems), "stem")
        }

        self._names = {kind: self._names_of(kind) for kind in ("lad", "ward", "msoa")}

    def _names_of(self, kind: str) -> dict[str, str]:
        """Return the areas of a kind by code; wards are those that neighbourhoods lie in too."""
        rows = self._areas[self._areas["area_type"] == kind]
        names = dict(zip(rows["area_code"], rows["area_name"], strict=True))
        if kind == "ward" and "locality_code" in self._small:
            known = self._small[self._small["locality_code"].fillna("") != ""]
            names |= dict(zip(known["locality_code"], known["locality"], strict=True))
        return names

    def make(self, area: OwnArea) -> ResolvedArea:
        """Find every part of an area of one's own."""
        parts = tuple(self._part(kind, text, area) for kind, text in area.parts)
        self._refuse_overlaps(area, parts)
        members, without = self._members(parts)
        districts = self._districts_of(parts)
        return ResolvedArea(area, parts, districts, tuple(self._covers(parts)), members, without)

    def _districts_of(self, parts: tuple[Part, ...]) -> frozenset[str]:
        """Return the districts that the parts of an area lie in."""
        small = _small_areas(parts)
        rows = self._small[self._small["small_area_code"].isin(small)]
        codes = [part.code for part in parts if part.code]
        known = self._areas[self._areas["area_code"].isin(codes)]
        own = known["area_code"].where(known["area_type"] == "lad", known["parent_code"])
        return frozenset({*rows["area_code"], *own} - {""})

    def _part(self, kind: str, text: str, area: OwnArea) -> Part:
        if kind == "lsoa":
            return self._lsoa(text, area)
        if kind == "msoa" and text in self._of_msoa:
            codes = self._named("msoa", text)
            code = codes[0] if len(codes) == 1 else ""
            return Part(code, text, kind, self._of_msoa[text])
        codes = [text] if text in self._names[kind] else self._named(kind, text)
        if len(codes) == 1:
            name = self._names[kind][codes[0]]
            return Part(codes[0], name, kind, self._small_areas_of(codes[0], name, kind))
        who = f"{area.name} ({area.id})"
        if codes:
            raise ParameterError(
                f"{who}: {len(codes)} {WORDS[kind]}s are called '{text}': {listed(codes)}. Give "
                "the code instead."
            )
        ended = self._ended[self._ended[["area_code", "area_name"]].isin([text]).any(axis=1)]
        if len(ended):
            after = listed(str(ended["successors"].iloc[0]).split("|"))
            raise ParameterError(f"{who}: '{text}' is no more; it is now {after}.")
        offered = [*self._names[kind].values(), *(self._of_msoa if kind == "msoa" else ())]
        raise ParameterError(
            f"{who}: there is no {WORDS[kind]} '{text}' in the pack.{nearest(text, offered)}"
        )

    def _lsoa(self, text: str, area: OwnArea) -> Part:
        rows = self._small[self._small[["small_area_code", "small_area_name"]].eq(text).any(axis=1)]
        if len(rows) == 1:
            code, name = rows.iloc[0][["small_area_code", "small_area_name"]]
            return Part(code, name, "lsoa", frozenset([code]))
        who = f"{area.name} ({area.id})"
        of_other = (codes for index in self._of_index.values() for codes in index.values())
        if any(text in codes for codes in of_other):
            carried = self._changes.carry({text}, "new")
            if carried.codes and carried.codes <= set(self._small["small_area_code"]):
                return Part(text, text, "lsoa", carried.codes)
            raise ParameterError(
                f"{who}: the LSOA '{text}' is of 2011 and is not one or several whole ones of "
                "2021. Give those of 2021 instead."
            )
        raise ParameterError(
            f"{who}: there is no LSOA '{text}' in the pack."
            f"{nearest(text, self._small['small_area_code']) if len(text) < 10 else ''}"
        )

    def _named(self, kind: str, name: str) -> list[str]:
        wanted = name.casefold()
        return sorted(c for c, known in self._names[kind].items() if known.casefold() == wanted)

    def _small_areas_of(self, code: str, name: str, kind: str) -> frozenset[str]:
        if kind == "lad":
            return self._of_district.get(code, frozenset())
        if kind == "msoa":
            return self._of_msoa.get(name, frozenset())
        if "locality_code" not in self._small:
            return frozenset()
        in_ward = self._small["locality_code"] == code
        return frozenset(self._small.loc[in_ward, "small_area_code"])

    def _refuse_overlaps(self, area: OwnArea, parts: tuple[Part, ...]) -> None:
        parent = dict(zip(self._areas["area_code"], self._areas["parent_code"], strict=True))
        for first, second in combinations(parts, 2):
            shared = first.small_areas & second.small_areas
            inside = (
                first.code
                and second.code
                and (
                    first.code == second.code
                    or parent.get(first.code) == second.code
                    or parent.get(second.code) == first.code
                )
            )
            if shared or inside:
                how = f"share {len(shared)} neighbourhood(s)" if shared else "overlap"
                raise ParameterError(
                    f"{area.name} ({area.id}): the {WORDS[first.kind]} {first.name} and the "
                    f"{WORDS[second.kind]} {second.name} {how}, so that people there would be "
                    "counted twice. Leave one of them out."
                )

    def _members(self, parts: tuple[Part, ...]) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
        """Return the neighbourhoods by index, and of which index there are none."""
        members: dict[str, frozenset[str]] = {}
        without: dict[str, str] = {}
        if unknown := [part.name for part in parts if not part.small_areas]:
            reason = f"the pack does not know the neighbourhoods of {listed(unknown)}"
            return {}, dict.fromkeys(self._of_index, reason)
        newest = _small_areas(parts)
        year = deprivation_index(self._newest).small_areas
        whole = self._whole_districts(parts)
        for index, districts in self._of_index.items():
            if deprivation_index(index).small_areas == year:
                members[index] = newest
                continue
            known = frozenset().union(*districts.values())
            within = frozenset().union(*(districts.get(code, frozenset()) for code in whole))
            of_whole = frozenset().union(*(self._of_district[code] for code in whole))
            carried = self._changes.carry(newest - of_whole, "old")
            if carried.left:
                without[index] = f"{listed(carried.left)}: {carried.reason}"
            elif absent := carried.codes - known:
                without[index] = f"{len(absent)} of its neighbourhoods are not those of {index}" + (
                    "" if self._has_changes else "; give the ONS lookup of LSOAs 2011 to 2021"
                )
            else:
                members[index] = within | carried.codes
        return members, without

    def _whole_districts(self, parts: tuple[Part, ...]) -> list[str]:
        """Return the districts that parts are all of, together with those that are parts."""
        every = _small_areas(parts)
        filled = {code for code, small in self._of_district.items() if small and small <= every}
        return sorted(filled | {part.code for part in parts if part.kind == "lad"})

    def _covers(self, parts: tuple[Part, ...]) -> Iterator[tuple[str, ...]]:
        """Yield ways to put parts together from published areas, each once."""
        every = _small_areas(parts)
        whole = self._whole_districts(parts)
        within = frozenset().union(*(self._of_district.get(code, frozenset()) for code in whole))
        rest = [part for part in parts if part.kind != "lad" and not part.small_areas <= within]
        rest += [part for part in parts if part.kind != "lad" and not part.small_areas]
        covers: list[tuple[str, ...]] = []
        if not rest:
            covers += [(code,) for code in self._wider(whole)]
        covers.append((*whole, *(part.code for part in rest)))
        covers.append(tuple(part.code for part in parts))
        if every and all(part.small_areas for part in parts):
            covers.append(tuple(sorted(every)))
        seen: set[frozenset[str]] = set()
        for cover in covers:
            if cover and all(cover) and frozenset(cover) not in seen:
                seen.add(frozenset(cover))
                yield cover

    def _wider(self, districts: Iterable[str]) -> list[str]:
        """Return counties and regions that these districts are all of."""
        wanted = set(districts)
        lads = self._areas[self._areas["area_type"] == "lad"]
        return [
            str(code)
            for column in ("parent_code", "region_code", "country_code")
            for code, rows in lads.groupby(column)["area_code"]
            if code and set(rows) == wanted
        ]


def _small_areas(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset().union(*(part.small_areas for part in parts))


def _by(rows: pd.DataFrame, column: str) -> Iterator[tuple[object, Iterable[str]]]:
    return iter(rows.groupby(column)["small_area_code"])
