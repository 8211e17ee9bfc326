"""On which side of the country a figure is, also where no interval is published."""

from ineqlib.facts.comparisons import Comparison

SIDES = {
    ("favourable", "higher"): "better",
    ("favourable", "lower"): "worse",
    ("adverse", "higher"): "worse",
    ("adverse", "lower"): "better",
}


def side_of(comparison: Comparison) -> str:
    """Return ``better``, ``worse``, ``higher``, ``lower`` or ``level``, whether sure or not."""
    side = comparison.evidence.side if comparison.evidence else "level"
    return SIDES.get((comparison.indicator.polarity, side), side)
