"""The figure of each place drawn towards the area's, and how many events it rests on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.neighbourhoods.asked import STEADY
from ineqlib.briefings.neighbourhoods.figures import Figures
from ineqlib.briefings.neighbourhoods.model import (
    Weight,
)
from ineqlib.facts.fact import Fact
from ineqlib.measures import empirical_bayes
from ineqlib.measures.empirical_bayes import LEAST_SMOOTHED, Smoothed
from ineqlib.text import MARKS

CARE = 10
"""Events from which a figure can be read, with care."""


@dataclass(frozen=True)
class Own:
    """The smoothed figure of one place."""

    value: float
    lower: float
    upper: float
    weight: float
    method: str


def with_counts(figures: Figures) -> NDArray[np.intp]:
    """Return which places have a figure with its count."""
    has_fact = np.array([place.fact is not None for place in figures.places])
    known = np.isfinite(figures.count) & np.isfinite(figures.denominator) & has_fact
    return np.flatnonzero(known & figures.has_counts)


def smoothed_places(figures: Figures) -> tuple[dict[int, Own], str]:
    """Smooth the figures of the places that have counts, or say why that cannot be done."""
    if figures.why_no_counts:
        return {}, figures.why_no_counts
    known = with_counts(figures)
    if len(known) < LEAST_SMOOTHED:
        return {}, "fewer than ten places have counts, too few to tell how far places differ"
    count, of = figures.count[known], figures.denominator[known]
    rest = of - count if figures.is_proportion else of
    if count.sum() == 0 or rest.sum() == 0:
        return {}, "nothing was counted in any place, so nothing tells how far places differ"
    kind = "proportion" if figures.is_proportion else "rate"
    smoothed: Smoothed = empirical_bayes(count, of, kind=kind, multiplier=figures.times)
    of_places = {}
    for at, n in enumerate(known.tolist()):
        own = smoothed.estimate[at]
        limits = float(own.lower), float(own.upper)
        of_places[n] = Own(float(own.value), *limits, float(smoothed.own_weight[at]), own.method)
    return of_places, ""


def weight_of(figures: Figures, n: int, raw: Fact) -> Weight:
    """Say whether a figure can carry weight, by how many events it rests on."""
    if raw.mark == MARKS["low_reliability"]:
        return Weight.WEAK
    events = figures.count[n] if figures.has_counts else np.nan
    if figures.is_proportion:
        events = min(events, figures.denominator[n] - events)
    if np.isnan(events):
        if not raw.limits:
            return Weight.UNKNOWN
        half = (raw.limits[1] - raw.limits[0]) / 2
        events = (1.96 * raw.value / half) ** 2 if half > 0 else np.inf
    return Weight.STEADY if events >= STEADY else Weight.CARE if events >= CARE else Weight.WEAK
