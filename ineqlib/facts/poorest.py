"""Our poorest neighbourhoods beside the country's poorest, like with like."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ineqlib.catalogue import Indicator
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.profile import Profile
from ineqlib.facts.series import one_definition, same_period
from ineqlib.observations import HAS_VALUE, split_dimension
from ineqlib.text import series_name


@dataclass(frozen=True)
class Poorest:
    """The most deprived group here and nationally, and both averages, in one period.

    Parameters
    ----------
    like_for_like
        True where both groups are cut by the same national threshold; False where ours is the most
        deprived part of the area by its own ranking, which an affluent area has too.
    facts
        By role: ``area_poorest``, ``country_poorest``, and the averages where published.
    """

    indicator: Indicator
    sex: str
    period: str
    group: str
    like_for_like: bool
    facts: dict[str, Fact]

    @property
    def name(self) -> str:
        """The indicator's public name and whose figure it is."""
        return series_name(self.indicator.public_name, self.sex)


def poorest_groups(profile: Profile) -> Iterator[Poorest]:
    """Yield each indicator that has a figure for the most deprived group here and nationally."""
    rows = profile.observations
    first = rows[(rows["subgroup_order"] == 1) & rows["status"].isin(HAS_VALUE)]
    parts = [split_dimension(dimension) for dimension in first["dimension"]]
    first = first.assign(
        kind=pd.Series([kind for kind, _ in parts], index=first.index, dtype="str"),
        index=pd.Series([index for _, index in parts], index=first.index, dtype="str"),
    )
    for indicator in profile.indicators:
        of_indicator = first[first["indicator_id"] == indicator.id]
        if of_indicator.empty:
            continue
        of_indicator = one_definition(of_indicator, indicator)
        national = of_indicator["kind"].str.startswith("national_deprivation")
        national &= of_indicator["role"] == "country"
        for _, found in of_indicator[national].groupby("sex", sort=False):
            pair = _newest_pair(of_indicator, found)
            if pair is not None:
                yield _beside(profile, indicator, *pair)


def _newest_pair(first: pd.DataFrame, national: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """The newest national figure the area has a match for; fifths before tenths."""
    newest_first = national.sort_values(["period_end", "kind"], ascending=False)
    for _, country in newest_first.iterrows():
        here = _ours(first, country)
        if here is not None:
            return here, country
    return None


def _ours(first: pd.DataFrame, country: pd.Series) -> pd.Series | None:
    """The area's own row that may stand beside `country`: same figure, period, index and cut."""
    cut = country["kind"].removeprefix("national_")
    same = same_period(first, country)
    same = same[
        (same["role"] == "area")
        & (same["index"] == country["index"])
        & same["kind"].isin([f"national_{cut}", f"local_{cut}"])
    ]
    found = same.sort_values("kind", ascending=False)
    return None if found.empty else found.iloc[0]


def _beside(profile: Profile, indicator: Indicator, here: pd.Series, country: pd.Series) -> Poorest:
    totals = profile.totals[profile.totals["indicator_id"] == indicator.id]
    averages = same_period(totals, here)
    averages = averages[
        averages["status"].isin(HAS_VALUE) & averages["role"].isin(["area", "country"])
    ]
    found = {"area_poorest": here, "country_poorest": country} | {
        f"{row['role']}_average": row for _, row in averages.iterrows()
    }
    return Poorest(
        indicator,
        str(here["sex"]),
        str(here["period"]),
        "fifth" if "quintile" in here["kind"] else "tenth",
        bool(here["kind"] == country["kind"]),
        {role: profile.book.add(published(row, indicator.decimals)) for role, row in found.items()},
    )
