"""By which arithmetic an indicator of a whole follows from its parts, or why by none."""

import re
from collections.abc import Sequence
from enum import Enum
from math import isnan
from typing import NamedTuple

import numpy as np

from ineqlib.catalogue import Indicator
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.geography.parts import Parts
from ineqlib.geography.rounding import Steps, step_of
from ineqlib.measures import crude_rate, proportion


class Kind(Enum):
    """What is done with the figures of the parts."""

    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    MEAN = "mean"


COUNT, SHARE, RATE, MEAN = Kind
ACCOUNTS = {
    COUNT: "sum of counts",
    SHARE: "counts over denominators, Wilson limits",
    RATE: "counts over denominators, exact limits below 10 events and Byar's from 10",
    MEAN: "mean weighted by denominators, without limits",
}
"""Kind -> how the page says it was done."""
WITHOUT_LIMITS = {
    COUNT: ACCOUNTS[COUNT],
    SHARE: "counts over denominators, without limits, as the publisher's are not made of counts",
    RATE: "counts over denominators, without limits, as the publisher's are not made of counts",
    MEAN: ACCOUNTS[MEAN],
}
"""The same where the parts have no limits, or others than ours."""

_COUNTS = ("count", "number", "people", "persons", "households")
_PER = re.compile(r"(?:rate )?per ([\d,]+)\b")

REFUSED = {
    "median": "a median cannot be made from medians",
    "slope_index": "a slope index is made of the groups of each area",
    "inequality": "a gap between groups is made of the groups of each area",
    "ratio": "a ratio cannot be made from ratios",
    "life_expectancy": (
        "life expectancy is made of deaths and people by age, and the pack has none that give back "
        "what is published for its parts"
    ),
}
"""Type of value -> why it cannot be added up."""
UNLIKE = (
    "what is published for its parts is not their counts over their denominators: it is "
    "standardised or weighted, and the pack has nothing by age that gives it back"
)


class Method(NamedTuple):
    """How an indicator is made from its parts; `refusal` says why it is not."""

    kind: Kind
    multiplier: float = 1.0
    refusal: str = ""

    def estimate(self, count: FloatArray, denominator: FloatArray) -> Estimate:
        """Return shares or rates with limits."""
        make = proportion if self.kind is SHARE else crude_rate
        return make(count, denominator, multiplier=self.multiplier)

    def gives_back(self, figures: Sequence[Parts], steps: Steps) -> bool:
        """Tell whether every published value of the parts is what its count gives, if rounded."""
        if self.kind not in (SHARE, RATE):
            return True
        for row in (row for parts in figures for row in parts.rows):
            value, count, denominator = (row[name] for name in ("value", "count", "denominator"))
            if isnan(value) or isnan(count) or not denominator > 0:
                continue
            expected = self.multiplier * count / denominator
            coarse = self.multiplier * steps.half_count(row) / denominator
            if abs(value - expected) > steps.half_value(row) + coarse:
                return False
        return True


def method_of(indicator: Indicator, figures: Sequence[Parts]) -> Method:
    """Tell how the figures of one indicator are put together.

    What the catalogue does not know is a share or rate if its unit says so and it has counts; that
    these give back the parts' own values is for `Method.gives_back` to tell.
    """
    unit = str(figures[0].first["unit"]).strip().casefold()
    multiplier = _multiplier(unit)
    if indicator.modelled:
        return Method(RATE, multiplier, "it is modelled for each area, not counted")
    if indicator.value_type in REFUSED:
        return Method(RATE, multiplier, REFUSED[indicator.value_type])
    if indicator.value_type in ("mean", "score"):
        known = _has(figures, "denominator")
        return Method(MEAN, 1.0, "" if known else "a mean is published without how many it is of")
    if unit in _COUNTS:
        return Method(COUNT)
    if not multiplier:
        return Method(RATE, 1.0, f"the unit '{unit}' does not say out of how many")
    kind = SHARE if unit == "%" and indicator.value_type != "rate" else RATE
    for column in ("count", "denominator"):
        if not _has(figures, column):
            return Method(kind, multiplier, f"it is published without {column}s")
    return Method(kind, multiplier)


def has_our_limits(figures: Sequence[Parts], method: Method, steps: Steps) -> bool:
    """Tell whether the limits published for the parts are what our formula makes of their counts.

    Without limits there is nothing to go by: the whole is then given none either.
    """
    columns = ("count", "denominator", "lower_ci", "upper_ci")
    rows = [row for parts in figures for row in parts.rows]
    rows = [row for row in rows if not any(isnan(row[name]) for name in columns)]
    if method.refusal or method.kind not in (SHARE, RATE) or not rows:
        return False
    count, denominator, lower, upper = np.array([[row[name] for name in columns] for row in rows]).T
    within = np.minimum(count, denominator) if method.kind is SHARE else count
    ours = method.estimate(within, denominator)
    coarse = np.array([2 * steps.half_count(row) for row in rows]) * method.multiplier / denominator
    source = np.array([row["source"] for row in rows])
    step = {
        name: step_of(np.append(lower[source == name], upper[source == name]))
        for name in set(source)
    }
    allowed = np.array([step[name] for name in source]) / 2 + coarse + 1e-6
    apart = np.maximum(abs(ours.lower - lower), abs(ours.upper - upper))
    return bool((apart <= allowed * 1.01).all())


def _has(figures: Sequence[Parts], column: str) -> bool:
    return any(not isnan(row[column]) for parts in figures for row in parts.rows)


def _multiplier(unit: str) -> float:
    """Return out of how many a unit is; 0 where it does not say."""
    if unit == "%":
        return 100.0
    per = _PER.match(unit)
    return float(per[1].replace(",", "")) if per else 0.0
