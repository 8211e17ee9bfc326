"""Where things go: axis ranges, line breaks, labels that must not cover each other."""

import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from ineqlib.charts.theme import DARK_GREY
from ineqlib.charts.vegalite import Spec, fixed, inline, layer
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact

TEXT = 12
"""Size of the text in charts narrow enough for a phone."""
CHARACTER = 6.7
"""Width in pixels of an average character at 12 px, on the wide side."""
TITLE_LIMIT = 180
"""Pixels after which Vega cuts an axis title."""
LINE = 14
"""Height in pixels of a line of text at 12 px."""


def spread(
    centres: Sequence[float], heights: Sequence[float], low: float, high: float
) -> np.ndarray:
    """Move labels as little as possible (least squares) so that none covers another.

    They stay within `low` and `high`, but for the low end when they need more than that.
    """
    wanted, tall = np.asarray(centres, float), np.asarray(heights, float)
    if not wanted.size:
        return wanted
    order = np.argsort(wanted, kind="stable")
    offset = np.cumsum(tall[order]) - tall[order] / 2
    # Without the stacked heights, "does not overlap" is "does not decrease".
    start = _not_falling(wanted[order] - offset)
    start = np.minimum(np.maximum(start, low), high - tall.sum())
    placed = np.empty_like(wanted)
    placed[order] = start + offset
    return placed


def _not_falling(wanted: np.ndarray) -> np.ndarray:
    """Return the numbers nearest to these (least squares) that never fall.

    Neighbours in the wrong order share their mean ("pool adjacent violators"). SciPy has this too,
    but a process would wait half a second for the package it is in.
    """
    pools: list[tuple[float, int]] = []
    for value in wanted.tolist():
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before = pools.pop()
            total, count = before[0] + total, before[1] + count
        pools.append((total, count))
    return np.repeat([total / count for total, count in pools], [count for _, count in pools])


def values_and_limits(facts: Iterable[Fact]) -> list[float]:
    """Return every number that a value axis of these facts must reach."""
    return [number for fact in facts for number in (fact.value, *(fact.limits or ()))]


def value_range(numbers: Iterable[float], *, zero: bool = False) -> tuple[float, float]:
    """Return an axis range that holds every number given, with a little air."""
    numbers = [value for value in numbers if math.isfinite(value)]
    if not numbers:
        raise InputError(
            "There is no value to draw: every row of this chart is missing or the selection is "
            "empty. Show a line of text in its place."
        )
    low, high = min(numbers), max(numbers)
    air = 0.06 * (high - low) or 0.05 * abs(high) or 1.0
    if zero:
        return min(low * 1.06, 0.0), max(high * 1.06, 0.0) or 1.0
    return low - air, high + air


class Scale(NamedTuple):
    """The range of a value axis."""

    low: float
    high: float
    is_cut: bool
    """Whether zero is left out, which a chart has to draw and to say."""

    @property
    def ends(self) -> list[float]:
        """Both ends, the lower first."""
        return [self.low, self.high]


LEAST_SPAN = 0.1
"""A cut scale spans at least this share of what it shows: small differences must look small."""
NEAR_ZERO = 0.5
"""A scale begins at zero where the lowest number is at most this share of the highest."""


def value_scale(numbers: Iterable[float]) -> Scale:
    """Return an axis that begins at zero where zero is near, and else is cut.

    Examples
    --------
    >>> value_scale([50.0, 100.0])
    Scale(low=0.0, high=106.0, is_cut=False)
    >>> value_scale([79.0, 80.0]).is_cut
    True
    """
    numbers = [value for value in numbers if math.isfinite(value)]
    low, high = value_range(numbers)
    least, most = min(numbers), max(numbers)
    if least < 0 < most:
        return Scale(low, high, is_cut=False)
    near, far = sorted((abs(least), abs(most)))
    if near <= NEAR_ZERO * far or not far:
        ends = (1.06 * least, 0.0) if least < 0 else value_range(numbers, zero=True)
        return Scale(*ends, is_cut=False)
    missing = LEAST_SPAN * far - (high - low)
    air = max(missing / 2, 0.0)
    return Scale(low - air, high + air, is_cut=True)


def cut_mark(scale: Scale, *, across: bool = False) -> list[Spec]:
    """Draw the break at the low end of a value axis that does not begin at zero."""
    if not scale.is_cut:
        return []
    end = {"y": fixed("height"), "color": fixed(DARK_GREY), "x": fixed(8)}
    turned: dict[str, Any] = {"angle": 90} if across else {"yOffset": -5}
    zigzag: dict[str, Any] = {"shape": BREAK, "filled": False, "strokeWidth": 1.5, "size": 40}
    return [layer("point", end, data=inline([{}]), **zigzag, **turned)]


BREAK = "M-0.7,1.6L0.7,0.8L-0.7,0L0.7,-0.8L-0.7,-1.6"
CUT = "the scale does not begin at zero"


@lru_cache(maxsize=5_000)
def wrapped(text: str, width: int, lines: int) -> str:
    """Break a text into at most `lines` lines of `width` characters, the last cut with "…".

    Examples
    --------
    >>> wrapped("Bournemouth, Christchurch and Poole", 14, 2)
    'Bournemouth,\\nChristchurch…'
    """
    return "\n".join(
        textwrap.wrap(text, width, max_lines=lines, placeholder="…", break_on_hyphens=False)
    )


_WHOSE = re.compile(r"(.*)(, (?:men|women|boys|girls|aged|of age)\b.*)")
"""A name, and at its end whose figure it is."""


@lru_cache(maxsize=5_000)
def shortened(name: str, width: int) -> str:
    """Cut a name to one line of `width` characters; whose figure it is stays at its end.

    Examples
    --------
    >>> shortened("Children in families on a low income, girls", 40)
    'Children in families on a low…, girls'
    """
    parts = _WHOSE.fullmatch(name) if len(name) > width else None
    if parts is None or len(parts[2]) > width * 2 / 3:
        return wrapped(name, width, 1)
    return f"{wrapped(parts[1], width - len(parts[2]), 1)}{parts[2]}"


MANY = 100_000
"""A number from which on it is too broad for an axis, and is written as 200k or 1.2m."""
SHORT = (
    "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',~r') + 'm' : "
    "datum.value ? format(datum.value / 1e3, ',~r') + 'k' : '0'"
)


def level_axis(unit: str, width: int, above: int = 10, scale: Scale | None = None) -> Spec:
    """Return a value axis of fixed width with its unit `above` pixels over it, level.

    Where its `scale` reaches large numbers they are written short.
    """
    is_large = scale is not None and max(map(abs, scale.ends)) >= MANY
    return {
        "title": unit or None,
        "titleX": -width,
        "titleY": -above,
        "titleFontSize": TEXT,
        "labelFontSize": TEXT,
        # Vega measures what has a limit three times, character by character.
        "labelLimit": 0,
        **({"titleLimit": 0} if len(unit) * CHARACTER < TITLE_LIMIT else {}),
        **({"labelExpr": SHORT} if is_large else {}),
        "tickCount": 4,
        "minExtent": width,
        "maxExtent": width,
    }
