"""Life tables against closed forms and hand numbers."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    ABRIDGED_BANDS,
    AgeBands,
    healthy_life_expectancy,
    life_expectancy,
    life_table,
    lifespan_variation,
)

BANDS = np.array(ABRIDGED_BANDS, dtype=float)
PEOPLE = np.full(20, 50_000.0)


def gompertz() -> np.ndarray:
    return np.append(0.004, 0.00005 * np.exp(0.095 * (BANDS[1:] + 2)))


def test_a_life_table_by_hand():
    table = life_table([2.0, 10, 50], [1000.0, 2000, 500], bands=[50, 60, 70])
    q50, q60 = 0.02 / 1.01, 0.05 / 1.025
    assert_allclose(table.qx, [q50, q60, 1])
    assert_allclose(table.lx, [1, 1 - q50, (1 - q50) * (1 - q60)])
    assert_allclose(table.dx, [q50, (1 - q50) * q60, (1 - q50) * (1 - q60)])
    e60 = 10 * (1 - q60 / 2) + (1 - q60) * 10
    e50 = 10 * (1 - q50 / 2) + (1 - q50) * e60
    assert_allclose(table.ex, [e50, e60, 10])
    assert_allclose(table.Tx, table.ex * table.lx)
    var70 = 10**2 / 50
    var60 = (5 + 10) ** 2 * q60**2 * (1 - q60) / 10 + (1 - q60) ** 2 * var70
    var50 = (5 + e60) ** 2 * q50**2 * (1 - q50) / 2 + (1 - q50) ** 2 * var60
    assert_allclose(table.se**2, [var50, var60, var70])


def test_the_first_year_of_life_has_its_own_share():
    table = life_table(gompertz() * PEOPLE, PEOPLE, bands=BANDS)
    assert table.ax[0] == 0.1
    assert_allclose(table.qx[0], 0.004 / (1 + 0.004 * 0.9))


def test_a_constant_hazard_gives_its_inverse():
    found = life_expectancy(0.0125 * PEOPLE, PEOPLE, bands=BANDS, age="all")
    assert_allclose(found.value, 80, rtol=1e-12)


def test_a_single_open_band_is_exactly_the_inverse_of_its_rate():
    found = life_expectancy([800.0], [10_000.0], bands=[85], age=85)
    assert_allclose([found.value, found.se], [12.5, 12.5 / np.sqrt(800)])


def test_limits_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(11)
    rates = gompertz()
    people = np.array([600, 2400] + [3000] * 12 + [2800, 2500, 2000, 1400, 800, 400.0])
    truth = life_expectancy(rates * people, people, bands=BANDS).value
    found = life_expectancy(rng.poisson(rates * people, (5_000, 20)), people, bands=BANDS)
    held = (found.lower <= truth) & (truth <= found.upper)
    assert 0.93 < held.mean() < 0.965


def test_a_missing_death_count_is_refused():
    deaths = gompertz() * PEOPLE
    deaths[4] = np.nan
    with pytest.raises(InputError, match="never taken as zero"):
        life_expectancy(deaths, PEOPLE, bands=BANDS)


def test_no_deaths_in_the_open_band_is_refused():
    deaths = gompertz() * PEOPLE
    deaths[-1] = 0
    with pytest.raises(InputError, match="open band"):
        life_expectancy(deaths, PEOPLE, bands=BANDS)


def test_no_deaths_in_a_closed_band_is_fine():
    deaths = gompertz() * PEOPLE
    deaths[3] = 0
    assert np.isfinite(life_expectancy(deaths, PEOPLE, bands=BANDS).se)


def test_a_closed_band_nobody_survives_is_refused():
    with pytest.raises(InputError, match="before the open band"):
        life_table([900.0, 10], [1000.0, 100], bands=[80, 90])


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ([0, 5, 1], "youngest band first"),
        ([0, 5, 10], "first year of life"),
        ([0, 1], "deaths 3, population 3, bands 2"),
    ],
)
def test_bands_out_of_order_are_refused(bands, message):
    with pytest.raises(InputError, match=message):
        life_table([1.0, 1, 1], [100.0, 100, 100], bands=bands)


def test_an_age_that_starts_no_band_is_refused_with_those_that_do():
    with pytest.raises(ParameterError, match="0, 1, 5, 10"):
        life_expectancy(gompertz() * PEOPLE, PEOPLE, bands=BANDS, age=66)


def test_all_ages_are_each_age():
    deaths = gompertz() * PEOPLE
    together = life_expectancy(deaths, PEOPLE, bands=BANDS, age="all")
    at_65 = life_expectancy(deaths, PEOPLE, bands=BANDS, age=65)
    place = ABRIDGED_BANDS.index(65)
    for name in ("value", "lower", "upper", "se"):
        assert getattr(together, name)[place] == getattr(at_65, name)


@pytest.mark.parametrize("last", [75, 80, 85])
def test_any_bands_that_end_open_will_do(last):
    """Joined old ages make an open band whose rate is that of everyone in it."""
    bands = [band for band in ABRIDGED_BANDS if band <= last]
    deaths = np.add.reduceat(gompertz() * PEOPLE, range(len(bands)))
    people = np.add.reduceat(PEOPLE, range(len(bands)))
    found = life_expectancy(deaths, people, bands=bands, age=last)
    assert_allclose(found.value, people[-1] / deaths[-1])


@pytest.mark.parametrize(
    ("infants", "rate", "share"),
    [
        ("english", 0.004, 0.1),
        ("andreev_kingkade_male", 0.004, 0.14929 - 1.99545 * 0.004),
        ("andreev_kingkade_male", 0.03, 0.02832 + 3.26021 * 0.03),
        ("andreev_kingkade_male", 0.09, 0.29915),
        ("andreev_kingkade_female", 0.004, 0.14903 - 2.05527 * 0.004),
        ("andreev_kingkade_female", 0.03, 0.04667 + 3.88089 * 0.03),
        ("andreev_kingkade_female", 0.07, 0.31411),
        (0.2, 0.004, 0.2),
    ],
)
def test_infants_by_convention(infants, rate, share):
    rates = np.append(rate, gompertz()[1:])
    table = life_table(rates * PEOPLE, PEOPLE, bands=AgeBands(ABRIDGED_BANDS, infants=infants))
    assert_allclose(table.ax[0], share)
    assert_allclose(table.qx[0], rate / (1 + rate * (1 - share)))
    assert (table.ax[1:] == 0.5).all()


def test_a_wide_first_band_needs_its_share_said():
    bands = AgeBands([0, 5, 10], infants=0.1)
    table = life_table([50.0, 5, 100], [10_000.0, 9000, 8000], bands=bands)
    assert_allclose(table.qx[0], 5 * 0.005 / (1 + 5 * 0.005 * 0.9))
    with pytest.raises(InputError, match=r"AgeBands\(start, infants=0.1\)"):
        AgeBands([0, 5, 10])


def test_an_unknown_convention_or_share_is_refused():
    with pytest.raises(ParameterError, match="Did you mean 'english'"):
        AgeBands(ABRIDGED_BANDS, infants="englsh")
    with pytest.raises(InputError, match="a share above 0 and below 1"):
        AgeBands([0, 5], infants=1.5)


def test_all_years_healthy_is_life_expectancy():
    deaths = gompertz() * PEOPLE
    life = life_expectancy(deaths, PEOPLE, bands=BANDS)
    healthy = healthy_life_expectancy(deaths, PEOPLE, np.ones(20), np.full(20, 100), bands=BANDS)
    assert_allclose([healthy.value, healthy.se], [life.value, life.se])


def test_half_of_every_year_healthy_is_half_of_life_expectancy():
    deaths = gompertz() * PEOPLE
    half = healthy_life_expectancy(
        deaths, PEOPLE, np.full(20, 0.5), np.full(20, 1e12), bands=BANDS, age=65
    )
    life = life_expectancy(deaths, PEOPLE, bands=BANDS, age=65)
    assert_allclose([half.value, half.se], [life.value / 2, life.se / 2], rtol=1e-6)


def test_healthy_years_standard_error_agrees_with_simulation():
    rng = np.random.default_rng(12)
    rates, share, asked = gompertz(), np.linspace(0.95, 0.4, 20), np.full(20, 80)
    people = PEOPLE / 20
    expected = healthy_life_expectancy(rates * people, people, share, asked, bands=BANDS)
    drawn = healthy_life_expectancy(
        rng.poisson(rates * people, (4_000, 20)),
        people,
        rng.binomial(asked, share, (4_000, 20)) / asked,
        asked,
        bands=BANDS,
    )
    assert_allclose(expected.se, drawn.value.std(), rtol=0.05)


def test_healthy_years_limits_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(13)
    rates, share, asked = gompertz(), np.linspace(0.95, 0.4, 20), np.full(20, 80)
    people = PEOPLE / 20
    truth = healthy_life_expectancy(rates * people, people, share, asked, bands=BANDS).value
    found = healthy_life_expectancy(
        rng.poisson(rates * people, (2_000, 20)),
        people,
        rng.binomial(asked, share, (2_000, 20)) / asked,
        asked,
        bands=BANDS,
    )
    held = (found.lower <= truth) & (truth <= found.upper)
    assert 0.93 <= held.mean() <= 0.97


def test_a_share_outside_zero_to_one_is_refused():
    with pytest.raises(InputError, match="share from 0 to 1"):
        healthy_life_expectancy(
            gompertz() * PEOPLE, PEOPLE, np.full(20, 80), np.full(20, 100), bands=BANDS
        )


def test_years_lost_at_death_by_hand():
    """In the closed band half of e60 and half of e70 is left; in the open one all of e70."""
    died, lived = [200.0, 900.0], [10_000.0, 9000]
    q60 = 0.2 / 1.1
    e60 = 10 * (1 - q60 / 2) + (1 - q60) * 10
    found = lifespan_variation(died, lived, bands=[60, 70], age=60)
    assert_allclose(found.value, q60 * (e60 + 10) / 2 + (1 - q60) * 10)
    assert_allclose(lifespan_variation(died, lived, bands=[60, 70], age=70).value, 10)
    assert_allclose(lifespan_variation(died, lived, bands=[60, 70], age=70).se, 10 / 30, rtol=1e-5)


def test_years_lost_at_death_are_the_life_expectancy_where_age_does_not_matter():
    found = lifespan_variation(0.02 * PEOPLE, PEOPLE, bands=BANDS)
    assert_allclose(found.value, 50)


def test_limits_of_years_lost_at_death_are_those_of_a_simulation():
    rates = gompertz()
    by_formula = lifespan_variation(rates * PEOPLE, PEOPLE, bands=BANDS)
    drawn = np.random.default_rng(2026).poisson(rates * PEOPLE, (5000, 20))
    spread = lifespan_variation(drawn, PEOPLE, bands=BANDS).value.std()
    assert_allclose(by_formula.se, spread, rtol=0.04)
    assert by_formula.value < life_expectancy(rates * PEOPLE, PEOPLE, bands=BANDS).value / 3


def test_years_lost_at_death_are_of_one_age():
    with pytest.raises(ParameterError, match="one age"):
        lifespan_variation(PEOPLE / 50, PEOPLE, bands=BANDS, age="all")
