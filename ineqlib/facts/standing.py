"""Where an area stands: its rank among the areas of its tier and among those most like it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ineqlib.areas import OWN_AREA
from ineqlib.catalogue import Indicator
from ineqlib.facts.fact import Fact, derived
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row

FEWEST_RANKED = 20
"""A place among fewer areas than this says little."""

CountedFrom = Literal["worst", "highest"]


@dataclass(frozen=True)
class Standing:
    """The rank of one figure."""

    rank: Fact
    """1 is the worst, or the highest where high is neither good nor bad; equal figures share the
    smaller rank."""
    among: Fact
    """How many areas of the tier have a figure in the period, this one included."""
    counted_from: CountedFrom
    """From which end `rank` counts."""
    near_better: Fact | None = None
    near_among: Fact | None = None
    """How many of the nearest neighbours do better, and how many have a figure; None where there
    are no neighbours, or high is neither good nor bad."""
    from_other_end: Fact | None = None
    """The rank counted from the best, or the lowest; None in the half that `rank` tells well."""

    @property
    def share(self) -> float:
        """Share of the areas that stand here or further towards the end counted from."""
        return self.rank.value / self.among.value


def standing(
    profile: Profile, indicator: Indicator, row: Row, values: NDArray[np.float64], about: Fact
) -> Standing | None:
    """Rank the area's figure among those of its tier.

    None among too few, without a figure, or for what is no area of the tier: a region, the country
    or an area of one's own holds or overlaps those that it would be ranked among.
    """
    area = profile.area
    is_other = area.area_type == OWN_AREA or area.code not in profile.tier
    if is_other or not row.has_value or len(values) < FEWEST_RANKED:
        return None
    rank, counted_from = rank_of(row.value, values, indicator.polarity)

    def count(name: str, number: float, method: str) -> Fact:
        return derived(about, name, number, decimals=0, unit="", method=method)

    end = "the highest" if counted_from == "highest" else "the worst"
    parts = {
        "rank": count("rank", rank, f"rank among {len(values)} areas of the tier, 1 is {end}"),
        "among": count("ranked", len(values), "areas of the tier with a figure"),
    }
    if rank > len(values) / 2:
        before = values > row.value if indicator.polarity == "favourable" else values < row.value
        method = f"rank among {len(values)} areas of the tier from the other end than {end}"
        parts["from_other_end"] = count("rank-from-other-end", before.sum() + 1, method)
    near = profile.peers.values(row, profile.near)
    if len(near) and counted_from == "worst":
        better = near > row.value if indicator.polarity == "favourable" else near < row.value
        parts["near_better"] = count(
            "neighbours-better", better.sum(), "nearest neighbours with a better figure"
        )
        parts["near_among"] = count("neighbours", len(near), "nearest neighbours with a figure")
    return Standing(counted_from=counted_from, **parts)


def rank_of(value: float, values: NDArray[np.float64], polarity: str) -> tuple[int, CountedFrom]:
    """Return the rank of a value among `values`, and from which end it counts."""
    beyond = values < value if polarity == "favourable" else values > value
    return int(beyond.sum()) + 1, "highest" if polarity == "neutral" else "worst"
