"""Slope and relative indices from counts, by hand."""

import numpy as np
import pytest

from ineqlib.errors import InputError
from ineqlib.measures import rii_of_counts, sii_of_counts

HALVING = [16, 8, 4, 2, 1]
PEOPLE = [1000.0] * 5


@pytest.mark.parametrize("family", ["poisson", "negative_binomial"])
def test_rates_that_halve_from_group_to_group_lie_on_one_curve(family: str) -> None:
    ratio = rii_of_counts(HALVING, PEOPLE, family=family)
    gap = sii_of_counts(HALVING, PEOPLE, family=family, multiplier=1000)
    # Five groups: from end to end five halvings; the ends lie half a group beyond 16 and 1.
    assert ratio.value == pytest.approx(1 / 32)
    assert gap.value == pytest.approx(2**-0.5 - 16 * 2**0.5)


def test_the_error_of_the_slope_is_the_inverse_of_its_information() -> None:
    rank = np.array([-0.4, -0.2, 0, 0.2, 0.4])
    mean = np.sum(HALVING * rank) / 31
    information = np.sum(HALVING * (rank - mean) ** 2)
    ratio = rii_of_counts(HALVING, PEOPLE)
    assert ratio.se / ratio.value == pytest.approx(information**-0.5)
    assert np.log(ratio.upper / ratio.value) == pytest.approx(1.959964 * information**-0.5)


def test_a_tenth_without_an_event_is_no_obstacle() -> None:
    counts = [9, 7, 0, 6, 5, 0, 3, 0, 1, 0]
    ratio = rii_of_counts(counts, [2000] * 10)
    assert 0 < ratio.lower < ratio.value < ratio.upper < 1
    assert sii_of_counts(counts, [2000] * 10).upper < 0


def test_where_counts_vary_no_more_than_poisson_the_families_agree() -> None:
    even = [20, 19, 18, 17, 16, 15]
    one = rii_of_counts(even, [100] * 6)
    other = rii_of_counts(even, [100] * 6, family="negative_binomial")
    assert (other.value, other.se) == (one.value, one.se)
    uneven = rii_of_counts([40, 5, 30, 2, 28, 1], [100] * 6)
    wider = rii_of_counts([40, 5, 30, 2, 28, 1], [100] * 6, family="negative_binomial")
    assert wider.se / wider.value > 2 * uneven.se / uneven.value


@pytest.mark.parametrize("counts", [[0] * 5, [3, 0, 0, 0, 0], [0, 0, 0, 0, 2]])
def test_events_at_one_end_alone_are_refused(counts: list[int]) -> None:
    with pytest.raises(InputError, match="leave out the area, or add years up"):
        rii_of_counts(counts, PEOPLE)


def test_which_of_many_areas_has_too_few_events_is_told() -> None:
    with pytest.raises(InputError, match=r"1 of 3 .*at 1"):
        sii_of_counts([HALVING, [1, 0, 0, 0, 0], HALVING], PEOPLE)
