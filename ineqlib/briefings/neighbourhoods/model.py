"""What the page of neighbourhoods is made of."""

from dataclasses import dataclass, field
from enum import StrEnum

import geopandas as gpd

from ineqlib.briefings.neighbourhoods.figures import Figures
from ineqlib.facts.fact import Fact
from ineqlib.pack import Area


class Weight(StrEnum):
    """Whether a figure can carry weight, in words."""

    STEADY = "steady"
    CARE = "with care"
    WEAK = "cannot carry weight"
    UNKNOWN = "not known"
    NO_FIGURE = ""


@dataclass(frozen=True)
class OnePlace:
    """One place."""

    code: str
    name: str
    raw: Fact | None
    status: str
    weight: Weight = Weight.NO_FIGURE
    count: Fact | None = None
    smoothed: Fact | None = None
    own: Fact | None = None
    """How much of the smoothed figure is its own."""
    beyond: Fact | None = None
    """How far it is on the worse side of the area's figure; negative on the better side."""
    more: Fact | None = None
    """How many people or events that makes; None without counts."""
    clear: bool = False
    """Whether its interval lies wholly on the worse side."""
    cluster: int | None = None
    """1 in one of high figures, −1 of low ones, else 0; None where it was not tested."""

    @property
    def best(self) -> Fact | None:
        """The smoothed figure, or the raw one where none can be smoothed."""
        return self.smoothed or self.raw


@dataclass(frozen=True)
class Cluster:
    """Places that touch and are alike beyond chance."""

    is_high: bool
    number: Fact
    places: tuple[OnePlace, ...]


@dataclass(frozen=True)
class Neighbourhoods:
    """Everything the page shows."""

    area: Area
    asked: str
    """Name of the figure asked for; empty without."""
    figures: Figures | None = None
    others: tuple[str, ...] = ()
    """Names of the other figures that the pack has here."""
    places: tuple[OnePlace, ...] = ()
    number: Fact | None = None
    average: Fact | None = None
    """The area's own figure, to which places are compared."""
    average_is: str = ""
    by_weight: dict[Weight, Fact] = field(default_factory=dict)
    typical: Fact | None = None
    """How much of the smoothed figure is its own in the middle place."""
    clear: Fact | None = None
    """How many places are worse than the area beyond chance."""
    first: tuple[OnePlace, ...] = ()
    """Where to look first, in order."""
    first_number: Fact | None = None
    clusters: tuple[Cluster, ...] = ()
    untested: Fact | None = None
    shapes: gpd.GeoDataFrame | None = field(default=None, repr=False, compare=False)
    why_not: str = ""
    why_not_smoothed: str = ""
    why_no_clusters: str = ""
    """In words, where that is so."""

    @property
    def way(self) -> int:
        """1 where high figures are looked for, −1 where low ones are worse."""
        return -1 if self.figures and self.figures.polarity == "favourable" else 1

    @property
    def name(self) -> str:
        """The name of the figure; empty without figures."""
        return self.figures.name if self.figures else ""

    @property
    def period(self) -> str:
        """The period of the figures; empty without any."""
        return self.figures.period if self.figures else ""

    @property
    def sources(self) -> set[str]:
        """Ids of the publications that the figures are from."""
        return self.figures.sources if self.figures else set()
