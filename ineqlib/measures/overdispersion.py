"""How much more areas differ than chance alone would make them, for the limits of a funnel.

Areas are on the last axis; leading axes are independent funnels. Why it differs from published
work: docs/decisions/0011-funnel-limits.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from ineqlib.errors import InputError, ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import (
    as_number,
    flag,
    last_axis,
    not_negative,
    one_of,
    possibly_missing,
    require,
    same_labels,
    together,
)
from ineqlib.measures.standardised import DSR_LEAST_EVENTS

KINDS = ("proportion", "rate", "ratio", "dsr")

_FEW = (
    "Areas with few events have no published rate, but those that are left have more events than "
    "chance alone would give them."
)
OF_AVERAGE = (
    f"{_FEW} Give average=, the rate of all areas together: dsr of their summed counts and "
    "populations by the same standard, with multiplier=1."
)
OF_SPREAD = f"{_FEW} Give every area's: events expected at the average rate, over that rate."

LEAST_AREAS = 10
"""With fewer areas their spread says next to nothing about the spread of areas."""


@dataclass(frozen=True)
class Overdispersion:
    """Spread of areas beyond chance; arrays of shape ``(…)``.

    Parameters
    ----------
    phi
        Multiplicative: variance of the areas over the variance chance gives them. 1 where chance
        explains all of it; below 1 by chance, and then no limits are changed.
    tau_squared
        Additive: variance between areas, 0 where chance explains all of it. For proportions on the
        scale of the arcsine of the root; for the rest, of the square root of the value over the
        average, so that ``2 tau`` is about the areas' relative standard deviation.
    units
        Areas it rests on.
    kind
        What the areas' values are.
    method
        How it was made, in words for a methods note.
    """

    phi: FloatArray
    tau_squared: FloatArray
    units: NDArray[np.int_]
    kind: str
    method: str


def overdispersion(
    count: ArrayLike,
    denominator: ArrayLike,
    *,
    kind: str,
    average: ArrayLike | None = None,
    winsorise: float = 0.1,
    as_published: bool = False,
) -> Overdispersion:
    """How much more areas differ than chance alone would make them.

    Parameters
    ----------
    count, denominator, kind, average
        As in `outside_funnel`; at least ten areas, each with its denominator, also those of a
        directly standardised rate with few events: left out, the rest would look too alike.
    winsorise
        Share of the areas, at each end, drawn in to the most extreme of the rest, so that the few
        whom a funnel is to find do not widen it; 0 for none.
    as_published
        Leave out the correction for what winsorising takes away, to match published work.

    Returns
    -------
    Overdispersion
        Shape ``(…)``: a ratio of variances, and a variance on the root scale.

    Raises
    ------
    InputError
        As `outside_funnel`; fewer than ten areas.
    ParameterError
        An unknown kind; a share to winsorise not from 0 up to a half.

    Method
    ------
    title: Overdispersion
    sentence: How much more areas differ than chance alone would make them.
    formula:
        φ = Σ z² / (I v); τ² = (I φ − (I − 1)) / (Σw − Σw² / Σw), not below 0
        z = (g(y) − g(θ)) / s, the tenth at each end drawn in; w = 1 / s²; I: areas
        g: square root of the value over the average, s = 1 / (2 √events expected); of a
        proportion, arcsine of the root, s = 1 / (2 √n)
        v: what drawing the ends in leaves of a normal variance, 0.679 for tenths
    use: To widen a funnel: φ (multiplicative) where areas differ by a share of chance, τ²
        (additive) where even the largest differ.
    avoid: Fewer than ten areas. As an excuse: it turns differences between areas, just or unjust,
        into background.
    interval: None. Published work leaves v out, and its limits are too narrow: 10 areas in 100
        outside instead of 5, and 1 instead of 0.2; as_published=True matches it.
    source: Spiegelhalter 2005, Stat Med 24:1185; Spiegelhalter et al. 2012, J R Stat Soc A 175:1
    doi: 10.1002/sim.1970

    Notes
    -----
    τ² is DerSimonian and Laird's.

    Winsorising a tenth at each end takes a third of the variance of normal z-scores away, and the
    published phi leaves it out: limits come out too narrow and give twice the false alarms at the
    95% level and five times at 99.8%. Here phi is divided by what is left of a standard normal
    variance, unless ``as_published=True``.

    Examples
    --------
    >>> spread = overdispersion([64, 100, 144, 64, 100, 144, 64, 100, 144, 100], 100, kind="ratio")
    >>> bool(spread.phi > 1), int(spread.units)
    (True, 10)
    """
    if not 0 <= as_number(winsorise) < 0.5:
        raise ParameterError(f"winsorise={winsorise!r}: expected a share from 0 up to 0.5.")
    areas = checked_areas(count, denominator, kind, average)
    number = last_axis(areas.count, "count", at_least=LEAST_AREAS, what="areas")
    require_denominators(areas.denominator, OF_SPREAD)
    units = np.full(areas.count.shape[:-1], number)
    value = to_root(areas.count / areas.denominator, areas.average, kind)
    error = root_error(areas.denominator, areas.average, kind)
    z = (value - to_root(areas.average, areas.average, kind)) / error
    low, high = np.quantile(z, [winsorise, 1 - winsorise], axis=-1)[..., None]
    kept = 1.0 if flag(as_published, "as_published") else _normal_variance_left(winsorise)
    phi = (np.clip(z, low, high) ** 2).sum(axis=-1) / units / kept
    weight = error**-2
    total = weight.sum(axis=-1)
    spread = total - (weight**2).sum(axis=-1) / total
    tau_squared = np.maximum((units * phi - (units - 1)) / spread, 0)
    method = f"z-scores on the root scale, {winsorise:.0%} winsorised at each end" + (
        ", as published" if as_published else ", corrected for winsorising"
    )
    return Overdispersion(phi, tau_squared, units, kind, method)


@dataclass(frozen=True)
class Areas:
    """Areas of each funnel, checked; shape ``(…, k)``, the average ``(…, 1)``.

    An area that cannot be judged, a directly standardised rate of too few events, is not usable;
    its denominator may be missing.
    """

    count: FloatArray
    denominator: FloatArray
    average: FloatArray
    usable: NDArray[np.bool_]


def checked_areas(
    count: ArrayLike, denominator: ArrayLike, kind: str, average: ArrayLike | None
) -> Areas:
    """Check the areas of a funnel and find their average."""
    one_of(kind, "kind", KINDS)
    same_labels(count=count, denominator=denominator)
    count, denominator = together(
        count=np.atleast_1d(not_negative(count, "count")),
        denominator=possibly_missing(denominator, "denominator"),
    )
    usable = count >= DSR_LEAST_EVENTS if kind == "dsr" else np.ones(count.shape, dtype=bool)
    missing = np.isnan(denominator)
    require((missing & ~usable) | (denominator > 0), "denominator", "above zero")
    if kind == "proportion":
        require(count <= denominator, "count", "at or below its denominator")
    if average is None:
        require_denominators(denominator, OF_AVERAGE)
        middle = count.sum(axis=-1) / denominator.sum(axis=-1)
    else:
        middle = not_negative(average, "average")
    middle = one_for_each_funnel(check_average(middle, kind), "average", count)
    return Areas(count, denominator, middle, usable)


def require_denominators(denominator: FloatArray, advice: str) -> None:
    """Refuse areas without a denominator: those that have few events are not like the others."""
    require(~np.isnan(denominator), "denominator", "known", advice)


def one_for_each_funnel(of_funnel: FloatArray, name: str, count: FloatArray) -> FloatArray:
    """Return numbers of funnels as ``(…, 1)`` beside areas ``(…, k)``, refusing one an area."""
    if of_funnel.ndim and of_funnel.shape != count.shape[:-1]:
        raise InputError(
            f"{name}: shape {of_funnel.shape} beside areas of shape {count.shape}. Expected one "
            f"number, or one for each funnel: shape {count.shape[:-1]}."
        )
    return of_funnel[..., None]


def check_average(average: FloatArray, kind: str) -> FloatArray:
    """Refuse an average no area can lie about."""
    if kind == "proportion":
        require((average >= 0) & (average <= 1), "average", "a proportion from 0 to 1")
    else:
        require(average > 0, "average", "above zero")
    return average


def to_root(value: FloatArray, average: FloatArray, kind: str) -> FloatArray:
    """To the scale on which chance has one standard error whatever the value."""
    if kind == "proportion":
        return np.arcsin(np.sqrt(value))
    return np.sqrt(value / average)


def from_root(root: FloatArray, average: FloatArray, kind: str) -> FloatArray:
    """Back from the root scale, ends that lie beyond it cut."""
    if kind == "proportion":
        return np.sin(np.clip(root, 0, np.pi / 2)) ** 2
    return average * np.maximum(root, 0) ** 2


def root_error(denominator: FloatArray, average: FloatArray, kind: str) -> FloatArray:
    """Standard error by chance on the root scale."""
    events = denominator if kind == "proportion" else denominator * average
    return 1 / (2 * np.sqrt(events))


def _normal_variance_left(share: float) -> float:
    """Variance of a standard normal whose ends, of this share each, are drawn in."""
    if share == 0:
        return 1.0
    end = float(-ndtri(share))
    density = np.exp(-(end**2) / 2) / np.sqrt(2 * np.pi)
    return float(1 - 2 * share - 2 * end * density + 2 * share * end**2)
