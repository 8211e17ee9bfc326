"""How much more years differ than intervals say: what areas of a tier lie off their own lines.

An interval knows chance alone. Years also differ by how things were counted, by weather, by a
wave of flu. One area's five figures tell too little of that; those of all areas together tell it
well, and where chance explains everything they say so.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtr, chdtri

from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.shared import Peers, read_peers
from ineqlib.facts.unrest import FEWEST_AREAS, Span
from ineqlib.pack import Pack

HIGHEST = 0.1
LINE = 2
"""What a line takes of the degrees of freedom."""


class _Figures(NamedTuple):
    """Figures of a tier, a period a row and an area a column, and when each period was."""

    value: NDArray[np.float64]
    weight: NDArray[np.float64]
    when: NDArray[np.float64]


def beyond_intervals(profile: Profile, rows: list[Row]) -> float:
    """Return the variance of a tier's figures about their lines, over what intervals explain.

    1 where intervals explain all of it, or where too few areas can be looked at.
    """
    if len(rows) <= LINE:
        return 1.0
    spans = tuple((row.period_start, row.period_end) for row in rows)
    about = (rows[0].indicator_id, rows[0].sex, rows[0].age)
    return profile.pack.shared(usual_beyond, profile.in_pack, profile.tier, about, spans)


def usual_beyond(
    pack: Pack,
    indicators: tuple[str, ...],
    tier: frozenset[str],
    about: tuple[str, str, str],
    spans: tuple[Span, ...],
) -> float:
    """Return what is usual in a tier: the areas' chi-squared over that of chance.

    The highest tenth counts as its lowest does: an area whose figures were revised once, or that
    turned round, tells nothing of the others.
    """
    figures = _figures(pack.shared(read_peers, indicators), tier, about, spans)
    freedom = len(spans) - LINE
    if figures.value.shape[1] < FEWEST_AREAS:
        return 1.0
    off = _off_the_line(figures)
    cut = float(chdtri(freedom, HIGHEST))
    by_chance = freedom * float(chdtr(freedom + 2, cut)) + HIGHEST * cut
    usual = np.minimum(off, np.quantile(off, 1 - HIGHEST)).mean()
    return max(1.0, float(usual) / by_chance)


def _figures(
    peers: Peers, tier: frozenset[str], about: tuple[str, str, str], spans: tuple[Span, ...]
) -> _Figures:
    """Figures of the areas that have one with an interval in each period, less the middle area's.

    What all areas do in a year is no unrest of one of them.
    """
    indicator, *who = about
    keys = [(indicator, *span, *who) for span in spans]
    among = peers.are(tier)
    value, se = peers.table(keys, among), peers.table(keys, among, of="se")
    whole = (np.isfinite(value) & (se > 0)).all(axis=0)
    value, se = value[:, whole], se[:, whole]
    beyond = value - np.median(value, axis=1, keepdims=True) if whole.any() else value
    middles = [(start + (end - start) / 2).toordinal() for start, end in spans]
    return _Figures(beyond, se**-2.0, np.array(middles, dtype=float)[:, None])


def _off_the_line(figures: _Figures) -> NDArray[np.float64]:
    """Chi-squared of each area's figures about its own weighted line."""
    value, weight, when = figures
    total = weight.sum(axis=0)
    apart = when - (weight * when).sum(axis=0) / total
    from_mean = value - (weight * value).sum(axis=0) / total
    slope = (weight * apart * from_mean).sum(axis=0) / (weight * apart**2).sum(axis=0)
    return np.asarray((weight * (from_mean - slope * apart) ** 2).sum(axis=0))
