"""Which areas are alike: as publishers list them, and by a distance of our own."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from ineqlib.catalogue.indices import newest_index
from ineqlib.facts.profile import Profile
from ineqlib.facts.shared import ALIKE
from ineqlib.pack import Pack

OWN_METHOD = "deprivation profile and size"
PROFILE = {
    "size": "how many neighbourhoods it has, on a log scale",
    "average deprivation": "the average rank of its neighbourhoods by deprivation",
    "spread of deprivation": "how far their ranks lie apart (standard deviation)",
    "share most deprived": "the share of them in the country's most deprived fifth",
    "share least deprived": "the share of them in its least deprived fifth",
}
"""What an area is described by, and in words."""
Neighbours = Mapping[str, tuple[str, ...]]


def profiles(pack: Pack) -> pd.DataFrame:
    """Describe every district by `PROFILE`, a row each by code; empty where the pack cannot."""
    if not pack.has("small_areas"):
        return pd.DataFrame(columns=list(PROFILE))
    rows = pack.table("small_areas", columns=["area_code", "index", "rank", "decile"])
    rows = rows[rows["index"] == newest_index(rows["index"].unique())]
    share = rows["rank"] / rows["rank"].max()
    parts = {
        "size": np.log(rows.groupby("area_code").size()),
        "average deprivation": share.groupby(rows["area_code"]).mean(),
        "spread of deprivation": share.groupby(rows["area_code"]).std().fillna(0.0),
        "share most deprived": (rows["decile"] <= 2).groupby(rows["area_code"]).mean(),
        "share least deprived": (rows["decile"] >= 9).groupby(rows["area_code"]).mean(),
    }
    return pd.DataFrame(parts)


def profiles_of(pack: Pack, codes: Collection[str]) -> pd.DataFrame:
    """Describe some areas; a county by the neighbourhoods of all its districts."""
    districts = pack.shared(profiles)
    counties = [code for code in codes if code not in districts.index]
    whole = districts.loc[[code for code in codes if code in districts.index]]
    if not counties or not pack.has("small_areas"):
        return whole
    by_county = {code: _of_districts(districts, pack.districts_within(code)) for code in counties}
    known = {code: row for code, row in by_county.items() if row is not None}
    of_counties = pd.DataFrame.from_dict(known, orient="index", columns=list(PROFILE))
    return pd.concat([part for part in (whole, of_counties) if len(part)])


def _of_districts(districts: pd.DataFrame, parts: Sequence[str]) -> list[float] | None:
    """Join the descriptions of districts as if their neighbourhoods had been described at once."""
    rows = districts.reindex(parts).dropna()
    if len(rows) < len(parts) or not len(parts):
        return None
    count = np.exp(rows["size"])
    total = count.sum()
    size, average, spread, *shares = PROFILE
    means = {name: float((count * rows[name]).sum() / total) for name in (average, *shares)}
    off = rows[average] - means[average]
    apart = (count * (rows[spread] ** 2 + off**2)).sum() / total
    joined = {size: float(np.log(total)), spread: float(apart**0.5), **means}
    return [joined[name] for name in PROFILE]


def nearest_by(table: pd.DataFrame, code: str, *, without: str = "") -> tuple[str, ...]:
    """Return the areas nearest to one, the nearest first.

    The distance is Euclid's, each part of the description over its standard deviation in all.
    """
    columns = [name for name in table.columns if name != without]
    values = table[columns].to_numpy(dtype=float)
    spread = values.std(axis=0)
    scaled = values / np.where(spread > 0, spread, 1.0)
    here = table.index.get_loc(code)
    distance = np.sqrt(((scaled - scaled[here]) ** 2).sum(axis=1))
    order = [at for at in np.argsort(distance, kind="stable") if at != here]
    return tuple(str(table.index[at]) for at in order[:ALIKE])


def sets_of(profile: Profile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every set of the areas most like one, with how it was chosen, the usual one first.

    Publishers' lists come first, then our own distance, then that with one part left out.
    """
    pack, code = profile.pack, profile.area.code
    if profile.neighbours:
        yield profile.neighbour_method, profile.neighbours
        listed = pack.table("neighbours", [("area_code", "==", code)])
        for method in sorted(set(listed["method"]) - {profile.neighbour_method}):
            yield str(method), pack.neighbours(code, ALIKE, method=str(method)).codes
    table = profiles_of(pack, sorted(profile.tier | {code}))
    if code not in table.index or len(table) <= ALIKE:
        return
    yield OWN_METHOD, nearest_by(table, code)
    for part in PROFILE:
        yield f"{OWN_METHOD}, without {part}", nearest_by(table, code, without=part)


def most_like(profile: Profile) -> tuple[tuple[str, ...], str]:
    """Return the areas most like one and how they were chosen; nobody where that cannot be told."""
    method, codes = next(sets_of(profile), ("", ()))
    return tuple(codes), method


def most_like_with_figures(
    profile: Profile, there: Collection[str], fewest: int
) -> tuple[tuple[str, ...], str]:
    """Return the areas most like one; by our own distance among those with figures, if few have."""
    codes, method = most_like(profile)
    if sum(code in there for code in codes) >= fewest:
        return codes, method
    table = profiles_of(profile.pack, sorted(there))
    if profile.area.code not in table.index or len(table) <= ALIKE:
        return codes, method
    return nearest_by(table, profile.area.code), OWN_METHOD
