"""The other indicators: yearly counts in each neighbourhood, added up to the areas published."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.catalogue import load_catalogue
from ineqlib.demo.groups import (
    SMALL,
    Figures,
    Groups,
    Series,
    observations,
    spread_out,
    with_normal_limits,
)
from ineqlib.demo.parameters import BAND_START, FIVE_YEAR_BANDS, FOLDER, random
from ineqlib.demo.people import Country
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures.rates import crude_rate, proportion
from ineqlib.measures.standard_population import ESP2013
from ineqlib.measures.standardised import dsr
from ineqlib.yaml_file import check_keys, read_yaml

REFERENCE_YEAR = 2019


@dataclass(frozen=True)
class Effect:
    """What is planted: areas that differ from what the rest of an indicator's settings make."""

    size: float
    """Log odds (proportion) or log value."""
    areas: tuple[str, ...] = ()
    """Codes of the lower-tier authorities; none means all."""
    first: int = 0
    last: int = 9999
    """Years, both included."""


@dataclass(frozen=True)
class DemoIndicator:
    """One indicator of ``indicators.yml``, which explains the fields; `effects` are planted.

    `draw` numbers the draws of chance from the same settings.
    """

    id: str
    kind: str
    middle: float
    gradient: float
    years: tuple[int, int]
    ages: tuple[int, int]
    sex: str = "Persons"
    share: float = 1.0
    change: float = 0.0
    shocks: dict[int, float] = field(default_factory=dict)
    place_spread: float = 0.06
    level: str = "lower"
    period: str = "financial"
    pooled: int = 1
    fifths: bool = False
    fewest: int = 0
    person_spread: float = 0.0
    profile: tuple[float, ...] = ()
    withheld_in: dict[str, str] = field(default_factory=dict)
    dependable_from: int = 0
    provisional_from: int = 9999
    described: dict[str, str] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    draw: int = 0

    @property
    def has_interval(self) -> bool:
        """Whether the figures are published with limits."""
        return bool(self.described) or load_catalogue()[self.id].has_ci

    @property
    def series(self) -> Series:
        """What the rows say they are: as the catalogue has it, or as described here."""
        if self.described:
            return Series(self.id, self.described["unit"], self.described["age"], self.sex)
        known = load_catalogue()[self.id]
        return Series(known.id, known.unit, known.age, self.sex)


def load_indicators() -> list[DemoIndicator]:
    """Read ``indicators.yml``."""
    entries = read_yaml(FOLDER / "indicators.yml")
    for entry in entries:
        check_keys(
            entry, [key.name for key in fields(DemoIndicator)], f"indicators.yml: '{entry['id']}'"
        )
    return [DemoIndicator(**entry) for entry in entries]


def rows_of(country: Country, groups: Groups, indicator: DemoIndicator) -> Iterator[pd.DataFrame]:
    """Give the rows of one indicator, a period at a time."""
    groups = groups[_published(groups, indicator)]
    events, people = simulate(country, indicator)
    first, last = indicator.years
    for year in range(first + indicator.pooled - 1, last + 1):
        years = slice(year - first - indicator.pooled + 1, year - first + 1)
        figures = _figures(
            indicator, groups.sum(events[years].sum(axis=0)), groups.sum(people[years].sum(axis=0))
        )
        rows = observations(groups, indicator.series, period_of(indicator, year), figures)
        yield _as_published(indicator, year, rows)


def _published(groups: Groups, indicator: DemoIndicator) -> np.ndarray:
    """Tell which groups the indicator is published for."""
    published = groups.totals | (_fifths(groups) if indicator.fifths else False)
    return published & (groups.upper_tier if indicator.level == "upper" else True)


def _fifths(groups: Groups) -> np.ndarray:
    """Tell fifths, but for the country's fifths in counties and regions.

    With those published too, more than three times as many figures of districts would have to be
    withheld, for small counts not to be worked out from them.
    """
    between = groups.frame["area_type"].isin(["utla", "region"]).to_numpy()
    return groups.by("local", 5) | (groups.by("national", 5) & ~between)


def simulate(country: Country, indicator: DemoIndicator) -> tuple[FloatArray, FloatArray]:
    """Return events and people, shape (years, neighbourhoods, bands)."""
    rng = random(country.seed, f"{indicator.id}{indicator.draw or ''}")
    eligible = _eligible(country, indicator)
    people = rng.binomial(np.round(eligible).astype(int), indicator.share).astype(float)
    places = country.neighbourhoods["area_code"].astype("category").cat.codes.to_numpy()
    place = rng.normal(0, indicator.place_spread, places.max() + 1)[places]
    years = np.arange(indicator.years[0], indicator.years[1] + 1)
    shocks = np.array([indicator.shocks.get(year, 0.0) for year in years.tolist()])
    change = indicator.change * (years - REFERENCE_YEAR) + shocks
    shift = change[:, None, None] + (indicator.gradient * country.disadvantage + place)[:, None]
    shift = shift + _planted(country, indicator, years)[:, :, None]
    if indicator.kind == "mean":
        value = np.broadcast_to(indicator.middle * np.exp(shift), people.shape)
        chance = rng.normal(0, indicator.person_spread, people.shape) * np.sqrt(people)
        return value * people + chance, people
    scale = _multiplier(indicator.series.unit)
    middle = indicator.middle / scale
    if indicator.kind == "proportion":
        odds = middle / (1 - middle) * np.exp(shift)
        return rng.binomial(people.astype(int), odds / (1 + odds)).astype(float), people
    return rng.poisson(
        middle * np.exp(shift) * np.array(indicator.profile or [1.0]) * people
    ).astype(float), people


def _planted(country: Country, indicator: DemoIndicator, years: NDArray[np.int_]) -> FloatArray:
    """Return what the effects add, shape (years, neighbourhoods)."""
    of_area = country.neighbourhoods["area_code"]
    added = np.zeros((len(years), len(of_area)))
    for effect in indicator.effects:
        when = (effect.first <= years) & (years <= effect.last)
        where = of_area.isin(effect.areas).to_numpy() if effect.areas else np.full(len(of_area), 1)
        added += effect.size * np.outer(when, where)
    return added


def _eligible(country: Country, indicator: DemoIndicator) -> FloatArray:
    """Return the people of the right ages: by band where the rate is standardised."""
    first, last = indicator.ages
    width = np.diff(np.append(BAND_START, 95))
    inside = np.minimum(BAND_START + width, last + 1) - np.maximum(BAND_START, first)
    covered = np.clip(inside / width, 0, 1)
    known = country.parameters.years
    years = (
        np.clip(np.arange(indicator.years[0], indicator.years[1] + 1), known[0], known[-1])
        - known[0]
    )
    of_sex = {"Persons": slice(None), "Male": slice(0, 1), "Female": slice(1, 2)}[indicator.sex]
    people = country.population[years][:, :, of_sex].sum(axis=2) * covered
    if indicator.kind == "standardised":
        return people[..., covered > 0]
    return people.sum(axis=-1, keepdims=True)


def _figures(indicator: DemoIndicator, events: FloatArray, people: FloatArray) -> Figures:
    """Make the published figures of one period from sums by group and band."""
    total, count = people.sum(axis=1), events.sum(axis=1)
    shown = (total > 0) & ((count == 0) | (count >= indicator.fewest))
    if indicator.kind == "mean":
        return Figures(spread_out(_mean(indicator, count[shown], total[shown]), shown), total)
    if indicator.kind == "standardised":
        bands = FIVE_YEAR_BANDS[_standard_bands(indicator)]
        estimate = dsr(events[shown], people[shown], ESP2013, bands=bands)
    else:
        interval = proportion if indicator.kind == "proportion" else crude_rate
        multiplier = _multiplier(indicator.series.unit)
        estimate = interval(count[shown], total[shown], multiplier=multiplier)
    return Figures(spread_out(estimate, shown), total, count, SMALL)


def _multiplier(unit: str) -> int:
    """Return what a rate is per: 100 for ``%``, 1,000 for ``per 1,000 households``."""
    return 100 if unit == "%" else int(unit.split()[1].replace(",", ""))


def _mean(indicator: DemoIndicator, total: FloatArray, people: FloatArray) -> Estimate:
    """Mean of what the people asked have; a modelled figure has no interval."""
    value = total / people
    se = (
        indicator.person_spread / np.sqrt(people)
        if indicator.person_spread
        else np.full(len(value), np.nan)
    )
    return with_normal_limits(value, se)


def _standard_bands(indicator: DemoIndicator) -> slice:
    """Place of the ages on the standard population, which starts at 0-4 and steps by five."""
    return slice(indicator.ages[0] // 5, min(indicator.ages[1] // 5 + 1, len(FIVE_YEAR_BANDS)))


def period_of(indicator: DemoIndicator, year: int) -> str:
    """Write a period ending in (or, if financial, beginning in) a year as publishers do."""
    if indicator.pooled > 1:
        return f"{year - indicator.pooled + 1} - {year % 100:02d}"
    return f"{year}/{(year + 1) % 100:02d}" if indicator.period == "financial" else str(year)


def _as_published(indicator: DemoIndicator, year: int, rows: pd.DataFrame) -> pd.DataFrame:
    """Take out what the publisher leaves out, and mark what it warns of."""
    if not indicator.has_interval:
        rows[["lower_ci", "upper_ci"]] = np.nan
    if year >= indicator.provisional_from:
        _mark(rows, rows["status"] == "ok", "provisional", "Provisional: may be revised")
    few = rows["denominator"] < indicator.dependable_from
    _mark(rows, few, "low_reliability", f"Fewer than {indicator.dependable_from} people were asked")
    for code, reason in indicator.withheld_in.items():
        withheld = rows["area_code"] == code
        rows.loc[withheld, ["value", "lower_ci", "upper_ci", "count", "denominator"]] = np.nan
        _mark(rows, withheld, "not_available", reason)
    return rows


def _mark(rows: pd.DataFrame, which: pd.Series, status: str, note: str) -> None:
    if which.any():  # of most frames it is none, and to put nothing there takes as long
        rows.loc[which, ["status", "note"]] = [status, note]
