"""Deaths and person-years by age of the two sides of a gap."""

from dataclasses import dataclass

import numpy as np

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.estimate import FloatArray
from ineqlib.facts.deaths_by_age import GroupDeaths, deaths_of_groups
from ineqlib.pack import Pack


@dataclass(frozen=True)
class Sides:
    """The two sides of a gap: the one asked about, and the one it is compared with."""

    names: tuple[str, str]
    """Of both, in words."""
    within: str
    """The area that both are groups of; empty where they are areas."""
    period: str
    bands: tuple[int, ...]
    causes: tuple[str, ...]
    deaths: FloatArray
    person_years: FloatArray
    """Of shape sides, causes, bands, and sides, bands."""


def sides_of(pack: Pack, asked: Asked, sex: str) -> Sides | str:
    """Return both sides of a gap, or say what is lacking."""
    here = deaths_of_groups(pack, asked.area, sex)
    if isinstance(here, str):
        return here
    name = asked.area.name
    if asked.is_inside:
        part = here.dimension.part
        names = f"the most deprived {part}", f"the least deprived {part}"
        return _sides(names, here, here, name)
    if asked.other is None:
        return asked.why_not
    there = deaths_of_groups(pack, asked.other, sex)
    if isinstance(there, str):
        return there
    if (here.period, here.bands, here.causes) != (there.period, there.bands, there.causes):
        return (
            f"The deaths of {name} and of {asked.other.name} are of different periods, ages or "
            "causes."
        )
    return _sides((name, asked.other.name), here, there)


def _sides(
    names: tuple[str, str], here: GroupDeaths, there: GroupDeaths, within: str = ""
) -> Sides | str:
    """Take both ends of one area, or all groups of each of two."""
    if within:
        deaths, lived = (counts[[0, -1]] for counts in (here.deaths, here.person_years))
    else:
        deaths, lived = (
            np.stack([own.sum(axis=0), other.sum(axis=0)])
            for own, other in ((here.deaths, there.deaths), (here.person_years, there.person_years))
        )
    for name, died, people in zip(names, deaths, lived, strict=True):
        if not (people > 0).all() or not died.sum(axis=0)[-1]:
            return f"In {name} an age band has nobody, or the oldest has no deaths."
    return Sides(names, within, here.period, here.bands, here.causes, deaths, lived)
