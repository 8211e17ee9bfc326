"""The areas that can be pulled, in words, and the search among them. Pure."""

from collections.abc import Mapping

from ineqlib.pulling.place import Authorities, Tier, Whole
from ineqlib.text import plural

SHORT = {"hants": "hampshire", "northants": "northamptonshire", "oxon": "oxfordshire"}
"""Short names of counties that do not begin as the long ones do, an ``s`` at their end apart."""


def listing(authorities: Authorities, tiers: Mapping[Whole, Tier], search: str = "") -> list[str]:
    """Return lines: each type of area, and its areas with what they lie in.

    Each word of a search begins one of an area or of what it lies in; short names of counties too.
    """
    districts = [
        (code, _within(authorities, code))
        for code in sorted(authorities.county_of, key=lambda code: authorities.names[code])
    ]
    counties = [
        (code, f"with {plural(len(authorities.district_codes(code)), 'district')}")
        for code in sorted(authorities.with_districts, key=lambda code: authorities.names[code])
    ]
    lines = []
    of_tier: dict[Whole, list[tuple[str, str]]] = {"districts": districts, "counties": counties}
    for which, areas in of_tier.items():
        wanted = [
            f"  {authorities.names[code]} ({code}), {where}"
            for code, where in areas
            if is_meant(search, f"{authorities.names[code]} {code} {where}")
        ]
        lines += [tiers[which].words, *wanted] if wanted else []
    return lines


def is_meant(search: str, words: str) -> bool:
    """Tell whether each word of a search begins one of some words.

    Examples
    --------
    >>> is_meant("east herts", "East Hertfordshire, in Hertfordshire"), is_meant("kent", "Dover")
    (True, False)
    """
    begins = [word.strip("(),.").casefold() for word in words.split()]
    return all(
        any(word.startswith((wanted, _long(wanted))) for word in begins)
        for wanted in search.casefold().split()
    )


def _long(word: str) -> str:
    return SHORT.get(word) or (word[:-1] if word.endswith("s") and len(word) > 3 else word)


def _within(authorities: Authorities, code: str) -> str:
    above = dict.fromkeys((authorities.county_of[code], authorities.region_of.get(code, code)))
    names = [authorities.names[place] for place in above if place != code]
    return f"in {', '.join(names)}"
