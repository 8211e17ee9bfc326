"""Length of life and early death, from the simulated deaths and populations."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

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
from ineqlib.demo.parameters import (
    BAND_MIDDLE,
    BAND_START,
    FIVE_YEAR_BANDS,
    SEXES,
    Parameters,
    random,
)
from ineqlib.demo.people import Country
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures.gradients import sii
from ineqlib.measures.life_expectancy import life_expectancy
from ineqlib.measures.life_table import life_table
from ineqlib.measures.rates import crude_rate
from ineqlib.measures.standard_population import ESP2013
from ineqlib.measures.standardised import dsr
from ineqlib.observations import Whose

YEARS_POOLED = 3
BANDS_UNDER_75 = 15
FEWEST_SHOWN = 5

EARLY_DEATHS: dict[str, tuple[str, ...]] = {
    "deaths_under_75": (),
    "cardiovascular_deaths_under_75": ("circulatory",),
    "cancer_deaths_under_75": ("cancer",),
}
"""Indicator -> causes counted; none named means all."""

SLOPE_OVER: tuple[tuple[Whose, int], ...] = (("local", 5), ("national", 10))
"""Divisions that the published slope of life expectancy is made of: whose, and how many groups."""


def mortality_observations(country: Country, groups: Groups) -> pd.DataFrame:
    """Return the rows of every indicator made of deaths, for each pooled period."""
    surveyed, healthy = _survey(country)
    parts: list[pd.DataFrame] = []
    for period, years in pooled_periods(country):
        deaths = groups.sum(country.deaths[years].sum(axis=0))
        people = groups.sum(country.population[years].sum(axis=0))
        sample, well = surveyed[years].sum(axis=0), healthy[years].sum(axis=0)
        parts += _life_expectancy(groups, period, deaths.sum(axis=-1), people)
        parts += _early_death(country.parameters, groups, period, deaths, people)
        parts.append(_infant(groups, period, deaths.sum(axis=-1), people))
        parts += _healthy(groups, period, (deaths.sum(axis=-1), people), (sample, well))
    return pd.concat(parts, ignore_index=True)


def pooled_periods(country: Country) -> Iterator[tuple[str, slice]]:
    """Give each rolling period: its label and its place on the axis of years."""
    years = country.parameters.years
    for first in range(len(years) - YEARS_POOLED + 1):
        start, end = years[first], years[first + YEARS_POOLED - 1]
        yield f"{start} - {end % 100:02d}", slice(first, first + YEARS_POOLED)


def _life_expectancy(
    groups: Groups, period: str, deaths: FloatArray, people: FloatArray
) -> Iterator[pd.DataFrame]:
    for number, sex in enumerate(SEXES):
        d, n = deaths[:, number], people[:, number]
        enough = _enough(d, n)
        for indicator, age in (("life_expectancy", 0), ("life_expectancy_65", 65)):
            estimate = spread_out(
                life_expectancy(
                    d[enough], n[enough], bands=BAND_START, age=age, rules=("population",)
                ),
                enough,
            )
            figures = Figures(estimate, n.sum(axis=1))
            yield observations(groups, series(indicator, sex), period, figures)
            if age == 0:
                yield from _slope(groups, period, sex, figures)


def _slope(groups: Groups, period: str, sex: str, life: Figures) -> Iterator[pd.DataFrame]:
    """Give the slope index as it is published: an area's own parts, the country's tenths."""
    for whose, k in SLOPE_OVER:
        parts = groups.by(whose, k)
        divided = groups[parts].frame["area_code"]
        areas = groups[groups.totals & groups.frame["area_code"].isin(divided)]
        value, se, people = (
            array[parts].reshape(-1, k)
            for array in (life.estimate.value, life.estimate.se, life.denominator)
        )
        known = np.asarray(~np.isnan(value).any(axis=1))
        slope = spread_out(sii(value[known], people[known], se=se[known]), known)
        figures = Figures(slope, people.sum(axis=1))
        yield observations(areas, series("life_expectancy_inequality", sex), period, figures)


def _early_death(
    parameters: Parameters, groups: Groups, period: str, deaths: FloatArray, people: FloatArray
) -> Iterator[pd.DataFrame]:
    people = under_75(people.sum(axis=1))
    for indicator, causes in EARLY_DEATHS.items():
        counted = [parameters.causes.index(cause) for cause in causes or parameters.causes]
        count = under_75(deaths[..., counted].sum(axis=(1, 3)))
        enough = np.asarray((people > 0).all(axis=1))
        rate = dsr(count[enough], people[enough], ESP2013, bands=FIVE_YEAR_BANDS[:BANDS_UNDER_75])
        figures = Figures(spread_out(rate, enough), people.sum(axis=1), count.sum(axis=1))
        yield observations(groups, series(indicator), period, figures)


def _infant(groups: Groups, period: str, deaths: FloatArray, people: FloatArray) -> pd.DataFrame:
    whole = groups[groups.totals]
    count, births = deaths[groups.totals, :, 0].sum(axis=1), people[groups.totals, :, 0].sum(axis=1)
    shown = (count == 0) | (count >= FEWEST_SHOWN)
    rate = crude_rate(count[shown], births[shown], multiplier=1000)
    figures = Figures(spread_out(rate, shown), births, count, SMALL)
    return observations(whole, series("infant_mortality"), period, figures)


def _healthy(
    groups: Groups,
    period: str,
    life: tuple[FloatArray, FloatArray],
    survey: tuple[FloatArray, FloatArray],
) -> Iterator[pd.DataFrame]:
    """Give healthy life expectancy: upper tier only, as published, and the country's tenths."""
    wanted = (groups.upper_tier & groups.totals) | groups.by("national", 10)
    for number, sex in enumerate(SEXES):
        deaths, people = (array[wanted, number] for array in life)
        sample, well = (groups[wanted].sum(array[:, number]) for array in survey)
        estimate = _sullivan(deaths, people, sample, well)
        figures = Figures(estimate, people.sum(axis=1))
        yield observations(groups[wanted], series("healthy_life_expectancy", sex), period, figures)


def _survey(country: Country) -> tuple[FloatArray, FloatArray]:
    """Ask a share of the people each year how their health is: people asked, people well."""
    known, rng = country.parameters.health, random(country.seed, "health survey")
    sample = rng.binomial(country.population.astype(int), known["surveyed_share"])
    years = np.array(country.parameters.years) - country.parameters.mortality["reference_year"]
    log_odds = (
        known["at_40"]
        + known["per_year"] * (BAND_MIDDLE - 40)
        + known["yearly_change"] * years[:, None, None, None]
        + np.array([0.0, known["women"]])[:, None]
        - known["gradient"] * country.disadvantage[:, None, None]
    )
    return sample.astype(float), rng.binomial(sample, 1 / (1 + np.exp(-log_odds))).astype(float)


def _sullivan(
    deaths: FloatArray, people: FloatArray, sample: FloatArray, well: FloatArray
) -> Estimate:
    """Years lived in good health, with the variance of the survey alone (Sullivan 1971)."""
    lived = life_table(deaths, people, bands=BAND_START).Lx
    share = np.divide(well, sample, out=np.full_like(well, np.nan), where=sample > 0)
    value = (lived * share).sum(axis=1)
    se = np.sqrt((lived**2 * share * (1 - share) / sample).sum(axis=1))
    return with_normal_limits(value, se)


def _enough(deaths: FloatArray, people: FloatArray) -> np.ndarray:
    """Tell which groups a life table can be made of: someone in every band survives all but one."""
    peopled = (people > 0).all(axis=1) & (deaths[:, -1] > 0)
    half_width = np.diff(BAND_START) / 2
    return peopled & (deaths[:, :-1] * half_width < people[:, :-1]).all(axis=1)


def under_75(bands: FloatArray) -> FloatArray:
    """Join the first two of 20 bands, as the standard population does, and end at 74."""
    return np.concatenate([bands[:, :2].sum(axis=1, keepdims=True), bands[:, 2:16]], axis=1)


def series(indicator: str, sex: str = "Persons") -> Series:
    """Describe a series as the catalogue does."""
    known = load_catalogue()[indicator]
    return Series(known.id, known.unit, known.age, sex)
