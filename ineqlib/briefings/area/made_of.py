"""What a briefing says of an area that is no authority, but made of others."""

from ineqlib.errors import listed
from ineqlib.facts.profile import Profile

MOST_NAMED = 12


def made_of(profile: Profile) -> str:
    """Say what an area of one's own is made of, and who made its figures; empty for any other."""
    parts = profile.pack.parts(profile.area.code)
    if parts.empty:
        return ""
    kind = parts["own_type"].iloc[0]
    return (
        f"{profile.area.name} is a {kind}, made of {listed(parts['part_name'], MOST_NAMED)}. Its "
        "figures are added up from those of its parts by ineqlib, where their counts allow it; no "
        "publisher stands behind them."
    )
