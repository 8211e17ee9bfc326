"""Values that are ten or a hundred times what the same series is elsewhere."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.plausible.groups import is_average

FEWEST = 4
"""Other values that must be there to say what is usual."""

CLOSE = 0.2
"""How near to a power of ten the factor must be, in powers of ten."""

PERIODS_SPREAD = np.log10(2.5)
"""The other values of an area must lie within this factor of each other."""

AREAS_SPREAD = np.log10(6)
"""The other areas' values must lie within this factor of each other."""

UNLIKE_OTHERS = ("E09000001", "E06000053")
"""The City of London and the Isles of Scilly: too few people live there to be like other areas."""

_LARGE = ("country", "region", "utla", "lad")
"""Types of area of which each is made of others."""

NEIGHBOURS_SPREAD = np.log10(1.5)
"""The values before and after must lie within this factor of each other."""

EXTREME = 1.5
"""By what factor a value must lie outside those of the other areas in its period."""

FEWEST_AREAS = 2
"""Areas that must change alike before the scale is doubted."""

SCALE_SPREAD = 0.15
"""How far from each other, and from a power of ten, their changes may be, in powers of ten."""

_SERIES = "indicator_id sex age dimension subgroup".split()
_PERIOD = [*_SERIES, "area_type", "period_start", "period_end"]


def jump_between_periods(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find a value that is 10, 100 ... times, or a tenth of, the area's other periods.

    All others if those agree, or else the one before and the one after.
    """
    chosen = _far_apart(rows, ["indicator_id", "area_code"])
    if chosen.empty:
        return
    power = _power(chosen)
    # One year is not compared with several put together.
    months = (chosen["period_end"] - chosen["period_start"]).dt.days // 30
    group = chosen.groupby([*_SERIES, "area_code", months], sort=False).ngroup()
    jumps = _jumps(power, group, PERIODS_SPREAD) | _spikes(power, group, chosen["period_start"])
    if not jumps.any():
        return
    # Surveys of few people jump; what others have in that period too is no fault.
    doubted = jumps.reindex(rows.index, fill_value=False)
    doubted &= _is_extreme(rows, doubted)
    if doubted.any():
        yield Doubt(doubted, "a value like the area's other periods, not 10 or 100 times as much")


def jump_between_areas(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find a value that is 10, 100 ... times, or a tenth of, that of every other area.

    Of its type; and of shares and rates also of England, regions and counties beside districts.
    """
    chosen = _far_apart(rows, ["indicator_id", "period_start", "period_end"])
    if chosen.empty:
        return
    group = chosen.groupby(_PERIOD, sort=False).ngroup()
    jumps = _jumps(_power(chosen), group, AREAS_SPREAD)
    large = chosen[chosen["area_type"].isin(_LARGE) & is_average(rows.loc[chosen.index])]
    period = large.groupby([*_SERIES, "period_start", "period_end"], sort=False).ngroup()
    apart = _jumps(_power(large), period, AREAS_SPREAD) & large["area_type"].ne("lad")
    jumps |= apart.reindex(jumps.index, fill_value=False)
    jumps &= ~chosen["area_code"].isin(UNLIKE_OTHERS)
    if jumps.any():
        doubted = jumps.reindex(rows.index, fill_value=False)
        yield Doubt(doubted, "a value like every other area's, not 10 or 100 times as much")


def scale_changes(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find periods from which on every area has 10, 100 ... times what it had in the one before.

    As where one year's rates are per 1,000 and the next year's per 100,000.
    """
    power = _power(rows)
    if not power.max() - power.min() > 1 - CLOSE:
        return
    order = rows["period_start"].sort_values(kind="stable").index
    months = (rows["period_end"] - rows["period_start"]).dt.days // 30
    keys = [*(rows[name] for name in [*_SERIES, "area_code"]), months]
    before = power[order].groupby([key[order] for key in keys], sort=False).shift()
    step = power - before[power.index]
    period = [*(rows[name] for name in [*_SERIES, "period_start", "period_end"])]
    steps = step.groupby(period, sort=False)
    few, low, high = (steps.transform(what) for what in ("count", "min", "max"))
    alike = (few >= FEWEST_AREAS) & (high - low <= SCALE_SPREAD) & (low.round() == high.round())
    changed = alike & step.notna() & _near_a_ten((low + high) / 2, SCALE_SPREAD)
    if changed.any():
        yield Doubt(changed, "values on the scale of the period before, not 10 or 100 times it")


def jump_between_groups(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find a value that is 10, 100 ... times, or a tenth of, that of every other group there."""
    keys = [*_PERIOD, "area_code"]
    keys.remove("subgroup")
    is_group = rows["subgroup_order"].notna()
    if not is_group.any():
        return
    ordered = _far_apart(rows[is_group], ["indicator_id", "area_code", "period_start"])
    if ordered.empty:
        return
    jumps = _jumps(_power(ordered), ordered.groupby(keys, sort=False).ngroup(), AREAS_SPREAD)
    if jumps.any():
        doubted = jumps.reindex(rows.index, fill_value=False)
        yield Doubt(doubted, "a value like the other groups', not 10 or 100 times as much")


def _is_extreme(rows: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    """Tell which of the chosen values are far from all others of the same period."""
    group = rows.groupby(_PERIOD, sort=False).ngroup()
    touched = group.isin(group[chosen])
    others = rows["value"].where(touched & ~chosen).groupby(group)
    near = rows["value"] * EXTREME > others.transform("min")
    near &= rows["value"] < EXTREME * others.transform("max")
    return ~near


def _power(rows: pd.DataFrame) -> pd.Series:
    return np.log10(rows["value"].where(rows["value"] > 0))


def _far_apart(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the rows of which one value may be 10 times another that has the same keys.

    To compare by a few keys first takes a part of the time that all of them take.
    """
    power = _power(rows)
    if not power.max() - power.min() > 1 - CLOSE:
        return rows.iloc[:0]
    same = power.groupby([rows[name] for name in keys])
    span = same.transform("max") - same.transform("min")
    return rows.loc[span > 1 - CLOSE, [*_PERIOD, "area_code", "value"]]


def _jumps(power: pd.Series, group: pd.Series, spread: float) -> pd.Series:
    """Tell which values lie a power of ten from the rest of their group, all of which agree."""
    off = _near_a_ten(power - power.groupby(group).transform("median"))
    if not off.any():
        return off
    touched = group.isin(group[off])
    power, group, off_here = power[touched], group[touched], off[touched]
    rest = power.mask(off_here).groupby(group)
    agree = (rest.transform("max") - rest.transform("min")) <= spread
    few = off_here.groupby(group).transform("sum") * 3 <= rest.transform("count")
    enough = rest.transform("count") >= FEWEST
    is_jump = off.copy()
    is_jump[touched] = off_here & agree & few & enough
    return is_jump


def _spikes(power: pd.Series, group: pd.Series, start: pd.Series) -> pd.Series:
    """Tell which values lie a power of ten from both the one before and the one after."""
    order = start.sort_values(kind="stable").index
    in_order = power[order].groupby(group[order])
    before, after = (power - in_order.shift(step)[power.index] for step in (1, -1))
    alike = (before - after).abs() <= NEIGHBOURS_SPREAD
    both = _near_a_ten(before, CLOSE / 2) & _near_a_ten(after, CLOSE / 2)
    return alike & both & (before.round() == after.round())


def _near_a_ten(power: pd.Series, close: float = CLOSE) -> pd.Series:
    nearest = power.round()
    return nearest.ne(0) & ((power - nearest).abs() < close)
