"""Between facts and estimates: the limits of the one as fields of the other, and back."""

import math

from ineqlib.estimate import LIMITS_APART, Estimate
from ineqlib.facts.fact import Fact


def limits_of(estimate: Estimate) -> dict[str, float]:
    """Return the limits of one estimate as fields of a fact; none where it has none."""
    lower, upper = float(estimate.lower), float(estimate.upper)
    return {} if math.isnan(lower + upper) else {"lower_ci": lower, "upper_ci": upper}


def se_of(fact: Fact) -> float:
    """Return the standard error that the limits of a fact tell; zero where it has none."""
    return (fact.limits[1] - fact.limits[0]) / LIMITS_APART if fact.limits else 0.0
