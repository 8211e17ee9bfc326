"""What goes together: code and name, limits and value, a life and its healthy part."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.sources.ages import plain_age
from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.texts import looked_up, numbered
from ineqlib.sources.units import is_percent, multiplier

LOPSIDED = 12
"""How many times as far as the other a limit may lie from the value. Exact limits of one event are
lopsided by 5, and rounding adds to it."""

FEWEST_LIMITS = 3
"""Rows of an indicator whose limits must all say so."""

FEWEST_EVENTS = 20
"""Of fewer, exact limits are not those of the normal distribution."""

NEAR_Z = 1.06
"""By what factor limits may differ from those of a level: values and limits are rounded."""

NARROWEST = 0.6
"""Standard errors that half the width of limits has at least; of 95% it is 1.96."""

WIDTH_APART = 0.25
"""Share of the width of limits by which values may differ that have the same ones."""

_OTHER_LEVELS = {"68% (one standard error)": 1.0, "90%": 1.645, "99%": 2.576, "99.8%": 3.09}

_LEVEL_NAMED = re.compile(
    r"\b(99\.8|99\.9|99|98|90|80|68)(?:\.0)? ?(?:%|per ?cent)(?: (?:confidence|credible))?"
    r" (?:limit|interval|ci\b|level)|\b(?:one|1) standard error\b",
    re.IGNORECASE,
)

_FIGURE = "indicator_id area_code period_start period_end sex dimension subgroup".split()
_WHERE = "area_code period_start period_end sex dimension subgroup".split()


def name_of_another_area(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find codes beside the name that other rows give to another code, as after a wrong sort.

    Of your own figures also one district under two codes in one period: a digit is wrong.
    """
    number, pairs = numbered(rows["area_code"], rows["area_name"])
    if not any(name for _, name in pairs):
        return
    own = rows["publisher"].eq(OWN)
    if own.any():
        district = own & rows["area_type"].eq("lad") & rows["area_name"].ne("")
        one_place = ["indicator_id", "period_start", "period_end", "area_name"]
        codes = rows[district].groupby(one_place)["area_code"].transform("nunique")
        if (codes > 1).any():
            yield Doubt(
                codes.gt(1).reindex(rows.index, fill_value=False),
                "one code for the area in a period",
            )
    if len({code for code, _ in pairs}) == len(pairs):
        return
    times = pd.DataFrame(pairs, columns=["area_code", "area_name"])
    times["times"] = np.bincount(number)
    most = times.groupby("area_code")["times"].transform("max")
    several = times.groupby("area_code")["times"].transform("size") > 1
    is_usual = times["times"] == most
    # As often as another name: either may be the wrong one.
    tied = is_usual.groupby(times["area_code"]).transform("sum") > 1
    codes = times[is_usual].groupby("area_name")["area_code"].nunique()
    others = times["area_name"].map(codes).fillna(0).astype(int) - is_usual.astype(int)
    wrong = times[several & (others > 0) & (tied | ~is_usual)]
    if not wrong.empty:
        yield Doubt(
            pd.Series(np.isin(number, wrong.index), rows.index),
            "the name that the other rows give this code; they give this name to another",
        )


def name_of_another_indicator(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find two indicators under one id: no word of their names is the same."""
    ids, names = rows["indicator_id"], rows["indicator_name"]
    number, pairs = numbered(ids, names)
    if len({name for name, _ in pairs}) == len(pairs):
        return
    times = pd.DataFrame(pairs, columns=["id", "name"]).assign(times=np.bincount(number))
    usual = times.sort_values("times").groupby("id")["name"].last()
    words = [(_words_of(name), _words_of(usual[of])) for of, name in pairs]
    unlike = [place for place, (own, other) in enumerate(words) if own and not own & other]
    if unlike:
        yield Doubt(
            pd.Series(np.isin(number, unlike), rows.index),
            "one indicator under an id; the other rows of the id have a name without a word of "
            "this one",
        )


def _words_of(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", name.casefold()))


def limits_lopsided(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find limits of which one is many times as far from the value as the other."""
    above, below = rows["upper_ci"] - rows["value"], rows["value"] - rows["lower_ci"]
    if not (above > 0).any():
        return
    # What is as near to the value as a digit of it says nothing: both are rounded.
    far, near = np.maximum(above, below), np.minimum(above, below)
    doubtful = (near > 0) & (far > LOPSIDED * near) & (rows["lower_ci"] > 0)
    cells = rows[doubtful]
    doubtful[cells.index] = far[cells.index] > LOPSIDED * (near[cells.index] + _digit(cells))
    if doubtful.any():
        yield Doubt(doubtful, "limits about as far below the value as above it")


def limits_of_another_kind(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find limits that are none of 95%: of another level, of no width, or one without the other."""
    lower, upper, value = rows["lower_ci"], rows["upper_ci"], rows["value"]
    both = lower.notna() & upper.notna()
    alone = lower.notna() ^ upper.notna()
    if alone.any():
        yield Doubt(alone, "both limits, or none")
    if not both.any():
        return
    beyond = both & ((lower < 0) | (upper > 100)) & value.between(0, 100)
    beyond &= rows["publisher"].eq(OWN) & looked_up(rows["unit"], is_percent).eq(True)
    if beyond.any():
        yield Doubt(beyond, "limits from 0 to 100, as those of Wilson, of a percentage")
    for note in filter(_LEVEL_NAMED.search, rows["note"].unique()):
        yield Doubt(both & rows["note"].eq(note), f"limits of 95%; their note says '{note}'")
    series = rows["indicator_id"]
    number = both.groupby(series).transform("sum")
    none = both & (lower == upper) & value.ne(0)
    most = none.groupby(series).transform("sum") > number / 2
    if (none & most & (number >= FEWEST_LIMITS)).any():
        yield Doubt(none & most & (number >= FEWEST_LIMITS), "limits apart from the value")
    copied = both & ((lower.eq(value) & value.ne(0)) | (upper.eq(value) & value.ne(100))) & ~none
    copied &= number >= FEWEST_LIMITS
    if copied.any():
        copied = _far_from_the_other(rows, copied)
        copied &= copied.groupby(series).transform("sum") > number / 2
        if copied.any():
            yield Doubt(copied, "both limits apart from the value; one may be a copy of it")
    repeated = _repeated(rows, both & ~none)
    if repeated.any():
        yield Doubt(repeated, "limits of its own for each value, and not those of another row")
    errors = _errors_off_95(rows).where(both & ~none)
    if (narrow := errors < NARROWEST).any():
        yield Doubt(narrow, "limits as far apart as the count allows, which are far nearer")
    spread = errors.groupby(series)
    enough = spread.transform("count") >= FEWEST_LIMITS
    for level, z in _OTHER_LEVELS.items():
        near = spread.transform("min").gt(z / NEAR_Z) & spread.transform("max").lt(z * NEAR_Z)
        doubtful = errors.notna() & enough & near
        if doubtful.any():
            yield Doubt(doubtful, f"limits of 95%; these are as far apart as those of {level}")


def _repeated(rows: pd.DataFrame, both: "pd.Series[bool]") -> "pd.Series[bool]":
    """Tell rows of several areas or periods that have one pair of limits, and different values."""
    few = rows.loc[both, ["indicator_id", "value", "lower_ci", "upper_ci"]]
    same = few.groupby(["indicator_id", "lower_ci", "upper_ci"], observed=True)["value"]
    many = same.transform("count") >= FEWEST_LIMITS
    few = few[many & (same.transform("nunique") >= FEWEST_LIMITS)]
    if few.empty:
        return pd.Series(False, rows.index)
    values = few["value"].groupby([few[n] for n in ("indicator_id", "lower_ci", "upper_ci")])
    apart = values.transform("max") - values.transform("min")
    width = few["upper_ci"] - few["lower_ci"]
    wrong = (apart > WIDTH_APART * width) & (apart > 2 * _digit(few.assign(value=few["lower_ci"])))
    return wrong.reindex(rows.index, fill_value=False)


def _far_from_the_other(rows: pd.DataFrame, chosen: pd.Series) -> "pd.Series[bool]":
    """Tell of chosen rows where rounding alone does not make one of the limits the value."""
    few = rows[chosen]
    apart = few["upper_ci"] - few["lower_ci"] > LOPSIDED * _digit(few)
    return apart.reindex(rows.index, fill_value=False)


def _digit(rows: pd.DataFrame) -> pd.Series:
    """Return what one in the last decimal of a row's value and limits is worth."""
    digit = pd.Series(0.001, rows.index)
    for decimals in (2, 1, 0):
        scaled = rows[["value", "lower_ci", "upper_ci"]] * 10**decimals
        whole = ((scaled - scaled.round()).abs() < 1e-6).all(axis=1)
        digit = digit.mask(whole, 10.0**-decimals)
    return digit


def _errors_off_95(rows: pd.DataFrame) -> pd.Series:
    """Return how many standard errors of count / denominator the limits are from each other, / 2.

    Of shares that are just that; those of surveys are wider for a reason of their own.
    """
    share = rows["count"] / rows["denominator"].where(rows["denominator"] > 0)
    share = share.where(share.between(0, 1))
    plain = (100 * share - rows["value"]).abs() <= 0.051
    plain &= (rows["count"] >= FEWEST_EVENTS) & looked_up(rows["unit"], multiplier).eq(100)
    error = 100 * np.sqrt(share * (1 - share) / rows["denominator"])
    return ((rows["upper_ci"] - rows["lower_ci"]) / 2 / error).where(plain & (error > 0.1))


def age_in_two_ways(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find one age written in two ways, so that one figure would be there twice."""
    written = rows["stated_age"]
    ages = {text: plain_age(text) for text in written.unique()}
    if len(set(ages.values())) == len(ages):
        return
    same = rows[_FIGURE].assign(age=written.map(ages).astype("str"))
    again = same.duplicated(keep=False)
    ways = written.astype("str")[again].groupby([same.loc[again, name] for name in same])
    several = ways.transform("nunique").gt(1).reindex(rows.index, fill_value=False)
    if several.any():
        yield Doubt(several, "one row for an age, however it is written")


def healthy_life_is_longer(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find more years in good health than years of life."""
    names = {"life_expectancy": "whole", "healthy_life_expectancy": "healthy"}
    if not names.keys() <= set(rows["indicator_id"].unique()):
        return
    kinds = rows["indicator_id"].map(names)
    healthy, whole = (
        rows.loc[kinds == kind].groupby(_WHERE)["value"].max() for kind in ("healthy", "whole")
    )
    longer = healthy[healthy > whole.reindex(healthy.index)].index
    if len(longer):
        mine = pd.MultiIndex.from_frame(rows[_WHERE])
        doubted = pd.Series(mine.isin(longer), rows.index) & kinds.notna()
        yield Doubt(doubted, "no more years in good health than years of life")
