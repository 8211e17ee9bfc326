"""Options and labels nobody means to give: always an error in words, never a number."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ineqlib import measures as m
from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate

from .measure_calls import CALLS, NAMES, PEOPLE, SE, TWELVE, VALUE, YEARS

DEATHS, LIVED, AGES = [5.0, 2, 3, 40, 300], [900.0, 4e3, 2e4, 9e3, 2500], [0, 1, 5, 50, 80]
AREAS = TWELVE


@pytest.mark.parametrize("confidence", [95, 1.0, 0, -0.5, np.nan, "0.95", None, [0.9, 0.95], True])
@pytest.mark.parametrize(
    "name", [name for name in CALLS if "confidence" in str(getattr(m, name).__kwdefaults__)]
)
def test_a_confidence_that_is_no_fraction_is_refused(name: str, confidence: Any) -> None:
    call = CALLS[name]
    with pytest.raises(ParameterError, match="fraction"):
        getattr(m, name)(**call.data, **call.options, confidence=confidence)


def test_a_confidence_next_to_one_has_limits() -> None:
    almost = 1 - 1e-16
    assert np.isfinite(m.difference(VALUE, se=SE, confidence=almost).upper)
    assert np.isfinite(m.sample_mean(VALUE, confidence=almost).upper)
    assert np.isfinite(m.wilson_interval(3, 10, confidence=almost)[1])


@pytest.mark.parametrize("multiplier", [0, -1, np.inf, np.nan, "100", None, [1, 2]])
def test_a_multiplier_that_is_no_number_above_zero_is_refused(multiplier: Any) -> None:
    for call in (
        lambda: m.proportion(0, 10, multiplier=multiplier),
        lambda: m.crude_rate(0, 10, multiplier=multiplier),
        lambda: m.dsr(DEATHS, LIVED, LIVED, bands=NAMES, multiplier=multiplier),
        lambda: m.years_of_life_lost([0], [5], population=[9], bands=["0+"], multiplier=multiplier),
        lambda: m.heat_paf(VALUE, PEOPLE, multiplier=multiplier, polarity="favourable"),
    ):
        with pytest.raises(ParameterError, match="above zero"):
            call()


@pytest.mark.parametrize("reference", [1.5, True, -1, 5, np.nan, [1], pd.NA])
def test_a_reference_that_is_no_place_is_refused(reference: Any) -> None:
    for call in (
        lambda: m.difference(VALUE, reference=reference),
        lambda: m.ratio(VALUE, reference=reference),
        lambda: m.par(VALUE, PEOPLE, reference=reference),
        lambda: m.paf(VALUE, PEOPLE, reference=reference),
        lambda: m.mdr(VALUE, PEOPLE, reference=reference),
    ):
        with pytest.raises(ParameterError, match="expected a group from 0 to 4"):
            call()


@pytest.mark.parametrize(
    "call",
    [
        lambda bad: m.extended_concentration_index(AREAS, AREAS, nu=bad),
        lambda bad: m.atkinson(VALUE, epsilon=bad),
        lambda bad: m.overdispersion(AREAS, AREAS, kind="rate", winsorise=bad),
        lambda bad: m.proportionality(AREAS, AREAS, AREAS, margin=bad),
        lambda bad: m.false_discovery([0.1], rate=bad),
        lambda bad: m.recent_trend(YEARS, VALUE, SE, span=bad),
        lambda bad: m.years_before_age(bad, bands=AGES),
        lambda bad: m.life_expectancy(DEATHS, LIVED, bands=AGES, age=bad),
        lambda bad: m.life_expectancy(DEATHS, LIVED, bands=AGES, rules=bad),
        lambda bad: m.suppress([3, 12], bad),
        lambda bad: m.differencing_risks([3], [], rule=bad),
        lambda bad: m.sii(VALUE, PEOPLE, scale=bad),
        lambda bad: m.wagstaff(VALUE, PEOPLE, bounds=(0, bad)),
    ],
)
@pytest.mark.parametrize("bad", ["0.5", [0.1, 0.2], np.nan, -3])
def test_an_option_that_is_not_what_it_should_be_is_refused(
    call: Callable[[Any], Any], bad: Any
) -> None:
    with pytest.raises(ParameterError):
        call(bad)


@pytest.mark.parametrize("bands", [[], [[0, 1], [5, 10]]])
def test_bands_are_one_line_of_ages(bands: Any) -> None:
    with pytest.raises(InputError, match="one age for each band"):
        m.years_before_age(75, bands=bands)


@pytest.mark.parametrize("start", [range(201516, 202021, 101), np.arange(5) * 10**17])
def test_periods_start_in_years(start: Any) -> None:
    simulation = m.Simulation(np.random.default_rng(1), draws=1000)
    for call in (
        lambda: m.recent_trend(start, VALUE, SE),
        lambda: m.recent_trend_of_proportion(start, DEATHS, LIVED),
        lambda: m.slope_trend([VALUE] * 5, PEOPLE, start),
        lambda: m.slope_trend_bootstrap([VALUE] * 5, PEOPLE, start, simulation=simulation),
    ):
        with pytest.raises(InputError, match=r"start: . of 5 not a year"):
            call()


def test_counts_that_no_computer_draws_are_refused() -> None:
    simulation = m.Simulation(np.random.default_rng(1), draws=1000)
    with pytest.raises(InputError, match="count: 15 of 15 not of at most"):
        m.slope_trend_bootstrap(np.full((3, 5), 1e20), [1e22] * 5, YEARS[:3], simulation=simulation)


@pytest.mark.parametrize("measure", [m.heat_par, m.heat_paf])
def test_shares_are_not_people_asked(measure: Callable[..., Any]) -> None:
    with pytest.raises(InputError, match="these look like shares"):
        measure([40.0, 60.0], [0.5, 0.5], multiplier=100, polarity="favourable")


def test_two_determinants_of_one_name_are_refused() -> None:
    twice = pd.DataFrame([[1.0, 2], [2, 1], [3, 5], [4, 4], [5, 1]], columns=["a", "a"])
    with pytest.raises(InputError, match="determinants named twice: a"):
        m.concentration_decomposition(VALUE, VALUE, twice)


def test_what_is_no_number_and_not_missing_either_is_not_said_to_be_missing() -> None:
    for given in (pd.date_range("2020", periods=5), (value for value in VALUE)):
        with pytest.raises(InputError, match="Give a list or an array of numbers; of dates"):
            m.sample_mean(given)
    with pytest.raises(InputError, match="never taken as zero"):
        m.sample_mean([pd.NA, *VALUE])


GAP = Estimate(*(np.array([n]) for n in (2.0, 1.0, 3.0, 0.5)))


def test_estimates_with_impossible_errors_or_values_are_refused() -> None:
    for bad in (replace(GAP, se=-GAP.se), replace(GAP, value=GAP.value * np.inf)):
        for call in (
            lambda bad=bad: m.compare(GAP, bad, rule="difference"),
            lambda bad=bad: m.difference_p(bad, GAP),
            lambda bad=bad: m.change_in_gap(GAP, bad, start=(2015, 2018), span=3),
        ):
            with pytest.raises(InputError):
                call()
    with pytest.raises(InputError, match="se: 1 of 5 not zero or above"):
        m.recent_trend(YEARS, VALUE, [-0.4, *SE[1:]])
    with pytest.raises(InputError, match="value: 1 of 5 not finite"):
        m.recent_trend(YEARS, [np.inf, *VALUE[1:]], SE)
    with pytest.raises(InputError, match="5 periods given for 1 values"):
        m.recent_trend(YEARS, VALUE[:1], SE)
    with pytest.raises(InputError, match="start: expected numbers, found text"):
        m.change_in_gap(GAP, GAP, start=("2015", "2018"))


def test_hidden_and_labels_are_one_for_each_count() -> None:
    total = [m.Sum(0, (1, 2))]
    for hidden in (True, [True, False], [1, 0, 0], ["no", "no", "yes"]):
        with pytest.raises(InputError, match="True or False for each of 3"):
            m.protect([12, 9, 3], total, hidden=hidden)
        with pytest.raises(InputError, match="True or False for each of 3"):
            m.differencing_risks([12, 9, np.nan], total, hidden=hidden)
    with pytest.raises(InputError, match="labels: 2 given for 3"):
        m.differencing_risks([12, 9, np.nan], total, labels=["a", "b"])
    found = m.differencing_risks([12, np.nan, np.nan], total, rule="fewer_than_5")
    assert found == m.differencing_risks([12, np.nan, np.nan], total, rule=m.RULES["fewer_than_5"])


def test_a_gini_of_one_person_has_no_correction() -> None:
    with pytest.raises(InputError, match="two values or more"):
        m.gini([1.0, 2.0], [1.0, 0.0], correction=True)


def test_a_frame_with_dates_for_numbers_or_a_column_twice_is_refused() -> None:
    frame = pd.DataFrame({"area": "A", "subgroup_order": [1, 2], "value": [1.0, 2], "unit": "%"})
    frame["denominator"] = 1
    bare = m.Columns(lower=None, upper=None, status=None, dimension=None, label=None)
    dated = frame.assign(value=pd.Timestamp("2026-01-01"))
    with pytest.raises(InputError, match="dates"):
        m.measure_table(dated, ["difference"], by="area", columns=bare)
    with pytest.raises(InputError, match="dates, spans"):
        m.measure_table(frame.assign(value=1j), ["difference"], by="area", columns=bare)
    for measures in ([], [None], [("difference", None)], [1]):
        with pytest.raises(ParameterError, match="measures: "):
            m.measure_table(frame, measures, by="area", columns=bare)
    alone = m.measure_table(frame, "difference", by="area", columns=bare)
    assert alone["value"].tolist() == [1.0]
    twice = pd.concat([frame, frame[["value"]]], axis=1)
    with pytest.raises(ParameterError, match="several columns called 'value'"):
        m.measure_table(twice, ["difference"], by="area", columns=bare)


@pytest.mark.parametrize("size", [1e300, -1e80])
def test_a_figure_beyond_what_a_computer_multiplies_is_refused_with_its_place(size: float) -> None:
    with pytest.raises(InputError, match=r"value: 1 of 3 not of at most .* at 1\).*missing"):
        m.sii([3.0, size, 1.0], [5.0, 5.0, 5.0])


def test_next_to_nothing_is_nought() -> None:
    assert m.difference([2.0, 5e-324]).value == -2
    with pytest.raises(InputError, match=r"population: 1 of 5 not above zero .* at 0\)"):
        m.sii([3.0, 1.0, 2.0, 4.0, 5.0], [5e-324, 5.0, 5.0, 5.0, 5.0])


def test_a_p_value_may_be_as_small_as_a_number_can_be() -> None:
    assert m.false_discovery([1e-300, 0.5]).discoveries.tolist() == [True, False]


def test_dates_are_no_numbers_with_a_time_zone_either() -> None:
    dates = pd.date_range("2020", periods=3, tz="UTC")
    for given in (dates, pd.Series(dates), dates.to_numpy()):
        with pytest.raises(InputError, match="value: expected numbers, one per place, found Times"):
            m.sample_mean(given)


def test_limits_that_no_number_can_hold_are_none() -> None:
    wide = m.ratio([71.0, 83.0], se=[1e9, 1e9])
    assert np.isfinite(wide.value)
    assert np.isnan(wide.upper)


def test_several_surveys_share_one_life_table() -> None:
    deaths, people = [5.0, 2, 3, 40, 100], [900.0, 4000, 20_000, 9000, 500]
    healthy = np.array([[0.9, 0.9, 0.8, 0.6, 0.4], [0.8, 0.7, 0.6, 0.5, 0.3]])
    bands = [0, 1, 5, 50, 80]
    both = m.healthy_life_expectancy(deaths, people, healthy, [50.0] * 5, bands=bands)
    each = [
        m.healthy_life_expectancy(deaths, people, row, [50.0] * 5, bands=bands) for row in healthy
    ]
    np.testing.assert_allclose(both.se, [one.se for one in each])
    np.testing.assert_allclose(both.value, [one.value for one in each])
