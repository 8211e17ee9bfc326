"""Years of life lost by hand, against the rates they are made like, and in repeated samples."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    ABRIDGED_BANDS,
    ESP2013,
    byar_interval,
    crude_rate,
    dsr,
    years_before_age,
    years_of_life_lost,
)

DEATHS = np.array([2.0, 10, 90])
YEARS = np.array([40.0, 5, 0])
PEOPLE = np.array([20_000.0, 5000, 2000])
BANDS = ["0-59", "60-74", "75+"]


def test_years_before_75_in_the_english_bands():
    years = years_before_age(75, bands=ABRIDGED_BANDS)
    assert years[:4].tolist() == [74.5, 72, 67.5, 62.5]
    assert years[-6:].tolist() == [7.5, 2.5, 0, 0, 0, 0]


def test_years_before_75_in_the_bands_of_the_standard_population():
    years = years_before_age(75, bands=ESP2013.bands)
    assert years.iloc[[0, 1, 14, 15, -1]].tolist() == [72.5, 67.5, 2.5, 0, 0]
    people = np.full(19, 1000.0)
    lost = years_of_life_lost(np.ones(19), years, population=people, standard=ESP2013)
    early = np.array(ESP2013.people[:15])
    assert_allclose(lost.value, 100 * (early * years[:15]).sum() / early.sum())


def test_the_sum_by_hand():
    found = years_of_life_lost(DEATHS, YEARS, bands=BANDS)
    assert_allclose([found.value, found.se], [2 * 40 + 10 * 5, np.sqrt(2 * 1600 + 10 * 25)])
    low, high = byar_interval(12)
    step = found.se / np.sqrt(12)
    limits = 130 + step * (low - 12), 130 + step * (high - 12)
    assert_allclose([found.lower, found.upper], limits)


def test_the_crude_rate_is_per_person_who_could_lose_years():
    found = years_of_life_lost(DEATHS, YEARS, population=PEOPLE, bands=BANDS, multiplier=1000)
    assert_allclose(found.value, 130 / 25_000 * 1000)


def test_the_standardised_rate_by_hand():
    standard = [3000, 1000, 500]
    options = {"population": PEOPLE, "standard": standard, "bands": BANDS}
    found = years_of_life_lost(DEATHS, YEARS, **options, multiplier=1)
    assert_allclose(found.value, 0.75 * 40 * 2 / 20_000 + 0.25 * 5 * 10 / 5000)
    variance = (0.75 * 40 / 20_000) ** 2 * 2 + (0.25 * 5 / 5000) ** 2 * 10
    assert_allclose(found.se, np.sqrt(variance))


def test_one_year_each_makes_it_the_death_rate():
    rng = np.random.default_rng(1)
    deaths, people = rng.poisson(30, (4, 19)), rng.uniform(1000, 9000, (4, 19))
    options = {"population": people, "bands": ESP2013.bands}
    ours = years_of_life_lost(deaths, np.ones(19), standard=ESP2013, **options)
    theirs = dsr(deaths, people, ESP2013, bands=ESP2013.bands)
    for name in ("value", "lower", "upper", "se"):
        assert_allclose(getattr(ours, name), getattr(theirs, name))
    crude = years_of_life_lost(deaths, np.ones(19), **options)
    assert_allclose(crude.value, crude_rate(deaths.sum(1), people.sum(1)).value)


def test_nobody_died_has_a_value_and_no_limits():
    found = years_of_life_lost([0, 0, 5], YEARS, population=PEOPLE, bands=BANDS)
    assert found.value == 0
    assert np.isnan([found.lower, found.upper, found.se]).all()


def test_limits_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(21)
    rates = np.append(0.004, 0.00005 * np.exp(0.095 * (np.arange(2.5, 75, 5) + 2)))
    people = np.full(16, 4000.0)
    years = years_before_age(75, bands=[0, 1, *range(5, 76, 5)])[:16]
    standard = np.append([1000, 4000], ESP2013.people[1:15])
    options = {"population": people, "standard": standard}
    truth = years_of_life_lost(rates * people, years, **options).value
    found = years_of_life_lost(rng.poisson(rates * people, (2_000, 16)), years, **options)
    held = (found.lower <= truth) & (truth <= found.upper)
    assert 0.93 <= held.mean() <= 0.97


@pytest.mark.parametrize(
    ("deaths", "years", "options", "message"),
    [
        ([1, np.nan, 2], YEARS, {}, "never taken as zero"),
        ([1, -1, 2], YEARS, {}, "zero or above"),
        ([1, 1, 2], [0, 0, 0], {}, "Which deaths are early"),
        ([1, 1], YEARS, {}, "bands differ"),
        ([1, 1, 2], YEARS, {"population": [5, 0, 5]}, "above zero"),
    ],
)
def test_bad_data_are_refused(deaths, years, options, message):
    with pytest.raises(InputError, match=message):
        years_of_life_lost(deaths, years, bands=BANDS, **options)


def test_bad_options_are_refused():
    with pytest.raises(ParameterError, match="with a population"):
        years_of_life_lost(DEATHS, YEARS, standard=[1, 1, 1], bands=BANDS)
    with pytest.raises(ParameterError, match="multiplier"):
        years_of_life_lost(DEATHS, YEARS, population=PEOPLE, multiplier=0)
    with pytest.raises(ParameterError, match="limit=72 does not start a band"):
        years_before_age(72, bands=ABRIDGED_BANDS)
