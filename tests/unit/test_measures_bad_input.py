"""What nobody means to give, given to every function: always an error in words, never a number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ineqlib import measures as m
from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate

VALUE = [71.0, 74.0, 72.0, 79.0, 83.0]
PEOPLE = [120.0, 90.0, 110.0, 70.0, 150.0]
SE = [0.4, 0.6, 0.5, 0.3, 0.7]
AREAS = [float(n) for n in range(3, 15)]
DEATHS, LIVED, AGES = (
    [5.0, 2.0, 3.0, 40.0, 300.0],
    [900.0, 4e3, 2e4, 9e3, 2500.0],
    [0, 1, 5, 50, 80],
)
NAMES = ["0", "1-4", "5-49", "50-79", "80+"]
RATES = [0.005, 0.0005, 0.0002, 0.005, 0.1]
YEARS = [2019, 2020, 2021, 2022, 2023]

Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]

GROUPS: list[Call] = [
    *((m.REGISTRY[name].function, (VALUE, PEOPLE), {"se": SE}) for name in ("par", "paf", "sii")),
    *((m.REGISTRY[name].function, (VALUE, PEOPLE), {"se": SE}) for name in ("rii", "aci", "rci")),
    (m.difference, (VALUE,), {"se": SE}),
    (m.ratio, (VALUE,), {"se": SE}),
    (m.bgv, (VALUE, PEOPLE), {"se": SE}),
    (m.theil_index, (VALUE, PEOPLE), {"se": SE}),
    (m.mdm, (VALUE, PEOPLE), {"se": SE}),
    (m.heat_par, (VALUE, PEOPLE), {"multiplier": 100, "polarity": "favourable"}),
    (m.sii_logistic, ([0.1, 0.3, 0.2, 0.4, 0.5], PEOPLE), {"se": [0.01] * 5}),
    (m.gradient_checks, (VALUE, PEOPLE), {"se": SE}),
    (m.erreygers, (VALUE, PEOPLE), {"bounds": (0, 100), "se": SE}),
    (m.wagstaff, (VALUE, PEOPLE), {"bounds": (0, 100), "se": SE}),
    (m.concentration_curve, (VALUE, PEOPLE), {}),
    (m.gini, (VALUE, PEOPLE), {"se": SE}),
    (m.atkinson, (VALUE, PEOPLE), {"se": SE}),
    (m.proportionality, (AREAS, AREAS[::-1], AREAS), {}),
    (m.concentration_index, (AREAS, AREAS[::-1], AREAS), {}),
]
BANDS: list[Call] = [
    (m.dsr, (DEATHS, LIVED, LIVED), {"bands": NAMES}),
    (m.smr, (DEATHS, LIVED, DEATHS, LIVED), {"bands": NAMES}),
    (m.life_table, (DEATHS, LIVED), {"bands": AGES}),
    (m.life_expectancy, (DEATHS, LIVED), {"bands": AGES}),
    (m.healthy_life_expectancy, (DEATHS, LIVED, [0.5] * 5, [9.0] * 5), {"bands": AGES}),
    (m.years_of_life_lost, (DEATHS, [75.0, 72, 50, 10, 0]), {"population": LIVED, "bands": NAMES}),
    (m.arriaga, (RATES, RATES), {"bands": AGES}),
]
OTHERS: list[Call] = [
    (m.relative_rank, (PEOPLE,), {}),
    (m.assign_quantiles, (VALUE, 5), {"most_deprived": "highest"}),
    (m.sample_mean, (VALUE,), {}),
    (m.crude_rate, (DEATHS, LIVED), {}),
    (m.wilson_interval, (DEATHS, LIVED), {}),
    (m.implied_se, (VALUE, [v + 1 for v in VALUE]), {}),
    (m.funnel_limits, (PEOPLE, 0.2), {"kind": "rate"}),
    (m.outside_funnel, (DEATHS, LIVED), {"kind": "rate"}),
    (m.kitagawa, ([10, 50], [0.5, 0.5], [10, 40], [0.75, 0.25]), {}),
    (m.round_counts, (DEATHS,), {}),
]
EVERY = [*GROUPS, *BANDS, *OTHERS]


def named(calls: list[Call]) -> list[Any]:
    return [pytest.param(*call, id=call[0].__name__) for call in calls]


MASKED = np.ma.array(np.ones(5), mask=[True, False, False, False, False])
DATES = np.full(5, np.datetime64("2026-01-01"))
NO_NUMBERS = {
    "masked": MASKED,
    "dates": DATES,
    "days": DATES - DATES,
    "python dates": [date(2026, 1, 1)] * 5,
    "complex": np.ones(5) + 1j,
    "ragged": [[1.0], [1.0, 2.0]],
    "text": np.array(["1", "2", "3", "4", "5"], dtype=np.dtypes.StringDType()),
    "nullable": pd.Series([None, 1, 1, 1, 1], dtype="Int64"),
    "infinite": [np.inf, 1, 1, 1, 1],
    "none": None,
    "mapping": {"a": 1},
}


@pytest.mark.parametrize("bad", NO_NUMBERS.values(), ids=list(NO_NUMBERS))
@pytest.mark.parametrize(("function", "data", "options"), named(EVERY))
def test_what_is_no_number_is_refused(
    function: Callable[..., Any], data: tuple[Any, ...], options: dict[str, Any], bad: Any
) -> None:
    function(*data, **options)
    with pytest.raises(InputError):
        function(bad, *data[1:], **options)


@pytest.mark.parametrize(("function", "data", "options"), named([*GROUPS, *BANDS]))
def test_one_number_never_serves_all_groups_or_bands(
    function: Callable[..., Any], data: tuple[Any, ...], options: dict[str, Any]
) -> None:
    for place in range(len(data)):
        with pytest.raises(InputError):
            function(*data[:place], data[place][:1], *data[place + 1 :], **options)


@pytest.mark.parametrize("confidence", [95, 1.0, 0, -0.5, np.nan, "0.95", None, [0.9, 0.95], True])
@pytest.mark.parametrize(
    ("function", "data", "options"),
    named([call for call in EVERY if "confidence" in str(call[0].__kwdefaults__)]),
)
def test_a_confidence_that_is_no_fraction_is_refused(
    function: Callable[..., Any], data: tuple[Any, ...], options: dict[str, Any], confidence: Any
) -> None:
    with pytest.raises(ParameterError, match="fraction"):
        function(*data, **options, confidence=confidence)


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
    with pytest.raises(ParameterError, match="starts of two periods"):
        m.change_in_gap(GAP, GAP, start=("2015", "2018"))  # type: ignore[arg-type]


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
    with pytest.raises(InputError, match="dates or the like"):
        m.measure_table(frame.assign(value=1j), ["difference"], by="area", columns=bare)
    for measures in ([], [None], [("difference", None)], [1]):
        with pytest.raises(ParameterError, match="measures: "):
            m.measure_table(frame, measures, by="area", columns=bare)
    alone = m.measure_table(frame, "difference", by="area", columns=bare)
    assert alone["value"].tolist() == [1.0]
    twice = pd.concat([frame, frame[["value"]]], axis=1)
    with pytest.raises(ParameterError, match="several columns called 'value'"):
        m.measure_table(twice, ["difference"], by="area", columns=bare)
