"""Values that are ten or a hundred times what the same series is elsewhere."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.sources.plausible.finding import Context, Doubt

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

_SERIES = "indicator_id sex age dimension subgroup".split()
_PERIOD = [*_SERIES, "area_type", "period_start", "period_end"]


def jump_between_periods(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find a value that is 10, 100 ... times, or a tenth of, the area's other periods."""
    # One year is not compared with several put together.
    months = (rows["period_end"] - rows["period_start"]).dt.days // 30
    jumps = _jumps(rows.assign(months=months), [*_SERIES, "area_code", "months"], PERIODS_SPREAD)
    if jumps.any():
        # Surveys of few people jump; what others have in that period too is no fault.
        jumps &= _is_extreme(rows, jumps)
    if jumps.any():
        yield Doubt(jumps, "a value like the area's other periods, not 10 or 100 times as much")


def jump_between_areas(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find a value that is 10, 100 ... times, or a tenth of, that of every other area."""
    jumps = _jumps(rows, _PERIOD, AREAS_SPREAD) & ~rows["area_code"].isin(UNLIKE_OTHERS)
    if jumps.any():
        yield Doubt(jumps, "a value like every other area's, not 10 or 100 times as much")


def _is_extreme(rows: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    """Tell which of the chosen values no other area reaches in the same period."""
    group = rows.groupby(_PERIOD, sort=False).ngroup()
    value = rows["value"].where(group.isin(group[chosen]))
    values = value.groupby(group)
    return (value <= values.transform("min")) | (value >= values.transform("max"))


def _jumps(rows: pd.DataFrame, where: list[str], spread: float) -> pd.Series:
    """Tell which values lie a power of ten from the rest of their group, all of which agree."""
    power = np.log10(rows["value"].where(rows["value"] > 0))
    group = rows.groupby(where, sort=False).ngroup()
    from_usual = power - power.groupby(group).transform("median")
    nearest = from_usual.round()
    off = nearest.ne(0) & ((from_usual - nearest).abs() < CLOSE)
    if not off.any():
        return off
    touched = group.isin(group[off])
    power, group, off_here = power[touched], group[touched], off[touched]
    rest = power.mask(off_here).groupby(group)
    agree = (rest.transform("max") - rest.transform("min")) <= spread
    few = off_here.groupby(group).transform("sum") * 3 <= rest.transform("count")
    enough = rest.transform("count") >= FEWEST
    found = off.copy()
    found[touched] = off_here & agree & few & enough
    return found
