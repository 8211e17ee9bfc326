"""The facts of a gap taken apart: by age, by cause, and of the death rates behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.facts.age_contributions import SPANS
from ineqlib.facts.deaths_by_age import GroupDeaths, deaths_of_groups
from ineqlib.facts.estimated import limits_of
from ineqlib.facts.fact import Fact, calculated_of, derived, fact_id
from ineqlib.measures import ArriagaLimits, arriaga, arriaga_limits, kitagawa, life_expectancy
from ineqlib.pack import Area, Pack
from ineqlib.text import upper_first

WHOSE = {"Persons": "men and women together", "Male": "men", "Female": "women"}
PER = 100_000
ARRIAGA = "Arriaga's decomposition"


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


@dataclass(frozen=True)
class GapParts:
    """A gap in life expectancy in parts that add up to it, each with its interval.

    Every part is counted from the side that lives shorter to the one that lives longer, so a part
    above zero widens the gap.
    """

    sex: str
    whose: str
    """Men, women, or both together, in words."""
    period: str
    shorter: str
    longer: str
    """Names of the side with the shorter and the longer life expectancy."""
    within: str
    """The area that both are groups of; empty where they are areas."""
    lives: tuple[Fact, Fact]
    """Life expectancy of both, in that order."""
    gap: Fact
    """Years between them."""
    ages: Mapping[str, Fact]
    causes: Mapping[str, Fact]
    """Name of a part -> its years; causes are empty where the pack knows none."""
    shares: Mapping[str, Fact]
    """Name of a part -> its share of the gap, where they are asked for and the gap is clear."""
    turned: Fact
    """The most that the years of one span of ages differ when counted the other way round."""
    rates: "RateParts"
    """What the crude death rates of both sides say, and how much of that is age structure."""

    @property
    def between(self) -> str:
        """Both sides in words."""
        of = f" of {self.within}" if self.within else ""
        return f"{self.shorter} and {self.longer}{of}"

    @property
    def is_clear(self) -> bool:
        """Whether the gap can be told from none."""
        return _is_above_zero(self.gap)


@dataclass(frozen=True)
class RateParts:
    """Two crude death rates and Kitagawa's two parts of their difference."""

    shorter: Fact
    longer: Fact
    """Deaths of every 100,000 people in a year, of the side that lives shorter and the other."""
    difference: Fact
    """The first less the second."""
    rates: Fact
    ages: Fact
    """How much of it is that like people die more often, and that more people are old."""


class _Decomposed(NamedTuple):
    """A gap by ages and causes: all in the order of shorter-lived side, longer-lived side."""

    names: list[str]
    lives: list[Estimate]
    deaths: FloatArray
    person_years: FloatArray
    limits: ArriagaLimits
    turned: float
    """The most that the years of one span of ages differ when counted the other way round."""


def parts_of(area: Area, sides: Sides, sex: str, *, with_shares: bool) -> GapParts | str:
    """Take a gap apart, or say why it cannot be."""
    spans = {name: low for name, (low, _) in SPANS.items() if low in sides.bands}
    try:
        gap = _decomposed(sides, list(spans.values()))
    except InputError as error:
        return f"The gap cannot be taken apart: {error}"
    if any(np.isnan(life.value) for life in gap.lives):
        return "Too few people live in one of the two for a life expectancy."
    make = _Maker(area, sides, sex)
    whole = make.years("gap", gap.limits.difference, "whole gap")
    ages = {
        f"Aged {name}": make.years("age", gap.limits.by_age[place], name, age=f"aged {name}")
        for place, name in enumerate(spans)
    }
    causes = {
        upper_first(name): make.years("cause", gap.limits.by_cause[place], name)
        for place, name in enumerate(sides.causes)
        if len(sides.causes) > 1
    }
    shorter, longer = (
        make.life(life, name) for life, name in zip(gap.lives, gap.names, strict=True)
    )
    method = "largest change of a part, counted back"
    return GapParts(
        sex,
        WHOSE[sex],
        sides.period,
        gap.names[0],
        gap.names[1],
        sides.within,
        (shorter, longer),
        whole,
        ages,
        causes,
        _shares(whole, {**ages, **causes}) if with_shares and _is_above_zero(whole) else {},
        make.fact("turned round", gap.turned, "years", 1, method=method),
        _rates(make, gap),
    )


def _decomposed(sides: Sides, starts: list[int]) -> _Decomposed:
    """Take the gap apart by ages that begin at some bands, and by causes."""
    bands = list(sides.bands)
    lives = [
        life_expectancy(died.sum(axis=0), lived, bands=bands)
        for died, lived in zip(sides.deaths, sides.person_years, strict=True)
    ]
    order = [0, 1] if lives[0].value <= lives[1].value else [1, 0]
    deaths, person_years = sides.deaths[order], sides.person_years[order]
    (died_1, died_2), (lived_1, lived_2) = deaths, person_years
    limits = arriaga_limits(died_1, lived_1, died_2, lived_2, bands=bands, spans=starts)
    # The same gap, counted from the longer-lived side to the shorter-lived one.
    back = arriaga(died_2.sum(axis=0) / lived_2, died_1.sum(axis=0) / lived_1, bands=bands)
    years_back = -np.add.reduceat(back.total, np.searchsorted(bands, starts))
    return _Decomposed(
        [sides.names[place] for place in order],
        [lives[place] for place in order],
        deaths,
        person_years,
        limits,
        float(np.abs(years_back - limits.by_age.value).max()),
    )


def _is_above_zero(fact: Fact) -> bool:
    return fact.limits is not None and fact.limits[0] > 0


def _shares(whole: Fact, parts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return what share of the gap each part is."""
    how: dict[str, Any] = {"unit": "%", "decimals": 0, "method": "share of the whole gap"}
    return {
        name: derived(part, "share-of-gap", 100 * part.value / whole.value, **how)
        for name, part in parts.items()
    }


def _rates(make: "_Maker", gap: _Decomposed) -> RateParts:
    """Take the difference of the crude death rates apart, from the longer-lived side."""
    both = list(zip(gap.deaths, gap.person_years, strict=True))
    by_age = [PER * died.sum(axis=0) / people for died, people in both]
    share = [people / people.sum() for people in gap.person_years]
    parts = kitagawa(by_age[1], share[1], by_age[0], share[0])
    crude = [PER * died.sum() / people.sum() for died, people in both]
    method = "rate difference by rates and composition (Kitagawa)"

    def fact(what: str, value: float, how: str) -> Fact:
        return make.fact(what, value, "", 0, method=f"{what}: {how}")

    return RateParts(
        fact(f"death rate of {gap.names[0]}", crude[0], "deaths over person-years"),
        fact(f"death rate of {gap.names[1]}", crude[1], "deaths over person-years"),
        fact("difference of death rates", float(parts.difference), method),
        fact("part of the rates", float(parts.rate.sum()), method),
        fact("part of the ages", float(parts.composition.sum()), method),
    )


@dataclass(frozen=True)
class _Maker:
    """Makes the facts of one gap."""

    area: Area
    sides: Sides
    sex: str

    def fact(self, what: str, value: float, unit: str, decimals: int, **details: Any) -> Fact:
        return calculated_of(
            self.area,
            fact_id("gap", what, self.area.code, self.sides.names[1], self.sides.period, self.sex),
            value,
            decimals=decimals,
            unit=unit,
            period=self.sides.period,
            sex=self.sex,
            **details,
        )

    def years(self, what: str, estimate: Estimate, about: str, age: str = "") -> Fact:
        first, second = self.sides.names
        return self.fact(
            f"{what} {about}",
            float(estimate.value),
            "years",
            1,
            age=age,
            method=f"{about}: {ARRIAGA}, between {first} and {second}",
            **limits_of(estimate),
        )

    def life(self, estimate: Estimate, name: str) -> Fact:
        return self.fact(
            f"life expectancy of {name}",
            float(estimate.value),
            "years",
            1,
            method=f"life expectancy, {name}: {estimate.method}",
            **limits_of(estimate),
        )
