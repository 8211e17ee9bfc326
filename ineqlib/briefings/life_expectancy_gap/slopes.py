"""The published gap inside an area, end to end, as a briefing tells it."""

from dataclasses import dataclass

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.facts.comparisons import SLOPE, compare_newest
from ineqlib.facts.fact import Fact
from ineqlib.facts.inside import GapOverTime, inside_gaps
from ineqlib.facts.profile import read_profile
from ineqlib.facts.series import TrendPoint, series_shown, trend_points
from ineqlib.pack import Pack

LIFE = "life_expectancy"


@dataclass(frozen=True)
class SlopeInside:
    """The published slope index of life expectancy inside the area, of one sex."""

    gap: Fact
    """The newest."""
    is_clear: bool
    """Whether it can be told from no gap at all."""
    over_time: GapOverTime | None
    """Whether it closes; None where two periods that share no year are not known."""
    points: tuple[TrendPoint, ...]


def slopes_inside(pack: Pack, asked: Asked) -> dict[str, SlopeInside]:
    """Return the published slope index of life expectancy inside the area, by sex."""
    # As a briefing reads it: the noise of a slope without an interval is told by all that it shows.
    profile = pack.recent(read_profile, asked.area.code)
    shown = series_shown(profile)
    of_life = {
        series.sex: series
        for series in shown
        if series.indicator.value_type == SLOPE and series.indicator.id.startswith(LIFE)
    }
    ids = {series.indicator.id for series in of_life.values()}
    if not ids:
        return {}
    gaps = inside_gaps(profile, compare_newest(profile, shown, only=ids), ())
    return {
        gap.sex: SlopeInside(
            gap.gap,
            gap.is_clear,
            gap.over_time,
            trend_points(of_life[gap.sex], ("area",)),
        )
        for gap in gaps
        if gap.sex in asked.apart
    }
