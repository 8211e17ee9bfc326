"""From estimates to facts, and back."""

import math

import numpy as np

from ineqlib.estimate import LIMITS_APART, Estimate
from ineqlib.facts.fact import Fact


def limits_of(estimate: Estimate) -> dict[str, float]:
    """Return the limits of one estimate as fields of a fact; none where it has none."""
    lower, upper = float(estimate.lower), float(estimate.upper)
    return {} if math.isnan(lower + upper) else {"lower_ci": lower, "upper_ci": upper}


def se_of(fact: Fact) -> float:
    """Return the standard error that the limits of a fact tell; zero where it has none."""
    return (fact.limits[1] - fact.limits[0]) / LIMITS_APART if fact.limits else 0.0


def estimate_of(fact: Fact) -> Estimate:
    """Return a fact as an estimate, its standard error told by its limits; NaN without."""
    low, high = fact.limits or (math.nan, math.nan)
    parts = (fact.value, low, high, (high - low) / LIMITS_APART)
    value, lower, upper, se = (np.asarray(part, dtype=float) for part in parts)
    return Estimate(value, lower, upper, se)
