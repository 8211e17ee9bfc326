"""The gap inside the area: one for each indicator and sex, dated, and whether it closes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ineqlib.catalogue import Indicator
from ineqlib.facts.comparisons import SLOPE, Comparison
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import Gradient

Closing = Literal["wider", "narrower", "reversed", "no clear change", "cannot tell"]


@dataclass(frozen=True)
class GapOverTime:
    """One gap in two periods that share nobody.

    Parameters
    ----------
    before, after
        The gap in each.
    change
        After less before, with its interval.
    verdict
        In words; ``cannot tell`` without intervals.
    """

    before: Fact
    after: Fact
    change: Fact
    verdict: Closing


@dataclass(frozen=True)
class InsideGap:
    """The gap between the most and the least deprived end of the area, in the newest period.

    Parameters
    ----------
    indicator
        What differs between the two ends (life expectancy, not its slope index).
    gap
        A slope index: published, or computed from the groups of `gradient`.
    most, least
        The figures of the most and the least deprived group in the same period; None where not
        published.
    method
        In words, with the number of groups.
    comparison
        The published index that the gap is; None where it is computed here.
    gradient
        The groups it is computed from, or the newest that are published; None where there are none.
    over_time
        Whether it closes; None where one period is known.
    """

    indicator: Indicator
    sex: str
    name: str
    period: str
    gap: Fact
    most: Fact | None
    least: Fact | None
    method: str
    comparison: Comparison | None
    gradient: Gradient | None
    over_time: GapOverTime | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero; False where there is none."""
        limits = self.gap.limits
        return limits is not None and not limits[0] <= 0 <= limits[1]


def inside_gaps(
    comparisons: Sequence[Comparison], gradients: Sequence[Gradient]
) -> Iterator[InsideGap]:
    """Yield one gap for each indicator and sex: the published index, else our own of the groups."""
    published = [c for c in comparisons if c.indicator.value_type == SLOPE and "area" in c.facts]
    for comparison in published:
        yield InsideGap(
            comparison.indicator,
            comparison.series.sex,
            comparison.series.name,
            comparison.period,
            comparison.facts["area"],
            None,
            None,
            "published slope index of inequality",
            comparison,
            None,
        )
    for gradient in gradients:
        if gradient.sii is not None:
            yield InsideGap(
                gradient.indicator,
                gradient.sex,
                gradient.name,
                gradient.period,
                gradient.sii,
                gradient.facts[0],
                gradient.facts[-1],
                gradient.sii.method,
                None,
                gradient,
            )
