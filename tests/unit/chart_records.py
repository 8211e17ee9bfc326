"""What charts are made of, from plain numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from ineqlib.charts.spine_chart import SpineRow
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.deprivation import Tenth
from ineqlib.facts.deprivation_line import DeprivationLine, LineEnd, PeerPoint
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import GroupPoint
from ineqlib.facts.series import TrendPoint
from ineqlib.text import MARKS, number, with_unit

Limits = tuple[float, float] | None


def a_fact(
    value: float,
    unit: str = "years",
    decimals: int = 1,
    limits: Limits = None,
    status: str = "ok",
    **details: Any,
) -> Fact:
    """Make a fact, shown as `facts.fact.published` would show it."""
    mark = MARKS.get(status, "")
    lower, upper = limits or (None, None)
    return Fact(
        **{
            "id": f"fact-{value}",
            "value": value,
            "text": f"{with_unit(number(value, decimals), unit)} {mark}".rstrip(),
            "decimals": decimals,
            "unit": unit,
            "lower_ci": lower,
            "upper_ci": upper,
            "mark": mark,
            **details,
        }
    )


def trend_point(
    role: str,
    place: str,
    year: int,
    value: float | None,
    *,
    limits: Limits = None,
    segment: int = 0,
    status: str = "ok",
) -> TrendPoint:
    """Make the point of three years together, the first being `year`."""
    return TrendPoint(
        role=role,
        place=place,
        period=f"{year} - {(2 + year) % 100:02d}",
        middle=datetime(year + 1, 7, 1),
        segment=segment,
        status=status,
        fact=None if value is None else a_fact(value, limits=limits, status=status),
    )


def group_points(values: Sequence[float | None], status: str = "not_available") -> list[GroupPoint]:
    """Make groups of equal size; `status` says why a value is not there."""
    share = 1 / len(values)
    return [
        GroupPoint(
            order=place + 1,
            label=f"Group {place + 1}",
            status=status if value is None else "ok",
            start=place * share,
            end=(place + 1) * share,
            share=a_fact(100 * share, "%"),
            fact=None if value is None else a_fact(value, limits=(value - 1, value + 1)),
        )
        for place, value in enumerate(values)
    ]


def line_ends(*ends: tuple[float, float]) -> tuple[LineEnd, ...]:
    """Make the ends of a fitted line from position and value."""
    return tuple(LineEnd(position, a_fact(value)) for position, value in ends)


def peer_point(
    name: str, role: str, deprivation: float, value: float, limits: Limits = None
) -> PeerPoint:
    """Make one area of a tier; its name is its code too."""
    return PeerPoint(name, name, role, a_fact(deprivation, "score"), a_fact(value, limits=limits))


def deprivation_line_of(*points: PeerPoint) -> DeprivationLine:
    """Put areas on a line from 83 years at a score of 5 to 77 years at one of 45."""
    return DeprivationLine(
        comparison=cast(Comparison, None),  # the chart looks at the areas and the line alone
        index="iod2025",
        points=points,
        comparators="Similar areas",
        line=line_ends((5.0, 83.0), (45.0, 77.0)),
        expected=a_fact(82.25),
        beyond=a_fact(1.75),
    )


def tenths(shares: Sequence[float]) -> list[Tenth]:
    """Make the national tenths from the shares of an area of a thousand people."""
    return [
        Tenth(decile, a_fact(10 * share, "", 0), a_fact(share, "%"))
        for decile, share in enumerate(shares, start=1)
    ]


def spine_row(indicator: str, verdict: str, **changes: Any) -> SpineRow:
    """Make a row with a county, without a region."""
    return SpineRow(
        **{
            "objective": "Early years",
            "indicator": indicator,
            "period": "2021 - 23",
            "value_text": "81.2 years",
            "interval_text": "80.4 to 82.0",
            "country_text": "80.1 years",
            "county_text": "80.9 years",
            "region_text": "[z]",
            "neighbours_text": "79.0 to 81.5",
            "range_text": "74.4 to 84.2",
            "trend_text": "increasing",
            "verdict": verdict,
            "rank_text": "rank 12 of 296",
            "look": verdict,
            "is_neutral": False,
            "position": 0.4,
            "position_lower": 0.2,
            "position_upper": 0.6,
            "county_position": 0.1,
            "neighbour_low": -0.3,
            "neighbour_high": 0.3,
            "lowest": -0.9,
            "highest": 1.0,
            **changes,
        }
    )
