"""What the spine is drawn from: a row for each figure, and the table of all rows."""

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

from ineqlib.charts.figure import Table


class SpineRow(NamedTuple):
    """One figure on the spine, as it is written and where it is drawn.

    Positions run from -1 to 1 with the country at 0 and right = better (for indicators without
    judgement right = higher); NaN where there is none.

    Parameters
    ----------
    verdict
        better, similar, worse, higher, lower, not compared.
    is_neutral
        Whether the indicator is without judgement, whatever the verdict.
    """

    objective: str
    indicator: str
    period: str
    value_text: str
    interval_text: str
    country_text: str
    county_text: str
    region_text: str
    neighbours_text: str
    range_text: str
    trend_text: str
    verdict: str
    is_neutral: bool
    position: float
    position_lower: float = nan
    position_upper: float = nan
    county_position: float = nan
    region_position: float = nan
    neighbour_low: float = nan
    neighbour_high: float = nan
    lowest: float = nan
    highest: float = nan


def spine_table(rows: Sequence[SpineRow], area: str, country: str) -> Table:
    """Return the table twin of the spine."""
    columns = {
        "indicator": "Indicator",
        "objective": "Objective",
        "period": "Period",
        "value_text": area,
        "interval_text": "95% interval",
        "country_text": country,
        "verdict": f"{area} against {country}",
        "trend_text": "Recent trend",
        "county_text": "County",
        "region_text": "Region",
        "neighbours_text": "Similar areas, lowest to highest",
        "range_text": "All areas, lowest to highest",
    }
    return {title: [getattr(row, name) for row in rows] for name, title in columns.items()}
