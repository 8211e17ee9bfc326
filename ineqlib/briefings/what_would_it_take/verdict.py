"""What a required change is called, by how many similar areas ever achieved as much."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import Estimate
from ineqlib.measures.rates_of_progress import RatesOfProgress

Verdict = Literal[
    "within what similar areas did", "seldom done", "never done", "already there", "cannot tell"
]
WITHIN: Verdict = "within what similar areas did"
SELDOM: Verdict = "seldom done"
NEVER: Verdict = "never done"
ALREADY: Verdict = "already there"
CANNOT: Verdict = "cannot tell"
OFTEN = 0.25
"""Share of the similar areas from which on a change is within what they did."""
FEWEST_SPANS = 2
"""Runs that share no year. Of fewer, nobody having done it tells of those times alone."""


def verdict_of(
    result: RatesOfProgress, among: NDArray[np.bool_], change: Estimate
) -> tuple[Verdict, str]:
    """Judge a change required a year, and say why where it cannot be judged.

    Where the verdict turns round within one standard error of it, the newest figure is too
    uncertain to judge by.
    """
    total = int(among.sum())
    required, se = float(change.value), float(change.se)
    easy, hard = (
        by_share(float(result.number(end, among).value) / total)
        for end in (required - se, required + se)
    )
    if (easy, hard) == (WITHIN, NEVER):
        return CANNOT, "chance in the newest figure alone decides"
    verdict = by_share(float(result.number(required, among).value) / total)
    if verdict == NEVER and result.spans < FEWEST_SPANS and required <= result.in_other_times:
        return CANNOT, "the pack's years are too few to show better times"
    return verdict, ""


def by_share(share: float) -> Verdict:
    """Return what a change is called that a share of areas ever achieved.

    Examples
    --------
    >>> by_share(0.4), by_share(0.1), by_share(0)
    ('within what similar areas did', 'seldom done', 'never done')
    """
    if share >= OFTEN:
        return WITHIN
    return SELDOM if share > 0 else NEVER
