"""Value against count and denominator: the same share or rate, told twice in one row."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.sources.plausible.finding import SLACK, Context, Doubt
from ineqlib.sources.texts import looked_up
from ineqlib.sources.units import is_number, multiplier, multipliers_named

FACTOR = 0.25
"""How far from a power of ten, in powers of ten, a wrong scale may lie: standardised rates are not
their crude rates, and counts are rounded."""

MOST_OFF = 0.2
"""Share of an indicator's rows that may disagree (one always may), and are doubted; of more, the
value is no count / denominator."""

FEWEST = 4
"""Rows that must agree before another one is doubted."""

FEWEST_PARTED = 2
"""Numbers with three decimals before they are believed to be thousands."""

NEAR = 1.5
"""By what factor a share may differ from count / denominator: figures of surveys are weighted."""

_ROUNDED = 0.55
"""Of its last decimal a value may be off: 26.46 is published as 26.5, and rounded once more."""

_ROUNDED_COUNT = 10
"""By how much numbers may differ from counts: one of them may be rounded."""

OF_PEOPLE = ("proportion", "rate", "")
"""Kinds of value that can be a count divided by a denominator; "" is not known."""


def value_on_another_scale(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find values that are count / denominator times another power of ten than their unit says."""
    crude, expected = _crude(rows)
    power = _wrong_power(rows, crude, expected)
    off = power != 0
    for ten, per in dict.fromkeys(zip(power[off], expected[off], strict=True)):
        yield Doubt(
            off & (power == ten) & (expected == per),
            f"the value to be count / denominator × {per:,.10g}, but it is near count / "
            f"denominator × {per * 10**ten:,.10g}",
        )


def value_is_not_its_share(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find values that are not count / denominator where those of the other rows are."""
    crude, expected = _crude(rows)
    computed = crude * expected
    has = computed.notna() & rows["value"].notna() & (_wrong_power(rows, crude, expected) == 0)
    if not has.any():
        return
    slack = _slack(rows, expected)
    agrees = has & ((rows["value"] - computed).abs() <= slack)
    series = rows["indicator_id"]
    off = has & ~agrees & _most_agree(agrees, has, series)
    if off.any():
        yield Doubt(off, "the value to be its count / denominator, as in the other rows")


def share_far_from_its_count(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find percentages far from count / denominator, and numbers far from their count.

    Whatever the other rows are.
    """
    crude, expected = _crude(rows)
    factor = (rows["value"] / (crude * expected)).where(expected == 100)
    far = ((factor > NEAR) | (factor < 1 / NEAR)) & (_wrong_power(rows, crude, expected) == 0)
    # A count of a few people may be rounded.
    far &= (rows["value"] - 100 * crude).abs() > 100 * 5 / rows["denominator"]
    if far.any():
        yield Doubt(far, "a percentage near its count / denominator × 100")
    off = _numbers_off_their_count(rows)
    if off.any():
        yield Doubt(off, "a number of people or events to be the count beside it")


def _numbers_off_their_count(rows: pd.DataFrame) -> pd.Series:
    """Tell numbers of people or events that are not the count beside them, nor one for each."""
    count = rows["count"].where(looked_up(rows["unit"], is_number).eq(True))
    off = (rows["value"] - count).abs() > np.maximum(_ROUNDED_COUNT, SLACK * count)
    # An average, such as teeth per child, is a number too.
    mean = count / rows["denominator"].where(rows["denominator"] > 0)
    return off & ~(rows["value"] / mean).between(1 / NEAR, NEAR)


def thousands_with_points(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find people such as 1.234, which are over a thousand where points part thousands."""
    wrong = pd.Series(False, rows.index)
    for name in ("count", "denominator", "value"):
        people = rows[name]
        if name == "value":
            people = people.where(looked_up(rows["unit"], is_number).eq(True))
        wrong |= _may_be_parted(people, rows["indicator_id"])
    if wrong.any():
        yield Doubt(wrong, "whole numbers of people: a point before three digits may be no decimal")


def _may_be_parted(people: pd.Series, series: pd.Series) -> "pd.Series[bool]":
    """Tell the numbers of a series that all have three decimals, if any, and are below 1,000."""
    odd = people.notna() & (people % 1 != 0)
    if odd.sum() < FEWEST_PARTED:
        return pd.Series(False, people.index)
    thousandths = people * 1000
    fits = people.isna() | ((people < 1000) & ((thousandths - thousandths.round()).abs() < 1e-6))
    third = odd & (thousandths.round() % 10 != 0)
    number, of_three = (rows.groupby(series).transform("sum") for rows in (odd, third))
    return (
        odd & fits.groupby(series).transform("all") & (of_three >= (number / 2).clip(FEWEST_PARTED))
    )


def denominator_of_nobody(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find shares and rates of nobody: 0 of 0 is none, and no 0%."""
    nobody = (rows["denominator"] == 0) & rows["value"].notna()
    if nobody.any():
        yield Doubt(nobody, "no value where the denominator is 0: of nobody there is no share")


def count_above_denominator(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find shares of more people than there are."""
    above = rows["count"] > rows["denominator"]
    if above.any():
        above &= _is_of_people(rows) & (looked_up(rows["unit"], multiplier) == 100)
    if above.any():
        yield Doubt(above, "a count no greater than its denominator")


def _is_of_people(rows: pd.DataFrame) -> pd.Series:
    return rows["value_type"].isin(OF_PEOPLE)


def _crude(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return count / denominator, and what the unit, else name or other rows, multiply it by."""
    if rows["count"].isna().all():
        return rows["count"], rows["count"]
    has = _is_of_people(rows) & (rows["denominator"] > 0) & rows["count"].notna()
    crude = (rows["count"] / rows["denominator"]).where(has)
    stated = looked_up(rows["unit"], multiplier)
    if not (has & stated.isna()).any():
        return crude, stated
    is_silent = rows["unit"].eq("") & rows["value_type"].eq("")
    stated = stated.fillna(looked_up(rows["indicator_name"], _named).where(is_silent))
    ratio = (rows["value"] / crude).where(crude > 0)
    usual = ratio.groupby(rows["indicator_id"]).transform("median")
    within = (ratio / usual).between(1 / NEAR, NEAR)
    tight = _most_agree(within, ratio.notna(), rows["indicator_id"])
    tens = 10.0 ** np.log10(usual.where(usual > 0)).round()
    usual = tens.where((tens / usual).between(1 / NEAR, NEAR), usual)
    return crude, stated.fillna(usual.where(tight))


def _named(indicator: str) -> float:
    """Return the one number that the name of an indicator says its figures are per."""
    said = multipliers_named(indicator)
    return said.pop() if len(said) == 1 else float("nan")


def _wrong_power(rows: pd.DataFrame, crude: pd.Series, expected: pd.Series) -> pd.Series:
    """Return the power of ten that a value is too high by; 0 where it is not near one."""
    both = (crude > 0) & (rows["value"] > 0)
    power = np.log10((rows["value"] / (crude * expected)).where(both))
    nearest = power.round()
    return nearest.where((power - nearest).abs() < FACTOR, 0).fillna(0)


def _most_agree(agrees: pd.Series, has: pd.Series, series: pd.Series) -> pd.Series:
    """Tell the rows of an indicator of which enough rows agree, and few do not."""
    agreeing = agrees.groupby(series).transform("sum")
    among = has.groupby(series).transform("sum")
    return (agreeing >= FEWEST) & (among - agreeing <= np.maximum(1, MOST_OFF * among))


def _slack(rows: pd.DataFrame, expected: pd.Series) -> pd.Series:
    """Return how far a value may be from its share, as value, count and denominator are rounded."""
    series = rows["indicator_id"]
    shown = pd.Series(0.0, rows.index)
    for decimals in range(4, -1, -1):
        scaled = rows["value"] * 10**decimals
        whole = (scaled - scaled.round()).abs().fillna(0) < 1e-6
        shown = shown.where(~whole.groupby(series).transform("all"), _ROUNDED * 10.0**-decimals)
    counted = pd.Series(0.0, rows.index)
    for step in (5, 10):
        whole = (rows["count"] % step).fillna(0) == 0
        counted = counted.where(~whole.groupby(series).transform("all"), step / 2)
    of_counts = expected * counted / rows["denominator"] * (1 + rows["count"] / rows["denominator"])
    return 1.01 * (shown + of_counts) + 1e-4 * rows["value"].abs()
