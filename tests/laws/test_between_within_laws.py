"""What holds of a Theil index taken apart, whatever the places and their groups."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import theil_between_within, theil_index

Places = tuple[np.ndarray, np.ndarray, np.ndarray]


@st.composite
def places(draw: st.DrawFn) -> Places:
    """Draw values, populations and groups of 2 to 20 places."""
    size = draw(st.integers(2, 20))

    def numbers(low: float) -> np.ndarray:
        return draw(hnp.arrays(float, size, elements=st.floats(low, 1000, width=32)))

    value = numbers(0)
    value[0] = 1
    return value, numbers(1), draw(hnp.arrays(int, size, elements=st.integers(0, 3)))


@given(places())
def test_the_parts_add_up_to_the_index_of_all(data: Places) -> None:
    parts = theil_between_within(*data)
    whole = theil_index(*data[:2]).value
    assert_allclose(parts.between + parts.inside.sum(), whole, rtol=1e-9, atol=1e-12)
    assert parts.total == parts.between + parts.within
    assert min(parts.between, parts.inside.min()) >= 0


@given(places(), st.floats(0.001, 1000), st.floats(0.001, 1000))
def test_units_change_nothing(data: Places, times: float, people: float) -> None:
    value, population, group = data
    before = theil_between_within(*data)
    after = theil_between_within(value * times, population * people, group)
    assert_allclose(after.between, before.between, rtol=1e-9, atol=1e-12)
    assert_allclose(after.inside, before.inside, rtol=1e-9, atol=1e-12)


@given(places())
def test_all_lies_within_one_group_and_between_places_that_are_groups(data: Places) -> None:
    value, population, _ = data
    one = theil_between_within(value, population, np.zeros(value.size))
    each = theil_between_within(value, population, np.arange(value.size))
    assert_allclose(one.between, 0, atol=1e-12)
    assert_allclose(each.within, 0, atol=1e-12)
    assert_allclose(one.within, each.between, rtol=1e-9, atol=1e-12)


@given(places())
def test_each_group_has_the_index_of_its_places(data: Places) -> None:
    value, population, group = data
    parts = theil_between_within(*data)
    for name, own in zip(parts.groups, parts.own, strict=True):
        inside = group == name
        if inside.sum() > 1 and value[inside].any():
            alone = theil_index(value[inside], population[inside]).value
            assert_allclose(own, alone, rtol=1e-9, atol=1e-12)


@given(places())
def test_levelling_each_group_leaves_what_lies_between(data: Places) -> None:
    value, population, group = data
    means = np.array([np.average(value[group == g], weights=population[group == g]) for g in group])
    level = theil_between_within(means, population, group)
    assert_allclose(level.between, theil_between_within(*data).between, rtol=1e-8, atol=1e-12)
    assert_allclose(level.within, 0, atol=1e-12)
