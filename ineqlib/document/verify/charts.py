"""Whether a page's charts are drawn as the document has them."""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from ineqlib.charts.draw.on_page import on_page
from ineqlib.charts.figure import Figure
from ineqlib.document.parse_drawings import read_drawings

ONE_IN = 10
"""Of so many charts that need Vega one is drawn again; all of them would take most of the time."""


def chart_problems(page: str, charts: Mapping[str, Figure], subject_code: str) -> Iterator[str]:
    """Find charts of a page that are not drawn as they would be afresh.

    Their words and tables are those of their sections. Drawings, with what their marks say, are
    made again: every one that is quick to draw, and of the others one in ten, others for each
    subject.
    """
    drawings = read_drawings(page)
    slow = [name for name, chart in charts.items() if not chart.is_quick]
    passed_over = set(slow) - set(drawn_again(slow, subject_code))
    for name in sorted(charts.keys() - passed_over):
        if on_page(charts[name].svg) != drawings.get(name):
            yield f"The drawing of the figure '{name}' is not what the pack gives."


def drawn_again(names: Iterable[str], subject_code: str) -> list[str]:
    """Return one in ten of some charts, others for each subject."""
    return sorted(names)[zlib.crc32(subject_code.encode()) % ONE_IN :: ONE_IN]
