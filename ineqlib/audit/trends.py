"""Labels of recent trend: recomputed from the five newest points, direction and judgement apart.

The publisher's own code, where it is public, never sets the direction of proportions: "decreasing"
comes out, or what the indicator before had. So the direction is taken from the figures.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ineqlib.audit.words import (
    AGREES,
    CANNOT,
    GOOD,
    WRONG,
    TrendLabel,
    trend_label,
)
from ineqlib.estimate import LIMITS_APART, FloatArray
from ineqlib.measures import recent_trend, recent_trend_of_proportion
from ineqlib.measures.trends import CANNOT as NO_TREND
from ineqlib.measures.trends import DECREASING, INCREASING, POINTS

SERIES = ["area_code", "sex", "age", "group"]
NUMBERS = ["value", "lower_ci", "upper_ci", "count", "denominator"]
REGRESSION, PROPORTIONS = "weighted regression", "chi-squared for proportions"
HAS_TREND = ("rate", "proportion", "")
"""Types of value that the published rule gives a trend; the empty one is not known."""
YEAR = 12
DIRECTION_FAULT = "; the publisher's public code is known not to set the direction of proportions"


class Computed(NamedTuple):
    """What the figures of one series give, by each method that may be used: method -> direction."""

    by_method: dict[str, str]
    chi_squared: dict[str, float]
    reason: str = ""


def audit_trends(rows: pd.DataFrame, polarity: str) -> pd.DataFrame:
    """Recompute the labels of recent trend of one indicator.

    Without a polarity no label is wrong for its judgement. The rows with a label come back with
    `verdict`, `rule`, `why`, `ours` and `points`: the five newest, in words.
    """
    labelled = rows[rows["trend"].ne("")]
    if labelled.empty:
        return labelled.assign(verdict="", rule="", why="", ours="", points="")
    ordered = rows.sort_values("period_start", kind="stable")
    by_series = dict(iter(ordered.groupby(SERIES, sort=False)))
    verdicts = []
    for row in labelled.itertuples(index=False):
        series = by_series[row.area_code, row.sex, row.age, row.group]
        series = series[series["period_start"] <= row.period_start]
        verdicts.append(_judge(row, series, polarity))
    columns = ["verdict", "rule", "why", "ours", "points"]
    judged = pd.DataFrame(verdicts, columns=columns, index=labelled.index)
    return pd.concat([labelled, judged], axis=1).reset_index(drop=True)


def computed(series: pd.DataFrame) -> Computed:
    """Apply the published rule to a series, oldest first, by each method it may be meant for."""
    newest = series.iloc[-1]
    if newest["months"] != YEAR:
        return _none("the rule gives a trend for periods of one year only")
    if newest["value_type"] not in HAS_TREND:
        return _none("the rule gives a trend for rates and proportions only")
    points = newest_points(series)
    if len(points) < POINTS:
        return _none(f"fewer than {POINTS} unbroken periods with a value, its limits and counts")
    value, lower, upper, count, people = (points[name].to_numpy(float) for name in NUMBERS)
    if (count >= people).all():
        return _none("every count is its denominator")
    directions, statistics = {}, {}
    if (upper > lower).all():
        trend = recent_trend(range(POINTS), value, (upper - lower) / LIMITS_APART)
        directions[REGRESSION] = str(trend.direction)
        statistics[REGRESSION] = float(trend.chi_squared)
    if newest["value_type"] != "rate" and (count <= people).all():
        trend = recent_trend_of_proportion(range(POINTS), count, people)
        directions[PROPORTIONS] = str(trend.direction)
        statistics[PROPORTIONS] = float(trend.chi_squared)
    return Computed(directions, statistics)


def newest_points(series: pd.DataFrame) -> pd.DataFrame:
    """Return the five newest points of the unbroken run that ends a series; fewer if it is short.

    A point counts if value, count and denominator are there; one without limits is passed over.
    """
    is_whole = series[["value", "count", "denominator"]].notna().all(axis=1)
    is_whole &= series["denominator"] > 0
    broken = np.flatnonzero(~is_whole.to_numpy())
    run = series.iloc[broken[-1] + 1 :] if len(broken) else series
    return run[run[["lower_ci", "upper_ci"]].notna().all(axis=1)].tail(POINTS)


def _none(reason: str) -> Computed:
    return Computed({}, {}, reason)


def _judge(row: Any, series: pd.DataFrame, polarity: str) -> tuple[str, str, str, str, str]:
    label = trend_label(row.trend)
    if label is None:
        return CANNOT, "", "it is no label of a rule that is known", "", ""
    ours = computed(series)
    points = _points_in_words(series, ours)
    verdict, rule, why = _verdict(label, ours)
    if verdict != WRONG and (fault := _wrong_judgement(label, polarity)):
        verdict, why = WRONG, fault
    said = dict.fromkeys(ours.by_method.values())
    return verdict, rule, why, " or ".join(said) or NO_TREND, points


def _verdict(label: TrendLabel, ours: Computed) -> tuple[str, str, str]:
    """Return verdict, rule and reason for the direction of a label."""
    directions = ours.by_method
    if label.direction == NO_TREND:
        if not directions or NO_TREND in directions.values():
            return AGREES, ours.reason or "no trend can be calculated", ""
        return CANNOT, "", "the publisher gives no trend and does not say why"
    giving = [method for method, direction in directions.items() if direction == label.direction]
    if giving:
        return AGREES, ", ".join(giving), ""
    calculable = {way: said for way, said in directions.items() if said != NO_TREND}
    if not calculable:
        return CANNOT, "", ours.reason or "the figures of its five points are not all there"
    opposite = {INCREASING: DECREASING, DECREASING: INCREASING}.get(label.direction)
    statistics = ", ".join(f"{way}: χ² {ours.chi_squared[way]:.2f}" for way in calculable)
    if opposite in calculable.values():
        fault = DIRECTION_FAULT if PROPORTIONS in calculable else ""
        return WRONG, "", f"the figures go the other way ({statistics}){fault}"
    if label.direction in (INCREASING, DECREASING):
        return WRONG, "", f"the figures show no trend by the rule ({statistics})"
    return WRONG, "", f"the figures show a trend by the rule ({statistics})"


def _wrong_judgement(label: TrendLabel, polarity: str) -> str:
    """Say what is wrong with "getting better" or "getting worse"; nothing where it is right."""
    if not label.judgement or polarity not in GOOD:
        return ""
    rising = 1 if label.direction == INCREASING else -1
    right = "better" if rising == GOOD[polarity] else "worse"
    if label.judgement == right:
        return ""
    high = "good" if polarity == "favourable" else "bad"
    return f"wrong polarity: a high value is {high}, so {label.direction} is getting {right}"


def _points_in_words(series: pd.DataFrame, ours: Computed) -> str:
    if ours.reason:
        return ""
    points = newest_points(series)
    values: FloatArray = points["value"].to_numpy(float)
    return ", ".join(
        f"{period} {value:.6g}" for period, value in zip(points["period"], values, strict=True)
    )
