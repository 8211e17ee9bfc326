"""A figure whose drawing the package writes itself, where Vega has nothing to add."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ineqlib.charts.figure import Figure
from ineqlib.charts.vegalite import Spec


@dataclass(frozen=True)
class DrawnFigure(Figure):
    """A figure that has no Vega-Lite specification: `chart` returns its SVG.

    The page's script finds its marks by their attributes; nothing has to be brought to life.
    """

    @property
    def _parts(self) -> tuple[Spec, dict[str, Any]]:
        return {}, {}

    @cached_property
    def svg(self) -> str:
        """The drawing as one inline SVG image."""
        drawing: str = self.chart()
        return drawing

    @property
    def _css_class(self) -> str:
        return "figure figure-drawn"
