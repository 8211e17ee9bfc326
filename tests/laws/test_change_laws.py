"""What holds of changes over time, whatever the areas and their figures."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from ineqlib.measures import change_beyond_regression_to_mean, required_change
from ineqlib.measures.panel import Panel
from ineqlib.measures.segments import segments
from ineqlib.measures.variance_components import variance_components

Pair = tuple[np.ndarray, np.ndarray]
FIGURE = st.integers(-1000, 1000).map(float)


@st.composite
def gaps(draw: st.DrawFn) -> Pair:
    """Draw figures at the start and the end of 14 to 40 areas, not all alike at the start."""
    areas = draw(st.integers(14, 40))
    before, after = draw(hnp.arrays(float, (2, areas), elements=FIGURE))
    assume(np.unique(before).size > 3)
    return before, after


@given(gaps(), FIGURE, st.integers(-8, 8).map(float))
def test_what_all_areas_do_by_their_start_is_no_ones_own_change(
    data: Pair, shift: float, slope: float
) -> None:
    before, after = data
    one = change_beyond_regression_to_mean(before, after)
    other = change_beyond_regression_to_mean(before, after + shift + slope * before)
    assert_allclose(other.beyond.value, one.beyond.value, rtol=1e-7, atol=1e-6)
    assert_allclose(other.p, one.p, rtol=1e-5, atol=1e-9)
    assert_allclose(other.slope, one.slope + slope, rtol=1e-9, atol=1e-9)


@given(gaps(), st.floats(0.001, 1000), FIGURE)
def test_units_change_nothing_but_the_unit(data: Pair, times: float, shift: float) -> None:
    one = change_beyond_regression_to_mean(*data)
    other = change_beyond_regression_to_mean(*(times * part + shift for part in data))
    assert_allclose(other.beyond.value, times * one.beyond.value, rtol=1e-6, atol=1e-6 * times)
    assert_allclose(other.p, one.p, rtol=1e-5, atol=1e-9)


@given(gaps(), st.integers(0, 13))
def test_an_area_is_judged_by_the_line_through_the_others(data: Pair, area: int) -> None:
    before, after = data
    others = np.arange(before.size) != area
    assume(np.unique(before[others]).size > 2)
    line = np.polyfit(before[others], (after - before)[others], 1)
    found = change_beyond_regression_to_mean(before, after)
    assert_allclose(found.expected[area], np.polyval(line, before[area]), rtol=1e-6, atol=1e-5)


@given(gaps())
def test_many_problems_in_one_call_and_areas_without_figures(data: Pair) -> None:
    before, after = (np.append(part, np.nan) for part in data)
    alone = change_beyond_regression_to_mean(*data)
    both = change_beyond_regression_to_mean(np.stack([before, before]), np.stack([after, -after]))
    assert_allclose(both.beyond.value[0, :-1], alone.beyond.value, rtol=1e-9, atol=1e-9)
    assert np.isnan(both.p[:, -1]).all()


@given(FIGURE, FIGURE, st.floats(0.5, 50), st.floats(0, 100))
def test_the_required_change_over_the_years_reaches_the_target(
    now: float, target: float, years: float, se: float
) -> None:
    change = required_change(now, target, years=years, se=se)
    assert_allclose(now + years * change.value, target, rtol=1e-9, atol=1e-9)
    assert_allclose((change.upper - change.lower) * years, 2 * 1.959964 * se, rtol=1e-6, atol=1e-9)


@st.composite
def followed(draw: st.DrawFn) -> np.ndarray:
    """Draw figures of 12 to 30 areas over 5 to 10 periods."""
    shape = draw(st.tuples(st.integers(12, 30), st.integers(5, 10)))
    value = draw(hnp.arrays(float, shape, elements=FIGURE))
    assume(all(np.unique(np.diff(value, axis=1)[:, at]).size > 5 for at in range(shape[1] - 1)))
    return value


@given(followed(), st.sampled_from([0.25, 2.0, 64.0]), FIGURE)
def test_breaks_and_movement_do_not_hang_on_units_or_on_what_all_areas_do(
    value: np.ndarray, times: float, shift: float
) -> None:
    when = np.arange(value.shape[1], dtype=float)
    assert_array_equal(segments(times * value + shift), segments(value))
    one = variance_components(Panel(value, when))
    other = variance_components(Panel(times * value + shift + 8 * when**2, when))
    size = times**2 * max(one.noise.max(), one.random_walk, one.drift)
    assert_allclose(other.noise, times**2 * one.noise, rtol=1e-6, atol=1e-6 * size)
    assert_allclose(other.random_walk, times**2 * one.random_walk, rtol=1e-6, atol=1e-6 * size)
    assert_allclose(other.drift, times**2 * one.drift, rtol=1e-6, atol=1e-6 * size)


@given(followed(), st.randoms(use_true_random=False))
def test_the_order_of_areas_changes_nothing(value: np.ndarray, chance) -> None:
    when = np.arange(value.shape[1], dtype=float)
    order = list(range(len(value)))
    chance.shuffle(order)
    assert_array_equal(segments(value[order]), segments(value))
    one, other = (variance_components(Panel(part, when)) for part in (value, value[order]))
    assert_allclose(other.noise, one.noise[order], rtol=1e-9)
    assert_allclose(
        [other.random_walk, other.drift], [one.random_walk, one.drift], rtol=1e-9, atol=1e-9
    )
