"""Data drawn from known truths, to see how often each 95% interval of the package holds them.

`test_measures_coverage.py` tries every scenario with few sets, `benchmarks/coverage.py` with many;
the latter writes docs/coverage.md.
"""

from . import ages, areas, change, concentration, count_slopes, counts, dispersion, groups, people
from .model import GOOD, SCENARIOS, Coverage, Scenario, try_out

FAMILIES = {
    module.__name__: (module.__doc__ or "").strip().rstrip(".")
    for module in (
        counts,
        groups,
        count_slopes,
        concentration,
        dispersion,
        people,
        ages,
        areas,
        change,
    )
}
"""What the scenarios of each module are of, in the order to show them."""

__all__ = ["FAMILIES", "GOOD", "SCENARIOS", "Coverage", "Scenario", "try_out"]
