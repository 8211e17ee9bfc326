"""Labels in the publisher's words, and what they say of a side or a direction."""

import re
from typing import NamedTuple

import pandas as pd

AGREES, WRONG, CANNOT = "agrees", "wrong", "cannot be recomputed"

JUDGED = {"better": 1, "worse": -1}
SIDES = {"lower": -1.0, "similar": 0.0, "higher": 1.0}
GOOD = {"favourable": 1, "adverse": -1}
"""Polarity -> the side on which an area is better."""
NOT_COMPARED = "not compared"
GROUPED = "grouped"
"""Any label of fifths or quarters of areas."""

_COMPARISON = re.compile(r"(better|similar|worse|higher|lower)(?: (?:95|99\.8)(?:\.0)?%?)?")
_TREND = re.compile(
    r"(increasing|decreasing|no significant change|cannot be calculated)"
    r"(?: and getting (better|worse))?"
)


class TrendLabel(NamedTuple):
    """A direction, and what is said of it (``better``, ``worse`` or nothing)."""

    direction: str
    judgement: str = ""


def comparison_word(text: str) -> str:
    """Return a label of comparison in one word, or what kind of other label it is.

    Examples
    --------
    >>> comparison_word("Worse"), comparison_word("Higher 99.8"), comparison_word("2nd quintile")
    ('worse', 'higher', 'grouped')
    """
    words = str(text).casefold().strip()
    if match := _COMPARISON.fullmatch(words):
        return match[1]
    if "quintile" in words or "quartile" in words:
        return GROUPED
    return words


def trend_label(text: str) -> TrendLabel | None:
    """Read a label of trend; None for what is none.

    Examples
    --------
    >>> trend_label("Decreasing and getting better")
    TrendLabel(direction='decreasing', judgement='better')
    """
    match = _TREND.fullmatch(str(text).casefold().strip())
    return TrendLabel(match[1], match[2] or "") if match else None


def side_word(side: float, polarity: str) -> str:
    """Say a side as the publisher would, given what a high value means.

    Examples
    --------
    >>> side_word(1, "adverse"), side_word(-1, "neutral"), side_word(0, "favourable")
    ('worse', 'lower', 'similar')
    """
    if side == 0:
        return "similar"
    if polarity in GOOD:
        return "better" if side == GOOD[polarity] else "worse"
    return "higher" if side > 0 else "lower"


def stated(number: float) -> str:
    """Write a figure of a finding, to six significant digits."""
    return "none" if pd.isna(number) else f"{number:.6g}"
