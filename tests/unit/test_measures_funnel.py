"""Funnel limits by hand and by independent means, their words, and what widens them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import brentq
from scipy.special import gammainc, pdtr, pdtrc

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    Overdispersion,
    funnel_limits,
    funnel_points,
    funnel_significance,
    outside_funnel,
    overdispersion,
)

NONE = np.array([10.0] * 12), np.array([100.0] * 12)


def widened(phi=1.0, tau_squared=0.0, kind="rate"):
    return Overdispersion(
        np.asarray(phi), np.asarray(tau_squared), np.asarray(30), kind, "made by hand"
    )


def test_limits_of_a_proportion_by_hand():
    found = funnel_limits([400], 0.2, kind="proportion")
    assert_allclose(found.se, [0.02])
    assert_allclose([found.lower, found.upper], [[0.2 - 0.0391993], [0.2 + 0.0391993]], rtol=1e-6)


def test_limits_are_cut_where_no_value_can_be():
    found = funnel_limits([4], 0.9, kind="proportion", confidence=0.998)
    assert float(found.upper[0]) == 1
    assert float(funnel_limits([3], 1.0, kind="ratio").lower[0]) == 0


@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_limits_of_counts_are_where_the_poisson_tails_begin(confidence):
    tail = (1 - confidence) / 2
    for events in (1, 4, 9, 60):
        low_at = brentq(lambda mean, k=events: pdtr(k, mean) - tail, events, events * 9 + 20)
        high_at = brentq(lambda mean, k=events: pdtrc(k - 1, mean) - tail, 1e-6, events)
        lower = funnel_limits([low_at], 1.0, kind="ratio", confidence=confidence).lower
        upper = funnel_limits([high_at], 1.0, kind="ratio", confidence=confidence).upper
        assert_allclose(lower * low_at, events, rtol=1e-9)
        assert_allclose(upper * high_at, events, rtol=1e-9)


def test_limits_of_counts_agree_with_bisection_of_the_tail_between_whole_numbers():
    expected = np.array([0.3, 2.0, 7.5, 40.0, 900.0])
    found = funnel_limits(expected / 0.02, 0.02, kind="rate")
    for mean, upper in zip(expected, found.upper, strict=True):
        events = brentq(lambda k, m=mean: gammainc(k, m) - 0.025, 1e-3, mean * 3 + 20)
        assert_allclose(upper, 0.02 * events / mean, rtol=1e-9)


def test_a_curve_narrows_with_size():
    for kind in ("proportion", "rate", "ratio", "dsr"):
        found = funnel_limits(np.geomspace(50, 50_000, 40), 0.3, kind=kind)
        assert (np.diff(found.lower) > 0).all()
        assert (np.diff(found.upper) < 0).all()


def test_one_call_draws_every_funnel():
    sizes, averages = np.array([[100.0, 1000], [50, 70]]), np.array([0.1, 0.4])
    batch = funnel_limits(sizes, averages, kind="rate")
    for row in range(2):
        alone = funnel_limits(sizes[row], averages[row], kind="rate")
        assert_allclose(batch.upper[row], alone.upper)


def test_the_average_is_all_events_over_all_denominators():
    count, people = np.array([5.0, 150, 60]), np.array([100.0, 1000, 100])
    average = 215 / 1200
    for judge in (funnel_significance, outside_funnel):
        alone = judge(count, people, kind="proportion")
        assert alone.tolist() == judge(count, people, kind="proportion", average=average).tolist()
    assert alone.tolist() == ["lower (99.8%)", "lower (95%)", "higher (99.8%)"]


def test_for_proportions_the_two_judgements_are_one():
    rng = np.random.default_rng(6)
    people = rng.integers(20, 2000, 3000)
    count = rng.binomial(people, rng.uniform(0.1, 0.4, 3000))
    own = funnel_significance(count, people, kind="proportion")
    assert own.tolist() == outside_funnel(count, people, kind="proportion").tolist()
    assert len(set(own)) == 5


def test_for_few_events_exact_intervals_make_the_two_judgements_one():
    count, expected = np.repeat(np.arange(10.0), 300), np.tile(np.linspace(0.01, 25, 300), 10)
    own = funnel_significance(count, expected, kind="ratio", average=1.0)
    assert own.tolist() == outside_funnel(count, expected, kind="ratio", average=1.0).tolist()


def test_byars_interval_can_part_the_two_judgements():
    count = np.full(20_000, 12.0)
    expected = np.linspace(6.1, 6.3, 20_000)
    own = funnel_significance(count, expected, kind="ratio", average=1.0)
    parted = own != outside_funnel(count, expected, kind="ratio", average=1.0)
    assert 0 < parted.mean() < 0.2


def test_a_standardised_rate_of_few_events_is_not_judged():
    count, size = [9.0, 500, 20, 0], [np.nan, 1000, 1000, np.nan]
    for judge in (funnel_significance, outside_funnel):
        words = judge(count, size, kind="dsr", average=520 / 2300).tolist()
        assert words == ["not applicable", "higher (99.8%)", "lower (99.8%)", "not applicable"]
    assert str(funnel_significance([9], [1000], kind="rate", average=0.5)[0]) == "lower (99.8%)"


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_false_alarms_are_as_rare_as_the_levels_say(kind):
    rng = np.random.default_rng(31)
    size, average = rng.integers(2_000, 40_000, 50), 0.05
    draw = rng.binomial if kind == "proportion" else lambda n, p, s: rng.poisson(n * p, s)
    count = draw(size, average, (2_000, 50))
    for judge in (funnel_significance, outside_funnel):
        words = judge(count, size, kind=kind, average=average)
        assert 0.045 < (words != "similar").mean() < 0.055
        assert 0.0012 < np.char.endswith(words, "(99.8%)").mean() < 0.0028


def test_overdispersion_by_hand():
    observed = np.array([64.0, 144, 100] * 4)
    found = overdispersion(observed, 100, kind="ratio", average=1.0, winsorise=0)
    z = np.array([-4.0, 4, 0] * 4)
    assert_allclose(found.phi, (z**2).mean())
    weight = 4 * 100
    total = 12 * weight
    tau_squared = (12 * found.phi - 11) / (total - 12 * weight**2 / total)
    assert_allclose(found.tau_squared, tau_squared)
    assert int(found.units) == 12


def test_winsorising_draws_the_extreme_in():
    observed = np.array([100.0] * 5 + [110.25] * 5 + [90.25] * 5 + [400.0])
    plain = overdispersion(observed, 100, kind="ratio", average=1.0, winsorise=0)
    drawn = overdispersion(observed, 100, kind="ratio", average=1.0, as_published=True)
    assert_allclose(plain.phi, (10 * 1 + 20**2) / 16)
    assert_allclose(drawn.phi, 11 / 16)
    corrected = overdispersion(observed, 100, kind="ratio", average=1.0)
    assert_allclose(corrected.phi, drawn.phi / 0.678654, rtol=1e-5)
    assert "as published" in drawn.method


def test_winsorising_is_at_the_usual_quantiles():
    count = np.random.default_rng(9).poisson(40, (3, 25)).astype(float)
    found = overdispersion(count, 40.0, kind="dsr", average=1.0, as_published=True)
    for row in range(3):
        z = 2 * np.sqrt(40) * (np.sqrt(count[row] / 40) - 1)
        drawn = np.clip(z, *np.quantile(z, [0.1, 0.9]))
        assert_allclose(found.phi[row], (drawn**2).mean())


SMALL_AREAS = np.random.default_rng(10).poisson(8.0, (400, 150)).astype(float)
"""Events of 400 sets of 150 small areas that share one rate, 8 expected in each."""
WITHOUT_FEW = np.where(SMALL_AREAS < 10, np.nan, 1000.0)
"""Their denominators where only published rates are known: those of ten events or more."""


@pytest.mark.parametrize("judge", [funnel_significance, outside_funnel])
def test_the_average_of_standardised_rates_is_never_that_of_areas_with_many_events_alone(judge):
    with pytest.raises(InputError, match=r"denominator: .* not known .*average=, the rate of all"):
        judge(SMALL_AREAS, WITHOUT_FEW, kind="dsr")
    of_all = judge(SMALL_AREAS, np.full_like(SMALL_AREAS, 1000.0), kind="dsr")
    average = SMALL_AREAS.sum(axis=-1) / 150_000
    assert (of_all == judge(SMALL_AREAS, WITHOUT_FEW, kind="dsr", average=average)).all()
    assert (of_all[SMALL_AREAS < 10] == "not applicable").all()


def test_areas_with_few_events_count_in_the_spread_of_standardised_rates():
    found = overdispersion(SMALL_AREAS, 1000.0, kind="dsr")
    assert_allclose(found.phi.mean(), 1, atol=0.05)
    assert (found.units == 150).all()
    for average in (None, 0.008):
        with pytest.raises(InputError, match=r"denominator: .* not known"):
            overdispersion(SMALL_AREAS, WITHOUT_FEW, kind="dsr", average=average)


def test_a_column_beside_a_row_is_no_square():
    row, column = np.array([5.0, 20, 60]), np.array([[100.0], [100], [100]])
    for call in (
        lambda: funnel_significance(row, column, kind="rate"),
        lambda: outside_funnel(column, row, kind="rate"),
        lambda: overdispersion(np.tile(row, 4), np.tile(column, (4, 1)), kind="rate"),
        lambda: funnel_limits(row, row, kind="rate"),
        lambda: funnel_limits(row, 0.2, kind="rate", overdispersion=widened(phi=row)),
    ):
        with pytest.raises(InputError, match=r"\.ravel\(\)|one for each funnel"):
            call()


def test_overdispersion_is_what_its_function_returns():
    with pytest.raises(ParameterError, match=r"overdispersion=1\.3: expected what"):
        funnel_limits([100], 0.2, kind="rate", overdispersion=1.3)


def test_the_variance_winsorising_leaves_is_that_of_a_normal():
    z = np.random.default_rng(2).normal(size=400_000)
    ends = np.quantile(z, [0.1, 0.9])
    assert_allclose((np.clip(z, *ends) ** 2).mean(), 0.678654, rtol=0.01)


def test_limits_are_widened_by_hand():
    size, average = [400.0], 0.25
    exact = funnel_limits(size, average, kind="rate")
    wide = funnel_limits(size, average, kind="rate", overdispersion=widened(phi=4))
    half = 1.959963985 * 2 * 0.05
    assert_allclose(wide.upper, [0.25 * (1 + half) ** 2])
    assert_allclose(wide.lower, [0.25 * (1 - half) ** 2])
    additive = funnel_limits(
        size, average, kind="rate", overdispersion=widened(tau_squared=0.0075), model="additive"
    )
    assert_allclose([additive.lower, additive.upper], [wide.lower, wide.upper])
    assert (wide.upper > exact.upper).all()


def test_limits_are_never_narrower_than_chance():
    size = np.geomspace(1, 10_000, 60)
    exact = funnel_limits(size, 0.3, kind="rate")
    for found in (widened(phi=0.2), widened(phi=1.01)):
        limits = funnel_limits(size, 0.3, kind="rate", overdispersion=found)
        assert (limits.lower <= exact.lower).all()
        assert (limits.upper >= exact.upper).all()


@pytest.mark.parametrize("model", ["multiplicative", "additive"])
def test_widened_funnels_alarm_as_rarely_as_they_say_and_the_published_ones_do_not(model):
    rng = np.random.default_rng(12)
    size, average = rng.integers(2_000, 40_000, 150).astype(float), 0.01
    chance = 1 / (2 * np.sqrt(size * average))
    between = chance * np.sqrt(2) if model == "multiplicative" else 0.05
    truth = average * (1 + rng.normal(0, 1, (2_000, 150)) * between) ** 2
    count = rng.poisson(size * truth)

    def alarms(as_published):
        found = overdispersion(count, size, kind="rate", average=average, as_published=as_published)
        words = outside_funnel(
            count, size, kind="rate", average=average, overdispersion=found, model=model
        )
        return (words != "similar").mean()

    assert 0.04 < alarms(as_published=False) < 0.06
    assert alarms(as_published=True) > 0.09


def test_without_overdispersion_none_is_found():
    rng = np.random.default_rng(15)
    found = overdispersion(rng.poisson(400, (2_000, 100)), 400, kind="ratio", average=1.0)
    assert found.phi.shape == found.tau_squared.shape == (2_000,)
    assert_allclose(found.phi.mean(), 1, atol=0.03)


def test_overdispersion_of_another_kind_is_refused():
    with pytest.raises(ParameterError, match="found for kind='rate'"):
        funnel_limits([100], 0.2, kind="proportion", overdispersion=widened())


def test_nine_areas_say_nothing_of_their_spread():
    with pytest.raises(InputError, match="9 areas found, at least 10"):
        overdispersion(np.ones(9), np.ones(9), kind="ratio")


@pytest.mark.parametrize(
    ("count", "denominator", "options", "message"),
    [
        ([1, -1], [1, 1], {"kind": "rate"}, "count: 1 of 2 not zero or above"),
        ([1, np.nan], [1, 1], {"kind": "rate"}, "count: 1 of 2 not a number"),
        ([1, 1], [1, 0], {"kind": "rate"}, "denominator: 1 of 2 not above zero"),
        ([1, 1], [1, np.nan], {"kind": "rate"}, "denominator: 1 of 2 not above zero"),
        ([1, 2], [1, 1], {"kind": "proportion"}, "at or below its denominator"),
        ([0, 0], [1, 1], {"kind": "rate"}, "average: 1 of 1 not above zero"),
        ([0, 1], [2, 2], {"kind": "proportion", "average": 20}, "a proportion from 0 to 1"),
        ([3, 4], [np.nan, np.nan], {"kind": "dsr"}, "Give average="),
    ],
)
def test_bad_figures_are_refused(count, denominator, options, message):
    for judge in (funnel_significance, outside_funnel):
        with pytest.raises(InputError, match=message):
            judge(count, denominator, **options)


def test_unknown_words_are_refused():
    with pytest.raises(ParameterError, match="Did you mean 'proportion'"):
        funnel_significance([1], [2], kind="proportions")
    with pytest.raises(ParameterError, match="model='plus'"):
        funnel_limits([1], 0.5, kind="rate", model="plus")
    with pytest.raises(ParameterError, match="winsorise"):
        overdispersion(*NONE, kind="rate", winsorise=0.5)


def test_a_point_lies_on_the_limit_its_events_lie_on() -> None:
    limit = funnel_limits([20_000], 0.001, kind="rate").upper
    points = funnel_points([20_000 * limit[0]], 100_000 * limit, kind="rate")
    assert points.size == pytest.approx(20_000)
    per_thousand = funnel_points([30], [15], kind="rate", multiplier=1000)
    assert (per_thousand.size, per_thousand.value) == (2000, 15)


def test_events_and_rates_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(InputError, match="count and rate: 2 of 3 not both zero or both above"):
        funnel_points([0, 5, 7], [3, 0, 2], kind="rate")
    with pytest.raises(InputError, match="Give the denominator of areas without events"):
        funnel_points([0, 5], [0, 2], kind="rate")
    with pytest.raises(InputError, match="rate: 1 of 2 not zero or above"):
        funnel_points([12, 15], [np.nan, 2], kind="dsr")
    assert np.isnan(funnel_points([9, 15], [np.nan, 2], kind="dsr").value).tolist() == [True, False]
