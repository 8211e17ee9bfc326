"""A figure whose drawing the package writes itself, where Vega has nothing to add."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from ineqlib.charts import theme
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.vegalite import Spec


@dataclass(frozen=True)
class DrawnFigure(Figure):
    """A figure that has no Vega-Lite specification: `chart` returns its SVG.

    The page's script finds its marks by their attributes.
    """

    is_quick = True

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


def image(size: tuple[int, int], labels: Labels, content: str, *, text_size: int) -> str:
    """Write one inline SVG image of some width and height, white behind its content."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(labels.alt)}" '
        f'font-family="{escape(theme.FONT)}" font-size="{text_size}" fill="{theme.TEXT}">'
        f'<rect width="{width}" height="{height}" fill="white"/>{content}</svg>'
    )
