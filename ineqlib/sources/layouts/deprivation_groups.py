"""Groups of people by deprivation: publishers' names for them and ours, and by which index."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from ineqlib.catalogue import index_id_of, load_indices
from ineqlib.errors import InputError, listed, nearest
from ineqlib.observations import Dimension, Whose
from ineqlib.sources.base import stated_by_user
from ineqlib.sources.tidy import id_of_name

GroupWords = tuple[str, str, int | None]
"""Dimension, subgroup and its order."""

_ORDINALS = ("most", "second", "third", "fourth", "fifth")
_SIZES = {"decile": 10, "quintile": 5}
_INDEX = re.compile(
    r"(?:imd|iod|index of multiple deprivation|indices of deprivation) ?(\d{4}|trend)"
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
    name = "imd_trend" if index[1] == "trend" else index_id_of(index[1])
    for kind, pattern in _AUTHORITIES.items():
        if size == "decile" and pattern.search(text):
            rest = _INDEX.sub("", pattern.sub("", text))
            rest = id_of_name(re.sub(r"deprivation deciles|in england", "", rest))
            name = "_".join(filter(None, [name, kind, rest]))
            return str(Dimension.of_deprivation("area", 10, name))
    if "lsoa" not in text:
        return category_type
    whose: Whose = "local" if "within area" in text else "national"
    return str(Dimension.of_deprivation(whose, _SIZES[size], name))


def stated_index(described: dict[str, str], example: str) -> str:
    """Return the index that the user says a file's groups are made by.

    Parameters
    ----------
    described : dict
        What the user stated about the file.
    example : str
        An index such a file may be of, for the message.

    Raises
    ------
    InputError
        None is stated, or one that is not known; the message says how to state it.
    """
    known = [index.id for index in load_indices().values() if not index.fictional]
    index = stated_by_user(described, "index", example)
    if index not in known:
        raise InputError(
            f"No index of deprivation is called '{index}'.{nearest(index, known)} "
            f"Known: {listed(known, most=10)}."
        )
    return index


def order_of(category: str) -> tuple[int, int] | None:
    """Return a deprivation group's place, 1 = most deprived, and the number of groups.

    Examples
    --------
    >>> order_of("Fourth less deprived decile (IMD2015)"), order_of("Least deprived quintile")
    ((7, 10), (5, 5))
    """
    match = _GROUP.fullmatch(" ".join(category.casefold().split()))
    if not match:
        return None
    nth, side, size = match.groups()
    groups = _SIZES[size]
    if side in ("average", "middle"):
        return (3, 5) if groups == 5 else None
    place = _ORDINALS.index(nth) + 1 if nth else 1
    if place > groups / 2:
        return None
    return (place if side in ("most", "more") else groups + 1 - place), groups


def group_columns(keys: pd.Series, words: Callable[[Any], GroupWords]) -> pd.DataFrame:
    """Return dimension, subgroup and subgroup_order of each row.

    Parameters
    ----------
    keys : Series
        What the publisher says of each row's group.
    words : callable
        Puts one such key into the contract's words; called once for each distinct key.
    """
    number, different = pd.factorize(keys, use_na_sentinel=False)
    columns = ["dimension", "subgroup", "subgroup_order"]
    groups = pd.DataFrame([words(key) for key in different], columns=columns)
    return groups.astype({"subgroup_order": "Int16"}).iloc[number].set_index(keys.index)
