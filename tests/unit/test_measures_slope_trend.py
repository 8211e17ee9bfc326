"""The trend of a gradient's slope, checked by hand and against sums made another way."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import Estimate
from ineqlib.measures import (
    Simulation,
    change_in_gap,
    rii,
    sii,
    slope_trend,
    slope_trend_bootstrap,
)

RANKS = np.array([-0.4, -0.2, 0, 0.2, 0.4])
EVEN = np.ones(5)
YEARS = np.arange(2019.0, 2023)
RNG = np.random.default_rng(7)


def with_slopes(*slopes: float, middle: float = 40) -> np.ndarray:
    """Five equal groups in each period, on a line with this slope."""
    return middle + np.array(slopes)[:, None] * RANKS


def test_four_years_by_hand() -> None:
    found = slope_trend(with_slopes(-20, -18, -16, -14), EVEN, YEARS, se=0.5)
    # A slope's error is 0.5 √2.5; weights of the years are −0.3, −0.1, 0.1, 0.3.
    error = 0.5 * np.sqrt(2.5) * np.sqrt(0.2)
    assert_allclose(found.change.value, 2)
    assert_allclose(found.change.se, error)
    assert_allclose(
        [found.change.lower, found.change.upper], [2 - 1.959964 * error, 2 + 1.959964 * error]
    )
    assert_allclose([found.first, found.last], [-20, -14])
    assert found.verdict == "narrower"
    assert found.scatter_p > 0.99


def test_the_line_through_three_years_is_half_of_the_change_between_the_ends() -> None:
    value, people = RNG.uniform(20, 40, (3, 5)), np.array([5.0, 4, 3, 2, 1])
    found = slope_trend(value, people, YEARS[:3], se=1.5, spread="chance").change
    before, _, after = (sii(one, people, se=np.full(5, 1.5)) for one in value)
    whole = change_in_gap(before, after, start=(2019, 2021), span=1).change
    assert_allclose([2 * found.value, 2 * found.se], [whole.value, whole.se])


def test_the_error_of_periods_that_overlap_is_that_of_the_years_in_them() -> None:
    people, span, yearly = np.array([5.0, 4, 3, 2, 1]), 3, 2.0
    pooling = np.array(
        [[1, 1, 1, 0, 0, 0], [0, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1]]
    )
    of_groups = sii(np.arange(5.0), people, se=np.full(5, yearly)).se
    weights = (YEARS - YEARS.mean()) / 5
    by_years = np.sqrt(((weights @ (pooling / span)) ** 2).sum()) * of_groups
    found = slope_trend(
        with_slopes(-20, -18, -16, -14), people, YEARS, se=yearly / np.sqrt(span), span=span
    )
    assert_allclose(found.change.se, by_years)


def test_overlapping_periods_taken_for_apart_promise_too_much() -> None:
    yearly = RNG.normal(with_slopes(*[-20] * 8), 2, (2000, 8, 5))
    pooled = np.stack([yearly[:, n : n + 3].mean(axis=1) for n in range(6)], axis=1)
    held = {}
    for span in (1, 3):
        change = slope_trend(
            pooled, EVEN, np.arange(6.0), se=2 / np.sqrt(3), span=span, spread="chance"
        ).change
        held[span] = float(((change.lower <= 0) & (change.upper >= 0)).mean())
    assert held[1] < 0.9
    assert 0.93 < held[3] < 0.97


def test_years_that_differ_by_more_than_chance_make_it_less_sure() -> None:
    value = with_slopes(-20, -14, -18, -12)
    by_chance = slope_trend(value, EVEN, YEARS, se=0.5, spread="chance")
    found = slope_trend(value, EVEN, YEARS, se=0.5)
    assert by_chance.verdict == "narrower"
    assert found.verdict == "no significant change"
    assert found.scatter_p == by_chance.scatter_p < 0.001
    assert found.p > by_chance.p


def test_without_errors_the_scatter_alone_tells() -> None:
    slopes = [-20, -17, -16.5, -14]
    found = slope_trend(with_slopes(*slopes), EVEN, YEARS)
    # An ordinary regression of four slopes on time: two degrees of freedom.
    design = np.stack([np.ones(4), YEARS - YEARS.mean()], axis=1)
    fitted, off, *_ = np.linalg.lstsq(design, slopes)
    error = np.sqrt(off[0] / 2 / 5)
    assert_allclose([found.change.value, found.change.se], [fitted[1], error])
    assert_allclose(found.change.upper - found.change.value, 4.302653 * error, rtol=1e-6)
    assert np.isnan(found.scatter_p)


@pytest.mark.parametrize(
    ("slopes", "verdict"),
    [
        ((10, 12, 14, 16), "wider"),
        ((-10, -12, -14, -16), "wider"),
        ((16, 14, 12, 10), "narrower"),
        ((6, 3, -1, -4), "reversed"),
        ((10, 10.1, 9.9, 10), "no significant change"),
    ],
)
def test_words_for_a_change(slopes: tuple[float, ...], verdict: str) -> None:
    assert slope_trend(with_slopes(*slopes), EVEN, YEARS, se=0.3).verdict == verdict


def test_all_falling_alike_is_narrower_absolutely_and_unchanged_relatively() -> None:
    value = with_slopes(-20) * 0.9 ** np.arange(4)[:, None]
    options = {"se": value / 100}
    assert slope_trend(value, EVEN, YEARS, **options).verdict == "narrower"
    relative = slope_trend(value, EVEN, YEARS, scale="relative", **options)
    assert relative.verdict == "no significant change"
    assert_allclose(relative.change.value, 1)
    assert_allclose(relative.first, rii(value[0], EVEN).value)


def test_the_relative_error_is_that_of_the_log_of_the_relative_index() -> None:
    value, people = RNG.uniform(20, 40, (3, 5)), np.array([5.0, 4, 3, 2, 1])
    found = slope_trend(value, people, YEARS[:3], se=1.0, scale="relative", spread="chance").change
    logs = [(one.se / one.value) ** 2 for one in (rii(v, people, se=EVEN) for v in value[[0, 2]])]
    assert_allclose(found.se / found.value, np.sqrt(sum(logs)) / 2)


def test_what_cannot_be_a_trend_is_refused() -> None:
    value = with_slopes(-20, -18, -16, -14)
    with pytest.raises(InputError, match="2 periods found, at least 3"):
        slope_trend(value[:2], EVEN, YEARS[:2], se=1)
    with pytest.raises(InputError, match="oldest period first"):
        slope_trend(value, EVEN, YEARS[::-1], se=1)
    with pytest.raises(InputError, match="one start for each period"):
        slope_trend(value, EVEN, YEARS[:3], se=1)
    with pytest.raises(InputError, match="ends of the fitted line"):
        slope_trend(with_slopes(-90, -80, -70, -60), EVEN, YEARS, se=1, scale="relative")
    with pytest.raises(ParameterError, match="spread"):
        slope_trend(value, EVEN, YEARS, spread="chance")
    with pytest.raises(ParameterError, match="span"):
        slope_trend(value, EVEN, YEARS, se=1, span=0)


COUNTS = np.array([[400, 320, 260, 200, 150], [390, 330, 250, 210, 140], [370, 310, 240, 190, 150]])
PEOPLE = np.array([30, 31, 32, 33, 34]) * 1000.0


def bootstrapped(span: float, **options: object) -> Estimate:
    simulation = Simulation(np.random.default_rng(3), draws=4000)
    start = YEARS[:3]
    return slope_trend_bootstrap(COUNTS, PEOPLE, start, simulation=simulation, span=span, **options)


@pytest.mark.parametrize("span", [1, 3])
@pytest.mark.parametrize("scale", ["absolute", "relative"])
def test_of_large_counts_the_bootstrap_says_what_the_formula_says(span: int, scale: str) -> None:
    se = np.sqrt(COUNTS) / PEOPLE * 1e5
    by_formula = slope_trend(
        COUNTS / PEOPLE * 1e5, PEOPLE, YEARS[:3], se=se, span=span, scale=scale, spread="chance"
    ).change
    found = bootstrapped(span, scale=scale)
    assert_allclose(found.value, by_formula.value)
    assert_allclose(found.se, by_formula.se, rtol=0.05)
    assert_allclose(
        [found.lower, found.upper], [by_formula.lower, by_formula.upper], atol=by_formula.se * 0.15
    )


def test_a_bootstrap_can_be_made_again_and_of_many_at_once() -> None:
    assert bootstrapped(3) == bootstrapped(3)
    both = slope_trend_bootstrap(
        [COUNTS, COUNTS], PEOPLE, YEARS[:3], simulation=Simulation(RNG, draws=1000)
    )
    assert both.value.shape == both.lower.shape == (2,)
    with pytest.raises(ParameterError, match="simulation"):
        slope_trend_bootstrap(COUNTS, PEOPLE, YEARS[:3], simulation=1)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="4 groups found"):
        slope_trend_bootstrap(
            COUNTS[:, :4], PEOPLE[:4], YEARS[:3], simulation=Simulation(RNG, draws=1000)
        )
