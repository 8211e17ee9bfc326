"""Where we differ from the reference on purpose: its answer by its own formula, and ours.

The table of all of them is docs/decisions/0007-where-we-differ-from-the-reference.md.
"""

from math import ceil, floor

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.stats import norm

from ineqlib.errors import InputError, ParameterError
from ineqlib.measures import (
    assign_quantiles,
    byar_interval,
    crude_rate,
    dsr,
    measure_table,
    rii,
    sample_mean,
    sii,
    smr,
    wilson_interval,
)

BANDS = ["0-4", "5-64", "65+"]
Z95 = norm.ppf(0.975)


def test_a_missing_count_is_refused_where_theirs_dilutes_the_rate():
    count, people, standard = np.array([20.0, np.nan, 30]), np.full(3, 1000), np.ones(3)
    theirs = (standard * np.nan_to_num(count) / people).sum() / standard.sum() * 1000
    of_the_known = dsr(
        count[[0, 2]], people[[0, 2]], standard[[0, 2]], bands=["0-4", "65+"], multiplier=1000
    )
    assert theirs < 0.7 * of_the_known.value
    with pytest.raises(InputError, match="count: 1 of 3 not a number"):
        dsr(count, people, standard, bands=BANDS)
    with pytest.raises(InputError, match="count: 1 of 3 not a number"):
        smr(count, people, [20, 20, 20], people, bands=BANDS)


def test_a_missing_population_is_refused_where_theirs_expects_nothing_of_it():
    count, people = np.array([20.0, 25, 30]), np.array([1000, np.nan, 1000])
    rate = np.array([0.02, 0.02, 0.02])
    assert count.sum() / np.nansum(people * rate) > 1.8  # theirs: nearly twice what it should be
    with pytest.raises(InputError, match="population: 1 of 3 not a number"):
        smr(count, people, rate * 1000, np.full(3, 1000), bands=BANDS)


def test_a_missing_band_is_refused_where_theirs_weighs_the_others_more():
    count, people, standard = np.array([5.0, 20, 90]), np.full(3, 1000), np.array([5, 3, 2])
    theirs = (standard * count / people)[:2].sum() / standard[:2].sum()
    assert theirs < 0.6 * dsr(count, people, standard, bands=BANDS, multiplier=1).value
    with pytest.raises(InputError, match="count 2, population 2, standard 3"):
        dsr(count[:2], people[:2], standard, bands=BANDS[:2])


def test_a_standard_of_zero_is_refused_where_its_events_help_theirs_to_ten():
    count, people, standard = np.array([4.0, 4, 4]), np.full(3, 1000), np.array([1, 1, 0])
    assert count.sum() >= 10 > count[standard > 0].sum()  # theirs publishes a rate of 8 events
    with pytest.raises(InputError, match="standard: 1 of 3 not above zero"):
        dsr(count, people, standard, bands=BANDS)
    assert np.isnan(dsr(count[:2], people[:2], standard[:2], bands=BANDS[:2]).value)


def test_nothing_expected_is_refused_where_theirs_is_endless():
    with np.errstate(divide="ignore", invalid="ignore"):
        theirs = np.array([3.0, 0.0]) / 0
    assert np.isinf(theirs[0])
    assert np.isnan(theirs[1])
    for observed in (3, 0):
        with pytest.raises(InputError, match="expected events: 1 of 1 not above zero"):
            smr([observed], [100], [0], [1000], bands=["0+"])


def test_byars_lower_limit_is_zero_where_theirs_is_missing():
    z = norm.ppf(0.999)
    theirs = 1 - 1 / 9 - z / 3  # of one event at 99.8%, before the cube
    assert theirs**3 < 0
    assert byar_interval(1, confidence=0.998)[0] == 0


def test_wilsons_limits_touch_the_ends_where_theirs_miss_by_rounding():
    missed = 0
    for n in range(1, 200):
        theirs = (Z95**2 - Z95 * np.sqrt(Z95**2)) / (2 * (n + Z95**2))
        upper = (2 * n + Z95**2 + Z95 * np.sqrt(Z95**2 + 0)) / (2 * (n + Z95**2))
        missed += theirs != 0 or upper != 1
        assert wilson_interval(0, n)[0] == 0
        assert wilson_interval(n, n)[1] == 1
    assert missed


def test_one_observation_is_refused_where_theirs_has_missing_limits():
    assert np.isnan(pd.Series([3.0]).std())
    with pytest.raises(InputError, match="1 observations found, at least 2"):
        sample_mean([3.0])


def test_a_percentage_is_no_confidence_where_theirs_divides_it():
    assert_allclose(crude_rate(50, 1000, confidence=0.95).lower, crude_rate(50, 1000).lower)
    with pytest.raises(ParameterError, match="confidence=95"):
        crude_rate(50, 1000, confidence=95)


def their_quantile(rank: int, n: int, k: int) -> int:
    return floor((k + 1) - ceil((n + 1 - rank) / (n / k)))


def test_whole_numbers_find_the_boundary_that_theirs_misses_by_rounding():
    """Of 28 areas in twentieths the eighth is on a boundary: 21 / (28 / 20) is 15 exactly."""
    assert ceil(21 / (28 / 20)) == 16
    assert (21 * 20) % 28 == 0
    theirs = [their_quantile(rank, 28, 20) for rank in range(1, 29)]
    ours = assign_quantiles(np.arange(28), 20, most_deprived="lowest").tolist()
    assert (theirs[7], ours[7]) == (5, 6)
    for k in (5, 10):  # fifths and tenths are safe
        for n in range(k, 300):
            theirs = [their_quantile(rank, n, k) for rank in range(1, n + 1)]
            assert theirs == assign_quantiles(np.arange(n), k, most_deprived="lowest").tolist()


def test_which_end_is_deprived_is_asked_where_theirs_takes_the_highest():
    income = np.array([12_000.0, 20_000, 28_000, 35_000, 50_000])
    theirs = [their_quantile(rank, 5, 5) for rank in pd.Series(-income).rank().astype(int)]
    assert theirs == [5, 4, 3, 2, 1]  # the richest in the first, most deprived fifth
    assert assign_quantiles(income, 5, most_deprived="lowest").tolist() == [1, 2, 3, 4, 5]
    with pytest.raises(TypeError, match="most_deprived"):
        assign_quantiles(income, 5)


VALUE = np.array([70.0, 72, 73, 75, 76, 77, 79, 80, 82, 84])


def tenths(area: str, order, value=VALUE) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": area,
            "dimension": "IMD 2019 tenth",
            "subgroup": [f"tenth {number}" for number in order],
            "subgroup_order": order,
            "value": value,
            "lower_ci": value - 1,
            "upper_ci": value + 1,
            "denominator": 1000,
            "unit": "years",
            "status": "ok",
        }
    )


def test_tenths_as_text_are_refused_where_theirs_sorts_10_before_2():
    as_text = np.argsort([str(number) for number in range(1, 11)])
    theirs = sii(VALUE[as_text], np.ones(10)).value
    ours = sii(VALUE, np.ones(10)).value
    assert theirs < 0.8 * ours
    numbered = tenths("A", np.arange(1, 11))
    assert_allclose(measure_table(numbered, ["sii"], by="area_code")["value"], ours)
    with pytest.raises(InputError, match="text"):
        measure_table(tenths("A", [str(n) for n in range(1, 11)]), ["sii"], by="area_code")


def test_an_area_without_a_tenth_keeps_its_row_where_theirs_is_dropped():
    whole = tenths("A", np.arange(1, 11))
    frame = pd.concat([whole, tenths("B", np.arange(1, 11)).drop(index=3)])
    most = frame.groupby("area_code")["subgroup_order"].transform("size")
    theirs = frame[most == frame["subgroup_order"].max()]["area_code"].unique()
    assert theirs.tolist() == ["A"]
    ours = measure_table(frame, ["sii"], by="area_code").set_index("area_code")
    assert ours["status"].to_dict() == {"A": "ok", "B": "not_available"}
    assert "1 of 10 groups missing (4)" in ours.loc["B", "note"]


@pytest.mark.parametrize("fault", ["missing value", "given twice", "no people"])
def test_one_bad_area_spoils_itself_alone_where_theirs_stops_the_whole_call(fault):
    bad = tenths("B", np.arange(1, 11))
    if fault == "missing value":
        bad.loc[3, "value"] = np.nan
    elif fault == "given twice":
        bad.loc[3, "subgroup_order"] = 5
    else:
        bad.loc[3, "denominator"] = 0
    frame = pd.concat([tenths("A", np.arange(1, 11)), bad])
    ours = measure_table(frame, ["sii"], by="area_code").set_index("area_code")
    assert np.isfinite(ours.loc["A", "value"])
    assert np.isnan(ours.loc["B", "value"])
    assert ours.loc["B", "note"]


def test_a_proportion_of_nought_spoils_its_area_alone_on_the_logit_scale():
    fine, bad = (tenths(area, np.arange(1, 11), VALUE / 100) for area in "AB")
    bad.loc[3, "value"] = 0.0
    frame = pd.concat([fine, bad]).assign(lower_ci=np.nan, upper_ci=np.nan, unit="fraction")
    ours = measure_table(frame, [("sii", {"scale": "logit"})], by="area_code")
    assert ours["status"].tolist() == ["ok", "not_applicable"]
    assert "proportion above 0" in ours["note"].iloc[1]


def test_limits_keep_their_order_where_theirs_swap_for_a_multiplier_of_a_half():
    """On the log scale theirs asks whether the multiplier is below 1 where it means below 0."""
    rates = np.array([9.0, 8, 8, 7, 6, 6, 5, 4, 4, 3])
    slope, ratio = (measure(rates, np.ones(10), se=0.2, scale="log") for measure in (sii, rii))
    half = 0.5
    lower, upper = slope.lower * half, slope.upper * half
    theirs = (upper, lower) if half < 1 else (lower, upper)
    assert theirs[0] > theirs[1]
    their_ratio = (1 / ratio.upper, 1 / ratio.lower) if half < 1 else (ratio.lower, ratio.upper)
    assert not their_ratio[0] < ratio.value < their_ratio[1]
    halved = sii(rates * half, np.ones(10), se=0.2 * half, scale="log")  # we have no multiplier
    assert_allclose([halved.lower, halved.upper], [lower, upper])
    assert ratio.lower < ratio.value < ratio.upper


def test_the_sign_is_one_where_theirs_turns_with_the_multiplier():
    """A multiplier of −1 turns their slope and inverts their ratio, but leaves the intercept."""
    slope, ratio = sii(VALUE, np.ones(10)), rii(VALUE, np.ones(10))
    start = slope.value / (ratio.value - 1)
    their_slope, their_ratio, their_start = -slope.value, 1 / ratio.value, start
    assert abs((their_start + their_slope) / their_start - their_ratio) > 0.005  # do not agree
    assert_allclose((start + slope.value) / start, ratio.value)
    assert "multiplier" not in sii.__kwdefaults__
