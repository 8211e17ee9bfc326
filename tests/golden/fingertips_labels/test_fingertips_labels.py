"""The publisher's own test cases come out of our recomputation: rules and trends, exactly."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from ineqlib.audit.rules import HIGHER, LOWER, SIMILAR, rules
from ineqlib.audit.trends import PROPORTIONS, REGRESSION, computed
from ineqlib.measures.trends import THRESHOLD

RISING = {
    "count": [994, 1023, 1199, 1332, 1367],
    "denominator": [40299, 41527, 42811, 44064, 44701],
    "value": [24.67, 24.6, 28, 30.2, 30.6],
    "lower_ci": [23.16, 23.15, 26.44, 28.63, 28.98],
    "upper_ci": [26.25, 26.19, 29.64, 31.9, 32.25],
}
STEADY = {
    "count": [209, 213, 213, 239, 210],
    "denominator": [1017, 1087, 1119, 1117, 1139],
    "value": [20.5506, 19.5952, 19.0349, 21.3966, 18.4372],
    "lower_ci": [18.1803, 17.3444, 16.8421, 19.0918, 16.2925],
    "upper_ci": [23.1427, 22.0602, 21.4394, 23.8975, 20.7941],
}
ONE_IS_EVERYBODY = {
    "count": [5, 3, 1, 1, 2],
    "denominator": [5, 5, 5, 4, 4],
    "value": [100, 60, 20, 25, 50],
    "lower_ci": [0] * 5,
    "upper_ci": [0] * 5,
}


def series(numbers: dict[str, list[float]], months: int = 12) -> pd.DataFrame:
    return pd.DataFrame(numbers).assign(months=months, value_type="proportion")


def test_chi_squared_of_the_regression_is_46_77_and_of_the_proportions_47_90() -> None:
    found = computed(series(RISING))
    assert {way: round(value, 2) for way, value in found.chi_squared.items()} == {
        REGRESSION: 46.77,
        PROPORTIONS: 47.90,
    }
    assert set(found.by_method.values()) == {"increasing"}


def test_the_level_is_the_constant_of_the_publisher() -> None:
    assert pytest.approx(9.54953570608324, abs=1e-13) == THRESHOLD
    assert pytest.approx(chi2.ppf(0.998, 1), rel=1e-12) == THRESHOLD


def test_a_steady_series_has_no_trend_and_one_of_everybody_or_of_three_years_none_at_all() -> None:
    assert set(computed(series(STEADY)).by_method.values()) == {"no significant change"}
    assert computed(series(ONE_IS_EVERYBODY)).by_method == {PROPORTIONS: "cannot be calculated"}
    assert "one year" in computed(series(RISING, months=36)).reason


def allowed(rule: str, **figures: object) -> list[int]:
    """What a rule allows one area beside its comparator, at each level that it has."""
    names = ("value", "lower_ci", "upper_ci", "lower_998", "upper_998", "denominator", "count")
    blank = dict.fromkeys((*names, "base", "base_lower", "base_upper"), np.nan)
    row = pd.DataFrame([blank | figures])
    every = [computed for computed in rules(row) if computed.name.startswith(rule)]
    return [int(np.flatnonzero(computed.allows[0]).item()) for computed in every]


@pytest.mark.parametrize(
    ("value", "base", "denominator", "at_95", "at_998"),
    [
        (7.7065767284991562, 8.9611086876279327, 5930, LOWER, LOWER),
        (9.8988121425428961, 8.9611086876279327, 2273, SIMILAR, SIMILAR),
        (12.474645030425965, 8.9611086876279327, 1972, HIGHER, HIGHER),
        (10.9783420463032, 12.8379546895717, 1339, LOWER, SIMILAR),
        (15.9065628476085, 12.8379546895717, 899, HIGHER, SIMILAR),
    ],
)
def test_control_limits_of_proportions(
    value: float, base: float, denominator: float, at_95: int, at_998: int
) -> None:
    area = {"value": value, "base": base, "denominator": denominator}
    count = value * denominator / 100
    assert allowed("rule 5", **area, count=count, value_type="proportion") == [at_95, at_998]


@pytest.mark.parametrize(
    ("value", "denominator", "at_95", "at_998"),
    [
        (1.1358436559886544, 616282, LOWER, SIMILAR),
        (2.657913272289925, 601976, SIMILAR, SIMILAR),
        (4.1515156695295845, 409489, HIGHER, SIMILAR),
    ],
)
def test_control_limits_of_rates(value: float, denominator: float, at_95: int, at_998: int) -> None:
    area = {"value": value, "base": 2.132708657734625, "denominator": denominator}
    count = value * denominator / 100_000
    assert allowed("rule 6", **area, count=count, value_type="rate") == [at_95, at_998]


@pytest.mark.parametrize(
    ("area", "base", "expected"),
    [
        ((4.0, 3.5, 4.5), (3.0, 2.7, 3.6), SIMILAR),
        ((3.0, 2.7, 4.1), (4.0, 3.5, 4.5), SIMILAR),
        ((3.0, 2.7, 3.3), (4.0, 3.5, 4.5), LOWER),
    ],
)
def test_two_intervals_that_overlap_are_similar(
    area: tuple[float, ...], base: tuple[float, ...], expected: int
) -> None:
    # Figures of one decimal would leave open what lies within their rounding.
    exactly = 1e-7
    own = {n: x + exactly for n, x in zip(("value", "lower_ci", "upper_ci"), area, strict=True)}
    other = dict(zip(("base", "base_lower", "base_upper"), base, strict=True))
    assert allowed("rule 12", **own, **other, value_type="") == [expected]
