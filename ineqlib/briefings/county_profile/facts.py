"""Every figure of a county profile, computed before anything is shown."""

from dataclasses import dataclass, field

from ineqlib.briefings.county_profile.county import County
from ineqlib.briefings.county_profile.inequality import Inequality, inequalities_of
from ineqlib.briefings.county_profile.places import Gaps, Ranking, gaps_of, rankings_of
from ineqlib.briefings.county_profile.verdicts import Verdicts, verdicts_of
from ineqlib.facts.fact import NOT_IN_TABLE


@dataclass(frozen=True)
class CountyFacts:
    """What a county profile is made from."""

    county: County = field(metadata={NOT_IN_TABLE: True})
    verdicts: Verdicts
    rankings: tuple[Ranking, ...]
    gaps: tuple[Gaps, ...]
    """Of headline figures."""
    inequalities: tuple[Inequality, ...]
    """By share of people first, where the pack has one."""


def county_facts(county: County) -> CountyFacts:
    """Compute all figures of a county profile."""
    return CountyFacts(
        county, verdicts_of(county), rankings_of(county), gaps_of(county), inequalities_of(county)
    )
