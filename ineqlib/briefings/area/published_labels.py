"""Where the publisher's own label says something else than the figures beside it."""

from collections.abc import Iterable, Iterator

from ineqlib.facts.comparisons import JUDGEMENT, OVERLAP, Comparison
from ineqlib.measures.trends import CANNOT
from ineqlib.narrative.sentence import Sentence, sentence

_JUDGED, _SIDES = ("better", "worse"), ("higher", "lower")


def labels_that_differ(
    comparisons: Iterable[Comparison], publishers: dict[str, str]
) -> Iterator[Sentence]:
    """Give a sentence for each label of a newest figure that its own figures do not bear out."""
    for comparison in comparisons:
        newest = comparison.newest
        who = publishers.get(newest.source, "Its publisher")
        what = f"{comparison.series.name}, {comparison.period}"
        if _is_compared_otherwise(comparison):
            yield sentence(
                f"{who} calls {what}, “{newest.comparison}”; by the limits published beside it, "
                f"it is {comparison.verdict}."
            )
        trend = newest.trend.partition(" and ")[0]
        if trend not in ("", CANNOT, comparison.recent_trend) and comparison.recent_trend != CANNOT:
            yield sentence(
                f"{who} calls the recent trend of {what}, “{newest.trend}”; by its figures and "
                f"the published rule: {comparison.recent_trend}."
            )


def _is_compared_otherwise(comparison: Comparison) -> bool:
    """Tell whether a label contradicts the verdict; where one judges alone, the side counts."""
    published, verdict = comparison.newest.comparison, comparison.verdict
    if comparison.basis != OVERLAP or not published:
        return False
    if published in _JUDGED and verdict in _SIDES:
        return False
    if published in _SIDES and verdict in _JUDGED:
        polarity = comparison.indicator.polarity
        verdict = next(side for side in _SIDES if JUDGEMENT[polarity, side] == verdict)
    return published != verdict
