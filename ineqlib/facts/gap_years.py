"""The slope inside a place in every period, and whether it has changed."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import stdtr

from ineqlib.catalogue import Indicator
from ineqlib.facts.change_over_time import SURE, WINDOW_YEARS
from ineqlib.facts.gradients import Gradient, gradient_of, newest_groups
from ineqlib.facts.inside import Closing, GapOverTime, change_between, change_of, way_of
from ineqlib.facts.noise_of_years import FEWEST_WITHOUT, years_between
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row, independent
from ineqlib.facts.series import TrendPoint, one_definition
from ineqlib.observations import SEXES, Dimension


def gradients_by_period(profile: Profile, indicator: Indicator) -> dict[str, list[Gradient]]:
    """Return the gradients of one indicator by sex, oldest first, cut as the newest is.

    Groups are the area's own; of a country, the country's. An older index of deprivation cuts
    other groups, so its periods are no part of the series.
    """
    whose = "national" if profile.area.area_type == "country" else "local"
    rows = [
        row
        for row in profile.rows
        if row.role == "area"
        and row.indicator_id == indicator.id
        and row.dimension
        and Dimension.parse(row.dimension).whose == whose
    ]
    if not rows:
        return {}
    rows = one_definition(rows, indicator)
    by_sex = {}
    for sex in sorted({row.sex for row in rows}, key=SEXES.index):
        own = [row for row in rows if row.sex == sex]
        dimension = newest_groups(own)[0].dimension
        periods = _by_period([row for row in own if row.dimension == dimension])
        gradients = [
            _gradient(indicator, groups)
            for groups in periods
            if any(row.has_value for row in groups)
        ]
        if gradients:
            by_sex[sex] = gradients
    return by_sex


def _by_period(rows: Sequence[Row]) -> list[list[Row]]:
    parts: dict[object, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.period_end, row.subgroup_order)):
        parts.setdefault(row.period_end, []).append(row)
    return list(parts.values())


def _gradient(indicator: Indicator, rows: list[Row]) -> Gradient:
    is_national = Dimension.parse(rows[0].dimension).is_national
    is_even = is_national and not any(row.denominator > 0 for row in rows)
    return gradient_of(indicator, rows, is_even=is_even)


def slope_points(slopes: Sequence[Gradient]) -> tuple[TrendPoint, ...]:
    """Return the slopes as points of a chart over time."""
    return tuple(
        TrendPoint(
            "area",
            inside.facts[0].area_name,
            inside.period,
            inside.rows[0].period_start + (inside.end - inside.rows[0].period_start) / 2,
            0,
            "ok",
            inside.sii,
        )
        for inside in slopes
    )


def gap_moved(slopes: Sequence[Gradient]) -> GapOverTime | None:
    """Compare the newest slope with the earliest that shares no year with it, in ten years."""
    rows = [_slope_row(inside) for inside in slopes]
    newest = rows[-1]
    apart = [
        at
        for at, row in enumerate(rows)
        if row.period_end < newest.period_start and years_between(row, newest) <= WINDOW_YEARS
    ]
    if not apart:
        return None
    before, after = slopes[apart[0]].sii, slopes[-1].sii
    if before is None or after is None:
        return None
    interval, verdict = change_between(rows[apart[0]], newest, None)
    if verdict == "cannot tell":
        verdict = _by_line(independent(rows))
    return GapOverTime(before, after, change_of("slope", before, after, interval), verdict)


def line_p(rows: Sequence[Row]) -> float:
    """p of no change, by a straight line through periods that share no year; NaN with too few.

    For slopes without intervals: how far they lie from their own line says how sure it is.
    """
    rows = [row for row in rows if years_between(row, rows[0]) <= WINDOW_YEARS]
    if len(rows) < FEWEST_WITHOUT:
        return math.nan
    years = [years_between(rows[-1], row) for row in rows]
    r = float(np.corrcoef(years, [row.value for row in rows])[0, 1])
    freedom = len(rows) - 2
    if not abs(r) < 1:  # all on one line, or all the same
        return 0.0 if abs(r) == 1 else 1.0
    return float(2 * stdtr(freedom, -abs(r) * math.sqrt(freedom / (1 - r * r))))


def _by_line(rows: Sequence[Row]) -> Closing:
    p = line_p(rows)
    if math.isnan(p):
        return "cannot tell"
    if p > SURE:
        return "no clear change"
    return way_of(rows[-1].value, rows[0].value)


def slope_p(slopes: Sequence[Gradient]) -> float:
    """p of no change of slopes without intervals; see `line_p`."""
    return line_p(independent([_slope_row(inside) for inside in slopes]))


def _slope_row(inside: Gradient) -> Row:
    nan = float("nan")
    slope = inside.sii
    low, high = (slope.limits if slope else None) or (nan, nan)
    return inside.rows[0]._replace(value=slope.value if slope else nan, lower_ci=low, upper_ci=high)
