"""What makes the gap in life expectancy inside the area: its years by age, and by cause."""

from dataclasses import dataclass

from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import Profile


@dataclass(frozen=True)
class ContributionByAge:
    """Arriaga's decomposition of the gap between the most and the least deprived group.

    Parameters
    ----------
    period
        Of the deaths.
    groups
        Into how many the area's neighbourhoods are cut.
    gap
        The gap in years.
    by_age
        Words for a span of ages -> the years of the gap that come from it; they add up to `gap`.
    by_cause
        The same by cause; empty where the pack holds none.
    """

    period: str
    groups: int
    gap: Fact
    by_age: dict[str, Fact]
    by_cause: dict[str, Fact]


def contributions_by_age(profile: Profile) -> ContributionByAge | None:
    """Take the gap apart; None where the pack has no deaths and people by age for the groups."""
    return None
