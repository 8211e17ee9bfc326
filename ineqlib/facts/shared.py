"""What is the same for every area of a pack: its peers' figures, its tiers, who is thanked.

Each function is for `Pack.shared`: worked out once, whichever area asks first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.areas import is_upper_tier
from ineqlib.estimate import LIMITS_APART
from ineqlib.facts.rows import Row, read_rows
from ineqlib.observations import HAS_VALUE, NO_PUBLISHER
from ineqlib.pack import Pack
from ineqlib.pack.neighbours import preferred

PEER_COLUMNS = [
    *("indicator_id", "area_code", "area_name", "period_start", "period_end", "sex", "age"),
    *("value", "lower_ci", "upper_ci", "row"),
]
PEER_KEY = ["indicator_id", "period_start", "period_end", "sex", "age"]
WIDER = {"region", "country"}
"""Comparators that many areas have in common."""
ALIKE = 15
"""Areas most like one that it is compared with, as `Pack.neighbours` gives them."""
NOWHERE = np.array([], dtype=np.intp)


@dataclass(frozen=True)
class Tiers:
    """Codes of the current areas of each tier."""

    counties: frozenset[str]
    """The upper tier of two-tier areas."""
    lower: frozenset[str]
    upper: frozenset[str]
    """All that run lower-tier, and all that run upper-tier services."""

    def of(self, code: str) -> frozenset[str]:
        """Return the areas of the same tier as `code`."""
        return self.upper if code in self.counties else self.lower


class Peer(NamedTuple):
    """One figure of one area."""

    area_code: str
    area_name: str
    value: float
    row: int


class Peers:
    """Every current lower-tier and upper-tier area's figures, by indicator and `when_and_who`.

    Parameters
    ----------
    rows
        `PEER_COLUMNS` of the rows with a value.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        numbers, areas = pd.factorize(rows["area_code"])
        self._codes, self._area = areas.tolist(), numbers
        first = np.unique(numbers, return_index=True)[1]
        self._names = dict(zip(self._codes, rows["area_name"].iloc[first], strict=True))
        self._values, self._rows = rows["value"].to_numpy(), rows["row"].to_numpy()
        self._limits = rows[["lower_ci", "upper_ci"]].to_numpy()
        self._where = rows.groupby(PEER_KEY, sort=False).indices

    def are(self, codes: Collection[str]) -> NDArray[np.bool_]:
        """Tell which areas are among some codes, for `values`."""
        return np.array([code in codes for code in self._codes], dtype=bool)

    def values(self, row: Row, among: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the figures comparable with a row, of the areas that `are` tells."""
        return self._values[self._positions(row, among)]

    def table(
        self,
        keys: Sequence[tuple[object, ...]],
        among: NDArray[np.bool_],
        of: Literal["value", "se"] = "value",
    ) -> NDArray[np.float64]:
        """Return figures, or their errors, by key (`PEER_KEY`), of areas, one a column; or NaN."""
        column = self._values if of == "value" else self._se
        figures = np.full((len(keys), len(self._codes)), np.nan)
        for figure, key in zip(figures, keys, strict=True):
            same = self._where.get(key, NOWHERE)
            figure[self._area[same]] = column[same]
        return figures[:, among]

    @cached_property
    def _se(self) -> NDArray[np.float64]:
        """Standard error of each figure by its interval; NaN without one."""
        return np.asarray((self._limits[:, 1] - self._limits[:, 0]) / LIMITS_APART)

    def ends(self, row: Row, among: NDArray[np.bool_]) -> tuple[Peer, Peer]:
        """Return the lowest and the highest of these figures, of which there must be some."""
        positions = self._positions(row, among)
        values = self._values[positions]
        lowest, highest = (self._peer(positions[at]) for at in (values.argmin(), values.argmax()))
        return lowest, highest

    def _positions(self, row: Row, among: NDArray[np.bool_]) -> NDArray[np.intp]:
        same = self._where.get((row.indicator_id, *row.when_and_who), NOWHERE)
        return same[among[self._area[same]]]

    def _peer(self, position: int) -> Peer:
        code = self._codes[self._area[position]]
        figure = self._values[position].item(), self._rows[position].item()
        return Peer(code, self._names[code], *figure)


def tiers(pack: Pack) -> Tiers:
    """Sort the current areas of a pack by tier."""
    areas = pack.areas[~pack.areas["ended"]]
    of_type = {kind: frozenset(rows) for kind, rows in areas.groupby("area_type")["area_code"]}
    return Tiers(
        of_type.get("utla", frozenset()),
        of_type.get("lad", frozenset()),
        frozenset(code for code in areas["area_code"] if is_upper_tier(code)),
    )


def read_peers(pack: Pack, indicators: tuple[str, ...]) -> Peers:
    """Read the peers' figures of some indicators."""
    by_tier = tiers(pack)
    wanted = {
        "indicator_id": indicators,
        "area_code": sorted(by_tier.counties | by_tier.lower),
        "dimension": [""],
        "status": HAS_VALUE,
    }
    filters = [(column, "in", values) for column, values in wanted.items()]
    return Peers(pack.table("observations", filters, PEER_COLUMNS))


def wider_rows(pack: Pack, indicators: tuple[str, ...]) -> dict[str, list[Row]]:
    """Read the rows of every region and country, by its code."""
    roles = {code: role for role in WIDER for code in pack.areas[f"{role}_code"].unique() if code}
    rows: dict[str, list[Row]] = {code: [] for code in roles}
    for row in read_rows(pack, indicators, *roles.items()):
        rows[row.area_code].append(row)
    return rows


def area_deprivation(pack: Pack) -> dict[str, dict[str, float]]:
    """Read the areas' average scores, by index and area code."""
    table = pack.table("area_deprivation")
    return {
        str(index): dict(zip(rows["area_code"], rows["average_score"].tolist(), strict=True))
        for index, rows in table.groupby("index")
    }


def most_alike(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Read the areas most like each, the nearest first, by the method that briefings use."""
    if not pack.has("neighbours"):
        return {}
    table = pack.table("neighbours").sort_values("rank")
    table = table[table["rank"] <= ALIKE]
    methods = sorted(table["method"].unique(), key=preferred)
    by_area: dict[str, tuple[str, ...]] = {}
    for method in methods:  # the one to take comes last
        of_method = table[table["method"] == method].groupby("area_code")["neighbour_code"]
        by_area |= {str(code): tuple(codes) for code, codes in of_method}
    return by_area


def area_names(pack: Pack) -> dict[str, str]:
    """Read the name of each area, current or ended, by its code."""
    return dict(zip(pack.areas["area_code"], pack.areas["area_name"], strict=True))


def attributions(pack: Pack) -> dict[str, str]:
    """Read how each source asks to be named."""
    return dict(zip(pack.sources["source_id"], pack.sources["attribution"], strict=True))


def publishers(pack: Pack) -> dict[str, str]:
    """Read who published each source, or the source's title where nobody is named."""
    columns = (pack.sources[name] for name in ("source_id", "publisher", "title"))
    return {
        source: title if publisher in ("", NO_PUBLISHER) else publisher
        for source, publisher, title in zip(*columns, strict=True)
    }
