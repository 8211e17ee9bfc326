"""If every neighbourhood had the figure of the best-off fifth: what would be different."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import Gradient


@dataclass(frozen=True)
class LevellingUp:
    """The share of an indicator that would go, or come, and how many events or people that is.

    Parameters
    ----------
    gradient
        The groups.
    share
        Population attributable fraction in per cent, with its interval.
    events
        How many events or people a period, with the interval; None where counts are unknown.
    assumptions
        What has to be true for it, in words.
    """

    gradient: Gradient
    share: Fact
    events: Fact | None
    assumptions: str


def levelling_up(gradients: Sequence[Gradient]) -> Iterator[LevellingUp]:
    """Yield those that can be computed."""
    yield from ()
