"""Value against count and denominator: the same share or rate, told twice in one row."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ineqlib.sources.plausible.finding import Context, Doubt

FACTOR = 0.25
"""How far from a power of ten, in powers of ten, a wrong scale may lie: standardised rates are not
their crude rates, and counts are rounded."""

AGREEING = 0.9
"""Share of an indicator's rows that must be count / denominator for the others to be doubted."""

FEWEST = 4
"""Rows that must agree before another one is doubted."""

NEAR = 1.5
"""By what factor a share may differ from count / denominator: figures of surveys are weighted."""

OF_PEOPLE = ("proportion", "rate", "")
"""Kinds of value that can be a count divided by a denominator; "" is not known."""

_PER = re.compile(r"\bper ([\d,]+)")
_PERCENT = ("%", "percent", "per cent", "percentage")


def multiplier(unit: str) -> float:
    """Return by what a unit multiplies count / denominator; not a number where it does not say.

    Examples
    --------
    >>> multiplier("%"), multiplier("Rate per 100,000 population"), multiplier("years")
    (100.0, 100000.0, nan)
    """
    if unit.lower() in _PERCENT:
        return 100.0
    match = _PER.search(unit.lower())
    return float(match[1].replace(",", "")) if match else float("nan")


def value_on_another_scale(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find values that are count / denominator times another power of ten than their unit says."""
    crude, expected = _crude(rows)
    both = (crude > 0) & (rows["value"] > 0)
    powers = np.log10((rows["value"] / (crude * expected)).where(both))
    nearest = powers.round()
    off = (nearest != 0) & ((powers - nearest).abs() < FACTOR)
    for power, per in _pairs(nearest[off], expected[off]):
        these = off & (nearest == power) & (expected == per)
        yield Doubt(
            these,
            f"the value to be count / denominator × {per:,.10g}, but it is near count / "
            f"denominator × {per * 10**power:,.10g}",
        )


def value_is_not_its_share(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find values that are not count / denominator where those of the other rows are."""
    crude, expected = _crude(rows)
    computed = crude * expected
    has = computed.notna() & rows["value"].notna()
    if not has.any():
        return
    slack = _slack(rows, expected)
    agrees = has & ((rows["value"] - computed).abs() <= slack)
    series = rows["indicator_id"]
    agreeing = agrees.groupby(series).transform("sum")
    enough = (agreeing >= FEWEST) & (agreeing >= AGREEING * has.groupby(series).transform("sum"))
    off = has & ~agrees & enough
    if off.any():
        yield Doubt(off, "the value to be its count / denominator, as in the other rows")


def share_far_from_its_count(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find percentages that are far from count / denominator, whatever the other rows are."""
    crude, expected = _crude(rows)
    factor = (rows["value"] / (crude * expected)).where(expected == 100)
    far = (factor > NEAR) | (factor < 1 / NEAR)
    # A count of a few people may be rounded.
    far &= (rows["value"] - 100 * crude).abs() > 100 * 5 / rows["denominator"]
    if far.any():
        yield Doubt(far, "a percentage near its count / denominator × 100")


def count_above_denominator(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find shares of more people than there are."""
    above = rows["count"] > rows["denominator"]
    if above.any():
        above &= _is_of_people(rows) & (rows["unit"].map(multiplier) == 100)
    if above.any():
        yield Doubt(above, "a count no greater than its denominator")


def _is_of_people(rows: pd.DataFrame) -> pd.Series:
    return rows["value_type"].isin(OF_PEOPLE)


def _crude(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return count / denominator, and what the unit, or else the other rows, multiply it by."""
    if rows["count"].isna().all():
        return rows["count"], rows["count"]
    has = _is_of_people(rows) & (rows["denominator"] > 0) & rows["count"].notna()
    crude = (rows["count"] / rows["denominator"]).where(has)
    units = {unit: multiplier(unit) for unit in rows["unit"].unique()}
    stated = rows["unit"].map(units).astype("float64")
    if not (has & stated.isna()).any():
        return crude, stated
    ratio = (rows["value"] / crude).where(crude > 0)
    usual = ratio.groupby(rows["indicator_id"]).transform("median")
    within = (ratio / usual).between(1 / NEAR, NEAR)
    among = ratio.notna().groupby(rows["indicator_id"]).transform("sum")
    tight = within.groupby(rows["indicator_id"]).transform("sum") >= (AGREEING * among)
    tens = 10.0 ** np.log10(usual.where(usual > 0)).round()
    usual = tens.where((tens / usual).between(1 / NEAR, NEAR), usual)
    return crude, stated.fillna(usual.where(tight & (among > FEWEST)))


def _slack(rows: pd.DataFrame, expected: pd.Series) -> pd.Series:
    """Return how far a value may be from its share, as value, count and denominator are rounded."""
    series = rows["indicator_id"]
    shown = pd.Series(0.0, rows.index)
    for decimals in range(4, -1, -1):
        scaled = rows["value"] * 10**decimals
        whole = (scaled - scaled.round()).abs().fillna(0) < 1e-6
        shown = shown.where(~whole.groupby(series).transform("all"), 0.5 * 10.0**-decimals)
    counted = pd.Series(0.0, rows.index)
    for step in (5, 10):
        whole = (rows["count"] % step).fillna(0) == 0
        counted = counted.where(~whole.groupby(series).transform("all"), step / 2)
    of_counts = expected * counted / rows["denominator"] * (1 + rows["count"] / rows["denominator"])
    return 1.01 * (shown + of_counts) + 1e-4 * rows["value"].abs()


def _pairs(first: pd.Series, second: pd.Series) -> list[tuple[float, float]]:
    return list(dict.fromkeys(zip(first, second, strict=True)))
