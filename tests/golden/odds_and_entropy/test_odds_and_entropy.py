"""An odds ratio and an entropy as other packages give them."""

import numpy as np
import pytest

from ineqlib.measures import atkinson, generalised_entropy, odds_ratio


def test_smoking_and_lung_cancer() -> None:
    people = np.array([96, 226])
    share = np.array([35, 126]) / people
    odds = odds_ratio(share, se=np.sqrt(share * (1 - share) / people))
    assert odds.value == pytest.approx(2.196, rel=1e-12)
    assert [odds.lower, odds.upper] == pytest.approx([1.3432279945, 3.5901693678], rel=1e-9)
    assert odds.se / odds.value == pytest.approx(0.2508014735, rel=1e-9)


def test_the_entropy_of_ten_incomes() -> None:
    incomes = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
    assert generalised_entropy(incomes, [1] * 10).value == pytest.approx(0.3770931, abs=5e-8)
    assert atkinson(incomes, epsilon=0.5).value == pytest.approx(0.1796591, abs=5e-8)
