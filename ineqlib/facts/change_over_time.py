"""What changed: the first and the last figure of a series, and whether it moved."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scipy.special import stdtr

from ineqlib.catalogue import Indicator
from ineqlib.estimate import LIMITS_APART
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.restless_years import beyond_intervals
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.facts.unrest import Unrest
from ineqlib.measures.trends import CANNOT, DECREASING, INCREASING
from ineqlib.text import difference_unit

Direction = Literal["rising", "falling", "no clear change", "too early to say"]
WINDOW_YEARS = 10.5
FEWEST_WITH_INTERVALS = 3
FEWEST_WITHOUT = 4
PUBLISHED_P = 0.002
"""Chance of a trend where there is none, by the level of the published rule."""
SURE = 0.05
DAYS_A_YEAR = 365.25
AS_FAR = 0.5
"""Share of the area's change from which on the country's is told as the same."""
CASH = "£"
"""A unit whose worth falls: more pounds than years ago may buy less."""

BY_RULE = "the latest five periods, by the rule published for Fingertips"
BY_INTERVALS = "a line through the periods that share no year, weighted by their intervals"
BY_UNREST = (
    "a line through the periods that share no year, against how much the figure moves from period "
    "to period"
)


@dataclass(frozen=True)
class Change:
    """How one figure changed over the periods that its direction is told from.

    Parameters
    ----------
    first, last
        The area's first and last figure of these.
    difference
        Last less first.
    years
        From the middle of the one period to that of the other.
    country_first, country_last
        The country's in the same two periods; None where it has none.
    direction
        ``too early to say`` with too few periods that share no year.
    basis
        The rule, in words.
    better
        Whether the direction is for the better; None without a direction or a judgement of it, and
        for an amount of money that rises, as prices do.
    p
        Chance of as much where nothing changes; NaN where it is too early.
    beyond_p
        Chance of as much where the figure moves with the country's; NaN where it cannot be told.
    """

    first: Fact
    last: Fact
    difference: Fact
    years: Fact
    country_first: Fact | None
    country_last: Fact | None
    direction: Direction
    basis: str
    better: bool | None
    p: float
    beyond_p: float

    @property
    def is_as_in_country(self) -> bool:
        """Whether the country moved the same way, half as far or more, and not clearly apart."""
        first, last = self.country_first, self.country_last
        if first is None or last is None or self.direction not in ("rising", "falling"):
            return False
        as_far = (last.value - first.value) / self.difference.value
        return as_far >= AS_FAR and not self.beyond_p <= SURE


@dataclass(frozen=True)
class _Noise:
    """When each period was, how sure its figure is, and with how many degrees of freedom.

    `usual` is by how much the variance of years usually exceeds what their intervals say.
    """

    start: Sequence[float]
    weight: Sequence[float]
    freedom: float
    basis: str
    usual: float = 1.0

    def test(self, value: Sequence[float]) -> tuple[float, float]:
        """Return the p of no slope, and the slope a year, of the weighted line.

        Where the figures lie further from their line than their intervals explain, here or in most
        areas, years differ for other reasons too, and the slope is as much less sure.
        """
        # Plain sums: of ten numbers they take a tenth of the time of arrays.
        total = sum(self.weight)
        points = list(zip(self.weight, self.start, value, strict=True))
        middle = sum(w * t for w, t, _ in points) / total
        average = sum(w * x for w, _, x in points) / total
        squares = sum(w * (t - middle) ** 2 for w, t, _ in points)
        slope = sum(w * (t - middle) * x for w, t, x in points) / squares
        beyond = sum(w * (x - average - slope * (t - middle)) ** 2 for w, t, x in points)
        unexplained = beyond / (len(points) - 2)
        distance = abs(slope) * math.sqrt(squares / max(self.usual, unexplained))
        return float(2 * stdtr(self.freedom, -distance)), slope


def change_over_time(
    profile: Profile, series: Series, recent_trend: str, unrest: Unrest | None
) -> Change | None:
    """Say how the area's figure changed; None with fewer than two figures in the last ten years.

    Parameters
    ----------
    profile
        Whose peers say how much years differ beyond what intervals tell.
    series
        The figures of every period.
    recent_trend
        What the published rule says of the latest five.
    unrest
        The noise of a series without intervals.
    """
    rows = series.independent
    rows = [row for row in rows if years_between(row, rows[0]) <= WINDOW_YEARS][::-1]
    if len(rows) < 2:
        return None
    if recent_trend != CANNOT:
        rows = rows[-5:]
    noise = _noise(profile, rows, series.indicator.value_type, unrest)
    country = series.country
    beyond_p = _beyond(rows, country, noise)
    p, way, basis = _test(rows, recent_trend, noise)
    ends = rows[0], rows[-1]
    indicator = series.indicator
    first, last = (published(row, indicator.decimals) for row in ends)
    country_first, country_last = (
        published(country[row.when_and_who], indicator.decimals)
        if row.when_and_who in country
        else None
        for row in ends
    )
    direction = _direction(p, way, last.value - first.value)
    about = f"{first.period} to {last.period}"
    return Change(
        first,
        last,
        derived(
            last,
            "change-since-" + first.period,
            last.value - first.value,
            unit=difference_unit(last.unit),
            rows=first.rows + last.rows,
            method=f"last figure less the first, {about}",
        ),
        derived(
            last,
            "years-since-" + first.period,
            round(years_between(rows[0], rows[-1])),
            decimals=0,
            unit="",
            method=f"years from the middle of the first period to that of the last, {about}",
        ),
        country_first,
        country_last,
        direction,
        basis,
        _is_better(direction, indicator),
        p,
        beyond_p,
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


def years_between(earlier: Row, later: Row) -> float:
    """Return the years from the middle of one period to that of another."""
    middles = [
        row.period_start + (row.period_end - row.period_start) / 2 for row in (earlier, later)
    ]
    return (middles[1] - middles[0]).days / DAYS_A_YEAR


def _test(rows: Sequence[Row], recent_trend: str, noise: _Noise | None) -> tuple[float, int, str]:
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


def _noise(
    profile: Profile, rows: list[Row], value_type: str, unrest: Unrest | None
) -> _Noise | None:
    """Say how sure each figure is; None where nothing tells it, or the periods are too few."""
    start = [years_between(rows[0], row) for row in rows]
    if len(rows) >= FEWEST_WITH_INTERVALS and all(row.upper_ci > row.lower_ci for row in rows):
        usual = beyond_intervals(profile, rows)
        if value_type == "rate" and all(row.events > 0 < row.value for row in rows):
            # Each interval is narrow where events happen to be few, which would give those years
            # the most weight: the error is that of the rate of all years together.
            exposure = [row.events / row.value for row in rows]
            rate = sum(row.events for row in rows) / sum(exposure)
            weight = [size / rate for size in exposure]
            return _Noise(start, weight, math.inf, BY_INTERVALS, usual)
        weight = [(LIMITS_APART / (row.upper_ci - row.lower_ci)) ** 2 for row in rows]
        return _Noise(start, weight, math.inf, BY_INTERVALS, usual)
    if len(rows) >= FEWEST_WITHOUT and unrest is not None and unrest.se > 0:
        return _Noise(start, [unrest.se**-2.0] * len(rows), unrest.freedom, BY_UNREST)
    return None


def _beyond(rows: Sequence[Row], country: Mapping[Any, Row], noise: _Noise | None) -> float:
    """p of no change beyond the country's; NaN where that cannot be told."""
    if noise is None or not all(row.when_and_who in country for row in rows):
        return math.nan
    return noise.test([row.value - country[row.when_and_who].value for row in rows])[0]
