"""The facts of a gap taken apart: by age, by cause, and of the death rates behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ineqlib.briefings.life_expectancy_gap.deaths import Sides
from ineqlib.errors import InputError
from ineqlib.estimate import Estimate
from ineqlib.facts.age_contributions import SPANS
from ineqlib.facts.fact import Fact, derived, fact_id
from ineqlib.measures import arriaga, arriaga_limits, kitagawa, life_expectancy
from ineqlib.pack import Area
from ineqlib.text import number, with_unit

WHOSE = {"Persons": "men and women together", "Male": "men", "Female": "women"}
PER = 100_000
ARRIAGA = "Arriaga's decomposition"


@dataclass(frozen=True)
class GapParts:
    """A gap in life expectancy in parts that add up to it, each with its interval.

    Every part is counted from the side that lives shorter to the one that lives longer, so a part
    above zero widens the gap.

    Parameters
    ----------
    whose
        Men, women, or both together, in words.
    shorter, longer
        Names of the side with the shorter and the longer life expectancy.
    within
        The area that both are groups of; empty where they are areas.
    lives
        Life expectancy of both, in that order.
    gap
        Years between them.
    ages, causes
        Name of a part -> its years; causes are empty where the pack knows none.
    shares
        Name of a part -> its share of the gap, where they are asked for and the gap is clear.
    turned
        The most that the years of one span of ages differ when counted the other way round.
    rates
        What the crude death rates of both sides say, and how much of that is age structure.
    """

    sex: str
    whose: str
    period: str
    shorter: str
    longer: str
    within: str
    lives: tuple[Fact, Fact]
    gap: Fact
    ages: Mapping[str, Fact]
    causes: Mapping[str, Fact]
    shares: Mapping[str, Fact]
    turned: Fact
    rates: "RateParts"

    @property
    def between(self) -> str:
        """Both sides in words."""
        of = f" of {self.within}" if self.within else ""
        return f"{self.shorter} and {self.longer}{of}"

    @property
    def is_clear(self) -> bool:
        """Whether the gap can be told from none."""
        return self.gap.limits is not None and self.gap.limits[0] > 0


@dataclass(frozen=True)
class RateParts:
    """Two crude death rates and Kitagawa's two parts of their difference.

    Parameters
    ----------
    shorter, longer
        Deaths of every 100,000 people in a year, of the side that lives shorter, and of the other.
    difference
        The first less the second.
    rates, ages
        How much of it is that like people die more often, and that more people are old.
    """

    shorter: Fact
    longer: Fact
    difference: Fact
    rates: Fact
    ages: Fact


def parts_of(area: Area, sides: Sides, sex: str, *, with_shares: bool) -> GapParts | str:
    """Take a gap apart, or say why it cannot be."""
    bands = list(sides.bands)
    spans = {name: low for name, (low, _) in SPANS.items() if low in bands}
    try:
        lives = [
            life_expectancy(died.sum(axis=0), lived, bands=bands)
            for died, lived in zip(sides.deaths, sides.person_years, strict=True)
        ]
        at = [0, 1] if lives[0].value <= lives[1].value else [1, 0]
        (died_1, died_2), (lived_1, lived_2) = sides.deaths[at], sides.person_years[at]
        found = arriaga_limits(
            died_1, lived_1, died_2, lived_2, bands=bands, spans=list(spans.values())
        )
        # The same gap, counted from the longer-lived side to the shorter-lived one.
        back = arriaga(died_2.sum(axis=0) / lived_2, died_1.sum(axis=0) / lived_1, bands=bands)
    except InputError as error:
        return f"The gap cannot be taken apart: {error}"
    if any(np.isnan(life.value) for life in lives):
        return "Too few people live in one of the two for a life expectancy."
    names = [sides.names[place] for place in at]
    make = _Maker(area, sides, sex)
    ages = {
        f"Aged {name}": make.years("age", found.by_age[place], name, age=f"aged {name}")
        for place, name in enumerate(spans)
    }
    causes = {
        f"{name[:1].upper()}{name[1:]}": make.years("cause", found.by_cause[place], name)
        for place, name in enumerate(sides.causes)
        if len(sides.causes) > 1
    }
    gap = make.years("gap", found.difference, "whole gap")
    limits = gap.limits
    is_clear = limits is not None and limits[0] > 0
    shares = {
        name: derived(
            fact,
            "share-of-gap",
            100 * fact.value / gap.value,
            unit="%",
            decimals=0,
            method="share of the whole gap",
        )
        for name, fact in [*ages.items(), *causes.items()]
        if with_shares and is_clear
    }
    starts = np.searchsorted(bands, list(spans.values()))
    reversed_years = -np.add.reduceat(back.total, starts)
    turned = float(np.abs(reversed_years - found.by_age.value).max())
    return GapParts(
        sex,
        WHOSE[sex],
        sides.period,
        names[0],
        names[1],
        sides.within,
        (make.life(lives[at[0]], names[0]), make.life(lives[at[1]], names[1])),
        gap,
        ages,
        causes,
        shares,
        make.fact(
            "turned round", turned, "years", 1, method="largest change of a part, counted back"
        ),
        _rates(make, names, (died_1, died_2), (lived_1, lived_2)),
    )


def _rates(make: "_Maker", names: list[str], deaths: Any, lived: Any) -> RateParts:
    """Take the difference of the crude death rates apart, from the longer-lived side."""
    by_age = [PER * died.sum(axis=0) / people for died, people in zip(deaths, lived, strict=True)]
    share = [people / people.sum() for people in lived]
    parts = kitagawa(by_age[1], share[1], by_age[0], share[0])
    crude = [PER * died.sum() / people.sum() for died, people in zip(deaths, lived, strict=True)]
    method = "rate difference by rates and composition (Kitagawa)"

    def fact(what: str, value: float, how: str) -> Fact:
        return make.fact(what, value, "", 0, method=f"{what}: {how}")

    return RateParts(
        fact(f"death rate of {names[0]}", crude[0], "deaths over person-years"),
        fact(f"death rate of {names[1]}", crude[1], "deaths over person-years"),
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
        return Fact(
            id=fact_id(
                "gap", what, self.area.code, self.sides.names[1], self.sides.period, self.sex
            ),
            value=value,
            text=with_unit(number(value, decimals), unit),
            decimals=decimals,
            unit=unit,
            area_code=self.area.code,
            area_name=self.area.name,
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
            lower_ci=float(estimate.lower),
            upper_ci=float(estimate.upper),
            age=age,
            method=f"{about}: {ARRIAGA}, between {first} and {second}",
        )

    def life(self, estimate: Estimate, name: str) -> Fact:
        return self.fact(
            f"life expectancy of {name}",
            float(estimate.value),
            "years",
            1,
            lower_ci=float(estimate.lower),
            upper_ci=float(estimate.upper),
            method=f"life expectancy, {name}: {estimate.method}",
        )
