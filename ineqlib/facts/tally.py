"""How many of an area's newest figures are better, similar and worse than the country's."""

from collections import Counter
from collections.abc import Sequence

from ineqlib.facts.comparisons import JUDGED, LIKELY, Comparison, count_of, recent
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import Profile


def tally(profile: Profile, comparisons: Sequence[Comparison]) -> dict[str, Fact]:
    """Count the recent figures judged, and those of each verdict."""
    counts = Counter(comparison.verdict for comparison in recent(comparisons))
    counts["judged"] = sum(counts[verdict] for verdict in JUDGED)
    return {
        name: count_of(profile, name, counts[name], "count of this briefing's newest figures")
        for name in ("judged", *JUDGED)
    }


def tally_by_objective(
    profile: Profile, comparisons: Sequence[Comparison]
) -> dict[str, dict[str, Fact]]:
    """Count the recent figures of each objective by verdict, those that are likely included."""
    of_late = recent(comparisons)
    counts = Counter(
        (figure.indicator.objective, figure.likely or figure.verdict) for figure in of_late
    )
    return {
        objective: {
            verdict: count_of(
                profile,
                f"{verdict} {objective or 'own figures'}",
                counts[objective, verdict],
                "count of this briefing's newest figures",
            )
            for verdict in (*JUDGED, *LIKELY)
        }
        for objective in dict.fromkeys(figure.indicator.objective for figure in of_late)
    }
