"""The line through people that another package fits."""

import pytest

from ineqlib.measures import rii_of_people, sii_of_people

RANK = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
VALUE = [12.0, 7, 15, 9, 14, 21, 8, 18, 17, 10, 16, 19]
WEIGHT = [1, 2, 1, 0.5, 1.5, 1, 2, 1, 1, 3, 0.5, 1]


def test_slope_and_ends_of_the_line() -> None:
    assert sii_of_people(VALUE, RANK, WEIGHT).value == pytest.approx(15.11628875, rel=1e-8)
    ends = (5.05475885 + 15.11628875) / 5.05475885
    assert rii_of_people(VALUE, RANK, WEIGHT).value == pytest.approx(ends, rel=1e-8)
