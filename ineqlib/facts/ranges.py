"""The lowest and the highest figure of the areas that an area is among."""

from dataclasses import dataclass

import numpy as np

from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series

COVERED = 0.9
FEWEST_NEIGHBOURS = 8


@dataclass(frozen=True)
class Range:
    """The lowest and the highest figure of several areas, in the period compared."""

    values: np.ndarray
    """All their figures."""
    lowest: Fact
    highest: Fact
    coverage: tuple[Fact, Fact] | None = None
    """How many have one and how many areas there are, where that is not nearly every area."""

    @property
    def is_covered(self) -> bool:
        """Whether nearly every area has a figure, so that the range means something."""
        return self.coverage is None


def range_of(profile: Profile, series: Series, newest: Row, of: str) -> Range | None:
    """Return the range of all areas of the tier, or of the neighbours; None where there is none."""
    among, expected, fewest = {
        "areas": (profile.of_tier, len(profile.tier), 1),
        "neighbours": (profile.near, len(profile.neighbours), FEWEST_NEIGHBOURS),
    }[of]
    values = profile.peers.values(newest, among)
    if len(values) < fewest:
        return None
    # Of this fact only what it is about is taken: the area's own figure may be withheld.
    about = published(
        newest if newest.has_value else newest._replace(value=0.0), series.indicator.decimals
    )
    lowest, highest = (
        derived(
            about,
            f"{name}-of-{of}",
            peer.value,
            area_code=peer.area_code,
            area_name=peer.area_name,
            rows=(peer.row,),
            method=f"{name} of {len(values)} {of}",
        )
        for name, peer in zip(("lowest", "highest"), profile.peers.ends(newest, among), strict=True)
    )
    if len(values) >= COVERED * expected:
        return Range(values, lowest, highest)
    counts = (("counted", len(values)), ("expected", expected))
    counted, total = (
        derived(about, f"{name}-{of}", count, decimals=0, unit="", rows=(), method=f"{of} {name}")
        for name, count in counts
    )
    return Range(values, lowest, highest, (counted, total))
