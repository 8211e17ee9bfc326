import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ineqlib.charts.key import Sample, key
from ineqlib.charts.layout import LEAST_SPAN, spread, value_range, value_scale, wrapped
from ineqlib.errors import InputError

labels = st.lists(st.tuples(st.floats(-50, 150), st.floats(0.5, 20)), min_size=1, max_size=4)


@given(labels)
def test_spread_labels_never_overlap_and_stay_within_the_range(labels: list) -> None:
    centres, heights = map(np.array, zip(*labels, strict=True))
    placed = spread(centres, heights, 0, 100)
    order = np.argsort(placed)
    gaps = np.diff(placed[order]) - (heights[order][1:] + heights[order][:-1]) / 2
    assert (gaps > -1e-9).all()
    assert (placed - heights / 2 > -1e-9).all()
    assert (placed + heights / 2 < 100 + 1e-9).all()


@given(labels)
def test_spread_keeps_the_order_of_the_values(labels: list) -> None:
    centres, heights = map(np.array, zip(*labels, strict=True))
    order = np.argsort(centres, kind="stable")
    assert (np.diff(spread(centres, heights, 0, 100)[order]) > 0).all()


def test_labels_with_room_stay_where_they_want_to_be() -> None:
    assert spread([80, 20, 50], [10, 10, 10], 0, 100).tolist() == [80, 20, 50]


def test_two_labels_at_one_height_move_equally_far() -> None:
    assert sorted(spread([50, 50], [10, 10], 0, 100)) == [45, 55]


@pytest.mark.parametrize(
    ("numbers", "low", "high", "is_cut"),
    [
        ([3.0, 10.0], 0.0, 10.6, False),
        ([-10.0, -3.0], -10.6, 0.0, False),
        ([-1.0, 9.0], -1.6, 9.6, False),
        ([0.0, 0.0], 0.0, 1.0, False),
        ([60.0, 100.0], 57.6, 102.4, True),
    ],
)
def test_a_scale_begins_at_zero_where_zero_is_near(
    numbers: list[float], low: float, high: float, is_cut: bool
) -> None:
    scale = value_scale(numbers)
    assert scale == (pytest.approx(low), pytest.approx(high), is_cut)


def test_a_cut_scale_is_wide_enough_for_small_differences_to_look_small() -> None:
    scale = value_scale([79.9, 80.1])
    assert scale.high - scale.low == pytest.approx(LEAST_SPAN * 80.1, rel=1e-3)
    assert (scale.low + scale.high) / 2 == pytest.approx(80.0)


def test_value_range_ignores_missing_and_holds_every_number() -> None:
    low, high = value_range([80.0, np.nan, 79.0, np.nan, 82.0, 81.0])
    assert low < 79
    assert high > 82


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0])
def test_value_range_of_one_number_has_air_on_both_sides(value: float) -> None:
    low, high = value_range([value])
    assert low < value < high


def test_value_range_without_a_number_says_what_to_do() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        value_range([np.nan])


def test_value_range_for_bars_starts_at_zero() -> None:
    assert value_range([3.0, 9.0], zero=True)[0] == 0
    assert value_range([0.0], zero=True) == (0, 1)


def test_wrapped_cuts_the_last_line() -> None:
    assert wrapped("one two three four", 8, 2) == "one two\nthree…"


def test_a_key_without_samples_draws_nothing() -> None:
    assert key([], left=0, down=0) == []
    assert len(key([Sample("Fitted", "dashes", "#000000")], left=0, down=0)) == 3
