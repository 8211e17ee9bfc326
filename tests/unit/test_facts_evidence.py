"""What speaks for a difference: the interval, the publisher, or the figure's own unrest."""

import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.evidence import Evidence, stands
from ineqlib.facts.standing import rank_of

from .simulated.handmade import OTHERS, Series, facts_of


def compared(folder: Path, name: str, series: Series) -> tuple[Comparison, Evidence]:
    (comparison,) = facts_of(folder, {name: series}).comparisons
    assert comparison.evidence is not None
    return comparison, comparison.evidence


def test_an_interval_that_touches_the_country_has_p_of_one_in_twenty(tmp_path: Path) -> None:
    _, seen = compared(tmp_path, "loneliness", Series([24.0, 24.0], 22.0, half=2.0))
    assert (seen.basis, seen.side, seen.periods, seen.agreeing) == ("interval", "higher", 2, 2)
    assert seen.p == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["worse"], 0.05),
        (["similar", "worse"], 0.05),
        (["worse", "worse"], 0.05 * 0.025),
        (["worse", "similar", "worse"], 0.05 * (1 - 0.975**2)),
        (["worse", "worse", "worse"], 0.05 * 0.025**2),
        (["similar"] * 3, 1.0),
    ],
)
def test_the_publishers_comparison_counts_as_often_as_it_was_made(
    tmp_path: Path, said: list[str], expected: float
) -> None:
    series = Series([70.0] * len(said), 64.0, comparisons=said)
    _, seen = compared(tmp_path, "overweight_adults", series)
    assert seen.basis == "publisher"
    assert seen.p == pytest.approx(expected)


def test_without_either_the_p_is_that_of_the_figures_own_unrest(tmp_path: Path) -> None:
    here = [64.0, 66.0, 65.0, 63.0]
    comparison, seen = compared(tmp_path, "early_literacy", Series(here, 70.0))
    # By hand: half the mean square of what each area does beyond the middle one from year to year.
    middle = np.median([[*_others(place), value] for place, value in enumerate(here)], axis=1)
    everyone = np.array([[*_others(place), value] for place, value in enumerate(here)])
    unrest = (np.diff(everyone - middle[:, None], axis=0) ** 2).mean(axis=0) / 2
    usual, own = np.median(unrest), unrest[-1]
    restless = min(max(own / usual, 0.25), 16.0)
    freedom = 2 * 3**2 / (3 * 3 - 1)
    se = math.sqrt((4 * usual * restless + freedom * own) / (4 + freedom))
    t = abs(np.mean(here[1:]) - 70) / (se / math.sqrt(3))
    assert comparison.verdict == "not compared"
    assert (seen.basis, seen.periods, seen.agreeing) == ("unrest", 3, 3)
    assert seen.p == pytest.approx(2 * stats.t.sf(t, 4 + freedom))


def _others(place: int) -> list[float]:
    ordinary = np.linspace(-1.6, 1.6, OTHERS)
    moved = 0.1 * np.where((np.arange(OTHERS) + place) % 2, 1, -1)
    return (70 + 3.0 * (ordinary + moved)).tolist()


def test_the_size_is_in_robust_spreads_of_the_areas(tmp_path: Path) -> None:
    comparison, seen = compared(tmp_path, "loneliness", Series([30.0], 22.0, half=1.0))
    assert comparison.peers is not None
    values = comparison.peers.values
    spread = stats.median_abs_deviation(values, scale="normal")
    assert seen.size == pytest.approx(8 / spread, rel=1e-4)
    assert (seen.periods, seen.holds) == (1, True), "known once, it needs no second"


def test_years_that_overlap_count_once(tmp_path: Path) -> None:
    rolling = Series([5.0] * 8, 3.0, half=1.0, years=3)
    _, seen = compared(tmp_path, "suicide", rolling)
    assert seen.periods == 3
    short = Series([5.0] * 3, 3.0, half=1.0, years=3)
    _, seen = compared(tmp_path / "short", "suicide", short)
    assert seen.periods == 1, "three that share years are one"


def test_of_many_comparisons_only_what_allows_for_them_stands() -> None:
    assert stands([0.001, 0.02, 0.03, 0.6]) == [True, True, True, False]
    assert stands([0.04] + [0.5] * 9) == [False] * 10
    assert stands([]) == []


def test_equal_figures_share_the_smaller_rank() -> None:
    values = np.array([1.0, 2.0, 2.0, 3.0])
    assert rank_of(2.0, values, "adverse") == (2, "worst")
    assert rank_of(2.0, values, "favourable") == (2, "worst")
    assert rank_of(3.0, values, "neutral") == (1, "highest")
