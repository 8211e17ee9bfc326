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
        changed the sum; whether the lookup has only some districts of the county; and the one
        district whose count is the county's less those of the others, if there is one.
    """
    if not (frames and county_of):
        return pd.DataFrame()
    counties = set(county_of.values())
    counted = [_counted(frame, [*counties, *county_of]) for frame in frames]
    every = stacked([part for part in counted if len(part)] or counted[:1])
    is_county = every["area_code"].isin(counties)
    shared = every["indicator_id"][is_county].unique()
    of_counties = every[is_county & every["count"].notna()]
    every = every[~is_county & every["indicator_id"].isin(shared)]
    if every.empty:
        return pd.DataFrame()
    once = every.groupby([*_SAME, "area_code"], observed=True)[list(_COUNTED)].agg(["min", "max"])
    once.columns = ["_".join(name) for name in once.columns]
    once = once.reset_index()
    district = once["area_code"].astype("str")
    once["area_code"] = district.map(county_of)
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
    sums = sums.assign(districts=number, some_listed=number < county.map(DISTRICTS).fillna(0))
    return sums.assign(alone=_alone(sums, once.assign(district=district), of_counties, county_of))


def _alone(
    sums: pd.DataFrame, once: pd.DataFrame, of_counties: pd.DataFrame, county_of: dict[str, str]
) -> list[str]:
    """Return of each sum the one district that has no count where all others and the county do."""
    keys = [*_SAME, "area_code"]
    number = {code: place for place, code in enumerate(county_of, start=1)}
    everywhere: dict[str, int] = {}
    for code, place in number.items():
        everywhere[county_of[code]] = everywhere.get(county_of[code], 0) + place
    counted = once[once["count_min"].notna()]
    places = counted.assign(place=counted["district"].map(number))
    present = places.groupby(keys, observed=True)["place"].agg(["sum", "size"]).reindex(sums.index)
    has_county = sums.index.isin(pd.MultiIndex.from_frame(of_counties[keys].astype("object")))
    is_single = has_county & (present["size"] == sums["districts"] - 1) & ~sums["some_listed"]
    county = sums.index.get_level_values("area_code").map(everywhere)
    code_of = {place: code for code, place in number.items()}
    # The numbers of all districts of a county less those present leave that of the absent one.
    left = (county - present["sum"]).where(is_single)
    return left.map(code_of).fillna("").tolist()


def county_gives_district_away(rows: pd.DataFrame, context: Context) -> Iterator[Doubt]:
    """Find withheld figures of districts that are the county's count less the other districts'."""
    hidden = rows[(rows["status"] == "suppressed") & (rows["dimension"] == "")]
    if hidden.empty or context.counties is None or context.counties.empty:
        return
    single = context.counties[context.counties["alone"] != ""].reset_index()
    given = pd.MultiIndex.from_frame(single[[*_SAME, "alone"]].astype("object"))
    mine = pd.MultiIndex.from_frame(hidden[[*_SAME, "area_code"]].astype("object"))
    told = pd.Series(mine.isin(given), hidden.index).reindex(rows.index, fill_value=False)
    if told.any():
        yield Doubt(
            told,
            "a second district to be withheld: the county's count less the others gives this one",
        )


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
