"""How sure the figures of some periods are, and whether a line through them is level."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtr

from ineqlib.estimate import LIMITS_APART
from ineqlib.facts.profile import Profile
from ineqlib.facts.restless_years import beyond_intervals
from ineqlib.facts.rows import Row
from ineqlib.facts.unrest import Unrest

FEWEST_WITH_INTERVALS = 3
FEWEST_WITHOUT = 4
DAYS_A_YEAR = 365.25

BY_INTERVALS = "a line through the periods that share no year, weighted by their intervals"
BY_UNREST = (
    "a line through the periods that share no year, against how much the figure moves from period "
    "to period"
)


@dataclass(frozen=True)
class Noise:
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

    def error_between(self, some: Sequence[int], others: Sequence[int]) -> float:
        """Return the standard error of the mean of some periods less that of others, by place."""
        variances = (1 / sum(self.weight[place] for place in places) for places in (some, others))
        return math.sqrt(sum(variances) * self.usual)


def noise_of(
    profile: Profile, rows: Sequence[Row], value_type: str, unrest: Unrest | None
) -> Noise | None:
    """Say how sure each figure is; None where nothing tells it, or the periods are too few."""
    start = [years_between(rows[0], row) for row in rows]
    if len(rows) >= FEWEST_WITH_INTERVALS and all(row.upper_ci > row.lower_ci for row in rows):
        usual = beyond_intervals(profile, list(rows))
        if value_type == "rate" and all(row.events > 0 < row.value for row in rows):
            # Each interval is narrow where events happen to be few, which would give those years
            # the most weight: the error is that of the rate of all years together.
            exposure = [row.events / row.value for row in rows]
            rate = sum(row.events for row in rows) / sum(exposure)
            weight = [size / rate for size in exposure]
            return Noise(start, weight, math.inf, BY_INTERVALS, usual)
        weight = [(LIMITS_APART / (row.upper_ci - row.lower_ci)) ** 2 for row in rows]
        return Noise(start, weight, math.inf, BY_INTERVALS, usual)
    if len(rows) >= FEWEST_WITHOUT and unrest is not None and unrest.se > 0:
        return Noise(start, [unrest.se**-2.0] * len(rows), unrest.freedom, BY_UNREST)
    return None


def years_between(earlier: Row, later: Row) -> float:
    """Return the years from the middle of one period to that of another."""
    middles = [row.middle for row in (earlier, later)]
    return (middles[1] - middles[0]).days / DAYS_A_YEAR
