"""England's rules on when a life expectancy is shown, and what keeps a life table from being made.

Each area gets its reason in words, so that one bad area need not stop the others.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import floats, one_of, same_bands, within_bounds, z_score
from ineqlib.measures.age_bands import AgeBands, Bands, as_bands
from ineqlib.measures.life_table import life_table, survivable

Words = NDArray[np.str_]
Yes = NDArray[np.bool_]

MOST_WITHHELD = 5000
"""Person-years up to which life expectancy is not shown (Toson and Baker 2003)."""

WIDEST = 20.0
"""Years: where the 95% interval is wider, the value is not shown; its limits are."""

SUPPRESSION_RULES = {
    "population": f"{MOST_WITHHELD:,} person-years or fewer",
    "deaths": "more deaths than person-years in an age band",
    "width": f"95% interval wider than {WIDEST:g} years",
}
"""England's rules on when life expectancy is not shown, by name."""

ALL_RULES = tuple(SUPPRESSION_RULES)
HARMLESS_RATE = 0.001
"""Stands in the place of an area that is not shown, so that the others can be worked out."""


def life_table_problems(
    deaths: ArrayLike, population: ArrayLike, *, bands: Bands | None = None
) -> Words:
    """Why no life table can be made of each area, in words; empty where one can.

    Parameters
    ----------
    deaths, population, bands
        As in `life_table`; missing numbers (NaN) are told, not refused.

    Returns
    -------
    ndarray of str
        Shape ``(…)``. Where it is empty `life_table` refuses nothing.

    Method
    ------
    title: What keeps a life table from being made
    sentence: Why an area's counts make no life table, in words.
    formula:
        d or P missing, d < 0, P ≤ 0, d = 0 in the open band, or q ≥ 1 in a closed one
        d: deaths; P: person-years; q: probability of dying in the band
    use: Before a life table of many areas, to leave out those that would stop the call.
    avoid: As a test of quality: an area without problems can still have wrong counts.
    interval: None: it is a rule.
    source: Follows from the life table's formula

    Examples
    --------
    >>> deaths, population = [[5.0, 40.0], [5.0, 0.0]], [[900.0, 400.0], [900.0, 30.0]]
    >>> life_table_problems(deaths, population, bands=[80, 90]).tolist()
    ['', 'no deaths in the open age band']
    """
    known, deaths, population = _as_given(deaths, population, bands)
    usable = _usable(deaths, population)
    rate = np.divide(deaths, population, out=np.zeros(deaths.shape), where=usable)
    fit: dict[str, Yes] = {
        "a count of deaths is missing": ~np.isnan(deaths),
        "a population is missing": ~np.isnan(population),
        "a count of deaths is infinite": ~np.isinf(deaths),
        "a population is infinite": ~np.isinf(population),
        "a count of deaths is below zero": ~(deaths < 0),
        "nobody lives in an age band": ~(population <= 0),
        "no deaths in the open age band": deaths[..., -1:] > 0,
        "nobody survives an age band": survivable(rate, known),
    }
    unfit = [~np.asarray(fits.all(axis=-1)) for fits in fit.values()]
    return np.select(unfit, list(fit), default="")


def suppression_reasons(
    deaths: ArrayLike,
    population: ArrayLike,
    *,
    bands: Bands | None = None,
    age: float | str = 0,
    rules: Collection[str] = ALL_RULES,
) -> Words:
    """Which rule keeps each area's life expectancy from being shown, in words; empty where none.

    Parameters
    ----------
    deaths, population, bands, age, rules
        As in `life_expectancy`; areas of which no table can be made are told, not refused.

    Returns
    -------
    ndarray of str
        Shape ``(…)``; ``(…, bands)`` with ``age="all"``. The words of the first of `rules` that
        applies, in their published order; else those of `life_table_problems`, if any. Where counts
        are missing or impossible no rule is tried.

    Method
    ------
    title: Rules on showing life expectancy
    sentence: Why an area's life expectancy is not shown, in words.
    formula:
        population: ΣP ≤ 5,000;  deaths: d > P in any band;  width: 2 × 1.96 se > 20 years
        P: person-years; d: deaths; se: standard error of the life expectancy
    use: To give every area of a table its status while the others are worked out.
    avoid: To hide small counts: it says what is too uncertain, not what identifies anyone.
    interval: None: it is a rule.
    source: Toson and Baker 2003, National Statistics Methodological Series 33

    Examples
    --------
    >>> deaths, population = [[5.0, 40.0], [50.0, 400.0]], [[900.0, 400.0], [9000.0, 4000.0]]
    >>> suppression_reasons(deaths, population, bands=[80, 90], age=80).tolist()
    ['5,000 person-years or fewer', '']
    """
    chosen = chosen_rules(rules)
    known, deaths, population = _as_given(deaths, population, bands)
    reasons = life_table_problems(deaths, population, bands=known)
    counts = _usable(deaths, population).all(axis=-1)
    withheld = where_withheld(deaths, population, chosen)
    for words, applies in reversed(withheld.items()):
        reasons = np.where(applies & counts, words, reasons)
    fine = reasons == ""
    if age == "all":
        reasons = np.repeat(reasons[..., None], deaths.shape[-1], axis=-1)
    if "width" in chosen:
        harmless = (
            np.where(fine[..., None], deaths, HARMLESS_RATE),
            np.where(fine[..., None], population, 1.0),
        )
        table = life_table(*harmless, bands=known)
        wide = too_wide(table.se[..., table.place(age)]) & (reasons == "")
        reasons = np.where(wide, SUPPRESSION_RULES["width"], reasons)
    return reasons


def where_withheld(
    deaths: FloatArray, population: FloatArray, rules: Collection[str]
) -> dict[str, Yes]:
    """Where each rule that withholds everything applies, by the rule's words."""
    withheld = {}
    if "population" in rules:
        few = population.sum(axis=-1) <= MOST_WITHHELD
        withheld[SUPPRESSION_RULES["population"]] = np.asarray(few)
    if "deaths" in rules:
        withheld[SUPPRESSION_RULES["deaths"]] = np.asarray((deaths > population).any(axis=-1))
    return withheld


def too_wide(se: FloatArray) -> Yes:
    """Tell where the 95% interval is too wide for the value to be shown."""
    return np.asarray(2 * z_score(0.95) * se > WIDEST)


def chosen_rules(rules: Collection[str]) -> Collection[str]:
    """Return the rules, refusing a word that is none."""
    chosen = (rules,) if isinstance(rules, str) else rules
    if not isinstance(chosen, Collection):
        raise ParameterError(f"rules={rules!r}: expected names of rules, () for none.")
    for rule in chosen:
        one_of(rule, "rules", SUPPRESSION_RULES)
    return chosen


def _as_given(
    deaths: ArrayLike, population: ArrayLike, bands: Bands | None
) -> tuple[AgeBands, FloatArray, FloatArray]:
    """Return the bands, and deaths and person-years in each, missing and impossible ones too."""
    known = as_bands(bands, deaths=deaths, population=population)
    deaths, population = same_bands(
        known.labels,
        deaths=within_bounds(floats(deaths, "deaths")),
        population=within_bounds(floats(population, "population")),
    )
    return known, deaths, population


def _usable(deaths: FloatArray, population: FloatArray) -> Yes:
    finite = np.isfinite(deaths) & np.isfinite(population)
    return np.asarray(finite & (deaths >= 0) & (population > 0))
