"""An odds ratio as a statistics note works it out, an entropy as another package gives it."""

import numpy as np
import pytest

from ineqlib.measures import atkinson, generalised_entropy, odds_ratio


def test_hay_fever_and_eczema() -> None:
    children = np.array([14_453, 561])
    share = np.array([928, 141]) / children
    odds = odds_ratio(share, se=np.sqrt(share * (1 - share) / children))
    assert odds.value == pytest.approx(4.89, abs=0.005)
    assert [odds.lower, odds.upper] == pytest.approx([4.0, 6.0], abs=0.05)
    assert np.log(odds.value) == pytest.approx(1.588, abs=5e-4)
    assert odds.se / odds.value == pytest.approx(0.103, abs=5e-4)


def test_the_entropy_of_ten_incomes() -> None:
    incomes = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
    assert generalised_entropy(incomes, [1] * 10).value == pytest.approx(0.3770931, abs=5e-8)
    assert atkinson(incomes, epsilon=0.5).value == pytest.approx(0.1796591, abs=5e-8)
