"""The county of one training pack: its districts in an order that the seed chose, and its draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.demo.build import make_country
from ineqlib.demo.groups import Groups, make_groups
from ineqlib.demo.indicators import DemoIndicator, load_indicators, rows_of
from ineqlib.demo.parameters import Place, load_parameters, random
from ineqlib.demo.people import Country
from ineqlib.errors import ParameterError

MOST_DRAWS = 500
DIVIDED_LEVEL, DIVIDED_SPREAD = 0.0, 1.5
"""Deprivation of the divided district, as in ``parameters.yml``: average, and far apart."""
OTHER_SPREAD = 0.6
"""Of what the other districts' spread is in ``parameters.yml``."""


@dataclass(frozen=True)
class Answers:
    """What the key of a pack says of one exercise."""

    asked: dict[str, str]
    """What the question names: indicators, districts, periods."""
    right: dict[str, str | float]
    """Field -> its right answer: an area's code, a period, one of the choices, or a number."""
    wrong: dict[str, tuple[str, list[Any]]]
    """Mistake -> the field, and the answers to it, by which it is known."""


@dataclass(frozen=True)
class Plant(Answers):
    """One truth that is planted, and how."""

    indicators: tuple[DemoIndicator, ...]
    """Indicators that are made otherwise than in the demonstration."""
    before: Callable[[pd.DataFrame], pd.DataFrame] = field(default=lambda rows: rows)
    after: Callable[[pd.DataFrame], pd.DataFrame] = field(default=lambda rows: rows)
    """What is done to the observations before and after hidden counts are protected."""


@dataclass(frozen=True)
class County:
    """A simulated country whose county has its districts' lives dealt out anew."""

    country: Country
    groups: Groups
    code: str
    order: tuple[Place, ...]
    """The districts, in the order in which plants take them; the first is the divided one."""
    indicators: Mapping[str, DemoIndicator]
    """The demonstration's indicators, by id."""

    @property
    def codes(self) -> list[str]:
        """Codes of the districts."""
        return sorted(place.code for place in self.order)

    def rng(self, purpose: str) -> np.random.Generator:
        """Return the generator of one plant, so that one more leaves the others as they are."""
        return random(self.country.seed, f"training {purpose}")

    def rows(self, indicator: DemoIndicator) -> pd.DataFrame:
        """Publish one indicator for whole areas alone."""
        whole = self.groups[self.groups.totals]
        return pd.concat(rows_of(self.country, whole, indicator), ignore_index=True)

    def of_districts(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows of the county's districts."""
        return rows[rows["area_code"].isin(self.codes)]

    def draw(
        self, indicator: DemoIndicator, accept: Callable[[pd.DataFrame], bool]
    ) -> tuple[DemoIndicator, pd.DataFrame]:
        """Draw until chance does not hide what is planted."""
        for number in range(MOST_DRAWS):
            drawn = replace(indicator, draw=number)
            rows = self.rows(drawn)
            if accept(rows):
                return drawn, rows
        raise self.hidden(f"in {MOST_DRAWS} draws chance hid what is planted in {indicator.id}")

    def hidden(self, why: str) -> ParameterError:
        """Return the error that says why what is planted from this seed cannot be found."""
        return ParameterError(
            f"From seed {self.country.seed} no training county can be made: {why}. Choose another "
            "--seed."
        )


def make_county(seed: int) -> County:
    """Draw and populate the country; the seed says which district leads which life."""
    parameters = load_parameters()
    code = next(iter(parameters.counties))
    order = _dealt_out(parameters.of_county(code), seed)
    lives = {place.code: place for place in order}
    places = tuple(lives.get(place.code, place) for place in parameters.places)
    country = make_country(seed, replace(parameters, places=places))
    indicators = {indicator.id: indicator for indicator in load_indicators()}
    return County(country, make_groups(country), code, order, indicators)


def _dealt_out(districts: list[Place], seed: int) -> tuple[Place, ...]:
    """Give each name the size and deprivation of another; the first is the divided district."""
    rng = random(seed, "training districts")
    by_spread = sorted(districts, key=lambda place: -place.spread)
    order = [districts[at] for at in rng.permutation(len(districts))]
    divided, *others = (
        replace(life, code=name.code, name=name.name)
        for life, name in zip(by_spread, order, strict=True)
    )
    shuffled = [others[at] for at in rng.permutation(len(others))]
    return (
        replace(divided, level=DIVIDED_LEVEL, spread=DIVIDED_SPREAD),
        *(replace(place, spread=OTHER_SPREAD * place.spread) for place in shuffled),
    )
