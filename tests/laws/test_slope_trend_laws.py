"""What must hold of the trend of a slope, whatever the data."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import SlopeTrend, slope_trend

YEARS = np.array([2010.0, 2011, 2013, 2014, 2015])
values = hnp.arrays(float, (5, 6), elements=st.floats(80, 120))
people = hnp.arrays(float, 6, elements=st.floats(1, 10))
spans = st.sampled_from([1.0, 3.0])


def trend(value: np.ndarray, population: np.ndarray, **options: object) -> SlopeTrend:
    return slope_trend(value, population, YEARS, se=np.full(value.shape, 2.0), **options)


@given(values, people, spans, st.floats(-50, 50))
def test_what_all_groups_gain_changes_nothing(value, population, span, gain) -> None:
    before, after = (trend(v, population, span=span).change for v in (value, value + gain))
    assert_allclose(after.value, before.value, atol=1e-8)
    assert_allclose(after.se, before.se, atol=1e-6)


@given(values, people, st.floats(0.1, 10))
def test_another_unit_changes_no_ratio(value, population, factor) -> None:
    se = np.full(value.shape, 2.0)
    options = {"scale": "relative"}
    one = slope_trend(value, population, YEARS, se=se, **options).change
    other = slope_trend(factor * value, population, YEARS, se=factor * se, **options).change
    assert_allclose([other.value, other.se], [one.value, one.se], rtol=1e-6)


@given(values, people, spans, st.sampled_from(["absolute", "relative"]))
def test_the_other_way_round_it_turns(value, population, span, scale) -> None:
    one = trend(value, population, span=span, scale=scale)
    other = trend(value[:, ::-1], population[::-1], span=span, scale=scale)
    turned = -one.change.value if scale == "absolute" else 1 / one.change.value
    assert_allclose(other.change.value, turned, atol=1e-8)
    assert_allclose(other.p, one.p, atol=1e-6)


@given(values, people, spans)
def test_with_time_reversed_it_turns(value, population, span) -> None:
    one = trend(value, population, span=span)
    other = slope_trend(
        value[::-1], population, -YEARS[::-1], se=np.full(value.shape, 2.0), span=span
    )
    assert_allclose(other.change.value, -one.change.value, atol=1e-8)
    assert_allclose(other.change.se, one.change.se, rtol=1e-6)


@given(values, people)
def test_limits_hold_the_value_and_a_wider_spread_is_never_surer(value, population) -> None:
    years, chance = (trend(value, population, spread=spread) for spread in ("years", "chance"))
    for found in (years.change, chance.change):
        assert found.lower <= found.value <= found.upper
    assert years.change.se >= chance.change.se * (1 - 1e-12)
    assert years.p >= chance.p - 1e-12
