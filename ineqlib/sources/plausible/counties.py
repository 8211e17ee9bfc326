"""Counts of counties against those of their districts, whichever files they stand in."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from ineqlib.errors import listed
from ineqlib.sources.plausible.finding import FEWEST, SLACK, Context, Doubt, counts_of
from ineqlib.sources.texts import stacked

ROUNDING = 5
"""What the counts of districts may be rounded to: their sum is off by half of it for each."""

DISTRICTS = {
    **{"E10000003": 5, "E10000007": 8, "E10000008": 8, "E10000011": 5, "E10000012": 12},
    **{"E10000013": 6, "E10000014": 11, "E10000015": 10, "E10000016": 12, "E10000017": 12},
    **{"E10000018": 7, "E10000019": 7, "E10000020": 7, "E10000024": 7, "E10000025": 5},
    **{"E10000028": 8, "E10000029": 5, "E10000030": 11, "E10000031": 5, "E10000032": 7},
    "E10000034": 6,
}
"""How many districts the counties of England have at least: a lookup may list only some of them."""

_SAME = "indicator_id period_start period_end sex age dimension".split()
_COUNTED = ("count", "denominator")


def county_sums(frames: list[pd.DataFrame], county_of: dict[str, str]) -> pd.DataFrame:
    """Return what the districts of each county count together.

    Parameters
    ----------
    frames
        Observations in the tidy contract, one frame per file.
    county_of
        Of each district of a county its county, all of one year.

    Returns
    -------
    DataFrame
        One row for each county and figure: of `count` and `denominator` the lowest and highest
        sum, where files differ, whether all districts have one, and by how much rounding may have
        changed the sum; and whether the lookup has only some districts of the county.
    """
    if not (frames and county_of):
        return pd.DataFrame()
    counties = set(county_of.values())
    counted = [_counted(frame, [*counties, *county_of]) for frame in frames]
    every = stacked([part for part in counted if len(part)] or counted[:1])
    is_county = every["area_code"].isin(counties)
    shared = every["indicator_id"][is_county].unique()
    every = every[~is_county & every["indicator_id"].isin(shared)]
    if every.empty:
        return pd.DataFrame()
    once = every.groupby([*_SAME, "area_code"], observed=True)[list(_COUNTED)].agg(["min", "max"])
    once.columns = ["_".join(name) for name in once.columns]
    once = once.reset_index()
    once["area_code"] = once["area_code"].astype("str").map(county_of)
    by_county = once.groupby([*_SAME, "area_code"], observed=True)
    sums = by_county.sum()
    county = sums.index.get_level_values("area_code")
    number = county.map(pd.Series(county_of).value_counts())
    places = [once[name] for name in [*_SAME, "area_code"]]
    for what in _COUNTED:
        counts = once[f"{what}_min"]
        is_rounded = (counts.isna() | (counts % ROUNDING == 0)).groupby(places, observed=True).all()
        sums[f"{what}_all"] = by_county[f"{what}_min"].count() == number
        sums[f"{what}_rounding"] = is_rounded * number * ROUNDING / 2
    return sums.assign(districts=number, some_listed=number < county.map(DISTRICTS).fillna(0))


def county_is_not_its_districts(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find counts of counties that their districts' counts do not make."""
    if context.counties is None or context.counties.empty:
        return
    indicators, counties = (
        context.counties.index.unique(name) for name in ("indicator_id", "area_code")
    )
    if indicators.intersection(rows["indicator_id"].unique()).empty:
        return
    here = _counted(rows, counties)
    if here.empty:
        return
    joined = here.join(context.counties, on=[*_SAME, "area_code"])
    for what in _COUNTED:
        low, high = joined[f"{what}_min"], joined[f"{what}_max"]
        slack = np.maximum(joined[f"{what}_rounding"].clip(lower=FEWEST), SLACK * high)
        more = joined[f"{what}_all"].eq(True) & (joined[what] - high > slack)
        # Of districts that are not listed a county may have more; ten times as many is a slip.
        wrong = (low - joined[what] > slack) | (
            more & (joined["some_listed"].ne(True) | _is_tenfold(joined[what] / high))
        )
        if wrong.any():
            told = listed(
                f"{row[what]:,g} in {row['area_code']}, {row['period']}, where its "
                f"{row['districts']:g} districts have {row[f'{what}_max']:,g}"
                for row in joined[wrong].to_dict("records")
            )
            yield Doubt(
                wrong.reindex(rows.index, fill_value=False),
                f"the {what} of a county to be that of its districts together ({told})",
            )


def _is_tenfold(ratio: pd.Series) -> pd.Series:
    """Tell ratios that are 10, 100 ..., but for a few people."""
    power = np.log10(ratio.where(ratio > 1))
    return power.round().ge(1) & ((power - power.round()).abs() < 0.01)


def _counted(rows: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    """Return what everybody of some areas is counted as, where anything is."""
    columns = [*_SAME, "area_code", "period", *_COUNTED]
    counts = counts_of(rows)
    has_any = counts.notna() | rows["denominator"].notna()
    if not has_any.any():
        return rows.loc[has_any, columns]
    chosen = has_any & rows["area_code"].isin(list(codes)) & (rows["dimension"] == "")
    return rows.loc[chosen, columns].assign(count=counts[chosen])
