"""Drawing in this very process."""

import os
from typing import TYPE_CHECKING

import vl_convert

from ineqlib.charts import theme

if TYPE_CHECKING:  # it needs pandas, and a renderer starts in half the time without
    from ineqlib.charts.vegalite import Spec

MEASURED_IN = "Liberation Sans"
"""The font texts are measured in, as wide as the theme's: vl-convert brings it, so that drawings do
not depend on which of the theme's fonts a machine has."""
_drew: int | None = None


def draw(spec: "Spec") -> str:
    """Draw a Vega-Lite specification (with its data) in the package's theme.

    The same specification always gives the same text. Nothing is fetched. In a fork of a process
    that has drawn it raises, for vl-convert would wait for ever.
    """
    global _drew  # noqa: PLW0603 (it is a property of the process)
    if _drew not in (None, os.getpid()):
        raise RuntimeError(
            "This process was forked from one that had drawn a chart, and cannot draw by itself: "
            "let the first one draw through a renderer (see ineqlib.charts.draw.renderers)."
        )
    _drew = os.getpid()
    # Not as JSON, which would be quicker: vl-convert reads the last digit of numbers wrongly.
    vega = vl_convert.vegalite_to_vega(spec, config=theme.CONFIG | {"font": MEASURED_IN})
    drawing: str = vl_convert.vega_to_svg(vega, allowed_base_urls=[])
    return drawing.replace(f'font-family="{MEASURED_IN}"', f'font-family="{theme.FONT}"')
