"""What is the same for every area of a pack: its peers' figures, its tiers, who is thanked.

Each function is for `Pack.shared`: worked out once, whichever area asks first.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.areas import is_upper_tier
from ineqlib.observations import HAS_VALUE
from ineqlib.pack import Pack

PEER_COLUMNS = [
    *("indicator_id", "area_code", "area_name", "period_start", "period_end", "sex", "age"),
    *("value", "lower_ci", "upper_ci", "status"),
]
LOOKED_INTO = ("area_code", "period_start", "period_end", "sex", "age", "value")


@dataclass(frozen=True)
class Tiers:
    """Codes of the current areas of each tier.

    Parameters
    ----------
    counties
        The upper tier of two-tier areas.
    lower, upper
        All that run lower-tier, and all that run upper-tier services.
    """

    counties: frozenset[str]
    lower: frozenset[str]
    upper: frozenset[str]

    def of(self, code: str) -> frozenset[str]:
        """Return the areas of the same tier as `code`."""
        return self.upper if code in self.counties else self.lower


class PeerRows:
    """Every current lower-tier and upper-tier area's rows of one indicator with a value."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._rows = rows
        self._columns = {name: rows[name].to_numpy() for name in LOOKED_INTO}

    def same_period(self, newest: pd.Series) -> pd.DataFrame:
        """Return the rows of the same sex, age and period as `newest`."""
        return self._rows.take(self._positions(newest))

    def values(self, newest: pd.Series) -> tuple[list[str], NDArray[np.float64]]:
        """Return code and value of those rows."""
        where = self._positions(newest)
        return self._columns["area_code"][where].tolist(), self._columns["value"][where]

    def _positions(self, newest: pd.Series) -> NDArray[np.intp]:
        held = self._columns
        start, end = (newest[name].to_datetime64() for name in ("period_start", "period_end"))
        of_period = np.flatnonzero((held["period_start"] == start) & (held["period_end"] == end))
        same = [held[name][of_period] == newest[name] for name in ("sex", "age")]
        return of_period[same[0] & same[1]]


def tiers(pack: Pack) -> Tiers:
    """Sort the current areas of a pack by tier."""
    areas = pack.areas[~pack.areas["ended"]]
    of_type = {kind: frozenset(rows) for kind, rows in areas.groupby("area_type")["area_code"]}
    return Tiers(
        of_type.get("utla", frozenset()),
        of_type.get("lad", frozenset()),
        frozenset(code for code in areas["area_code"] if is_upper_tier(code)),
    )


def peer_rows(pack: Pack, indicators: tuple[str, ...]) -> dict[str, PeerRows]:
    """Read the peers' rows of each indicator that has any."""
    held = tiers(pack)
    rows = pack.observations(
        indicator=list(indicators),
        area=sorted(held.counties | held.lower),
        dimension="",
        columns=PEER_COLUMNS,
    )
    rows = rows[rows["status"].isin(HAS_VALUE)]
    return {str(name): PeerRows(found) for name, found in rows.groupby("indicator_id", sort=False)}


def area_deprivation(pack: Pack) -> pd.DataFrame:
    """Read the areas' deprivation."""
    found: pd.DataFrame = pack.table("area_deprivation")
    return found


def attributions(pack: Pack) -> dict[str, str]:
    """Read how each source asks to be named."""
    return dict(zip(pack.sources["source_id"], pack.sources["attribution"], strict=True))
