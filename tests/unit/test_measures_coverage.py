"""Every 95% interval holds the truth 95 times in 100, or the scenario says why not.

The settings are in `scenarios`; docs/coverage.md has the table of many more sets.
"""

import pytest

from .scenarios import GOOD, SCENARIOS, Scenario, try_out

SETS = 2000


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
