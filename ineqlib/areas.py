"""GSS area codes: what kind of place a code names, and what it is called now.

The first letter of a code is its country (``E`` England, ``W`` Wales, ``S`` Scotland, ``N``
Northern Ireland; ``X`` is the fictional demonstration country), the next two digits its kind.
Source: ONS, *Register of Geographic Codes*.
"""

import re
from collections.abc import Mapping

from ineqlib.errors import ParameterError, choose_from

CODE = re.compile(r"[A-Z]\d{8}")
OWN_CODE = re.compile(r"X-[A-Z0-9]+(?:-[A-Z0-9]+)*")
"""Id of an area of one's own, which no GSS code can be taken for."""
OWN_AREA = "own"
"""Type of an area that its user made of others."""
LSOA_NAME = re.compile(r"^(.* \d{3})[A-Z]{1,2}$")
"""Name of an LSOA: that of the MSOA it is part of, and a letter."""

AREA_TYPES = {
    "01": "lsoa",
    "02": "msoa",
    "05": "ward",
    "06": "lad",
    "07": "lad",
    "08": "lad",
    "09": "lad",
    "10": "utla",
    "12": "region",
    "54": "icb",
    "92": "country",
}

ELSEWHERE = {"W06": "council", "S12": "council", "N09": "council"} | dict.fromkeys(
    ("W92", "S92", "N92"), "country"
)
"""First three characters of codes of Wales, Scotland and Northern Ireland -> type of area. Their
councils are of a type of their own, so that no English authority is compared with them."""

LOWER_TIER_ONLY = "07"
"""Non-metropolitan districts: the county above them is another council."""


TYPE_WORDS = {
    "lad": "lad",
    "lower-tier districts": "lad",
    "districts": "lad",
    "utla": "utla",
    "upper-tier authorities": "utla",
}
"""Words for a type of area -> the type. A unitary authority, metropolitan district or London
borough is of both; a county is upper tier alone, a district under a county lower tier alone."""

LEVEL_WORDS = TYPE_WORDS | {
    "upper tier": "utla",
    "regions": "region",
    "region": "region",
    "wards": "ward",
    "ward": "ward",
    "msoas": "msoa",
    "msoa": "msoa",
}
"""Words for every level that figures may be of; documents are made of `TYPE_WORDS` alone."""


def area_type(code: str) -> str:
    """Return the type of area a code names, or ``"other"``.

    Unitary authorities, metropolitan districts and London boroughs are ``lad`` although they are
    upper tier too (`is_upper_tier`); ``utla`` is the two-tier county. A ``council`` is an authority
    of Wales, Scotland or Northern Ireland; ``own`` is an area that its user made of others.

    Examples
    --------
    >>> area_type("E07000243"), area_type("E92000001"), area_type("S12000033")
    ('lad', 'country', 'council')
    >>> area_type("X-NORTH-HERTS")
    'own'
    >>> area_type("K02000001")
    'other'
    """
    if not CODE.fullmatch(code):
        return OWN_AREA if OWN_CODE.fullmatch(code) else "other"
    if code[0] not in "EX":
        return ELSEWHERE.get(code[:3], "other")
    return AREA_TYPES.get(code[1:3], "other")


def type_meant(words: str, known: Mapping[str, str] = TYPE_WORDS) -> str:
    """Return the type of area that words mean.

    Examples
    --------
    >>> type_meant("all lower-tier districts"), type_meant("Regions", LEVEL_WORDS)
    ('lad', 'region')
    """
    plain = words.strip().casefold().removeprefix("all ")
    if plain not in known:
        raise ParameterError(f"There is no type of area '{words}'.{choose_from(plain, known)}.")
    return known[plain]


def is_upper_tier(code: str) -> bool:
    """Tell whether the area runs upper-tier services (public health, social care, schools)."""
    return area_type(code) in ("lad", "utla") and code[1:3] != LOWER_TIER_ONLY


def is_of_type(code: str, kind: str) -> bool:
    """Tell whether an area is of a type that `TYPE_WORDS` can ask for."""
    return is_upper_tier(code) if kind == "utla" else area_type(code) == kind
