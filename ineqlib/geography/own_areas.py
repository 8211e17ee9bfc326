"""Areas that a user makes of others, as `areas.yml` describes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ineqlib.areas import OWN_CODE
from ineqlib.errors import InputError, choose_from, listed, nearest
from ineqlib.text import repeated
from ineqlib.yaml_file import check_keys, read_yaml

FILE_NAME = "areas.yml"
PART_KEYS = {
    "districts": "lad",
    "unitaries": "lad",
    "wards": "ward",
    "msoas": "msoa",
    "lsoas": "lsoa",
}
"""Key of `areas.yml` -> type of the parts it lists. A unitary authority is a district too."""
TYPES = ("proposed unitary", "town", "cluster")
KEYS = ("id", "name", "type", "option", "parent", *PART_KEYS)
EXAMPLE = "`{id: X-NORTH, name: North, districts: [Stevenage, North Hertfordshire]}`"


@dataclass(frozen=True)
class OwnArea:
    """One area of a user's own."""

    id: str
    """Its code, such as ``X-NORTH``: no GSS code begins so."""
    name: str
    parts: tuple[tuple[str, str], ...]
    """Type of part (see `PART_KEYS`) and its code or name, in the order given."""
    type: str = "cluster"
    """One of `TYPES`."""
    option: str = ""
    """Which of several ways to draw the map it belongs to; empty where there is one."""
    parent: str = ""
    """Code or name of the area it is compared with as its county; empty for none."""


@dataclass(frozen=True)
class OwnAreas:
    """What `areas.yml` says."""

    areas: tuple[OwnArea, ...] = ()
    """In the order given."""
    successors: bool = False
    """Whether authorities of the present are given the figures of those merged into them, for
    periods of which they have none."""

    def __bool__(self) -> bool:
        return bool(self.areas) or self.successors


def read_own_areas(path: str | Path) -> OwnAreas:
    """Read `areas.yml`, strictly: what it cannot mean for certain is refused."""
    path = Path(path)
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InputError(f"{path} should have a list 'areas', each such as {EXAMPLE}.")
    check_keys(content, ("areas", "successors"), str(path))
    successors = content.get("successors", False)
    if not isinstance(successors, bool):
        raise InputError(f"{path}: 'successors' is true or false, not '{successors}'.")
    entries = content.get("areas") or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{path}: 'areas' should be a list, each such as {EXAMPLE}.")
    if not entries and not successors:
        raise InputError(f"{path} describes no area. Give 'areas', each such as {EXAMPLE}.")
    areas = tuple(_area(entry, f"{path}: area {n}") for n, entry in enumerate(entries, start=1))
    for what in ("id", "name"):
        if again := repeated(getattr(area, what).casefold() for area in areas):
            raise InputError(f"{path}: {len(again)} {what}(s) given twice: {listed(again)}.")
    return OwnAreas(areas, successors)


def _area(entry: Mapping[str, Any], where: str) -> OwnArea:
    check_keys(entry, KEYS, where)
    if absent := [key for key in ("id", "name") if not str(entry.get(key) or "").strip()]:
        raise InputError(f"{where} has no {' and no '.join(absent)}; expected such as {EXAMPLE}.")
    code, name = str(entry["id"]).strip(), " ".join(str(entry["name"]).split())
    where = f"{where} ({name})"
    if not OWN_CODE.fullmatch(code):
        raise InputError(
            f"{where}: '{code}' is no id of an area of your own. Begin it with X- and go on in "
            "capitals, digits and hyphens, such as X-NORTH-HERTS, so that nobody takes it for a "
            "code of the ONS."
        )
    kind = str(entry.get("type") or "cluster")
    if kind not in TYPES:
        raise InputError(f"{where}: there is no type '{kind}'.{choose_from(kind, TYPES)}.")
    parts = tuple((PART_KEYS[key], text) for key in PART_KEYS for text in _texts(entry, key, where))
    if not parts:
        raise InputError(f"{where} has no parts. Give one or more of {', '.join(PART_KEYS)}.")
    if again := sorted({text for kind, text in parts if parts.count((kind, text)) > 1}):
        raise InputError(f"{where}: {len(again)} part(s) listed twice: {listed(again)}.")
    stated = {key: str(entry.get(key) or "").strip() for key in ("option", "parent")}
    return OwnArea(code, name, parts, kind, **stated)


def _texts(entry: Mapping[str, Any], key: str, where: str) -> list[str]:
    listing = entry.get(key)
    if listing is None:
        return []
    if not isinstance(listing, list) or not all(isinstance(text, str) for text in listing):
        raise InputError(f"{where}: '{key}' should be a list of codes or names.")
    return [" ".join(text.split()) for text in listing]


def require_known_parents(areas: Iterable[OwnArea], known: pd.DataFrame) -> dict[str, str]:
    """Return the code of each area's parent, empty for none."""
    names = dict(zip(known["area_name"], known["area_code"], strict=True))
    areas = list(areas)
    names |= {area.name: area.id for area in areas}
    codes = {*known["area_code"], *(area.id for area in areas)}
    parents = {}
    for area in areas:
        code = area.parent if area.parent in codes else names.get(area.parent, "")
        if area.parent and not code:
            raise InputError(
                f"{area.name} ({area.id}): there is no area '{area.parent}' to be its parent."
                f"{nearest(area.parent, names)}"
            )
        parents[area.id] = code
    return parents
