"""Rows against one another: the label and the place of a group, parts and wholes, zeros."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.observations import Dimension
from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.texts import looked_up
from ineqlib.sources.units import multiplier

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
_GROUP_WORDS = {5: r"fifth|quintile", 10: r"tenth|decile"}
_OFF = "affluent|advantaged|well[ -]off|wealthy"
_SOME = "|".join(_GROUP_WORDS.values())
_END = re.compile(
    rf"(?:\b(?P<nth>{'|'.join(_ORDINALS)})[ -]+)?(?:"
    rf"(?P<deprived>\b(?:most|more)[ -]+(?:deprived|disadvantaged)|\b(?:least|less)[ -]+(?:{_OFF})"
    rf"|\bhighest[ -]+deprivation|\blowest[ -]+income|poorest|worst[ -]off|\bworst (?:{_SOME})"
    r"|\(most\))"
    rf"|\b(?:least|less)[ -]+(?:deprived|disadvantaged)|\b(?:most|more)[ -]+(?:{_OFF})"
    rf"|\blowest[ -]+deprivation|\bhighest[ -]+income|richest|wealthiest|best[ -]off"
    rf"|\bbest (?:{_SOME})|\(least\))",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"\b({_SOME})s?\b(?! (?:most|more|least|less|poorest|richest))", re.IGNORECASE)
"""The word for a group, and not an ordinal (``Fifth least deprived tenth``)."""
_NUMBER = re.compile(r"\D*(\d{1,2})\D*")
_BY_DEPRIVATION = re.compile(rf"depriv|\b(?:imd|iod)|{_SOME}", re.IGNORECASE)
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
    return place if ends[0]["deprived"] else groups + 1 - place


def _place_of_number(labels: list[str]) -> dict[str, int]:
    """Return the number in each label, where they count the groups and no words say from where."""
    if any(_END.search(label) for label in labels):
        return {}
    matches = [_NUMBER.fullmatch(label) for label in labels]
    numbers = [int(match[1]) for match in matches if match]
    counts = sorted(numbers) == list(range(1, len(labels) + 1)) and len(labels) > 1
    return dict(zip(labels, numbers, strict=True)) if counts else {}


def _groups_of_label(label: str) -> int:
    """Return of how many groups a label says it is one; 0 where it does not say."""
    nouns = [match[1].casefold() for match in _NOUN.finditer(label)]
    return next((n for n, words in _GROUP_WORDS.items() if nouns and nouns[-1] in words), 0)


def label_contradicts_order(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find groups whose label names another place than `subgroup_order` gives them."""
    ordered = rows["subgroup_order"].notna() & (rows["dimension"] != "")
    if not ordered.any():
        return
    names = ["dimension", "subgroup", "subgroup_order"]
    keys = rows.loc[ordered, names].drop_duplicates()
    for expected, wrong in _contradictions(keys).items():
        if wrong:
            mine = pd.MultiIndex.from_frame(rows[names])
            yield Doubt(pd.Series(mine.isin(wrong), rows.index) & ordered, expected)


def _contradictions(keys: pd.DataFrame) -> dict[str, list[tuple[str, str, int]]]:
    """Return of each thing that is expected the groups that are otherwise."""
    by_words, by_number, of_others = [], [], []
    for dimension, groups in keys.groupby("dimension", sort=False, observed=True):
        number = Dimension.parse(str(dimension)).groups
        last = number or int(groups["subgroup_order"].max())
        numbers = {}
        if _BY_DEPRIVATION.search(str(dimension)):
            numbers = _place_of_number(groups["subgroup"].unique().tolist())
        for key in groups.itertuples(index=False, name=None):
            _, label, order = key
            place = place_of_label(label, last)
            if number and _groups_of_label(label) not in (0, number):
                of_others.append(key)
            elif place is not None and place != order:
                by_words.append(key)
            elif numbers.get(label, order) != order:
                by_number.append(key)
    return {
        "subgroup_order 1 for the most deprived group and the highest for the least deprived, as "
        "the labels have it": by_words,
        "the numbers in the labels to count the groups as subgroup_order does, 1 = most deprived; "
        "where they count the other way, let the labels say so (5 = most deprived)": by_number,
        "as many groups as the dimension says: ten for deciles, five for quintiles": of_others,
    }


def whole_is_not_its_parts(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find counts of everybody that are not those of men and women, and values outside theirs.

    Of men and women alone nothing shows whose figure is whose, except how long they live.
    """
    sexed = rows.loc[rows["sex"] != "Persons", [*_WHERE, "sex", "count", "value"]]
    if sexed["sex"].nunique() == 2:
        yield from _unlike_both(rows, sexed)
    exchanged = _men_live_longer(sexed)
    if exchanged.any():
        yield Doubt(
            exchanged.reindex(rows.index, fill_value=False),
            "women to live longer than men, as in every part of England; Male and Female may be "
            "exchanged",
        )


def _unlike_both(rows: pd.DataFrame, sexed: pd.DataFrame) -> Iterator[Doubt]:
    """Find rows of everybody that cannot be of the men and women of whom there are rows."""
    group = rows.groupby(_WHERE, sort=False).ngroup()
    parts = sexed.groupby(group[sexed.index])
    both = parts["sex"].nunique() == 2
    sums = pd.DataFrame(
        {
            "sum": parts["count"].sum(min_count=2),
            "low": parts["value"].min(),
            "high": parts["value"].max(),
            "both": parts["value"].count() == 2,
            "total": parts["value"].sum(),
        }
    )[both]
    joined = sums.reindex(group).set_axis(rows.index).assign(count=rows["count"])
    everybody = rows["sex"] == "Persons"
    apart = (joined["count"] - joined["sum"]).abs()
    wrong = everybody & (apart > np.maximum(3 * SMALL, SLACK * joined["sum"]))
    if wrong.any():
        yield Doubt(wrong, "the count of Persons to be those of Male and Female together")
    averaged = _is_average(rows)
    slack = np.maximum(0.1, 0.05 * joined["high"].abs())
    below, above = joined["low"] - slack, joined["high"] + slack
    between = rows["value"].between(below, above)
    outside = everybody & averaged & joined["both"].eq(True) & rows["value"].notna() & ~between
    outside &= ~_is_part_of_total(rows, joined["total"])
    if outside.any():
        yield Doubt(outside, "the value of Persons to lie between those of Male and Female")


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


def _is_average(rows: pd.DataFrame) -> pd.Series:
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
    outside &= (rows["dimension"] == "") & _is_average(rows)
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
