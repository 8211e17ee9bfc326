"""How important a finding is: the sum by which findings are put in order (decision 0022)."""

import math
from collections.abc import Sequence

from scipy.special import ndtri

from ineqlib.catalogue import load_catalogue
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.evidence import Z95
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.inside import InsideGap
from ineqlib.facts.standing import Standing

MOST_SPREADS = 4.0
"""Of the size no more counts than this, so that one odd figure does not outweigh all else."""
HEADLINE = 1.0
"""How long and how well people live is what a briefing on inequalities in health is about."""
SHORTEST = 1.0
"""Where lives are among the shortest tenth, or the gap in them as wide as hardly anywhere."""
WORST_TENTH = 0.1
OUTCOMES = "O"
"""Objective of what all others serve: how long and how well people live."""
MOVING = 0.5
STEEP = 0.25
LOCAL_ACTION = {"fast": 0.5, "medium": 0.25, "slow": 0.0}
MANY_PEOPLE = 1000.0
BOTH_ENDS = 15.0
"""Per cent of the area's people in the country's most, and in its least deprived fifth."""
A_GAP = 1.0
A_WIDE_GAP = 1.0
AN_EXTREME_GAP = 2.0
"""So many spreads wider than the middle area's."""
DIVIDED = 3.0


def importance(
    comparison: Comparison, gradients: Sequence[Gradient]
) -> tuple[float, tuple[str, ...]]:
    """Add up what makes a level important, and name what counted."""
    indicator = comparison.indicator
    parts = {"gap": min(size_surely(comparison), MOST_SPREADS)}
    if comparison.standing:
        parts["rank"] = abs(1 - 2 * comparison.standing.share)
    parts["people"] = min(1.0, people_beyond(comparison) / MANY_PEOPLE)
    change = comparison.change
    # Pay that rises as everywhere is no improvement, nor what has gone back since or before.
    by_itself = change is not None and change_beyond(comparison) * change.difference.value > 0
    if change and change.better is not None and by_itself and change.goes_on:
        parts["improving" if change.better else "worsening"] = -MOVING if change.better else MOVING
    since = comparison.newest.period_start
    of_topic = [gradient for gradient in gradients if gradient.indicator.topic == indicator.topic]
    if any(gradient.is_clear and gradient.end >= since for gradient in of_topic):
        parts["gradient"] = STEEP
    parts["local action"] = LOCAL_ACTION.get(indicator.sensitive_to_local_action, 0.0)
    parts["headline"] = HEADLINE * indicator.headline
    if _are_lives_shortest(comparison):
        parts["shortest lives"] = SHORTEST
    return sum(parts.values()), tuple(name for name, part in parts.items() if part)


def outcome_topics() -> frozenset[str]:
    """Return the topics of what all else serves: how long and how well people live."""
    return frozenset(indicator.topic for indicator in load_catalogue().of_objective(OUTCOMES))


def _are_lives_shortest(comparison: Comparison) -> bool:
    is_worst = comparison.side == "worse" and is_in_worst_tenth(comparison.standing)
    return is_worst and comparison.indicator.topic in outcome_topics()


def is_in_worst_tenth(standing: Standing | None) -> bool:
    """Whether a figure is among the worst tenth of the areas', or the worst of a few."""
    return standing is not None and (
        standing.rank.value <= max(1.0, WORST_TENTH * standing.among.value)
    )


def size_surely(comparison: Comparison) -> float:
    """Return the distance from the country in spreads; of a survey's figure, from its nearer end.

    A survey of few may say anything: the figure alone would lead for its being odd.
    """
    seen = comparison.evidence
    if seen is None:
        return 0.0
    is_counted = not comparison.indicator.sampled and not comparison.facts["area"].is_rough
    return abs(seen.size) * (1.0 if is_counted else share_that_is_sure(seen.p))


def share_that_is_sure(p: float) -> float:
    """Return how much of a difference is left at the nearer end of its 95% interval.

    Of p alone, so that it also holds for figures that are judged without an interval.

    Examples
    --------
    >>> share_that_is_sure(0.05), round(share_that_is_sure(0.0001), 2), share_that_is_sure(0.0)
    (0.0, 0.5, 1.0)
    """
    errors = -float(ndtri(p / 2))
    return max(0.0, 1 - Z95 / errors) if errors > 0 else 0.0


def people_beyond(comparison: Comparison) -> float:
    """Return how many events more or fewer than by the country's figure; 0 where unknown."""
    area, country = comparison.facts["area"], comparison.facts.get("country")
    events = comparison.newest.events
    if country is None or math.isnan(events) or not area.value:
        return 0.0
    return abs(events * (1 - country.value / area.value))


def importance_of_gap(
    gap: InsideGap | None, spread: Spread | None
) -> tuple[float, tuple[str, ...]]:
    """Add up what makes the gap inside an area important."""
    parts = {}
    if gap:
        parts["inside"] = A_GAP
        parts["wide"] = min(gap.size, MOST_SPREADS) if gap.size >= A_WIDE_GAP else 0.0
        parts["shortest lives"] = SHORTEST if gap.size >= AN_EXTREME_GAP else 0.0
    if spread:
        parts["divided"] = DIVIDED + min(spread.most.value, spread.least.value) / 20
    return sum(parts.values()), tuple(name for name, part in parts.items() if part)


def change_beyond(comparison: Comparison) -> float:
    """Return the change less the country's, in spreads of the areas; the change itself if alone."""
    change, seen = comparison.change, comparison.evidence
    if not change or not seen or not seen.spread:
        return 0.0
    moved = change.difference.value
    if change.country_first and change.country_last and "country" in comparison.facts:
        moved -= change.country_last.value - change.country_first.value
    return moved / seen.spread


def importance_of_change(comparison: Comparison) -> float:
    """Weigh a change by how far it goes beyond the country's, and whether it is for the worse."""
    change = comparison.change
    worse = change is not None and change.better is False
    indicator = comparison.indicator
    size = abs(change_beyond(comparison))
    if change and indicator.sampled:
        # Not against the country's move where nothing tells it: then by the figure's own.
        size *= share_that_is_sure(change.p if math.isnan(change.beyond_p) else change.beyond_p)
    size = min(size, MOST_SPREADS)
    local = LOCAL_ACTION.get(indicator.sensitive_to_local_action, 0.0)
    score = size + MOVING * worse + local + HEADLINE * indicator.headline
    return score if indicator.polarity != "neutral" else score / 2
