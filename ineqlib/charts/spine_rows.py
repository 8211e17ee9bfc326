"""What the spine is drawn from: a row for each figure, its table, and its cards for a phone."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from math import nan
from typing import NamedTuple

from ineqlib.charts.figure import Table
from ineqlib.text import upper_first


class SpineRow(NamedTuple):
    """One figure on the spine, as it is written and where it is drawn.

    Positions run from -1 to 1 with the country at 0 and right = better (for indicators without
    judgement right = higher); NaN where there is none.
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
    """In words: better, similar, worse, higher, lower, or why there is none of these."""
    rank_text: str
    """Rank and of how many; empty where there is none."""
    look: str
    """How the area's mark is drawn: a key of `spine_chart.LOOKS`."""
    is_neutral: bool
    """Whether the indicator is without judgement, whatever the verdict."""
    position: float = nan
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
        "rank_text": "Rank",
        "trend_text": "Recent trend",
        "county_text": "County",
        "region_text": "Region",
        "neighbours_text": "Similar areas, lowest to highest",
        "range_text": "All areas, lowest to highest",
    }
    return {title: [getattr(row, name) for row in rows] for name, title in columns.items()}


def spine_cards(rows: Sequence[SpineRow], area: str, country: str) -> str:
    """Write the rows as a list for screens too narrow for the drawing, from the same cells."""
    lists = []
    for objective, together in groupby(rows, key=lambda row: row.objective):
        cards = "".join(_card(row, area, country) for row in together)
        lists.append(f'<p class="cards-head">{escape(objective)}</p><ul class="cards">{cards}</ul>')
    return "".join(lists)


def _card(row: SpineRow, area: str, country: str) -> str:
    name, period, value, theirs, verdict, rank = map(
        escape,
        (row.indicator, row.period, row.value_text, row.country_text, row.verdict, row.rank_text),
    )
    return (
        f'<li class="card card-{row.look.replace(" ", "-")}"><strong>{name}</strong> ({period}): '
        f'<span class="card-values">{escape(area)} <strong>{value}</strong>, '
        f"{escape(country)} {theirs}. </span>"
        f'<span class="card-verdict">{upper_first(verdict)}{rank and f"; {rank}"}.'
        "</span></li>"
    )
