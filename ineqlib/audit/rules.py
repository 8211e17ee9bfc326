"""The public rules by which Fingertips compares an area with a comparator, for many rows at once.

Which rule an indicator uses is not in its file, so every rule that can be computed is, and a rule
says of each row which labels it would allow: more than one where the figures are rounded and the
comparator's value lies within that rounding of a limit.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.estimate import FloatArray
from ineqlib.measures import poisson_exact_interval, wilson_interval

LOWER, SIMILAR, HIGHER = 0, 1, 2
"""Columns of what a rule allows."""
LEVELS = {"": 0.95, " at 99.8%": 0.998}
WIDER = 3.0902 / 1.96
"""Half-width of 99.8% limits over that of 95% limits, where the publisher gives only these."""
MOST_DECIMALS = 6
SKEW = 0.25
"""By how much limits at 99.8% differ from those, widened evenly: of five events by a fifth."""


class Rule(NamedTuple):
    """What a rule allows."""

    name: str
    """``rule 1`` and the like, with the publisher's number of the method."""
    allows: NDArray[np.bool_]
    """Shape ``(rows, 3)``: whether lower, similar and higher are labels it may give."""
    known: NDArray[np.bool_]
    """Shape ``(rows,)``: whether the figures it needs are there."""
    exact: bool = True
    """Whether it was computed from the very figures the publisher uses."""


def rules(rows: pd.DataFrame) -> list[Rule]:
    """Compute every rule for the rows of one indicator, which have the comparator's figures."""
    slack = slack_of(rows)
    numbers = {name: rows[name].to_numpy(float) for name in _NUMBERS}
    base, lower, upper = numbers["base"], numbers["lower_ci"], numbers["upper_ci"]
    computed = [
        _by_limits("rule 1", base, lower, upper, slack),
        _by_limits("rule 1 at 99.8%", base, numbers["lower_998"], numbers["upper_998"], slack),
        _by_widened_limits(numbers, slack),
        _double_overlap(numbers, slack),
    ]
    kind = rows["value_type"].iloc[0]
    multiplier = _multiplier(rows)
    if np.isfinite(multiplier):
        if kind == "proportion" or (not kind and multiplier == 100):
            computed += [_spc_proportion(numbers, slack, level) for level in LEVELS]
        if kind != "proportion":
            computed += [_spc_rate(numbers, slack, level, multiplier) for level in LEVELS]
    return [rule for rule in computed if rule.known.any()]


def _multiplier(rows: pd.DataFrame) -> float:
    """Return the power of ten of people that values are per; NaN where nothing tells it."""
    per = rows["value"] * rows["denominator"] / rows["count"].where(rows["count"] > 0)
    middle = per.where(per > 0).median()
    return float(10 ** np.round(np.log10(middle))) if pd.notna(middle) else np.nan


_NUMBERS = (
    *("value", "lower_ci", "upper_ci", "lower_998", "upper_998", "denominator"),
    *("base", "base_lower", "base_upper"),
)


def slack_of(rows: pd.DataFrame) -> float:
    """Return the rounding of the figures of one indicator: of values or limits, the coarser."""
    pairs = (["value", "base"], ["lower_ci", "upper_ci"])
    return max(half_unit(rows[pair].to_numpy(float)) for pair in pairs)


def half_unit(numbers: FloatArray) -> float:
    """Return half a unit of the last place that figures are written to; 0 if they are not rounded.

    Examples
    --------
    >>> half_unit(np.array([81.2, 80.0])), half_unit(np.array([81.23456789, 80.0]))
    (0.05, 0.0)
    """
    seen = numbers[np.isfinite(numbers)]
    if not seen.size:
        return 0.0
    for decimals in range(MOST_DECIMALS):
        scaled = seen * 10**decimals
        if np.allclose(scaled, np.round(scaled), rtol=1e-12, atol=1e-9):
            return float(0.5 * 10.0**-decimals)
    return 0.0


def side(value: FloatArray, base: FloatArray, slack: float) -> FloatArray:
    """Return on which side of its comparator each value lies for sure: −1, 1, or 0 for neither."""
    gap = value - base
    return np.where(np.abs(gap) > 2 * slack, np.sign(gap), 0.0)


def _by_limits(
    name: str, base: FloatArray, lower: FloatArray, upper: FloatArray, slack: float
) -> Rule:
    """Similar where the comparator's value lies within the area's limits, ends included."""
    allows = np.flip(_sides_of_limits(base, lower, upper, slack), axis=1)
    return Rule(name, allows, np.isfinite(base + lower + upper))


def _by_widened_limits(numbers: dict[str, FloatArray], slack: float) -> Rule:
    """Rule 1 at 99.8% by the 95% limits alone: what lies between two widths may be either."""
    value, base = numbers["value"], numbers["base"]
    narrow, wide = (
        _by_limits(
            "rule 1 at 99.8%, limits widened",
            base,
            value - (value - numbers["lower_ci"]) * WIDER * (1 + part),
            value + (numbers["upper_ci"] - value) * WIDER * (1 + part),
            slack,
        )
        for part in (-SKEW, SKEW)
    )
    return narrow._replace(allows=narrow.allows | wide.allows)


def _double_overlap(numbers: dict[str, FloatArray], slack: float) -> Rule:
    """Similar where the two intervals overlap, ends included."""
    lower, upper = numbers["lower_ci"], numbers["upper_ci"]
    other_lower, other_upper = numbers["base_lower"], numbers["base_upper"]
    room = 2 * slack
    allows = np.column_stack(
        [
            (upper - room < other_lower),
            (lower <= other_upper + room) & (upper >= other_lower - room),
            (lower + room > other_upper),
        ]
    )
    return Rule("rule 12", allows, np.isfinite(lower + upper + other_lower + other_upper))


def _spc_proportion(numbers: dict[str, FloatArray], slack: float, level: str) -> Rule:
    """Similar within the control limits of a proportion around the comparator's value."""
    share, people = numbers["base"] / 100, numbers["denominator"]
    usable = (people > 0) & (share >= 0) & (share <= 1) & np.isfinite(numbers["value"])
    share, people = np.where(usable, share, 0.5), np.where(usable, people, 1.0)
    lower, upper = wilson_interval(share * people, people, confidence=LEVELS[level])
    allows = _sides_of_limits(numbers["value"], 100 * lower, 100 * upper, slack)
    return Rule(f"rule 5{level}", allows, usable)


def _spc_rate(numbers: dict[str, FloatArray], slack: float, level: str, multiplier: float) -> Rule:
    """Similar within Poisson limits of the events expected at the comparator's rate.

    The publisher takes a second denominator that no file has; the printed one stands in for it.
    """
    base, people = numbers["base"], numbers["denominator"]
    usable = (people > 0) & (base >= 0) & np.isfinite(numbers["value"])
    people = np.where(usable, people, 1.0)
    expected = np.where(usable, base, 0.0) * people / multiplier
    lower, upper = poisson_exact_interval(expected, confidence=LEVELS[level])
    scale = multiplier / people
    allows = _sides_of_limits(numbers["value"], lower * scale, upper * scale, slack)
    return Rule(f"rule 6{level}, on the printed denominator", allows, usable, exact=False)


def _sides_of_limits(
    point: FloatArray, lower: FloatArray, upper: FloatArray, slack: float
) -> NDArray[np.bool_]:
    """Tell whether a point may lie below, within or above limits; the ends are within."""
    room = 2 * slack
    within = (point >= lower - room) & (point <= upper + room)
    return np.column_stack([point - room < lower, within, point + room > upper])
