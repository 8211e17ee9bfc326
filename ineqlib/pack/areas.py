"""Finding an area by code or name: renamed, abolished, misspelt."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

import pandas as pd

from ineqlib.areas import CODE, LEVEL_WORDS, OWN_AREA, OWN_CODE, is_of_type, type_meant
from ineqlib.errors import ParameterError, UnknownArea, listed, nearest
from ineqlib.pack.model import Area

AUTHORITIES = ("lad", "utla", "region", "country", "council", OWN_AREA)
"""Preferred when several areas share a name (a ward may be called after its town)."""


class AreaFinder:
    """The areas of a pack by code and by name.

    Parameters
    ----------
    areas, changes
        The pack's tables of those names.
    title
        Of the pack, for messages.
    districts
        Of each area of one's own that is made of whole districts, their codes.
    """

    def __init__(
        self,
        areas: pd.DataFrame,
        changes: pd.DataFrame,
        title: str,
        districts: Mapping[str, list[str]],
    ) -> None:
        self._districts = districts
        self._title = title
        self._changes = changes
        self._areas: dict[str, Area] = {}
        self._ended: dict[str, list[str]] = {}
        self._renamed: dict[str, str] = {}
        for row in areas.itertuples(index=False):
            self._areas[row.area_code] = Area(
                row.area_code,
                row.area_name,
                row.area_type,
                row.parent_code,
                row.region_code,
                row.country_code,
            )
            if row.ended:
                self._ended[row.area_code] = _codes(row.successors)
            self._renamed |= dict.fromkeys(_codes(row.renamed_from), row.area_code)
        self._current = [area for code, area in self._areas.items() if code not in self._ended]

    def code(self, code_or_name: str) -> str:
        """Return the code of an area; codes of abolished areas in the pack stand."""
        if code_or_name in self._areas:
            return code_or_name
        return self.area(code_or_name).code

    def area(self, code_or_name: str) -> Area:
        """Return the current area of a code or name."""
        text = str(code_or_name).strip()
        is_code = CODE.fullmatch(text) or OWN_CODE.fullmatch(text)
        code = text if is_code else self._code_of_name(text)
        code = self._renamed.get(code, code)
        if code in self._ended:
            raise UnknownArea(self._abolished(self._areas[code].name, self._ended[code]))
        if code in self._areas:
            return self._areas[code]
        changed = self._changes[self._changes["old_code"] == code]
        if len(changed):
            raise UnknownArea(self._abolished(changed["old_name"].iloc[0], changed["new_code"]))
        raise UnknownArea(
            f"The pack '{self._title}' has no area with the code '{code}'."
            f"{nearest(code, self._areas)}"
        )

    def districts(self, county: str) -> list[Area]:
        """Return the current districts of a county, or of an area of one's own, by name."""
        own = self._districts.get(county, ())
        current = [area for area in self._current if area.area_type == "lad"]
        districts = [area for area in current if area.parent_code == county or area.code in own]
        return sorted(districts, key=lambda area: area.name)

    def lads(self, area: Area) -> list[str]:
        """Return the codes of the districts and unitary authorities that make up an area."""
        current = [lad for lad in self._current if lad.area_type == "lad"]
        match area.area_type:
            case "utla":
                return [lad.code for lad in current if lad.parent_code == area.code]
            case "region":
                return [lad.code for lad in current if lad.region_code == area.code]
            case "country":
                return [lad.code for lad in current if lad.country_code == area.code]
            case _:
                return list(self._districts.get(area.code, [area.code]))

    def _code_of_name(self, name: str) -> str:
        namesakes = [a for a in self._areas.values() if a.name.casefold() == name.casefold()]
        for preferred in (
            [a for a in namesakes if a.code not in self._ended and a.area_type in AUTHORITIES],
            [a for a in namesakes if a.code not in self._ended],
            namesakes,
        ):
            if len(preferred) == 1:
                return preferred[0].code
            if preferred:
                codes = listed(f"{a.code} ({a.area_type})" for a in preferred)
                raise UnknownArea(
                    f"{len(preferred)} areas are called '{name}': {codes}. Give the code instead."
                )
        authorities = [a for a in self._current if a.area_type in AUTHORITIES]
        parts = [a for a in authorities if _words(name) and _is_part(_words(name), _words(a.name))]
        if len(parts) == 1:
            return parts[0].code
        if parts:
            names = listed((f"{a.name} ({a.code})" for a in parts), 10)
            raise UnknownArea(
                f"The pack '{self._title}' has no area called '{name}' and {len(parts)} with that "
                f"in their name: {names}. Give one of them."
            )
        raise UnknownArea(
            f"The pack '{self._title}' has no area called '{name}'."
            f"{nearest(name, [a.name for a in authorities])}"
        )

    def _abolished(self, name: str, successors: pd.Series | list[str]) -> str:
        names = [
            f"{self._areas[code].name} ({code})" if code in self._areas else code
            for code in successors
        ]
        return (
            f"{name} no longer exists. Its area is now part of {listed(names, 20)}; "
            "ask for that instead."
        )


def current(areas: pd.DataFrame, kind: str, within: Area | None, title: str) -> pd.DataFrame:
    """Return the current areas of a kind, by name; see `Pack.current`."""
    level = type_meant(kind, LEVEL_WORDS)
    rows = areas[~areas["ended"] & areas["area_code"].map(lambda code: is_of_type(code, level))]
    if within is not None:
        above = rows[["area_code", "parent_code", "region_code", "country_code"]]
        rows = rows[(above == within.code).any(axis=1)]
    if rows.empty:
        where = f"'{within.name}' has no {kind} in '{title}'" if within else f"'{title}' has none"
        raise ParameterError(f"{where}. The pack has areas of these types: {_types(areas)}.")
    return rows.sort_values("area_name", ignore_index=True)


def like(areas: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the areas with every word in their name, of a code that begins so, or of that type."""
    parts = _words(words)
    names = areas["area_name"].map(lambda name: " ".join(_words(name)))
    has_words = names.map(lambda name: bool(parts) and all(part in name for part in parts))
    begins_so = areas["area_code"].str.startswith(words.upper())
    is_type = areas["area_type"] == words.casefold().removesuffix("s")
    rows = areas[has_words | begins_so | is_type]
    if rows.empty:
        near = listed(_near(words, areas["area_name"].tolist()))
        raise UnknownArea(
            f"No area has '{words}' in its name, code or type. "
            f"{f'Near it: {near}. ' * bool(near)}The types are {_types(areas)}."
        )
    return rows


def _near(words: str, names: list[str]) -> list[str]:
    """Return the names that are spelt most like some words, as a whole or in one of their own."""
    spelt: dict[str, list[str]] = {}
    for name in names:
        for part in {name.casefold(), *_words(name)}:
            spelt.setdefault(part, []).append(name)
    close = get_close_matches(words.casefold(), spelt, n=5, cutoff=0.7)
    return list(dict.fromkeys(name for part in close for name in spelt[part]))


def _types(areas: pd.DataFrame) -> str:
    return listed(sorted(areas.loc[~areas["ended"], "area_type"].unique()), 10)


def _words(name: str) -> list[str]:
    """Return the words of a name, without its punctuation: St. Helens is St Helens."""
    plain = name.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return re.findall(r"\w+", plain)


def _is_part(words: list[str], of: list[str]) -> bool:
    """Tell whether words stand in this order, side by side, in others."""
    return any(of[at : at + len(words)] == words for at in range(len(of) - len(words) + 1))


def _codes(joined: str) -> list[str]:
    return [code for code in joined.split("|") if code]
