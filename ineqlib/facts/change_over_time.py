"""What changed: the first and the last figure of a series, and whether it moved."""

from dataclasses import dataclass
from typing import Literal

from ineqlib.facts.fact import Fact, derived
from ineqlib.facts.series import Series, TrendPoint

Direction = Literal["rising", "falling", "no clear change", "too early to say"]
FEWEST_PERIODS = 5
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Change:
    """How one figure changed over the periods shown.

    Parameters
    ----------
    first, last
        The area's first and last figure.
    years
        From the one to the other.
    country_first, country_last
        The country's in the same two periods; None where it has none.
    direction
        What the periods between say, by the rule of `basis`.
    basis
        The rule, in words.
    better
        Whether the direction is for the better; None without a direction or a judgement of it.
    """

    first: Fact
    last: Fact
    years: Fact
    country_first: Fact | None
    country_last: Fact | None
    direction: Direction
    basis: str
    better: bool | None


def change_over_time(series: Series, points: tuple[TrendPoint, ...]) -> Change | None:
    """Say how the area's figure changed; None with fewer than two figures."""
    here = [point for point in points if point.role == "area" and point.fact]
    if len(here) < 2 or here[0].fact is None or here[-1].fact is None:
        return None
    country = {p.period: p.fact for p in points if p.role == "country"}
    years = (here[-1].middle - here[0].middle).days / DAYS_A_YEAR
    direction, basis = _direction([point.fact.value for point in here if point.fact])
    better = None
    if direction in ("rising", "falling") and series.indicator.polarity != "neutral":
        better = (direction == "rising") == (series.indicator.polarity == "favourable")
    return Change(
        here[0].fact,
        here[-1].fact,
        derived(
            here[-1].fact,
            "years-of-change",
            round(years),
            decimals=0,
            unit="",
            method="years between the first and the last figure",
        ),
        country.get(here[0].period),
        country.get(here[-1].period),
        direction,
        basis,
        better,
    )


def _direction(values: list[float]) -> tuple[Direction, str]:
    if len(values) < FEWEST_PERIODS:
        return "too early to say", f"fewer than {FEWEST_PERIODS} periods"
    return "no clear change", ""
