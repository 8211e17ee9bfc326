"""Counts of counties against those of their districts, whichever files they stand in."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.errors import listed
from ineqlib.sources.plausible.finding import Context, Doubt, counts_of
from ineqlib.sources.texts import stacked

SLACK = 0.02
"""Share by which a county may differ from its districts: some people are in none, or in two."""

FEWEST = 15
"""People by which any sums may differ."""

ROUNDING = 5
"""What the counts of districts may be rounded to: their sum is off by half of it for each."""

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
        changed the sum.
    """
    columns = [*_SAME, "area_code", *_COUNTED]
    districts = [
        _counted(frame[frame["area_code"].isin(list(county_of)) & (frame["dimension"] == "")])
        for frame in frames
        if not county_of.keys().isdisjoint(frame["area_code"].unique())
    ]
    districts = [part.loc[part[list(_COUNTED)].notna().any(axis=1), columns] for part in districts]
    if not any(map(len, districts)):
        return pd.DataFrame()
    every = stacked(districts)
    once = every.groupby([*_SAME, "area_code"], observed=True)[list(_COUNTED)].agg(["min", "max"])
    once.columns = ["_".join(name) for name in once.columns]
    once = once.reset_index()
    once["area_code"] = once["area_code"].astype("str").map(county_of)
    by_county = once.groupby([*_SAME, "area_code"], observed=True)
    sums = by_county.sum()
    size = pd.Series(county_of).value_counts()
    number = sums.index.get_level_values("area_code").map(size)
    places = [once[name] for name in [*_SAME, "area_code"]]
    for what in _COUNTED:
        counts = once[f"{what}_min"]
        is_rounded = (counts.isna() | (counts % ROUNDING == 0)).groupby(places, observed=True).all()
        sums[f"{what}_all"] = by_county[f"{what}_min"].count() == number
        sums[f"{what}_rounding"] = is_rounded * number * ROUNDING / 2
    return sums.assign(districts=number)


def county_is_not_its_districts(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find counts of counties that their districts' counts do not make."""
    if context.counties is None or context.counties.empty:
        return
    counties = context.counties.index.get_level_values("area_code").unique()
    here = _counted(rows[rows["area_code"].isin(counties) & (rows["dimension"] == "")])
    if here.empty:
        return
    joined = here.join(context.counties, on=[*_SAME, "area_code"])
    for what in _COUNTED:
        low, high = joined[f"{what}_min"], joined[f"{what}_max"]
        slack = np.maximum(joined[f"{what}_rounding"].clip(lower=FEWEST), SLACK * high)
        wrong = (low - joined[what] > slack) | (
            joined[f"{what}_all"].eq(True) & (joined[what] - high > slack)
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


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(count=counts_of(rows))
