"""What must hold of life tables and of differences between them, whatever the rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

from ineqlib.measures import (
    ABRIDGED_BANDS,
    AgeBands,
    arriaga,
    arriaga_by_cause,
    arriaga_limits,
    horiuchi,
    kitagawa,
    life_expectancy,
    life_table,
)

INFANTS = [
    "english",
    "andreev_kingkade_male",
    "andreev_kingkade_female",
    "andreev_kingkade_both",
    0.3,
]
START = (0, 1, 5, 15, 25, 45, 65, 85)
SHAPE = np.array([0.005, 0.0004, 0.0002, 0.0005, 0.001, 0.004, 0.03, 0.16])


def rates(*lead: int) -> st.SearchStrategy:
    """Death rates by band about a plausible shape, a tenth to three times as high."""
    return hnp.arrays(float, (*lead, len(START)), elements=st.floats(0.1, 3)).map(
        lambda times: SHAPE * times
    )


def expectation(mx: np.ndarray, infants: str | float = "english") -> np.ndarray:
    """Expectation at birth of rates, with counts large enough for every rule."""
    people = np.full(mx.shape, 1e9)
    return life_expectancy(mx * people, people, bands=AgeBands(START, infants=infants)).value


any_infants = st.sampled_from(INFANTS)


@given(st.floats(0.001, 0.03), any_infants)
def test_a_constant_hazard_gives_its_inverse(hazard, infants):
    """Exactly, in any bands: the years lived in a band are its deaths over its rate."""
    people = np.full(20, 1e9)
    bands = AgeBands(ABRIDGED_BANDS, infants=infants)
    found = life_expectancy(hazard * people, people, bands=bands, age="all")
    assert_allclose(found.value, 1 / hazard, rtol=1e-12)


@given(rates(), any_infants)
def test_columns_of_a_life_table_hang_together(mx, infants):
    people = np.full(len(START), 1e5)
    table = life_table(mx * people, people, bands=AgeBands(START, infants=infants))
    assert_allclose(table.dx.sum(), 1)
    assert_allclose(table.Lx, table.dx / table.mx, rtol=1e-9)
    assert_allclose(table.Tx[0], table.Lx.sum())
    assert (np.diff(table.lx) <= 0).all()


@given(rates(3), rates(3), any_infants, st.booleans())
def test_arriaga_adds_up(one, two, infants, symmetric):
    parts = arriaga(one, two, bands=AgeBands(START, infants=infants), symmetric=symmetric)
    assert_allclose(parts.total.sum(axis=-1), parts.difference, atol=1e-10)
    expected = expectation(two, infants) - expectation(one, infants)
    assert_allclose(parts.difference, expected, atol=1e-10)


@given(rates(), rates(), any_infants)
def test_arriaga_is_its_textbook_formula(one, two, infants):
    bands, people = AgeBands(START, infants=infants), np.full(len(START), 1e6)
    a, b = (life_table(mx * people, people, bands=bands) for mx in (one, two))
    direct = a.lx * (b.Lx / b.lx - a.Lx / a.lx)
    ratio = a.lx / b.lx
    indirect = np.append(b.Tx[1:] * (ratio[:-1] - ratio[1:]), 0)
    parts = arriaga(one, two, bands=bands)
    assert_allclose(parts.direct, direct, atol=1e-9)
    assert_allclose(parts.indirect, indirect, atol=1e-9)


@given(rates(), rates(), any_infants)
def test_arriaga_is_replacing_rates_from_the_oldest_band_down(one, two, infants):
    mixed, steps = one.copy(), np.empty(len(START))
    for band in reversed(range(len(START))):
        before = expectation(mixed, infants)
        mixed[band] = two[band]
        steps[band] = expectation(mixed, infants) - before
    parts = arriaga(one, two, bands=AgeBands(START, infants=infants))
    assert_allclose(parts.total, steps, atol=1e-9)


@given(rates(2), rates(2))
def test_the_symmetric_parts_turn_their_sign_when_groups_are_swapped(one, two):
    there = arriaga(one, two, bands=START, symmetric=True)
    back = arriaga(two, one, bands=START, symmetric=True)
    assert_allclose(there.direct, -back.direct, atol=1e-12)
    assert_allclose(there.indirect, -back.indirect, atol=1e-12)
    one_way = arriaga(one, two, bands=START), arriaga(two, one, bands=START)
    assert_allclose(there.total, (one_way[0].total - one_way[1].total) / 2, atol=1e-12)


@given(rates(4), rates(4), any_infants, st.booleans())
def test_causes_add_up_to_ages(one, two, infants, symmetric):
    options = {"bands": AgeBands(START, infants=infants), "symmetric": symmetric}
    one, two = one / 4, two / 4
    found = arriaga_by_cause(one, two, **options)
    ages = arriaga(one.sum(axis=0), two.sum(axis=0), **options)
    assert_allclose(found.parts.sum(axis=0), ages.total, atol=1e-10)
    assert_allclose(found.difference, ages.difference)
    assert_allclose(found.parts.sum(), found.difference, atol=1e-10)


@given(rates(2), rates(2))
def test_a_cause_split_in_two_keeps_its_part(one, two):
    one, two = one / 2, two / 2
    whole = arriaga_by_cause(one, two, bands=START).parts
    split = arriaga_by_cause(
        np.concatenate([one[:1] / 2, one[:1] / 2, one[1:]]),
        np.concatenate([two[:1] / 2, two[:1] / 2, two[1:]]),
        bands=START,
    ).parts
    assert_allclose(split[:2].sum(axis=0), whole[0], atol=1e-10)


@pytest.mark.parametrize("infants", INFANTS)
@pytest.mark.parametrize("apart", [0, 1e-13, 1e-10, 1e-7])
def test_causes_that_cancel_out_take_the_limit(infants, apart):
    """Two causes trade places: all-cause rates are equal, or as good as."""
    one = np.stack([SHAPE * 0.3, SHAPE * 0.7])
    two = one[::-1] * (1 + apart)
    bands = AgeBands(START, infants=infants)
    found = arriaga_by_cause(one, two, bands=bands).parts
    slope = np.array([
        (expectation(SHAPE * (1 + step), infants) - expectation(SHAPE * (1 - step), infants))
        / (2 * 1e-5)
        for step in 1e-5 * np.eye(len(START))
    ])  # fmt: skip
    assert_allclose(found[0], 0.4 * slope, rtol=1e-5)
    assert_allclose(found.sum(axis=0), slope * apart, atol=1e-9)


@given(rates(2), rates(2))
def test_causes_are_near_the_integral_along_the_straight_way(one, two):
    """Horiuchi, Wilmoth and Pletcher 2008: all rates move together from one group to the other."""
    one, two = SHAPE * 0.4 + one * 0.02, SHAPE * 0.5 + two * 0.02
    node, weight = np.polynomial.legendre.leggauss(8)
    way = one.sum(axis=0) + (node[:, None] + 1) / 2 * (two - one).sum(axis=0)
    small = 1e-6 * np.eye(len(START))[:, None, :]
    slope = (expectation(way * (1 + small)) - expectation(way * (1 - small))) / 2e-6
    integral = (two - one) * ((slope.T / way) * weight[:, None] / 2).sum(axis=0)
    found = arriaga_by_cause(one, two, bands=START, symmetric=True)
    assert_allclose(found.parts, integral, atol=0.02 * np.abs(integral).max())


shares = hnp.arrays(float, (3, 5), elements=st.floats(0.01, 1)).map(
    lambda share: share / share.sum(axis=-1, keepdims=True)
)
any_rates = hnp.arrays(float, (3, 5), elements=st.floats(-100, 100))


@given(any_rates, shares, any_rates, shares)
def test_kitagawa_adds_up_and_turns_its_sign(rate_1, share_1, rate_2, share_2):
    there = kitagawa(rate_1, share_1, rate_2, share_2)
    total = there.rate.sum(axis=-1) + there.composition.sum(axis=-1)
    assert_allclose(total, there.difference, atol=1e-10)
    back = kitagawa(rate_2, share_2, rate_1, share_1)
    assert_allclose(there.rate, -back.rate)
    assert_allclose(there.composition, -back.composition)


@given(any_rates, shares, shares, st.floats(-50, 50))
def test_kitagawa_of_like_rates_is_all_composition(rate, share_1, share_2, constant):
    found = kitagawa(rate, share_1, rate, share_2)
    assert (found.rate == 0).all()
    moved = kitagawa(rate + constant, share_1, rate + constant, share_2)
    assert_allclose(moved.composition.sum(-1), found.composition.sum(-1), atol=1e-9)


@given(rates(3), rates(3), st.booleans(), st.floats(50, 95))
def test_limits_of_parts_are_about_parts_that_add_up(one, two, symmetric, percent):
    """Twice the deaths and people leave the parts, and halve their variances."""
    options = {"bands": START, "symmetric": symmetric}
    people, one, two = np.full(len(START), 1e4), one / 3, two / 3
    found = arriaga_limits(one * people, people, two * people, people, **options)
    for parts in (found.by_age, found.by_cause):
        assert_allclose(parts.value.sum(axis=-1), found.difference.value, atol=1e-9)
    twice = 2 * people
    double = arriaga_limits(one * twice, twice, two * twice, twice, **options)
    narrow = arriaga_limits(
        one * people, people, two * people, people, confidence=percent / 100, **options
    )
    for name in ("by_age", "by_cause", "difference"):
        part, surer, less = (getattr(each, name) for each in (found, double, narrow))
        assert_allclose(surer.value, part.value, atol=1e-12)
        assert_allclose(2 * surer.se**2, part.se**2, rtol=1e-9)
        assert (less.upper - less.lower <= part.upper - part.lower).all()


@given(rates(2), rates(2), st.sampled_from(["english", 0.2]))
def test_continuous_parts_add_up_and_do_not_mind_which_group_comes_first(one, two, infants):
    bands, one, two = AgeBands(START, infants=infants), one / 2, two / 2
    found = horiuchi(one, two, bands=bands)
    assert_allclose(found.parts.sum(), found.difference, rtol=1e-7, atol=1e-11)
    assert_allclose(horiuchi(two, one, bands=bands).parts, -found.parts, rtol=1e-9, atol=1e-12)
    middle = (one + two) / 2
    halves = [horiuchi(*pair, bands=bands).parts for pair in ((one, middle), (middle, two))]
    # Integrals over half the way each, whose nodes are twice as dense.
    assert_allclose(sum(halves), found.parts, rtol=1e-6, atol=1e-10)
