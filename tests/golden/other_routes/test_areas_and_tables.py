"""Areas, groups and tables, worked out by another way (see ORIGIN.md)."""

import sqlite3
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.stats import norm, poisson, t
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from ineqlib.measures import (
    ESP2013,
    Simulation,
    add_by_lookup,
    concentration_curve,
    concentration_decomposition,
    excess_over_target,
    extended_concentration_index,
    outside_funnel,
    overdispersion,
    proportionality,
    rank_intervals,
    rate_table,
    round_counts,
    sii_simulated,
    simulation_spread,
    theil_between_within,
)

RNG = np.random.default_rng(20)
PEOPLE = RNG.integers(3, 40, 24).astype(float)
NEED = np.round(RNG.gamma(4, 5, 24))
SPEND = RNG.gamma(30, 3, 24) + NEED


def convenient_index(value: np.ndarray, rank: np.ndarray, weight: np.ndarray) -> float:
    """Absolute concentration index by the convenient regression: twice the variance of rank."""
    spread = np.average((rank - 0.5) ** 2, weights=weight)
    return float(sm.WLS(2 * spread * value, sm.add_constant(rank), weights=weight).fit().params[1])


def middle_rank(by: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weight of all who are lower, and half of that of those who are level, over all weights."""
    below, level = by[:, None] > by, by[:, None] == by
    return (below + level / 2) @ weight / weight.sum()


@pytest.mark.parametrize(("kind", "bounds"), [("standard", None), ("erreygers", (0, 300))])
def test_the_parts_of_a_concentration_index_by_regressions(kind: str, bounds) -> None:
    income, age = RNG.integers(1, 12, 24).astype(float), RNG.integers(20, 80, 24).astype(float)
    school = (income + RNG.normal(0, 4, 24) > 6).astype(float)
    value = 40 + 10 * school + 0.3 * age + RNG.normal(0, 5, 24)
    known = {"school": school, "age": age}
    ours = concentration_decomposition(value, income, known, PEOPLE, kind=kind, bounds=bounds)
    design = sm.add_constant(np.column_stack(list(known.values())))
    fit = sm.WLS(value, design, weights=PEOPLE).fit()
    rank = middle_rank(income, PEOPLE)
    times = 1 / np.average(value, weights=PEOPLE) if kind == "standard" else 4 / 300
    parts = [
        slope * convenient_index(column, rank, PEOPLE) * times
        for slope, column in zip(fit.params[1:], known.values(), strict=True)
    ]
    assert_allclose(ours.coefficient, fit.params[1:])
    assert_allclose(ours.contribution, parts)
    assert_allclose(ours.residual, convenient_index(fit.resid, rank, PEOPLE) * times)
    assert_allclose(ours.index, convenient_index(value, rank, PEOPLE) * times)


@pytest.mark.parametrize("nu", [1.5, 3, 6])
def test_the_extended_index_is_an_integral_over_the_curve(nu: float) -> None:
    value = np.array([9.0, 12, 11, 15, 21])
    curve = concentration_curve(value, PEOPLE[:5])

    def under(p: float) -> float:
        return float((1 - p) ** (nu - 2) * np.interp(p, curve.population, curve.value))

    points = curve.population[1:-1]
    area = sum(quad(under, *ends)[0] for ends in zip([0, *points], [*points, 1], strict=True))
    ours = extended_concentration_index(value, range(5), PEOPLE[:5], nu=nu)
    assert_allclose(ours.value, 1 - nu * (nu - 1) * area, rtol=1e-6)


def test_spending_and_need_by_covariance_and_a_plain_jackknife() -> None:
    def kakwani(kept: np.ndarray) -> float:
        spend, need, people = SPEND[kept], NEED[kept], PEOPLE[kept]
        rank, share = middle_rank(need, people), people / people.sum()
        indices = [
            2 * np.cov(column, rank, aweights=people, ddof=0)[0, 1] / (share @ column)
            for column in (spend, need)
        ]
        return float((indices[0] - indices[1]) / (1 - share @ share))

    everywhere = np.arange(24)
    without = [kakwani(np.delete(everywhere, area)) for area in everywhere]
    error = np.std(without) * np.sqrt(23)
    ours = proportionality(SPEND, NEED, PEOPLE).kakwani
    assert_allclose(ours.value, kakwani(everywhere))
    expected = t.interval(0.95, 23, loc=kakwani(everywhere), scale=error)
    assert_allclose([ours.lower, ours.upper], expected)


def test_theils_parts_person_by_person() -> None:
    region = np.repeat(["north", "east", "south"], 8)
    persons = np.repeat(np.arange(24), PEOPLE.astype(int))
    value, where = SPEND[persons], region[persons]
    level = pd.Series(value).groupby(where).transform("mean").to_numpy()

    def theil(amounts: np.ndarray) -> float:
        relative = amounts / amounts.mean()
        return float(np.mean(relative * np.log(relative)))

    ours = theil_between_within(SPEND, PEOPLE, region)
    assert_allclose(ours.total, theil(value))
    assert_allclose(ours.between, theil(level))
    assert_allclose(ours.within, theil(value) - theil(level))


def test_additive_overdispersion_is_that_of_meta_analysis() -> None:
    expected = RNG.uniform(20, 300, 30)
    count = RNG.poisson(expected * RNG.gamma(25, 1 / 25, 30))
    ours = overdispersion(count, expected, kind="ratio", average=1.0, winsorise=0)
    root, variance = np.sqrt(count / expected), 1 / (4 * expected)
    assert_allclose(ours.phi, np.mean((root - 1) ** 2 / variance))
    # About the known average of 1, not the areas' own: DerSimonian and Laird's, with that mean.
    free = combine_effects(root, variance, method_re="dl")
    weight = 1 / variance
    about_mean = free.tau2 * (weight.sum() - (weight**2).sum() / weight.sum())
    moved = weight.sum() * (free.mean_effect_fe - 1) ** 2
    assert_allclose(ours.tau_squared * about_mean / free.tau2, about_mean + moved)


def test_outside_the_funnel_is_what_a_poisson_tail_says() -> None:
    expected = np.repeat([3.3, 12.1, 80.7], 150)
    count = np.tile(np.arange(150), 3)
    ours = outside_funnel(count, expected, kind="ratio", average=1.0)
    above, below = poisson.sf(count - 1, expected), poisson.cdf(count, expected)
    tails = [(above, 0.001), (above, 0.025), (below, 0.001), (below, 0.025)]
    words = ["higher (99.8%)", "higher (95%)", "lower (99.8%)", "lower (95%)"]
    assert ours.tolist() == np.select([p < tail for p, tail in tails], words, "similar").tolist()


def test_ranks_that_holms_rule_leaves_open() -> None:
    value, error = RNG.normal(50, 6, 12), RNG.uniform(0.5, 3, 12)
    pairs = [(i, j) for i in range(12) for j in range(12) if i != j]
    p = [norm.sf((value[i] - value[j]) / np.hypot(error[i], error[j])) for i, j in pairs]
    surely = np.array(pairs)[multipletests(p, 0.05, "holm")[0]].tolist()
    ours = rank_intervals(value, error)
    assert ours.lower.tolist() == [1 + sum(i == area for i, _ in surely) for area in range(12)]
    assert ours.upper.tolist() == [12 - sum(j == area for _, j in surely) for area in range(12)]
    assert ours.rank.tolist() == (1 + value.argsort().argsort()).tolist()


def test_excess_over_a_target_moves_as_its_rates_do() -> None:
    rng = np.random.default_rng(5)
    drawn = rng.normal(25, 1.5, 200_000) - rng.normal(20, 0.4, 200_000)
    ours = excess_over_target(200, 25.0, 20.0, se=1.5, target_se=0.4)
    assert_allclose([ours.value, ours.se], [8 * drawn.mean(), 8 * drawn.std()], rtol=0.005)


def test_halves_are_rounded_up_as_by_hand() -> None:
    counts = range(200)
    by_hand = [int((Decimal(n) / 10).quantize(Decimal(1), ROUND_HALF_UP) * 10) for n in counts]
    assert round_counts(counts, base=10).tolist() == by_hand


def test_simulated_limits_spread_as_order_statistics_do() -> None:
    draws, q = 4000, 0.025
    simulation = Simulation(np.random.default_rng(6), draws=draws)
    data = ([50, 46, 43, 38, 33], [1, 1, 1, 1, 1])
    error = float(sii_simulated(*data, se=[2] * 5, simulation=simulation).se)
    spread = [
        float(simulation_spread(sii_simulated, *data, se=[2] * 5, simulation=simulation, times=2))
        for _ in range(200)
    ]
    of_limit = error * np.sqrt(q * (1 - q) / draws) / norm.pdf(norm.ppf(q))
    assert_allclose(np.mean(spread), of_limit * np.sqrt(2) * np.sqrt(2 / np.pi), rtol=0.1)


def test_rates_of_larger_areas_are_those_of_a_database() -> None:
    frame = pd.DataFrame(
        [(area, band) for area in "ABCD" for band in ESP2013.bands], columns=["area_code", "age"]
    )
    frame["count"] = RNG.integers(0, 60, len(frame))
    frame["denominator"] = RNG.integers(500, 5000, len(frame))
    lookup = pd.DataFrame({"area_code": list("ABCD"), "icb": ["x", "y", "x", "y"]})
    standard = pd.DataFrame({"age": ESP2013.bands, "weight": ESP2013.people})
    with sqlite3.connect(":memory:") as database:
        frame.to_sql("figures", database)
        lookup.to_sql("places", database)
        standard.to_sql("standard", database)
        rows = database.execute(
            "SELECT icb, 1e5 * SUM(weight * died / lived) / SUM(weight) FROM (SELECT icb, age,"
            " SUM(count) * 1.0 AS died, SUM(denominator) AS lived FROM figures JOIN places USING"
            " (area_code) GROUP BY icb, age) JOIN standard USING (age) GROUP BY icb ORDER BY icb"
        ).fetchall()
    database.close()
    added = add_by_lookup(frame, lookup, to="icb", by="age")
    rates = rate_table(added, "dsr", by="icb", bands=ESP2013).sort_values("icb")
    assert rates["icb"].tolist() == [place for place, _ in rows]
    assert_allclose(rates["value"], [rate for _, rate in rows])
