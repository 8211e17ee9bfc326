"""How sure it is that an area's figure differs from the country's: what findings are chosen by."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from ineqlib.facts.fact import Fact
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.facts.unrest import Unrest
from ineqlib.measures import false_discovery

Basis = Literal["interval", "publisher", "unrest", ""]

JUDGED = ("better", "similar", "worse", "higher", "lower")
LAST = 3
"""Periods that share no day, the newest included, over which a verdict has to hold."""
CHANCE = 0.025
"""Chance that a 95% interval says ``worse`` of an area that is like the country."""
Z95 = 1.959964
ROUNDEST = 0.25
"""A spread smaller than this share of the shown digit is the digit's."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for a difference of one figure from the country's, or the middle area's."""

    side: Literal["higher", "lower", "level"]
    """Of the newest figure."""
    p: float
    """Two-sided chance of as much in an area like the country; NaN where nothing tells it."""
    basis: Basis
    """``interval``: the area's; ``publisher``: its own comparison in several periods; ``unrest``:
    what the figure does from period to period."""
    periods: int
    agreeing: int
    """How many of the last `LAST` independent periods can be judged, and how many say what the
    newest says, itself included."""
    size: float
    """The difference in units of `spread`; 0 where the areas are too few to have one."""
    spread: float
    """How much areas of the tier usually differ (a robust standard deviation)."""
    one_sided: bool
    """Whether the figure lies on the newest one's side in all the periods looked at."""

    @property
    def holds(self) -> bool:
        """Whether two of the last periods say the same, as far as there are two."""
        return self.periods == 1 or self.agreeing >= 2


def stands(p: Sequence[float]) -> list[bool]:
    """Tell which of a list stand when all comparisons made are allowed for."""
    return false_discovery(list(p), rate=0.05).discoveries.tolist() if len(p) else []


def evidence(
    series: Series,
    facts: Mapping[str, Fact],
    verdict: str,
    peers: NDArray[np.float64],
    unrest: Unrest | None,
) -> Evidence | None:
    """Weigh what speaks for a difference; None where there is nothing to compare with.

    `facts` are the newest by role, `peers` the values of all areas of the tier in the same period.
    """
    area, country = facts.get("area"), facts.get("country")
    if area is None or (country is None and unrest is None):
        return None
    reference = country.value if country else unrest.middle[0] if unrest else math.nan
    gap = area.value - reference
    side, spread = _side(gap), spread_of(peers, area.decimals)
    rows = series.independent[:LAST]
    beside = _beside(series, rows, unrest)
    gaps = [row.value - other for row, other in zip(rows, beside, strict=True) if other is not None]
    same = sum(_side(past_gap) == side for past_gap in gaps)
    one_sided = same == len(gaps)
    size = gap / spread if spread else 0.0
    if country is not None and area.limits:
        verdicts = list(map(_by_interval, rows, beside))
        p = _interval_p(area.value, area.limits, reference)
        return Evidence(side, p, "interval", *_agreeing(verdicts), size, spread, one_sided)
    if verdict in JUDGED:
        periods, agreeing = _agreeing([row.comparison for row in rows])
        p = 1.0 if verdict == "similar" else _publisher_p(periods, agreeing)
        return Evidence(side, p, "publisher", periods, agreeing, size, spread, one_sided)
    if unrest is None or not gaps:
        return Evidence(side, math.nan, "", 1, 1, size, spread, one_sided)
    p = unrest_p(gaps, unrest)
    return Evidence(side, p, "unrest", len(gaps), same, size, spread, one_sided)


def _beside(series: Series, rows: Sequence[Row], unrest: Unrest | None) -> Sequence[float | None]:
    """Return the country's figure of each period; the middle area's where it has none at all."""
    country = series.country
    if not country and unrest is not None:
        return unrest.middle[: len(rows)]
    same = [country.get(row.when_and_who) for row in rows]
    return [None if row is None else row.value for row in same]


def _side(gap: float) -> Literal["higher", "lower", "level"]:
    return "level" if gap == 0 else "higher" if gap > 0 else "lower"


def spread_of(values: np.ndarray, decimals: int) -> float:
    """Robust standard deviation of the areas' figures, at least what rounding leaves of it."""
    if len(values) < 5:
        return 0.0
    deviation = 1.4826 * _median(np.abs(values - _median(values)))
    return max(deviation, ROUNDEST * 10.0**-decimals)


def _median(values: np.ndarray) -> float:
    """Return the median of a few hundred numbers, in a tenth of the time that `np.median` takes."""
    in_order = np.sort(values)
    return float(in_order[(len(values) - 1) // 2] + in_order[len(values) // 2]) / 2


def _by_interval(row: Row, country: float | None) -> str:
    if country is None or math.isnan(row.lower_ci) or math.isnan(row.upper_ci):
        return ""
    return "higher" if row.lower_ci > country else "lower" if row.upper_ci < country else "similar"


def _agreeing(verdicts: Sequence[str]) -> tuple[int, int]:
    """How many periods are judged, and how many as the newest."""
    judged = [verdict for verdict in verdicts if verdict]
    return len(judged), sum(verdict == verdicts[0] for verdict in judged)


def _interval_p(value: float, limits: tuple[float, float], reference: float) -> float:
    """p of the limit that faces the reference, which agrees with the published overlap rule."""
    facing = value - limits[0] if value > reference else limits[1] - value
    gap = abs(value - reference)
    if facing <= 0:
        return math.nan
    return math.erfc(Z95 * gap / facing / math.sqrt(2))


def _publisher_p(periods: int, agreeing: int) -> float:
    """Chance that the newest verdict and `agreeing` of `periods` say the same of nothing."""
    others = periods - 1
    at_least = sum(
        math.comb(others, k) * CHANCE**k * (1 - CHANCE) ** (others - k)
        for k in range(agreeing - 1, others + 1)
    )
    return 2 * CHANCE * at_least


def unrest_p(gaps: Sequence[float], unrest: Unrest) -> float:
    """p of the mean of the last periods' differences, by the noise of one period."""
    if not gaps:
        return math.nan
    if unrest.se <= 0:
        return 0.0 if any(gaps) else 1.0
    t = abs(math.fsum(gaps)) / len(gaps) / (unrest.se / math.sqrt(len(gaps)))
    return float(2 * stdtr(unrest.freedom, -t))
