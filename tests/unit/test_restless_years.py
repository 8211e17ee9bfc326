"""How much more years differ than intervals say is told by the areas of a tier together."""

from datetime import datetime
from pathlib import Path

import pytest

from ineqlib.facts import read_profile
from ineqlib.facts.profile import Profile
from ineqlib.facts.restless_years import beyond_intervals
from ineqlib.facts.rows import Row
from ineqlib.facts.series import series_shown

from .simulated.country import make_country

AREAS = 120
NAMES = ["loneliness", "self_harm_10_24", "falls_65", "cancer_deaths_under_75"]


def area_of(folder: Path, *, areas: int = AREAS, wobble: float = 0.0) -> Profile:
    pack, _ = make_country(folder / "pack", areas=areas, seed=5, wobble=wobble)
    return read_profile(pack, "X06000001", comparators=["country"], indicator_set=NAMES)


def rows_of(profile: Profile) -> dict[str, list[Row]]:
    return {series.indicator.id: series.independent[::-1] for series in series_shown(profile)}


@pytest.mark.parametrize(("wobble", "variance"), [(0.0, 1.0), (1.0, 2.0)])
def test_the_variance_that_years_have_beyond_chance_is_found(
    tmp_path: Path, wobble: float, variance: float
) -> None:
    profile = area_of(tmp_path, wobble=wobble)
    found = {name: beyond_intervals(profile, rows) for name, rows in rows_of(profile).items()}
    assert found.keys() == set(NAMES)
    assert found == pytest.approx(dict.fromkeys(NAMES, variance), rel=0.25)


def test_few_areas_and_few_periods_tell_nothing(tmp_path: Path) -> None:
    profile = area_of(tmp_path, areas=12, wobble=2.0)
    rows = rows_of(profile)["loneliness"]
    assert beyond_intervals(profile, rows) == 1.0
    profile = area_of(tmp_path / "many", wobble=2.0)
    assert beyond_intervals(profile, rows) > 2.0
    assert beyond_intervals(profile, rows[-2:]) == 1.0


def test_a_series_that_the_peers_do_not_have_is_left_alone(tmp_path: Path) -> None:
    profile = area_of(tmp_path, wobble=2.0)
    early = [
        row._replace(period_start=datetime(1990 + n, 1, 1), period_end=datetime(1990 + n, 12, 31))
        for n, row in enumerate(rows_of(profile)["loneliness"])
    ]
    assert beyond_intervals(profile, early) == 1.0
