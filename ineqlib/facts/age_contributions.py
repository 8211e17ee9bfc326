"""What makes the gap in life expectancy inside the area: its years by age, and by cause."""

from dataclasses import dataclass

from ineqlib.errors import InputError
from ineqlib.facts.deaths_by_age import EVERYBODY, deaths_of_ends
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.facts.profile import Profile
from ineqlib.measures import arriaga_by_cause
from ineqlib.observations import Dimension

SPANS = {
    "under 1": (0, 1),
    "1 to 24": (1, 25),
    "25 to 49": (25, 50),
    "50 to 64": (50, 65),
    "65 to 74": (65, 75),
    "75 and over": (75, 200),
}
"""Ages in words -> where they start and end."""


@dataclass(frozen=True)
class ContributionByAge:
    """Arriaga's decomposition of the gap between the most and the least deprived group."""

    period: str
    """Of the deaths."""
    dimension: Dimension
    """How the area's neighbourhoods are cut."""
    gap: Fact
    """The gap in years."""
    by_age: dict[str, Fact]
    """Words for a span of ages -> the years of the gap that come from it; they add up to `gap`."""
    by_cause: dict[str, Fact]
    """The same by cause; empty where the pack holds none."""


def contributions_by_age(profile: Profile, sex: str = EVERYBODY) -> ContributionByAge | None:
    """Take the gap apart; None where the pack has no deaths and people by age for the groups."""
    here = deaths_of_ends(profile.pack, profile.area.code, sex)
    if here is None or not (here.person_years > 0).all():
        return None
    try:
        most, least = here.deaths / here.person_years[:, None, :]
        parts = arriaga_by_cause(most, least, bands=list(here.bands))
    except InputError:  # a band that nobody dies in, or survives
        return None
    total = float(parts.difference)
    by_band = parts.parts.sum(axis=0)
    ages = {
        name: float(by_band[[low <= band < high for band in here.bands]].sum())
        for name, (low, high) in SPANS.items()
    }
    causes = dict(zip(here.causes, parts.parts.sum(axis=1).tolist(), strict=True))
    known = causes if len(causes) > 1 else {}
    of_sex = "" if sex == EVERYBODY else sex

    def fact(what: str, value: float, age: str = "", cause: str = "") -> Fact:
        about = cause or age or "whole gap"
        return calculated_of(
            profile.area,
            fact_id("gap-by-age", what, profile.area.code, here.period, age, cause, of_sex),
            value,
            decimals=1,
            unit="years",
            period=here.period,
            sex=sex,
            age=f"aged {age}" if age else "",
            method=f"{about}: Arriaga's decomposition, from the most to the least deprived group",
        )

    return ContributionByAge(
        here.period,
        here.dimension,
        fact("gap", total),
        {name: fact("age", value, age=name) for name, value in ages.items()},
        {name: fact("cause", value, cause=name) for name, value in known.items()},
    )
