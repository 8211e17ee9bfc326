"""Lengths of life and trends of gradients, worked out by another way (see ORIGIN.md)."""

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.stats import t

from ineqlib.measures import (
    AgeBands,
    Simulation,
    arriaga,
    arriaga_by_cause,
    arriaga_limits,
    lifespan_variation,
    required_change,
    slope_trend,
    slope_trend_bootstrap,
)

LEVEL, STEEPNESS = 2e-5, 0.1


def cumulative_hazard(age: float) -> float:
    """Of Gompertz's law, from birth."""
    return LEVEL / STEEPNESS * np.expm1(STEEPNESS * age)


@pytest.mark.parametrize("age", [0, 40, 80])
def test_years_lost_at_death_are_the_entropy_of_survival(age: int) -> None:
    start = np.arange(0, 116, 0.25)
    ends = [*start[1:], 200]
    lived = [
        quad(lambda x: np.exp(-cumulative_hazard(x)), *band)[0]
        for band in zip(start, ends, strict=True)
    ]
    died = -np.diff(np.exp([-cumulative_hazard(a) for a in start]), append=0)
    bands = AgeBands(start, infants=0.5)
    ours = lifespan_variation(1e9 * died, 1e9 * np.array(lived), bands=bands, age=age)

    def left(x: float) -> float:
        beyond = cumulative_hazard(x) - cumulative_hazard(age)
        return float(beyond * np.exp(-beyond))

    assert ours.value == pytest.approx(quad(left, age, 200)[0], abs=5e-4)


def test_errors_of_arriagas_parts_are_those_of_deaths_drawn_again() -> None:
    rng = np.random.default_rng(11)
    bands, people = [0, 1, 15, 45, 65, 80], np.array([900.0, 12_000, 25_000, 20_000, 9000, 3000])
    rates = np.array([[4e-3, 2e-4, 9e-4, 6e-3, 3e-2, 0.12], [1e-3, 1e-4, 1e-3, 8e-3, 4e-2, 0.09]])
    deaths = [rates * people, 0.7 * rates * people]
    ours = arriaga_limits(deaths[0], people, deaths[1], people, bands=bands)
    again = [rng.poisson(of_group, (20_000, 2, 6)) / people for of_group in deaths]
    by_age = arriaga(*(drawn.sum(axis=1) for drawn in again), bands=bands)
    by_cause = arriaga_by_cause(*again, bands=bands).parts.sum(axis=-1)
    assert_allclose(ours.by_age.se, by_age.total.std(axis=0), rtol=0.03)
    assert_allclose(ours.by_cause.se, by_cause.std(axis=0), rtol=0.03)
    assert_allclose(ours.difference.se, by_age.difference.std(), rtol=0.03)


YEARS = np.array([2015.0, 2016, 2017, 2019, 2020, 2022])
PEOPLE = np.array([90.0, 130, 100, 70, 120])
VALUE = np.random.default_rng(3).normal(70, 1, (6, 5)) + np.outer(0.2 * (YEARS - 2015), range(5))


def slopes_by_regression(value: np.ndarray) -> np.ndarray:
    """Slope of each period's groups on relative rank, weighted by people."""
    through = np.cumsum(PEOPLE)
    design = sm.add_constant((through - PEOPLE / 2) / through[-1])
    return np.array([sm.WLS(row, design, weights=PEOPLE).fit().params[1] for row in value])


def test_the_trend_of_a_slope_without_errors_is_the_ordinary_line() -> None:
    line = sm.OLS(slopes_by_regression(VALUE), sm.add_constant(YEARS)).fit()
    ours = slope_trend(VALUE, PEOPLE, YEARS)
    assert_allclose(ours.change.value, line.params[1])
    assert_allclose(ours.change.se, line.bse[1])
    assert_allclose([ours.change.lower, ours.change.upper], line.conf_int()[1])
    assert_allclose(ours.p, line.pvalues[1])
    assert_allclose([ours.first, ours.last], line.fittedvalues[[0, -1]])


def test_what_rolling_years_share_is_counted_as_single_years_show() -> None:
    years, error = np.arange(2010.0, 2017), np.array([1.0, 0.5, 2, 1.5, 1])
    single = np.arange(2010, 2019)
    pooled = ((single >= years[:, None]) & (single < years[:, None] + 3)) / 3
    slopes = slopes_by_regression(np.eye(5))  # what a unit of each group adds
    of_years = np.polyfit(years, pooled, 1)[0]
    expected = np.sqrt(3 * (np.outer(of_years, slopes * error) ** 2).sum())
    value = np.tile(VALUE[0], (7, 1))
    ours = slope_trend(value, PEOPLE, years, se=[error] * 7, span=3, spread="chance")
    assert_allclose(ours.change.se, expected)


def test_a_bootstrap_of_rolling_years_is_that_of_single_years() -> None:
    rng = np.random.default_rng(8)
    mean = np.array([400.0, 330, 300, 240, 200])
    single = rng.poisson(mean, (20_000, 7, 5))
    pooled = sum(single[:, first : first + 5] for first in range(3))
    through = np.cumsum(PEOPLE)
    rank = (through - PEOPLE / 2) / through[-1]
    slope = PEOPLE * (rank - 0.5) / (PEOPLE * (rank - 0.5) ** 2).sum()
    changes = np.polyfit(np.arange(5), (pooled / (3 * PEOPLE) @ slope).T, 1)[0]
    counts = np.tile(3 * mean, (5, 1))
    simulation = Simulation(np.random.default_rng(4), draws=20_000)
    ours = slope_trend_bootstrap(
        counts, 3 * PEOPLE, np.arange(5.0), simulation=simulation, span=3, multiplier=1
    )
    assert_allclose([ours.lower, ours.upper], np.quantile(changes, [0.025, 0.975]), rtol=0.04)


def test_the_change_that_is_required_has_students_interval() -> None:
    ours = required_change(20.0, 14.0, years=4, se=1.2, freedom=9, confidence=0.9)
    assert_allclose([ours.lower, ours.upper], t.interval(0.9, 9, loc=-1.5, scale=0.3))
