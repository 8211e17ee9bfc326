"""What changed: the first and the last figure of a series, and whether it moved."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ineqlib.catalogue import Indicator
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.noise_of_years import Noise, noise_of, years_between
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.facts.turned import AS_FAR, is_return, turning_point
from ineqlib.facts.unrest import Unrest
from ineqlib.measures.trends import CANNOT, DECREASING, INCREASING
from ineqlib.text import difference_unit

Direction = Literal["rising", "falling", "no clear change", "too early to say"]
WINDOW_YEARS = 10.5
PUBLISHED_P = 0.002
"""Chance of a trend where there is none, by the level of the published rule."""
SURE = 0.05
CASH = "£"
"""A unit whose worth falls: more pounds than years ago may buy less."""

BY_RULE = "the latest five periods, by the rule published for Fingertips"


@dataclass(frozen=True)
class Change:
    """How one figure changed over the periods that its direction is told from."""

    first: Fact
    last: Fact
    """The area's first and last figure of these."""
    difference: Fact
    """Last less first."""
    years: Fact
    """From the middle of the one period to that of the other."""
    country_first: Fact | None
    country_last: Fact | None
    """The country's in the same two periods; None where it has none."""
    direction: Direction
    """``too early to say`` with too few periods that share no year."""
    basis: str
    """The rule, in words."""
    better: bool | None
    """Whether the direction is for the better; None without a direction or a judgement of it, and
    for an amount of money that rises, as prices do."""
    p: float
    """Chance of as much where nothing changes; NaN where it is too early."""
    beyond_p: float
    """Chance of as much where the figure moves with the country's; NaN where it cannot be told."""
    turning_point: Fact | None = None
    """The highest figure of a rise, or the lowest of a fall, where every later one has gone back;
    None where it goes on, or went back by what may be chance."""
    is_return: bool = False
    """Whether the last figure lies where those of the ten years before the first lay already."""

    @property
    def goes_on(self) -> bool:
        """Whether it has neither turned since nor come back to where the figure was before."""
        return self.turning_point is None and not self.is_return

    @property
    def is_as_in_country(self) -> bool:
        """Whether the country moved the same way, half as far or more, and not clearly apart."""
        first, last = self.country_first, self.country_last
        if first is None or last is None or self.direction not in ("rising", "falling"):
            return False
        as_far = (last.value - first.value) / self.difference.value
        return as_far >= AS_FAR and not self.beyond_p <= SURE


def change_over_time(
    profile: Profile, series: Series, recent_trend: str, unrest: Unrest | None
) -> Change | None:
    """Say how the area's figure changed; None with fewer than two figures in the last ten years."""
    independent = series.independent
    looked_back = [row for row in independent if years_between(row, independent[0]) <= WINDOW_YEARS]
    looked_back.reverse()
    if len(looked_back) < 2:
        return None
    rows = looked_back if recent_trend == CANNOT else looked_back[-5:]
    indicator, country = series.indicator, series.country
    noise = noise_of(profile, rows, indicator.value_type, unrest)
    p, way, basis = _test(rows, recent_trend, noise)
    first, last = (published(row, indicator.decimals) for row in (rows[0], rows[-1]))
    direction = _direction(p, way, last.value - first.value)
    along = {"rising": 1, "falling": -1}.get(direction, 0)
    turned = turning_point(rows, along, noise, country)
    whole = noise_of(profile, looked_back, indicator.value_type, unrest) if along else None
    before, after = (country.get(row.when_and_who) for row in (rows[0], rows[-1]))
    return Change(
        first=first,
        last=last,
        difference=_difference(first, last),
        years=_years(first, last, years_between(rows[0], rows[-1])),
        country_first=published(before, indicator.decimals) if before else None,
        country_last=published(after, indicator.decimals) if after else None,
        direction=direction,
        basis=basis,
        better=_is_better(direction, indicator),
        p=p,
        beyond_p=_beyond(rows, country, noise),
        turning_point=published(turned, indicator.decimals) if turned else None,
        is_return=is_return(looked_back, len(rows), along, whole),
    )


def _difference(first: Fact, last: Fact) -> Fact:
    return derived(
        last,
        f"change-since-{first.period}",
        last.value - first.value,
        unit=difference_unit(last.unit),
        rows=first.rows + last.rows,
        method=f"last figure less the first, {first.period} to {last.period}",
    )


def _years(first: Fact, last: Fact, years: float) -> Fact:
    between = "years from the middle of the first period to that of the last"
    return derived(
        last,
        f"years-since-{first.period}",
        round(years),
        decimals=0,
        unit="",
        method=f"{between}, {first.period} to {last.period}",
    )


def _direction(p: float, way: float, change: float) -> Direction:
    """Return where it goes: `way` is that of the test, which the change itself may not have."""
    if math.isnan(p):
        return "too early to say"
    if way * change > 0:
        return "rising" if way > 0 else "falling"
    return "no clear change"


def _is_better(direction: Direction, indicator: Indicator) -> bool | None:
    """Tell whether a direction is for the better; None where nobody can say."""
    as_prices_do = direction == "rising" and indicator.unit == CASH
    if direction not in ("rising", "falling") or indicator.polarity == "neutral" or as_prices_do:
        return None
    return (direction == "rising") == (indicator.polarity == "favourable")


def _test(rows: Sequence[Row], recent_trend: str, noise: Noise | None) -> tuple[float, int, str]:
    """p of no change, the way it goes (0 where that is not clear), and the rule in words."""
    p, slope = math.nan, 0.0
    if noise is not None:
        p, slope = noise.test([row.value for row in rows])
    if recent_trend != CANNOT:
        way = {INCREASING: 1, DECREASING: -1}.get(recent_trend, 0)
        # What years differ by beyond their intervals, the published rule does not ask.
        return (PUBLISHED_P if math.isnan(p) else max(p, PUBLISHED_P) if way else 1.0), way, BY_RULE
    if noise is None:
        return p, 0, "too few periods that share no year"
    return p, (1 if slope > 0 else -1) if p <= SURE else 0, noise.basis


def _beyond(rows: Sequence[Row], country: Mapping[Any, Row], noise: Noise | None) -> float:
    """p of no change beyond the country's; NaN where that cannot be told."""
    if noise is None or not all(row.when_and_who in country for row in rows):
        return math.nan
    return noise.test([row.value - country[row.when_and_who].value for row in rows])[0]
