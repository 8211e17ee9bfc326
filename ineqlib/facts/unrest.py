"""How much a figure without an interval moves from period to period by itself.

A publisher that gives no interval gives no chance to tell noise from change. The series does: what
an area does beyond the middle area of its tier, from one period to the next, is noise and true
change together, so taken as noise it errs on the careful side.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from ineqlib.facts.profile import Profile
from ineqlib.facts.series import Series
from ineqlib.facts.shared import read_peers
from ineqlib.pack import Pack

MOST_PERIODS = 8
FEWEST_AREAS = 20
PRIOR_PERIODS = 4.0
"""Degrees of freedom that the noise usual in the tier counts for beside the area's own."""
LEAST_RESTLESS, MOST_RESTLESS = 0.25, 16.0

Span = tuple[datetime, datetime]


class Usual(NamedTuple):
    """What is usual in a tier: the middle area's figure in each period, and the noise variance."""

    middle: tuple[float, ...]
    variance: float


@dataclass(frozen=True)
class Unrest:
    """The noise of one area's series."""

    se: float
    """Standard deviation of one period's figure."""
    freedom: float
    """Degrees of freedom it is known with."""
    middle: tuple[float, ...]
    """The middle area's figure in each of the periods, newest first."""


def unrests(profile: Profile, series: Sequence[Series]) -> list[Unrest | None]:
    """Estimate the noise of each series without intervals; None where it cannot be told.

    An area's own few periods tell little, so they are taken together with what is usual in its
    tier, which counts for `PRIOR_PERIODS`, and with how restless the area is in all its series: a
    small area is more restless than most.
    """
    known = [_own(profile, part) for part in series]
    ratios = [own / usual.variance for own, _, usual in filter(None, known) if usual.variance > 0]
    restless = float(np.clip(np.median(ratios), LEAST_RESTLESS, MOST_RESTLESS)) if ratios else 1.0
    noise: list[Unrest | None] = []
    for item in known:
        if item is None:
            noise.append(None)
            continue
        own, freedom, usual = item
        variance = PRIOR_PERIODS * usual.variance * restless + freedom * own
        freedom += PRIOR_PERIODS
        noise.append(Unrest(float(np.sqrt(variance / freedom)), freedom, usual.middle))
    return noise


def _own(profile: Profile, series: Series) -> tuple[float, float, Usual] | None:
    """Variance, its degrees of freedom, and what is usual in the tier."""
    rows = series.independent[:MOST_PERIODS]
    if len(rows) < 2 or math.isfinite(rows[0].lower_ci):
        return None
    spans = tuple((row.period_start, row.period_end) for row in rows)
    about = (series.indicator.id, series.sex, series.age)
    usual = profile.pack.shared(usual_unrest, profile.in_pack, profile.tier, about, spans)
    if usual is None:
        return None
    beyond = np.array([row.value for row in rows]) - np.array(usual.middle)
    steps = np.diff(beyond)
    periods = len(steps)
    # Neighbouring differences share a figure, which costs a third of their freedom (von Neumann).
    freedom = 2 * periods**2 / (3 * periods - 1)
    return float((steps**2).sum() / (2 * periods)), freedom, usual


def usual_unrest(
    pack: Pack,
    indicators: tuple[str, ...],
    tier: frozenset[str],
    about: tuple[str, str, str],
    spans: tuple[Span, ...],
) -> Usual | None:
    """Return what is usual in a tier over some periods; None with too few areas in any of them."""
    peers = pack.shared(read_peers, indicators)
    indicator, *who = about
    keys = [(indicator, *span, *who) for span in spans]
    table = peers.table(keys, peers.are(tier))
    if (np.isfinite(table).sum(axis=1) < FEWEST_AREAS).any():
        return None
    middle = np.nanmedian(table, axis=1)
    whole = table[:, np.isfinite(table).all(axis=0)]
    if whole.shape[1] < FEWEST_AREAS:
        return None
    steps = np.diff(whole - middle[:, None], axis=0)
    variance = float(np.median((steps**2).mean(axis=0) / 2))
    return Usual(tuple(middle.tolist()), variance)
