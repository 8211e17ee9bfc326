"""One way to cut a place by deprivation, over all its periods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ineqlib.briefings.indicator_gradient.asked import AREAS
from ineqlib.catalogue.indices import deprivation_index, index_title
from ineqlib.estimate import FloatArray
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import GroupPoint

DAYS_A_YEAR = 365.25
PARTS = {10: "tenth", 5: "fifth"}


@dataclass(frozen=True)
class Slice:
    """The groups of one period, the most deprived first."""

    period: str
    start: datetime
    end: datetime
    stretch: int
    """Number of the unbroken stretch; −1 where it lies off the line of the periods beside it."""
    groups: tuple[GroupPoint, ...]
    value: FloatArray = field(repr=False)
    people: FloatArray = field(repr=False)
    se: FloatArray | None = field(repr=False)
    """One a group; `people` is 1 each where nobody published them, `se` None without limits."""
    why_not: str = ""
    """Why no measure can be made; empty where they can."""

    @property
    def years(self) -> float:
        """When it begins, in years."""
        return self.start.toordinal() / DAYS_A_YEAR


@dataclass(frozen=True)
class Cut:
    """One way to cut a place by deprivation, over all its periods."""

    key: str
    """The dimension of the rows, or ``areas:`` and the index."""
    part: str
    """One group in words: ``tenth``, ``fifth``, or ``district``."""
    whose: str
    """What is cut, in words."""
    slices: tuple[Slice, ...]
    """Oldest first."""
    span: float
    """Years in one period."""
    is_even: bool = False
    """Whether groups are taken as equally many people."""
    areas: Fact | None = None
    """How many areas the groups are made of; None for groups of neighbourhoods."""
    left_out: tuple[str, ...] = ()
    """Periods in which too few of the areas have a figure."""

    @property
    def index(self) -> str:
        """Id of the index of deprivation."""
        return self.key.partition(":")[2]

    @property
    def is_of_areas(self) -> bool:
        """Whether whole areas are cut, and not neighbourhoods."""
        return self.key.startswith(f"{AREAS}:")

    @property
    def is_one_index(self) -> bool:
        """Whether all periods are cut by one edition of an index."""
        return bool(deprivation_index(self.index).year) or "_trend" not in self.index

    @property
    def short_title(self) -> str:
        """The groups in few words, where the place is known."""
        parts = f"{self.part}s of " if self.part in PARTS.values() else ""
        of = self.whose.rpartition("'")[2].removeprefix("s ").strip()
        return f"{parts}{of}, {index_title(self.index)}"

    @property
    def title(self) -> str:
        """The groups in words."""
        parts = f"{self.part}s of {self.whose}" if self.part in PARTS.values() else self.whose
        return f"{parts} by deprivation ({index_title(self.index)})"


def stretches_of(labels: Iterable[str], breaks: Mapping[str, int]) -> list[int]:
    """Return the stretch of each period; where nothing tells it, that of the period before."""
    stretches = [0]
    for label in labels:
        stretches.append(breaks.get(label, max(stretches[-1], 0)))
    return stretches[1:]
