"""Rows against one another: parts and wholes, zeros."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.observations import Dimension
from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible.finding import SLACK, Context, Doubt
from ineqlib.sources.plausible.wholes import age_is_not_its_parts, country_below_its_areas
from ineqlib.sources.texts import looked_up
from ineqlib.sources.units import multiplier

SMALL = 5
"""Counts below this are the ones that publishers withhold."""

_UNSEXED = (-SLACK, 0.1)
"""Shares by which everybody may be fewer, or more, than men and women: of some the sex is unknown.
"""

LIVES = ("life_expectancy", "life_expectancy_65")
"""Indicators by which women are ahead of men in all areas; in good health they need not be."""

FEWEST_PAIRS = 4
"""Pairs of men and women that must say so: few people in one area may die in any order."""

_WHERE = "indicator_id area_code period_start period_end age dimension subgroup".split()


def whole_is_not_its_parts(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find counts of a whole that its parts do not make, and values outside men's and women's.

    Of men and women alone nothing shows whose figure is whose, except how long they live.
    """
    sexed = rows.loc[rows["sex"] != "Persons", [*_WHERE, "sex", "count", "denominator", "value"]]
    if not sexed.empty:
        yield from _fewer_than_one(rows, sexed)
    if sexed["sex"].nunique() == 2:
        yield from _unlike_both(rows, sexed)
    exchanged = _men_live_longer(sexed)
    if exchanged.any():
        yield Doubt(
            exchanged.reindex(rows.index, fill_value=False),
            "women to live longer than men, as in every part of England; Male and Female may be "
            "exchanged",
        )
    yield from age_is_not_its_parts(rows)
    yield from country_below_its_areas(rows)


def _fewer_than_one(rows: pd.DataFrame, sexed: pd.DataFrame) -> Iterator[Doubt]:
    """Find rows of everybody that count fewer than the men, or than the women."""
    everybody = rows[rows["sex"] == "Persons"]
    for what in ("count", "denominator"):
        most = sexed.groupby(_WHERE, observed=True)[what].max().rename("most")
        joined = everybody[[*_WHERE, what]].join(most, on=_WHERE)
        fewer = joined["most"] - joined[what] > np.maximum(3 * SMALL, SLACK * joined["most"])
        if fewer.any():
            yield Doubt(
                fewer.reindex(rows.index, fill_value=False),
                f"the {what} of Persons to be no less than that of Male or Female",
            )


def _unlike_both(rows: pd.DataFrame, sexed: pd.DataFrame) -> Iterator[Doubt]:
    """Find rows of everybody that cannot be of the men and women of whom there are rows."""
    group = rows.groupby(_WHERE, sort=False).ngroup()
    parts = sexed.groupby(group[sexed.index])
    both = parts["sex"].nunique() == 2
    sums = pd.DataFrame(
        {
            "sum": parts["count"].sum(min_count=2),
            "people": parts["denominator"].sum(min_count=2),
            "low": parts["value"].min(),
            "high": parts["value"].max(),
            "both": parts["value"].count() == 2,
            "total": parts["value"].sum(),
        }
    )[both]
    joined = sums.reindex(group).set_axis(rows.index)
    joined = joined.assign(count=rows["count"], denominator=rows["denominator"])
    everybody = rows["sex"] == "Persons"
    for whole, of_parts in (("count", "sum"), ("denominator", "people")):
        apart = (joined[whole] - joined[of_parts]).abs()
        wrong = everybody & (apart > np.maximum(3 * SMALL, SLACK * joined[of_parts]))
        if wrong.any():
            yield Doubt(wrong, f"the {whole} of Persons to be those of Male and Female together")
    averaged = is_average(rows)
    slack = np.maximum(0.1, 0.05 * joined["high"].abs())
    below, above = joined["low"] - slack, joined["high"] + slack
    between = rows["value"].between(below, above)
    outside = everybody & averaged & joined["both"].eq(True) & rows["value"].notna() & ~between
    outside &= ~_is_part_of_total(rows, joined["total"])
    if outside.any():
        yield Doubt(outside, "the value of Persons to lie between those of Male and Female")
    neither = everybody & ~averaged & rows["publisher"].eq(OWN) & joined["low"].gt(0) & ~between
    neither &= ~rows["value"].between(*(joined["total"] * (1 + slack) for slack in _UNSEXED))
    if neither.any():
        yield Doubt(
            neither, "the value of Persons to be those of Male and Female together, or between them"
        )


def _men_live_longer(sexed: pd.DataFrame) -> pd.Series:
    """Tell the rows of men and women where most pairs of an indicator say that men live longer."""
    lives = sexed[sexed["indicator_id"].isin(LIVES) & sexed["value"].notna()]
    if lives.empty:
        return pd.Series(False, sexed.index)
    signed = lives["value"].where(lives["sex"] == "Female", -lives["value"])
    pairs = signed.groupby([lives[name] for name in _WHERE])
    ahead = pairs.transform("sum").where(pairs.transform("size") == 2)
    number, wrong = (
        chosen.groupby(lives["indicator_id"]).transform("sum") for chosen in (ahead != 0, ahead < 0)
    )
    return (ahead < 0) & (wrong >= 2 * FEWEST_PAIRS) & (2 * wrong > number)


def is_average(rows: pd.DataFrame) -> pd.Series:
    """Tell the rows whose value is between those of the groups of people that they are made of.

    What a publisher gives in per cent, and the catalogue does not know, may be a part of a total.
    """
    is_share = (rows["value_type"] == "") & (looked_up(rows["unit"], multiplier) > 0)
    is_share &= rows["publisher"].eq(OWN)
    return rows["value_type"].isin(["proportion", "rate", "life_expectancy"]) | is_share


def _is_part_of_total(rows: pd.DataFrame, total: pd.Series) -> pd.Series:
    """Tell where the parts make the whole, as fifths of all cases are 100% together."""
    alike = (rows["value"] - total).abs() <= SLACK * total.abs()
    return alike & (rows["value_type"] == "")


def total_outside_its_groups(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find totals that lie outside the values of all the deprivation groups they are made of."""
    where = "indicator_id area_code period_start period_end sex age".split()
    is_group = rows["subgroup_order"].notna() & (rows["dimension"] != "")
    if not is_group.any():
        return
    groups = rows.loc[is_group, [*where, "dimension", "value"]]
    number = {text: Dimension.parse(text).groups for text in groups["dimension"].unique()}
    parts = groups.groupby([*where, "dimension"])
    whole = parts["value"].count() == parts["value"].count().index.get_level_values(
        "dimension"
    ).map(number).astype("int64")
    values = parts["value"]
    spans = pd.DataFrame({"low": values.min(), "high": values.max(), "total": values.sum()})[whole]
    if spans.empty:
        return
    spans = spans.groupby(where).agg({"low": "min", "high": "max", "total": "max"})
    joined = rows[["value", *where]].join(spans, on=where)
    slack = np.maximum(0.1, 0.05 * joined["high"].abs())
    low, high = joined["low"] - slack, joined["high"] + slack
    outside = (rows["value"] < low) | (rows["value"] > high)
    outside &= (rows["dimension"] == "") & is_average(rows)
    outside &= ~_is_part_of_total(rows, joined["total"])
    if outside.any():
        yield Doubt(outside, "the value of all to lie between those of its deprivation groups")


def zeros_for_withheld(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find zeros of an indicator that has counts of 5 to 9 but never one of 1 to 4."""
    if not (rows["count"].eq(0) | rows["value"].eq(0)).any():
        return
    series = rows["indicator_id"]
    # Tables of numbers of people or events give them as the value.
    values = rows["value"].where(rows["value_type"] == "")
    whole = (values % 1).fillna(0).eq(0).groupby(series).transform("all")
    count = rows["count"].fillna(values.where(whole & rows["count"].isna()))
    if not (count == 0).any():
        return
    zeros = count == 0

    def how_many(chosen: pd.Series) -> pd.Series:
        return chosen.groupby(series).transform("sum")

    rounded = (count % SMALL).fillna(0).eq(0).groupby(series).transform("all")
    never = how_many((count > 0) & (count < SMALL)) == 0
    usual = how_many((count >= SMALL) & (count < 2 * SMALL)) >= 3
    doubtful = zeros & never & usual & ~rounded & (how_many(zeros) >= 2)
    if doubtful.any():
        yield Doubt(doubtful, "a true zero, but counts of 1 to 4 never occur: they may be withheld")
