"""Every 95% interval holds the truth 95 times in 100, or the scenario says why not.

The settings are in `scenarios`; docs/coverage.md has the table of many more sets.
"""

import inspect
from pathlib import Path
from typing import get_origin

import pytest

from ineqlib import measures
from ineqlib.estimate import Estimate

from .scenarios import GOOD, SCENARIOS, Scenario, try_out

SETS = 2000
HAS_LIMITS = (
    Estimate,
    measures.Proportionality,
    measures.GapChange,
    measures.ArriagaLimits,
    measures.ChangeBeyond,
    measures.SlopeTrend,
    measures.Smoothed,
    measures.Ranks,
)
NOT_TRIED = {
    "heat_par": "as WHO's HEAT makes them, which is known to be too narrow or too wide",
    "heat_paf": "as WHO's HEAT makes them, which is known to be too narrow or too wide",
}


@pytest.mark.parametrize("tried", SCENARIOS, ids=lambda tried: tried.name)
def test_limits_hold_the_truth(tried: Scenario) -> None:
    found = try_out(tried, SETS)
    least, most = tried.within
    assert least <= found.held <= most, found


def test_scenarios_are_apart_and_explained() -> None:
    names = [tried.name for tried in SCENARIOS]
    assert len(set(names)) == len(names)
    for tried in SCENARIOS:
        assert bool(tried.why) == (tried.within != GOOD), tried.name


def test_the_page_has_every_scenario(repo: Path) -> None:
    page = (repo / "docs" / "coverage.md").read_text(encoding="utf-8")
    stale = [
        each.name for each in SCENARIOS if f"| `{each.measure}` | {each.setting} |" not in page
    ]
    assert stale == [], "write it again: python benchmarks/coverage.py --write"


def test_every_interval_is_tried() -> None:
    tried = {scenario.measure.partition(",")[0] for scenario in SCENARIOS}
    made = set()
    for name in measures.__all__:
        function = getattr(measures, name)
        if inspect.isfunction(function):
            returned = inspect.signature(function).return_annotation
            if returned in HAS_LIMITS or get_origin(returned) is tuple:
                made.add(name)
    assert made - set(NOT_TRIED) == tried
