"""Publishers' names for groups of people by deprivation, and ours."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from ineqlib.sources.tidy import slug

GroupWords = tuple[str, str, int | None]
"""Dimension, subgroup and its order."""

_ORDINALS = ("most", "second", "third", "fourth", "fifth")
_SIZES = {"decile": 10, "quintile": 5}
_PARTS = {10: "tenth", 5: "fifth"}
_INDEX = re.compile(
    r"(imd|iod|index of multiple deprivation|indices of deprivation) ?(\d{4}|trend)"
)
_GROUP = re.compile(
    r"(?:(second|third|fourth|fifth) )?(most|more|less|least|average|middle) (?:deprived )?"
    r"(decile|quintile)\b.*"
)
_AUTHORITIES = {
    "county_ua": re.compile(r"\bcount(?:y|ies) (?:&|and) (?:uas?|unitary authorities)\b"),
    "district_ua": re.compile(r"\bdistricts? (?:&|and) (?:uas?|unitary authorities)\b"),
}


def dimension_of(category_type: str) -> str:
    """Return the contract's dimension for a Fingertips category type.

    Deprivation tenths and fifths become ``kind:index``. Groups of authorities keep the kind of
    authority and its vintage in the index, because the same label names different groups. Anything
    else keeps the publisher's words.

    Examples
    --------
    >>> dimension_of("LSOA21 deprivation deciles within area (IMD2019)")
    'local_deprivation_decile:imd2019'
    >>> dimension_of("County & UA deprivation deciles in England (IMD2015)")
    'area_deprivation_decile:imd2015_county_ua'
    """
    text = category_type.casefold()
    size = next((size for size in _SIZES if size in text), None)
    index = _INDEX.search(text)
    if size is None or index is None or "deprivation" not in text:
        return category_type
    name = index_name(index[1], index[2])
    for kind, pattern in _AUTHORITIES.items():
        if size == "decile" and pattern.search(text):
            rest = _INDEX.sub("", pattern.sub("", text))
            rest = slug(re.sub(r"deprivation deciles|in england", "", rest))
            return f"area_deprivation_decile:{'_'.join(filter(None, [name, kind, rest]))}"
    if "lsoa" not in text:
        return category_type
    scope = "local" if "within area" in text else "national"
    return f"{scope}_deprivation_{size}:{name}"


def index_name(words: str, year: str) -> str:
    """Return the id of a deprivation index; the one of 2025 is ``iod2025`` whatever it is called.

    Examples
    --------
    >>> index_name("IMD", "2025"), index_name("Index of Multiple Deprivation", "2019")
    ('iod2025', 'imd2019')
    """
    if year == "trend":
        return "imd_trend"
    first = "iod" if "iod" in words.casefold() or year >= "2025" else "imd"
    return f"{first}{year}"


def order_of(category: str) -> tuple[int, int] | None:
    """Return a deprivation group's place, 1 = most deprived, and the number of groups.

    Examples
    --------
    >>> order_of("Fourth less deprived decile (IMD2015)"), order_of("Least deprived quintile")
    ((7, 10), (5, 5))
    """
    found = _GROUP.fullmatch(" ".join(category.casefold().split()))
    if not found:
        return None
    nth, side, size = found.groups()
    groups = _SIZES[size]
    if side in ("average", "middle"):
        return (3, 5) if groups == 5 else None
    place = _ORDINALS.index(nth) + 1 if nth else 1
    if place > groups / 2:
        return None
    return (place if side in ("most", "more") else groups + 1 - place), groups


def group_label(order: int, groups: int) -> str:
    """Name one of five or ten deprivation groups.

    Examples
    --------
    >>> group_label(1, 5), group_label(3, 5), group_label(9, 10)
    ('Most deprived fifth', 'Middle fifth', 'Second least deprived tenth')
    """
    part = _PARTS[groups]
    if 2 * order == groups + 1:
        return f"Middle {part}"
    place, end = (order, "most") if 2 * order <= groups else (groups + 1 - order, "least")
    nth = "" if place == 1 else f"{_ORDINALS[place - 1].capitalize()} "
    return f"{nth}{end if nth else end.capitalize()} deprived {part}"


def group_columns(keys: pd.Series, words: Callable[[Any], GroupWords]) -> pd.DataFrame:
    """Return dimension, subgroup and subgroup_order of each row.

    Parameters
    ----------
    keys : Series
        What the publisher says of each row's group.
    words : callable
        Puts one such key into the contract's words; called once for each distinct key.
    """
    known = {key: words(key) for key in keys.unique()}
    columns = ["dimension", "subgroup", "subgroup_order"]
    groups = pd.DataFrame([known[key] for key in keys], index=keys.index, columns=columns)
    return groups.astype({"subgroup_order": "Int16"})
