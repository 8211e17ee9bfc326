"""What goes together: code and name, limits and value, a life and its healthy part."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.texts import numbered

LOPSIDED = 12
"""How many times as far as the other a limit may lie from the value. Exact limits of one event are
lopsided by 5, and rounding adds to it."""

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


def limits_lopsided(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find limits of which one is many times as far from the value as the other."""
    above, below = rows["upper_ci"] - rows["value"], rows["value"] - rows["lower_ci"]
    if not (above > 0).any():
        return
    # What is as near to the value as a digit of it says nothing: both are rounded.
    far, near = np.maximum(above, below), np.minimum(above, below)
    doubtful = (near > 0) & (far > LOPSIDED * near) & (rows["lower_ci"] > 0)
    cells = rows.loc[doubtful, ["value", "lower_ci", "upper_ci"]]
    digit = pd.Series(0.001, cells.index)
    for decimals in (2, 1, 0):
        scaled = cells * 10**decimals
        whole = ((scaled - scaled.round()).abs() < 1e-6).all(axis=1)
        digit = digit.mask(whole, 10.0**-decimals)
    doubtful[cells.index] = far[cells.index] > LOPSIDED * (near[cells.index] + digit)
    if doubtful.any():
        yield Doubt(doubtful, "limits about as far below the value as above it")


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
