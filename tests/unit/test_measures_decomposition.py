"""Differences taken apart, by hand; what is refused."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError
from ineqlib.measures import (
    AgeBands,
    arriaga,
    arriaga_by_cause,
    arriaga_limits,
    horiuchi,
    kitagawa,
    life_expectancy,
)

MOST, LEAST, BANDS = [0.02, 0.1], [0.01, 0.05], [60, 70]


def test_arriaga_by_hand():
    """q = 0.2/1.1 and 0.1/1.05 in the closed band; 10 and 20 years in the open one."""
    q_most, q_least = 0.2 / 1.1, 0.1 / 1.05
    parts = arriaga(MOST, LEAST, bands=BANDS)
    direct = 10 * (1 - q_least / 2) - 10 * (1 - q_most / 2)
    assert_allclose(parts.direct, [direct, (1 - q_most) * (20 - 10)])
    assert_allclose(parts.indirect, [(q_most - q_least) * 20, 0])
    most = 10 * (1 - q_most / 2) + (1 - q_most) * 10
    least = 10 * (1 - q_least / 2) + (1 - q_least) * 20
    assert_allclose(parts.difference, least - most)
    assert_allclose(parts.total.sum(), least - most)


def test_the_symmetric_version_is_the_mean_of_both_directions():
    there, back = arriaga(MOST, LEAST, bands=BANDS), arriaga(LEAST, MOST, bands=BANDS)
    found = arriaga(MOST, LEAST, bands=BANDS, symmetric=True)
    assert_allclose(found.total, (there.total - back.total) / 2)
    assert not np.allclose(found.total, there.total)


def test_lower_mortality_in_group_2_gains_years():
    assert (arriaga(MOST, LEAST, bands=BANDS).total > 0).all()
    assert (arriaga(LEAST, MOST, bands=BANDS).total < 0).all()


def test_areas_are_solved_together():
    most = np.array([MOST, [0.03, 0.2]])
    found = arriaga(most, LEAST, bands=BANDS)
    assert found.total.shape == (2, 2)
    assert_allclose(found.total[0], arriaga(MOST, LEAST, bands=BANDS).total)


def test_causes_share_a_part_as_they_share_the_difference_in_rates():
    most = [[0.012, 0.06], [0.008, 0.04]]
    least = [[0.004, 0.03], [0.006, 0.02]]
    found = arriaga_by_cause(most, least, bands=BANDS)
    ages = arriaga(MOST, LEAST, bands=BANDS).total
    assert_allclose(found.parts[0], [ages[0] * 8 / 10, ages[1] * 3 / 5])
    assert_allclose(found.parts[1], [ages[0] * 2 / 10, ages[1] * 2 / 5])


def test_causes_that_trade_places_have_parts_that_cancel_out():
    most, least = [[0.01, 0.06], [0.01, 0.04]], [[0.006, 0.06], [0.014, 0.04]]
    found = arriaga_by_cause(most, least, bands=BANDS)
    assert found.difference == 0
    assert found.parts[0, 0] > 0.4
    assert_allclose(found.parts[0], -found.parts[1])


def test_kitagawa_by_hand():
    parts = kitagawa([10, 50], [0.5, 0.5], [10, 40], [0.75, 0.25])
    assert_allclose(parts.rate, [0, (0.5 + 0.25) / 2 * -10])
    assert_allclose(parts.composition, [10 * 0.25, 45 * -0.25])
    assert_allclose(parts.difference, 17.5 - 30)


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [
        ([0.02, np.nan], LEAST, "mortality_1: 1 of 2 not a number"),
        ([-0.02, 0.1], LEAST, "zero or above"),
        ([2000.0, 10_000], LEAST, "below 1 before the open band"),
        ([0.02, 0], LEAST, "open band"),
        ([0.02, 0.1, 0.1], [0.02, 0.1, 0.1], "mortality_1 3, mortality_2 3, bands 2"),
    ],
)
def test_bad_rates_are_refused(one, two, message):
    with pytest.raises(InputError, match=message):
        arriaga(one, two, bands=BANDS)


def test_rates_without_causes_are_refused():
    with pytest.raises(InputError, match="use arriaga"):
        arriaga_by_cause(MOST, LEAST, bands=BANDS)


def test_shares_that_are_not_shares_are_refused():
    with pytest.raises(InputError, match="share_2: 1 of 1 not adding up to 1"):
        kitagawa([10, 50], [0.5, 0.5], [10, 40], [75, 25])
    with pytest.raises(InputError, match="rate_1: 1 of 2 not a number"):
        kitagawa([10, np.nan], [0.5, 0.5], [10, 40], [0.75, 0.25])


DIED_1, DIED_2 = np.array([[90.0, 500], [110, 400]]), np.array([[40.0, 450], [60, 430]])
LIVED = np.array([10_000.0, 9000])


def test_parts_with_limits_are_those_without():
    found = arriaga_limits(DIED_1, LIVED, DIED_2, LIVED, bands=BANDS)
    causes = arriaga_by_cause(DIED_1 / LIVED, DIED_2 / LIVED, bands=BANDS)
    assert_allclose(found.by_age.value, causes.parts.sum(axis=0))
    assert_allclose(found.by_cause.value, causes.parts.sum(axis=1))
    assert_allclose(found.difference.value, causes.difference)


def test_limits_of_an_open_band_by_hand():
    """One band: 1 / m2 - 1 / m1, and the variance of 1 / m is 1 / (d m^2)."""
    found = arriaga_limits([[100.0]], [1000], [[50.0]], [1000], bands=[75])
    variance = 1 / (100 * 0.1**2) + 1 / (50 * 0.05**2)
    assert_allclose(found.by_age.value, [10])
    for part in (found.by_age, found.by_cause, found.difference):
        assert_allclose(part.se, np.sqrt(variance), rtol=1e-5)
    assert_allclose(found.difference.lower, 10 - 1.959964 * np.sqrt(variance), rtol=1e-5)


def test_the_whole_gap_is_nearly_as_sure_as_by_chiang():
    """Poisson rates in place of Chiang's binomial chance of dying: the same but for a per cent."""
    whole = arriaga_limits(DIED_1, LIVED, DIED_2, LIVED, bands=BANDS).difference
    ends = (life_expectancy(d.sum(axis=0), LIVED, bands=BANDS, age=60) for d in (DIED_1, DIED_2))
    assert_allclose(whole.se, np.hypot(*(end.se for end in ends)), rtol=0.02)


@pytest.mark.parametrize("symmetric", [False, True])
def test_limits_by_the_formula_are_those_of_a_simulation(symmetric):
    rng = np.random.default_rng(2026)
    options = {"bands": BANDS, "symmetric": symmetric}
    by_formula = arriaga_limits(DIED_1, LIVED, DIED_2, LIVED, **options)
    drawn = (rng.poisson(died, (20_000, 2, 2)) for died in (DIED_1, DIED_2))
    found = arriaga_limits(next(drawn), LIVED, next(drawn), LIVED, **options)
    for part in ("by_age", "by_cause", "difference"):
        spread = getattr(found, part).value.std(axis=0)
        assert_allclose(getattr(by_formula, part).se, spread, rtol=0.03)


def test_bands_add_up_to_spans():
    rates, people = np.array([[0.01, 0.02, 0.1]]), np.array([5000.0, 4000, 3000])
    died = rates * people, 0.8 * rates * people
    bands = arriaga_limits(died[0], people, died[1], people, bands=[50, 60, 70])
    spans = arriaga_limits(died[0], people, died[1], people, bands=[50, 60, 70], spans=[50, 70])
    assert_allclose(spans.by_age.value, [bands.by_age.value[:2].sum(), bands.by_age.value[2]])
    assert_allclose(spans.difference.se, bands.difference.se)
    assert spans.start.tolist() == [50, 70]
    one = arriaga_limits(died[0], people, died[1], people, bands=[50, 60, 70], spans=[50])
    assert_allclose(one.by_age.se, [bands.difference.se])


def test_spans_and_deaths_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="ages that start bands"):
        arriaga_limits(DIED_1, LIVED, DIED_2, LIVED, bands=BANDS, spans=[60, 65])
    with pytest.raises(InputError, match=r"deaths\[..., None, :\]"):
        arriaga_limits(DIED_1[0], LIVED, DIED_2, LIVED, bands=BANDS)


def test_the_continuous_decomposition_of_one_open_band_by_hand():
    """Life expectancy is 1/m: the integral of 1/m² from 0.1 to 0.05 is 10 over the fall of 0.05."""
    found = horiuchi([[0.06], [0.04]], [[0.02], [0.03]], bands=[70])
    assert_allclose(found.parts, [[0.04 * 10 / 0.05], [0.01 * 10 / 0.05]])
    assert_allclose(found.difference, 10)


def test_the_continuous_decomposition_lies_near_the_symmetric_one():
    found = horiuchi([MOST], [LEAST], bands=BANDS).parts[0]
    ends = [arriaga(MOST, LEAST, bands=BANDS).total, -arriaga(LEAST, MOST, bands=BANDS).total]
    assert (found > np.min(ends, axis=0)).all()
    assert (found < np.max(ends, axis=0)).all()
    with pytest.raises(InputError, match="Without causes"):
        horiuchi(MOST, LEAST, bands=BANDS)


def test_infants_of_both_sexes_lie_between_boys_and_girls():
    rates = np.array([0.004, 0.0002, 0.05])
    share = {
        sex: AgeBands([0, 1, 5], infants=f"andreev_kingkade_{sex}").share_lived(rates)[0]
        for sex in ("male", "female", "both")
    }
    assert_allclose(share["both"], (1.05 * share["male"] + share["female"]) / 2.05)
    assert share["female"] < share["both"] < share["male"]


def test_the_continuous_decomposition_is_the_limit_of_many_small_replacements():
    """Change every rate by a small step in turn, forwards and back, and add up what it does."""
    bands, steps = [0, 1, 40], 500
    start, end = np.array([0.006, 0.002, 0.05]), np.array([0.003, 0.001, 0.03])
    path = start + (end - start) * (np.arange(steps) + 0.5)[:, None] / steps
    found = horiuchi([start], [end], bands=bands)
    for band in range(3):
        half = np.where(np.arange(3) == band, (end - start) / steps / 2, 0)
        before, after = (1e9 * (path + side * half) for side in (-1, 1))
        ends = [life_expectancy(one, np.full(3, 1e9), bands=bands).value for one in (before, after)]
        assert_allclose(found.parts[0, band], np.sum(ends[1] - ends[0]), rtol=1e-6)
