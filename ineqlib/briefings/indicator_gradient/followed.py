"""One way to cut, followed over all its periods: measured in each, tested over all."""

from dataclasses import dataclass

from ineqlib.briefings.indicator_gradient.asked import Asked
from ineqlib.briefings.indicator_gradient.cut import Cut
from ineqlib.briefings.indicator_gradient.measured import (
    About,
    Measured,
    MeasureResult,
    fits,
    measured,
)
from ineqlib.briefings.indicator_gradient.trends import Trend, moved, tested, trends_of
from ineqlib.facts.fact import Fact


@dataclass(frozen=True)
class Followed:
    """One cut over all its periods."""

    cut: Cut
    periods: tuple[Measured, ...]
    fits: tuple[MeasureResult, ...]
    """Every measure of the registry of the newest period."""
    trends: tuple[Trend, ...]
    """Of each stretch with enough periods, absolute before relative, the newest stretch last."""
    gap_moved: Fact | None = None
    average_moved: Fact | None = None
    """By how many per cent the gap and the average moved over the newest stretch, each on its own
    straight line; None where that says nothing."""

    @property
    def unit(self) -> str:
        """Unit of the groups' figures."""
        facts = (group.fact for period in self.periods for group in period.slice.groups)
        return next((fact.unit for fact in facts if fact), "")

    @property
    def now(self) -> tuple[Trend, Trend]:
        """The absolute and the relative trend of the newest stretch."""
        absolute, relative = self.trends[-2:]
        return absolute, relative

    @property
    def newest(self) -> Measured | None:
        """The newest period whose groups are whole."""
        return next((period for period in reversed(self.periods) if period.measures), None)

    @property
    def tested(self) -> list[Measured]:
        """The periods that the newest test is of."""
        return tested(self.periods, self.cut)

    def ends(self, name: str, trend: Trend) -> tuple[Fact, Fact] | None:
        """Return a measure in the first and the last period tested.

        None where they do not go the way of the line through all periods, which the verdict is of.
        """
        if trend.first is None or trend.last is None or len(self.tested) < 2:
            return None
        first, last = (period.measures.get(name) for period in (self.tested[0], self.tested[-1]))
        if first is None or last is None:
            return None
        line = trend.last.value - trend.first.value
        is_clear = trend.verdict not in ("no clear change", "cannot tell")
        if is_clear and (last.value - first.value) * line <= 0:
            return None
        return first, last


def followed(asked: Asked, cut: Cut) -> Followed:
    """Measure every period of a cut, and test whether its gradient changes."""
    about = About(asked, cut)
    periods = tuple(measured(about, period) for period in cut.slices)
    newest = next((period for period in reversed(periods) if period.measures), None)
    of_newest = tuple(fits(about, newest.slice)) if newest else ()
    trends = tuple(trends_of(about, periods))
    ways = moved(about, tested(periods, cut), trends)
    return Followed(cut, periods, of_newest, trends, *ways)
