"""Two pairs of districts with overlapping intervals: reading overlap as no difference."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.demo.indicators import Effect
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field

INDICATORS = ("overweight_adults", "active_adults")
APART = 0.3
"""Log odds between the higher and the lower districts."""
DIFFERENT, ALIKE = (2.15, 2.7), (0.8, 1.5)
"""Standard errors that the shown pairs lie apart; with any of these the intervals overlap."""
CHOICES = ("first", "second", "both", "neither")


class _Pair(NamedTuple):
    first: str
    second: str
    period: str


def plant(county: County) -> Plant:
    """Have districts at two levels, and show a pair of one level and a pair of both."""
    rng = county.rng("overlap")
    base = county.indicators[INDICATORS[rng.integers(2)]]
    mixed = [county.codes[at] for at in rng.permutation(len(county.codes))]
    high, low = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
    effects = (Effect(APART / 2, tuple(high)), Effect(-APART / 2, tuple(low)))
    same = replace(base, gradient=0.0, place_spread=0.0, change=0.0, shocks={}, effects=effects)

    def is_shown(rows: pd.DataFrame) -> bool:
        return all(_pairs(county, rows, high, unlike=kind) for kind in (True, False))

    drawn, rows = county.draw(same, is_shown)
    unlike, like = (_pairs(county, rows, high, unlike=kind) for kind in (True, False))
    pairs = [unlike[rng.integers(len(unlike))], like[rng.integers(len(like))]]
    order = [pairs[at] for at in rng.permutation(2)]
    asked = {"indicator": drawn.id}
    for place, pair in zip(CHOICES, order, strict=False):
        asked |= {f"{place}_{name}": value for name, value in pair._asdict().items()}
    right = CHOICES[order.index(pairs[0])]
    return Plant(
        indicators=(drawn,),
        asked=asked,
        right={"differs": right},
        wrong={
            "overlap": ("differs", ["neither"]),
            "bare figures": ("differs", ["both"]),
            "swapped": ("differs", [CHOICES[order.index(pairs[1])]]),
        },
    )


def _pairs(county: County, rows: pd.DataFrame, high: list[str], *, unlike: bool) -> list[_Pair]:
    """Return pairs as far apart as is asked, of one level or of two."""
    least, most = DIFFERENT if unlike else ALIKE
    return [
        pair
        for pair, apart in _apart(county.of_districts(rows))
        if least <= apart <= most and ((pair.first in high) != (pair.second in high)) == unlike
    ]


def _apart(rows: pd.DataFrame) -> Iterator[tuple[_Pair, float]]:
    """Give each pair in each period, and how many standard errors lie between the two."""
    share = rows["count"] / rows["denominator"]
    errors = np.sqrt(share * (1 - share) / rows["denominator"])
    for period, places in rows.groupby("period").indices.items():
        codes = rows["area_code"].iloc[places].tolist()
        of = dict(
            zip(codes, zip(share.iloc[places], errors.iloc[places], strict=True), strict=True)
        )
        for first, second in combinations(codes, 2):
            (a, se_a), (b, se_b) = of[first], of[second]
            order = (first, second) if a > b else (second, first)
            # As the test of a difference of proportions that is taught has it.
            yield _Pair(*order, str(period)), abs(a - b) / float(np.hypot(se_a, se_b))


EXERCISE = Exercise(
    name="overlap",
    title="Intervals that overlap",
    minutes=20,
    question=(
        "{indicator_name}. Two pairs of districts, whose 95% intervals overlap: first, "
        "{first_first_name} and {first_second_name} in {first_period}; second, "
        "{second_first_name} and {second_second_name} in {second_period}. In which pair do the "
        "two differ by more than chance explains: “first”, “second”, “both” or “neither”?"
    ),
    fields=(Field("differs", "choice", CHOICES),),
    hints={
        "overlap": (
            "Overlapping intervals do not say that two figures are alike: they overlap until the "
            "figures lie 1.4 times as far apart as a test needs. Test the difference itself: "
            "iq.measures.compare(one, other, rule=“difference”)."
        ),
        "bare figures": (
            "In each pair one figure is higher than the other, as two figures always are. Ask "
            "whether chance explains as much: iq.measures.compare(…, rule=“difference”)."
        ),
        "swapped": (
            "The other way round: chance explains as much in that pair. The test of the "
            "difference takes both standard errors; the eye takes the gap between two bars."
        ),
    },
    otherwise="Answer “first”, “second”, “both” or “neither”.",
    learned="Two figures are compared by a test of their difference, not by looking at two bars.",
    plant=plant,
)
