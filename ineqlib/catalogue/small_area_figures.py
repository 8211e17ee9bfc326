"""Figures of neighbourhoods that come with an index of deprivation, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ineqlib.catalogue.checked_yaml import HERE, read_part
from ineqlib.catalogue.model import Polarity

SMALL_AREA_FIGURES = HERE / "small_area_figures.yml"


@dataclass(frozen=True)
class SmallAreaFigure:
    """One figure; ``small_area_figures.yml`` explains the fields."""

    id: str
    name: str
    unit: str
    polarity: Polarity
    decimals: int
    value: str = ""
    count: str = ""
    denominator: str = ""
    times: float = 1.0
    proportion: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that the figure is made of."""
        return tuple(filter(None, (self.value, self.count, self.denominator)))


@cache
def load_small_area_figures() -> Mapping[str, SmallAreaFigure]:
    """Return the figures by id, in the order of the file."""
    entries = read_part(SMALL_AREA_FIGURES, "small_area_figures")["figures"]
    return MappingProxyType({entry["id"]: SmallAreaFigure(**entry) for entry in entries})
