"""Where areas stand in a funnel of published rates, whose people nobody publishes beside them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import (
    above_zero,
    not_negative,
    one_of,
    positive,
    possibly_missing,
    require,
    same_labels,
    together,
)

KINDS = ("rate", "dsr")
FEWEST_EVENTS = 10
"""Of a directly standardised rate that is published, and so has a place."""


@dataclass(frozen=True)
class FunnelPoints:
    """Coordinates of areas, as published; shape ``(…, k)``.

    Parameters
    ----------
    size
        People of a year, derived from events and rate: the horizontal axis, and what
        `funnel_limits` takes.
    value
        The rate, per as many people as it was given.
    """

    size: FloatArray
    value: FloatArray


def funnel_points(
    count: ArrayLike,
    rate: ArrayLike,
    denominator: ArrayLike | None = None,
    *,
    kind: str,
    multiplier: float = 100_000,
    years: float = 1,
) -> FunnelPoints:
    """Place areas in a funnel by their events and published rates.

    Parameters
    ----------
    count
        Events in each area over all years, shape ``(…, k)``.
    rate
        Published rate per `multiplier` people and year, same shape or broadcasting; of a
        standardised rate of fewer than ten events it may be missing.
    denominator
        People over all years: asked for where an area has no event, and so a rate that says nothing
        of its size.
    kind
        ``"rate"`` for crude rates, ``"dsr"`` for directly standardised ones.
    multiplier
        Per how many people.
    years
        How many years the events are of.

    Returns
    -------
    FunnelPoints
        NaN for a standardised rate of fewer than ten events, as published.

    Raises
    ------
    InputError
        A missing or negative count, a missing or negative rate; events without a rate or a rate
        without events; no events and no people.
    ParameterError
        An unknown kind; a multiplier or years not above zero.

    Method
    ------
    title: Points of a funnel, as published
    sentence: Where each area stands in a funnel of published rates.
    formula:
        size = multiplier × x / r / years; of no events: people / years
        x: events; r: published rate; none for a standardised rate of fewer than 10 events
    use: Published rates with their events: the size is what the rate's precision is of.
    avoid: Where people are published too and the rate is crude: take those.
    interval: None: funnel_limits gives the limits at each size.
    source: OHID (formerly PHE) funnel plot template

    Examples
    --------
    >>> points = funnel_points([414, 0], [184, 0], [675_000, 9000], kind="rate", years=3)
    >>> points.size.round(6).tolist(), points.value.tolist()
    ([75000.0, 3000.0], [184.0, 0.0])
    """
    one_of(kind, "kind", KINDS)
    scale = above_zero(multiplier, "multiplier") / above_zero(years, "years")
    same_labels(count=count, rate=rate, denominator=denominator)
    given = np.asarray(np.nan) if denominator is None else positive(denominator, "denominator")
    events, per, people = together(
        count=not_negative(count, "count"), rate=possibly_missing(rate, "rate"), denominator=given
    )
    hidden = (events < FEWEST_EVENTS) & (kind == "dsr")
    require(hidden | (per >= 0), "rate", "zero or above", "Find the rate, or leave out the area.")
    both = (events > 0) == (per > 0)
    require(hidden | both, "count and rate", "both zero or both above", "Look for a row misplaced.")
    known = hidden | (events > 0) | np.isfinite(people)
    require(known, "count", "above zero", "Give the denominator of areas without events.")
    size = np.where(events > 0, events * scale / np.where(per > 0, per, 1.0), people / years)
    return FunnelPoints(np.where(hidden, np.nan, size), np.where(hidden, np.nan, per))
