"""Rows against one another: the label and the place of a group, parts and wholes, zeros."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.observations import Dimension
from ineqlib.sources.plausible.finding import Context, Doubt

SLACK = 0.02
"""Share by which a whole may differ from its parts: counts are rounded, some people are in none."""

SMALL = 5
"""Counts below this are the ones that publishers withhold."""

LIVES = ("life_expectancy", "life_expectancy_65")
"""Indicators by which women are ahead of men in all areas; in good health they need not be."""

FEWEST_PAIRS = 4
"""Pairs of men and women that must say so: few people in one area may die in any order."""

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            ("first", "1st"),
            ("second", "2nd"),
            ("third", "3rd"),
            ("fourth", "4th"),
            ("fifth", "5th"),
        ),
        start=1,
    )
    for word in words
}
_END = re.compile(
    rf"(?:\b(?P<nth>{'|'.join(_ORDINALS)})[ -]+)?(?:(?P<end>most|more|least|less)[ -]+(?:deprived|"
    r"disadvantaged)|(?P<poor>poorest)|richest)",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"\b(?:middle|average)\b", re.IGNORECASE)
_WHERE = "indicator_id area_code period_start period_end age dimension subgroup".split()


def place_of_label(label: str, groups: int) -> int | None:
    """Return the place that the words of a label give a group, 1 = most deprived.

    Examples
    --------
    >>> place_of_label("Second least deprived fifth", 5), place_of_label("1 (most deprived)", 10)
    (4, 1)
    >>> place_of_label("Quintile 1 (poorest)", 5), place_of_label("Quintile 5 (richest)", 5)
    (1, 5)
    """
    ends = list(_END.finditer(label))
    if len(ends) != 1:
        return (groups + 1) // 2 if not ends and groups % 2 and _MIDDLE.search(label) else None
    place = _ORDINALS.get((ends[0]["nth"] or "first").lower(), 1)
    deprived = ends[0]["poor"] or (ends[0]["end"] or "").lower() in ("most", "more")
    return place if deprived else groups + 1 - place


def label_contradicts_order(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find groups whose label names another place than `subgroup_order` gives them."""
    ordered = rows["subgroup_order"].notna() & (rows["dimension"] != "")
    if not ordered.any():
        return
    keys = rows.loc[ordered, ["dimension", "subgroup", "subgroup_order"]].drop_duplicates()
    most = keys.groupby("dimension")["subgroup_order"].transform("max")
    wrong = [
        (dimension, label, order)
        for (dimension, label, order), last in zip(
            keys.itertuples(index=False, name=None), most, strict=True
        )
        if (place := place_of_label(label, Dimension.parse(dimension).groups or int(last)))
        is not None
        and place != order
    ]
    if wrong:
        mine = pd.MultiIndex.from_frame(rows[["dimension", "subgroup", "subgroup_order"]])
        yield Doubt(
            pd.Series(mine.isin(wrong), rows.index) & ordered,
            "subgroup_order 1 for the most deprived group and the highest for the least deprived, "
            "as the labels have it",
        )


def whole_is_not_its_parts(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find counts of everybody that are not those of men and women, and values outside theirs.

    Of men and women alone nothing shows whose figure is whose, except how long they live.
    """
    sexed = rows[rows["sex"] != "Persons"]
    if sexed.empty:
        return
    parts = sexed.groupby(_WHERE)
    both = parts["sex"].nunique() == 2
    sums = pd.DataFrame(
        {
            "sum": parts["count"].sum(min_count=2),
            "low": parts["value"].min(),
            "high": parts["value"].max(),
            "both": parts["value"].count() == 2,
        }
    )[both]
    joined = rows[["count", "value", *_WHERE]].join(sums, on=_WHERE)
    everybody = rows["sex"] == "Persons"
    apart = (joined["count"] - joined["sum"]).abs()
    wrong = everybody & (apart > np.maximum(3 * SMALL, SLACK * joined["sum"]))
    if wrong.any():
        yield Doubt(wrong, "the count of Persons to be those of Male and Female together")
    averaged = rows["value_type"].isin(["proportion", "rate", "life_expectancy"])
    slack = np.maximum(0.1, 0.05 * joined["high"].abs())
    below, above = joined["low"] - slack, joined["high"] + slack
    between = joined["value"].between(below, above)
    outside = everybody & averaged & joined["both"].eq(True) & joined["value"].notna() & ~between
    if outside.any():
        yield Doubt(outside, "the value of Persons to lie between those of Male and Female")
    exchanged = _men_live_longer(sexed)
    if exchanged.any():
        yield Doubt(
            exchanged.reindex(rows.index, fill_value=False),
            "women to live longer than men, as in every part of England; Male and Female may be "
            "exchanged",
        )


def _men_live_longer(sexed: pd.DataFrame) -> pd.Series:
    """Tell the rows of men and women where most pairs of an indicator say that men live longer."""
    lives = sexed[sexed["indicator_id"].isin(LIVES) & sexed["value"].notna()]
    signed = lives["value"].where(lives["sex"] == "Female", -lives["value"])
    pairs = signed.groupby([lives[name] for name in _WHERE])
    ahead = pairs.transform("sum").where(pairs.transform("size") == 2)
    number, wrong = (
        chosen.groupby(lives["indicator_id"]).transform("sum") for chosen in (ahead != 0, ahead < 0)
    )
    return (ahead < 0) & (wrong >= 2 * FEWEST_PAIRS) & (2 * wrong > number)


def total_outside_its_groups(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find totals that lie outside the values of all the deprivation groups they are made of."""
    groups = rows[rows["subgroup_order"].notna() & (rows["dimension"] != "")]
    if groups.empty:
        return
    number = {text: Dimension.parse(text).groups for text in groups["dimension"].unique()}
    where = "indicator_id area_code period_start period_end sex age".split()
    parts = groups.groupby([*where, "dimension"])
    whole = parts["value"].count() == parts["value"].count().index.get_level_values(
        "dimension"
    ).map(number).astype("int64")
    spans = pd.DataFrame({"low": parts["value"].min(), "high": parts["value"].max()})[whole]
    if spans.empty:
        return
    spans = spans.groupby(where).agg({"low": "min", "high": "max"})
    joined = rows[where].join(spans, on=where)
    slack = np.maximum(0.1, 0.05 * joined["high"].abs())
    low, high = joined["low"] - slack, joined["high"] + slack
    outside = (rows["value"] < low) | (rows["value"] > high)
    outside &= (rows["dimension"] == "") & rows["value_type"].isin(
        ["proportion", "rate", "life_expectancy"]
    )
    if outside.any():
        yield Doubt(outside, "the value of all to lie between those of its deprivation groups")


def zeros_for_withheld(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find zeros of an indicator that has counts of 5 to 9 but never one of 1 to 4."""
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
