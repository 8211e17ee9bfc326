"""Expectation of life, all of it and in good health, with England's rules on when to show it."""

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import Estimate, FloatArray
from ineqlib.measures._checks import numbers, positive, require, same_bands
from ineqlib.measures._limits import normal_limits
from ineqlib.measures.age_bands import Bands, as_bands
from ineqlib.measures.life_expectancy_rules import (
    ALL_RULES,
    HARMLESS_RATE,
    SUPPRESSION_RULES,
    chosen_rules,
    too_wide,
    where_withheld,
)
from ineqlib.measures.life_table import (
    LifeTable,
    by_band,
    from_here_on,
    life_table,
    mortality_variance,
)


def life_expectancy(
    deaths: ArrayLike,
    population: ArrayLike,
    *,
    bands: Bands | None = None,
    age: float | str = 0,
    rules: Collection[str] = ALL_RULES,
    confidence: float = 0.95,
) -> Estimate:
    """Expectation of life at an age, or at all ages, with normal limits.

    Parameters
    ----------
    deaths, population, bands
        As in `life_table`, with its errors. An area that the rules withhold is never refused for
        what else is wrong with its table.
    age
        One of `bands`, or ``"all"`` for all of them.
    rules
        Which of England's rules to obey: ``"population"`` (5,000 person-years or fewer in all:
        value, limits and standard error are NaN), ``"deaths"`` (more deaths than person-years in an
        age band: the same), ``"width"`` (95% interval wider than 20 years: the value is NaN, its
        limits stay). ``()`` for none. `suppression_reasons` says where which applies.
    confidence
        Level of the interval as a fraction.

    Returns
    -------
    Estimate
        Years, shape ``(…)``; ``(…, bands)`` with ``age="all"``.

    Raises
    ------
    ParameterError
        An age that starts no band, or an unknown rule.

    Method
    ------
    title: Life expectancy
    sentence: How many more years people would live on average under today's death rates.
    formula:
        e_x = T_x / l_x
        T: years lived from age x on; l: survivors to age x, both from the life table
    use: To sum up the death rates of all ages in one number without a standard population.
    avoid: For what it cannot tell: why it differs (decompose it) and how unequal lives are within a
        group. With few deaths look at the interval first.
    interval: Normal: e ± z se, Chiang's standard error with Silcocks' open band. By England's rules
        none is shown for 5,000 person-years or fewer or where a band has more deaths than
        person-years, and no value where the 95% interval is wider than 20 years.
    source: Eayres and Williams 2004, J Epidemiol Community Health 58:243; Toson and Baker 2003,
        National Statistics Methodological Series 33; Chiang 1968; Silcocks et al. 2001, J Epidemiol
        Community Health 55:38
    doi: 10.1136/jech.2003.009654

    Examples
    --------
    >>> deaths, population = [20.0, 100.0, 500.0], [10_000.0, 90_000.0, 20_000.0]
    >>> at_60 = life_expectancy(deaths, population, bands=[50, 60, 70], age=60)
    >>> round(float(at_60.value), 2)
    49.5
    >>> life_expectancy(deaths, population, bands=[50, 60, 70], age="all").value.round(1).tolist()
    [58.4, 49.5, 40.0]
    """
    table, withheld = _shown_table(deaths, population, bands, rules)
    at = table.place(age)
    method = "life expectancy, Chiang with Silcocks' last band"
    estimate = normal_limits(table.ex[..., at], table.se[..., at], confidence, method)
    return _under_rules(estimate, withheld, rules, age)


def healthy_life_expectancy(  # noqa: PLR0913 (four of them data)
    deaths: ArrayLike,
    population: ArrayLike,
    healthy: ArrayLike,
    surveyed: ArrayLike,
    *,
    bands: Bands | None = None,
    age: float | str = 0,
    rules: Collection[str] = ALL_RULES,
    confidence: float = 0.95,
) -> Estimate:
    """Years expected in good health from an age, by Sullivan's method, with normal limits.

    Parameters
    ----------
    deaths, population, bands, age, rules, confidence
        As in `life_expectancy`, with its errors.
    healthy
        Share of the people in each band who are in good health, 0 to 1, shape ``(…, bands)``.
    surveyed
        How many people in each band that share was asked of.

    Returns
    -------
    Estimate
        Years, shape ``(…)``; ``(…, bands)`` with ``age="all"``.

    Raises
    ------
    InputError
        A share outside 0 to 1, or nobody asked.

    Method
    ------
    title: Healthy life expectancy
    sentence: How many more years people would live in good health, as they say themselves.
    formula:
        HLE_x = Σ π_i L_i / l_x, over the bands i from age x on
        π: share of the people in a band who are in good health; L: years lived in the band; l:
            survivors to age x
    use: Beside life expectancy: the gap between them is the years in poor health.
    avoid: To compare places whose surveys asked different questions or left out care homes. It
        answers slowly when health changes: shares are of everyone alive, not of new cases.
    interval: Normal. The variance adds that of the shares, Σ L² π (1 − π) / N / l², and that of
        mortality, Σ l² ((1 − a) n π + HLE_next)² var(q) / l², in the open band (π L)² / d / l²;
        letters as in the life table. The survey is taken to be a simple random sample of N people
        in each band: divide N by its design effect if not.
    source: Sullivan 1971, HSMHA Health Reports 86:347; European Concerted Action on Harmonization
        of Health Expectancy Calculation 1997, Practical Guide on Health Expectancy Calculation:
        Sullivan Method, annex, equation 17

    Examples
    --------
    >>> good = healthy_life_expectancy(
    ...     [100.0, 500.0], [90_000.0, 20_000.0], [0.8, 0.5], [100, 100], bands=[60, 70], age=60
    ... )
    >>> round(float(good.value), 2)
    27.73
    """
    data = {"deaths": deaths, "population": population, "healthy": healthy, "surveyed": surveyed}
    table, withheld = _shown_table(deaths, population, as_bands(bands, **data), rules)
    healthy, surveyed, _ = same_bands(
        healthy=numbers(healthy, "healthy"),
        surveyed=positive(surveyed, "surveyed"),
        deaths=table.deaths,
    )
    require((healthy >= 0) & (healthy <= 1), "healthy", "a share from 0 to 1")
    years = healthy * table.Lx
    value = from_here_on(years) / table.lx
    of_shares = from_here_on(table.Lx**2 * healthy * (1 - healthy) / surveyed) / table.lx**2
    se = np.sqrt(mortality_variance(table, years, value, healthy) + of_shares)
    at = table.place(age)
    method = "healthy life expectancy, Sullivan"
    estimate = normal_limits(value[..., at], se[..., at], confidence, method)
    return _under_rules(estimate, withheld, rules, age)


def _shown_table(
    deaths: ArrayLike, population: ArrayLike, bands: Bands | None, rules: Collection[str]
) -> tuple[LifeTable, NDArray[np.bool_]]:
    """Life table, and of which areas the rules withhold all; theirs is made of harmless numbers."""
    chosen = chosen_rules(rules)
    known, deaths, population = by_band(deaths, population, bands)
    withheld = np.zeros(deaths.shape[:-1], dtype=bool)
    for applies in where_withheld(deaths, population, chosen).values():
        withheld |= applies
    if withheld.any():
        deaths = np.where(withheld[..., None], population * HARMLESS_RATE, deaths)
    return life_table(deaths, population, bands=known), withheld


def _under_rules(
    estimate: Estimate, withheld: NDArray[np.bool_], rules: Collection[str], age: float | str
) -> Estimate:
    chosen = chosen_rules(rules)
    hidden = withheld[..., None] if age == "all" else withheld
    lower, upper, se = (
        _blank(part, hidden) for part in (estimate.lower, estimate.upper, estimate.se)
    )
    if "width" in chosen:
        hidden = hidden | too_wide(estimate.se)
    words = [SUPPRESSION_RULES[rule] for rule in ALL_RULES if rule in chosen]
    method = f"{estimate.method}; none where {' or '.join(words)}" if words else estimate.method
    return Estimate(_blank(estimate.value, hidden), lower, upper, se, estimate.confidence, method)


def _blank(array: FloatArray, where: NDArray[np.bool_]) -> FloatArray:
    return np.where(where, np.nan, array) if where.any() else array
